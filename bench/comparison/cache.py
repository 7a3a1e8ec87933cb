"""A folder that keeps corpora and the indexes built of them, so that they are built once and searched many times.

    <cache>/<source>-<seed>-<articles>/corpus.jsonl, queries.json
    <cache>/<source>-<seed>-<articles>/<engine>[-<limit>]/index/, built.json

What a build cost is kept with it; a build that was broken off leaves no `built.json` and is done again.
"""

import json
import re
import shutil
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from bench.comparison.answers import Searcher
from bench.comparison.corpus.item import items
from bench.comparison.corpus.writing import has_articles, write_corpus
from bench.comparison.engines import engine_named
from bench.comparison.processes import Cost, measured, size_of
from bench.comparison.queries import SAMPLE, Query, twelve_queries

_INDEX, _BUILT, _QUERIES = "index", "built.json", "queries.json"


@dataclass(frozen=True, slots=True)
class Built:
    """What an index cost: seconds, the highest memory in bytes, bytes on the disk; and how many articles it holds."""

    engine: str
    articles: int
    seconds: float
    peak: int | None
    size: int


class Cache:
    """The corpus of so many articles, and what is made of it. `shared` holds the real articles, where there are any."""

    def __init__(self, folder: Path, articles: int, seed: int, shared: Path) -> None:
        self.articles, self.seed = articles, seed
        self._shared = shared if has_articles(shared) else None
        self.source = "resampled" if self._shared else "made"
        self._folder = folder / f"{self.source}-{seed}-{articles}"

    @cached_property
    def corpus(self) -> Path:
        """The corpus file, written if it is not yet."""
        file = self._folder / "corpus.jsonl"
        if not file.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            write_corpus(file, self.articles, self.seed, self._shared)
        return file

    @cached_property
    def queries(self) -> tuple[Query, ...]:
        """The queries for this corpus."""
        file = self._folder / _QUERIES
        if not file.exists():
            chosen = twelve_queries(items(self.corpus, SAMPLE), self.seed)
            file.write_text(json.dumps([asdict(query) for query in chosen], ensure_ascii=False, indent=1), "utf-8")
        return tuple(_query(**values) for values in json.loads(file.read_text("utf-8")))

    def built(self, name: str, limit: int | None = None, anew: bool = False) -> Built:
        """The engine's index of the first `limit` articles, built if it is not yet, or if it shall be `anew`."""
        folder = self._folder_of(name, limit)
        file = folder / _BUILT
        if anew or not file.exists():
            shutil.rmtree(folder, ignore_errors=True)
            (folder / _INDEX).mkdir(parents=True)
            cost = measured(build, name, self.corpus, folder / _INDEX, limit)
            built = self._measured(name, limit, cost, size_of(folder / _INDEX))
            file.write_text(json.dumps(asdict(built)), "utf-8")
        return Built(**json.loads(file.read_text("utf-8")))

    def index_of(self, name: str, limit: int | None = None) -> Path:
        """The folder of the engine's index, built if it is not yet."""
        self.built(name, limit)
        return self._folder_of(name, limit) / _INDEX

    def open(self, name: str, limit: int | None = None) -> Searcher:
        """Open the engine's index, built if it is not yet."""
        return engine_named(name).open(self.index_of(name, limit))

    def _measured(self, name: str, limit: int | None, cost: Cost, size: int) -> Built:
        return Built(name, min(limit or self.articles, self.articles), cost.seconds, cost.peak, size)

    def _folder_of(self, name: str, limit: int | None) -> Path:
        plain = "-".join(re.findall(r"\w+", name.lower()))
        return self._folder / (plain if limit is None or limit >= self.articles else f"{plain}-{limit}")


def build(name: str, corpus: Path, folder: Path, limit: int | None) -> None:
    """Build the index of an engine, by its name: this is done in a process of its own."""
    engine_named(name).build(corpus, folder, limit)


def _query(name: str, how: str, words: list[str], selections: dict[str, list[str]]) -> Query:
    chosen = {facet: tuple(values) for facet, values in selections.items()}
    return Query(name, how, tuple(words), chosen)  # type: ignore[arg-type]
