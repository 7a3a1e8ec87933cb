"""A date as a user's file gives it -> a `PartialDate`: ISO 8601, 31.10.2024, 20241031, RFC 2822 (as feeds have it)."""

import re
from email.utils import parsedate
from typing import Any

from index.model import PartialDate

_GERMAN = re.compile(r"(?:(?P<day>\d{1,2})\.\s?)?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?:[,\s].*)?", re.DOTALL)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?", re.ASCII)


def read_date(value: Any) -> PartialDate | None:
    """The date, as precise as it is given; None for one that cannot be read."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    for read in (PartialDate.parse, _by_pattern, _as_in_feeds):
        try:
            return read(text)
        except (ValueError, OverflowError):
            continue
    return None


def _by_pattern(text: str) -> PartialDate:
    match = _COMPACT.fullmatch(text) or _GERMAN.fullmatch(text)
    if not match:
        raise ValueError(text)
    return PartialDate(*(int(match[name] or 0) for name in ("year", "month", "day")))


def _as_in_feeds(text: str) -> PartialDate:
    parsed = parsedate(text)
    if not parsed:
        raise ValueError(text)
    return PartialDate(*parsed[:3])
