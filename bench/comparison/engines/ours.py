"""This project, as its page asks it."""

from pathlib import Path

from bench.comparison.answers import SIZE, Page, Shown
from bench.comparison.engines.our_indexes import INDEX
from bench.comparison.queries import Query
from search import Archive, Request, open_archive
from search.model import Hit
from web.view import MOST


class Ours:
    """The archive, asked as the page asks it."""

    def __init__(self, folder: Path) -> None:
        self.archive: Archive = open_archive(folder / INDEX)

    def page(self, query: Query) -> Page:
        self.archive.forget_queries()  # the others read a query each time, too
        response = self.archive.search(request(query), listed=MOST)
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
