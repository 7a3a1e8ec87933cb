"""Phrases on arrays: the positions of some words in, the records that have them in a row out, and how often.

A record has a phrase as often as there are distinct pairs of a first and a last position with the words between them
in their order, each at most `slop` positions behind the one before, as in Whoosh's `SpanNear2`.
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.codec import Postings, ranges
from search.sets import Numbers, distinct, holds, in_both, union

Words = Sequence[Sequence[tuple[Postings, NDArray[Any]]]]
"""For each word of a phrase its lists of postings, each with the positions, record after record."""

_Keys = NDArray[np.int64]

_MOST_AT_ONCE = 1 << 20
"""About so many spans are lengthened at once."""

_BITS = 16
"""A span is its first place, and in so many bits how far behind it the last one is: a text has no more positions."""


def phrase_counts(words: Words, slop: int) -> tuple[Numbers, NDArray[np.int64]]:
    """The records that have the phrase, and how many spans of each hold it."""
    distinct = {id(lists): lists for lists in words}  # a phrase may say a word again and again
    common = _common([_records(lists) for lists in distinct.values()])
    if not len(common):
        return common, np.zeros(0, np.int64)
    chosen = {key: _positions_in(common, lists) for key, lists in distinct.items()}
    # A position's key is told from those of the next record's by more than any slop.
    stride = 1 + slop + max(int(positions.max()) for _, positions in chosen.values())
    ordered = {key: np.sort(ranks * stride + positions, kind="stable") for key, (ranks, positions) in chosen.items()}
    keys = [ordered[id(lists)] for lists in words]
    spans = keys[0] << _BITS
    for following in keys[1:]:
        spans = _followed(spans, following, slop)
    counts = np.bincount((spans >> _BITS) // stride, minlength=len(common))
    found = np.flatnonzero(counts)
    return common[found], counts[found]


def _common(sets: Sequence[Numbers]) -> Numbers:
    ordered = sorted(sets, key=len)
    return reduce(lambda numbers, other: in_both(other, numbers), ordered[1:], ordered[0])


def _records(lists: Sequence[tuple[Postings, NDArray[Any]]]) -> Numbers:
    return union([postings.documents for postings, _ in lists])


def _positions_in(common: Numbers, lists: Sequence[tuple[Postings, NDArray[Any]]]) -> tuple[_Keys, _Keys]:
    """A word's positions in some records, list after list, and beside each the rank of its record among them."""
    ranks, found = [], []
    for postings, positions in lists:
        records = np.asarray(postings.documents, np.intp)
        chosen = np.flatnonzero(holds(common, records))
        counts = postings.frequencies[chosen].astype(np.int64)
        starts = (np.cumsum(postings.frequencies, dtype=np.int64) - postings.frequencies)[chosen]
        at = ranges(starts, counts)
        ranks.append(np.repeat(np.searchsorted(common, records[chosen]), counts))
        found.append(positions[at].astype(np.int64))
    return np.concatenate(ranks), np.concatenate(found)


def _followed(spans: _Keys, following: _Keys, slop: int) -> _Keys:
    """The spans, ascending, lengthened by each place of the following word that is near enough behind their last; each
    once."""
    firsts = spans >> _BITS
    lasts = firsts + (spans & ((1 << _BITS) - 1))
    lows, highs = (following.searchsorted(lasts + far, side="right") for far in (0, slop))
    counts = highs - lows
    longer = [np.zeros(0, np.int64)]
    start, ends = 0, np.cumsum(counts)
    while start < len(spans):
        behind = int(ends.searchsorted(ends[start] - counts[start] + _MOST_AT_ONCE, side="right"))
        # Spans that begin together may become the same: they are lengthened together.
        behind = int(firsts.searchsorted(firsts[max(behind - 1, start)], side="right"))
        some = slice(start, behind)
        begin = np.repeat(firsts[some], counts[some])
        longer.append(distinct(begin << _BITS | following[ranges(lows[some], counts[some])] - begin))
        start = behind
    return np.concatenate(longer)
