"""Scales keep the order of what they measure, end on ticks, and choose between linear and logarithmic."""

import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.chart import GREATEST, SMALLEST
from web.scales import DECADES, TimeScale, time_ticks, value_scale

sizes = st.floats(SMALLEST, GREATEST)
numbers = st.one_of(st.just(0.0), sizes, sizes.map(lambda size: -size), st.integers(-10_000, 10_000).map(float))
days = st.dates()


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([1500, 12000], [0, 2000, 4000, 6000, 8000, 10000, 12000]),
        ([12000], [0, 2000, 4000, 6000, 8000, 10000, 12000]),
        ([48, 52], [48, 49, 50, 51, 52]),
        ([-5, 30], [-10, 0, 10, 20, 30]),
        ([-8], [-8, -6, -4, -2, 0]),
        ([1, 40], [1, 2, 5, 10, 20, 50]),
        ([6, 13.5e9], [1, 100, 1e4, 1e6, 1e8, 1e10, 1e12]),
    ],
)
def test_ticks_are_round_and_around_the_values(values: list[float], ticks: list[float]) -> None:
    assert value_scale(values).ticks == pytest.approx(ticks)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_values_stand_in_their_order_between_the_first_and_the_last_tick(values: list[float]) -> None:
    scale = value_scale(values)
    places = [scale.position(value) for value in sorted(values)]
    assert all(0 <= place <= 1 for place in places) and places == sorted(places)
    ticks = [scale.position(tick) for tick in scale.ticks]
    assert ticks[0] == 0 and ticks[-1] == 1 and all(a < b for a, b in pairwise(ticks)) and len(ticks) <= 14
    slack = 1e-6 * (scale.ticks[-1] - scale.ticks[0])
    assert scale.ticks[0] <= min(values) + slack and max(values) - slack <= scale.ticks[-1]


@given(sizes, st.booleans())
def test_values_that_differ_in_their_last_digit_have_a_scale(size: float, is_negative: bool) -> None:
    values = [math.copysign(value, -1 if is_negative else 1) for value in (size, math.nextafter(size, math.inf))]
    ticks = value_scale(values).ticks
    assert all(a < b for a, b in pairwise(ticks)) and all(0 <= value_scale(values).position(v) <= 1 for v in values)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_a_scale_is_logarithmic_where_values_span_decades(values: list[float]) -> None:
    low, high = min(values), max(values)
    assert value_scale(values).logarithmic == (low > 0 and math.log10(high / low) > DECADES)


@given(st.lists(days, min_size=1, max_size=20), st.floats(0.05, 0.4))
def test_dates_are_named_in_order_and_with_room(given_days: list[date], room: float) -> None:
    scale = TimeScale(min(given_days), max(given_days))
    ticks = time_ticks(scale, given_days, room)
    assert all(scale.first <= tick.first <= scale.last for tick in ticks)
    assert list(ticks) == sorted(set(ticks)) and len(ticks) <= int(1 / room) + 1
    places = [scale.position(day) for day in sorted(given_days)]
    assert all(0 <= place <= 1 for place in places) and places == sorted(places)


@pytest.mark.parametrize(
    ("first", "last", "between", "room", "named"),
    [
        (date(2024, 10, 18), date(2024, 10, 31), None, 0.2, "2024-10-18 2024-10-31"),
        (date(2024, 10, 18), date(2024, 10, 31), date(2024, 10, 19), 0.2, "2024-10-18 2024-10-25"),
        (date(2024, 10, 1), date(2024, 10, 4), date(2024, 10, 2), 0.4, "2024-10-01 2024-10-03"),
        (date(2024, 1, 5), date(2024, 12, 3), date(2024, 1, 9), 0.25, "2024-04 2024-07 2024-10"),
        (date(2020, 5, 5), date(2024, 5, 5), date(2020, 5, 6), 0.25, "2021 2022 2023 2024"),
        (date(2024, 10, 18), date(2024, 10, 18), None, 0.2, "2024-10-18"),
        (date(2023, 1, 1), date(2023, 12, 31), date(2023, 1, 2), 0.25, "2023-01 2023-04 2023-07 2023-10"),
    ],
)
def test_the_days_given_are_named_unless_they_stand_too_close(
    first: date, last: date, between: date | None, room: float, named: str
) -> None:
    given_days = [first, last] + ([between] if between else [])
    assert " ".join(map(str, time_ticks(TimeScale(first, last), given_days, room))) == named
