"""Sets of records as ascending arrays of their numbers: unions and membership, through reused scratch arrays.

In: arrays of record numbers. Out: the same, or a bool for each of some. Only where many records are asked for is an
array as long as the collection gone through.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec import loops

Numbers = NDArray[np.intp]
"""Record numbers, ascending, each once."""

Ints = NDArray[np.int64]
Counts = NDArray[np.uint32]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]


class Found(NamedTuple):
    """The records that match, and the score of each."""

    numbers: Numbers
    scores: Floats


FEW = 32
"""Where one set is so many times smaller than another, or than all records, only its own records are touched."""


class Scratch(threading.local):
    """Arrays over all records of a collection that are zero between uses; each thread has its own."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._mask: Mask | None = None
        self._sums: Floats | None = None

    @contextmanager
    def marked(self, sets: Sequence[Numbers]) -> Iterator[Mask]:
        """A mask in which all records of these sets are marked; not to be used within itself."""
        if self._mask is None:
            self._mask = np.zeros(self.size, bool)
        try:
            for numbers in sets:
                self._mask[numbers] = True
            yield self._mask
        except BaseException:
            self._mask = None  # what is marked may be anything
            raise
        for numbers in sets:
            self._mask[numbers] = False

    def spread(self, found: Found, asked: Numbers) -> Floats:
        """For each record asked for what stands beside it in `found`, 0 where it is not there."""
        sums = np.zeros(self.size, np.float32) if self._sums is None else self._sums
        self._sums = None
        sums[found.numbers] = found.scores
        values = sums[asked]
        sums[found.numbers] = 0
        self._sums = sums
        return values

    def summed(self, add: Callable[[Floats], None], most: int) -> Found:
        """The records, no more than `most`, at which `add` adds to sums by record, and the sums, all above 0."""
        sums = np.zeros(self.size, np.float32) if self._sums is None else self._sums
        self._sums = None  # until it is zero again
        add(sums)
        most = min(most, self.size)
        numbers, values = np.empty(most, np.intp), np.empty(most, np.float32)
        found = loops.take_sums(sums, numbers, values)
        self._sums = sums
        return Found(numbers[:found], values[:found])


def union(sets: Sequence[Numbers], scratch: Scratch) -> Numbers:
    """The records that are in any of the sets."""
    sets = [numbers for numbers in sets if len(numbers)]
    if len(sets) < 2:
        return sets[0] if sets else np.zeros(0, np.intp)
    if sum(map(len, sets)) * FEW < scratch.size:
        return distinct(np.concatenate(sets))
    with scratch.marked(sets) as mask:
        return np.flatnonzero(mask)


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Each of some values once, ascending; the quicker the more of them are in order (`np.unique` is not)."""
    ordered = np.sort(values, kind="stable")
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def holds(numbers: Numbers, asked: Numbers, scratch: Scratch) -> Mask:
    """For each record asked for, whether it is in a set."""
    if len(asked) * FEW < len(numbers):
        return places(numbers, asked)[1]
    if len(numbers) * FEW < len(asked):
        found = np.zeros(len(asked), bool)
        at, is_in = places(asked, numbers)
        found[at[is_in]] = True
        return found
    with scratch.marked([numbers]) as mask:
        return mask[asked]


def places(numbers: Numbers, asked: Numbers) -> tuple[Numbers, Mask]:
    """Where in a set each record asked for stands, and whether it does at all."""
    if not len(numbers):
        return np.zeros(len(asked), np.intp), np.zeros(len(asked), bool)
    at = np.searchsorted(numbers, asked)
    at[at == len(numbers)] = 0
    return at, numbers[at] == asked
