"""Occurrences of terms in, a field's postings out: the inversion of one batch of documents.

An occurrence is a term's rank in the dictionary, a document and a position. Packed into one number of 64 bits, in this
order, sorting the numbers inverts the batch (sort-based indexing: Manning, Raghavan & Schütze, Introduction to
Information Retrieval, 2008, section 4.2).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import MOST_DOCUMENTS, Array, ends_of, smallest
from index.codec.lexicon import Lexicon

_POSITION_BITS, _DOCUMENT_BITS = 24, 16
LAST_POSITION = (1 << _POSITION_BITS) - 1
"""Behind this position of an endless text all words stand at it."""

Ints = NDArray[np.int64]
Places = NDArray[np.uint64]


class Occurrences(NamedTuple):
    """Where terms stand: two arrays of one length; `terms` are the caller's numbers for them."""

    terms: Ints
    places: Places


def places_of(documents: Ints, positions: Ints) -> Places:
    """Documents and positions, each pair as one number, in that order."""
    shifted = documents.astype(np.uint64) << np.uint64(_POSITION_BITS)
    return shifted | np.minimum(positions, LAST_POSITION).astype(np.uint64)


def documents_of(places: Places) -> Ints:
    """The documents that places are in."""
    return (places >> np.uint64(_POSITION_BITS)).view(np.int64)


def positions_of(places: Places) -> Ints:
    """The positions that places are at."""
    return (places & np.uint64(LAST_POSITION)).view(np.int64)


def joined(some: Occurrences, others: Occurrences) -> Occurrences:
    """Some occurrences, and others behind them."""
    return Occurrences(np.concatenate((some.terms, others.terms)), np.concatenate((some.places, others.places)))


def invert(found: Occurrences, terms: Lexicon, size: int, *, is_text: bool, has_phrases: bool) -> dict[str, Array]:
    """The arrays of a field's file (see `index.codec.postings`) for one batch of `size` documents; none without a term.

    A term that stands at one position twice is one occurrence. A field of text has
    frequencies and lengths, one with phrases positions, too.
    """
    if not len(found.terms):
        return {}
    used, rank_of = ranked(found.terms, terms)
    keys = in_order(rank_of.take(found.terms), found.places)
    dictionary = terms.dictionary_arrays(used)
    return dictionary | lists_of(keys, len(used), size, is_text=is_text, has_phrases=has_phrases)


def ranked(found: Ints, terms: Lexicon) -> tuple[Ints, Ints]:
    """The numbers of those terms that are found, in the order of their bytes, and by number the rank of each."""
    is_used = np.zeros(len(terms), bool)
    is_used[found] = True
    used = terms.in_order(is_used)
    rank_of = np.zeros(len(terms), np.int64)
    rank_of[used] = np.arange(len(used))
    return used, rank_of


def in_order(ranks: Ints, places: Places) -> Places:
    """Occurrences as `keys_of` gives them, each once, ascending."""
    keys = keys_of(ranks, places)
    keys.sort()
    is_first = _is_first(keys)
    return keys if is_first.all() else keys[is_first]


def keys_parted(keys: Places) -> Occurrences:
    """What `keys_of` made keys of."""
    bits = np.uint64(_POSITION_BITS + _DOCUMENT_BITS)
    return Occurrences((keys >> bits).view(np.int64), keys & ((np.uint64(1) << bits) - np.uint64(1)))


def keys_of(ranks: Array, places: Places) -> Places:
    """Occurrences, each as one number that orders them: by the ranks of their terms, then by their places."""
    shifted = ranks.astype(np.uint64)
    shifted <<= np.uint64(_POSITION_BITS + _DOCUMENT_BITS)
    shifted |= places
    return shifted


def lists_of(keys: Array, terms: int, size: int, *, is_text: bool, has_phrases: bool) -> dict[str, Array]:
    """The lists of so many terms in so many documents, of their occurrences (see `keys_of`) in order."""
    of_postings = keys >> np.uint64(_POSITION_BITS)
    starts = np.flatnonzero(_is_first(of_postings))
    postings = of_postings.take(starts)
    arrays: dict[str, Array] = {
        "posting_ends": _ends(postings >> np.uint64(_DOCUMENT_BITS), terms),
        "documents": (postings & np.uint64(MOST_DOCUMENTS - 1)).astype(np.uint16),
    }
    if is_text:
        frequencies = np.diff(starts, append=len(keys))
        lengths = np.bincount((of_postings & np.uint64(MOST_DOCUMENTS - 1)).view(np.int64), minlength=size)
        arrays["frequencies"] = frequencies.astype(smallest(int(frequencies.max(initial=0))))
        arrays["lengths"] = lengths.astype(smallest(int(lengths.max(initial=0))))
    if has_phrases:
        positions = keys & np.uint64(LAST_POSITION)
        arrays["position_ends"] = _ends(keys >> np.uint64(_POSITION_BITS + _DOCUMENT_BITS), terms)
        arrays["positions"] = positions.astype(smallest(int(positions.max(initial=0))))
    return arrays


def _is_first(keys: Array) -> NDArray[np.bool_]:
    """Where sorted numbers are not the same as the one before."""
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return first


def _ends(ranks: Places, terms: int) -> Array:
    return ends_of(np.bincount(ranks.view(np.int64), minlength=terms))
