"""Measured values in, a picture (SVG) out: charts, both axes logarithmic, a line an engine."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import cycle

_WIDTH, _HEIGHT = 440, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 20, 36, 84
_COLOURS = ("#b3261e", "#e07a1f", "#1f5fa8", "#2b7a4b", "#6b4c9a", "#5f6368")
_COLUMNS = 2
_BY_ROW = 3
"""Names below a chart, in a row."""


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines` maps a name to points (number of articles, value), both above 0."""

    title: str
    lines: Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values from `low` to `high`, powers of ten, -> places from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = math.log10(value / self.low) / math.log10(self.high / self.low)
        return self.start + share * (self.end - self.start)

    @property
    def ticks(self) -> list[float]:
        return [self.low * 10**n for n in range(round(math.log10(self.high / self.low)) + 1)]


def picture(charts: Sequence[Chart]) -> str:
    """The charts that have points, two in a row; an engine has the same colour in all of them."""
    shown = [chart for chart in charts if any(chart.lines.values())]
    names = dict.fromkeys(name for chart in shown for name in chart.lines)
    colours = dict(zip(names, cycle(_COLOURS), strict=False))
    width, height = _COLUMNS * _WIDTH, math.ceil(len(shown) / _COLUMNS) * _HEIGHT
    parts = [
        f'<g transform="translate({n % _COLUMNS * _WIDTH} {n // _COLUMNS * _HEIGHT})">{_chart(chart, colours)}</g>'
        for n, chart in enumerate(shown)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _chart(chart: Chart, colours: Mapping[str, str]) -> str:
    points = [point for line in chart.lines.values() for point in line]
    x = _scale([articles for articles, _ in points], _LEFT, _WIDTH - _RIGHT)
    y = _scale([value for _, value in points], _HEIGHT - _BOTTOM, _TOP)
    return "\n".join(
        [
            f'<text x="{_LEFT}" y="20" font-size="13" font-weight="bold">{escape(chart.title)}</text>',
            *(_tick(x(tick), _HEIGHT - _BOTTOM, f"{tick:,.0f}", upright=True) for tick in x.ticks),
            *(_tick(_LEFT, y(tick), f"{tick:,g}", upright=False) for tick in y.ticks),
            *(_line(points, x, y, colours[name]) for name, points in chart.lines.items()),
            f'<text x="{_WIDTH - _RIGHT}" y="{_HEIGHT - _BOTTOM + 28}" text-anchor="end">articles</text>',
            *(_name(number, name, colours[name]) for number, name in enumerate(chart.lines)),
        ]
    )


def _scale(values: Sequence[float], start: float, end: float) -> _Scale:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _Scale(10.0**low, 10.0 ** max(high, low + 1), start, end)


def _tick(x: float, y: float, text: str, upright: bool) -> str:
    """A line across the chart where a power of ten is, and its name."""
    if upright:
        line, place = (
            f'x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{y}"',
            f'x="{x:.1f}" y="{y + 16}" text-anchor="middle"',
        )
    else:
        line = f'x1="{x}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"'
        place = f'x="{x - 6}" y="{y + 4:.1f}" text-anchor="end"'
    return f'<line {line} stroke="#ddd"/><text {place}>{text}</text>'


def _line(points: Sequence[tuple[int, float]], x: _Scale, y: _Scale, colour: str) -> str:
    places = [(x(articles), y(value)) for articles, value in sorted(points)]
    path = " ".join(f"{left:.1f},{top:.1f}" for left, top in places)
    dots = "".join(f'<circle cx="{left:.1f}" cy="{top:.1f}" r="3" fill="{colour}"/>' for left, top in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


def _name(number: int, name: str, colour: str) -> str:
    left = _LEFT + number % _BY_ROW * (_WIDTH - _LEFT) // _BY_ROW
    top = _HEIGHT - _BOTTOM + 46 + number // _BY_ROW * 18
    text = f'<text x="{left + 14}" y="{top}">{escape(name)}</text>'
    return f'<rect x="{left}" y="{top - 9}" width="10" height="10" fill="{colour}"/>{text}'
