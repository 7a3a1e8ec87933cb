"""This project: records written as they are (the German chain only), or files through the whole pipeline."""

from itertools import islice
from pathlib import Path

from bench.comparison.answers import SIZE, Page, Shown
from bench.comparison.engines.chain_only import build_chain_only
from bench.comparison.queries import Query
from index import load_tables, reindex
from search import Archive, Request, open_archive
from search.model import Hit

_JOBS = 2
_INDEX = "index"


class ChainOnly:
    """Articles with the corpus's own values for the facets, without any annotation."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        build_chain_only(corpus, folder / _INDEX, limit, _JOBS)

    def open(self, folder: Path) -> "Ours":
        return Ours(folder)


class WholePipeline:
    """The same articles as `fundstelle index` takes them, with statements and figures; the facets are what it finds."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        with corpus.open("rb") as lines, (folder / corpus.name).open("wb") as some:
            some.writelines(islice(lines, limit))
        reindex([folder / corpus.name], folder / _INDEX, load_tables(), full=True, jobs=_JOBS)
        (folder / corpus.name).unlink()

    def open(self, folder: Path) -> "Ours":
        return Ours(folder)


class Ours:
    """The archive, asked as the page asks it."""

    def __init__(self, folder: Path) -> None:
        self.archive: Archive = open_archive(folder / _INDEX)

    def page(self, query: Query) -> Page:
        self.archive.forget_queries()  # the others read a query each time, too
        response = self.archive.search(request(query))
        facets = {
            name: {value.value: value.count for value in (values if name == "date" else values[:SIZE])}
            for name, values in response.facets.items()
        }
        return Page(response.total, tuple(map(_shown, response.hits)), facets)


def request(query: Query) -> Request:
    """The query in this project's words."""
    match query.how:
        case "all":
            text = " ".join(query.words)
        case "any":
            text = " ODER ".join(query.words)
        case "not":
            text = " NICHT ".join(query.words)
        case "phrase":
            text = f'"{" ".join(query.words)}"'
        case "prefix":
            text = f"{query.words[0]}*"
    return Request(text, selections=query.selections, size=SIZE)


def _shown(hit: Hit) -> Shown:
    return Shown(hit.id, hit.passages[0].text, sum(len(passage.marks) for passage in hit.passages))
