"""Dates told from the article's own day: "gestern", "am Mittwoch", "im vergangenen Jahr", "vor drei Wochen".

In: `DateWords`. Out: rules. Without the article's date a match keeps its precision and has no days. A bare weekday is
the last such day up to the article's own, as news have it; after "bis" and "ab" it is the next one.
"""

import re
from datetime import timedelta

from index.annotate.date_words import SPACE, DateWords, Rule, one_of, rule
from index.annotate.left_out_years import speaks_of_future
from index.annotate.periods import (
    Period,
    days_later,
    decade_of,
    joined,
    month_of,
    months_of,
    third_of,
    unknown,
    week_around,
    year_of,
)
from index.model import PartialDate

_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_MORNING = re.compile(r"\b(?:am|jeden|den|gestern|heute)\s$", re.IGNORECASE)
_WEEK = 7


def period_around(reference: PartialDate | None, name: str, steps: int) -> Period | None:
    """The period of that name around the reference, `steps` such periods on; unknown if the reference is too coarse."""
    if (
        reference is None
        or (name in ("day", "week") and not reference.day)
        or (name in ("month", "quarter", "half") and not reference.month)
    ):
        return unknown(name)
    year, month = reference.year, reference.month
    if name == "day":
        return days_later(reference.first, steps)
    if name == "week":
        moved = days_later(reference.first, _WEEK * steps)
        return week_around(moved.first) if moved and moved.first else None
    if name == "year":
        return year_of(year + steps)
    if name == "decade":
        return decade_of(year // 10 * 10 + 10 * steps)
    if name == "century":
        return months_of((year - 1) // 100 * 100 + 1 + 100 * steps, 1, 1200, "century")
    length = {"month": 1, "quarter": 3, "half": 6}[name]
    return months_of(year, (month - 1) // length * length + 1 + length * steps, length, name)


def weekday_near(reference: PartialDate | None, weekday: int, direction: int | None) -> Period | None:
    """A weekday: None the last one up to the reference, -1 before it, 1 after it, 2 a week later, 0 in its week."""
    if reference is None or not reference.day:
        return unknown("day")
    day = reference.first
    back = (day.weekday() - weekday) % _WEEK
    if direction is None:
        return days_later(day, -back)
    if direction == 0:
        return days_later(day, weekday - day.weekday())
    if direction < 0:
        return days_later(day, -(back or _WEEK) + _WEEK * (direction + 1))
    return days_later(day, _WEEK - back + _WEEK * (direction - 1))


class RelativeDates:
    """Builds the rules; each method gives the meaning of one form."""

    def __init__(self, words: DateWords) -> None:
        self._words = words

    def rules(self) -> list[Rule]:
        """Longer forms come before those that they contain."""
        return [*self._days(), *self._periods(), *self._amounts()]

    def _days(self) -> list[Rule]:
        w = self._words
        week = rf"{SPACE} (?: (?: de[rn] | in {SPACE} der ) {SPACE} )? ({w.DIRECTION}) {SPACE} Woche (?! \w )"
        away = rf"{SPACE} (vor | in) {SPACE} ({w.AMOUNT}) {SPACE} Wochen? (?! \w )"
        plain_days = {*w.days, *(day.capitalize() for day in w.days if day != "morgen")}
        weekdays = rf"({w.WEEKDAY}) s? (?: {w.DAYTIME} )? (?! [\w] | -\w )"
        return [
            rule("day-word", plain_days, rf"{one_of(w.days)} (?! \w | -\w ) (?: {w.DAYTIME} )?", self._day_word),
            rule(
                "weekday-range",
                (*w.weekdays, *w.daily),
                rf"({w.WEEKDAY}) {SPACE} bis {SPACE} (?: zum {SPACE} )? ({w.WEEKDAY}) (?! \w )",
                self._weekday_range,
            ),
            rule(
                "weekday-of-week", (*w.weekdays, *w.daily), rf"{weekdays} (?: {week} | {away} )", self._weekday_of_week
            ),
            rule(
                "weekday",
                (*w.weekdays, *w.daily),
                rf"({w.WEEKDAY}) (?: {SPACE}? (?: {w.DAYTIME} ) )? (?! \w | -(?-i:[A-ZÄÖÜ]) )",
                self._weekday,
            ),
            rule(
                "weekday",
                w.declined(w.directions),
                rf"({w.DIRECTION}) {SPACE} ({w.WEEKDAY}) (?: {w.DAYTIME} )? (?! \w )",
                lambda m, ref: weekday_near(ref, w.weekday(m[2]), w.direction(m[1])),
            ),
        ]

    def _periods(self) -> list[Rule]:
        w = self._words
        directed = rf"({w.DIRECTION}) {SPACE}"
        part = rf"({w.PART}) (?: {SPACE} | {SPACE} de[rs] {SPACE} )"
        starts = w.declined(w.directions)
        return [
            rule(
                "last-amount",
                starts,
                rf"{directed} (?: {w.VAGUE_AMOUNT} | paar | ({w.AMOUNT}) ) {SPACE} ({w.PERIOD})",
                self._last_amount,
            ),
            rule(
                "directed-period",
                starts,
                rf"{directed} (?: ({w.PERIOD}) | (Wochenendes?) (?! \w ) )",
                self._directed_period,
            ),
            rule("directed-month", starts, rf"{directed} ({w.MONTH}) (?! {SPACE} [0-9]{{4}} )", self._directed_month),
            rule("directed-season", starts, rf"{directed} ({w.SEASON})", self._directed_season),
            rule("part-of-directed-period", w.parts, rf"{part} (?: {directed} )? ({w.PERIOD})", self._part_of_period),
            rule(
                "weekend",
                ("wochenende", "wochenendes"),
                r"Wochenende s? (?! \w )",
                lambda m, ref: _weekend(ref, 0, past=True),
            ),
            rule("period-noun", w.period_nouns, rf"({one_of(w.period_nouns)}) (?! \w )", self._period_noun),
        ]

    def _amounts(self) -> list[Rule]:
        w = self._words
        about = rf"(?: {one_of(w.about)} {SPACE} )?"
        vague = rf"{one_of(w.vague_words)} (?! \w )"
        return [
            rule(
                "vague-amount",
                ("vor", "in"),
                rf"(?: vor | in ) {SPACE} {w.VAGUE_AMOUNT} {SPACE} {w.PERIOD}",
                lambda m, ref: unknown("vague"),
            ),
            rule(
                "amount",
                ("vor", "in"),
                rf"(vor | in) {SPACE} {about} ({w.AMOUNT}) {SPACE} (halben {SPACE})? ({w.PERIOD})",
                self._amount,
            ),
            rule("vague", {word.split()[0] for word in w.vague_words}, vague, lambda m, ref: unknown("vague")),
        ]

    def _day_word(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        word = re.split(r"\s", m[0], maxsplit=1)[0]
        if word == "Morgen" or (
            word.lower() == "morgen" and _MORNING.search(m.string, max(0, m.start() - 6), m.start())
        ):
            return None
        return period_around(ref, "day", self._words.days[word.lower()])

    def _weekday(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        before = _LAST_WORD.search(m.string, max(0, m.start() - 20), m.start())
        future = (before is not None and before[1].lower() in self._words.future_before) or speaks_of_future(m)
        return weekday_near(ref, self._words.weekday(m[1]), 1 if future else None)

    def _weekday_range(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        first = weekday_near(ref, self._words.weekday(m[1]), 1 if speaks_of_future(m) else None)
        if first is None or first.first is None:
            return first
        days = (self._words.weekday(m[2]) - self._words.weekday(m[1])) % _WEEK
        last = days_later(first.first, days)
        return joined(first, last) if last else None

    def _weekday_of_week(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        weekday = self._words.weekday(m[1])
        if ref is None or not ref.day:
            return unknown("day")
        if m[2]:
            steps: float | None = self._words.direction(m[2])
        else:
            amount = self._words.amount(m[4])
            steps = None if amount is None else amount * (-1 if m[3].lower() == "vor" else 1)
        return None if steps is None else days_later(ref.first, weekday - ref.first.weekday() + _WEEK * int(steps))

    def _last_amount(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        name, many = self._words.period(m[3])
        direction = self._words.direction(m[1])
        if not m[2]:
            return unknown("vague")
        amount = self._words.amount(m[2])
        if amount is None or not many or direction not in (-1, 1) or amount != int(amount):
            return None
        near, far = period_around(ref, name, direction), period_around(ref, name, int(amount) * direction)
        if not (near and far):
            return None
        return joined(far, near) if direction < 0 else joined(near, far)

    def _directed_period(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        direction = self._words.direction(m[1])
        if m[3]:
            return _weekend(ref, direction, past=False)
        name, many = self._words.period(m[2])
        return unknown("vague") if many else period_around(ref, name, direction)

    def _directed_month(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        if ref is None or not ref.month:
            return unknown("month")
        month, direction = self._words.month(m[2]), self._words.direction(m[1])
        return month_of(_year_in_direction(ref, month, direction), month)

    def _directed_season(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        if ref is None or not ref.month:
            return unknown("season")
        month, length = self._words.seasons[m[2].lower()]
        direction = self._words.direction(m[1])
        reached = month + length - 1 if direction < 0 else month
        return months_of(_year_in_direction(ref, reached, direction), month, length, "season")

    def _part_of_period(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        name, many = self._words.period(m[3])
        if many or name == "day":
            return None
        whole = period_around(ref, name, self._words.direction(m[2]) if m[2] else 0)
        return third_of(whole, self._words.parts[m[1].lower()]) if whole else None

    def _period_noun(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        name, steps, part = self._words.period_nouns[m[1].lower()]
        whole = period_around(ref, name, steps)
        return third_of(whole, part) if whole and part >= 0 else whole

    def _amount(self, m: re.Match[str], ref: PartialDate | None) -> Period | None:
        name, _ = self._words.period(m[4])
        amount = 0.5 if m[3] else self._words.amount(m[2])
        if amount is None or amount > 5000:
            return None
        if name == "year" and amount != int(amount) and amount * 12 == int(amount * 12):
            name, amount = "month", amount * 12
        if amount != int(amount):
            return unknown(name)
        return period_around(ref, name, int(amount) * (-1 if m[1].lower() == "vor" else 1))


def _year_in_direction(ref: PartialDate, month: int, direction: int) -> int:
    """The year of the last month of that number before the reference, or of the next one after it."""
    if direction < 0:
        return ref.year - (month >= ref.month) + direction + 1
    if direction > 0:
        return ref.year + (month <= ref.month) + direction - 1
    return ref.year


def _weekend(ref: PartialDate | None, direction: int, past: bool) -> Period | None:
    """Saturday and Sunday: the last up to the reference, or that of the reference's week and `direction` weeks on."""
    if ref is None or not ref.day:
        return unknown("week")
    weeks = (-1 if ref.first.weekday() < 5 else 0) if past else direction
    try:
        monday = ref.first - timedelta(days=ref.first.weekday()) + timedelta(days=_WEEK * weeks)
        return Period(monday + timedelta(days=5), monday + timedelta(days=6), "week")
    except OverflowError:
        return None
