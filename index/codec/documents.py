"""What a segment keeps of each document as it is, compressed one by one: what every hit shows, and what its page adds.

In: values that JSON can write. Out: the same, by document number.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.codec.arrays import Array, ends_of, open_arrays

_LEVEL = 6

PARTS = ("stored", "details")
"""The parts of a document: each has an array of bytes, and one of where those of a document end."""


class Stored(NamedTuple):
    """A document's values: those that every hit shows, and those that only its own page needs."""

    stored: Mapping[str, Any]
    details: Mapping[str, Any]


def stored_arrays(documents: Sequence[Stored]) -> dict[str, Array]:
    """The arrays for documents, in the order of their numbers."""
    arrays: dict[str, Array] = {}
    for part in PARTS:
        packed = [_pack(getattr(document, part)) for document in documents]
        arrays[part] = np.frombuffer(b"".join(packed), np.uint8)
        arrays[f"{part}_ends"] = ends_of(np.fromiter(map(len, packed), np.int64, len(packed)))
    return arrays


class StoredDocuments:
    """A segment's documents, mapped. Raises ValueError where the file is damaged."""

    def __init__(self, path: Path) -> None:
        self.arrays = open_arrays(path)
        for part in PARTS:
            ends = self.arrays.get(f"{part}_ends")
            if ends is None or part not in self.arrays or ends[-1] != len(self.arrays[part]):
                raise ValueError(f"{path.name}: its arrays do not fit together")

    def __len__(self) -> int:
        return len(self.arrays["stored_ends"]) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        """What every hit shows of a document. Raises ValueError where it cannot be read."""
        return self._unpack("stored", number)

    def details(self, number: int) -> dict[str, Any]:
        """What a document's own page needs besides. Raises ValueError where it cannot be read."""
        return self._unpack("details", number)

    def _unpack(self, part: str, number: int) -> dict[str, Any]:
        start, end = self.arrays[f"{part}_ends"][number : number + 2]
        if start == end:
            return {}
        try:
            values: dict[str, Any] = json.loads(zlib.decompress(self.arrays[part][start:end].data))
        except zlib.error as error:
            raise ValueError(f"document {number} ({part}) cannot be read ({error})") from None
        return values


def _pack(values: Mapping[str, Any]) -> bytes:
    if not values:
        return b""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)
