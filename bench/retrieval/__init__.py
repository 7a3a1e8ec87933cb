"""Known-item retrieval: an article's title is the query, its body alone is indexed; where does the article come?

In: articles with title and text. Out: a table of mean reciprocal rank and recall at 10: a row for each engine, a column
for each way to disturb the queries, once with every word required and once with any.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.retrieval.disturb import disturbed
from bench.retrieval.engines import ENGINES, Engine, Rank
from index.german import QueryChain, default_chain

DEPTH = 10
SEED = 5
_MODES = {"every word": True, "any word": False}


def retrieval(shared: Path, limit: int | None = None) -> Iterator[str]:
    """The lines of the table, in Markdown. Stop words are left out of everyone's queries alike."""
    files = [shared / "wikinews" / name for name in ("train.jsonl", "dev.jsonl")]
    articles = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()][:limit]
    chain = QueryChain(default_chain())
    queries = {
        way: [[word.text for word in chain.needed(chain.words(title))] for title in titles]
        for way, titles in disturbed([article["title"] for article in articles], SEED).items()
    }
    rows = {
        name: _cells(engine, [article["text"] for article in articles], queries) for name, engine in ENGINES.items()
    }
    yield f"{len(articles)} articles; MRR@{DEPTH} / recall@{DEPTH}"
    for mode in _MODES:
        yield f"\n| {mode} | {' | '.join(queries)} |"
        yield "|---" * (1 + len(queries)) + "|"
        for name, cells in rows.items():
            yield f"| {name} | {' | '.join(cells[mode])} |"


def _cells(
    engine: Engine, bodies: Sequence[str], queries: Mapping[str, Sequence[Sequence[str]]]
) -> dict[str, list[str]]:
    """An engine's figures by mode, one for each way to ask."""
    with TemporaryDirectory() as folder:
        try:
            rank = engine(bodies, Path(folder))
        except ImportError:
            return {mode: ["not installed"] * len(queries) for mode in _MODES}
        return {
            mode: ["{:.3f} / {:.3f}".format(*figures(rank, asked, every)) for asked in queries.values()]
            for mode, every in _MODES.items()
        }


def figures(rank: Rank, queries: Sequence[Sequence[str]], every: bool) -> tuple[float, float]:
    """Mean reciprocal rank and recall at `DEPTH`; query n asks for article n."""
    reciprocal = found = 0.0
    for number, words in enumerate(queries):
        ranked = rank(words, every, DEPTH)
        if number in ranked:
            reciprocal += 1 / (ranked.index(number) + 1)
            found += 1
    return reciprocal / len(queries), found / len(queries)
