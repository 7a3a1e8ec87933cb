"""Loops over postings and columns, in C where this was compiled when it was installed, otherwise in numpy.

`_loops.c` does in one pass what numpy does in several, and gives the same. Codes, lengths and frequencies are u1, u2 or
u4, ends may be i8, too. Of a damaged file comes ValueError, or IndexError.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import MOST_DOCUMENTS, Array, ranges

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Counts = NDArray[np.uint32]
Mask = NDArray[np.bool_]
Lists = list[tuple[int, Array, Array]]
"""Postings: documents (u2, ascending; over all segments i8) and their frequencies. The record of each document is so
many numbers behind it as the first number says. No list has a record twice; several lists may have it.
"""
Way = tuple[Lists, Array, Floats]
"""The lists of a word in a text, the length of each record's text, and what a frequency is worth by the length."""


def tally(numbers: Ints, ends: Array, codes: Array, tallied: Counts) -> None:
    """Add 1 in `tallied` for each code of some records: those of record n are from `ends[n]` up to `ends[n + 1]`."""
    tallied += _counted(codes.take(codes_of(numbers, ends, len(codes))[0]), len(tallied))


def pairs(numbers: Ints, ends: Array, codes: Array, stretches: Ints, records: Ints, found: Ints) -> int:
    """Write those codes of some records that lie in some stretches into `found`, beside each its record. How many there
    are; of more than there is room for comes ValueError.

    A stretch is given by its first code and the one behind its last; they ascend and are apart.
    """
    at, counts = codes_of(numbers, ends, len(codes))
    of_all = codes.take(at)
    kept = np.flatnonzero(stretches.searchsorted(of_all, side="right") & 1)
    return _written(np.repeat(numbers, counts)[kept], records) and _written(of_all[kept], found)


