"""The terms of one field in the order of their bytes: a term in, its number out, and back.

Numbers are given from 0 on in that order, so that the terms with a prefix are one range.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from index.codec.arrays import Array, ends_of


class TermDictionary(Sequence[bytes]):
    """Terms over two arrays: all their bytes (u1), and where each ends (one more than there are terms)."""

    def __init__(self, letters: Array, ends: Array) -> None:
        self._letters, self._ends = letters.data, ends.data
        self._size = len(ends) - 1

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return bytes(self._letters[self._ends[number] : self._ends[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        letters, start = bytes(self._letters), 0
        for end in self._ends[1:]:
            yield letters[start:end]
            start = end

    def find(self, term: bytes) -> int:
        """The number of a term; -1 where it is none."""
        at = bisect_left(self, term)
        return at if at < self._size and self[at] == term else -1

    def first_from(self, term: bytes) -> int:
        """The number of the first term that is not before `term`; how many terms there are where all are."""
        return bisect_left(self, term)

    def starting_with(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with a prefix."""
        first = bisect_left(self, prefix)
        return range(first, bisect_left(self, True, lo=first, key=lambda term: not term.startswith(prefix)))


def dictionary_arrays(terms: Sequence[bytes]) -> tuple[Array, Array]:
    """The two arrays for terms that are in order."""
    ends = ends_of(np.fromiter(map(len, terms), np.int64, len(terms)))
    return np.frombuffer(b"".join(terms), np.uint8), ends
