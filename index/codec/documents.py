"""What a segment keeps of each document as it is, compressed one by one: what every hit shows, and what its page adds.

In: values that JSON can write. Out: the same, by document number.

A document is packed by Zstandard (RFC 8878) with a dictionary made of samples of others of its kind: so it can be read
by itself and still profits from what the others say. A merge copies documents as they are, with their dictionaries.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from index.codec.arrays import Array, created_arrays, ends_of, open_arrays, release, smallest
from index.codec.packing import Packer, opened, unpack

PARTS = ("stored", "details")
"""The parts of a document. Each has four arrays: the bytes of all documents, where those of each end, the bytes of all
dictionaries, and where those of each end. `dictionary`, the number of each document's dictionary, is for both."""


class Stored(NamedTuple):
    """A document's values: those that every hit shows, and those that only its own page needs."""

    stored: Mapping[str, Any]
    details: Mapping[str, Any]


_OPEN = 16
"""So many dictionaries of a segment stay open."""


class DocumentWriter:
    """Packs documents of one kind; the dictionaries that it made for some serve the next ones."""

    def __init__(self) -> None:
        self._packers = {part: Packer() for part in PARTS}

    def arrays(self, documents: Sequence[Stored]) -> dict[str, Array]:
        """The arrays for the documents of one segment, in the order of their numbers."""
        arrays: dict[str, Array] = {"dictionary": np.zeros(len(documents), np.uint8)}
        for part, packer in self._packers.items():
            values = (getattr(document, part) for document in documents)
            arrays |= _joined(part, packer.pack([orjson.dumps(value) if value else b"" for value in values]))
            arrays |= _joined(f"{part}_dictionary", [packer.dictionary])
        return arrays


def _joined(name: str, pieces: Sequence[bytes]) -> dict[str, Array]:
    """Pieces of bytes one behind another, and where each ends."""
    ends = ends_of(np.fromiter(map(len, pieces), np.int64, len(pieces)))
    return {name: np.frombuffer(b"".join(pieces), np.uint8), f"{name}_ends": ends}


class StoredDocuments:
    """A segment's documents, mapped; safe to use from several threads. Raises ValueError where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self.arrays = open_arrays(path)
        self.dictionary_of = self.arrays.get("dictionary", np.zeros(0, np.uint8))
        self._opened = lru_cache(_OPEN)(lambda part, number: opened(self.dictionary(part, number)))
        dictionaries = len(self.arrays.get("stored_dictionary_ends", ())) - 1
        for part in PARTS:
            for name, size in ((part, len(self)), (f"{part}_dictionary", dictionaries)):
                ends, pieces = self.arrays.get(f"{name}_ends"), self.arrays.get(name)
                if ends is None or pieces is None or len(ends) != size + 1 or ends[-1] != len(pieces):
                    raise ValueError(f"{path.name}: its arrays do not fit together")

    def __len__(self) -> int:
        return len(self.dictionary_of)

    def __getitem__(self, number: int) -> dict[str, Any]:
        """What every hit shows of a document. Raises ValueError where it cannot be read."""
        return self._unpack("stored", number)

    def details(self, number: int) -> dict[str, Any]:
        """What a document's own page needs besides. Raises ValueError where it cannot be read."""
        return self._unpack("details", number)

    def dictionary(self, part: str, number: int) -> bytes:
        """One of the dictionaries of a part."""
        return self._piece(f"{part}_dictionary", number).tobytes()

    def _unpack(self, part: str, number: int) -> dict[str, Any]:
        packed = self._piece(part, number)
        if not packed:
            return {}
        try:
            values: dict[str, Any] = orjson.loads(unpack(packed, self._opened(part, int(self.dictionary_of[number]))))
        except (ValueError, IndexError) as error:
            raise ValueError(f"document {number} ({part}) cannot be read ({error})") from None
        return values

    def _piece(self, name: str, number: int) -> memoryview:
        start, end = self.arrays[f"{name}_ends"][number : number + 2].tolist()
        return self.arrays[name][start:end].data


def merge_documents(path: Path, sources: Sequence[StoredDocuments], deleted: Sequence[Sequence[int]]) -> None:
    """Write the documents of several segments that are left as those of one; `deleted` are ascending, by source."""
    dictionary_of, dictionaries = _joined_dictionaries(sources, deleted)
    whole: dict[str, Array] = {"dictionary": dictionary_of}
    stretches: dict[str, list[Array]] = {}
    for number, part in enumerate(PARTS):
        whole |= _joined(f"{part}_dictionary", [pair[number] for pair in dictionaries])
        stretches[part], sizes = [], []
        for source, gone in zip(sources, deleted, strict=True):
            ends = source.arrays[f"{part}_ends"]
            sizes.append(np.delete(np.diff(ends), gone))
            stretches[part] += [source.arrays[part][ends[a] : ends[b]] for a, b in _between(gone, len(source))]
        whole[f"{part}_ends"] = ends_of(np.concatenate(sizes))
    layout = {name: (array.dtype, len(array)) for name, array in whole.items()}
    layout |= {name: (np.dtype(np.uint8), sum(map(len, some))) for name, some in stretches.items()}
    with created_arrays(path, layout) as arrays:
        for name, array in whole.items():
            arrays[name][:] = array
        for name, some in stretches.items():
            place = 0
            for piece in some:
                arrays[name][place : place + len(piece)] = piece
                place += len(piece)
                release(piece, arrays[name])  # what is done with must not add up to the size of the index


def _joined_dictionaries(
    sources: Sequence[StoredDocuments], deleted: Sequence[Sequence[int]]
) -> tuple[Array, list[tuple[bytes, ...]]]:
    """The number of each document's dictionary that is left, and the dictionaries, each once."""
    numbers: dict[tuple[bytes, ...], int] = {}
    joined = []
    for source, gone in zip(sources, deleted, strict=True):
        used, of_documents = np.unique(np.delete(source.dictionary_of, gone), return_inverse=True)
        pairs = (tuple(source.dictionary(part, number) for part in PARTS) for number in used.tolist())
        new = np.array([numbers.setdefault(pair, len(numbers)) for pair in pairs], np.int64)
        joined.append(new[of_documents])
    return np.concatenate(joined).astype(smallest(len(numbers))), list(numbers)


def _between(deleted: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """The stretches of `size` numbers between those that are deleted."""
    start = 0
    for number in (*deleted, size):
        if start < number:
            yield start, number
        start = number + 1
