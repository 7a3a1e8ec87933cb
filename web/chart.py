"""A chart of values over time: points in, the places of marks and ticks out. It knows nothing of searches and pages.

A chart is as wide as its room: what stands beside each other is placed in percent of the width, what stands above each
other in pixels from the top. Points without a date stand in a strip of their own, right of the dated ones. What would
cover each other is moved apart by pixels, worked out for a phone's width, where there is least room.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from index.model import PartialDate
from web.labels import Box, Side, label_sides
from web.scales import TimeScale, ValueScale, time_ticks, value_scale

TOP, HEIGHT = 34.0, 300.0
"""The plot reaches from TOP to TOP + HEIGHT pixels."""

PLACES = 6
"""How many givers have a colour and a shape of their own: those who gave most."""

SMALLEST, GREATEST = 1e-6, 1e15
"""The sizes of values that can be shown, beside 0."""

LABELS, EDGE = 20.0, 11.0
"""What stays free of marks, in percent: on the left, for the labels of the values, and on the right."""

STRIP, STRIP_GROWS = 20.0, 0.2
"""The width of the strip for what has no date, in percent, and how it grows with the percentage of that."""

NARROW = 300.0
"""The width for which marks are moved apart, in pixels."""

WIDE = 680.0
"""The width from which on marks have names beside them, in pixels; style.css has it too."""

SIZE = 16.0
"""The room that a mark takes, in pixels."""

DATE = 72.0
"""The room that the name of a date takes, in pixels."""

ROOM = 0.3
"""The least distance between two ticks of time, as a share of the dated part."""

STEPS = 3
"""By how many sizes a mark may be moved off its date."""

ARROW, CAP = 12.0, 1.0
"""How far the arrow of a bound reaches beyond its mark and the end of a range beyond its values, in pixels."""

SHAPES = {
    "1": "M0-6a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z",
    "2": "M-5.4-5.4H5.4V5.4H-5.4Z",
    "3": "M0-7.5L7.5 0 0 7.5-7.5 0Z",
    "4": "M0-7L7 5.2H-7Z",
    "5": "M0 7L7-5.2H-7Z",
    "6": "M0-7.6L2-2.4 7.2-2.3 3.1 1 4.5 6.1 0 3.2-4.5 6.1-3.1 1-7.2-2.3-2-2.4Z",
    "other": "M-6-6.2H6L-6 6.2H6Z",
    "none": "M-5-3.2L-3.2-5 0-1.8 3.2-5 5-3.2 1.8 0 5 3.2 3.2 5 0 1.8-3.2 5-5 3.2-1.8 0Z",
}
"""The shape of each giver's place, an SVG path around 0, 0."""

Bound = Literal["lower", "upper"]


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be shown: a value, or a range up to `upper`, who gave it, and the days it may be from."""

    value: float
    upper: float | None = None
    bound: Bound | None = None
    approximate: bool = False
    giver: str | None = None
    first: date | None = None
    last: date | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the point with that number stands: `x` percent and `shift` pixels from the left, `y` pixels from the top.

    A range reaches from `top` to `bottom` (pixels), a month or year from `left` to `right` (percent). Where there is
    width enough, its giver's name stands on the side `name`.
    """

    number: int
    place: str
    x: float
    y: float
    top: float
    bottom: float
    left: float | None = None
    right: float | None = None
    shift: float = 0.0
    name: Side | None = None


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A value to name, `y` pixels from the top."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class DateTick:
    """A date to name, `x` percent from the left; `crowded` where a narrow chart has no room for it."""

    x: float
    date: PartialDate
    crowded: bool


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gave `count` of the figures; None is nobody, or with the place "other" all who have no place of their own."""

    name: str | None
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: marks from left to right; `strip` is where the strip of the undated begins (percent), None without."""

    marks: tuple[Mark, ...]
    values: tuple[ValueTick, ...]
    dates: tuple[DateTick, ...]
    givers: tuple[Giver, ...]
    strip: float | None
    logarithmic: bool


def can_show(value: float) -> bool:
    """Whether a chart can show a value: a number of a size that counts something."""
    return value == 0 or SMALLEST <= abs(value) <= GREATEST


def lay_out(points: Sequence[Point]) -> Chart:
    """The chart of some points, at least one, with values that can be shown."""
    values = value_scale([value for point in points for value in (point.value, point.upper) if value is not None])
    dated = [day for point in points for day in (point.first, point.last) if day is not None]
    undated = sum(point.first is None for point in points)
    strip = _strip(undated, len(points)) if undated else None
    end = (100.0 if strip is None else strip) - EDGE
    days = TimeScale(min(dated), max(dated)) if dated else None
    givers = _givers(points)
    place_of = {giver.name: giver.place for giver in givers if giver.place != "other"}
    marks = [
        _mark(number, point, place_of.get(point.giver, "other"), values, days, end)
        for number, point in enumerate(points)
    ]
    placed = _named(_apart(marks, points, strip), points, strip)
    return Chart(
        marks=tuple(sorted(placed, key=lambda mark: (mark.x, -mark.y, mark.number))),
        values=tuple(ValueTick(_y(values, value), value) for value in values.ticks),
        dates=_dates(points, days, end) if days else (),
        givers=givers,
        strip=strip,
        logarithmic=values.logarithmic,
    )


