"""Facets as arrays: which values records have, and how often each value stands among some records.

In: a facet's column as the index holds it, and record numbers. Out: filters, and true counts. Only the values that are
shown become Python objects; only the records that are asked about are read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import repeat
from operator import neg
from typing import NamedTuple

import numpy as np

from index.codec import IndexView, loops
from index.columns import Column
from index.model import PartialDate
from index.rows import COUNTED, Rows
from search.model import UNKNOWN, FacetValue, Request
from search.sets import Counts, Ints, Mask, Numbers, holds, union
from search.twins import Groups

MOST = 50
"""How many values of a facet are listed where nobody says otherwise, the most frequent; what is selected is listed
beyond it. Counts are exact."""

PERIOD = "period"
"""What the bounds of a request are called among its filters."""

_FROM_THE_FIRST = np.zeros(1, np.int64)
"""To sum up all counts: numpy's sum brings more code into the processor's cache than it adds numbers."""

_REMEMBERED = 1 << 12
"""So many values of a column are kept as strings once they were shown: the same ones are shown most of the time."""


class Records:
    """Records to count among, and which of them say the same and count once."""

    def __init__(self, numbers: Numbers, groups: Groups | None) -> None:
        self.numbers, self.groups = numbers, groups
        self._tallied: Counts | None = None

    @cached_property
    def parted(self) -> tuple[Numbers, Numbers]:
        """Those that are alone in what they say, and those that may not be."""
        if self.groups is None:
            return self.numbers, self.numbers[:0]
        together = self.groups.together(self.numbers)
        return self.numbers[~together], self.numbers[together]

    def tally(self, rows: Rows) -> Counts:
        """By code of all facets, how many of those that are alone have it; counted once, whoever asks."""
        if self._tallied is None:
            self._tallied = rows.tally(self.parted[0])
        return self._tallied

    def count(self, chosen: Mask) -> int:
        """How many of the chosen ones there are."""
        if self.groups is None:
            return int(np.count_nonzero(chosen))
        return self.groups.count(self.numbers[chosen])


class ValueColumn:
    """One facet field of all records of one kind.

    `shown_as` maps the terms of a person's other spellings to the value that stands for them all.
    """

    def __init__(
        self, column: Column, view: IndexView, rows: Rows, field: str, shown_as: Mapping[str, str] | None = None
    ) -> None:
        self.values: Sequence[str] = column.values
        self.value = lru_cache(_REMEMBERED)(column.values.__getitem__)
        self.code = lru_cache(_REMEMBERED)(column.values.code)
        """The code of a value; below 0 where it is none of the column's."""
        self.totals = column.totals
        self._column, self._view, self._field = column, view, field
        self._rows, self._own = rows, rows.own(field) if field in COUNTED else None
        if rows.size != column.size or (self._own and self._own.stop - self._own.start != len(self.values)):
            raise ValueError(f"facets.rows does not fit the column of {field}")
        self._shown_as = shown_as or {}

    @cached_property
    def terms_of(self) -> Mapping[str, list[str]]:
        """All values, each with the terms that stand for it in the index."""
        terms: dict[str, list[str]] = {}
        for term in self._view.terms(self._field):
            terms.setdefault(self._shown_as.get(term, term), []).append(term)
        return terms

    @cached_property
    def _spellings(self) -> Mapping[str, list[str]]:
        spellings: dict[str, list[str]] = {}
        for term, value in self._shown_as.items():
            spellings.setdefault(value, []).append(term)
        return spellings

    def having(self, values: Iterable[str]) -> Numbers:
        """The records that have one of the values."""
        terms = dict.fromkeys(
            term
            for value in values
            for term in (value, *self._spellings.get(value, ()))
            if self._shown_as.get(term, term) == value
        )
        found = union([self._view.postings(self._field, term).documents for term in terms])
        return found if self._view.live is None else found[self._view.live[found]]

    def without(self, numbers: Numbers) -> Mask:
        """For each record, whether it has no value."""
        return self._column.without(numbers)

    def admits(self, numbers: Numbers, wanted: Iterable[str]) -> Mask:
        """For each record, whether it has one of the values; UNKNOWN stands for having none."""
        wanted = list(wanted)
        admitted = holds(self.having(value for value in wanted if value != UNKNOWN), numbers)
        return admitted | self.without(numbers) if UNKNOWN in wanted else admitted

    def tally(self, records: Records) -> Counts:
        """By code, how many of the records have the value; those that say the same count once."""
        counts, together = self._tally_alone(records), records.parted[1]
        if len(together) and records.groups is not None:
            return counts + records.groups.tally(*self._column.pairs_of(together), len(counts))
        return counts

    def _tally_alone(self, records: Records) -> Counts:
        """The same of the records that are alone in what they say."""
        if records.groups is None and len(records.numbers) == self._live:
            return self.totals
        if self._own is None:
            raise KeyError(f"{self._field} is no facet that is counted")
        return records.tally(self._rows)[self._own]

    def unknown(self, records: Records) -> int:
        """How many of the records have no value, of a field of which each has one at most."""
        alone, together = records.parted
        none = len(alone) - loops.sums_from(self._tally_alone(records), _FROM_THE_FIRST)[0]
        return none + (records.groups.count(together[self.without(together)]) if records.groups is not None else 0)

    @cached_property
    def _live(self) -> int:
        live = self._view.live
        return self._view.size if live is None else int(np.count_nonzero(live))


