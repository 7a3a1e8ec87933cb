"""Lines that say when an article was published -> its date: "Stand: 31.10.2024 21:27 Uhr", "date 2024-10".

A date inside a sentence is none of these.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.annotate.tables import Tables
from index.model import PartialDate

_LONGEST = 300
"""Characters beyond which a line is no longer looked at: stamps stand in short lines."""

_DIGIT = re.compile(r"\d")
_FIRST_YEAR, _LAST_YEAR = 1600, 2100
_BETWEEN = " |–—-•·,;/("
"""Signs between a stamp and what stands beside it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date and how much its label is worth: 0 is the best."""

    date: PartialDate
    rank: int


class Stamps:
    """Finds and takes off the dates that label an article."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables `stamps`, `months` and `date_words`."""
        self._months: dict[str, int] = {**tables["months"]["abbreviations"], **tables["months"]["names"]}
        self._ranks = {label.casefold(): rank for rank, label in enumerate(tables["stamps"]["labels"])}
        self._rest = frozenset(word.casefold() for word in tables["stamps"]["beside"])
        label = _any_of(tables["stamps"]["labels"])
        weekday = _any_of([*tables["date_words"]["weekdays"], *tables["date_words"]["weekday_abbreviations"]["words"]])
        when = rf"""(?: (?:{weekday})\.? ,? \s? )?  {_date(_any_of(self._months))}  {_TIME}"""
        flags = re.VERBOSE | re.IGNORECASE
        self._labelled = re.compile(rf"(?<!\w) (?P<label>{label}) \s? :? \s? (?:am\s)? {when}", flags)
        self._bare = re.compile(when, flags)

    def take(self, line: str) -> tuple[str, list[Stamp]]:
        """Return what is left of a line without the stamps at its beginning and its end, and these.

        A line that is nothing but a date, a place or an author beside it, is a stamp too.
        """
        if len(line) > _LONGEST or not _DIGIT.search(line):
            return line, []
        stamps: list[Stamp] = []
        matches: list[re.Match[str]] = list(self._labelled.finditer(line))
        rest = line
        for match in reversed(matches):
            if _is_edge(line, match, matches) and (date := self._read(match)):
                stamps.append(Stamp(date, self._ranks.get(match["label"].casefold(), len(self._ranks))))
                rest = rest[: match.start()] + rest[match.end() :]
        if stamps:
            return rest.strip(_BETWEEN + ")"), stamps
        alone = self._only_date(line)
        date = self._read(alone) if alone else None
        return ("", [Stamp(date, len(self._ranks))]) if date else (line, [])

    def closing(self, line: str) -> list[Stamp]:
        """The date in the brackets that an article ends with: "... (Reuters, 12.9.15)", "... (Eva Muster, 1.3.16)"."""
        match = _CLOSING.search(line, max(0, len(line) - 100))
        when = self._bare.fullmatch(match["date"].strip()) if match else None
        date = self._read(when) if when else None
        return [Stamp(date, len(self._ranks) + 1)] if date else []

    def best(self, stamps: Iterable[Stamp]) -> PartialDate | None:
        """The date to believe: the most precise one, then the one with the better label, then the first."""
        precision = ("day", "month", "year")
        found = min(stamps, key=lambda stamp: (precision.index(stamp.date.precision), stamp.rank), default=None)
        return found.date if found else None

    def _only_date(self, line: str) -> re.Match[str] | None:
        """A date in a short line in which nothing stands beside it but a place, an author or words like "Uhr"."""
        match = self._bare.search(line) if len(line) <= 100 else None
        if not match or match["month_only"] or match["month_year"]:
            return None
        before, after = line[: match.start()].strip(_BETWEEN), line[match.end() :].strip(_BETWEEN + ")")
        is_author = after.startswith(("von ", "Von ")) and after.count(" ") <= 5
        beside = (word.casefold().strip(".:,|") for word in after.split())
        if not is_author and not all(word in self._rest or word.isdigit() for word in beside):
            return None
        words = before.split()
        is_byline = bool(words) and words[0] in ("Von", "von") and len(words) <= 8
        is_place = len(words) <= 2 and line[: match.start()].rstrip().endswith((",", "|", "–", "-", "/"))
        return match if not words or is_byline or (is_place and all(w[:1].isupper() for w in words)) else None

    def _read(self, match: re.Match[str]) -> PartialDate | None:
        """The date of a match; None where there is no such day or no newspaper can be of that year."""
        try:
            if match["iso"]:
                date = PartialDate.parse(match["iso"])
            elif match["month_only"]:
                date = PartialDate(int(match["month_year"]), self._months.get(match["month_only"].casefold(), 0))
            else:
                year, month = int(match["year"]), match["month"]
                number = int(month) if month.isdigit() else self._months.get(month.casefold(), 0)
                date = PartialDate(year if year > 99 else 2000 + year, number, int(match["day"]))
        except ValueError:
            return None
        return date if _FIRST_YEAR <= date.year <= _LAST_YEAR else None


_CLOSING = re.compile(
    r"""
    \(
    (?: [\w.-]{2,20} (?: [ /,;]{1,2} [\w.-]{2,20} ){0,5} [,;] [ ] )??    # whose text it is
    (?P<date> \d [^()]{5,20} )
    \) \.? \Z
    """,
    re.VERBOSE,
)

_TIME = r"""
    (?: \s? [,|/–-]? \s? (?:um\s)? \d{1,2} [:.] \d{2} (?: :\d{2} )? (?: \s? (?:Uhr|h|MESZ|MEZ|UTC)\b ){0,2} )?
"""


def _date(months: str) -> str:
    return rf"""
    (?: (?P<iso> \d{{4}}-\d{{2}} (?: -\d{{2}} )? (?!\d) ) (?: T\d{{2}}:\d{{2}}\S{{0,16}} )?
      | (?P<day> \d{{1,2}} ) \. \s? (?P<month> \d{{1,2}} (?=\.) | {months} ) \.? \s?
        (?P<year> \d{{4}} | \d{{2}} ) (?!\d)
      | (?P<month_only> {months} ) \s (?P<month_year> \d{{4}} ) (?!\d)
    )
    """


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _is_edge(line: str, match: re.Match[str], matches: Sequence[re.Match[str]]) -> bool:
    """Whether nothing stands before the stamp, or nothing behind it, but other stamps."""
    before = line[: match.start()].strip(_BETWEEN)
    after = line[match.end() :].strip(_BETWEEN + ").")
    return not before or not after or match is not matches[0] or match is not matches[-1]
