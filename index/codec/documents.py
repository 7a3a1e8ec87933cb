"""What a segment keeps of each document as it is: its stored values, compressed one by one.

In: values that JSON can write. Out: the same, by document number.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.codec.arrays import Array, ends_of, open_arrays

_LEVEL = 6


def pack(values: Mapping[str, Any]) -> bytes:
    """A document's stored values as they lie in the file."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def stored_arrays(packed: Sequence[bytes]) -> dict[str, Array]:
    """The arrays for documents' packed values, in the order of their numbers."""
    ends = ends_of(np.fromiter(map(len, packed), np.int64, len(packed)))
    return {"stored": np.frombuffer(b"".join(packed), np.uint8), "stored_ends": ends}


class StoredDocuments:
    """A segment's stored values, mapped. Raises ValueError where the file is damaged."""

    def __init__(self, path: Path) -> None:
        arrays = open_arrays(path)
        try:
            self.stored, self.ends = arrays["stored"], arrays["stored_ends"]
        except KeyError as error:
            raise ValueError(f"{path.name}: {error.args[0]} is missing") from None
        if self.ends[-1] != len(self.stored):
            raise ValueError(f"{path.name}: its arrays do not fit together")

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> dict[str, Any]:
        """A document's stored values. Raises ValueError where they cannot be read."""
        packed = self.stored[self.ends[number] : self.ends[number + 1]]
        try:
            values: dict[str, Any] = json.loads(zlib.decompress(packed.tobytes()))
        except zlib.error as error:
            raise ValueError(f"the stored values of document {number} cannot be read ({error})") from None
        return values
