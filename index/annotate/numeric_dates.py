"""Dates in digits: "31.10.2024", "31.10.", "2024-10-31", "05/2016", "14.-16.10.2024", "2014/15", "am 15.".

In: `DateWords`. Out: rules. A year that is left out is the one that brings the date nearest to the article's.
"""

import re
from collections.abc import Callable

from index.annotate.date_words import SPACE, DateWords, Rule, rule
from index.annotate.left_out_years import full_year, nearest
from index.annotate.periods import Period, day_of, joined, month_of, months_of, unknown, year_of
from index.model import PartialDate

TO = rf"""(?: {SPACE}? [-–—] {SPACE}? (?: den {SPACE} )?
            | {SPACE} (?: bis | auf ) {SPACE} (?: zum {SPACE} | den {SPACE} )?
            | {SPACE}? / {SPACE}?
            | {SPACE} und {SPACE} (?: den {SPACE} | dem {SPACE} )? )"""
"""What stands between the ends of a range."""

YEAR = r"(?: [0-9]{4} (?! [0-9] ) )"

_SHORT_YEAR = rf"(?: {YEAR} | [0-9]{{2}} (?! [0-9] ) )"
_END = r"(?! \w | [.:/-] [0-9] )"
_UNITS = r"(?: [%€$] | (?: Prozent | Euro | Uhr | Mio | Mrd | Millionen | Milliarden ) \b )"
_NO_QUANTITY = rf"(?! \w | [.,:/-] [0-9] | {SPACE}* {_UNITS} )"
_BEFORE_DAY = "(?:" + "|".join(rf"(?<= \b {word} \s )" for word in ("am", "vom", "zum", "den", "dem", "der")) + ")"
_LEAP_YEAR = 2000

_OfMonth = Callable[[int, int], Period | None]


