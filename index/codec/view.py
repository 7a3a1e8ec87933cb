"""All segments of a collection as one: a term in, its postings over all documents out, as arrays.

Documents are numbered through, segment after segment. Lists are views of the mapped files, segment by segment; what is
asked for as one array is joined where there are several segments.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.codec import loops
from index.codec.arrays import Array, release
from index.codec.codec import STORED, ArraySegment, SegmentFields
from index.codec.dictionary import first_letters
from index.codec.documents import StoredDocuments
from index.codec.merged_terms import merged_ranks
from index.codec.near import near
from index.codec.postings import NO_POSTINGS, FieldPostings, Postings

T = TypeVar("T")

_JOKER = re.compile(r"[*?]|\[.*\]", re.DOTALL)
"""What stands for other letters in a pattern of `fnmatch`; between them are pieces that stand for themselves."""

_REMEMBERED = 1 << 12
"""Of so many terms it is remembered where they stand: those of a query are asked for again for what is shown."""

_TERMS = 256
"""Of so many terms the lists are kept, as views of the mapped files: those of a query are asked for hits, too."""


AT_ONCE = 1 << 12
"""Who reads many documents, and none twice soon, lets go of them after so many: each may bring 64 KB of a file."""


class IndexView:
    """The postings of a collection. `size` counts deleted documents, too; `live` tells them apart, None for all.

    Safe to use from several threads: nothing of it changes.
    """

    def __init__(self, folder: Path, segments: Iterable[ArraySegment]) -> None:
        self._segments = list(segments)
        self._fields = [SegmentFields(folder, segment.segment_id()) for segment in self._segments]
        self._stored = [StoredDocuments(folder / segment.make_filename(STORED)) for segment in self._segments]
        self._firsts = np.cumsum([0, *(segment.doc_count_all() for segment in self._segments)])
        self.size = int(self._firsts[-1])
        self._find = lru_cache(_REMEMBERED)(self._look_up)
        self.lists: Callable[[str, str], loops.Lists] = lru_cache(_TERMS)(self._lists_of)
        """A term's postings in lists, which is cheaper than in one: views of the mapped files. Not to be changed.

        Deleted documents are among them.
        """

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """By document, whether it is not deleted; None where none is."""
        if not any(segment.has_deletions() for segment in self._segments):
            return None
        live = np.ones(self.size, bool)
        for first, segment in zip(self._firsts, self._segments, strict=False):
            live[[int(first) + number for number in segment.deleted_docs()]] = False
        return live

    def stored(self, document: int) -> dict[str, Any]:
        """What every hit shows of a document. Raises ValueError where it cannot be read."""
        at, number = self._place(document)
        return self._stored[at][number]

    def let_go(self) -> None:
        """Let go of what was read of stored documents and their details."""
        for stored in self._stored:
            release(stored.arrays["stored"])

    def details(self, document: int) -> dict[str, Any]:
        """What only a document's own page needs. Raises ValueError where it cannot be read."""
        at, number = self._place(document)
        return self._stored[at].details(number)

    def _place(self, document: int) -> tuple[int, int]:
        at = int(np.searchsorted(self._firsts, document, side="right")) - 1
        return at, document - int(self._firsts[at])

    def find(self, field: str, term: str) -> int | None:
        """The number of the document that has a term, the last one that is not deleted; None where there is none."""
        documents = self.postings(field, term).documents
        left = documents if self.live is None else documents[self.live[documents]]
        return int(left[-1]) if len(left) else None

    def postings(self, field: str, term: str) -> Postings:
        """The documents of a term, ascending (u2 or i4), and its frequency in each; deleted ones are among them."""
        return _joined([(first, opened.postings(number)) for first, opened, number in self._find(field, term)])

    def frequencies(self, terms: Iterable[tuple[str, str]], documents: NDArray[np.intp]) -> NDArray[np.int64]:
        """How often each of some documents has these terms of fields, added up; what others have is not read."""
        added = np.zeros(len(documents), np.int64)
        for field, term in terms:
            loops.count_in(self.lists(field, term), documents, added)
        return added

    def _lists_of(self, field: str, term: str) -> loops.Lists:
        return [
            (first, documents, frequencies)
            for first, opened, number in self._find(field, term)
            for documents, frequencies in opened.lists(number)
        ]

    def position_lists(self, field: str, term: str) -> list[tuple[Postings, Array]]:
        """A term's postings in lists as `lists` gives, but over all segments, each with its positions, document after
        document."""
        by_segment = [(first, opened.position_lists(number)) for first, opened, number in self._find(field, term)]
        return [
            (
                _joined([(first, postings) for first, (postings, _) in some]),
                some[0][1][1] if len(some) == 1 else np.concatenate([positions for _, (_, positions) in some]),
            )
            for some in _side_by_side(by_segment)
        ]

    def document_frequency(self, field: str, term: str) -> int:
        """In how many documents a term stands."""
        return sum(opened.document_frequency(number) for _, opened, number in self._find(field, term))

    def lengths(self, field: str) -> Array:
        """By document, how many terms it has in a field of text."""
        known = self._lengths.get(field)
        if known is None:
            by_segment = [np.zeros(0, np.uint8)]
            for segment, fields in zip(self._segments, self._fields, strict=True):
                opened = fields.get(field)
                there = None if opened is None else opened.lengths
                by_segment.append(np.zeros(segment.doc_count_all(), np.uint8) if there is None else there)
            known = by_segment[1] if len(by_segment) == 2 else np.concatenate(by_segment)
            self._lengths[field] = known
        return known

    @cached_property
    def _lengths(self) -> dict[str, Array]:
        return {}

    def terms(self, field: str) -> list[str]:
        """The terms of a field, in the order of their bytes."""
        by_segment = [opened.terms for opened in self._opened(field)]
        if len(by_segment) == 1:
            return [term.decode() for term in by_segment[0]]
        return [term.decode() for term in sorted(set().union(*by_segment))]

    def starting_with(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin with a prefix."""
        found: set[bytes] = set()
        for opened in self._opened(field):
            found.update(opened.terms[number] for number in opened.terms.starting_with(_bytes(prefix)))
        return [term.decode() for term in sorted(found)]

    def like(self, field: str, pattern: str) -> list[str]:
        """The terms of a field that a pattern stands for, in the order of their bytes: `*` is any letters, `?` one.

        Those are looked at that begin as it does and have the longest piece of it in them.
        """
        pieces = _JOKER.split(pattern)
        longest, fits = _bytes(max(pieces, key=len)), re.compile(translate(pattern)).match
        found: set[str] = set()
        for opened in self._opened(field):
            numbers = opened.terms.having(longest, opened.terms.starting_with(_bytes(pieces[0])))
            found.update(term for number in numbers if fits(term := opened.terms[number].decode()))
        return sorted(found, key=str.encode)

    def near(self, field: str, word: str, edits: int, same: int) -> list[str]:
        """The terms of a field within so many typing errors of a word, whose first letters (`same`) are right, in the
        order of their bytes. An error is a letter wrong, missing, too many, or swapped with the next.
        """
        found: set[str] = set()
        for opened in self._opened(field):
            some = opened.terms.starting_with(_bytes(word[:same]))
            numbers = near(word, edits, *opened.terms.letters(some))
            found.update(opened.terms[some.start + number].decode() for number in numbers)
        return sorted(found, key=str.encode)

    def pairs(self, field: str) -> tuple[list[str], Array, NDArray[np.int32]]:
        """A field of values whole: its terms, and pairs of the number of a term (i8) and a document (i4)."""
        return self.terms(field), *self.codes(field)

    def codes(self, field: str) -> tuple[Array, NDArray[np.int32]]:
        """The same without the terms."""
        there = [
            (first, opened)
            for first, fields in zip(self._firsts, self._fields, strict=False)
            if (opened := fields.get(field))
        ]
        if not there:
            return np.zeros(0, np.int64), np.zeros(0, np.int32)
        by_segment = merged_ranks([opened.terms for _, opened in there])
        ranks_of = [
            np.repeat(ranks, np.diff(opened.own.ends)) for ranks, (_, opened) in zip(by_segment, there, strict=True)
        ]
        documents = [opened.own.documents.astype(np.int32) + np.int32(first) for first, opened in there]
        codes, found = np.concatenate(ranks_of), np.concatenate(documents)
        if self.live is not None:
            kept = self.live[found]
            return codes[kept], found[kept]
        return codes, found

    def pairs_behind(
        self, field: str, prefix: str, wanted: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
        """The pairs of those terms of a field that begin with a prefix: of each term the eight letters behind it as one
        number, in the order of the terms, and the document; of the documents that are wanted (by document), or of all.
        """
        if self.live is not None:
            wanted = self.live if wanted is None else self.live & wanted
        keys, found = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)]
        for first, fields in zip(self._firsts.tolist(), self._fields, strict=False):
            if opened := fields.get(field):
                numbers = opened.terms.starting_with(_bytes(prefix))
                ends = opened.own.ends[numbers.start : numbers.stop + 1].astype(np.int64)
                letters, lengths = opened.terms.letters()
                starts = np.cumsum(lengths) - lengths + len(prefix)
                some = slice(numbers.start, numbers.stop)
                theirs = np.repeat(first_letters(letters, starts[some], lengths[some] - len(prefix)), np.diff(ends))
                documents = opened.own.documents[ends[0] : ends[-1]].astype(np.int32) + np.int32(first)
                release(opened.own.documents)  # all are gone through, one prefix after another
                kept = slice(None) if wanted is None else wanted[documents]
                keys.append(theirs[kept])
                found.append(documents[kept])
        return np.concatenate(keys), np.concatenate(found)

    def _opened(self, field: str) -> Iterator[FieldPostings]:
        return (opened for fields in self._fields if (opened := fields.get(field)))

    def _look_up(self, field: str, term: str) -> tuple[tuple[int, FieldPostings, int], ...]:
        """The segments with a term: the number of its first document, its field, the number of the term."""
        encoded = _bytes(term)
        opened = (
            (first, fields.get(field)) for first, fields in zip(self._firsts.tolist(), self._fields, strict=False)
        )
        numbered = [(first, there, there.terms.find(encoded)) for first, there in opened if there is not None]
        return tuple(found for found in numbered if found[2] >= 0)


def _bytes(asked: str) -> bytes:
    """What is asked for as terms are kept; half of a character, which no text can hold, is in no term."""
    return asked.encode("utf-8", "surrogatepass")


def _side_by_side(by_segment: list[tuple[int, list[T]]]) -> Iterator[list[tuple[int, T]]]:
    """The first lists of all segments, then the second ones, each with the number of its segment's first document."""
    for at in range(max((len(lists) for _, lists in by_segment), default=0)):
        yield [(first, lists[at]) for first, lists in by_segment if at < len(lists)]


def _joined(found: list[tuple[int, Postings]]) -> Postings:
    if not found:
        return NO_POSTINGS
    if len(found) == 1 and not found[0][0]:
        return found[0][1]
    documents = np.empty(sum(len(postings.documents) for _, postings in found), np.intp)
    end = 0
    for first, postings in found:
        start, end = end, end + len(postings.documents)
        np.add(postings.documents, first, out=documents[start:end], dtype=np.intp)
    return Postings(documents, np.concatenate([postings.frequencies for _, postings in found]))
