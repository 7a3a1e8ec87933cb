"""Every mark stands inside the plot where its value and date put it, whatever the figures are."""

import re
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.chart import (
    DATE,
    HEIGHT,
    LABELS,
    NARROW,
    PLACES,
    SHAPES,
    SIZE,
    TOP,
    Chart,
    Mark,
    Point,
    can_show,
    lay_out,
)

STYLE = (Path(__file__).resolve().parents[2] / "web/static/style.css").read_text("utf-8")

values = st.one_of(st.integers(0, 20_000).map(float), st.floats(-1e15, 1e15).filter(can_show))
givers = st.sampled_from([None, "NIS", "USA", "Kiew", "Seoul", "Moskau", "Nato", "EU", "UN", "ISW"])


@st.composite
def points(draw: st.DrawFn) -> Point:
    first = draw(st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)))
    length = draw(st.sampled_from([0, 0, 30, 364]))
    value = draw(values)
    return Point(
        value=value,
        upper=draw(st.none() | values.map(lambda upper: max(upper, value))),
        bound=draw(st.sampled_from([None, "lower", "upper"])),
        approximate=draw(st.booleans()),
        giver=draw(givers),
        first=first,
        last=first + timedelta(days=length) if first else None,
        estimated=first is not None and not length and draw(st.booleans()),
    )


charts = st.lists(points(), min_size=1, max_size=40)


def edge(chart: Chart) -> float:
    return 100.0 if chart.strip is None else chart.strip


def left_of(mark: Mark) -> float:
    """The mark's left edge in a narrow chart, in pixels."""
    return mark.x * NARROW / 100 + mark.shift - SIZE / 2


@settings(max_examples=60)
@given(charts)
def test_every_mark_is_inside_its_part_of_the_plot(shown: list[Point]) -> None:
    chart = lay_out(shown)
    assert sorted(mark.number for mark in chart.marks) == list(range(len(shown)))
    for mark in chart.marks:
        dated = shown[mark.number].first is not None
        low, high = (0.0, edge(chart)) if dated else (edge(chart) if chart.strip else 0.0, 100.0)
        assert low * NARROW / 100 <= left_of(mark) and left_of(mark) + SIZE <= high * NARROW / 100 + 0.01
        assert TOP <= mark.top <= mark.y <= mark.bottom <= TOP + HEIGHT
        assert dated <= (LABELS <= mark.x <= edge(chart))
        assert (mark.left is None) == (not dated or shown[mark.number].first == shown[mark.number].last)
        if mark.left is not None and mark.right is not None:
            assert LABELS <= mark.left < mark.x < mark.right <= edge(chart)


@settings(max_examples=50)
@given(charts)
def test_higher_values_stand_higher_and_later_days_further_right(shown: list[Point]) -> None:
    chart = lay_out(shown)
    assert list(chart.marks) == sorted(chart.marks, key=lambda mark: mark.x)
    by_value = sorted(chart.marks, key=lambda mark: shown[mark.number].value)
    assert all(low.bottom >= high.bottom - 1e-6 for low, high in combinations(by_value[:12], 2))
    days = [(first, mark.x) for mark in chart.marks if (first := shown[mark.number].first) and mark.left is None]
    assert [x for _, x in sorted(days)] == sorted(x for _, x in days)


@settings(max_examples=50)
@given(charts)
def test_ticks_are_inside_and_apart_and_the_same_figures_give_the_same_chart(shown: list[Point]) -> None:
    chart = lay_out(shown)
    assert chart == lay_out(list(shown))
    assert all(TOP <= tick.y <= TOP + HEIGHT for tick in chart.values)
    assert all(LABELS <= tick.x <= edge(chart) for tick in chart.dates)
    roomy = [tick.x * NARROW / 100 for tick in chart.dates if not tick.crowded]
    assert all(later - x >= DATE - 1e-6 for x, later in pairwise(roomy))
    assert bool(chart.dates) == any(point.first for point in shown)


@settings(max_examples=50)
@given(charts)
def test_everyone_who_gave_a_figure_is_in_the_legend(shown: list[Point]) -> None:
    chart = lay_out(shown)
    assert sum(giver.count for giver in chart.givers) == len(shown)
    names = [giver.name for giver in chart.givers if giver.name]
    assert len(names) == min(PLACES, len({point.giver for point in shown} - {None}))
    place_of = {giver.name: giver.place for giver in chart.givers if giver.name}
    for mark in chart.marks:
        giver = shown[mark.number].giver
        assert mark.place == ("none" if giver is None else place_of.get(giver, "other"))
        assert mark.place in {giver.place for giver in chart.givers} and mark.place in SHAPES


def test_nothing_covers_anything_while_there_is_room() -> None:
    day = date(2024, 10, 18)
    shown = [Point(1500, giver=str(number), first=day, last=day) for number in range(5)]
    shown += [Point(12_000, giver="x") for _ in range(3)]
    chart = lay_out(shown)
    for one, other in combinations(chart.marks, 2):
        assert abs(left_of(one) - left_of(other)) >= SIZE - 0.01 or abs(one.y - other.y) >= SIZE
    assert len({mark.x for mark in chart.marks}) == 2, "what is moved apart keeps its date"


def test_known_dates_keep_their_place_before_estimated_ones() -> None:
    day = date(2024, 10, 31)
    chart = lay_out([Point(8000, first=day, last=day, estimated=True), Point(8000, first=day, last=day)])
    assert {mark.number: mark.shift for mark in chart.marks} == {1: 0.0, 0: SIZE}


def test_who_gave_a_figure_is_written_beside_it_once() -> None:
    days = [date(2024, 10, 18), date(2024, 10, 31)]
    shown = [Point(value, giver="NIS", first=day, last=day) for value, day in zip((1500, 12_000), days, strict=True)]
    assert [mark.name for mark in lay_out(shown).marks] == ["right", None]
    assert [mark.name for mark in lay_out([Point(1, giver="Donaudampfschifffahrt" * 6)]).marks] == [None]


def test_without_dates_the_strip_is_the_chart() -> None:
    chart = lay_out([Point(3), Point(5)])
    assert chart.strip == 0 and chart.dates == () and lay_out([Point(3, first=date.max, last=date.max)]).strip is None


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 1e300, 1e-300])
def test_what_is_no_size_is_not_shown(value: float) -> None:
    assert not can_show(value)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_of_givers_stand_out_from_their_ground_in_both_schemes() -> None:
    schemes = STYLE.split("prefers-color-scheme: dark")
    for scheme in (schemes[0], schemes[1]):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", scheme))
        for place in SHAPES:
            for ground in ("paper", "panel"):
                pair = sorted((luminance(colours[f"giver-{place}"]), luminance(colours[ground])))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 3, (place, ground)


def test_every_place_has_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == PLACES + 2


def test_months_are_named_where_no_day_is_known() -> None:
    months = [Point(number, first=date(2023, number, 1), last=date(2023, number, 28)) for number in range(1, 13)]
    assert [str(tick.date) for tick in lay_out(months).dates] == [
        "2023-01",
        "2023-03",
        "2023-05",
        "2023-07",
        "2023-09",
        "2023-11",
    ]
