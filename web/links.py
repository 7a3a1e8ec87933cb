"""The addresses that a page links to: the request at hand, changed in one thing, and the page's language kept.

In: a request. Out: URLs below the page's own root. Every change but turning the page leads to page 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote, quote_plus

from index.model import Kind
from search.figure_facet import is_range, noun_of
from search.model import FACETS, SORTS, Request, Sort
from search.request import PARAMETERS, params_of
from web.messages import DEFAULT

_DEFAULT = Request()
_FIRST = {"page": ""}
_UNFILTERED = dict.fromkeys(("from", "to", *FACETS), "")


@dataclass(frozen=True)
class Links:
    """The neighbours of one request."""

    request: Request
    language: str = DEFAULT

    def search(self, request: Request) -> str:
        """The results of a request."""
        return _address("/", "".join(_parameters(params_of(request), self.language).values()))

    def home(self) -> str:
        """The start page."""
        return _address("/", _language(self.language))

    def in_language(self, language: str, path: str | None = None) -> str:
        """This page in another language: the results, or the article at `path`."""
        if path is None:
            return self._with({"lang": _language(language)})
        return _address(path, self._parameters["q"] + _language(language))

    def json(self) -> str:
        """These hits for machines."""
        return self._with({"lang": ""}, "/api/search")

    def csv(self) -> str:
        """All hits of this search for a spreadsheet."""
        return self._with({"page": "", "size": "", "lang": ""}, "/api/search.csv")

    def kind(self, kind: Kind) -> str:
        """The same search for another kind of record, in an order that it has."""
        sort = self.request.sort if self.request.sort in sorts_of(kind) else _DEFAULT.sort
        return self._with({"kind": _one("kind", kind), "sort": _one("sort", sort)} | _FIRST)

    def sort(self, sort: Sort) -> str:
        """The same results in another order."""
        return self._with({"sort": _one("sort", sort)} | _FIRST)

    def page(self, number: int) -> str:
        """Another page of the same results."""
        return self._with({"page": _one("page", number)})

    def toggle(self, facet: str, value: str) -> str:
        """With one facet value chosen, or no longer chosen; a range in place of the noun that it is of."""
        chosen = self.request.selections.get(facet, ())
        if value in chosen:
            return self._with({facet: _several(facet, [one for one in chosen if one != value])} | _FIRST)
        if facet == "figure" and is_range(value) and (noun := noun_of(value)) in chosen:
            return self._with({facet: _several(facet, [*(one for one in chosen if one != noun), value])} | _FIRST)
        before, after = self.around(facet)
        return f"{before}{quoted(value)}{after}"

    def around(self, facet: str) -> tuple[str, str]:
        """What stands before and behind a value in the address that chooses it, too: the same for all of a facet."""
        chosen = _several(facet, self.request.selections.get(facet, ()))
        before, _, after = self._with({facet: f"{chosen}&{facet}=\0"} | _FIRST).partition("\0")
        return before, after

    def choose(self, facet: str, value: str) -> str:
        """With one facet value chosen and no other of that facet."""
        return self._with({facet: _several(facet, [value])} | _FIRST)

    def without_first(self) -> str:
        """Without the earliest date."""
        return self._with({"from": ""} | _FIRST)

    def without_last(self) -> str:
        """Without the latest date."""
        return self._with({"to": ""} | _FIRST)

    def unfiltered(self) -> str:
        """With the query, the kind and the order alone."""
        return self._with(_UNFILTERED | _FIRST)

    def only(self, facet: str, value: str) -> str:
        """Every article with one facet value."""
        return self.search(Request(selections={facet: (value,)}))

    def query(self, query: str) -> str:
        """A search for other words alone."""
        return self.search(Request(query=query))

    def reworded(self, query: str) -> str:
        """The same search in other words."""
        return self._with({"q": _several("q", [query] if query != _DEFAULT.query else [])} | _FIRST)

    def article(self, article_id: str, anchor: str = "") -> str:
        """An article with the query's words marked, at the place with that anchor."""
        return article_path(article_id) + self._words + (f"#{anchor}" if anchor else "")

    def hidden(self, *left_out: str) -> list[tuple[str, str]]:
        """The parameters that a form hands on unseen, without those it asks for itself; it leads to page 1."""
        pairs = self._pairs + ([("lang", self.language)] if self.language != DEFAULT else [])
        return [(name, value) for name, value in pairs if name != "page" and name not in left_out]

    @cached_property
    def _pairs(self) -> list[tuple[str, str]]:
        return params_of(self.request)

    @cached_property
    def _parameters(self) -> dict[str, str]:
        return _parameters(self._pairs, self.language)

    @cached_property
    def _words(self) -> str:
        return _address("", self._parameters["q"] + self._parameters["lang"])

    def _with(self, changed: dict[str, str], path: str = "/") -> str:
        """The address of the request with other parameters."""
        return _address(path, "".join((self._parameters | changed).values()))


def _parameters(pairs: Iterable[tuple[str, str]], language: str) -> dict[str, str]:
    """The parameters of a request, in their order, as an address has them: by its name each with the "&" before it."""
    written = dict.fromkeys((*PARAMETERS, "lang"), "")
    for name, value in pairs:
        written[name] += f"&{name}={quoted(value)}"
    written["lang"] = _language(language)
    return written


def _address(path: str, parameters: str) -> str:
    return f"{path}?{parameters[1:]}" if parameters else path


def _one(name: str, value: object) -> str:
    """A parameter that has a default and only plain values."""
    return "" if value == getattr(_DEFAULT, name) else f"&{name}={value}"


def _several(name: str, values: Iterable[str]) -> str:
    return "".join([f"&{name}={quoted(value)}" for value in values])


def _language(language: str) -> str:
    return f"&lang={language}" if language != DEFAULT else ""


quoted = lru_cache(1 << 13)(quote_plus)
"""A value as an address has it; those that are found most are on most pages."""


@lru_cache
def sorts_of(kind: Kind) -> tuple[Sort, ...]:
    """The orders that hits of a kind can have: by value only figures."""
    return tuple(sort for sort in SORTS if kind == "figure" or sort not in ("highest", "lowest"))


def article_path(article_id: str) -> str:
    """The path of an article's page."""
    return "/artikel/" + quote(article_id, safe="", errors="replace")
