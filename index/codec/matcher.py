"""Whoosh's view of one term's postings: a matcher that steps from document to document over arrays.

It is the slow twin of what `search` does with the same arrays whole.
"""

from collections.abc import Iterator
from typing import Any, Self

import numpy as np
from whoosh.matching.mcore import LeafMatcher, NullMatcher, ReadTooFar
from whoosh.query.spans import Span
from whoosh.reading import TermInfo

from index.codec.arrays import Array
from index.codec.postings import Postings


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """A leaf matcher over the postings of a term; `positions` are document after document, or None."""

    def __init__(
        self, postings: Postings, positions: Array | None, info: TermInfo, format_: Any, term: Any, scorer: Any
    ) -> None:
        self._postings, self._positions, self._info = postings, positions, info
        self.format, self._term, self.scorer = format_, term, scorer
        self._at = 0
        self._starts = None if positions is None else np.cumsum(postings.frequencies, dtype=np.int64)

    def is_active(self) -> bool:
        return self._at < len(self._postings.documents)

    def id(self) -> int:
        return int(self._postings.documents[self._at])

    def weight(self) -> float:
        return float(self._postings.frequencies[self._at])

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, document: int) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at = max(self._at, int(np.searchsorted(self._postings.documents, document)))
        return True

    def all_ids(self) -> Iterator[int]:
        return iter(self._postings.documents[self._at :].tolist())

    def copy(self) -> Self:
        other = type(self)(self._postings, self._positions, self._info, self.format, self._term, self.scorer)
        other._at = self._at
        return other

    def replace(self, minquality: float = 0) -> Any:
        return self if self.is_active() else NullMatcher()

    def positions(self) -> list[int]:
        """The positions of the term in the document."""
        if self._positions is None or self._starts is None:
            raise ValueError(f"the field {self._term[0]} has no positions")
        end = int(self._starts[self._at])
        return [int(at) for at in self._positions[end - int(self._postings.frequencies[self._at]) : end]]

    def supports(self, astype: str) -> bool:
        return astype == "frequency" or (astype == "positions" and self._positions is not None)

    def value_as(self, astype: str) -> Any:
        return self.positions() if astype == "positions" else int(self.weight())

    def spans(self) -> list[Span]:
        return [Span(position) for position in self.positions()]

    def supports_block_quality(self) -> bool:
        return False

    def block_min_length(self) -> int:
        return int(self._info.min_length() or 0)

    def block_max_length(self) -> int:
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        return float(self._info.max_weight())

    def score(self) -> float:
        return float(self.scorer.score(self)) if self.scorer else self.weight()
