"""Scales: what is measured in; where it stands, from 0 to 1, and where the ticks are, out.

Ticks of values are 1, 2 or 5 times a power of ten, and a scale of values ends on a tick at both ends. Ticks of time are
the days given or, where these stand too close, days, months or years at regular steps.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from index.model import PartialDate

DECADES = 1.5
"""Values that span more powers of ten than this get a logarithmic scale."""

STEPS = 6
"""About how many steps a scale of values has from tick to tick."""

_ROUND = (1.0, 2.0, 5.0, 10.0)
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, *(12 * int(n) * 10**power for power in range(4) for n in _ROUND[:3]))


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Values from the first tick (at 0) to the last (at 1), linear or logarithmic."""

    ticks: tuple[float, ...]
    logarithmic: bool

    def position(self, value: float) -> float:
        """Where a value stands; beyond the ticks it stands at their end."""
        inside = min(max(value, self.ticks[0]), self.ticks[-1])
        low, here, high = (self._measure(v) for v in (self.ticks[0], inside, self.ticks[-1]))
        return min(1.0, max(0.0, (here - low) / (high - low)))

    def _measure(self, value: float) -> float:
        return math.log10(value) if self.logarithmic else value


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from the first (at 0) to the last (at 1); a single day stands in the middle."""

    first: date
    last: date

    def position(self, day: date) -> float:
        """Where a day stands."""
        span = (self.last - self.first).days
        return (day - self.first).days / span if span else 0.5


def value_scale(values: Sequence[float]) -> ValueScale:
    """The scale for values that are 0 or of a size from 1e-6 to 1e15: logarithmic where they span DECADES."""
    low, high = min(values), max(values)
    if low > 0 and math.log10(high / low) > DECADES:
        return ValueScale(_log_ticks(low, high), logarithmic=True)
    return ValueScale(_linear_ticks(low, high), logarithmic=False)


def time_ticks(scale: TimeScale, given: Iterable[date], room: float) -> tuple[PartialDate, ...]:
    """The dates to name, at least `room` (a share of the scale) apart: those given or, where there are none or these
    stand closer than that, days, months or years at regular steps."""
    days = sorted(set(given))
    if days and all(scale.position(later) - scale.position(day) >= room for day, later in pairwise(days)):
        return tuple(PartialDate(day.year, day.month, day.day) for day in days)
    most = int(1 / room)
    span = (scale.last - scale.first).days
    for step in _DAYS:
        if span <= most * step:
            shown = (scale.first + timedelta(days=number) for number in range(0, span + 1, step))
            return tuple(PartialDate(day.year, day.month, day.day) for day in shown)
    return _calendar_ticks(scale, most)


def _linear_ticks(low: float, high: float) -> tuple[float, ...]:
    """Ticks around the values, and 0 among them unless all are far from it and close together."""
    is_one = math.isclose(low, high)  # ticks between them would be the same numbers
    if 0 < low <= high / 2 or is_one:
        low = min(low, 0.0)
    if low / 2 <= high < 0 or is_one:
        high = max(high, 0.0)
    if low == high:
        high = 1.0
    step = _round_up((high - low) / STEPS)
    return tuple(number * step for number in range(math.floor(low / step), math.ceil(high / step) + 1))


def _log_ticks(low: float, high: float) -> tuple[float, ...]:
    """Ticks around the values: 1, 2 and 5 times powers of ten; over many decades the powers alone, or some of them."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > STEPS / 2:
        step = math.ceil((last - first) / STEPS)
        return tuple(10.0**power for power in range(first, last + step, step))
    ticks = [factor * 10.0**power for power in range(first - 1, last + 1) for factor in _ROUND[:3]]
    return tuple(
        [max(tick for tick in ticks if tick <= low)]
        + [tick for tick in ticks if low < tick < high]
        + [min(tick for tick in ticks if tick >= high)]
    )


def _round_up(value: float) -> float:
    """The smallest of 1, 2 or 5 times a power of ten that is not below `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in _ROUND if factor * power >= value * (1 - 1e-9))


def _calendar_ticks(scale: TimeScale, most: int) -> tuple[PartialDate, ...]:
    """First days of months, or of years, at the smallest regular step that gives at most `most` of them."""
    first, last = (day.year * 12 + day.month - 1 for day in (scale.first, scale.last))
    step = next((step for step in _MONTHS if last - first <= most * step), _MONTHS[-1])
    months = range(-(-first // step) * step, last + 1, step)
    ticks = (PartialDate(month // 12, 0 if step % 12 == 0 else month % 12 + 1) for month in months)
    return tuple(tick for tick in ticks if scale.first <= tick.first)
