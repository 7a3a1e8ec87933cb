"""Sets of records as ascending arrays of their numbers: unions and membership.

In: arrays of record numbers, which ascend, those asked for, too. Out: the same, or a bool for each of some.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec import loops
from index.codec.arrays import Array

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


def union(sets: Iterable[Array]) -> Numbers:
    """The records that are in any of the sets."""
    return union_of([(0, numbers) for numbers in sets])


def union_of(lists: Sequence[tuple[Any, ...]], size: int | None = None) -> Numbers:
    """The records, of `size` that there may be, of any of some lists: `loops.Lists`, frequencies or not."""
    most = sum(len(documents) for _, documents, *_ in lists)
    numbers = np.empty(most if size is None else min(most, size), np.intp)
    return numbers[: loops.unite(lists, numbers)]


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Each of some values once, ascending; the quicker the more of them are in order (`np.unique` is not)."""
    ordered = np.sort(values, kind="stable")
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def holds(numbers: Numbers, asked: Numbers) -> Mask:
    """For each record asked for, whether it is in a set."""
    found = np.empty(len(asked), bool)
    loops.holds(numbers, asked, found)
    return found


def in_both(numbers: Numbers, some: Numbers) -> Numbers:
    """Those of some records that are in a set, too."""
    kept = np.empty(len(some), np.intp)
    return kept[: loops.keep(numbers, some, True, kept)]


def without(numbers: Numbers, others: Numbers) -> Numbers:
    """The records that are not among others."""
    kept = np.empty(len(numbers), np.intp)
    return kept[: loops.keep(others, numbers, False, kept)]


def beside(found: Found, asked: Numbers) -> Floats:
    """What stands beside each record asked for, 0 where it is not there."""
    if asked is found.numbers:
        return found.scores
    values = np.empty(len(asked), np.float32)
    loops.beside(found.numbers, found.scores, asked, values)
    return values
