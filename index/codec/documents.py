"""What a segment keeps of each document as it is, compressed one by one: what every hit shows, and what its page adds.

In: values that JSON can write. Out: the same, by document number.

Documents that are written together are a run. A run has preset dictionaries (RFC 1950, section 2.2), made of samples
of its own documents: so a document can be read by itself and still profits from what the others say. A merge copies
documents as they are, with the dictionaries of their runs.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.codec.arrays import Array, created_arrays, ends_of, open_arrays, release

_LEVEL = 2  # half the time of level 5, a twelfth more bytes
_MOST_OF_DICTIONARY = 1 << 15  # as far as deflate looks back
_LEAST_PER_DICTIONARY = 64  # what a dictionary serves is so many times as long, before it is compressed

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # `json.dumps` makes one for each document

PARTS = ("stored", "details")
"""The parts of a document. Each has four arrays: the bytes of all documents, where those of each end, the bytes of all
runs' dictionaries, and where those of each end. `run_ends`, where the documents of each run end, is for both."""


class Stored(NamedTuple):
    """A document's values: those that every hit shows, and those that only its own page needs."""

    stored: Mapping[str, Any]
    details: Mapping[str, Any]


def stored_arrays(documents: Sequence[Stored]) -> dict[str, Array]:
    """The arrays for documents that are one run, in the order of their numbers."""
    arrays: dict[str, Array] = {"run_ends": ends_of(np.array([len(documents)]))}
    for part in PARTS:
        values = [_json(getattr(document, part)) for document in documents]
        dictionary = _dictionary(values)
        arrays |= joined_arrays(part, _packed(values, dictionary))
        arrays |= joined_arrays(f"{part}_dictionary", [dictionary])
    return arrays


def joined_arrays(name: str, pieces: Sequence[bytes]) -> dict[str, Array]:
    """Pieces of bytes one behind another, and where each ends."""
    ends = ends_of(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    return {name: np.frombuffer(b"".join(pieces), np.uint8), f"{name}_ends": ends}


class StoredDocuments:
    """A segment's documents, mapped. Raises ValueError where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self.arrays = open_arrays(path)
        self.run_ends = self.arrays.get("run_ends", np.zeros(1, np.uint8))
        for part in PARTS:
            sizes = {part: len(self), f"{part}_dictionary": len(self.run_ends) - 1}
            for name, size in sizes.items():
                ends, pieces = self.arrays.get(f"{name}_ends"), self.arrays.get(name)
                if ends is None or pieces is None or len(ends) != size + 1 or ends[-1] != len(pieces):
                    raise ValueError(f"{path.name}: its arrays do not fit together")

    def __len__(self) -> int:
        return int(self.run_ends[-1])

    def __getitem__(self, number: int) -> dict[str, Any]:
        """What every hit shows of a document. Raises ValueError where it cannot be read."""
        return self._unpack("stored", number)

    def details(self, number: int) -> dict[str, Any]:
        """What a document's own page needs besides. Raises ValueError where it cannot be read."""
        return self._unpack("details", number)

    def _unpack(self, part: str, number: int) -> dict[str, Any]:
        packed = self._piece(part, number)
        if not packed:
            return {}
        run = int(np.searchsorted(self.run_ends, number, side="right")) - 1
        reader = zlib.decompressobj(zdict=self._piece(f"{part}_dictionary", run))
        try:
            values: dict[str, Any] = json.loads(reader.decompress(packed))
        except zlib.error as error:
            raise ValueError(f"document {number} ({part}) cannot be read ({error})") from None
        return values

    def _piece(self, name: str, number: int) -> memoryview:
        start, end = self.arrays[f"{name}_ends"][number : number + 2]
        return self.arrays[name][start:end].data


def _json(values: Mapping[str, Any]) -> bytes:
    return _encode(values).encode() if values else b""


def _dictionary(values: Sequence[bytes]) -> bytes:
    """Some of the values, evenly spread."""
    whole = sum(map(len, values))
    size = min(_MOST_OF_DICTIONARY, whole // _LEAST_PER_DICTIONARY)
    return b"".join(values[:: whole // size])[:size] if size else b""


def _packed(values: Sequence[bytes], dictionary: bytes) -> list[bytes]:
    fresh = zlib.compressobj(_LEVEL, zdict=dictionary)

    def packed(value: bytes) -> bytes:
        packer = fresh.copy()
        return packer.compress(value) + packer.flush()

    return [packed(value) if value else b"" for value in values]


def merge_documents(path: Path, sources: Sequence[StoredDocuments], deleted: Sequence[Sequence[int]]) -> None:
    """Write the documents of several segments that are left as those of one; `deleted` are ascending, by source."""
    by_run = [_left_by_run(source.run_ends, gone) for source, gone in zip(sources, deleted, strict=True)]
    sizes: dict[str, Array] = {"run": np.concatenate([left[left > 0] for left in by_run])}
    stretches: dict[str, list[Array]] = {}
    for part in PARTS:
        without = {part: deleted, f"{part}_dictionary": [np.flatnonzero(left == 0).tolist() for left in by_run]}
        for name, by_source in without.items():
            stretches[name], pieces = [], []
            for source, gone in zip(sources, by_source, strict=True):
                ends = source.arrays[f"{name}_ends"]
                pieces.append(np.delete(np.diff(ends), gone))
                stretches[name] += [source.arrays[name][ends[a] : ends[b]] for a, b in _between(gone, len(ends) - 1)]
            sizes[name] = np.concatenate(pieces)
    whole = {f"{name}_ends": ends_of(counts) for name, counts in sizes.items()}
    layout = {name: (ends.dtype, len(ends)) for name, ends in whole.items()}
    layout |= {name: (np.dtype(np.uint8), sum(map(len, some))) for name, some in stretches.items()}
    with created_arrays(path, layout) as arrays:
        for name, ends in whole.items():
            arrays[name][:] = ends
        for name, some in stretches.items():
            place = 0
            for piece in some:
                arrays[name][place : place + len(piece)] = piece
                place += len(piece)
                release(piece, arrays[name])  # what is done with must not add up to the size of the index


def _left_by_run(run_ends: Array, deleted: Sequence[int]) -> Array:
    """How many documents of each run are not deleted."""
    gone = np.searchsorted(np.array(deleted, np.int64), run_ends)
    return np.diff(run_ends.astype(np.int64) - gone)


def _between(deleted: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """The stretches of `size` numbers between those that are deleted."""
    start = 0
    for number in (*deleted, size):
        if start < number:
            yield start, number
        start = number + 1
