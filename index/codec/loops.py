"""Loops over postings and columns, in C where this was compiled when it was installed, otherwise in numpy.

`_loops.c` does in one pass what numpy does in several, and gives the same. Codes, lengths and frequencies are u1, u2 or
u4, ends may be i8, too. Of a damaged file comes ValueError, or IndexError.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import MOST_DOCUMENTS, Array, ranges

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Counts = NDArray[np.uint32]
Lists = list[tuple[int, Array, Array]]
"""Postings: documents (u2, ascending; over all segments i8) and their frequencies. The record of each document is so
many numbers behind it as the first number says. No list has a record twice; several lists may have it.
"""


def tally(numbers: Ints, ends: Array, codes: Array, tallied: Counts) -> None:
    """Add 1 in `tallied` for each code of some records: those of record n are from `ends[n]` up to `ends[n + 1]`."""
    tallied += _counted(codes.take(codes_of(numbers, ends, len(codes))[0]), len(tallied))


def pairs(numbers: Ints, ends: Array, codes: Array, wanted: NDArray[np.bool_], records: Ints, found: Ints) -> int:
    """Write those codes of some records that are wanted into `found`, beside each its record. How many there are."""
    at, counts = codes_of(numbers, ends, len(codes))
    of_all = codes.take(at)
    kept = np.flatnonzero(wanted.take(of_all))
    records[: len(kept)] = np.repeat(numbers, counts)[kept]
    found[: len(kept)] = of_all[kept]
    return len(kept)


def codes_of(numbers: Ints, ends: Array, length: int) -> tuple[Ints, Ints]:
    """Where the codes of some records stand among `length`, and how many each has."""
    starts, stops = ends.take(numbers).astype(np.int64), ends.take(numbers + 1).astype(np.int64)
    if len(numbers) and (starts.min() < 0 or (stops < starts).any() or stops.max() > length):
        raise ValueError("a record ends where it cannot")
    return ranges(starts, stops - starts), stops - starts


def _counted(codes: Array, size: int) -> Counts:
    return np.bincount(codes, minlength=size).astype(np.uint32)


def greatest(counts: Counts, places: Ints) -> int:
    """Write where the greatest counts stand into `places`, the greatest first, of equal ones the first; no 0.

    How many are not 0, which may be fewer than there are places, or more.
    """
    there = np.flatnonzero(counts)
    keys = (counts[there].astype(np.int64) << 32) - there
    if len(keys) > len(places):
        keys = np.partition(keys, len(keys) - len(places))[len(keys) - len(places) :]
    places[: len(keys)] = -np.sort(keys)[::-1] & 0xFFFFFFFF
    return len(there)


def add_up(lists: Lists, lengths: Array, factors: Floats, sums: Floats) -> None:
    """Add to `sums`, by record, the frequencies of a term's lists, each times what its record's length says."""
    for first, documents, frequencies in lists:
        records = np.add(documents, first, dtype=np.intp)
        sums[records] += _weighted(frequencies, records, lengths, factors)


def take_sums(sums: Floats, numbers: Ints, values: Floats) -> int:
    """Write where `sums` is not 0 into `numbers`, and what is there into `values`; make it 0. How many there were.

    No more are taken than there is room for; what is behind them may be anything.
    """
    found = np.flatnonzero(sums)[: len(numbers)]
    numbers[: len(found)] = found
    values[: len(found)] = sums[found]
    sums[found] = 0
    return len(found)


def look_up(lists: Lists, asked: Ints, lengths: Array, factors: Floats, added: Floats) -> None:
    """The same for the records asked for only, into `added` beside them."""
    for at, found in _found(lists, asked):
        added[at] += _weighted(found, asked[at], lengths, factors)


def count_in(lists: Lists, asked: Ints, added: Ints) -> None:
    """Add to `added`, beside each record asked for, its frequencies."""
    for at, found in _found(lists, asked):
        added[at] += found


def _weighted(frequencies: Array, records: Ints, lengths: Array, factors: Floats) -> Floats:
    return (frequencies * factors.take(lengths.take(records))).astype(np.float32, copy=False)


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
    function.__name__: function for function in (tally, pairs, greatest, add_up, take_sums, look_up, count_in)
}
"""The loops in numpy, by their names."""

VERSION = 2
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