def most_frequent(counts: Counts, value: Callable[[int], str], most: int = MOST) -> tuple[dict[str, int], int]:
    """The most frequent values by their codes' counts, most first, then by their letters; and how many there are.

    `value` gives that of a code; `most` of MOST are given, so that fewer are the first of more.
    """
    codes, numbers, there = loops.greatest(counts, max(most, MOST), most)
    values = list(map(value, codes))
    ordered = sorted(zip(map(neg, numbers), map(_folded, values), values, strict=True))
    return {value: -number for number, _, value in ordered[:most]}, there


_folded = lru_cache(_REMEMBERED)(str.casefold)


class Buckets(NamedTuple):
    """The values of a column of dates put together: the code with which each bucket begins; of each bucket the date, as
    text, and whether it is as precise as the others: a month among days is not.
    """

    starts: Ints
    dates: Sequence[str]
    is_precise: Sequence[bool]


_PRECISIONS = {10_000: "year", 100: "month", 1: "day"}


def _shows_a_span(unit: int, dates: Sequence[str]) -> bool:
    """Whether the dates that there are in a unit show how they lie in time: more than three years, or two months."""
    return unit == 1 or (len(dates) > 2 if unit == 100 else bool(dates) and int(dates[-1]) - int(dates[0]) > 3)


