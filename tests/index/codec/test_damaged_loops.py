"""The loops take damage as damage: of any numbers in a file, and of what is no array of its kind, comes an error."""

from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from index.codec import loops
from index.codec.arrays import MOST_DOCUMENTS
from tests.index.codec.test_loops import KINDS, Named, ints

ONE = [(0, ints(3, dtype="u2"), ints(1, dtype="u1"))]
FLOATS = np.ones(5, np.float32)

CODES = ints(0, 1, dtype="u1")


def way(lengths: np.ndarray, more: int = 1) -> list[loops.Way]:
    return [([(0, ints(3, dtype="u2"), ints(*range(1, more + 1), dtype="u1"))], lengths, FLOATS)]


def room(number: int) -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(number, np.int64), np.zeros(number, np.float32)


def tallying(number: int, ends: np.ndarray, codes: np.ndarray = CODES) -> tuple[Any, ...]:
    return "tally", ints(number), ends, codes, np.zeros(2, np.uint32)


DAMAGED = [
    pytest.param(*tallying(2, ints(0, 1, 2)), id="a record behind the last"),
    pytest.param(*tallying(10**12, ints()), id="no ends at all"),
    pytest.param(*tallying(0, ints(0, 9)), id="an end behind the codes"),
    pytest.param(*tallying(0, ints(1, 0)), id="ends that descend"),
    pytest.param(*tallying(0, ints(-1, 1)), id="a beginning before the codes"),
    pytest.param(*tallying(0, ints(0, 1), ints(2, dtype="u1")), id="a code behind the values"),
    pytest.param(*tallying(0, ints(0, 1, dtype="u4"), ints(200, 0, 0, 0, 0, 0, 0, 0, dtype="u2")), id="of many codes"),
    pytest.param("pairs", ints(2), ints(0, 1), CODES, ints(0, 9), *[ints(0)] * 2, id="a pair of no record"),
    pytest.param("pairs", ints(0), ints(0, 2), CODES, ints(0, 9), *[ints(0)] * 2, id="no room for pairs"),
    pytest.param("quantiles", ints(5), ints(0, 3), np.zeros(9), 2, id="a code of no stretch"),
    pytest.param("quantiles", ints(1), ints(2, 5), np.zeros(9), 2, id="a code before all stretches"),
    pytest.param("quantiles", ints(2), ints(0, 3), np.zeros(2), 2, id="a stretch behind the values"),
    pytest.param("quantiles", ints(2), ints(), np.zeros(9), 2, id="no stretch"),
    pytest.param("tally_once", ints(0), ints(2), ints(0, 1, 2), np.zeros(2, np.uint32), id="behind the last part"),
    pytest.param("tally_once", ints(0), ints(1), ints(2, 3), np.zeros(1, np.uint32), id="before the first part"),
    pytest.param("tally_once", ints(0), ints(1), ints(), ints(dtype="u4"), id="of no part"),
    pytest.param("sums_from", np.zeros(2, np.uint32), ints(0, 3), id="a start behind the counts"),
    pytest.param("sums_from", np.zeros(2, np.uint32), ints(1, 0), id="starts that descend"),
    pytest.param("saturate", FLOATS, np.ones(2, np.float32), 1.0, 0.9, id="no room for scores"),
    pytest.param("add_up", way(ints(0, 0, dtype="u1")), *room(1), id="a record without length"),
    pytest.param("add_up", way(ints(0, 0, 0, 9)), *room(1), id="a length without worth"),
    pytest.param("add_up", way(ints(0, 0, 0, 4)), *room(0), id="no room for sums"),
    pytest.param("add_up", way(ints(0, 0, 0, 4), 4), *room(1), id="a frequency too many"),
    pytest.param("add_among", way(ints(0, 0, 0, 4)), ints(3), *room(0), id="no room for those asked for"),
    pytest.param("add_among", way(ints(0, 0, 0, 9)), ints(3), *room(1), id="one asked for of a length without worth"),
    pytest.param("keep", ints(0), ints(0, 1), True, ints(0), id="no room for those kept"),
    pytest.param("unite", ONE, ints(), id="no room for records"),
]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_whole_is_none(kind: Named) -> None:
    tallied, (numbers, sums), united = np.zeros(2, np.uint32), room(1), ints(0)
    kind("tally")(ints(0), ints(0, 2), CODES, tallied)
    assert kind("pairs")(ints(0), ints(0, 1), CODES, ints(0, 9), *(ints(0) for _ in "ab")) == 1
    assert kind("quantiles")(ints(0, 1, 2, 4), ints(0, 5), np.arange(5.0), 2) == [[0, 2, 4]]
    assert kind("sums_from")(np.ones(3, np.uint32), ints(1, 1)) == [0, 2]
    kind("tally_once")(ints(0, 0, 1), ints(0, 1, 1), ints(0, 0, 9), tallied)
    assert kind("add_up")(way(ints(0, 0, 0, 4)), numbers, sums) == kind("unite")(ONE, united) == 1
    assert (tallied.tolist(), numbers.tolist(), sums.tolist(), united.tolist()) == ([1, 3], [3], [1], [3])


