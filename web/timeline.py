"""The date facet as bars over time: the facet's values in, the places of bars out.

As with a chart, what stands beside each other is placed in percent of the width, heights are in pixels. A bar is as
wide as the day, month or year that it stands for, but never too narrow to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.model import PartialDate
from search.model import UNKNOWN, FacetValue

BASE, HEIGHT = 60, 44.0
"""Bars stand on BASE and are at most so high, in pixels."""

LEAST_WIDTH, LEAST_HEIGHT = 1.5, 3.0
"""The narrowest bar, in percent, and the lowest, in pixels."""

ROOM = 9.0
"""Bars at least so far apart, in percent, have their counts written on them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A date of the facet, with its place: `x` and `width` in percent, `height` in pixels.

    `coarse` is one that is known less precisely than others: a month among days.
    """

    value: FacetValue
    date: PartialDate
    x: float
    width: float
    height: float
    coarse: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars by date, coarse ones before those inside; both ends; whether there is room for counts; what has no date."""

    bars: tuple[Bar, ...]
    first: PartialDate
    last: PartialDate
    counts: bool
    undated: FacetValue | None


def timeline(values: Sequence[FacetValue]) -> Timeline | None:
    """The timeline of the date facet; None where it has fewer than two dates."""
    dated = sorted(((PartialDate.parse(v.value), v) for v in values if v.value != UNKNOWN), key=lambda pair: pair[0])
    if len(dated) < 2:
        return None
    first, last = dated[0][0], max((date for date, _ in dated), key=lambda date: date.last)
    start = first.first.toordinal()
    days = last.last.toordinal() + 1 - start
    finest = max(len(str(date)) for date, _ in dated)
    most = max(value.count for _, value in dated) or 1
    bars = []
    for date, value in dated:
        width = max(LEAST_WIDTH, 100 * ((date.last - date.first).days + 1) / days)
        x = min(100 * (date.first.toordinal() - start) / days, 100 - width)
        height = max(LEAST_HEIGHT, HEIGHT * value.count / most) if value.count else 0.0
        bars.append(Bar(value, date, x, width, height, len(str(date)) < finest))
    counts = all(later - middle >= ROOM for middle, later in pairwise(sorted(bar.x + bar.width / 2 for bar in bars)))
    undated = next((value for value in values if value.value == UNKNOWN), None)
    return Timeline(tuple(bars), first, last, counts, undated)
