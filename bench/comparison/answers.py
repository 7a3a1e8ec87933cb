"""What every engine is asked for and gives: one page of results."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.comparison.queries import Query

SIZE = 10
"""Hits on a page, and values of a facet, but for dates, which come by the year, all of them."""

FACETS = ("date", "outlet", "person", "speaker", "figure")


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as it is shown: the article's id, a passage, and how many places are marked in it."""

    id: str
    passage: str
    marks: int


@dataclass(frozen=True, slots=True)
class Page:
    """How many articles match, the best of them, and how often each facet's most frequent values stand in all.

    A facet that the query selects in is counted without that selection, as a reader needs it to choose another value.
    """

    total: int
    hits: tuple[Shown, ...]
    facets: Mapping[str, Mapping[str, int]]


class Searcher(Protocol):
    """An opened index."""

    def page(self, query: Query) -> Page:
        """Answer a query whole."""


class Engine(Protocol):
    """One engine that is compared: builds an index of a corpus in an empty folder, and opens it."""

    def build(self, corpus: Path, folder: Path, limit: int | None) -> None:
        """Index the first `limit` articles of a corpus file."""

    def open(self, folder: Path) -> Searcher:
        """Open what `build` built."""


def others(selections: Mapping[str, tuple[str, ...]], facet: str) -> dict[str, tuple[str, ...]]:
    """The selections in the other facets."""
    return {name: values for name, values in selections.items() if name != facet}
