"""The facet of figures: what is counted or measured, then ranges of how many that fit what was found.

A value of the facet is a noun or a unit ("Soldat"), or one with a range behind it ("Soldat:2000..10000", the upper end
not in it; either end may be missing).
"""

import math
import re
from collections.abc import Iterable
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from index.codec import IndexView
from index.columns import Column
from search.facets import Records, ValueColumn
from search.sets import Mask, Numbers, Scratch

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
        self.amounts = ValueColumn(amounts, view, "amount", scratch)
        self._code = column.values.code
        self._value_of, self._upper_of, self._noun_of = amounts.numbers, amounts.uppers, amounts.groups
        self._last = amounts.offsets[1:]
        self._codes = amounts.codes

    def within(self, low: float, high: float) -> Numbers:
        """The records with an amount whose range touches these bounds."""
        meets = (self._value_of <= high) & (self._upper_of >= low)
        at = np.flatnonzero(meets[self._codes])
        return np.unique(np.searchsorted(self._last, at, side="right"))

    def amount(self, numbers: Numbers) -> NDArray[np.float64]:
        """One of the amounts of each record; 0 where it has none."""
        found = np.zeros(len(numbers))
        has = ~self.amounts.without(numbers)
        found[has] = self._value_of[self._codes[self._last[numbers[has]].astype(np.intp) - 1]]
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
            pairs = self.amounts.pairs(numbers)
            nouns, amounts = self._noun_of[pairs.codes], self._value_of[pairs.codes]
            for noun, low, high in ranges:
                code = self._code(noun)
                if code >= 0:
                    within = np.flatnonzero((nouns == code) & (amounts >= low) & (amounts < high))
                    admitted[pairs.places(within)] = True
        return admitted

    def ranges(self, counted: Iterable[str], records: Records, selected: Iterable[str]) -> dict[str, int]:
        """The ranges of the first of the nouns `counted` and of those selected, with how many of the records have an
        amount in each."""
        chosen = (value.rsplit(":", 1)[0] for value in selected)
        nouns = list(dict.fromkeys([*islice(counted, _NOUNS), *(noun for noun in chosen if self._code(noun) >= 0)]))
        slot_of = np.full(len(self.values) + 1, -1, np.int32)  # the last is for amounts of no noun
        slot_of[[self._code(noun) for noun in nouns]] = np.arange(len(nouns))
        pairs = self.amounts.pairs(records.numbers)
        slots = slot_of[self._noun_of[pairs.codes]]
        of_chosen = np.flatnonzero(slots >= 0)
        places, slots = pairs.places(of_chosen), slots[of_chosen]
        amounts = self._value_of[pairs.codes[of_chosen]]
        ranges: dict[str, int] = {}
        for slot, noun in enumerate(nouns):
            own = slots == slot
            ranges |= _ranges(noun, places[own], amounts[own], records)
        return ranges


def _ranges(noun: str, places: Numbers, amounts: NDArray[np.float64], records: Records) -> dict[str, int]:
    """The ranges that fit the amounts of a noun, with how many records have one in each; `places` are in order."""
    edges = _edges(amounts)
    if not edges:
        return {}
    within = np.searchsorted(edges, amounts, side="right")
    found: dict[str, int] = {}
    for number, (low, high) in enumerate(pairwise([None, *edges, None])):
        has = places[within == number]
        if len(has):
            chosen = np.zeros(len(records.numbers), bool)
            chosen[has] = True
            found[f"{noun}:{_text(low)}..{_text(high)}"] = records.count(chosen)
    return found


def _bounds(value: str) -> tuple[str, float, float] | None:
    """The noun of a range and its bounds; None where the value is no range."""
    match = _RANGE.fullmatch(value)
    return (match["group"], float(match["low"] or "-inf"), float(match["high"] or "inf")) if match else None


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


def _edges(values: NDArray[np.float64]) -> list[float]:
    """Round numbers (1, 2 or 5 times a power of ten) that part the values into groups of about one size."""
    distinct = np.unique(values)
    if len(distinct) < 3:
        return []
    quantiles = distinct[-(-np.arange(1, RANGES) * (len(distinct) - 1) // RANGES)].tolist()
    edges = {_round(value) for value in quantiles if value > 0}
    return sorted(edge for edge in edges if distinct[0] < edge <= distinct[-1])


def _round(value: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in (5, 2, 1) if step * power <= value * (1 + 1e-9)), power)


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _german(number: str) -> str:
    if not number:
        return ""
    return f"{float(number):,.15g}".replace(",", " ").replace(".", ",").replace(" ", ".")
