"""The loops in C give what those in numpy give."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import load_tables, reindex
from index.codec import loops
from index.codec.arrays import MOST_DOCUMENTS, ends_of, smallest
from search import Request, Response, open_archive, texts

SEEDS = Path(__file__).resolve().parents[3] / "seeds"

KINDS = [pytest.param(loops.PLAIN.__getitem__, id="plain"), pytest.param(lambda n: getattr(loops.COMPILED, n), id="C")]
Named = Callable[[str], Callable[..., Any]]


def test_the_loops_were_compiled() -> None:
    assert loops.COMPILED, "the tests' machine has a compiler: make .venv/.runtime says what went wrong"
    assert all(getattr(loops, name) is getattr(loops.COMPILED, name) for name in loops.PLAIN)


def both(name: str, *given: Any, written: int) -> None:
    """Call both loops of a name with the same arguments, of which the last ones are written to."""
    mine, theirs = ([one.copy() if isinstance(one, np.ndarray) else one for one in given] for _ in range(2))
    assert getattr(loops.COMPILED, name)(*mine) == loops.PLAIN[name](*theirs)
    for one, other in zip(mine[-written:], theirs[-written:], strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6)


def ints(*values: int, dtype: str = "i8") -> np.ndarray:
    return np.array(values, dtype)


def ascending(most: int, size: int = 30) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, most), max_size=size, unique=True).map(sorted)


@st.composite
def columns(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Some records of a column, where the codes of each end, the codes, and how many values there are."""
    size = draw(st.sampled_from([1, 7, 300, 70_000]))
    rows = draw(st.lists(ascending(size - 1, draw(st.sampled_from([2, 30]))), max_size=40))
    if draw(st.booleans()):
        rows.insert(draw(st.integers(0, len(rows))), list(range(min(size, 1200))))  # more than is read at once
    codes = np.array([code for row in rows for code in row], smallest(size))
    numbers = draw(ascending(len(rows) - 1)) if rows else []
    return np.array(numbers, np.int64), ends_of(np.array([len(row) for row in rows], np.int64)), codes, size


@given(columns())
def test_codes_are_tallied_alike(column: tuple[np.ndarray, np.ndarray, np.ndarray, int]) -> None:
    numbers, ends, codes, size = column
    both("tally", numbers, ends, codes, np.zeros(size, np.uint32), written=1)