def _strip(undated: int, all_points: int) -> float:
    """Where the strip begins: the more there is without a date, the wider it is; where all is, it is the chart."""
    return 0.0 if undated == all_points else 100 - STRIP - STRIP_GROWS * 100 * undated / all_points


def _givers(points: Sequence[Point]) -> tuple[Giver, ...]:
    """Who gave most, each with a place; then all others together; then nobody. Of equals, the first comes first."""
    counted = Counter(point.giver for point in points)
    nobody = counted.pop(None, 0)
    first, others = counted.most_common()[:PLACES], counted.most_common()[PLACES:]
    found = [Giver(name, str(place), count) for place, (name, count) in enumerate(first, 1)]
    if others:
        found.append(Giver(None, "other", sum(count for _, count in others)))
    if nobody:
        found.append(Giver(None, "none", nobody))
    return tuple(found)


def _mark(number: int, point: Point, place: str, values: ValueScale, days: TimeScale | None, end: float) -> Mark:
    bottom = _y(values, point.value)
    top = bottom if point.upper is None else _y(values, point.upper)
    mark = Mark(number, place, x=0.0, y=(top + bottom) / 2, top=min(top, bottom), bottom=max(top, bottom))
    if days is None or point.first is None or point.last is None:
        left = LABELS if days is None else end + EDGE
        return replace(mark, x=(left + 100) / 2)
    left, right = _x(days, point.first, end), _x(days, point.last, end)
    if point.first == point.last:
        return replace(mark, x=left)
    return replace(mark, x=(left + right) / 2, left=left, right=right)


def _x(days: TimeScale, day: date, end: float) -> float:
    return LABELS + days.position(day) * (end - LABELS)


def _y(values: ValueScale, value: float) -> float:
    return TOP + (1 - values.position(value)) * HEIGHT


def _dates(points: Sequence[Point], days: TimeScale, end: float) -> tuple[DateTick, ...]:
    exact = all(point.first == point.last for point in points)
    given = [point.first for point in points if exact and point.first is not None]
    room = DATE / ((end - LABELS) * WIDE / 100)
    ticks: list[DateTick] = []
    for named in time_ticks(days, given, room):
        x = _x(days, named.first, end)
        shown = [tick.x for tick in ticks if not tick.crowded]
        ticks.append(DateTick(x, named, crowded=bool(shown) and (x - shown[-1]) * NARROW / 100 < DATE))
    return tuple(ticks)


def _apart(marks: Iterable[Mark], points: Sequence[Point], strip: float | None) -> list[Mark]:
    """The marks moved apart sidewards, known dates first; where there is no room left, some cover others."""
    edge = NARROW if strip is None else strip * NARROW / 100
    placed: list[tuple[Mark, Box]] = []
    for mark in sorted(marks, key=lambda mark: (points[mark.number].estimated, mark.number)):
        point = points[mark.number]
        box = _box(mark, point, NARROW)
        left, right, steps = (0.0, edge, STEPS) if point.first else (edge, NARROW, int(NARROW / SIZE))
        near = [other for _, other in placed if box.top < other.bottom and other.top < box.bottom]
        shifts = [sign * step * SIZE for step in range(steps + 1) for sign in (1, -1)[: step + 1]]
        shifts = [shift for shift in shifts if left <= box.left + shift and box.right + shift <= right]
        free = (shift for shift in shifts if not any(_moved(box, shift).overlaps(other) for other in near))
        shift = next(free, shifts[len(placed) % len(shifts)])
        placed.append((replace(mark, shift=shift), _moved(box, shift)))
    return [mark for mark, _ in placed]


def _named(marks: Sequence[Mark], points: Sequence[Point], strip: float | None) -> list[Mark]:
    """The marks, and beside which of them their givers are named."""
    edge = WIDE if strip is None else strip * WIDE / 100
    dated, undated = Box(0, edge, 0, 0), Box(edge, WIDE, 0, 0)
    sides = label_sides(
        [_box(mark, points[mark.number], WIDE) for mark in marks],
        [points[mark.number].giver for mark in marks],
        [dated if points[mark.number].first else undated for mark in marks],
    )
    return [replace(mark, name=side) for mark, side in zip(marks, sides, strict=True)]


def _moved(box: Box, shift: float) -> Box:
    return replace(box, left=box.left + shift, right=box.right + shift)


def _box(mark: Mark, point: Point, width: float) -> Box:
    """The room that a mark takes in a chart of that width, in pixels; a hair less, so that neighbours may touch."""
    middle, half = mark.x * width / 100 + mark.shift, SIZE / 2 - 1e-3
    top = min(mark.top - CAP, mark.y - half - ARROW * (point.bound == "lower"))
    bottom = max(mark.bottom + CAP, mark.y + half + ARROW * (point.bound == "upper"))
    return Box(middle - half, middle + half, top, bottom)
