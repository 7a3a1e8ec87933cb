"""The dictionaries of several segments in, their terms in one order out, as arrays: no term becomes an object.

Terms are compared eight bytes at a time, as numbers; those that are still alike, by the next eight (a radix sort from
the front: Sedgewick & Wayne, Algorithms, 2011, section 5.1).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ranges
from index.codec.dictionary import WORD, TermDictionary, arrays_of_letters, first_letters

Ints = NDArray[np.int64]


class Terms(NamedTuple):
    """Terms one behind another: their bytes (u1), and how many each has."""

    letters: Array
    lengths: Ints

    def some(self, chosen: Ints) -> "Terms":
        """The terms with these numbers."""
        starts = (np.cumsum(self.lengths) - self.lengths).take(chosen)
        lengths = self.lengths.take(chosen)
        return Terms(self.letters.take(ranges(starts, lengths)), lengths)

    def arrays(self) -> dict[str, Array]:
        """The arrays of a `TermDictionary` of them, where they are in order."""
        return arrays_of_letters(self.letters, self.lengths)


def merged_terms(by_source: Sequence[TermDictionary | None]) -> tuple[Terms, list[Ints]]:
    """The different terms of all sources in the order of their bytes, and the ranks of each source's own among them."""
    own = [_terms_of(source) for source in by_source]
    together = _together(own)
    ranks = ranks_of(together)
    one_of = np.zeros(ranks.max(initial=-1) + 1, np.int64)
    one_of[ranks] = np.arange(len(ranks))
    return together.some(one_of), _parts(ranks, own)


def merged_ranks(by_source: Sequence[TermDictionary | None]) -> list[Ints]:
    """The same ranks alone, which needs half the memory."""
    own = [_terms_of(source) for source in by_source]
    return _parts(ranks_of(_together(own)), own)


def _together(some: Sequence[Terms]) -> Terms:
    return Terms(*(np.concatenate(columns) for columns in zip(*some, strict=True)))


def _parts(ranks: Ints, some: Sequence[Terms]) -> list[Ints]:
    return np.split(ranks, np.cumsum([len(terms.lengths) for terms in some])[:-1])


def _terms_of(source: TermDictionary | None) -> Terms:
    if source is None:
        return Terms(np.zeros(0, np.uint8), np.zeros(0, np.int64))
    return Terms(*source.letters())


def ranks_of(terms: Terms) -> Ints:
    """The rank of each term among the different ones."""
    lengths = terms.lengths
    starts = np.cumsum(lengths) - lengths
    ranks: Ints = np.unique(first_letters(terms.letters, starts, lengths), return_inverse=True)[1]
    at, alike = WORD, np.arange(len(ranks))
    while len(alike := alike[(lengths.take(alike) > at) & (np.bincount(ranks).take(ranks.take(alike)) > 1)]):
        together = _beside(ranks)
        letters = first_letters(terms.letters, starts.take(alike) + at, lengths.take(alike) - at)
        ranks = _parted(ranks, alike, letters >> np.uint64(8 * (WORD - together)), 8 * together)
        at += together
    if not terms.letters.all():  # a byte 0 is none: the shorter one comes first
        ranks = _parted(ranks, np.arange(len(ranks)), lengths, 8 * _beside(ranks))
    is_used = np.bincount(ranks) > 0
    return (np.cumsum(is_used) - 1)[ranks]


def _beside(ranks: Ints) -> int:
    """How many bytes make one number with any of these ranks, which leave gaps and so may be more than the terms."""
    return WORD - -(-int(ranks.max()).bit_length() // 8)


def _parted(ranks: Ints, some: Ints, keys: Array, bits: int) -> Ints:
    """New ranks where some terms with equal ones come apart by their keys, which have so many bits; the others come
    before them.
    """
    both = ranks.take(some).astype(np.uint64) << np.uint64(bits) | keys.astype(np.uint64)
    order = np.argsort(both, kind="stable")  # each source's terms are in order: long runs to merge
    both = both.take(order)
    theirs = (both >> np.uint64(bits)).astype(np.int64)
    is_new = np.ones(len(order), bool)
    np.not_equal(both[1:], both[:-1], out=is_new[1:])
    more = np.bincount(theirs[is_new], minlength=ranks.max() + 1)
    moved = ranks + (np.cumsum(more) - more).take(ranks)
    moved[some.take(order)] = theirs + np.cumsum(is_new)
    return moved
