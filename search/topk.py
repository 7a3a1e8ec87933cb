"""The first of many by several keys, by selection before sorting; of records that say the same, the first one.

In: keys, one value a record, the smallest first. Out: places in them, in order.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.sets import Numbers
from search.twins import Groups

Keys = Sequence[NDArray[Any]]
"""One array a key, all of the same length; the first key weighs most."""


def first(keys: Keys, wanted: int) -> Numbers:
    """The places of the first `wanted` by the keys, in order; what is equal in all stays in its order."""
    return _first(np.arange(len(keys[0])), keys, wanted)


def _first(places: Numbers, keys: Keys, wanted: int) -> Numbers:
    if not keys or not wanted:
        return places[:wanted]
    if len(places) <= 2 * wanted:
        return places[np.lexsort([key[places] for key in reversed(keys)])][:wanted]
    values = keys[0][places]
    last = np.partition(values, wanted - 1)[wanted - 1]
    before, tied = places[values < last], places[values == last]
    return np.concatenate([_first(before, keys, len(before)), _first(tied, keys[1:], wanted - len(before))])


def first_distinct(keys: Keys, wanted: int, groups: Groups | None, numbers: Numbers) -> Numbers:
    """The places of the first `wanted`, of records of one group only the first; `numbers` are the records."""
    if groups is None:
        return first(keys, wanted)
    asked = wanted
    while True:
        places = first(keys, asked)
        distinct = places[groups.firsts(numbers[places])]
        if len(distinct) >= wanted or len(places) == len(numbers):
            return distinct[:wanted]
        asked = min(2 * asked, len(numbers))