@pytest.mark.parametrize(("name", "given"), [pytest.param(p.values[0], p.values[1:], id=p.id) for p in DAMAGED])
@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_an_error(kind: Named, name: str, given: tuple[Any, ...]) -> None:
    with pytest.raises((ValueError, IndexError)):
        kind(name)(*given)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("tally", ()),
        ("tally_once", (ints(0), ints(0, 0), ints(0, 1), np.zeros(1, np.uint32))),
        ("tally_once", (ints(0), ints(0), ints(0, 1), np.zeros(2, np.uint32))),  # more than there are parts
        ("pairs", (ints(0), ints(0, 1), CODES, ints(1, 0), ints(0), ints(0))),  # not ascending
        ("pairs", (ints(0), ints(0, 1), CODES, ints(-1, 1), ints(0), ints(0))),
        ("pairs", (ints(0), ints(0, 1), CODES, ints(1), ints(0), ints(0))),  # no end
        ("pairs", (ints(0), ints(0, 1), CODES, ints(0, 1 << 40), ints(0), ints(0))),  # more than codes can be
        ("quantiles", (ints(0), ints(0, 1), np.zeros(1))),
        ("quantiles", (ints(0), ints(0, 1), np.zeros(1), 0)),
        ("quantiles", (ints(0), ints(0, 1), np.zeros(1), "a")),
        ("saturate", (FLOATS, FLOATS)),
        ("saturate", (FLOATS, FLOATS, 1.0)),
        ("saturate", (FLOATS, FLOATS, FLOATS, 1.0, 1.0)),
        ("saturate", (FLOATS, FLOATS, "a", 1.0)),
        ("greatest", (np.zeros(2, np.uint32), 2)),
        ("greatest", (np.zeros(2, np.uint32), 1, 2)),
        ("greatest", (np.zeros(2, np.uint32), 2, 0)),
        ("tally", (ints(0), ints(0, 1), CODES)),
        ("tally", (ints(0), ints(0, 1), ints(0), np.zeros(2, np.uint32))),  # codes have four bytes at most
        ("tally", (ints(0), ints(0, 1), CODES, np.zeros(2, np.int64))),  # counts have four
        ("tally", (ints(0, dtype="u2"), ints(0, 1), CODES, np.zeros(2, np.uint32))),
        ("tally", ([0], ints(0, 1), CODES, np.zeros(2, np.uint32))),
        ("tally", (ints(0, 1)[::-1], ints(0, 1, 1), CODES, np.zeros(2, np.uint32))),  # not in a row
        ("tally", (np.zeros((1, 1), np.int64), ints(0, 1), CODES, np.zeros(2, np.uint32))),
        ("greatest", (np.zeros(2, np.uint32), "a", "b")),
        ("add_up", (ints(0), *room(1))),
        ("add_up", ([], ints(0), ints(0))),
        ("add_up", ([ONE], *room(1))),
        ("add_up", ([(ints(0), ints(0), FLOATS)], *room(1))),
        ("add_up", ([([(0, ints(0))], ints(0), FLOATS)], *room(1))),
        ("add_up", ([([("a", ints(0), ints(0))], ints(0), FLOATS)], *room(1))),
        ("add_up", ([([(0, ints(0), "a")], ints(0), FLOATS)], *room(1))),
        ("unite", (ONE,)),
        ("unite", ([(0,)], ints(0))),
        ("unite", (ints(0), ints(0))),
        ("holds", (ints(0), ints(0), np.ones(0, bool))),
        ("holds", (ints(0), ints(0), ints(0))),
        ("keep", (ints(0), ints(0), ints(0))),
        ("keep", (ints(0), ints(0), ints(0, 1), ints(0))),  # neither true nor false
        ("keep", (ints(0), ints(0), True, ints())),
        ("beside", (ints(0), FLOATS, ints(0), np.ones(1, np.float32))),
        ("beside", (ints(0), np.ones(1, np.float32), ints(0), np.ones(0, np.float32))),
        ("add_among", (ints(0), ints(0), *room(1))),
        ("add_among", ([ONE], ints(0), *room(1))),
        ("add_among", ([], ints(0), ints(0))),
        ("add_among", ()),
        ("add_up", ()),
        ("count_in", ([(0, ints(0), None)], ints(0), ints(0))),
    ],
)
def test_what_is_no_array_of_its_kind_is_an_error(name: str, given: tuple[Any, ...]) -> None:
    with pytest.raises((TypeError, ValueError, BufferError)):
        getattr(loops.COMPILED, name)(*given)


