"""The postings of one field of a segment: which documents have a term, how often, at which positions.

For each term its documents stand in a row (ascending), its frequencies beside them, and its positions document after
document, as many as the frequencies say. A field whose terms stand once in each document has no frequencies, and one
without phrases no positions. What a term has beside its own lists are those of its members, terms of another field
(see `index.codec.unions`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.codec.arrays import MOST_DOCUMENTS, Array, open_arrays
from index.codec.dictionary import TermDictionary


class Postings(NamedTuple):
    """The documents of one term (u2, or i4 over several segments, ascending) and how often it stands in each."""

    documents: Array
    frequencies: Array


class Lists(NamedTuple):
    """The lists of all terms of a field, one behind another, and where those of each term end."""

    ends: Array
    documents: Array
    frequencies: Array | None
    position_ends: Array | None
    positions: Array | None


NO_POSTINGS = Postings(np.zeros(0, np.uint16), np.zeros(0, np.uint8))
_ONES = np.ones(1, np.uint8)

_FEW = 1 << 12
"""So many postings are put in order sooner than counted by document."""


class FieldPostings:
    """One field's file, mapped; `other` is the field of its terms' members. Raises ValueError where it is damaged.

    `own` holds the lists that are the field's own.
    """

    def __init__(self, path: Path, other: "FieldPostings | None" = None) -> None:
        arrays = open_arrays(path)
        try:
            self.terms = TermDictionary(arrays)
            self.own = Lists(
                arrays["posting_ends"],
                arrays["documents"],
                arrays.get("frequencies"),
                arrays.get("position_ends"),
                arrays.get("positions"),
            )
        except KeyError as error:
            raise ValueError(f"{path.name}: {error.args[0]} is missing") from None
        self.lengths = arrays.get("lengths")
        """How many terms each document has in the field; None where nobody needs it."""
        self.other, self.members, self.member_ends = other, arrays.get("members"), arrays.get("member_ends")
        if self.members is not None and (other is None or not _fit(self.member_ends, self.terms, self.members)):
            raise ValueError(f"{path.name}: the field of its terms' members is missing")
        if not _fit(self.own.ends, self.terms, self.own.documents):
            raise ValueError(f"{path.name}: its arrays do not fit together")

    @property
    def has_positions(self) -> bool:
        """Whether the field knows at which positions its terms stand."""
        return self.own.positions is not None

    def lists(self, number: int) -> list[Postings]:
        """The postings of a term, by its number, in one or several lists: views of the mapped files.

        A document may be in several; its frequencies then add up.
        """
        lists = [field._own_postings(at) for field, at in self._holders(number)]
        return [postings for postings in lists if len(postings.documents)]

    def postings(self, number: int) -> Postings:
        """The postings of a term, by its number."""
        return _added(self.lists(number))

    def position_lists(self, number: int) -> list[tuple[Postings, Array]]:
        """The same lists as `lists` gives, each with its positions, document after document.

        Raises ValueError where the field has none.
        """
        if not self.has_positions:
            raise ValueError("this field has no positions")
        lists = [(field._own_postings(at), field._own_positions(at)) for field, at in self._holders(number)]
        return [(postings, positions) for postings, positions in lists if len(positions)]

    def positions_of(self, number: int) -> Array:
        """The positions of a term, document after document. Raises ValueError where the field has none."""
        lists = self.position_lists(number)
        return lists[0][1] if len(lists) == 1 else _in_order(lists)

    def document_frequency(self, number: int) -> int:
        """In how many documents a term stands."""
        lists = self.lists(number)
        if len(lists) < 2:
            return len(lists[0].documents) if lists else 0
        having = np.zeros(MOST_DOCUMENTS, bool)
        for postings in lists:
            having[postings.documents] = True
        return int(np.count_nonzero(having))

    def _holders(self, number: int) -> "list[tuple[FieldPostings, int]]":
        """The fields with lists of a term, each with the number of the list there."""
        if self.members is None or self.member_ends is None or self.other is None:
            return [(self, number)]
        members = self.members[int(self.member_ends[number]) : int(self.member_ends[number + 1])].tolist()
        return [(self, number), *((self.other, member) for member in members)]

    def _own_postings(self, number: int) -> Postings:
        start, end = int(self.own.ends[number]), int(self.own.ends[number + 1])
        many = self.own.frequencies
        return Postings(
            self.own.documents[start:end], np.broadcast_to(_ONES, end - start) if many is None else many[start:end]
        )

    def _own_positions(self, number: int) -> Array:
        ends, positions = self.own.position_ends, self.own.positions
        assert ends is not None
        assert positions is not None
        return positions[int(ends[number]) : int(ends[number + 1])]


def _fit(ends: Array | None, terms: TermDictionary, lists: Array) -> bool:
    return ends is not None and len(ends) == len(terms) + 1 and ends[-1] == len(lists)


def _added(lists: Sequence[Postings]) -> Postings:
    """One list of several; the frequencies of a document added up."""
    if len(lists) < 2:
        return lists[0] if lists else NO_POSTINGS
    if sum(len(postings.documents) for postings in lists) > _FEW:
        counts = np.zeros(MOST_DOCUMENTS, np.uint32)
        for postings in lists:
            counts[postings.documents] += postings.frequencies
        documents = np.flatnonzero(counts)
        return Postings(documents.astype(np.uint16), counts[documents])
    documents = np.concatenate([postings.documents for postings in lists])
    order = documents.argsort(kind="stable")
    documents = documents[order]
    starts = np.flatnonzero(np.concatenate(([True], documents[1:] != documents[:-1])))
    frequencies = np.concatenate([postings.frequencies for postings in lists])[order]
    return Postings(documents[starts], np.add.reduceat(frequencies, starts, dtype=np.uint32))


def _in_order(lists: Sequence[tuple[Postings, Array]]) -> Array:
    """The positions of several lists as those of one, document after document."""
    if not lists:
        return np.zeros(0, np.uint16)
    keys = np.concatenate(
        [
            np.repeat(postings.documents.astype(np.uint64) << np.uint64(32), postings.frequencies) | positions
            for postings, positions in lists
        ]
    )
    keys.sort()
    return keys.astype(np.uint32)