@st.composite
def stretches(draw: st.DrawFn, size: int) -> np.ndarray:
    """Some stretches of codes, the first and the one behind the last of each; some are empty, some side by side."""
    bounds = draw(st.lists(st.integers(0, size), max_size=12))
    return np.array(sorted(bounds)[: len(bounds) // 2 * 2], np.int64)


def lies_in(code: int, bounds: np.ndarray) -> bool:
    return any(first <= code < last for first, last in bounds.reshape(-1, 2).tolist())


@given(columns(), st.data())
def test_codes_are_picked_alike(column: tuple[np.ndarray, np.ndarray, np.ndarray, int], data: st.DataObject) -> None:
    numbers, ends, codes, size = column
    bounds = data.draw(stretches(size))
    picked = []
    for loop in (loops.pairs, loops.PLAIN["pairs"]):
        records, found = np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64)
        there = loop(numbers, ends, codes, bounds, records, found)
        picked.append(list(zip(records[:there].tolist(), found[:there].tolist(), strict=True)))
    of_record = [(number, codes[int(ends[number]) : int(ends[number + 1])].tolist()) for number in numbers.tolist()]
    expected = [(number, code) for number, some in of_record for code in some if lies_in(code, bounds)]
    assert picked == [expected] * 2


@given(st.data(), st.integers(1, 5))
def test_values_are_parted_alike(data: st.DataObject, parts: int) -> None:
    size = data.draw(st.sampled_from([1, 9, 200]))
    bounds = data.draw(stretches(size))
    values = np.zeros(size)
    for first, last in bounds.reshape(-1, 2).tolist():
        some = data.draw(st.lists(st.integers(0, 9), min_size=last - first, max_size=last - first))
        values[first:last] = sorted(some)
    inside = [code for code in range(size) if lies_in(code, bounds)]
    codes = data.draw(st.lists(st.sampled_from(inside), max_size=40)) if inside else []
    given_ = np.array(codes, np.int64), bounds, values, parts
    expected = []
    for first, last in bounds.reshape(-1, 2).tolist():
        different = sorted({values[code] for code in codes if first <= code < last})
        at = [-(-part * (len(different) - 1) // parts) for part in range(parts + 1)]
        expected.append([different[one] for one in at] if len(different) > 2 else [])
    assert loops.quantiles(*given_) == loops.PLAIN["quantiles"](*given_) == expected


@given(st.lists(st.integers(0, 9) | st.integers(0, 2**31 - 1), max_size=200), st.integers(1, 12), st.integers(0, 9))
def test_the_greatest_are_the_same(counts: list[int], wanted: int, more: int) -> None:
    order = sorted((at for at, count in enumerate(counts) if count), key=lambda at: (-counts[at], at))
    least = counts[order[wanted - 1]] if len(order) > wanted else 1
    expected = [at for at in order if counts[at] >= least][: wanted + more]
    for loop in (loops.greatest, loops.PLAIN["greatest"]):
        places, found, there = loop(np.array(counts, np.uint32), wanted + more, wanted)
        assert (places, found, there) == (expected, [counts[at] for at in expected], len(order))


@given(columns(), st.data())
def test_codes_are_tallied_once_a_record_alike(
    column: tuple[np.ndarray, np.ndarray, np.ndarray, int], data: st.DataObject
) -> None:
    _, ends, codes, size = column
    records = np.repeat(np.arange(len(ends) - 1), np.diff(ends.astype(np.int64)).astype(np.int64))
    inner = data.draw(st.lists(st.integers(0, size), max_size=9))
    cuts = np.array([0, *sorted(inner), size], np.int64)
    tallied = np.zeros(len(cuts) - 1, np.uint32)
    both("tally_once", records, codes.astype(np.int64), cuts, tallied, written=1)
    loops.tally_once(records, codes.astype(np.int64), cuts, tallied)
    rows = [codes[records == record].tolist() for record in range(len(ends) - 1)]
    assert tallied.tolist() == [
        sum(any(first <= code < last for code in row) for row in rows) for first, last in pairwise(cuts.tolist())
    ]


@given(st.lists(st.integers(0, 2**32 - 1), max_size=60), st.data())
def test_counts_are_summed_alike(counts: list[int], data: st.DataObject) -> None:
    starts = sorted(data.draw(st.lists(st.integers(0, len(counts)), max_size=9)))
    given_ = np.array(counts, np.uint32), np.array(starts, np.int64)
    expected = [sum(counts[first:last]) for first, last in pairwise([*starts, len(counts)])]
    assert loops.sums_from(*given_) == loops.PLAIN["sums_from"](*given_) == expected


@given(st.lists(st.integers(1, 1000), max_size=40), st.floats(0.125, 20, width=32))
def test_scores_are_reckoned_alike(counts: list[int], weight: float) -> None:
    given_ = (np.array(counts) / 7).astype(np.float32), np.zeros(len(counts), np.float32)
    scores = []
    for loop in (loops.saturate, loops.PLAIN["saturate"]):
        loop(*given_, weight, 0.9)
        scores.append(given_[1].tolist())
    assert scores[0] == pytest.approx([weight * n / 7 / (n / 7 + 0.9) for n in counts], rel=1e-5)
    assert scores[0] == pytest.approx(scores[1], rel=1e-6)


SIZE = 3 * MOST_DOCUMENTS + 500
"""Records of four segments, the last of them short."""

NEAR = st.integers(0, 40) | st.integers(MOST_DOCUMENTS - 20, MOST_DOCUMENTS + 20) | st.integers(SIZE - 40, SIZE - 1)


@st.composite
def postings(draw: st.DrawFn) -> loops.Lists:
    """Lists of a term in segments, which may begin anywhere, and over all of them."""
    lists: loops.Lists = []
    for _ in range(draw(st.integers(0, 4))):
        records = np.array(sorted(draw(st.sets(NEAR, max_size=40))), np.int64)
        counts = np.array(draw(st.lists(st.integers(1, 300), min_size=len(records), max_size=len(records))), np.int64)
        if draw(st.booleans()):  # as a pattern's
            lists.append((0, records, np.broadcast_to(np.uint8(1), len(records))))
            continue
        wide = draw(st.sampled_from(["u1", "u2"])) if counts.max(initial=0) < 256 else "u2"
        firsts = draw(st.sampled_from([(0, MOST_DOCUMENTS, 2 * MOST_DOCUMENTS, 3 * MOST_DOCUMENTS), (0, 700, 66_000)]))
        for first, end in zip(firsts, (*firsts[1:], firsts[-1] + MOST_DOCUMENTS), strict=True):
            here = (records >= first) & (records < end)
            lists.append((first, (records[here] - first).astype(np.uint16), counts[here].astype(wide)))
    return lists


@st.composite
def ways(draw: st.DrawFn) -> list[loops.Way]:
    """Ways in which a word stands in texts, with the length of each record's text and what each length is worth."""
    found: list[loops.Way] = []
    for _ in range(draw(st.integers(0, 3))):
        length = draw(st.lists(st.integers(0, 60), min_size=1, max_size=50))
        lengths = np.resize(np.array(length, draw(st.sampled_from([np.uint8, np.uint16, np.uint32]))), SIZE)
        found.append((draw(postings()), lengths, (1 / (0.25 + 0.02 * np.arange(61))).astype(np.float32)))
    return found


def most(lists: loops.Lists) -> int:
    return sum(len(documents) for _, documents, _ in lists)


@given(ways())
def test_postings_are_added_up_alike(some: list[loops.Way]) -> None:
    lists = [one for way in some for one in way[0]]
    expected = np.zeros(SIZE)
    for of_way, lengths, factors in some:
        for first, documents, frequencies in of_way:
            for document, frequency in zip(documents.tolist(), frequencies.tolist(), strict=True):
                expected[first + document] += frequency * float(factors[lengths[first + document]])
    for loop in (loops.add_up, loops.PLAIN["add_up"]):
        numbers, sums = np.zeros(most(lists), np.int64), np.zeros(most(lists), np.float32)
        found = loop(some, numbers, sums)
        assert numbers[:found].tolist() == np.flatnonzero(expected).tolist()
        np.testing.assert_allclose(sums[:found], expected[numbers[:found]], rtol=1e-6)


@given(ways(), st.sets(NEAR, max_size=60), st.integers(0, 9))
def test_postings_of_some_records_are_added_up_alike(some: list[loops.Way], asked: set[int], many: int) -> None:
    room = sum(most(way[0]) for way in some)
    numbers, sums = np.zeros(room, np.int64), np.zeros(room, np.float32)
    there = loops.add_up(some, numbers, sums)
    sum_of = dict(zip(numbers[:there].tolist(), sums[:there].tolist(), strict=True))
    wanted = np.array(sorted(asked | set(range(0, 1000 * many, 3))), np.int64)
    for loop in (loops.add_among, loops.PLAIN["add_among"]):
        found, values = np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.float32)
        number, in_all = loop(some, wanted, found, values)
        assert in_all == there
        assert found[:number].tolist() == [one for one in wanted.tolist() if one in sum_of]
        assert values[:number].tolist() == pytest.approx([sum_of[one] for one in found[:number].tolist()])


@pytest.mark.parametrize("size", [8, 100_000], ids=["many of few records", "few of many"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_word_has_any_number_of_ways_and_counts_of_0(kind: Named, size: int) -> None:
    """Spellings and synonyms make many ways; a record of a list is there, whatever is added."""
    lists = [(0, ints(3, 5, dtype="u2"), ints(0, 1, dtype="u1"))]
    ways = [(lists, np.zeros(size, np.uint8), np.ones(1, np.float32))] * 200
    numbers, sums = np.zeros(2, np.int64), np.zeros(2, np.float32)
    assert kind("add_up")(ways, numbers, sums) == 2
    assert (numbers.tolist(), sums.tolist()) == ([3, 5], [0, 200])


@given(postings())
def test_lists_are_united_alike(lists: loops.Lists) -> None:
    expected = sorted({first + document for first, documents, _ in lists for document in documents.tolist()})
    for some in (lists, [(first, documents) for first, documents, _ in lists]):
        for loop in (loops.unite, loops.PLAIN["unite"]):
            numbers = np.zeros(most(lists), np.int64)
            assert numbers[: loop(some, numbers)].tolist() == expected


@given(st.sets(NEAR, max_size=60), st.sets(NEAR, max_size=60), st.integers(0, 9))
def test_records_are_found_alike(some: set[int], asked: set[int], many: int) -> None:
    numbers = np.array(sorted(some | set(range(0, 1000 * many, 3))), np.int64)
    wanted = np.array(sorted(asked), np.int64)
    for one, other in ((numbers, wanted), (wanted, numbers)):
        values = np.arange(1, len(one) + 1, dtype=np.float32)
        both("holds", one, other, np.full(len(other), True), written=1)
        for is_wanted in (True, False):
            kept, plainly = np.zeros(len(other), np.int64), np.zeros(len(other), np.int64)
            there = loops.keep(one, other, is_wanted, kept)
            assert there == loops.PLAIN["keep"](one, other, is_wanted, plainly)
            expected = [number for number in other.tolist() if (number in set(one.tolist())) == is_wanted]
            assert kept[:there].tolist() == plainly[:there].tolist() == expected
        both("beside", one, values, other, np.full(len(other), -9, np.float32), written=1)
    is_there, found = np.full(len(wanted), True), np.full(len(wanted), -9, np.float32)
    loops.holds(numbers, wanted, is_there)
    loops.beside(numbers, np.arange(1, len(numbers) + 1, dtype=np.float32), wanted, found)
    place_of = {number: place for place, number in enumerate(numbers.tolist())}
    assert is_there.tolist() == [one in place_of for one in wanted.tolist()]
    assert found.tolist() == [place_of.get(one, -1) + 1 for one in wanted.tolist()]


@given(postings(), st.sets(NEAR, max_size=30))
def test_frequencies_are_counted_alike(lists: loops.Lists, some: set[int]) -> None:
    asked = np.array(sorted(some, reverse=True), np.int64)
    both("count_in", lists, asked, np.zeros(len(asked), np.int64), written=1)


def test_loops_of_another_version_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert loops._compiled() is loops.COMPILED
    monkeypatch.setattr(loops.COMPILED, "VERSION", loops.VERSION - 1)
    assert loops._compiled() is None


QUERIES = [
    Request(""),
    Request("Hafen"),
    Request("Stadt ODER Land -Hafen"),
    Request('"im Jahr" Deutschland'),
    Request("Millionen person:Müller", selections={"outlet": ("dpa",)}),
    Request("ver*", kind="statement", sort="newest"),
    Request("der Euro", kind="figure", selections={"figure": ("Euro",)}),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], list[Response]]]:
    folder = tmp_path_factory.mktemp("loops") / "index"
    reindex([SEEDS], folder, load_tables())
    yield lambda: [open_archive(folder).search(request) for request in QUERIES]


def test_without_a_compiler_the_same_is_found(answers: Callable[[], list[Response]]) -> None:
    compiled = answers()
    with pytest.MonkeyPatch.context() as patch:
        for module in (loops, texts):
            for name, plain in module.PLAIN.items():
                patch.setattr(module, name, plain)
        for one, other in zip(answers(), compiled, strict=True):
            assert (one.total, one.facets, one.values) == (other.total, other.facets, other.values)
            assert [hit._replace(score=0) for hit in one.hits] == [hit._replace(score=0) for hit in other.hits]
            assert [hit.score for hit in one.hits] == pytest.approx([hit.score for hit in other.hits], rel=1e-5)
    assert any(response.total for response in compiled)
