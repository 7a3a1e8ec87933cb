"""The postings of one field of a segment: which documents have a term, how often, at which positions.

For each term its documents stand in a row (ascending), its frequencies beside them, and its positions document after
document, as many as the frequencies say. A field whose terms stand once in each document has no frequencies, and one
without phrases no positions. A field may share lists with another one (see `index.codec.sharing`).
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.codec.arrays import Array, open_arrays
from index.codec.dictionary import TermDictionary
from index.codec.sharing import NOT_SHARED


class Postings(NamedTuple):
    """The documents of one term (u2 or i4, ascending) and how often it stands in each (u1, u2 or u4)."""

    documents: Array
    frequencies: Array


NO_POSTINGS = Postings(np.zeros(0, np.int32), np.zeros(0, np.uint8))
_ONES = np.ones(1, np.uint8)


class FieldPostings:
    """One field's file, mapped; `other` is the field that it shares lists with. Raises ValueError where it is damaged.

    `documents`, `frequencies` and `positions` hold the lists that are the field's own.
    """

    def __init__(self, path: Path, other: "FieldPostings | None" = None) -> None:
        arrays = open_arrays(path)
        try:
            self.terms = TermDictionary(arrays["letters"], arrays["letter_ends"])
            self.ends = arrays["posting_ends"]
            self.documents = arrays["documents"]
        except KeyError as error:
            raise ValueError(f"{path.name}: {error.args[0]} is missing") from None
        self.frequencies = arrays.get("frequencies")
        self.positions = arrays.get("positions")
        self.position_ends = arrays.get("position_ends")
        self.lengths = arrays.get("lengths")
        """How many terms each document has in the field; None where nobody needs it."""
        self.other, self.shared = other, arrays.get("shared")
        if self.shared is not None and (other is None or len(self.shared) != len(self.terms)):
            raise ValueError(f"{path.name}: the field that it shares postings with is missing")
        if len(self.ends) != len(self.terms) + 1 or self.ends[-1] != len(self.documents):
            raise ValueError(f"{path.name}: its arrays do not fit together")

    def _holder(self, number: int) -> tuple["FieldPostings", int]:
        """The field that has the list of a term, and the number of the term there."""
        if self.shared is None or self.other is None or (there := int(self.shared[number])) == NOT_SHARED:
            return self, number
        return self.other, there

    def postings(self, number: int) -> Postings:
        """The postings of a term, by its number: views of the mapped file."""
        field, number = self._holder(number)
        start, end = int(field.ends[number]), int(field.ends[number + 1])
        if field.frequencies is None:
            return Postings(field.documents[start:end], np.broadcast_to(_ONES, end - start))
        return Postings(field.documents[start:end], field.frequencies[start:end])

    def positions_of(self, number: int) -> Array:
        """The positions of a term, document after document. Raises ValueError where the field has none."""
        field, number = self._holder(number)
        if field.positions is None or field.position_ends is None:
            raise ValueError("this field has no positions")
        return field.positions[field.position_ends[number] : field.position_ends[number + 1]]

    def document_frequency(self, number: int) -> int:
        """In how many documents a term stands."""
        field, number = self._holder(number)
        return int(field.ends[number + 1]) - int(field.ends[number])
