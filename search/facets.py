"""Facets as arrays: which record has which values, and how often each value stands among some records.

In: an open Whoosh reader; then masks over its records (bool arrays, one entry a record number). Out: counts.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.model import PartialDate
from search.model import UNKNOWN, FacetValue, Request

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Scores = NDArray[np.float64]


class ValueColumn:
    """One facet field of all records, read once from its postings.

    `values[code]` is a value; `records` and `codes` are the pairs of record number and code, of equal length.
    `terms_of[value]` are the terms in the index that stand for the value: more than one where a person has several
    spellings, which `shown_as` maps to one.
    """

    def __init__(self, reader: Any, field: str, shown_as: Mapping[str, str] | None = None) -> None:
        by_value: dict[str, list[Ints]] = {}
        self.terms_of: dict[str, list[str]] = {}
        for encoded in reader.lexicon(field):
            term = encoded.decode("utf-8")
            value = (shown_as or {}).get(term, term)
            self.terms_of.setdefault(value, []).append(term)
            found = np.fromiter(reader.postings(field, encoded).all_ids(), dtype=np.int64)
            by_value.setdefault(value, []).append(found)
        records = [np.unique(np.concatenate(found)) for found in by_value.values()]
        self.values = list(by_value)
        self.size = reader.doc_count_all()
        self.records = np.concatenate(records) if records else np.zeros(0, np.int64)
        self.codes = np.repeat(np.arange(len(records)), [len(r) for r in records]).astype(np.int64)
        self.code_of = {value: code for code, value in enumerate(self.values)}
        self.without: Mask = np.ones(self.size, bool)
        self.without[self.records] = False

    def records_with(self, is_wanted: NDArray[np.bool_]) -> Mask:
        """The records that have a value whose code is wanted (a bool array by code)."""
        found: Mask = np.zeros(self.size, bool)
        found[self.records[is_wanted[self.codes]]] = True
        return found

    def select(self, wanted: Iterable[str]) -> Mask:
        """The records that have one of the values; UNKNOWN stands for having none."""
        codes = np.zeros(len(self.values), bool)
        found: Mask = np.zeros(self.size, bool)
        for value in wanted:
            if value in self.code_of:
                codes[self.code_of[value]] = True
            elif value == UNKNOWN:
                found |= self.without
        return found | self.records_with(codes)


class DateColumn(ValueColumn):
    """The dates of all records, as days: `first_day` and `last_day` by record, -1 where there is no date."""

    def __init__(self, reader: Any) -> None:
        super().__init__(reader, "date")
        self.dates = [PartialDate.parse(value) for value in self.values]
        self.first_day = self._by_record([date.first.toordinal() for date in self.dates])
        self.last_day = self._by_record([date.last.toordinal() for date in self.dates])

    def _by_record(self, by_code: list[int]) -> Ints:
        days = np.full(self.size, -1, np.int64)
        days[self.records] = np.array(by_code, np.int64)[self.codes] if by_code else days[self.records]
        return days

    def between(self, first: PartialDate | None, last: PartialDate | None) -> Mask:
        """The dated records whose date lies wholly inside the bounds; all records where there are none."""
        if first is None and last is None:
            return np.ones(self.size, bool)
        low = first.first.toordinal() if first else 0
        high = last.last.toordinal() if last else np.iinfo(np.int64).max
        return (self.first_day >= low) & (self.last_day <= high) & (self.first_day >= 0)

    def select(self, wanted: Iterable[str]) -> Mask:
        """The records dated inside one of the partial dates; UNKNOWN stands for those without a date."""
        found: Mask = np.zeros(self.size, bool)
        for value in wanted:
            if value == UNKNOWN:
                found |= self.without
            else:
                found |= self.between(PartialDate.parse(value), PartialDate.parse(value))
        return found


_GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def date_label(date: PartialDate) -> str:
    """A date as a German reads it: "31. Oktober 2024", "Oktober 2024", "2024"."""
    words = [f"{date.day}." if date.day else "", _GERMAN_MONTHS[date.month - 1] if date.month else "", str(date.year)]
    return " ".join(word for word in words if word)


def count_values(records: Ints, codes: Ints, size: int, mask: Mask, group: Ints | None) -> Ints:
    """How many records in `mask` have each code below `size`; records of one group count once."""
    chosen = mask[records]
    if group is None or not size:
        return np.bincount(codes[chosen], minlength=size).astype(np.int64)
    pairs: Ints = np.unique(group[records[chosen]] * size + codes[chosen])
    return np.bincount(pairs % size, minlength=size).astype(np.int64)


def masks_of(columns: Mapping[str, ValueColumn], request: Request) -> dict[str, Mask]:
    """For each facet with a selection, the records that it lets through; the date's bounds count as one."""
    masks = {name: columns[name].select(values) for name, values in request.selections.items() if values}
    dates = columns["date"]
    if isinstance(dates, DateColumn) and (request.first or request.last):
        bounds = dates.between(request.first, request.last)
        masks["date"] = masks["date"] & bounds if "date" in masks else bounds
    return masks


def page_ready(
    name: str,
    column: ValueColumn,
    counted: dict[str, int],
    mask: Mask,
    group: Ints | None,
    selected: Sequence[str],
    label: Callable[[str], str],
) -> tuple[FacetValue, ...]:
    """One facet's values as they are shown: those counted, how many have none, and what is selected even if it is 0."""
    if name in ("date", "outlet") and (unknown := _count(mask & column.without, group)):
        counted[UNKNOWN] = unknown
    for value in selected:
        if value not in counted:
            counted[value] = _count(mask & column.select([value]), group)
    return tuple(FacetValue(value, label(value), count, value in selected) for value, count in counted.items())


def _count(mask: Mask, group: Ints | None) -> int:
    return int(np.count_nonzero(mask)) if group is None else len(np.unique(group[mask]))


def count_all(column: ValueColumn, mask: Mask, group: Ints | None) -> dict[str, int]:
    """Every value that stands in `mask`: most first, then by its letters."""
    counts = count_values(column.records, column.codes, len(column.values), mask, group)
    found = {column.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0].casefold(), item[0])))


def count_dates(column: DateColumn, mask: Mask, group: Ints | None) -> dict[str, int]:
    """The dates in `mask` by day, month or year, whichever shows their span best; newest first."""
    found = [column.dates[code] for code in np.unique(column.codes[mask[column.records]])]
    if not found:
        return {}
    months = {(date.year, date.month) for date in found}
    span = max(date.year for date in found) - min(date.year for date in found)
    level = 1 if span > 3 else 2 if len(months) > 2 else 3
    bucket_of = [PartialDate(*(date.year, date.month, date.day)[:level]) for date in column.dates]
    buckets = sorted(set(bucket_of), key=str, reverse=True)
    number_of = {bucket: number for number, bucket in enumerate(buckets)}
    codes = np.array([number_of[bucket] for bucket in bucket_of], np.int64)[column.codes]
    counts = count_values(column.records, codes, len(buckets), mask, group)
    counted = {str(bucket): int(count) for bucket, count in zip(buckets, counts, strict=True) if count}
    for bucket in buckets:  # a month among days counts what selecting it finds: its days, too
        if str(bucket) in counted and bucket.precision != ("year", "month", "day")[level - 1]:
            counted[str(bucket)] = _count(mask & column.between(bucket, bucket), group)
    return counted
