"""The first of many by several keys, by selection before sorting; of records that say the same, the first one.

In: keys, one value a record, the smallest first. Out: places in them, in order.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.sets import Numbers
from search.twins import Groups

Keys = Sequence[Callable[[Any], NDArray[Any]]]
"""Each gives its values at some places; the first key weighs most, the others are asked about ties only."""

_ALL = slice(None)


def first(keys: Keys, size: int, wanted: int) -> Numbers:
    """The places below `size` of the first `wanted` by the keys, in order; what is equal in all stays in its order."""
    if not wanted or size <= 2 * wanted:
        return _first(np.arange(size), keys, wanted)
    values = keys[0](_ALL)
    last = np.partition(values, wanted - 1)[wanted - 1]
    chosen = np.flatnonzero(values <= last)
    return _first(chosen, keys, wanted)


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
