"""The facet of figures: what is counted or measured, then ranges of how many that fit what was found.

A value of the facet is a noun or a unit ("Soldat"), or one with a range behind it ("Soldat:2000..10000", the upper end
not in it; either end may be missing).
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec import IndexView, loops
from index.columns import Column
from index.rows import Rows
from search.facets import Records, ValueColumn
from search.sets import Ints, Mask, Numbers, holds
from search.twins import Groups

RANGES = 4
"""How many ranges a noun has at most."""

_NOUNS = 6
"""How many nouns, the most frequent, are shown with ranges; a selected one always is."""

_KEPT = 1 << 10
"""Of so many nouns it is kept where their amounts stand."""

_LONG = 1e30
"""From here on a number is written with an exponent."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?"
_RANGE = re.compile(rf"(?P<group>.*):(?P<low>(?:{_NUMBER})?)\.\.(?P<high>(?:{_NUMBER})?)", re.DOTALL | re.ASCII)


_Pairs = tuple[Numbers, Ints]
"""Amounts by their codes, and beside each the record that has it."""


class _Stretch(NamedTuple):
    """Where the amounts of a noun stand: the first, and the one behind the last. And how many records have each of
    them, added up."""

    first: int
    last: int
    total: int


class FigureColumn(ValueColumn):
    """The figures of all records: by noun or unit, and with their amounts."""

    def __init__(self, column: Column, amounts: Column, view: IndexView, rows: Rows) -> None:
        super().__init__(column, view, rows, "figure")
        self._amounts = amounts
        self._value_of, self._upper_of, self._noun_of = amounts.numbers, amounts.uppers, amounts.groups
        self._values = memoryview(self._value_of)  # type: ignore[arg-type]  # whose items are Python's numbers
        self._stretch = lru_cache(_KEPT)(self._stretch_of)

    @cached_property
    def _bounds_of(self) -> Ints:
        """For each noun by its code the first of its amounts, and the one behind its last."""
        there = np.flatnonzero(self._noun_of >= 0)
        codes = np.arange(len(self.values))
        first, last = (np.searchsorted(self._noun_of[there], codes, side=side) for side in ("left", "right"))
        firsts = np.append(there, 0)[first]
        return np.stack([firsts, firsts + last - first], axis=1)

    def _stretch_of(self, noun: str) -> _Stretch:
        code = self.code(noun)
        first, last = self._bounds_of[code].tolist() if code >= 0 else (0, 0)
        return _Stretch(first, last, int(self._amounts.totals[first:last].sum()))

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
        stretches = sorted((self._stretch(noun), noun) for noun in nouns)
        bounds = np.array([bound for (first, last, _), _ in stretches for bound in (first, last)], np.int64)
        most = sum(stretch.total for stretch, _ in stretches)
        alone, together = (
            self._amounts.pairs_within(some, bounds, most) if len(some) else (some, some) for some in records.parted
        )
        codes = np.concatenate((alone[1], together[1])) if len(together[1]) else alone[1]
        cuts, places, names = list[int](), dict[str, int](), dict[str, Sequence[str]]()
        parted = loops.quantiles(codes, bounds, self._value_of, RANGES)
        for ((first, last, _), noun), quantiles in zip(stretches, parted, strict=True):
            edges = _edges(*quantiles) if quantiles else ()
            places[noun], names[noun] = len(cuts), _names(noun, edges)
            cuts += [first, *[bisect_left(self._values, edge, first, last) for edge in edges], last]
        tallied = self._tally(alone, together, np.array(cuts, np.int64), records.groups)
        ranges = ((name, tallied[places[noun] + at]) for noun in nouns for at, name in enumerate(names[noun]))
        return {name: count for name, count in ranges if count}

    @staticmethod
    def _tally(alone: _Pairs, together: _Pairs, cuts: Ints, groups: Groups | None) -> list[int]:
        """By part between cuts how many records have an amount in it, those that say the same counted once."""
        counts = np.zeros(max(0, len(cuts) - 1), np.uint32)
        # Those of one record stand in a row, and the amounts of one range do.
        loops.tally_once(*alone, cuts, counts)
        if groups is not None:
            counts += groups.tally(together[0], loops.part_of(together[1], cuts), len(counts))
        found: list[int] = counts.tolist()
        return found


@lru_cache(maxsize=_KEPT)
def _edges(least: float, *others: float) -> tuple[float, ...]:
    """Where amounts are parted: by round numbers (1, 2 or 5 times a power of ten), into groups of about as many."""
    *between, most = others
    rounded = {_round(value) for value in between if value > 0}
    return tuple(sorted(edge for edge in rounded if least < edge <= most))


@lru_cache(maxsize=_KEPT)
def _names(noun: str, edges: tuple[float, ...]) -> tuple[str, ...]:
    """The ranges of a noun between edges, as values of the facet; none where there are no edges."""
    texts = ["", *map(_text, edges), ""] if edges else []
    return tuple(f"{noun}:{low}..{high}" for low, high in pairwise(texts))


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
