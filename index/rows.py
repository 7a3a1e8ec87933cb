"""What is counted of the records that a search finds: of each record the codes of all its facets in a row.

In: the columns of one kind of record. Out: one file of arrays, beside the columns; then the same, mapped. A page counts
all facets over the same records: memory is read once for a record so, and ten times in columns.
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.codec import ends_of, loops, open_arrays, smallest
from index.codec.arrays import Array, created_arrays, ranges
from index.columns import PARTS, open_column, write_columns
from index.model import KINDS, Kind

COUNTED = ("date", "outlet", "person", "speaker", "figure")
"""The fields that are counted, in their order in a row."""

_AT_ONCE = 1 << 16

Numbers = NDArray[np.intp]


class Rows:
    """The rows of all records of a kind, mapped.

    `codes` are those of the columns, each behind the codes of the fields before its own; those of a record ascend, and
    end at `ends[n + 1]`, where those of the next begin. Raises ValueError where the file is damaged.
    """

    def __init__(self, path: Path) -> None:
        arrays = open_arrays(path)
        try:
            self._ends, self._codes, bounds = arrays["ends"], arrays["codes"], arrays["bounds"].tolist()
        except KeyError as error:
            raise ValueError(f"{path.name}: {error.args[0]} is missing") from None
        is_whole = len(self._ends) > 0 and self._ends[-1] == len(self._codes)
        if not is_whole or len(bounds) != len(COUNTED) + 1 or bounds[0] or bounds != sorted(bounds):
            raise ValueError(f"{path.name}: its arrays do not fit together")
        self._own = {field: slice(*stretch) for field, stretch in zip(COUNTED, pairwise(bounds), strict=True)}
        self._codes_there = bounds[-1]

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self._ends) - 1

    def own(self, field: str) -> slice:
        """Where the counts of a field stand among those of all."""
        return self._own[field]

    def tally(self, numbers: Numbers) -> NDArray[np.uint32]:
        """By code of all fields, how many of some records have it."""
        tallied = np.zeros(self._codes_there, np.uint32)
        loops.tally(numbers, self._ends, self._codes, tallied)
        return tallied


def open_rows(generation: Path, kind: Kind) -> Rows:
    """Open the rows of a kind. Raises ValueError where the file is damaged."""
    return Rows(_file(generation, kind))


def write_facets(generation: Path, person_of: Mapping[str, str]) -> None:
    """Write all columns and all rows of a generation whose collections are written, one after another."""
    write_columns(generation, person_of, PARTS)
    write_rows(generation, KINDS)


def write_rows(generation: Path, kinds: Iterable[Kind]) -> None:
    """Write the rows of some kinds of records whose columns are written."""
    for kind in kinds:
        columns = [open_column(generation, kind, field) for field in COUNTED]
        bounds = np.cumsum([0, *(len(column.values) for column in columns)], dtype=np.int64)
        ends = ends_of(sum((np.diff(column.ends.astype(np.int64)) for column in columns), np.zeros(1, np.int64)))
        known = {"ends": ends, "bounds": bounds}
        layout = {name: (array.dtype, len(array)) for name, array in known.items()}
        layout["codes"] = smallest(int(bounds[-1])), int(ends[-1])
        with created_arrays(_file(generation, kind), layout) as new:
            for name, array in known.items():
                new[name][:] = array
            for first in range(0, len(ends) - 1, _AT_ONCE):
                last = min(first + _AT_ONCE, len(ends) - 1)
                places = ends[first:last].astype(np.int64)
                for column, before in zip(columns, bounds.tolist(), strict=False):
                    _put(column.ends[first : last + 1].astype(np.int64), column.codes, before, places, new["codes"])


def _put(ends: NDArray[np.int64], codes: Array, before: int, places: NDArray[np.int64], rows: Array) -> None:
    """Put the codes of some records into their rows, from their places on, which are then behind them."""
    counts = np.diff(ends)
    rows[ranges(places, counts)] = codes[ends[0] : ends[-1]].astype(np.int64) + before
    places += counts


def _file(generation: Path, kind: Kind) -> Path:
    return generation / kind / "facets.rows"
