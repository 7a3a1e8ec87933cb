"""The words of the design as frozen values: what crosses the seams between the packages.

Offsets are character offsets (Python `str` indices) into the text they belong to, `start` inclusive, `end` exclusive.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self

Precision = Literal["day", "month", "year"]
Kind = Literal["article", "statement", "figure"]
StatementKind = Literal["direct", "indirect"]
SpeakerKind = Literal["person", "institution"]
FigureKind = Literal["count", "money", "percent", "measure", "age"]

KINDS: tuple[Kind, ...] = ("article", "statement", "figure")

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as it is known: a day, a month (`day` is 0) or a year (`month` and `day` are 0).

    The text form is ISO 8601 at that precision: `2024-10-31`, `2024-10`, `2024`. Years run from 1 to 9999.
    Raises ValueError for a date that does not exist.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; a time behind the day (`2024-10-31T21:27:00+01:00`) is passed over."""
        match = _ISO.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date like 2024-10-31, 2024-10 or 2024")
        return cls(*(int(part) for part in match.groups("0")))

    @property
    def precision(self) -> Precision:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader hands on: one article's raw text and what the file itself says about it.

    `scraped` asks for cleaning; a text that is not scraped is kept to the character. `line` is the article's line in a
    file of many, counted from 1.
    """

    path: str
    text: str
    scraped: bool = True
    line: int | None = None
    own_id: str | None = None
    title: str | None = None
    date: PartialDate | None = None
    outlet: str | None = None
    agencies: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one outlet, as the reader of the paper saw it; `None` is unknown, never a guess."""

    id: str
    title: str
    text: str
    path: str
    date: PartialDate | None = None
    outlet: str | None = None
    agencies: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names a person; `name` is the person's one full name in this article."""

    start: int
    end: int
    text: str
    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of direct or indirect speech, its cue (the words that mark it, with their place) and its speaker."""

    start: int
    end: int
    text: str
    kind: StatementKind
    rule: str
    cue: str | None = None
    cue_span: Span | None = None
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: `value` to `upper` if a range, what it counts (`noun`, a lemma) or measures (`unit`), who gave it.

    `bound` says that the value is a limit: "lower" for "mindestens 3000", "upper" for "bis zu 8000".
    """

    start: int
    end: int
    text: str
    value: float
    kind: FigureKind
    rule: str
    upper: float | None = None
    approximate: bool = False
    bound: Literal["lower", "upper"] | None = None
    unit: str | None = None
    noun: str | None = None
    said_by: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text: the first and the last day it may mean; both None where it stays vague."""

    start: int
    end: int
    text: str
    rule: str
    first: date | None
    last: date | None
    precision: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that was found in one text, sorted by place; `persons` by first mention; `roles` are pairs (person, role)."""

    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    persons: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What the index holds one of. All kinds carry the same facets.

    `stored` is what every hit shows of it besides, `details` what only an article's own page needs.
    """

    id: str
    kind: Kind
    article_id: str
    title: str
    text: str
    date: PartialDate | None
    outlet: str | None
    agencies: tuple[str, ...]
    persons: tuple[str, ...]
    speakers: tuple[str, ...]
    figures: tuple[str, ...]
    path: str
    amounts: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    fingerprints: tuple[str, ...] = ()
    url: str | None = None
    stored: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
