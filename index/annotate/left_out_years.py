"""The year of a date that names none, or names it short.

In: a match, the article's date and a way to build the period for a year. Out: the period.
"""

import re
from collections.abc import Callable
from datetime import date

from index.annotate.periods import Period, unknown
from index.model import PartialDate

_PIVOT = 70
_LOOK_BACK = 80
_FUTURE = re.compile(r"\b(?:soll|sollen|wird|werden|will|wollen|möchte|möchten|geplant|geplante)\b[^.;:!?\n]{0,60}$")


def full_year(text: str) -> int:
    """A year of four or two digits: 24 is 2024, 89 is 1989."""
    digits = text.strip("'’‘ ")
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year >= _PIVOT else 2000)


def speaks_of_future(match: re.Match[str]) -> bool:
    """Whether a verb of the future stands before the match in its clause: "soll am Freitag beginnen"."""
    return _FUTURE.search(match.string, max(0, match.start() - _LOOK_BACK), match.start()) is not None


def nearest(
    match: re.Match[str], reference: PartialDate | None, precision: str, build: Callable[[int], Period | None]
) -> Period | None:
    """Of the periods that `build` gives for the years around the reference the nearest one; the earlier wins a tie.

    After a verb of the future it is the next one. Without a reference only the precision is known.
    """
    if reference is None:
        return unknown(precision)
    middle = reference.first if reference.day else date(reference.year, reference.month or 7, 1)
    near = range(max(1, reference.year - 1), min(9999, reference.year + 1) + 1)
    years = near if reference.month else (reference.year,)
    found = [(period.first, period) for year in years if (period := build(year)) and period.first and period.last]
    if speaks_of_future(match):
        found = [(first, period) for first, period in found if period.last and period.last >= middle] or found
    return min(found, key=lambda pair: abs((pair[0] - middle).days))[1] if found else None