class NumericDates:
    """Builds the rules; each method gives the meaning of one form."""

    def __init__(self, words: DateWords) -> None:
        self._years = words.years

    def rules(self) -> list[Rule]:
        """Longer forms come before those that they contain."""
        return [*self._days(), *self._months_and_years(), *self._days_of_a_month()]

    def _days(self) -> list[Rule]:
        day, month = "([0-9]{1,2})", "([0-9]{1,2})"
        first = rf"{day} \.? {SPACE}? (?: {month} \.? {SPACE}? ({YEAR})? )?"
        behind = rf"(?: \. {SPACE}? ({_SHORT_YEAR}) | \. | (?<= \. [0-9]{{2}} ) (?= {SPACE} | $ ) )"
        last = rf"{day} \. {SPACE}? {month} {behind}"
        return [
            rule(
                "iso-day", "0", r"([0-9]{4}) ([-/.]) ([0-9]{1,2}) \2 ([0-9]{1,2}) (?! [0-9] | [.:/-] [0-9] )", _iso_day
            ),
            rule(
                "iso-month", "0", r"([0-9]{4}) - ([0-9]{2}) (?! [\w-] )", lambda m, ref: month_of(int(m[1]), int(m[2]))
            ),
            rule("numeric-range", "0", rf"{first} {TO} {last} {_END}", self._range),
            rule(
                "numeric-day",
                "0",
                rf"{day} \. {SPACE}? {month} \. (?: {SPACE}? (['’]? {_SHORT_YEAR}) )? {_END}",
                self._day,
            ),
            rule(
                "numeric-day",
                "0",
                rf"{_BEFORE_DAY} {day} [./] {month} (?! \.?[0-9] ) () {_END} {_NO_QUANTITY}",
                self._day,
            ),
            rule("slashed-day", "0", rf"{day} ([/-]) {month} \2 ({_SHORT_YEAR}) {_END}", _slashed_day),
        ]

    def _months_and_years(self) -> list[Rule]:
        month = "([0-9]{1,2})"
        until = rf"(?: {SPACE}? [-–/] {SPACE}? | {SPACE} bis {SPACE} )"
        return [
            rule(
                "numeric-month",
                "0",
                rf"{month} (?: [./-] | {SPACE} [/-] {SPACE} ) ({YEAR}) {_END}",
                lambda m, ref: self._numeric_month(int(m[2]), int(m[1])),
            ),
            rule(
                "numeric-month",
                "0",
                rf"([0-9]{{4}}) (?: / | \. (?= [0-9]{{2}} ) ) {month} {_END} {_NO_QUANTITY}",
                self._year_and_month,
            ),
            rule(
                "year-range",
                "0",
                rf"([0-9]{{4}}) {until} ([0-9]{{4}} | (?<= [-–/] ) [0-9]{{2}}) {_NO_QUANTITY}",
                self._year_range,
            ),
            rule(
                "before-christ",
                "0",
                rf"[0-9]{{1,5}} {SPACE} v (?: or | \. ) {SPACE}? Chr (?: \. | istus | ist {SPACE} Geburt )?",
                lambda m, ref: unknown("year"),
            ),
            rule(
                "year",
                ("jahr", "jahre", "jahres"),
                rf"Jahr (?: es? )? {SPACE} ([0-9]{{1,4}}) {_NO_QUANTITY}",
                lambda m, ref: year_of(int(m[1])),
            ),
        ]

    def _days_of_a_month(self) -> list[Rule]:
        day = "([0-9]{1,2})"
        unspecified = r"(?= [\s,;.)] | $ ) (?! \.[\w] )"
        return [
            rule(
                "day-of-month-range",
                "0",
                rf"{_BEFORE_DAY} {day} \. {TO} {day} \. {unspecified} (?! {SPACE} (?-i:[A-ZÄÖÜ]) )",
                self._days_of_month,
            ),
            rule(
                "day-of-month",
                "0",
                rf"{_BEFORE_DAY} {day} \. {unspecified} (?! {SPACE} (?: \w+en {SPACE} )? (?-i:[A-ZÄÖÜ]) )",
                self._day_of_month,
            ),
        ]

    def _day(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        day, month = int(m[1]), int(m[2])
        if m[3]:
            return day_of(full_year(m[3]), month, day)
        return nearest(m, ref, "day", lambda year: day_of(year, month, day)) if day_of(_LEAP_YEAR, month, day) else None

    def _range(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        last_day, last_month = int(m[4]), int(m[5])
        first_day, first_month = int(m[1]), int(m[2] or last_month)
        if not (day_of(_LEAP_YEAR, last_month, last_day) and day_of(_LEAP_YEAR, first_month, first_day)):
            return None

        def build(year: int) -> Period | None:
            one = day_of(full_year(m[3]) if m[3] else year - (first_month > last_month), first_month, first_day)
            other = day_of(year, last_month, last_day)
            return joined(one, other) if one and other else None

        return build(full_year(m[6])) if m[6] else nearest(m, ref, "day", build)

    def _year_and_month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        """ "2016/05" is a month, "2016/17" and "2010/11" are a season of two years."""
        return None if int(m[2]) == (int(m[1]) + 1) % 100 else self._numeric_month(int(m[1]), int(m[2]))

    def _numeric_month(self, year: int, month: int) -> Period | None:
        """A month of a year that dates are written with; "1.2345" and "5.9000" are numbers."""
        return month_of(year, month) if self._years["first"] <= year <= self._years["last"] else None

    def _year_range(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        first = int(m[1])
        last = int(m[2]) if len(m[2]) == 4 else first // 100 * 100 + int(m[2]) + (100 if m[2] == "00" else 0)
        one, other = year_of(first), year_of(last)
        if not (one and other and self._years["first"] <= first < last <= self._years["last"]):
            return None
        return joined(one, other)

    def _day_of_month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        """ "am 15.": the nearest day of that number."""
        day = int(m[1])
        if not 1 <= day <= 31:
            return None
        return _nearest_month(ref, lambda year, month: day_of(year, month, day))

    def _days_of_month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        first, last = int(m[1]), int(m[2])
        if not 1 <= first < last <= 31:
            return None

        def build(year: int, month: int) -> Period | None:
            one, other = day_of(year, month, first), day_of(year, month, last)
            return joined(one, other) if one and other else None

        return _nearest_month(ref, build)


def _nearest_month(ref: PartialDate | None, build: _OfMonth) -> Period | None:
    """What `build` gives for the month before, of or after the reference: the nearest."""
    if ref is None or not ref.day:
        return unknown("day")
    around = [months_of(ref.year, ref.month + step, 1, "month") for step in (-1, 0, 1)]
    found = [p for month in around if month and month.first and (p := build(month.first.year, month.first.month))]
    middle = ref.first
    return min(found, key=lambda p: abs(((p.first or middle) - middle).days), default=None)


def _iso_day(m: re.Match[str], ref: PartialDate | None) -> Period | None:
    return day_of(int(m[1]), int(m[3]), int(m[4]))


def _slashed_day(m: re.Match[str], ref: PartialDate | None) -> Period | None:
    return day_of(full_year(m[4]), int(m[3]), int(m[1]))
