"""The first of many by several keys, by selection before sorting; of records that say the same, the first one.

In: keys, one value a record, the smallest first. Out: places in them, in order.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec import loops
from search.sets import Floats, Numbers
from search.twins import Groups

Keys = Sequence[Callable[[Any], NDArray[Any]]]
"""Each gives its values at some places; the first key weighs most, the others are asked about ties only."""

_ALL = slice(None)


class Greatest:
    """A key by which the greatest scores come first, none of which is below 0, nor -0.0."""

    def __init__(self, scores: Floats) -> None:
        self._scores = scores

    def __call__(self, at: Any) -> Floats:
        """The scores at some places, below zero."""
        below: Floats = -self._scores[at]
        return below

    def first(self, wanted: int) -> tuple[Numbers, bool] | None:
        """The places of the first ones and of those that are equal to the last of them, and whether that is their order
        as no two are equal; None where too many are, or have no score."""
        if self._scores.dtype != np.float32:
            return None
        bits = self._scores.view(np.uint32)  # as great as the floats are, where these are not below 0
        places, found, _ = loops.greatest(bits, 2 * wanted, wanted)
        if not wanted <= len(places) < 2 * wanted:
            return None
        return np.array(places, np.intp), len(set(found)) == len(found)


def first(keys: Keys, size: int, wanted: int) -> Numbers:
    """The places below `size` of the first `wanted` by the keys, in order; what is equal in all stays in its order."""
    if not wanted or size <= 2 * wanted:
        return _first(np.arange(size), keys, wanted)
    chosen = keys[0].first(wanted) if isinstance(keys[0], Greatest) else None
    if chosen:
        return chosen[0] if chosen[1] else _first(np.sort(chosen[0]), keys, wanted)
    values = keys[0](_ALL)
    last = np.partition(values, wanted - 1)[wanted - 1]
    return _first(np.flatnonzero(values <= last), keys, wanted)


def _first(places: Numbers, keys: Keys, wanted: int) -> Numbers:
    if not keys or not wanted:
        return places[:wanted]
    if len(places) <= 2 * wanted:
        return places[np.lexsort([key(places) for key in reversed(keys)])][:wanted]
    values = keys[0](places)
    last = np.partition(values, wanted - 1)[wanted - 1]
    before, tied = places[values < last], places[values == last]
    return np.concatenate([_first(before, keys, len(before)), _first(tied, keys[1:], wanted - len(before))])


def first_distinct(keys: Keys, wanted: int, groups: Groups | None, numbers: Numbers) -> Numbers:
    """The places of the first `wanted`, of records of one group only the first; `numbers` are the records."""
    if groups is None:
        return first(keys, len(numbers), wanted)
    asked = wanted
    while True:
        places = first(keys, len(numbers), asked)
        distinct = places[groups.firsts(numbers[places])]
        if len(distinct) >= wanted or len(places) == len(numbers):
            return distinct[:wanted]
        asked = min(2 * asked, len(numbers))
