"""The facet of figures: what is counted or measured, then ranges of how many that fit what was found.

A value of the facet is a noun or a unit ("Soldat"), or one with a range behind it ("Soldat:2000..10000", the upper end
not in it; either end may be missing).
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec import IndexView
from index.columns import Column
from search.facets import Records, ValueColumn, tallied
from search.sets import Mask, Numbers, Scratch, holds

RANGES = 4
"""How many ranges a noun has at most."""

_NOUNS = 6
"""How many nouns, the most frequent, are shown with ranges; a selected one always is."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?"
_RANGE = re.compile(rf"(?P<group>.*):(?P<low>(?:{_NUMBER})?)\.\.(?P<high>(?:{_NUMBER})?)", re.DOTALL | re.ASCII)


class FigureColumn(ValueColumn):
    """The figures of all records: by noun or unit, and with their amounts."""

    def __init__(self, column: Column, amounts: Column, view: IndexView, scratch: Scratch) -> None:
        super().__init__(column, view, "figure", scratch)
        self._amounts = amounts
        self._code = lru_cache(1 << 12)(column.values.code)
        self._value_of, self._upper_of, self._noun_of = amounts.numbers, amounts.uppers, amounts.groups

    def within(self, low: float, high: float) -> Numbers:
        """The records with an amount whose range touches these bounds."""
        return self._amounts.having((self._value_of <= high) & (self._upper_of >= low))

    def amount(self, numbers: Numbers) -> NDArray[np.float64]:
        """One of the amounts of each record; 0 where it has none."""
        found = np.zeros(len(numbers))
        has = ~self._amounts.without(numbers)
        found[has] = self._value_of[self._amounts.last_of(numbers[has])]
        return found

    def admits(self, numbers: Numbers, wanted: Iterable[str]) -> Mask:
        """For each record, whether it has a figure of one of the nouns or units, or in one of the ranges."""
        plain, ranges = [], []
        for value in wanted:
            bounds = None if self._code(value) >= 0 else _bounds(value)
            if bounds is None:
                plain.append(value)
            else:
                ranges.append(bounds)
        admitted = super().admits(numbers, plain)
        if ranges:
            owners, codes = self._amounts.pairs_of(numbers)
            nouns, amounts = self._noun_of[codes], self._value_of[codes]
            for noun, low, high in ranges:
                code = self._code(noun)
                if code >= 0:
                    within = np.sort(owners[(nouns == code) & (amounts >= low) & (amounts < high)])
                    admitted |= holds(within, numbers, self._scratch)
        return admitted

    def ranges(self, counted: Iterable[str], records: Records, selected: Iterable[str]) -> dict[str, int]:
        """The ranges of the first of the nouns `counted` and of those selected, with how many of the records have an
        amount in each."""
        chosen = (value.rsplit(":", 1)[0] for value in selected)
        nouns = list(dict.fromkeys([*islice(counted, _NOUNS), *(noun for noun in chosen if self._code(noun) >= 0)]))
        slot_of = np.full(len(self.values) + 1, -1, np.int32)  # the last is for amounts of no noun
        slot_of[[self._code(noun) for noun in nouns]] = np.arange(len(nouns))
        owners, codes = self._amounts.pairs_of(records.numbers)
        of_nouns = np.flatnonzero(slot_of[self._noun_of[codes]] >= 0)
        owners, codes = owners[of_nouns], codes[of_nouns]
        buckets, names = self._buckets(codes, nouns, slot_of)
        counts = records.count_by(owners, buckets[codes], len(names))
        return {name: count for name, count in zip(names, counts.tolist(), strict=True) if name and count}

    def _buckets(
        self, codes: NDArray[Any], nouns: Sequence[str], slot_of: NDArray[np.int32]
    ) -> tuple[NDArray[np.int32], list[str]]:
        """Ranges that fit the amounts of some nouns: by code which one it is in, and the ranges by number.

        The first is "", for the amounts of nouns that have too few to be parted.
        """
        there = tallied(codes, len(self._value_of)).codes
        slots, amounts = slot_of[self._noun_of[there]], self._value_of[there]
        is_new = np.ones(len(there), bool)
        is_new[1:] = (slots[1:] != slots[:-1]) | (amounts[1:] != amounts[:-1])
        there, slots, amounts = there[is_new], slots[is_new], amounts[is_new]
        starts = np.flatnonzero(np.diff(slots, prepend=-1))  # amounts of one noun are in a row, the least first
        behind = np.append(there, len(self._value_of))
        places = dict(zip(slots[starts].tolist(), pairwise([*starts.tolist(), len(there)]), strict=True))
        buckets, names = np.zeros(len(self._value_of), np.int32), [""]
        for slot, noun in enumerate(nouns):
            start, end = places.get(slot, (0, 0))
            edges = _edges(amounts[start:end])
            if edges:
                cuts = [start, *(amounts[start:end].searchsorted(edges) + start).tolist(), end]
                for number, (first, last) in enumerate(pairwise(behind[cuts].tolist()), len(names)):
                    buckets[first:last] = number
                bounds = pairwise(["", *map(_text, edges), ""])
                names += [f"{noun}:{low}..{high}" for low, high in bounds]
        return buckets, names


def _bounds(value: str) -> tuple[str, float, float] | None:
    """The noun of a range and its bounds; None where the value is no range."""
    match = _RANGE.fullmatch(value)
    return (match["group"], float(match["low"] or "-inf"), float(match["high"] or "inf")) if match else None


@lru_cache(maxsize=1 << 12)
def figure_label(value: str) -> str:
    """How a value of the facet is shown: "Soldat", "Soldat: 2.000 bis unter 10.000"."""
    match = _RANGE.fullmatch(value)
    if not match:
        return value
    low, high = _german(match["low"]), _german(match["high"])
    if not (low or high):
        return match["group"]
    if low and high:
        return f"{match['group']}: {low} bis unter {high}"
    return f"{match['group']}: ab {low}" if low else f"{match['group']}: unter {high}"


def is_range(value: str) -> bool:
    """Whether a value of the facet is a noun or unit with a range."""
    return bool(_RANGE.fullmatch(value))


def _edges(there: NDArray[np.float64]) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) that part values, ascending, into groups of about one size."""
    if len(there) < 3:
        return []
    least, *quantiles, most = there[-(-np.arange(RANGES + 1) * (len(there) - 1) // RANGES)].tolist()
    edges = {_round(value) for value in quantiles if value > 0}
    return sorted(edge for edge in edges if least < edge <= most)


def _round(value: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in (5, 2, 1) if step * power <= value * (1 + 1e-9)), power)


def _text(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _german(number: str) -> str:
    if not number:
        return ""
    return f"{float(number):,.15g}".replace(",", " ").replace(".", ",").replace(" ", ".")
