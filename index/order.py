"""Whether what a generation's files hold is in order: everything that reads them goes by that.

Checksums tell that a file is as it was written; this, that it was written as it should be.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from index.codec import TermDictionary, open_arrays
from index.codec.arrays import Array, release
from index.model import KINDS

_LISTS = {".postings": ("documents", "posting_ends"), ".column": ("codes", "ends"), ".rows": ("codes", "ends")}
"""By the suffix of a file what its lists are called, and where they end."""


def out_of_order(generation: Path) -> Iterator[str]:
    """The files, all whole, whose terms or lists do not ascend: the documents of a term, the values of a record."""
    for kind in KINDS:
        for file in sorted((generation / kind).iterdir()):
            if file.suffix in _LISTS and not _is_in_order(file):
                yield file.relative_to(generation).as_posix()


def _is_in_order(file: Path) -> bool:
    arrays = open_arrays(file)
    lists, ends = (arrays[name] for name in _LISTS[file.suffix])
    by_letters = "numbers" not in arrays and file.suffix != ".rows"  # amounts go by how many, rows have no terms
    ascend = not by_letters or all(one < other for one, other in pairwise(TermDictionary(arrays)))
    ascend = ascend and _ascend(lists, ends.astype(np.int64))
    release(lists)
    return ascend


def _ascend(lists: Array, ends: Array) -> bool:
    """Whether each of some lists, one behind another, ascends."""
    if (ends[1:] < ends[:-1]).any() or ends[-1] != len(lists):
        return False
    is_right = np.ones(len(lists) + 1, bool)
    np.greater(lists[1:], lists[:-1], out=is_right[1:-1])
    is_right[ends] = True
    return bool(is_right.all())
