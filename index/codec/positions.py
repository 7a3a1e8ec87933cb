"""Positions of terms in a field's file: their low bytes as a flat array, and the few bits above them in planes.

Most texts have a few hundred words, so a position needs nine bits rather than sixteen. A plane is an array of bits,
eight to a byte, one for each position. In: positions (unsigned), of all terms in a row. Out: those of a stretch.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array

_NAME = "positions"
_MOST_PLANES = 4  # more take longer to read than they save

Layout = dict[str, tuple[np.dtype[Any], int]]


class Positions:
    """The positions of a field. A file that has no planes is read without a copy."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._low, self._planes = arrays[_NAME], _planes(arrays)
        if any(len(plane) != _bytes(len(self)) for plane in self._planes.values()):
            raise ValueError("the planes of positions do not fit together")

    def __len__(self) -> int:
        return len(self._low)

    @property
    def greatest(self) -> int:
        """The greatest position that there can be."""
        return (1 << 8 * self._low.dtype.itemsize + len(self._planes)) - 1

    def __getitem__(self, places: slice | NDArray[np.int64]) -> Array:
        """The positions of a stretch (with start and stop), or those at some places (u1, u2 or u4)."""
        low = self._low[places]
        if not self._planes:
            return low
        whole: Array = low.astype(np.uint16 if self.greatest < 1 << 16 else np.uint32)
        for bit, plane in self._planes.items():
            np.bitwise_or(whole, _bits(plane, places).astype(whole.dtype) << whole.dtype.type(bit), out=whole)
        return whole


def positions_layout(count: int, greatest: int) -> Layout:
    """The arrays for so many positions up to `greatest`, by name; each with its dtype and its length."""
    for dtype in (np.dtype(np.uint8), np.dtype(np.uint16)):
        bits = range(8 * dtype.itemsize, greatest.bit_length())
        if len(bits) <= _MOST_PLANES:
            return {_NAME: (dtype, count), **{f"{_NAME}_{bit}": (np.dtype(np.uint8), _bytes(count)) for bit in bits}}
    return {_NAME: (np.dtype(np.uint32), count)}


def put_positions(arrays: Mapping[str, Array], start: int, positions: Array) -> None:
    """Put positions into arrays of such a layout that are zero there, from the place `start` on."""
    arrays[_NAME][start : start + len(positions)] = positions.astype(arrays[_NAME].dtype)
    for bit, plane in _planes(arrays).items():
        bits = np.zeros(start % 8 + len(positions), np.uint8)
        bits[start % 8 :] = positions >> positions.dtype.type(bit) & positions.dtype.type(1)
        plane[start // 8 : _bytes(start + len(positions))] |= np.packbits(bits)


def packed_positions(positions: Array) -> dict[str, Array]:
    """The arrays for positions that are there all at once."""
    layout = positions_layout(len(positions), int(positions.max(initial=0)))
    arrays: dict[str, Array] = {name: np.zeros(length, dtype) for name, (dtype, length) in layout.items()}
    put_positions(arrays, 0, positions)
    return arrays


def _planes(arrays: Mapping[str, Array]) -> dict[int, Array]:
    """The planes by the number of their bit."""
    first = 8 * arrays[_NAME].dtype.itemsize
    return {bit: arrays[f"{_NAME}_{bit}"] for bit in range(first, first + _MOST_PLANES) if f"{_NAME}_{bit}" in arrays}


def _bytes(bits: int) -> int:
    return -(-bits // 8)


def _bits(plane: Array, places: slice | NDArray[np.int64]) -> Array:
    if isinstance(places, slice):
        skipped = places.start // 8 * 8
        unpacked = np.unpackbits(plane[places.start // 8 : _bytes(places.stop)])
        return unpacked[places.start - skipped : places.stop - skipped]
    chosen: Array = plane[places >> 3] >> (7 - (places & 7)).astype(np.uint8) & np.uint8(1)
    return chosen
