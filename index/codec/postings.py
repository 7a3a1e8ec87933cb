"""The postings of one field of a segment: which documents have a term, how often, at which positions.

For each term its documents stand in a row (ascending), its frequencies beside them, and its positions document after
document, as many as the frequencies say. A field whose terms stand once in each document has no frequencies, and one
without phrases no positions.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.codec.arrays import Array, open_arrays
from index.codec.dictionary import TermDictionary


class Postings(NamedTuple):
    """The documents of one term (u2 or i4, ascending) and how often it stands in each (u1, u2 or u4)."""

    documents: Array
    frequencies: Array


NO_POSTINGS = Postings(np.zeros(0, np.int32), np.zeros(0, np.uint8))
_ONES = np.ones(1, np.uint8)


class FieldPostings:
    """One field's file, mapped. Raises ValueError where the file is damaged."""

    def __init__(self, path: Path) -> None:
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
        if len(self.ends) != len(self.terms) + 1 or self.ends[-1] != len(self.documents):
            raise ValueError(f"{path.name}: its arrays do not fit together")

    def extent(self, number: int) -> tuple[int, int]:
        """Where in `documents` the postings of a term begin and end."""
        return int(self.ends[number]), int(self.ends[number + 1])

    def postings(self, number: int) -> Postings:
        """The postings of a term, by its number: views of the mapped file."""
        start, end = self.extent(number)
        if self.frequencies is None:
            return Postings(self.documents[start:end], np.broadcast_to(_ONES, end - start))
        return Postings(self.documents[start:end], self.frequencies[start:end])

    def positions_of(self, number: int) -> Array:
        """The positions of a term, document after document. Raises ValueError where the field has none."""
        if self.positions is None or self.position_ends is None:
            raise ValueError("this field has no positions")
        return self.positions[self.position_ends[number] : self.position_ends[number + 1]]

    def document_frequency(self, number: int) -> int:
        """In how many documents a term stands."""
        start, end = self.extent(number)
        return end - start
