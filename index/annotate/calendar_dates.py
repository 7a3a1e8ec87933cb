"""Dates by the calendar's own names: holidays, "letzter Sonntag im März", "44. Kalenderwoche", "1990er-Jahre".

In: `DateWords`. Out: rules. A year that is left out is the one that brings the date nearest to the article's.
"""

import re
from datetime import timedelta

from index.annotate.date_words import SPACE, DateWords, Rule, one_of, rule
from index.annotate.left_out_years import nearest
from index.annotate.numeric_dates import YEAR
from index.annotate.periods import (
    Period,
    century_of,
    day_of,
    days_later,
    decade_of,
    easter,
    fourth_advent,
    month_of,
    nth_weekday,
    unknown,
    week_around,
    week_of,
)
from index.model import PartialDate

_GREGORIAN = 1583
_LAST = -1


class CalendarDates:
    """Builds the rules; each method gives the meaning of one form."""

    def __init__(self, words: DateWords) -> None:
        self._words = words
        self._holidays = (*words.fixed, *words.easter, *words.advent, *words.nth)

    def rules(self) -> list[Rule]:
        """Longer forms come before those that they contain."""
        w = self._words
        declined = (*w.declined(w.ordinals), *w.declined(("letzt",)))
        year = rf"(?: (?: des | im ) {SPACE} Jahre?s? {SPACE} )? ({YEAR})"
        of_year = rf"(?: {SPACE} {year} | {SPACE} ({w.DIRECTION}) {SPACE} Jahres )?"
        number = rf"(?: ([0-9]) \. | ( {w.ORDINAL} | letzt e[nrsm]? ) ) {SPACE}"
        of_month = rf"{SPACE} (?: im | des | in ) {SPACE} ({w.ANY_MONTH}) (?: {SPACE} ({YEAR}) )?"
        before_christ = rf"( {SPACE} v (?: or | \. ) {SPACE}? Chr )?"
        century = rf"(?: ([0-9]{{1,2}}) \. | ({w.ORDINAL}) ) {SPACE} Jahrhundert s? (?! \w ) {before_christ}"
        years = rf"(?: -? {SPACE}? Jahre n? )"
        decades = [*w.decades, *(f"{decade}jahre{ending}" for decade in w.decades for ending in ("", "n"))]
        return [
            rule(
                "holiday",
                ("0", *(name.split()[0] for name in self._holidays)),
                rf"({one_of(self._holidays)}) (?! \w ) {of_year}",
                self._holiday,
            ),
            rule(
                "nth-of-month",
                ("0", *declined),
                rf"{number} (?: ({w.WEEKDAY}) | (Woche) | (Tag) ) {of_month}",
                self._nth,
            ),
            rule("century", ("0", *declined), century, self._century),
            rule(
                "decade",
                "0",
                rf"([0-9]{{4}}) er (?: (?= {SPACE} ) | - ) {years}? (?! \w )",
                lambda m, ref: decade_of(int(m[1])),
            ),
            rule("decade", "0", rf"([0-9]0) er {years} (?! \w )", lambda m, ref: decade_of(1900 + int(m[1]))),
            rule(
                "decade", decades, rf"({one_of(w.decades)}) (?: {years} | (?<= er ) jahren? )? (?! \w )", self._decade
            ),
            rule("week", "0", rf"([0-9]{{1,2}}) \. {SPACE} Kalenderwoche (?: {SPACE} ({YEAR}) )?", self._week),
            rule(
                "week",
                ("kw", "kalenderwoche"),
                rf"(?: KW | Kalenderwoche ) {SPACE} ([0-9]{{1,2}}) (?! [0-9] ) (?: [/ ] ({YEAR}) )?",
                self._week,
            ),
        ]

    def _holiday(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        name = re.sub(r"\s+", " ", m[1].lower())

        def build(year: int) -> Period | None:
            return self._holiday_in(name, year)

        if m[2]:
            return build(int(m[2]))
        if m[3]:
            return build(ref.year + self._words.direction(m[3])) if ref else unknown("day")
        return nearest(m, ref, "day", build)

    def _holiday_in(self, name: str, year: int) -> Period | None:
        words = self._words
        if not _GREGORIAN <= year <= 9999:
            return None
        if name in words.fixed:
            return day_of(year, *words.fixed[name])
        if name in words.nth:
            month, weekday, number = words.nth[name]
            return nth_weekday(year, month, weekday, number)
        if name in words.easter:
            return days_later(easter(year), words.easter[name])
        return days_later(fourth_advent(year), words.advent[name])

    def _nth(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        """ "dritter Dienstag im September 2014", "letzte Woche im Juli", "letzter Tag im Oktober"."""
        last = (m[2] or "").lower().startswith("letzt")
        number = _LAST if last else self._words.ordinal(m[1] or m[2])
        month = self._words.month(m[6])

        def build(year: int) -> Period | None:
            whole = month_of(year, month)
            if m[3]:
                return nth_weekday(year, month, self._words.weekday(m[3]), number)
            if whole is None or whole.first is None or whole.last is None or number > 31:
                return None
            if m[5]:
                return day_of(year, month, whole.last.day if last else number)
            return week_around(whole.last if last else whole.first + timedelta(days=7 * (number - 1)))

        precision = "week" if m[4] else "day"
        return build(int(m[7])) if m[7] else nearest(m, ref, precision, build)

    def _century(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        return unknown("century") if m[3] else century_of(self._words.ordinal(m[1] or m[2]))

    def _decade(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        bare = len(m[0]) == len(m[1])
        return None if bare and not m[1][0].isupper() else decade_of(1900 + self._words.decades[m[1].lower()])

    def _week(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        year = int(m[2]) if m[2] else ref.year if ref else None
        return week_of(year, int(m[1])) if year else unknown("week")
