"""Stems whose lists of postings are those of their exact forms together: kept once, with the forms.

A stem stands where its forms stand, so a list of its own would say most of it twice. In: the tokens of some documents
and what several of them give together. Out: the arrays of the field of stems (see `index.codec.postings`) with
`members`, the numbers of the exact forms that a stem is made of (u4, by stem); of each stem's own list only what no
member has: what several words give together, the masculine of a form that stands elsewhere for itself.

What a surface form stands for does not depend on where it stands: a batch has some ten thousand forms, and half a
million tokens, of which only those few are looked at that have a stem of their own.
"""

import numpy as np
from numpy.typing import NDArray

from index.codec.arrays import Array, ends_of, ranges, smallest
from index.codec.german_fields import FieldTerms, Tokens
from index.codec.invert import (
    LAST_POSITION,
    Ints,
    Occurrences,
    documents_of,
    in_order,
    joined,
    keys_parted,
    lists_of,
    positions_of,
    ranked,
)

Pairs = NDArray[np.int64]
"""Two numbers each as one, in that order: mostly of a stem and an exact form; ascending."""

_BITS = 32


def invert_stems(
    stems: FieldTerms, exact: FieldTerms, tokens: Tokens, together: Occurrences, size: int
) -> dict[str, Array]:
    """The arrays of the field of stems for one batch of `size` documents; none where there is no stem.

    `stems` and `exact` know the terms of surface forms, each of which has one exact form; `together` are the stems that
    several tokens give. An exact form is a member of a stem that stands wherever the form does; the members of a stem
    never stand at the same place.
    """
    times = np.bincount(tokens.forms)
    there = np.flatnonzero(times)
    exact_of = np.zeros(len(times), np.int64)
    exact_of[there] = exact.of_forms(there)[1]
    of_forms = np.unique(pairs_of(*stems.of_forms(there)))  # surface form and stem
    extra, at_forms = _new(together, tokens, of_forms)
    pairs = np.concatenate(
        (pairs_of(second(of_forms), exact_of[first(of_forms)]), pairs_of(extra.terms, exact_of[at_forms]))
    )
    if not len(pairs):
        return {}
    found, which = np.unique(pairs, return_inverse=True)
    counts = np.bincount(which, np.concatenate((times[first(of_forms)], np.ones(len(extra.terms)))))
    in_all = np.bincount(exact_of[there], times[there])
    in_all[exact_of[tokens.forms[_is_last(tokens)]]] = -1  # several may stand at one place, behind which all do
    is_member = counts == in_all[second(found)]
    apart = ~is_member[which]
    own = _own(of_forms[apart[: len(of_forms)]], tokens)
    others = apart[len(of_forms) :]
    own = joined(own, Occurrences(extra.terms[others], extra.places[others]))
    used, rank_of = ranked(first(found), stems.terms)
    lists = lists_of(in_order(rank_of[own.terms], own.places), len(used), size, is_text=True, has_phrases=True)
    rank_of_exact = ranked(exact_of[there], exact.terms)[1]
    kept = np.sort(pairs_of(rank_of[first(found)], rank_of_exact[second(found)])[is_member])
    return {
        **stems.terms.dictionary_arrays(used),
        **lists,
        "lengths": _lengths(of_forms, tokens, extra, size),
        "members": second(kept).astype(np.uint32),
        "member_ends": ends_of(np.bincount(first(kept), minlength=len(used))),
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


def is_in(pairs: Pairs, asked: Pairs) -> NDArray[np.bool_]:
    """Whether each of the pairs asked for is one of some."""
    if not len(pairs):
        return np.zeros(len(asked), bool)
    found: NDArray[np.bool_] = pairs[np.minimum(np.searchsorted(pairs, asked), len(pairs) - 1)] == asked
    return found


def _new(together: Occurrences, tokens: Tokens, of_forms: Pairs) -> tuple[Occurrences, Ints]:
    """What tokens give together, each once and only where the token there has not that stem by itself; and its form."""
    extra = keys_parted(in_order(*together))
    forms = tokens.forms.take(np.searchsorted(tokens.places, extra.places))
    new = ~is_in(of_forms, pairs_of(forms, extra.terms))
    return Occurrences(extra.terms[new], extra.places[new]), forms[new]


def _is_last(tokens: Tokens) -> NDArray[np.bool_]:
    is_last: NDArray[np.bool_] = positions_of(tokens.places) == LAST_POSITION
    return is_last


def _own(of_forms: Pairs, tokens: Tokens) -> Occurrences:
    """Where the stems of some surface forms stand."""
    counts = np.bincount(first(of_forms), minlength=int(tokens.forms.max(initial=-1)) + 1)
    starts = np.cumsum(counts) - counts
    chosen = np.flatnonzero(counts.take(tokens.forms))
    forms = tokens.forms.take(chosen)
    counts = counts.take(forms)
    terms = second(of_forms).take(ranges(starts.take(forms), counts))
    return Occurrences(terms, np.repeat(tokens.places.take(chosen), counts))


def _lengths(of_forms: Pairs, tokens: Tokens, extra: Occurrences, size: int) -> Array:
    """How many stems each document has."""
    counts = np.bincount(first(of_forms), minlength=int(tokens.forms.max(initial=-1)) + 1)
    lengths = np.bincount(documents_of(tokens.places), counts.take(tokens.forms), size).astype(np.int64)
    lengths += np.bincount(documents_of(extra.places), minlength=size)
    return lengths.astype(smallest(int(lengths.max(initial=0))))
