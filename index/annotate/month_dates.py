"""Dates with the name of a month or season: "31. Oktober 2024", "3. bis 5. Mai", "Ende September", "im Herbst".

In: `DateWords`. Out: rules. A year that is left out is the one that brings the date nearest to the article's.
"""

import re
from collections.abc import Callable

from index.annotate.date_words import SPACE, DateWords, Rule, rule
from index.annotate.left_out_years import full_year, nearest
from index.annotate.numeric_dates import TO, YEAR
from index.annotate.periods import Period, day_of, joined, month_of, months_of, third_of, unknown, year_of
from index.model import PartialDate

_LEAP_YEAR = 2000
_IMPOSSIBLE_DAY = re.compile(r"[0-9]\.\s?$")
_NO_QUANTITY = rf"(?! {SPACE}* (?: [%€$] | (?: Prozent | Euro ) \b ) )"


class MonthDates:
    """Builds the rules; each method gives the meaning of one form."""

    def __init__(self, words: DateWords) -> None:
        self._words = words

    def rules(self) -> list[Rule]:
        """Longer forms come before those that they contain."""
        return [*self._days(), *self._months(), *self._parts()]

    def _of_year(self) -> str:
        """Behind a day or month: "2024", "’24", "dieses Jahres", "des vergangenen Jahres"."""
        return rf"""
            (?: ,? {SPACE}*
                ( ['’]? {YEAR} | ['’] [0-9]{{2}} | [0-9]{{2}} (?= {SPACE}* (?: $ | [,;)] ) ) )
                (?! [0-9] | [.:] [0-9] )
              | {SPACE} (?: des {SPACE} )? ({self._words.DIRECTION}) {SPACE} Jahres
            )?"""

    def _days(self) -> list[Rule]:
        w = self._words
        day = rf"(?: ([0-9]{{1,2}}) (?: \. | te[nr]? (?! \w ) )? | ({w.ORDINAL}) )"
        month = rf"({w.ANY_MONTH})"
        of_year = self._of_year()
        starts = ("0", *w.declined(w.ordinals))
        until = rf"(?: {SPACE}? {month} (?: {SPACE} ({YEAR}) )? )? {TO}"
        behind = rf"(?! [0-9.:] [0-9]? ) (?: ,? {SPACE} ({YEAR}) )? (?= \W | $ ) (?! {SPACE} (?-i:[A-ZÄÖÜ]) )"
        ordinals = rf"({w.ORDINAL} | [0-9]{{1,2}} \. ) {SPACE} ({w.ORDINAL} | [0-9]{{1,2}} \. (?= {SPACE} | $ ) )"
        before = r"(?: (?<= \b am \s ) | (?<= \b den \s ) | (?<= \b dem \s ) | (?<= \b vom \s ) )"
        return [
            rule("day-range", starts, rf"{day} {until} {day} {SPACE}? {month} {of_year}", self._day_range),
            rule(
                "day", starts, rf"{day} (?: {SPACE}? | [/-] ) {month} (?: [/-] (?= [0-9]{{4}} ) )? {of_year}", self._day
            ),
            rule(
                "day",
                w.all_months,
                rf"{month} (?: {SPACE} | - ) ([0-9]{{1,2}}) (?: - (?= [0-9]{{4}} ) () ({YEAR}) | {behind} )",
                self._month_first,
            ),
            rule("day", starts, rf"{before} {ordinals} (?! {SPACE} (?-i:[A-ZÄÖÜ]) | \w )", self._ordinals),
        ]

    def _months(self) -> list[Rule]:
        month, of_year = rf"({self._words.ANY_MONTH})", self._of_year()
        names = self._words.all_months
        until = rf"(?: {SPACE} ({YEAR}) )? {TO} (?: zum {SPACE} )? (?: {self._words.PART} {SPACE} )?"
        return [
            rule("month-range", names, rf"{month} {until} {month} {of_year}", self._month_range),
            rule("month", names, rf"{month} {of_year} (?! - (?-i:[A-ZÄÖÜ]) )", self._month),
        ]

    def _parts(self) -> list[Rule]:
        w = self._words
        of_year = self._of_year()
        part = rf"({w.PART}) (?: {TO} ({w.PART}) )? {SPACE}"
        starts = ("0", *w.declined(w.ordinals), "q")
        number = rf"(?: ([1-4]) \. | ([1-4])tes | Q {SPACE}? ([1-4]) | ({w.ORDINAL}) ) {SPACE}?"
        period = r"( Quartal s? | Halbjahr (?: e?s )? | Hälfte )?"
        return [
            rule(
                "part-of-month", w.parts, rf"{part} (?: des {SPACE} )? ({w.ANY_MONTH}) {of_year}", self._part_of_month
            ),
            rule(
                "part-of-year",
                w.parts,
                rf"{part} (?: des {SPACE} Jahres {SPACE} )? ({YEAR}) {_NO_QUANTITY}",
                self._part_of_year,
            ),
            rule("quarter", starts, rf"{number} {period} {of_year}", self._quarter),
            rule("season", w.seasons, rf"({w.SEASON}) (?: (?: {SPACE} des {SPACE} Jahres )? {of_year} )", self._season),
        ]

    def _dated(
        self,
        m: re.Match[str],
        number: str | None,
        direction: str | None,
        ref: PartialDate | None,
        precision: str,
        build: Callable[[int], Period | None],
    ) -> Period | None:
        """The period in the year that is said by its number or as "vergangenen Jahres", else in the nearest year."""
        if number:
            return build(full_year(number))
        if direction:
            return build(ref.year + self._words.direction(direction)) if ref else unknown(precision)
        return nearest(m, ref, precision, build)

    def _day(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        day, month = self._words.ordinal(m[1] or m[2]), self._words.month(m[3])
        if day_of(_LEAP_YEAR, month, day) is None:
            return None
        return self._dated(m, m[4], m[5], ref, "day", lambda year: day_of(year, month, day))

    def _month_first(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        day, month = int(m[2]), self._words.month(m[1])
        if day_of(_LEAP_YEAR, month, day) is None:
            return None
        return self._dated(m, m[4] or m[5], None, ref, "day", lambda year: day_of(year, month, day))

    def _ordinals(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        """ "am siebten vierten"."""
        day, month = (self._words.ordinal(m[group].rstrip(".")) for group in (1, 2))
        if (m[1][0].isdigit() and m[2][0].isdigit()) or not day_of(_LEAP_YEAR, month, day):
            return None
        return nearest(m, ref, "day", lambda year: day_of(year, month, day))

    def _day_range(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        first_day, last_day = self._words.ordinal(m[1] or m[2]), self._words.ordinal(m[5] or m[6])
        last_month = self._words.month(m[7])
        first_month = self._words.month(m[3]) if m[3] else last_month
        if not (day_of(_LEAP_YEAR, last_month, last_day) and day_of(_LEAP_YEAR, first_month, first_day)):
            return None

        def build(year: int) -> Period | None:
            first_year = full_year(m[4]) if m[4] else year - (first_month > last_month)
            one, other = day_of(first_year, first_month, first_day), day_of(year, last_month, last_day)
            return joined(one, other) if one and other else None

        return self._dated(m, m[8], m[9], ref, "day", build)

    def _month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        month = self._words.month(m[1])
        if not (m[2] or m[3]) and m[1].lower() not in self._words.months:
            return None
        if _IMPOSSIBLE_DAY.search(m.string, max(0, m.start() - 5), m.start()):
            return None
        return self._dated(m, m[2], m[3], ref, "month", lambda year: month_of(year, month))

    def _month_range(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        first, last = self._words.month(m[1]), self._words.month(m[3])

        def build(year: int) -> Period | None:
            one = month_of(full_year(m[2]) if m[2] else year - (first > last), first)
            other = month_of(year, last)
            return joined(one, other) if one and other else None

        return self._dated(m, m[4], m[5], ref, "month", build)

    def _thirds(self, whole: Period | None, first: str, last: str | None) -> Period | None:
        if whole is None:
            return None
        parts = self._words.parts
        return joined(third_of(whole, parts[first.lower()]), third_of(whole, parts[(last or first).lower()]))

    def _part_of_month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        month = self._words.month(m[3])
        return self._dated(m, m[4], m[5], ref, "month", lambda year: self._thirds(month_of(year, month), m[1], m[2]))

    def _part_of_year(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        return self._thirds(year_of(int(m[3])), m[1], m[2])

    def _quarter(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        number = int(m[1] or m[2] or m[3] or self._words.ordinal(m[4]))
        name = (m[5] or ("quartal" if m[3] else "")).lower()
        length, precision = (3, "quarter") if name.startswith("quartal") else (6, "half")
        if not name or number * length > 12 or (name == "hälfte" and not (m[6] or m[7])):
            return None
        year = full_year(m[6]) if m[6] else ref.year + (self._words.direction(m[7]) if m[7] else 0) if ref else None
        return unknown(precision) if year is None else months_of(year, (number - 1) * length + 1, length, precision)

    def _season(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        month, length = self._words.seasons[m[1].lower()]
        return self._dated(m, m[2], m[3], ref, "season", lambda year: months_of(year, month, length, "season"))
