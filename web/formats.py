"""How dates and quantities are written, in the reader's language.

In: a date, a number or a figure's values, and the messages. Out: plain text for a template to escape.
"""

from datetime import date

from index.model import PartialDate
from web.messages import Messages

UNITS = {"Prozent": "%", "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}
"""Signs that readers know better than the unit's code."""

_BOUNDS = {"lower": "at_least", "upper": "at_most"}
_SCALES = ((10**12, "trillions"), (10**9, "billions"), (10**6, "millions"))


def date_text(value: PartialDate, messages: Messages, short: bool = False) -> str:
    """The date as precise as it is known: "31. Oktober 2024", "Oktober 2024", "2024"; short: "31.10.2024"."""
    if not value.month:
        return str(value.year)
    if short:
        key = "short_day" if value.day else "short_month"
        return messages(key, day=value.day, month=value.month, year=value.year)
    month = messages.months[value.month - 1]
    if not value.day:
        return f"{month} {value.year}"
    return messages("day", day=value.day, month=month, year=value.year)


def day_of(value: date) -> PartialDate:
    """A day of the calendar as a date that is known to the day."""
    return PartialDate(value.year, value.month, value.day)


def number_text(value: float, messages: Messages) -> str:
    """The number grouped in thousands: "12.000", "1,25"; from a million on in words where they are exact: "8 Mio."."""
    if type(value) is int and -1_000_000 < value < 1_000_000:
        return str(value) if -1000 < value < 1000 else f"{value:,}".translate(messages.signs)
    for scale, name in _SCALES:
        if abs(value) >= scale and round(value / scale, 3) * scale == value:
            return f"{_grouped(value / scale, messages)} {messages(name)}"
    return _grouped(value, messages)


def quantity_text(
    value: float, upper: float | None, approximate: bool, bound: str | None, unit: str | None, messages: Messages
) -> str:
    """A figure's value as its text gave it: "rund 8.000", "bis zu 12.000", "3.000–4.000", "50 %"."""
    words = [messages(_BOUNDS[bound])] if bound else [messages("about")] if approximate else []
    number = number_text(value, messages)
    words.append(number if upper is None else f"{number}–{number_text(upper, messages)}")
    if unit:
        words.append(UNITS.get(unit, unit))
    return " ".join(words)


def _grouped(value: float, messages: Messages) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".").translate(messages.signs)
