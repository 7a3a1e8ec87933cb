"""The facet of figures: what is counted or measured, then ranges of how many that fit what was found.

A value of the facet is a noun or a unit ("Soldat"), or one with a range behind it ("Soldat:2000..10000", the upper end
not in it; either end may be missing).
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from index.codec import IndexView, loops
from index.columns import Column
from search.facets import Records, ValueColumn
from search.sets import Ints, Mask, Numbers, holds

RANGES = 4
"""How many ranges a noun has at most."""

_NOUNS = 6
"""How many nouns, the most frequent, are shown with ranges; a selected one always is."""

_LONG = 1e30
"""From here on a number is written with an exponent."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?"
_RANGE = re.compile(rf"(?P<group>.*):(?P<low>(?:{_NUMBER})?)\.\.(?P<high>(?:{_NUMBER})?)", re.DOTALL | re.ASCII)


class FigureColumn(ValueColumn):
    """The figures of all records: by noun or unit, and with their amounts."""

    def __init__(self, column: Column, amounts: Column, view: IndexView) -> None:
        super().__init__(column, view, "figure")
        self._amounts = amounts
        self._value_of, self._upper_of, self._noun_of = amounts.numbers, amounts.uppers, amounts.groups

    @cached_property
    def _bounds_of(self) -> Ints:
        """For each noun by its code the first of its amounts, and the one behind its last."""
        there = np.flatnonzero(self._noun_of >= 0)
        codes = np.arange(len(self.values))
        first, last = (np.searchsorted(self._noun_of[there], codes, side=side) for side in ("left", "right"))
        firsts = np.append(there, 0)[first]
        return np.stack([firsts, firsts + last - first], axis=1)

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
            bounds = None if self.code(value) >= 0 else _bounds(value)
            if bounds is None:
                plain.append(value)
            else:
                ranges.append(bounds)
        admitted = super().admits(numbers, plain)
        if ranges:
            owners, codes = self._amounts.pairs_of(numbers)
            nouns, amounts = self._noun_of[codes], self._value_of[codes]
            for noun, low, high in ranges:
                code = self.code(noun)
                if code >= 0:
                    within = np.sort(owners[(nouns == code) & (amounts >= low) & (amounts < high)])
                    admitted |= holds(within, numbers)
        return admitted

    def ranges(self, counted: Iterable[str], records: Records, selected: Iterable[str]) -> dict[str, int]:
        """The ranges of the first of the nouns `counted` and of those selected, with how many of the records have an
        amount in each."""
        nouns = dict.fromkeys([*islice(counted, _NOUNS), *map(noun_of, selected)])
        bounds = {noun: self._bounds_of[code].tolist() for noun in nouns if (code := self.code(noun)) >= 0}
        if not bounds:
            return {}
        alone, together = (
            self._amounts.pairs_within(some, bounds.values()) if len(some) else (some, some) for some in records.parted
        )
        range_of = np.zeros(len(self._value_of), np.uint16)  # by amount, 0 where it is in none
        names = []
        edged = zip(bounds.items(), self._edges((alone[1], together[1]), bounds.values()), strict=True)
        for (noun, (first, last)), edges in edged:
            if not edges:
                continue
            cuts = [first, *(self._value_of[first:last].searchsorted(edges) + first).tolist(), last]
            texts = ["", *map(_text, edges), ""]
            for (start, end), (low, high) in zip(pairwise(cuts), pairwise(texts), strict=True):
                names.append(f"{noun}:{low}..{high}")
                range_of[start:end] = len(names)
        counts = np.zeros(len(names) + 1, np.uint32)
        # Those of one record stand in a row, and the amounts of one range do.
        loops.tally_once(*alone, range_of, counts)
        if records.groups is not None:
            counts += records.groups.tally(together[0], range_of[together[1]], len(counts))
        return {name: count for name, count in zip(names, counts[1:].tolist(), strict=True) if count}

    def _edges(self, amounts: Iterable[Ints], bounds: Iterable[Sequence[int]]) -> Iterator[Sequence[float]]:
        """For each stretch of amounts where those that are there are parted: by round numbers (1, 2 or 5 times a power
        of ten), into groups of about as many different ones.
        """
        is_there = np.zeros(len(self._value_of), bool)
        for codes in amounts:
            is_there[codes] = True
        there = np.flatnonzero(is_there)
        values = self._value_of.take(there)
        ends = there.searchsorted([place for pair in bounds for place in pair])
        is_other = np.ones(len(there) + 1, bool)
        np.not_equal(values[1:], values[:-1], out=is_other[1:-1])
        is_other[ends] = True
        others = np.flatnonzero(is_other)
        places = others.searchsorted(ends).tolist()
        stretches = [range(first, last) for first, last in zip(places[::2], places[1::2], strict=True)]
        at = [some[-(-part * (len(some) - 1) // RANGES)] for some in stretches if some for part in range(RANGES + 1)]
        quantiles = iter(values.take(others.take(at)).tolist())
        for some in stretches:
            least, *between, most = islice(quantiles, RANGES + 1) if some else (0.0, 0.0)
            rounded = {_round(value) for value in between if value > 0}
            yield sorted(edge for edge in rounded if least < edge <= most) if len(some) > 2 else ()


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


def noun_of(value: str) -> str:
    """The noun or unit of a value of the facet, whether it is a range of it or not."""
    match = _RANGE.fullmatch(value)
    return match["group"] if match else value


def is_range(value: str) -> bool:
    """Whether a value of the facet is a noun or unit with a range."""
    return ".." in value and bool(_RANGE.fullmatch(value))


@lru_cache(maxsize=1 << 12)
def _round(value: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above `value`."""
    exponent = math.floor(math.log10(value))
    rounded = (float(f"{step}e{exponent}") for step in (5, 2, 1))  # as it is written, so that it can be read again
    return next((edge for edge in rounded if edge <= value * (1 + 1e-9)), float(f"1e{exponent}"))


@lru_cache(maxsize=1 << 12)
def _text(value: float) -> str:
    return f"{value:.0f}" if 1e6 <= abs(value) < _LONG else f"{value:g}"


def _german(number: str) -> str:
    if not number:
        return ""
    return f"{float(number):,.15g}".replace(",", " ").replace(".", ",").replace(" ", ".")