def quantiles(codes: Ints, stretches: Ints, values: Doubles, parts: int) -> list[list[float]]:
    """For each stretch what parts the different values of its codes into so many parts, the least and the greatest of
    them, too: nothing where no more than two are different. Values ascend with the codes of a stretch.
    """
    ordered = np.unique(codes)
    ends = ordered.searchsorted(stretches).tolist()
    if len(ordered) and (not stretches.size or ordered[0] < stretches[0] or ordered[-1] >= stretches[-1]):
        raise ValueError("a code is of no stretch")
    found = []
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        some = _once(values.take(ordered[first:last]))
        at = [-(-part * (len(some) - 1) // parts) for part in range(parts + 1)] if len(some) > 2 else []
        found.append(some[at].tolist() if at else [])
    return found


def tally_once(records: Ints, codes: Ints, cuts: Ints, tallied: Counts) -> None:
    """Add 1 in `tallied` for the part of each code, once for each record: `records` stand beside the codes, those of
    one in a row, and of those the ones of one part. A part is from one of the `cuts` up to the next one.
    """
    parts = part_of(codes, cuts)
    if len(codes) and (parts.min() < 0 or parts.max() >= len(tallied)):
        raise ValueError("a code is of no part")
    tallied += _counted(_once(records << 32 | parts) & 0xFFFFFFFF, len(tallied))


def part_of(codes: Ints, cuts: Ints) -> Ints:
    """For each code behind which of the cuts it lies, which ascend; the last one where some are the same."""
    return cuts.searchsorted(codes, side="right") - 1


def _once(values: NDArray[Any]) -> NDArray[Any]:
    """Of equal values in a row the first."""
    once: NDArray[Any] = values[np.append(True, values[1:] != values[:-1])[: len(values)]]
    return once


def codes_of(numbers: Ints, ends: Array, length: int) -> tuple[Ints, Ints]:
    """Where the codes of some records stand among `length`, and how many each has."""
    starts, stops = ends.take(numbers).astype(np.int64), ends.take(numbers + 1).astype(np.int64)
    if len(numbers) and (starts.min() < 0 or (stops < starts).any() or stops.max() > length):
        raise ValueError("a record ends where it cannot")
    return ranges(starts, stops - starts), stops - starts


def _counted(codes: Array, size: int) -> Counts:
    return np.bincount(codes, minlength=size).astype(np.uint32)


def sums_from(counts: Counts, starts: Ints) -> list[int]:
    """The sums of the counts from each of the starts up to the next one; they ascend, and the last goes to the end."""
    if len(starts) and (starts[0] < 0 or starts[-1] > len(counts) or (starts[1:] < starts[:-1]).any()):
        raise ValueError("a start is out of bounds")
    before = np.append(0, counts.cumsum(dtype=np.int64))
    sums: list[int] = np.diff(before[np.append(starts, len(counts))]).tolist()
    return sums


def greatest(counts: Counts, most: int, wanted: int) -> tuple[list[int], list[int], int]:
    """Where the greatest counts stand, the greatest first, of equal ones the first, no 0; those counts; and how many
    counts are not 0.

    There are so many as are wanted and those that are equal to the last of them, but `most` at most.
    """
    there = np.flatnonzero(counts)
    keys = (counts[there].astype(np.int64) << 32) - there
    if len(keys) > most:
        keys = np.partition(keys, len(keys) - most)[len(keys) - most :]
    places = (-np.sort(keys)[::-1]) & 0xFFFFFFFF
    kept = counts[places]
    if len(kept) > wanted:
        places, kept = places[kept >= kept[wanted - 1]], kept[kept >= kept[wanted - 1]]
    return places.tolist(), kept.tolist(), len(there)


def add_up(ways: Sequence[Way], numbers: Ints, values: Floats) -> int:
    """Add up, by record, the frequencies of all lists of all ways, each times what its record's length is worth.

    Write the records that have any into `numbers`, ascending, and their sums into `values`. How many there are; of more
    than there is room for comes ValueError.
    """
    some, added = [np.zeros(0, np.intp)], [np.zeros(0, np.float32)]
    for lists, lengths, factors in ways:
        for first, documents, frequencies in lists:
            some.append(np.add(documents, first, dtype=np.intp))
            added.append((frequencies * factors.take(lengths.take(some[-1]))).astype(np.float32, copy=False))
    size = max((len(lengths) for _, lengths, _ in ways), default=0)
    few = np.unique(np.concatenate(some)) if sum(map(len, some)) * _FEW < size else None
    room = size if few is None else len(few)
    sums, is_there = np.zeros(room, np.float32), np.zeros(room, bool)
    for records, more in zip(some, added, strict=True):
        at = records if few is None else few.searchsorted(records)
        sums[at] += more
        is_there[at] = True
    found = np.flatnonzero(is_there)
    _written(sums[found], values)
    return _written(found if few is None else few, numbers)


def add_among(ways: Sequence[Way], asked: Ints, numbers: Ints, values: Floats) -> tuple[int, int]:
    """As `add_up`, but write only those of the records asked for, which ascend and for all of which there is room.

    How many of these there are, and how many records in all.
    """
    if len(numbers) < len(asked) or len(values) < len(asked):
        raise ValueError("there is no room for all records")
    room = sum(len(documents) for lists, _, _ in ways for _, documents, _ in lists)
    of_all, sums = np.empty(room, np.int64), np.empty(room, np.float32)
    there = PLAIN["add_up"](ways, of_all, sums)
    places = _places(of_all[:there], asked)
    found = np.flatnonzero(places >= 0)
    _written(sums[places[found]], values)
    return _written(asked[found], numbers), there


def saturate(counts: Floats, scores: Floats, weight: float, half: float) -> None:
    """Write for each count a score that is no greater than `weight`, and half of it where the count is `half`."""
    np.divide(counts * np.float32(weight), counts + np.float32(half), out=scores)


def unite(lists: Sequence[tuple[Any, ...]], numbers: Ints) -> int:
    """Write the records of any of some lists, frequencies or not, into `numbers`, ascending. How many there are; of
    more than there is room for comes ValueError.
    """
    records = [np.add(documents, first, dtype=np.intp) for first, documents, *_ in lists]
    return _written(_once(np.sort(np.concatenate([np.zeros(0, np.intp), *records]), kind="stable")), numbers)


def _written(values: Array, room: Array) -> int:
    """Write some values where there is room for them. How many they are."""
    if len(values) > len(room):
        raise ValueError("there is no room for all records")
    room[: len(values)] = values
    return len(values)


def holds(numbers: Ints, asked: Ints, is_there: Mask) -> None:
    """Write into `is_there` for each number that is asked for whether it is among some numbers; all ascend."""
    is_there[:] = _places(numbers, asked) >= 0


def keep(numbers: Ints, asked: Ints, is_wanted: bool, kept: Ints) -> int:
    """Write those that are asked for into `kept` that are among some numbers, or not, as is wanted; all ascend. How
    many there are; there is room for all."""
    if len(kept) < len(asked):
        raise ValueError("there is no room for all records")
    return _written(asked[(_places(numbers, asked) >= 0) == is_wanted], kept)


def beside(numbers: Ints, values: Floats, asked: Ints, found: Floats) -> None:
    """Write into `found` the value that stands beside each number that is asked for among some numbers, 0 where it is
    not there; all ascend."""
    at = _places(numbers, asked)
    found[:] = np.append(values, np.float32(0))[at]


def _places(numbers: Ints, asked: Ints) -> Ints:
    """Where among some numbers each that is asked for stands, -1 where it does not."""
    places = np.full(len(asked), -1)
    if not len(numbers) or not len(asked):
        return places
    if len(numbers) * _FEW < len(asked):
        at = asked.searchsorted(numbers)
        there = np.flatnonzero(asked.take(at, mode="clip") == numbers)
        places[at[there]] = there
        return places
    if len(asked) * _FEW < len(numbers):
        at = numbers.searchsorted(asked)
    else:
        place_of = np.zeros(max(numbers[-1], asked[-1]) + 1, np.int64)
        place_of[numbers] = np.arange(len(numbers))
        at = place_of.take(asked)
    np.copyto(places, at, where=numbers.take(at, mode="clip") == asked)
    return places


def count_in(lists: Lists, asked: Ints, added: Ints) -> None:
    """Add to `added`, beside each record asked for, its frequencies."""
    for at, found in _found(lists, asked):
        added[at] += found


def _found(lists: Lists, asked: Ints) -> Iterator[tuple[Ints, Array]]:
    """List by list which of the records asked for it has, and their frequencies."""
    asked_in: dict[tuple[int, np.dtype[Any]], tuple[Ints, Array]] = {}
    for first, documents, frequencies in lists:
        key = first, documents.dtype
        if key not in asked_in:
            last = first + MOST_DOCUMENTS if documents.itemsize == 2 else np.iinfo(np.int64).max
            here = np.flatnonzero((asked >= first) & (asked < last))
            asked_in[key] = here, (asked[here] - first).astype(documents.dtype)  # lest the documents be copied
        here, wanted = asked_in[key]
        if len(here) and len(documents):
            at = documents.searchsorted(wanted)
            there = np.flatnonzero(documents.take(at, mode="clip") == wanted)
            if len(there):
                yield here[there], frequencies[at[there]]


PLAIN: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        tally,
        pairs,
        quantiles,
        tally_once,
        sums_from,
        greatest,
        add_up,
        add_among,
        saturate,
        unite,
        holds,
        keep,
        beside,
        count_in,
    )
}
"""The loops in numpy, by their names."""

_FEW = 32
"""Where others are so many times more, they are not gone through."""

VERSION = 5
"""Goes up with every change of what a loop takes or gives: one that was compiled before is then not used."""


def _compiled() -> ModuleType | None:
    """The loops in C, if they are there, are these, and read the files' bytes as they lie there."""
    if sys.byteorder != "little" or np.dtype(np.intp).itemsize != 8:
        return None
    try:
        found = import_module("index.codec._loops")
    except ImportError:
        return None
    return found if getattr(found, "VERSION", 0) == VERSION else None


COMPILED = _compiled()
if COMPILED:
    globals().update({name: getattr(COMPILED, name) for name in PLAIN})