def test_what_is_read_only_stays() -> None:
    frozen = np.zeros(2, np.uint32)
    frozen.flags.writeable = False
    with pytest.raises((ValueError, BufferError)):
        getattr(loops.COMPILED, "tally")(ints(0), ints(0, 1), CODES, frozen)  # noqa: B009


def test_numbers_beyond_all_records_are_no_loop_without_end() -> None:
    for record in (2**63 - 1, 2**63 - 2, 2**63 - MOST_DOCUMENTS, -1):
        with pytest.raises(ValueError):
            getattr(loops.COMPILED, "unite")([(0, ints(record))], ints(0, 0))  # noqa: B009


def test_what_a_damaged_list_leaves_is_not_found_again() -> None:
    """Of a list that does not ascend, and of one that breaks off in the middle."""
    descending = [([(0, ints(3, 2, dtype="u2"), ints(1, 1, dtype="u1"))], np.zeros(5, np.uint8), FLOATS)]
    for name, room_for in (("add_up", room(2)), ("add_among", (ints(0, 1, 2, 3, 4), *room(5)))):
        loop = getattr(loops.COMPILED, name)
        with suppress(ValueError):
            loop(descending, *room_for)
        with pytest.raises(ValueError):
            loop(way(ints(0, 0, 0, 9)), *room_for)
        numbers, sums = room(5)
        assert loops.add_up(way(ints(0, 0, 0, 4)), numbers, sums) == 1
        assert (numbers.tolist(), sums.tolist()) == ([3, 0, 0, 0, 0], [1, 0, 0, 0, 0])


def test_the_last_of_all_numbers_are_found() -> None:
    last = ints(*range(2**63 - 3, 2**63))
    is_there, kept = np.zeros(3, bool), ints(0, 0, 0)
    getattr(loops.COMPILED, "holds")(last, last, is_there)  # noqa: B009
    assert is_there.all() and loops.keep(last, last, True, kept) == 3


def test_a_damaged_column_asks_for_no_memory() -> None:
    ends = np.arange(100, dtype=np.uint32)
    ends[50] += 1 << 28
    for name in ("tally", "pairs"):
        rest = (np.zeros(2, np.uint32),) if name == "tally" else (ints(0, 9), ints(0), ints(0))
        with pytest.raises(ValueError):
            loops.PLAIN[name](ints(49), ends, np.zeros(99, np.uint8), *rest)
