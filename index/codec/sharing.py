"""Lists of postings that two fields have in common, kept once.

A word that is its own stem, and a stem with one form in the whole archive, stand at the same places in the field of
exact forms as in that of stems. In: the arrays of both fields for the same documents. Out: those of the first without
the lists that the second has, and by term where its list is.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ends_of, ranges
from index.codec.invert import Ints

NOT_SHARED = (1 << 32) - 1
"""In `shared` (u4, by term): the term has a list of its own. Any other is the number of the other field's term."""

_LISTS = {"posting_ends": ("documents", "frequencies"), "position_ends": ("positions",)}
"""The arrays that hold lists, by the array that says where those of each term end."""


def share(arrays: Mapping[str, Array], other: Mapping[str, Array]) -> dict[str, Array]:
    """A field's arrays (see `index.codec.postings`), with `shared`; both fields have frequencies and positions."""
    mine, theirs = _candidates(arrays, other)
    for ends, names in _LISTS.items():
        same = _counts(arrays[ends], mine) == _counts(other[ends], theirs)
        mine, theirs = mine[same], theirs[same]
        counts = _counts(arrays[ends], mine)
        here, there = ranges(_starts(arrays[ends], mine), counts), ranges(_starts(other[ends], theirs), counts)
        same = np.ones(len(mine), bool)
        for name in names:
            differ = arrays[name][here] != other[name][there]
            same[np.repeat(np.arange(len(mine)), counts)[differ]] = False
        mine, theirs = mine[same], theirs[same]
    shared = np.full(len(arrays["posting_ends"]) - 1, NOT_SHARED, np.uint32)
    shared[mine] = theirs
    return {**arrays, **_without(arrays, shared == NOT_SHARED), "shared": shared}


def _starts(ends: Array, numbers: Ints) -> Ints:
    return ends[numbers].astype(np.int64)


def _counts(ends: Array, numbers: Ints) -> Ints:
    return ends[numbers + 1] - _starts(ends, numbers)


def _candidates(arrays: Mapping[str, Array], other: Mapping[str, Array]) -> tuple[Ints, Ints]:
    """Pairs of terms that first stand at one place and in equally many documents; of the other's terms one at most."""
    keys, others = _keys(arrays), _keys(other)
    order = np.argsort(others, kind="stable")
    found = order[np.minimum(np.searchsorted(others, keys, sorter=order), len(others) - 1)]
    mine = np.flatnonzero(others[found] == keys)
    return mine, found[mine]


def _keys(arrays: Mapping[str, Array]) -> NDArray[np.uint64]:
    ends = arrays["posting_ends"]
    keys: NDArray[np.uint64] = arrays["documents"][ends[:-1]].astype(np.uint64)
    keys <<= np.uint64(44)
    keys |= arrays["positions"][arrays["position_ends"][:-1]].astype(np.uint64) << np.uint64(20)
    keys |= np.diff(ends).astype(np.uint64)
    return keys


def _without(arrays: Mapping[str, Array], kept: NDArray[np.bool_]) -> dict[str, Array]:
    """The arrays that hold lists, with those of some terms only."""
    changed = {}
    for ends, names in _LISTS.items():
        counts = np.diff(arrays[ends])
        changed[ends] = ends_of(np.where(kept, counts, 0))
        for name in names:
            changed[name] = arrays[name][np.repeat(kept, counts)]
    return changed
