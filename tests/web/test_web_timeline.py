"""The timeline's bars stand at their dates and say how many."""

from hypothesis import given
from hypothesis import strategies as st

from search.model import UNKNOWN, FacetValue
from web.timeline import HEIGHT, LEAST_HEIGHT, timeline


def value(date: str, count: int, selected: bool = False) -> FacetValue:
    return FacetValue(date, date, count, selected)


dates = st.dates().map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
facets = st.dictionaries(dates, st.integers(0, 10**6), min_size=2, max_size=30).map(
    lambda counts: [value(date, count) for date, count in counts.items()]
)


@given(facets)
def test_bars_are_inside_in_order_and_as_high_as_their_counts(values: list[FacetValue]) -> None:
    shown = timeline(values)
    assert shown and len(shown.bars) == len(values)
    for bar in shown.bars:
        assert bar.x >= -1e-9 and bar.width > 0 and bar.x + bar.width <= 100 + 1e-9
        assert (LEAST_HEIGHT <= bar.height <= HEIGHT) if bar.value.count else bar.height == 0
    by_count = sorted(shown.bars, key=lambda bar: bar.value.count)
    assert [bar.height for bar in by_count] == sorted(bar.height for bar in by_count)
    assert [bar.x for bar in shown.bars] == sorted(bar.x for bar in shown.bars)


def test_a_month_among_days_is_coarse_and_as_wide_as_its_days() -> None:
    shown = timeline([value("2024-11-01", 1), value("2024-11", 3), value("2024-10-31", 2)])
    assert shown
    assert [(str(bar.date), bar.coarse) for bar in shown.bars] == [
        ("2024-10-31", False),
        ("2024-11", True),
        ("2024-11-01", False),
    ]
    assert shown.bars[1].width > 25 * shown.bars[0].width
    assert (str(shown.first), str(shown.last)) == ("2024-10-31", "2024-11")


def test_counts_are_written_where_there_is_room() -> None:
    spread = timeline([value("2024-10-01", 1), value("2024-10-31", 2)])
    crowded = timeline([value("2024-10-01", 1), value("2024-10-02", 1), value("2024-12-31", 2)])
    assert spread and spread.counts and crowded and not crowded.counts


def test_one_date_is_no_timeline_and_undated_stands_apart() -> None:
    undated = value(UNKNOWN, 4)
    assert timeline([]) is None and timeline([value("2024", 3), undated]) is None
    shown = timeline([value("2024", 3), value("2023", 1), undated])
    assert shown and shown.undated == undated and len(shown.bars) == 2
