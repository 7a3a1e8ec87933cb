"""Hashes in, the numbers that they were given out, many at once: a hash table with open addressing, as arrays."""

import numpy as np
from numpy.typing import NDArray

from index.german.spans import Hashes, Ints

_MIX = np.uint64(0xD6E8FEB86659FD93)
_UNKNOWN = -1
_ROOM = 2  # at least so many times as many places as entries: most are found at the first one


class Numbering:
    """Knows the number of each hash that it was told."""

    def __init__(self) -> None:
        self._bits = 16
        self._count = 0
        self._hashes: Hashes = np.zeros(1 << self._bits, np.uint64)
        self._numbers: NDArray[np.int32] = np.full(1 << self._bits, _UNKNOWN, np.int32)

    def __call__(self, hashes: Hashes) -> Ints:
        """The number of each hash, -1 where it has none."""
        places = self._places(hashes)
        numbers = self._numbers.take(places).astype(np.int64)
        left = np.flatnonzero((self._hashes.take(places) != hashes) & (numbers != _UNKNOWN))
        while len(left):
            places[left] = self._next(places[left])
            numbers[left] = self._numbers[places[left]]
            left = left[(self._hashes[places[left]] != hashes[left]) & (numbers[left] != _UNKNOWN)]
        return numbers

    def add(self, hashes: Hashes, numbers: Ints) -> None:
        """Give numbers to hashes, each of them new and different from the others."""
        self._count += len(hashes)
        if self._count * _ROOM > len(self._numbers):
            known = self._numbers != _UNKNOWN
            hashes = np.concatenate((hashes, self._hashes[known]))
            numbers = np.concatenate((numbers, self._numbers[known]))
            self._bits = (self._count * _ROOM).bit_length()
            self._hashes = np.zeros(1 << self._bits, np.uint64)
            self._numbers = np.full(1 << self._bits, _UNKNOWN, np.int32)
        places = self._places(hashes)
        while len(places):
            free = self._numbers[places] == _UNKNOWN
            self._numbers[places[free]] = numbers[free]  # of several for one place the last gets it
            self._hashes[places[free]] = hashes[free]
            left = (self._numbers[places] != numbers) | (self._hashes[places] != hashes)
            places, hashes, numbers = self._next(places[left]), hashes[left], numbers[left]

    def _places(self, hashes: Hashes) -> Ints:
        return ((hashes * _MIX) >> np.uint64(64 - self._bits)).astype(np.int64)

    def _next(self, places: Ints) -> Ints:
        return (places + 1) & ((1 << self._bits) - 1)
