"""Facet columns of a generation: for each record the codes of its values, and the values of the codes.

In: a collection's postings of values, and which person a name stands for. Out: one file of arrays for each kind and
field, beside the collections; then the same, mapped.

A column is made of the postings whenever they change, over all segments at once: so a code means the same in every
segment, a person with several names is one value, and opening it reads nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.amounts import amount_of
from index.codec import (
    IndexView,
    TermDictionary,
    dictionary_arrays,
    ends_of,
    loops,
    open_arrays,
    smallest,
    write_arrays,
)
from index.codec.arrays import Array
from index.collections import open_view
from index.model import KINDS, Kind, PartialDate
from index.schema import FACET_FIELDS

FIELDS = (*FACET_FIELDS, "amount")
"""The fields that have a column."""

Part = tuple[Kind, tuple[str, ...]]

PARTS: Sequence[Part] = [
    (kind, fields)
    for kind in KINDS
    for fields in (("figure", "amount"), ("person", "speaker"), ("date", "outlet", "agency"))
]
"""All columns, in parts that can be written beside each other: amounts go by the codes of what they are amounts of."""

_PERSONS = ("person", "speaker")


class Values(Sequence[str]):
    """The values of a column by their codes: in the order of their bytes, decoded when they are asked for."""

    def __init__(self, terms: TermDictionary) -> None:
        self._terms = terms

    def __len__(self) -> int:
        return len(self._terms)

    @overload
    def __getitem__(self, code: int) -> str: ...
    @overload
    def __getitem__(self, code: slice) -> Sequence[str]: ...
    def __getitem__(self, code: int | slice) -> str | Sequence[str]:
        if isinstance(code, slice):
            return [self[one] for one in range(*code.indices(len(self)))]
        return self._terms[code].decode()

    def __iter__(self) -> Iterator[str]:
        return (term.decode() for term in self._terms)

    def code(self, value: str) -> int:
        """The code of a value; -1 where no record has it."""
        return self._terms.find(value.encode("utf-8", "replace"))


class Column:
    """One facet field of all records, mapped.

    `codes` are the values, record after record, those of a record ascending; those of record n end at `ends[n + 1]`,
    where those of the next begin. `totals` says by code in how many records each stands. Deleted records have no
    values.

    Of a date `first_day` and `last_day` are by record (i4; -1 without a date). Of an amount `numbers` to `uppers` are
    by code (f8) and `groups` the codes of its noun or unit in the field "figure" (i4); the amounts of one stand in a
    row, by their numbers.

    Raises ValueError where the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        arrays = open_arrays(path)
        try:
            self.values = Values(TermDictionary(arrays))
            self.ends, self.codes, self.totals = arrays["ends"], arrays["codes"], arrays["totals"]
        except KeyError as error:
            raise ValueError(f"{path.name}: {error.args[0]} is missing") from None
        none = np.zeros(0, np.int32)
        self.first_day, self.last_day = arrays.get("first_day", none), arrays.get("last_day", none)
        self.numbers, self.uppers = arrays.get("numbers", np.zeros(0)), arrays.get("uppers", np.zeros(0))
        self.groups = arrays.get("groups", none)
        if not len(self.ends) or self.ends[-1] != len(self.codes) or len(self.totals) != len(self.values):
            raise ValueError(f"{path.name}: its arrays do not fit together")

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.ends) - 1

    def without(self, numbers: NDArray[np.intp]) -> NDArray[np.bool_]:
        """For each record, whether it has no value."""
        none: NDArray[np.bool_] = self.ends.take(numbers) == self.ends.take(numbers + 1)
        return none

    def pairs_of(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.intp], Array]:
        """All values of some records: of each the record, and the code; those of a record ascend in a row."""
        at, counts = loops.codes_of(numbers, self.ends, len(self.codes))
        return np.repeat(numbers, counts), self.codes.take(at)

    def pairs_within(
        self, numbers: NDArray[np.intp], stretches: NDArray[np.int64], most: int
    ) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
        """The same of codes in some stretches, each given by its first code and the one behind its last, which ascend
        and are apart. All records together have `most` of these."""
        records, codes = np.empty(most, np.intp), np.empty(most, np.int64)
        there = loops.pairs(numbers, self.ends, self.codes, stretches, records, codes)
        return records[:there], codes[:there]

    def last_of(self, numbers: NDArray[np.intp]) -> Array:
        """The last value of each of some records, which all have one."""
        last: Array = self.codes.take(self.ends.take(numbers + 1).astype(np.intp) - 1)
        return last

    def having(self, wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
        """The records that have one of the values that are wanted, by code."""
        return np.unique(np.searchsorted(self.ends, np.flatnonzero(wanted[self.codes]), side="right") - 1)


def open_column(generation: Path, kind: Kind, field: str) -> Column:
    """Open the column of a field."""
    return Column(_file(generation, kind, field))


def write_columns(generation: Path, person_of: Mapping[str, str], parts: Iterable[Part]) -> None:
    """Write some parts of the columns of a generation whose collections are written."""
    for kind, fields in parts:
        view = open_view(generation, kind)
        groups: Mapping[str, int] = {}
        for field in fields:
            values, by_record, codes = _coded(view, field, person_of if field in _PERSONS else {})
            arrays = _arrays(values, by_record, codes, view.size)
            if field == "date":
                arrays |= _days(values, by_record, codes, view.size)
            if field == "figure":
                groups = {value: code for code, value in enumerate(values)}
            if field == "amount":
                arrays |= _amounts(values, groups)
            write_arrays(_file(generation, kind, field), arrays)


def _arrays(
    values: Sequence[str], by_record: NDArray[np.int64], codes: NDArray[np.int64], size: int
) -> dict[str, Array]:
    """What every column has; pairs come by record, and by code."""
    return {
        **dictionary_arrays([value.encode() for value in values]),
        "ends": ends_of(np.bincount(by_record, minlength=size)),
        "codes": codes.astype(smallest(len(values))),
        "totals": np.bincount(codes, minlength=len(values)).astype(np.uint32),
    }


def _amounts(values: Sequence[str], groups: Mapping[str, int]) -> dict[str, Array]:
    """What a column of amounts has besides; `groups` are the codes of nouns and units."""
    numbers, uppers, nouns = (np.zeros(len(values), kind) for kind in (np.float64, np.float64, np.int32))
    for code, amount in enumerate(map(amount_of, values)):
        numbers[code], uppers[code], nouns[code] = amount.value, amount.upper, groups.get(amount.group, -1)
    return {"numbers": numbers, "uppers": uppers, "groups": nouns}


def _file(generation: Path, kind: Kind, field: str) -> Path:
    return generation / kind / f"{field}.column"


def _coded(
    view: IndexView, field: str, shown_as: Mapping[str, str]
) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """A field's values in order, and pairs of record and code, by record; of values shown as one, one pair."""
    terms, ranks, records = view.pairs(field)
    shown = [shown_as.get(term, term) for term in terms]
    used = np.flatnonzero(np.bincount(ranks, minlength=len(terms))).tolist()
    values = sorted({shown[rank] for rank in used}, key=_by_amount if field == "amount" else str.encode)
    code_of = {value: code for code, value in enumerate(values)}
    code_by_rank = np.zeros(len(terms), np.int64)
    code_by_rank[used] = [code_of[shown[rank]] for rank in used]
    pairs = code_by_rank.take(ranks)
    del ranks  # of a large archive each of these arrays takes a hundred megabytes
    pairs |= np.left_shift(records, 32, dtype=np.int64)
    del records
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    return values, pairs >> 32, pairs & 0xFFFFFFFF


def _by_amount(value: str) -> tuple[bytes, float, float, str]:
    """What puts amounts of one noun or unit together, the least first."""
    amount = amount_of(value)
    return amount.group.encode(), amount.value, amount.upper, value


def _days(
    values: Sequence[str], by_record: NDArray[np.int64], codes: NDArray[np.int64], size: int
) -> dict[str, NDArray[np.int32]]:
    dates = [PartialDate.parse(value) for value in values]
    days = {
        "first_day": [date.first.toordinal() for date in dates],
        "last_day": [date.last.toordinal() for date in dates],
    }
    arrays = {name: np.full(size, -1, np.int32) for name in days}
    for name, by_code in days.items():
        arrays[name][by_record] = np.array(by_code, np.int32)[codes]
    return arrays
