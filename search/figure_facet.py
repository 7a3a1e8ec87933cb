"""The facet of figures: what is counted or measured, then ranges of how many that fit what was found.

A value of the facet is a noun or a unit ("Soldat"), or one with a range behind it ("Soldat:2000..10000", the upper end
not in it; either end may be missing).
"""

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.amounts import amount_of
from search.facets import Ints, Mask, ValueColumn, count_values

RANGES = 4
"""How many ranges a noun has at most."""

_NOUNS = 6
"""How many nouns, the most frequent, are shown with ranges; a selected one always is."""

_NUMBER = r"-?\d{1,30}(?:\.\d{1,30})?(?:e[+-]\d{1,3})?"
_RANGE = re.compile(rf"(?P<group>.*):(?P<low>(?:{_NUMBER})?)\.\.(?P<high>(?:{_NUMBER})?)", re.DOTALL | re.ASCII)


class FigureColumn(ValueColumn):
    """The figures of all records: by noun or unit, and with their amounts.

    `group_of` and `value_of` are by code of an amount; `by_record` is one of a record's values, by record number.
    """

    def __init__(self, reader: Any) -> None:
        super().__init__(reader, "figure")
        self.amounts = ValueColumn(reader, "amount")
        parsed = [amount_of(term) for term in self.amounts.values]
        self.group_of = np.array([self.code_of.get(amount.group, -1) for amount in parsed], np.int64)
        self.value_of = np.array([amount.value for amount in parsed], np.float64)
        self.by_record = np.zeros(self.size)
        self.by_record[self.amounts.records] = self.value_of[self.amounts.codes]

    def select(self, wanted: Iterable[str]) -> Mask:
        """The records that have a figure of one of the nouns or units, or in one of the ranges."""
        plain = []
        found: Mask = np.zeros(self.size, bool)
        for value in wanted:
            within = None if value in self.code_of else self._within(value)
            if within is None:
                plain.append(value)
            else:
                found |= self.amounts.records_with(within)
        return found | super().select(plain)

    def ranges(self, counted: Iterable[str], mask: Mask, group: Ints | None, selected: Iterable[str]) -> dict[str, int]:
        """The ranges of the first of the nouns `counted` and of those selected, with how many records in `mask` have
        an amount in each."""
        chosen = {value.rsplit(":", 1)[0] for value in selected}
        ranges: dict[str, int] = {}
        present = np.zeros(len(self.amounts.values), bool)
        present[self.amounts.codes[mask[self.amounts.records]]] = True
        for place, noun in enumerate(counted):
            if place < _NOUNS or noun in chosen:
                code = self.code_of.get(noun, -1)
                edges = _edges(self.value_of[present & (self.group_of == code)])
                for low, high in zip([None, *edges], [*edges, None], strict=True) if edges else ():
                    value = f"{noun}:{_text(low)}..{_text(high)}"
                    within = self._within(value)
                    assert within is not None
                    if count := self._count(within, mask, group):
                        ranges[value] = count
        return ranges

    def _count(self, within: NDArray[np.bool_], mask: Mask, group: Ints | None) -> int:
        codes = within.astype(np.int64)[self.amounts.codes]
        if group is None:
            return int(np.count_nonzero(mask & self.amounts.records_with(within)))
        return int(count_values(self.amounts.records, codes, 2, mask, group)[1])

    def _within(self, value: str) -> NDArray[np.bool_] | None:
        """Which amounts a range holds, by code; None where the value is no range."""
        match = _RANGE.fullmatch(value)
        if not match:
            return None
        low, high = float(match["low"] or "-inf"), float(match["high"] or "inf")
        code = self.code_of.get(match["group"], -2)
        within: NDArray[np.bool_] = (self.group_of == code) & (self.value_of >= low) & (self.value_of < high)
        return within


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
    quantiles = np.quantile(distinct, np.arange(1, RANGES) / RANGES, method="higher")
    edges = {_round(float(value)) for value in quantiles if value > 0}
    return sorted(edge for edge in edges if distinct[0] < edge <= distinct[-1])


def _round(value: float) -> float:
    """The largest of 1, 2 or 5 times a power of ten that is not above `value`."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (5, 2, 1) if step * power <= value * (1 + 1e-9)))


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _german(number: str) -> str:
    if not number:
        return ""
    return f"{float(number):,.15g}".replace(",", " ").replace(".", ",").replace(" ", ".")
