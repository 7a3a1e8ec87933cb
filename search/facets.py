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

    def counts(self, mask: Mask) -> Ints:
        """How many of the records in `mask` have each value, by code."""
        return np.bincount(self.codes[mask[self.records]], minlength=len(self.values)).astype(np.int64)

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


def date_buckets(column: DateColumn, counts: Ints) -> dict[str, int]:
    """The dates counted by day, month or year, whichever shows the span of those counted best; newest first."""
    found = [(date, int(n)) for date, n in zip(column.dates, counts, strict=True) if n]
    if not found:
        return {}
    months = {(date.year, date.month) for date, _ in found}
    span = max(date.year for date, _ in found) - min(date.year for date, _ in found)
    level = 1 if span > 3 else 2 if len(months) > 2 else 3
    buckets: dict[PartialDate, int] = {}
    for date, n in found:
        bucket = PartialDate(*(date.year, date.month, date.day)[:level])
        buckets[bucket] = buckets.get(bucket, 0) + n
    return {str(bucket): buckets[bucket] for bucket in sorted(buckets, reverse=True)}


def value_counts(column: ValueColumn, counts: Ints) -> dict[str, int]:
    """Every value that was counted: most first, then by its letters."""
    found = {column.values[code]: int(counts[code]) for code in np.flatnonzero(counts)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0].casefold(), item[0])))


def masks_of(columns: Mapping[str, ValueColumn], request: Request) -> dict[str, Mask]:
    """For each facet with a selection, the records that it lets through; the date's bounds count as one."""
    masks = {name: columns[name].select(values) for name, values in request.selections.items() if values}
    dates = columns["date"]
    if isinstance(dates, DateColumn) and (request.first or request.last):
        bounds = dates.between(request.first, request.last)
        masks["date"] = masks["date"] & bounds if "date" in masks else bounds
    return masks


def facet_values(
    name: str, column: ValueColumn, mask: Mask, selected: Sequence[str], label: Callable[[str], str]
) -> tuple[FacetValue, ...]:
    """One facet, page-ready, counted over `mask`; what is selected is shown even where it counts nothing."""
    counts = column.counts(mask)
    counted = date_buckets(column, counts) if isinstance(column, DateColumn) else value_counts(column, counts)
    unknown = int(np.count_nonzero(mask & column.without)) if name in ("date", "outlet") else 0
    if unknown:
        counted[UNKNOWN] = unknown
    for value in selected:
        if value not in counted:
            counted[value] = int(np.count_nonzero(mask & column.select([value])))
    return tuple(FacetValue(value, label(value), count, value in selected) for value, count in counted.items())
