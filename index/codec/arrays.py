"""Named flat arrays in one file: written once, then read through the mapped file without a copy.

    magic   8 bytes, b"FSARRAYS"
    size    4 bytes, little-endian: how long the directory is
    directory   JSON: {name: [dtype, offset, length]}, offsets in bytes from the beginning of the file
    arrays  each at a multiple of 64 bytes, little-endian

In: arrays of one dimension. Out: the same arrays, read-only. Every process that opens a file shares its pages.
"""

import json
import mmap
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"FSARRAYS"
_ALIGNMENT = 64
_DTYPES = frozenset(("|u1", "<u2", "<u4", "<u8", "<i4", "<i8", "<f8"))

MOST_DOCUMENTS = 1 << 16
"""How many documents a segment can hold: their numbers are u2."""


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays of one dimension, of one of the dtypes u1, u2, u4, u8, i4, i8, f8."""
    directory, head, size = _laid_out(path, {name: (array.dtype, len(array)) for name, array in arrays.items()})
    path.unlink(missing_ok=True)  # it may be a link to a file that is in use
    with path.open("wb") as file:
        file.write(head)
        for name, array in arrays.items():
            kind, place, _ = directory[name]
            file.seek(len(head) + place)
            file.write(np.ascontiguousarray(array, kind).data)
        file.truncate(len(head) + size)


@contextmanager
def created_arrays(path: Path, layout: Mapping[str, tuple[np.dtype[Any], int]]) -> Iterator[dict[str, Array]]:
    """Make a file of arrays whose dtypes and lengths are known, to be filled in any order while the block lasts."""
    directory, head, size = _laid_out(path, layout)
    path.unlink(missing_ok=True)  # it may be a link to a file that is in use
    with path.open("wb+") as file:
        file.write(head)
        file.truncate(len(head) + size)
        if hasattr(os, "posix_fallocate") and size:
            os.posix_fallocate(file.fileno(), 0, len(head) + size)  # a full disk is an error here, later a crash
        if not size:
            yield {name: np.zeros(0, kind) for name, (kind, _, _) in directory.items()}
            return
        yield _views(mmap.mmap(file.fileno(), len(head) + size), directory, len(head))


def _laid_out(
    path: Path, layout: Mapping[str, tuple[np.dtype[Any], int]]
) -> tuple[dict[str, tuple[str, int, int]], bytes, int]:
    """The directory of a file's arrays, all that stands before them, and how long they are together."""
    directory: dict[str, tuple[str, int, int]] = {}
    place = 0
    for name, (dtype, length) in layout.items():
        kind = np.dtype(dtype).newbyteorder("<").str
        if kind not in _DTYPES:
            raise TypeError(f"{path.name}: {name} is of dtype {kind}, which is not one of {', '.join(sorted(_DTYPES))}")
        directory[name] = (kind, place, length)
        place = _aligned(place + np.dtype(kind).itemsize * length)
    # Offsets are counted from behind the directory, since its length depends on them.
    listed = json.dumps(directory).encode()
    head = _MAGIC + struct.pack("<I", len(listed)) + listed
    return directory, head.ljust(_aligned(len(head)), b"\0"), place


def open_arrays(path: Path) -> dict[str, Array]:
    """Map the arrays of a file, read-only. Raises ValueError where it is no such file, or is not whole."""
    with path.open("rb") as file:
        head = file.read(len(_MAGIC) + 4)
        if len(head) < len(_MAGIC) + 4 or not head.startswith(_MAGIC):
            raise ValueError(f"{path.name} does not hold arrays")
        (size,) = struct.unpack("<I", head[len(_MAGIC) :])
        try:
            listed = json.loads(file.read(size)).items()
            directory = {name: (str(kind), int(at), int(length)) for name, (kind, at, length) in listed}
        except (ValueError, TypeError, AttributeError):
            raise ValueError(f"{path.name}: its directory cannot be read") from None
        start = _aligned(len(_MAGIC) + 4 + size)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    for name, (kind, at, length) in directory.items():
        end = start + at + np.dtype(kind).itemsize * length if kind in _DTYPES else -1
        if min(at, length) < 0 or at % _ALIGNMENT or not 0 <= end <= len(mapped):
            raise ValueError(f"{path.name}: it is not whole ({name})")
    return _views(mapped, directory, start)


def _views(mapped: mmap.mmap, directory: Mapping[str, tuple[str, int, int]], start: int) -> dict[str, Array]:
    return {
        name: np.frombuffer(mapped, kind, length, start + at) if length else np.zeros(0, kind)
        for name, (kind, at, length) in directory.items()
    }


def _aligned(place: int) -> int:
    return -(-place // _ALIGNMENT) * _ALIGNMENT


def release(*arrays: Array | None) -> None:
    """Give back the memory that pages of mapped arrays take in this process; they are mapped again when asked for."""
    for array in arrays:
        base: Any = array
        while isinstance(base, np.ndarray):
            base = base.base
        mapped = base.obj if isinstance(base, memoryview) else base
        if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)


def ends_of(counts: Array) -> Array:
    """Where stretches of these lengths end that stand one after another, with a 0 before (u1, u2, u4 or i8)."""
    ends = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=ends[1:])
    return ends if ends[-1] >= 1 << 32 else ends.astype(smallest(int(ends[-1])))


def ranges(starts: Array, counts: Array) -> NDArray[np.int64]:
    """The numbers from each start on, as many as its count, one after another."""
    ends = np.cumsum(counts, dtype=np.int64)
    numbers: NDArray[np.int64] = np.repeat(starts - ends + counts, counts)
    numbers += np.arange(len(numbers))
    return numbers


def smallest(greatest: int) -> np.dtype[Any]:
    """The dtype of the fewest bytes that holds counts up to `greatest`: u1, u2 or u4."""
    return np.dtype("u1" if greatest < 1 << 8 else "<u2" if greatest < 1 << 16 else "<u4")
