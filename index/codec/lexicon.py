"""The terms of a field as a writer meets them: a term in, its number out, in the order first met.

For a segment's dictionary they come in the order of their bytes. What is sorted stays so: a batch sorts what is new.
"""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ranges
from index.codec.dictionary import arrays_of_letters, first_letters
from index.codec.merged_terms import Terms, ranks_of

Ints = NDArray[np.int64]


class Lexicon(dict[str, int]):
    """The number of each term, handed out from 0 in the order first asked for; `lexicon[term]` numbers a new one."""

    def __init__(self) -> None:
        super().__init__()
        self._terms: list[str] = []
        self._sorted: Ints = np.zeros(0, np.int64)
        self._keys: NDArray[np.uint64] = np.zeros(0, np.uint64)
        self._letters: Array = np.zeros(0, np.uint8)
        self._ends: Ints = np.zeros(1, np.int64)

    def __missing__(self, term: str) -> int:
        self[term] = number = len(self)
        self._terms.append(term)
        return number

    def in_order(self, used: NDArray[np.bool_]) -> Ints:
        """The numbers of the terms that are used, in the order of their bytes; `used` says it of each."""
        self._take_in(len(self._sorted))
        return self._sorted[used.take(self._sorted)]

    def dictionary_arrays(self, numbers: Ints) -> dict[str, Array]:
        """The arrays of a `TermDictionary` of terms that `in_order` gave."""
        starts = self._ends.take(numbers)
        lengths = self._ends.take(numbers + 1) - starts
        return arrays_of_letters(self._letters.take(ranges(starts, lengths)), lengths)

    def _take_in(self, first: int) -> None:
        """Put the terms from number `first` on into their places."""
        if first == len(self):
            return
        encoded = list(map(str.encode, self._terms[first:]))
        letters = np.frombuffer(b"".join(encoded), np.uint8)
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
        self._letters = np.concatenate((self._letters, letters))
        self._ends = np.concatenate((self._ends, self._ends[-1] + np.cumsum(lengths)))
        order = np.argsort(ranks_of(Terms(letters, lengths)))
        keys = first_letters(letters, np.cumsum(lengths) - lengths, lengths).take(order)
        new = order + first
        places = self._places(new, keys)
        self._sorted, self._keys = np.insert(self._sorted, places, new), np.insert(self._keys, places, keys)

    def _places(self, new: Ints, keys: NDArray[np.uint64]) -> Ints:
        """Where among the sorted terms new ones belong; their first letters tell most.

        Characters are in the same order as their bytes in UTF-8.
        """
        places, ends = np.searchsorted(self._keys, keys), np.searchsorted(self._keys, keys, side="right")
        term = self._terms.__getitem__
        for at in np.flatnonzero(places < ends).tolist():
            places[at] = bisect_left(self._sorted, term(new[at]), places[at], ends[at], key=term)
        return places
