"""This project's indexes: records written as they are (the German chain only), or files through the whole pipeline.

What indexes imports nothing that searches, and the other way round: importing is part of what a build takes.
"""

from importlib import import_module
from itertools import islice
from pathlib import Path

from bench.comparison.answers import Searcher
from index.processes import prepare

_JOBS = 2
INDEX = "index"


class ChainOnly:
    """Articles with the corpus's own values for the facets, without any annotation."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        module = "bench.comparison.engines.chain_only"
        prepare(module)
        import_module(module).build_chain_only(corpus, folder / INDEX, limit, _JOBS)

    def open(self, folder: Path) -> Searcher:
        return _opened(folder)


class WholePipeline:
    """The same articles as `fundstelle index` takes them, with statements and figures; the facets are what it finds."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        from index import load_tables, reindex

        with corpus.open("rb") as lines, (folder / corpus.name).open("wb") as some:
            some.writelines(islice(lines, limit))
        reindex([folder / corpus.name], folder / INDEX, load_tables(), full=True, jobs=_JOBS)
        (folder / corpus.name).unlink()

    def open(self, folder: Path) -> Searcher:
        return _opened(folder)


def _opened(folder: Path) -> Searcher:
    from bench.comparison.engines.ours import Ours

    return Ours(folder)
