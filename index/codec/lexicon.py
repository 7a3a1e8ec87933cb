"""The terms of a field as a writer meets them: a term in, its number out, in the order first met.

For a segment's dictionary they come in the order of their bytes. What is sorted stays so: a batch sorts what is new.
"""

from bisect import bisect_left
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ranges
from index.codec.dictionary import arrays_of_letters

Ints = NDArray[np.int64]

_FEW = 16  # terms among so many times as many: looking for their places is quicker than merging


class Lexicon(dict[str, int]):
    """The number of each term, handed out from 0 in the order first asked for; `lexicon[term]` numbers a new one."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: list[str] = []
        self._sorted: Ints = np.zeros(0, np.int64)
        self._letters: Array = np.zeros(0, np.uint8)
        self._ends: Ints = np.zeros(1, np.int64)

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        return number

    def in_order(self, used: NDArray[np.bool_]) -> Ints:
        """The numbers of the terms that are used, in the order of their bytes; `used` says it of each."""
        self._take_in()
        return self._sorted[used[self._sorted]]

    def dictionary_arrays(self, numbers: Ints) -> dict[str, Array]:
        """The arrays of a `TermDictionary` of terms that `in_order` gave."""
        starts = self._ends[numbers]
        lengths = self._ends[numbers + 1] - starts
        return arrays_of_letters(self._letters[ranges(starts, lengths)], lengths)

    def _take_in(self) -> None:
        """Put the terms that are new into their places; characters are in the same order as their bytes in UTF-8."""
        known, first = self._sorted, len(self._terms)
        if first == len(self):
            return
        added = list(islice(self, first, None))
        self._terms += added
        term = self._terms.__getitem__
        new = sorted(range(first, len(self)), key=term)
        if len(new) * _FEW < len(known):
            self._sorted = np.insert(known, [bisect_left(known, term(number), key=term) for number in new], new)
        else:
            self._sorted = np.array(sorted([*known.tolist(), *new], key=term), np.int64)
        encoded = list(map(str.encode, added))
        self._letters = np.concatenate((self._letters, np.frombuffer(b"".join(encoded), np.uint8)))
        ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
        self._ends = np.concatenate((self._ends, self._ends[-1] + ends))
