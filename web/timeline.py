"""The date facet as bars over time: the facet's values in, the places of bars out.

As with a chart, what stands beside each other is placed in percent of the width, heights are in pixels. A bar is as
wide as the day, month or year that it stands for, but never too narrow to be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from index.model import PartialDate
from search.model import UNKNOWN, FacetValue

BASE, HEIGHT = 60, 44.0
"""Bars stand on BASE and are at most so high, in pixels."""

LEAST_WIDTH, LEAST_HEIGHT = 1.5, 3.0
"""The narrowest bar, in percent, and the lowest, in pixels."""

ROOM = 9.0
"""Bars at least so far apart, in percent, have their counts written on them."""


class Bar(NamedTuple):
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
    dated = sorted([(*_placed(value.value), value) for value in values if value.value != UNKNOWN], key=itemgetter(0))
    if len(dated) < 2:
        return None
    start = dated[0][2]
    _, last, _, end, _, _ = max(dated, key=itemgetter(3))
    days = end + 1 - start
    finest = max([letters for _, _, _, _, letters, _ in dated])
    most = max([value.count for *_, value in dated]) or 1
    bars = []
    for _, date, first_day, last_day, letters, value in dated:
        width = max(LEAST_WIDTH, 100 * (last_day - first_day + 1) / days)
        x = min(100 * (first_day - start) / days, 100 - width)
        height = max(LEAST_HEIGHT, HEIGHT * value.count / most) if value.count else 0.0
        bars.append(Bar(value, date, x, width, height, letters < finest))
    counts = all(later - middle >= ROOM for middle, later in pairwise(sorted(bar.x + bar.width / 2 for bar in bars)))
    undated = next((value for value in values if value.value == UNKNOWN), None)
    return Timeline(tuple(bars), dated[0][1], last, counts, undated)


@lru_cache(1 << 12)
def _placed(text: str) -> tuple[tuple[int, int, int], PartialDate, int, int, int]:
    """What orders a date, the date, its first and its last day as numbers, and how long it is written: the finer, the
    longer.
    """
    date = PartialDate.parse(text)
    return (date.year, date.month, date.day), date, date.first.toordinal(), date.last.toordinal(), len(str(date))
