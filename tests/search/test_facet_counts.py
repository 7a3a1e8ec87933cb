"""Facets, filters and order on arrays against plain Python over the records: the same counts, the same first ones."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.amounts import amount_term
from index.collections import CollectionWriter, open_view
from index.columns import open_column
from index.model import Figure, PartialDate, Record
from index.rows import open_rows, write_facets
from search.facets import MOST, DateColumn, Records, ValueColumn, most_frequent
from search.figure_facet import FigureColumn
from search.model import UNKNOWN
from search.topk import Greatest, first_distinct
from search.twins import Groups

PERSON_OF = {"A. Berg": "Ada Berg", "Bo Sund": "Bo Sund-Holm"}
PERSONS = ("Ada Berg", "A. Berg", "Bo Sund", "Käthe Ähre", "Zoe")
DATES = [None, *map(PartialDate.parse, ("2024", "2024-10", "2024-10-03", "2024-10-04", "2024-09-30", "2021-05-09"))]
NOUNS = ("Soldat", "Panzer", "EUR")


def made_up(rng: random.Random, number: int) -> Record:
    figures = [
        Figure(0, 1, "x", float(rng.choice((1, 3, 20, 500, 9_000, 10**6))), "count", "made", noun=rng.choice(NOUNS))
        for _ in range(rng.randrange(4))
    ]
    persons = tuple(rng.sample(PERSONS, rng.randrange(4)))
    outlet = rng.choice((None, "Kurier", "Anzeiger"))
    nouns = tuple(dict.fromkeys(figure.noun or "" for figure in figures))
    key = str(number)
    return Record(key, "article", key, "", "", rng.choice(DATES), outlet, (), persons, (), nouns, "a.txt",
                  amounts=tuple(map(amount_term, figures)))  # fmt: skip


class Collected:
    """Records as they are, and their columns."""

    def __init__(self, generation: Path, count: int) -> None:
        rng = random.Random(count)
        self.records = [made_up(rng, number) for number in range(count)]
        generation.mkdir()
        with CollectionWriter(generation) as writer:
            writer.add(self.records)
        write_facets(generation, PERSON_OF)
        view = open_view(generation, "article")

        def column(name: str) -> Any:
            return open_column(generation, "article", name)

        self.column = column
        self.rows = open_rows(generation, "article")
        self.person = ValueColumn(column("person"), view, self.rows, "person", PERSON_OF)
        self.outlet = ValueColumn(column("outlet"), view, self.rows, "outlet")
        self.date = DateColumn(column("date"), view, self.rows)
        self.figure = FigureColumn(column("figure"), column("amount"), view, self.rows)
        self.groups = Groups(np.array([rng.randrange(number + 1) if rng.random() < 0.3 else number
                                       for number in range(count)]))  # fmt: skip
        self.groups = Groups(self.groups.group[self.groups.group])  # a group is named after its first record

    def persons(self, number: int) -> set[str]:
        return {PERSON_OF.get(name, name) for name in self.records[number].persons}

    def count(self, chosen: set[int], grouped: bool) -> int:
        return len({self.groups.group[number] for number in chosen} if grouped else chosen)


@pytest.fixture(scope="module", params=[1, 30, 200])
def collected(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return Collected(tmp_path_factory.mktemp("columns") / "1", request.param)


@st.composite
def asked(draw: st.DrawFn, collected: Collected) -> Records:
    """Some of the records, or all, with or without groups."""
    share = draw(st.sampled_from([0.0, 0.05, 0.5, 1.0]))
    chosen = np.random.default_rng(draw(st.integers(0, 99))).random(len(collected.records)) < share
    return Records(np.flatnonzero(chosen), draw(st.sampled_from([None, collected.groups])))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_values_are_counted_as_one_by_one(collected: Collected, data: st.DataObject) -> None:
    records = data.draw(asked(collected))
    counted: Counter[str] = Counter()
    for value in {value for number in records.numbers for value in collected.persons(number)}:
        named = {number for number in records.numbers.tolist() if value in collected.persons(number)}
        counted[value] = collected.count(named, bool(records.groups))
    found, _ = most_frequent(collected.person.tally(records), collected.person.value)
    assert found == counted
    assert list(found.values()) == sorted(found.values(), reverse=True)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_dates_are_counted_as_selecting_them_finds(collected: Collected, data: st.DataObject) -> None:
    records = data.draw(asked(collected))
    counted, unknown = collected.date.histogram(records)
    for value, count in counted.items():
        assert count == records.count(collected.date.admits(records.numbers, [value]))
    dated = {number for number in records.numbers.tolist() if collected.records[number].date}
    by_value = [collected.date.admits(records.numbers, [value]) for value in counted]
    assert dated == {int(n) for mask in by_value for n in records.numbers[mask]}
    assert list(counted) == sorted(counted, reverse=True)
    assert unknown == records.count(collected.date.without(records.numbers))


SELECTIONS = [
    ("person", ["Ada Berg"]), ("person", ["Bo Sund-Holm", "Zoe"]), ("person", ["Bo Sund"]), ("person", ["Niemand"]),
    ("outlet", ["Kurier", UNKNOWN]), ("date", ["2024-10"]), ("date", ["2024", UNKNOWN]), ("figure", ["Soldat"]),
    ("figure", ["Soldat:3..500", "EUR"]), ("figure", ["Panzer:..3", "Panzer:500.."]), ("figure", ["Panzer:5..1"]),
]  # fmt: skip


def has(collected: Collected, record: Record, name: str, value: str) -> bool:
    """What a selection means, record by record."""
    if name == "person":
        return value in collected.persons(int(record.id))
    if name == "outlet":
        return (record.outlet or UNKNOWN) == value
    if name == "date":
        if not record.date or value == UNKNOWN:
            return not record.date and value == UNKNOWN
        bounds = PartialDate.parse(value)
        return bounds.first <= record.date.first and record.date.last <= bounds.last
    noun, _, within = value.partition(":")
    low, _, high = within.partition("..")
    amounts = [amount.split("\t") for amount in record.amounts]
    return any(
        group == noun and float(low or "-inf") <= float(number) < float(high or "inf") for group, number, _ in amounts
    )


@settings(max_examples=30, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize(("name", "values"), SELECTIONS)
def test_a_selection_admits_what_has_its_values(
    collected: Collected, name: str, values: list[str], data: st.DataObject
) -> None:
    numbers = data.draw(asked(collected)).numbers
    expected = [any(has(collected, collected.records[n], name, value) for value in values) for n in numbers]
    assert getattr(collected, name).admits(numbers, values).tolist() == expected


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_ranges_count_as_one_by_one(collected: Collected, data: st.DataObject) -> None:
    records = data.draw(asked(collected))
    counted = collected.figure.ranges(NOUNS, records, ())
    for value, count in counted.items():
        chosen = {n for n in records.numbers.tolist() if has(collected, collected.records[n], "figure", value)}
        assert count == collected.count(chosen, bool(records.groups))


few = st.integers(-3, 3)


@given(
    st.lists(st.tuples(few, few), max_size=60),
    st.integers(0, 70),
    st.lists(st.integers(0, 59), min_size=60, max_size=60),
    st.booleans(),
)
def test_the_first_are_the_first_of_all_sorted(
    rows: list[tuple[int, int]], wanted: int, leaders: list[int], grouped: bool
) -> None:
    group = np.array([min(leader, number) for number, leader in enumerate(leaders[: len(rows)])], np.int64)
    groups = Groups(group[group]) if grouped and len(rows) else None
    keys = [np.array([row[at] for row in rows], np.int64) for at in (0, 1)]
    by_score = Greatest((3 - keys[0]).astype(np.float32))
    found = first_distinct([key.__getitem__ for key in keys], wanted, groups, np.arange(len(rows)))
    same = first_distinct([by_score, keys[1].__getitem__], wanted, groups, np.arange(len(rows)))
    assert same.tolist() == found.tolist()
    seen: set[int] = set()
    expected = []
    for number in sorted(range(len(rows)), key=lambda number: rows[number]):
        leader = int(groups.group[number]) if groups else number
        if leader not in seen:
            expected.append(number)
        seen.add(leader)
    assert found.tolist() == expected[:wanted]


def test_only_the_most_frequent_are_listed() -> None:
    values = [f"w{number:04}" for number in range(1000)]
    listed, there = most_frequent(np.arange(1000, dtype=np.uint32) // 10, values.__getitem__)
    assert there == 990
    assert len(listed) == MOST == 50 and list(listed)[:2] == ["w0990", "w0991"] and min(listed.values()) == 95


def test_the_first_values_are_the_same_however_many_are_listed() -> None:
    """Of equal counts those come first whose letters do, capital or not."""
    values = ["Zebra", "ahorn", "Birke", "Ähre", *(f"w{number:04}" for number in range(200))]
    listed, _ = most_frequent(np.ones(len(values), np.uint32), values.__getitem__)
    fewer, there = most_frequent(np.ones(len(values), np.uint32), values.__getitem__, 3)
    assert there == len(values) and list(fewer) == list(listed)[:3] == ["ahorn", "Birke", "w0000"]


@settings(max_examples=30, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", ["person", "outlet", "amount", "date", "figure", "speaker"])
def test_the_values_of_many_records_are_those_of_each(collected: Collected, name: str, data: st.DataObject) -> None:
    column = collected.column(name)
    numbers = data.draw(asked(collected)).numbers
    own = [column.pairs_of(numbers[at : at + 1])[1].tolist() for at in range(len(numbers))]
    owners, codes = column.pairs_of(numbers)
    assert codes.tolist() == [code for values in own for code in values]
    assert owners.tolist() == [number for number, values in zip(numbers.tolist(), own, strict=True) for _ in values]
    assert all(values == sorted(values) for values in own)
    wanted = np.arange(len(column.values)) % 3 > 0
    if name == "amount":
        bounds = [bound for first in range(1, len(wanted), 3) for bound in (first, min(first + 2, len(wanted)))]
        found = column.pairs_within(numbers, np.array(bounds, np.int64), len(codes))
        expected = [(owner, code) for owner, code in zip(owners.tolist(), codes.tolist(), strict=True) if wanted[code]]
        assert list(zip(*(some.tolist() for some in found), strict=True)) == expected
    else:
        tallied = collected.rows.tally(numbers)[collected.rows.own(name)]
        assert tallied.tolist() == np.bincount(codes, minlength=len(column.values)).tolist()
    having = {number for number, code in zip(*column.pairs_of(np.arange(column.size)), strict=True) if wanted[code]}
    assert column.having(wanted).tolist() == sorted(having)
    has = [bool(values) for values in own]
    assert column.without(numbers).tolist() == [not one for one in has]
    assert column.last_of(numbers[has]).tolist() == [values[-1] for values in own if values]
