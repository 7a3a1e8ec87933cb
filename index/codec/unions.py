"""Stems whose lists of postings are those of their exact forms together: kept once, with the forms.

A stem stands where its forms stand, so a list of its own would say most of it twice. In: the arrays of both fields for
the same documents (see `index.codec.postings`). Out: those of the stems with `members`, the numbers of the forms that a
stem is made of (u4, by stem), and of each stem's own list only what no member has: what several words give together,
the masculine of a form that stands elsewhere for itself.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ends_of, smallest
from index.codec.invert import Ints

Pairs = NDArray[np.int64]
"""A stem and a form, each pair as one number, in that order; ascending."""

_BITS = 32


def as_unions(arrays: Mapping[str, Array], forms: Mapping[str, Array], size: int) -> dict[str, Array]:
    """The arrays of a field of stems with `members` and `member_ends`; both fields have frequencies and positions.

    `size` is the number of documents. A form is a member of a stem that stands wherever the form does; the members of
    a stem never stand at the same place.
    """
    first_places = _first_places((arrays, forms), size)
    of_stems, of_forms = _numbers(arrays), _numbers(forms)
    form_at = np.full(int(first_places[-1]), -1, np.int32)
    form_at[_places(forms, first_places)] = of_forms
    there = form_at[_places(arrays, first_places)]
    pairs, counts = np.unique(pairs_of(of_stems, there)[there >= 0], return_counts=True)
    pairs = pairs[counts == np.diff(forms["position_ends"])[second(pairs)]]
    own = ~_are_in(pairs, of_stems, there)
    return {
        **arrays,
        **_only(arrays, own),
        "members": second(pairs).astype(np.uint32),
        "member_ends": ends_of(np.bincount(first(pairs), minlength=len(arrays["posting_ends"]) - 1)),
    }


def pairs_of(stems: Array, forms: Array) -> Pairs:
    """Numbers of stems and of forms as pairs."""
    pairs: Pairs = stems.astype(np.int64) << _BITS
    return pairs | forms


def first(pairs: Pairs) -> Ints:
    """The stems of pairs."""
    return pairs >> _BITS


def second(pairs: Pairs) -> Ints:
    """The forms of pairs."""
    return pairs & ((1 << _BITS) - 1)


def _numbers(arrays: Mapping[str, Array]) -> NDArray[np.int32]:
    """By occurrence, the number of its term."""
    counts = np.diff(arrays["position_ends"])
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def _first_places(fields: tuple[Mapping[str, Array], ...], size: int) -> Ints:
    """By document, the number of its first place, if all places in all documents are numbered through."""
    lengths = np.zeros(size, np.int64)
    for arrays in fields:
        documents = np.repeat(arrays["documents"], arrays["frequencies"])
        np.maximum.at(lengths, documents, arrays["positions"].astype(np.int64) + 1)
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def _places(arrays: Mapping[str, Array], first_places: Ints) -> Ints:
    """By occurrence, the number of its place."""
    return np.repeat(first_places[arrays["documents"]], arrays["frequencies"]) + arrays["positions"]


def _are_in(pairs: Pairs, stems: NDArray[np.int32], forms: NDArray[np.int32]) -> NDArray[np.bool_]:
    """For stems and forms beside each other, whether they are one of some pairs. A form is in a few pairs at most."""
    found = np.zeros(len(stems), bool)
    of_pairs = second(pairs)
    order = np.argsort(of_pairs, kind="stable")
    starts = np.flatnonzero(np.diff(of_pairs[order], prepend=-1))
    nth = np.arange(len(order)) - np.repeat(starts, np.diff(starts, append=len(order)))
    for number in range(int(nth.max(initial=-1)) + 1):
        chosen = pairs[order[nth == number]]
        stem_of = np.full(int(of_pairs.max()) + 2, -1, np.int32)  # one more for the form -1
        stem_of[second(chosen)] = first(chosen)
        found |= stem_of[np.minimum(forms, len(stem_of) - 1)] == stems
    return found


def _only(arrays: Mapping[str, Array], own: NDArray[np.bool_]) -> dict[str, Array]:
    """The lists with some of the occurrences only."""
    frequencies = arrays["frequencies"]
    of_postings = np.repeat(np.arange(len(frequencies), dtype=np.int32), frequencies)
    left = np.bincount(of_postings[own], minlength=len(frequencies))
    kept = left > 0
    return {
        "documents": arrays["documents"][kept],
        "frequencies": left[kept].astype(smallest(int(left.max(initial=0)))),
        "positions": arrays["positions"][own],
        "posting_ends": _ends_of_kept(arrays["posting_ends"], kept),
        "position_ends": _ends_of_kept(arrays["position_ends"], own),
    }


def _ends_of_kept(ends: Array, kept: NDArray[np.bool_]) -> Array:
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(kept)))[ends]
    return before.astype(smallest(int(before[-1])))