class DateColumn(ValueColumn):
    """The dates of all records, as days: `first_day` and `last_day` by record, -1 where there is no date."""

    def __init__(self, column: Column, view: IndexView, rows: Rows) -> None:
        super().__init__(column, view, rows, "date")
        self.first_day, self.last_day = column.first_day, column.last_day
        self._by_unit: dict[int, Buckets] = {}

    def between(self, numbers: Numbers, first: PartialDate | None, last: PartialDate | None) -> Mask:
        """For each record, whether it has a date and that lies wholly inside the bounds."""
        first_day = self.first_day[numbers]
        inside: Mask = first_day >= (first.first.toordinal() if first else 0)
        if last:
            inside &= self.last_day[numbers] <= last.last.toordinal()
        return inside

    def within(self, low: float, high: float) -> Numbers:
        """The records that are dated wholly inside these bounds, the ordinal numbers of days."""
        return np.flatnonzero((self.first_day >= max(low, 0)) & (self.last_day <= high))

    def admits(self, numbers: Numbers, wanted: Iterable[str]) -> Mask:
        """For each record, whether it is dated inside one of the partial dates; UNKNOWN stands for without a date."""
        admitted = np.zeros(len(numbers), bool)
        for value in wanted:
            if value == UNKNOWN:
                admitted |= self.without(numbers)
            else:
                date = PartialDate.parse(value)
                admitted |= self.between(numbers, date, date)
        return admitted

    @cached_property
    def _keys(self) -> Ints:
        """Each value as a number, 20241003 for 2024-10-03 and 20240000 for 2024; they ascend as the values do."""
        return np.array([int(value.replace("-", "").ljust(8, "0")) for value in self.values], np.int64)

    def _buckets(self, unit: int) -> Buckets:
        """The values by their first digits, by day (1), month (100) or year (10,000)."""
        if unit not in self._by_unit:
            kept = self._keys // unit
            starts = np.flatnonzero(np.diff(kept, prepend=-1))
            dates = [PartialDate(k // 10_000, k // 100 % 100, k % 100) for k in (kept[starts] * unit).tolist()]
            is_precise = [date.precision == _PRECISIONS[unit] for date in dates]
            self._by_unit[unit] = Buckets(starts, list(map(str, dates)), is_precise)
        return self._by_unit[unit]

    def histogram(self, records: Records) -> tuple[dict[str, int], int]:
        """The dates of the records by day, month or year, whichever shows their span best, newest first; and how many
        have none."""
        together, groups = records.parted[1], records.groups
        by_code, unknown = self._tally_alone(records), self.unknown(records)
        if groups is not None:
            owners, codes = self._column.pairs_of(together)
        for unit in _PRECISIONS:
            starts, dates, is_precise = self._buckets(unit)
            counts = loops.sums_from(by_code, starts)
            if groups is not None:
                more = groups.tally(owners, starts.searchsorted(codes, side="right") - 1, len(dates))
                counts = (counts + more).tolist()
            there = [at for at, count in enumerate(counts) if count]
            if _shows_a_span(unit, [dates[at] for at in there]):
                break
        counted = {}
        for at in reversed(there):
            count = counts[at]
            if not is_precise[at]:
                # A month among days counts what selecting it finds: its days, too.
                date = PartialDate.parse(dates[at])
                count = records.count(self.between(records.numbers, date, date))
            counted[dates[at]] = count
        return counted, unknown


_GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def date_label(date: PartialDate) -> str:
    """A date as a German reads it: "31. Oktober 2024", "Oktober 2024", "2024"."""
    words = [f"{date.day}." if date.day else "", _GERMAN_MONTHS[date.month - 1] if date.month else "", str(date.year)]
    return " ".join(word for word in words if word)


def filters(columns: Mapping[str, ValueColumn], request: Request, numbers: Numbers) -> dict[str, Mask]:
    """For each facet with a selection, which records it lets through; for `PERIOD` those that the bounds do.

    Bounds are no selection of the facet of dates: its counts are of what lies inside, as choosing a date keeps them.
    """
    masks = {name: columns[name].admits(numbers, values) for name, values in request.selections.items() if values}
    dates = columns["date"]
    if isinstance(dates, DateColumn) and (request.first or request.last):
        masks[PERIOD] = dates.between(numbers, request.first, request.last)
    return masks


def all_but(masks: Mapping[str, Mask], own: str | None = None) -> Mask | None:
    """What all filters but a facet's own let through; None for everything."""
    others = [mask for name, mask in masks.items() if name != own]
    return np.logical_and.reduce(others) if others else None


def page_ready(
    column: ValueColumn,
    counted: dict[str, int],
    unknown: int,
    records: Records,
    selected: Sequence[str],
    label: Callable[[str], str] | None,
) -> Iterator[FacetValue]:
    """One facet's values as they are shown: those counted, how many have none, and what is selected even if it is 0."""
    if unknown:
        counted[UNKNOWN] = unknown
    for value in selected:
        if value not in counted:
            counted[value] = records.count(column.admits(records.numbers, [value]))
    labels = map(label, counted) if label else counted
    is_selected = map(selected.__contains__, counted) if selected else repeat(False)
    return map(_facet_value, zip(counted, labels, counted.values(), is_selected, strict=False))


_facet_value: Callable[[tuple[str, str, int, bool]], FacetValue] = partial(tuple.__new__, FacetValue)
"""As `FacetValue._make`, without a call of Python's for each of a page's several hundred values."""
