"""A request in, a response out: the frozen values between the search and whoever asks (command line, page, API)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from index.estimates import Estimate
from index.german import Reason
from index.model import Annotations, Kind, PartialDate

Sort = Literal["relevance", "fresh", "newest", "oldest", "highest", "lowest"]
SORTS: tuple[Sort, ...] = ("relevance", "fresh", "newest", "oldest", "highest", "lowest")
"""The orders of hits: "fresh" is relevance that fades with age, "highest" and "lowest" are for figures, by value."""

FACETS: tuple[str, ...] = ("date", "outlet", "person", "speaker", "figure")
"""The facets, in the order in which they are shown."""

UNKNOWN = "ohne"
"""The facet value of the records that have no date ("ohne Datum") or no outlet ("ohne Quelle")."""

MAX_SIZE = 100
"""The most hits on one page."""


@dataclass(frozen=True, slots=True)
class Request:
    """One search, whole. Selections are OR within a facet and AND across facets.

    `selections` maps a facet's name to the chosen values, in the order of choice. A date's values are partial dates
    ("2024-10"). `first` and `last` bound the date. `page` counts from 1. The text form (`search.request`) is a URL's
    query string with the parameters q, kind, from, to, date, outlet, person, speaker, figure, sort, page, size.
    """

    query: str = "*"
    kind: Kind = "article"
    first: PartialDate | None = None
    last: PartialDate | None = None
    selections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    size: int = 10


Mark = tuple[int, int]
"""Where something is marked in a text: start and end, as character offsets."""

CUT = "… "
"""What stands before a passage that does not begin with a sentence."""


class Passage(NamedTuple):
    """A stretch of a hit's text, from `start` on; `marks` are offsets into `text` here, sorted and apart.

    `words` are the words of which marks are only parts: "Artilleriegeschosse" around the mark of "geschosse".
    """

    text: str
    marks: tuple[Mark, ...]
    start: int
    words: tuple[Mark, ...] = ()


Way = Reason | Literal["synonym"]
"""How a word of a query was found: in a way that the German chain knows, or under a synonym of the user's."""


class Why(NamedTuple):
    """Why a hit is one: a word of the query, the word of the text that it was found in, and how."""

    word: str
    found: str
    reason: Way


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that says the same as a hit, elsewhere; `differences` are the places in `text` worded otherwise.

    Of an article, which is the same but for a few words, there is neither.
    """

    id: str
    article_id: str
    title: str
    date: PartialDate | None
    outlet: str | None
    path: str
    text: str
    differences: tuple[Mark, ...]
    stored: Mapping[str, Any]


class Hit(NamedTuple):
    """A record that a search found, with its whole text: of an article, a statement's words, a figure's sentence.

    `stored` holds what is special to its kind: a statement's cue, a figure's value.
    """

    id: str
    kind: Kind
    article_id: str
    title: str
    title_marks: tuple[Mark, ...]
    date: PartialDate | None
    outlet: str | None
    agencies: tuple[str, ...]
    path: str
    url: str | None
    text: str
    score: float
    passages: tuple[Passage, ...]
    persons: tuple[str, ...]
    speakers: tuple[str, ...]
    stored: Mapping[str, Any]
    why: tuple[Why, ...] = ()
    estimate: Estimate | None = None
    also: tuple[Twin, ...] = ()
    also_left_out: int = 0
    title_words: tuple[Mark, ...] = ()


class FacetValue(NamedTuple):
    """One value of a facet, page-ready: `count` is what selecting it (too) would show of it."""

    value: str
    label: str
    count: int  # type: ignore[assignment]  # a tuple's method, which nobody needs
    selected: bool


NoticeCode = Literal[
    "quote", "bracket", "operator", "empty_field", "distance", "errors", "equals", "nested", "long", "pattern",
    "field_of_field", "unknown_field", "foreign", "in_phrase", "number", "date", "order", "words_only", "unreadable",
    "no_word", "some_words",
]  # fmt: skip
"""What there is to say about how a query was read; `web/messages.toml` says it in the reader's language."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said about how a query was read, and `what` of the query it is about."""

    code: NoticeCode
    what: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """What a request found: `hits` is one page of `total`; `notices` are to be said to the user.

    `meant` is a query that was perhaps meant, where this one finds little and that one more. `values` are how many
    values each facet has: the most frequent of them are listed.
    """

    request: Request
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    notices: tuple[Notice, ...] = ()
    meant: str | None = None
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person of the archive: in how many articles, and how they spell the name, each form with its articles."""

    name: str
    articles: int
    forms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One whole article with its annotations, and what a query marks in its title and text."""

    id: str
    title: str
    text: str
    date: PartialDate | None
    estimate: Estimate | None
    outlet: str | None
    agencies: tuple[str, ...]
    path: str
    url: str | None
    annotations: Annotations
    title_marks: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    title_words: tuple[Mark, ...] = ()
    words: tuple[Mark, ...] = ()
