"""Stretches of the calendar. In: years, months, days and steps between them. Out: a `Period`, or None if none exists.

Weeks are those of ISO 8601. Easter follows the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8).
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both None where they cannot be known, and the precision with which it was said."""

    first: date | None
    last: date | None
    precision: str


def unknown(precision: str) -> Period:
    """A period of which only the precision is known: relative, without a date that it is relative to."""
    return Period(None, None, precision)


def day_of(year: int, month: int, day: int) -> Period | None:
    """One day; None if it does not exist."""
    try:
        only = date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return Period(only, only, "day")


def months_of(year: int, month: int, count: int, precision: str) -> Period | None:
    """`count` months from the given one on; `month` may lie outside 1 to 12 and counts on into other years."""
    first_year, first_month = year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    last_year, last_month = first_year + (first_month + count - 2) // MONTHS, (first_month + count - 2) % MONTHS + 1
    try:
        last_day = calendar.monthrange(last_year, last_month)[1]
        return Period(date(first_year, first_month, 1), date(last_year, last_month, last_day), precision)
    except (ValueError, OverflowError, IndexError):
        return None


def month_of(year: int, month: int) -> Period | None:
    """A month; None if the month is not 1 to 12."""
    return months_of(year, month, 1, "month") if 1 <= month <= MONTHS else None


def year_of(year: int) -> Period | None:
    """A year; None outside 1 to 9999."""
    return months_of(year, 1, MONTHS, "year")


def decade_of(year: int) -> Period | None:
    """The ten years that start with `year`."""
    return months_of(year, 1, 10 * MONTHS, "decade")


def century_of(number: int) -> Period | None:
    """A century by its number: the 19th is 1801 to 1900."""
    return months_of((number - 1) * 100 + 1, 1, 100 * MONTHS, "century")


def week_around(day: date) -> Period | None:
    """Monday to Sunday around a day."""
    try:
        monday = day - timedelta(days=day.weekday())
        return Period(monday, monday + timedelta(days=6), "week")
    except OverflowError:
        return None


def week_of(year: int, number: int) -> Period | None:
    """An ISO week by its number."""
    try:
        return week_around(date.fromisocalendar(year, number, 1))
    except ValueError:
        return None


def days_later(day: date, days: int) -> Period | None:
    """The day that many days later (earlier if negative)."""
    try:
        only = day + timedelta(days=days)
    except OverflowError:
        return None
    return Period(only, only, "day")


def third_of(period: Period, part: int) -> Period:
    """The first (0), second (1) or last (2) third of a period, its precision kept."""
    if period.first is None or period.last is None:
        return period
    days = (period.last - period.first).days + 1
    first = period.first + timedelta(days=days * part // 3)
    last = period.first + timedelta(days=days * (part + 1) // 3 - 1)
    return replace(period, first=first, last=last)


def joined(one: Period, other: Period) -> Period | None:
    """From the start of one to the end of the other; None if that runs backwards."""
    if one.first is None or other.last is None:
        return unknown(other.precision)
    return Period(one.first, other.last, other.precision) if one.first <= other.last else None


def fourth_advent(year: int) -> date:
    """The last Sunday before 25 December."""
    eve = date(year, 12, 24)
    return eve - timedelta(days=(eve.weekday() + 1) % 7)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> Period | None:
    """The first, second ... weekday of a month (Monday is 0); -1 is the last one. None if the month has no such day."""
    try:
        first_weekday, length = calendar.monthrange(year, month)
    except (ValueError, IndexError):
        return None
    first = 1 + (weekday - first_weekday) % 7
    day = first + 7 * (number - 1) if number > 0 else first + 7 * ((length - first) // 7)
    return day_of(year, month, day)


def easter(year: int) -> date:
    """Easter Sunday of a Gregorian year."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)
