"""The terms of one field in the order of their bytes: a term in, its number out, and back.

Numbers are given from 0 on in that order, so that the terms with a prefix are one range.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ends_of

_EVERY = 8
"""Of so many terms one has a key."""

WORD = 8
"""How many bytes are compared at once, as a number; a key is made of so many."""


class TermDictionary(Sequence[bytes]):
    """Terms over three arrays.

    `letters` are all their bytes (u1), `letter_ends` where each ends (one more than there are terms), `letter_keys` the
    first bytes of every eighth as one number (u8): comparing those finds a term in a fraction of the time. Raises
    KeyError for an array that is missing, ValueError where they do not fit together.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        letters, ends, keys = arrays["letters"], arrays["letter_ends"], arrays["letter_keys"]
        self._letters, self._ends, self._keys = letters.data, ends.data, keys.data
        self._size = len(ends) - 1
        if len(keys) != len(range(0, self._size, _EVERY)):
            raise ValueError("a dictionary's arrays do not fit together")

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return bytes(self._letters[self._ends[number] : self._ends[number + 1]])

    def __iter__(self) -> Iterator[bytes]:
        letters, start = bytes(self._letters), 0
        for end in self._ends[1:]:
            yield letters[start:end]
            start = end

    def letters(self, some: range | None = None) -> tuple[Array, NDArray[np.int64]]:
        """The bytes of all terms, or of some that stand in a row, one behind another (u1), and how many each has."""
        first, last = (some.start, some.stop) if some is not None else (0, self._size)
        ends: NDArray[np.int64] = np.asarray(self._ends[first : last + 1]).astype(np.int64)
        return np.frombuffer(self._letters, np.uint8)[ends[0] : ends[-1]], ends[1:] - ends[:-1]

    def find(self, term: bytes) -> int:
        """The number of a term; -1 where it is none."""
        at = self.first_from(term)
        return at if at < self._size and self[at] == term else -1

    def first_from(self, term: bytes) -> int:
        """The number of the first term that is not before `term`; how many terms there are where all are."""
        key = _key(term)
        low = bisect_left(self._keys, key)
        high = bisect_right(self._keys, key, low)
        return bisect_left(self, term, max(0, _EVERY * (low - 1)), min(self._size, _EVERY * high))

    def starting_with(self, prefix: bytes) -> range:
        """The numbers of the terms that begin with a prefix."""
        kept = prefix.rstrip(b"\xff")
        behind = self.first_from(kept[:-1] + bytes([kept[-1] + 1])) if kept else self._size
        return range(self.first_from(prefix), behind)

    def having(self, piece: bytes, some: range) -> list[int]:
        """The numbers of those of some terms, which stand in a row, that have a piece in them."""
        if not piece:
            return list(some)
        first, last = self._ends[some.start], self._ends[some.stop]
        letters, found, at, number = bytes(self._letters[first:last]), [], -1, some.start
        while (at := letters.find(piece, at + 1)) >= 0:
            number = bisect_right(self._ends, first + at, number) - 1
            end = self._ends[number + 1] - first
            if at + len(piece) <= end:
                found.append(number)
                at = end - 1
        return found


def dictionary_arrays(terms: Sequence[bytes]) -> dict[str, Array]:
    """The arrays for terms that are in order."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    return arrays_of_letters(np.frombuffer(b"".join(terms), np.uint8), lengths)


def arrays_of_letters(letters: Array, lengths: Array) -> dict[str, Array]:
    """The arrays for terms that are in order: the bytes of all (u1), and how many each has."""
    ends = ends_of(lengths)
    keys = first_letters(letters, ends[:-1][::_EVERY].astype(np.int64), lengths[::_EVERY])
    return {"letters": letters, "letter_ends": ends, "letter_keys": keys}


def first_letters(letters: Array, starts: Array, lengths: Array) -> NDArray[np.uint64]:
    """The first eight bytes of terms, each as one number that orders them; what is behind a term's end is 0."""
    padded = np.concatenate((letters, np.zeros(WORD, np.uint8)))
    words: Array = np.ndarray(len(letters) + 1, ">u8", padded, strides=(1,))  # those that begin at each byte
    behind = (8 * np.maximum(WORD - lengths, 0)).astype(np.uint64)
    found: NDArray[np.uint64] = words[starts].astype(np.uint64) >> behind << behind
    return found


def _key(term: bytes) -> int:
    return int.from_bytes(term[:WORD].ljust(WORD, b"\0"), "big")
