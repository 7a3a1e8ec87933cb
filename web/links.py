"""The addresses that a page links to: the request at hand, changed in one thing, and the page's language kept.

In: a request. Out: URLs below the page's own root. Every change but turning the page leads to page 1.
"""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from urllib.parse import quote, quote_plus

from index.model import Kind
from search.model import SORTS, Request, Sort
from search.request import params_of
from web.messages import DEFAULT


@dataclass(frozen=True)
class Links:
    """The neighbours of one request."""

    request: Request
    language: str = DEFAULT

    def search(self, request: Request) -> str:
        """The results of a request."""
        return self._url("/", params_of(request))

    def home(self) -> str:
        """The start page."""
        return self._url("/", [])

    def in_language(self, language: str, path: str | None = None) -> str:
        """This page in another language: the results, or the article at `path`."""
        if path is None:
            return self._url("/", params_of(self.request), language)
        return self._url(path, self._words(), language)

    def json(self) -> str:
        """These hits for machines."""
        return self._url("/api/search", params_of(self.request), DEFAULT)

    def csv(self) -> str:
        """All hits of this search for a spreadsheet."""
        return self._url("/api/search.csv", params_of(replace(self.request, page=1, size=Request().size)), DEFAULT)

    def kind(self, kind: Kind) -> str:
        """The same search for another kind of record, in an order that it has."""
        sort = self.request.sort if self.request.sort in sorts_of(kind) else Request().sort
        return self.search(replace(self.request, kind=kind, sort=sort, page=1))

    def sort(self, sort: Sort) -> str:
        """The same results in another order."""
        return self.search(replace(self.request, sort=sort, page=1))

    def page(self, number: int) -> str:
        """Another page of the same results."""
        return self.search(replace(self.request, page=number))

    def toggle(self, facet: str, value: str) -> str:
        """With one facet value chosen, or no longer chosen."""
        chosen = self.request.selections.get(facet, ())
        changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        before, after = self._around(facet)
        own = "".join([f"{facet}={_quoted(one)}&" for one in changed])
        query = f"{before}{own}{after}"[:-1]
        return f"/?{query}" if query else "/"

    def choose(self, facet: str, value: str) -> str:
        """With one facet value chosen and no other of that facet."""
        return self.search(replace(self.request, selections={**self.request.selections, facet: (value,)}, page=1))

    def without_first(self) -> str:
        """Without the earliest date."""
        return self.search(replace(self.request, first=None, page=1))

    def without_last(self) -> str:
        """Without the latest date."""
        return self.search(replace(self.request, last=None, page=1))

    def unfiltered(self) -> str:
        """With the query, the kind and the order alone."""
        return self.search(replace(self.request, first=None, last=None, selections={}, page=1))

    def only(self, facet: str, value: str) -> str:
        """Every article with one facet value."""
        return self.search(Request(selections={facet: (value,)}))

    def query(self, query: str) -> str:
        """A search for other words alone."""
        return self.search(Request(query=query))

    def reworded(self, query: str) -> str:
        """The same search in other words."""
        return self.search(replace(self.request, query=query, page=1))

    def article(self, article_id: str, anchor: str = "") -> str:
        """An article with the query's words marked, at the place with that anchor."""
        return self._url(article_path(article_id), self._words()) + (f"#{anchor}" if anchor else "")

    def hidden(self, *left_out: str) -> list[tuple[str, str]]:
        """The parameters that a form hands on unseen, without those it asks for itself; it leads to page 1."""
        pairs = params_of(replace(self.request, page=1)) + self._language(self.language)
        return [(name, value) for name, value in pairs if name not in left_out]

    def _around(self, facet: str) -> tuple[str, str]:
        """What stands in an address before and behind the values of a facet: the same for all of a page's values.

        Each parameter with the `&` behind it.
        """
        if facet not in self._written:
            others = replace(self.request, selections={**self.request.selections, facet: ("",)}, page=1)
            pairs = params_of(others) + self._language(self.language)
            at = pairs.index((facet, ""))
            before, after = ("".join(f"{one}&" for one in _written(some)) for some in (pairs[:at], pairs[at + 1 :]))
            self._written[facet] = before, after
        return self._written[facet]

    @cached_property
    def _written(self) -> dict[str, tuple[str, str]]:
        return {}

    def _words(self) -> list[tuple[str, str]]:
        return [("q", self.request.query)] if self.request.query != "*" else []

    def _language(self, language: str) -> list[tuple[str, str]]:
        return [("lang", language)] if language != DEFAULT else []

    def _url(self, path: str, pairs: list[tuple[str, str]], language: str | None = None) -> str:
        query = "&".join(_written(pairs + self._language(language or self.language)))
        return f"{path}?{query}" if query else path


def _written(pairs: list[tuple[str, str]]) -> list[str]:
    """Parameters, whose names are plain, as an address has them."""
    return [f"{name}={_quoted(value)}" for name, value in pairs]


_quoted = lru_cache(1 << 13)(quote_plus)  # the values that are found most are on most pages


def sorts_of(kind: Kind) -> tuple[Sort, ...]:
    """The orders that hits of a kind can have: by value only figures."""
    return tuple(sort for sort in SORTS if kind == "figure" or sort not in ("highest", "lowest"))


def article_path(article_id: str) -> str:
    """The path of an article's page."""
    return "/artikel/" + quote(article_id, safe="", errors="replace")
