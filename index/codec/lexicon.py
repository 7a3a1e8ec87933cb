"""The terms of a field as a writer meets them: a term in, its number out, in the order first met.

For a segment's dictionary they come in the order of their bytes. What is sorted stays so: a batch sorts what is new.
"""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ends_of, ranges

Ints = NDArray[np.int64]


class Lexicon:
    """Numbers terms, from 0 on."""

    def __init__(self) -> None:
        self._number_of: dict[str, int] = {}
        self._terms: list[bytes] = []
        self._sorted: Ints = np.zeros(0, np.int64)
        self._letters: Array = np.zeros(0, np.uint8)
        self._ends: Ints = np.zeros(1, np.int64)

    def __len__(self) -> int:
        return len(self._terms)

    def number(self, term: str) -> int:
        """The number of a term, new or known."""
        number = self._number_of.setdefault(term, len(self._terms))
        if number == len(self._terms):
            self._terms.append(term.encode())
        return number

    def in_order(self, used: NDArray[np.bool_]) -> Ints:
        """The numbers of the terms that are used, in the order of their bytes; `used` says it of each."""
        self._take_in()
        return self._sorted[used[self._sorted]]

    def dictionary_arrays(self, numbers: Ints) -> tuple[Array, Array]:
        """The arrays of a `TermDictionary` of terms that `in_order` gave."""
        starts = self._ends[numbers]
        lengths = self._ends[numbers + 1] - starts
        return self._letters[ranges(starts, lengths)], ends_of(lengths)

    def _take_in(self) -> None:
        """Put the terms that are new into their places."""
        known, term, first = self._sorted, self._terms.__getitem__, len(self._sorted)
        if first == len(self._terms):
            return
        new = sorted(range(first, len(self._terms)), key=term)
        self._sorted = np.insert(known, [bisect_left(known, term(number), key=term) for number in new], new)
        added = self._terms[first:]
        self._letters = np.concatenate((self._letters, np.frombuffer(b"".join(added), np.uint8)))
        ends = np.cumsum(np.fromiter(map(len, added), np.int64, len(added)))
        self._ends = np.concatenate((self._ends, self._ends[-1] + ends))
