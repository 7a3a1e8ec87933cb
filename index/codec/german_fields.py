"""Texts in, where the terms of each German field stand in them out, as arrays.

The chain says for each token only the number of its surface form; the terms of a form are looked up for all tokens at
once. What several tokens give together is added one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from index.codec.arrays import ranges
from index.codec.invert import Ints, Occurrences, Places, places_of
from index.codec.lexicon import Lexicon
from index.german import FIELDS, Chain, Exchange, Field, FormTerm, TermKind

_MOST_FORMS = 1 << 17
"""So many surface forms are remembered from one batch to the next, then half of them, those that most batches had."""

_MOST_TOGETHER = 1 << 18
"""And so many terms that only several tokens have together: an archive goes on making compounds."""


_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(FIELDS)}


class Tokens(NamedTuple):
    """The surface forms of all tokens of some documents, and their places, ascending (see `places_of`)."""

    forms: Ints
    places: Places


class FieldTerms:
    """The terms of one field by number, and for each surface form the numbers of its terms.

    What several tokens are together is numbered by itself, as forms are; its terms are of the same field.
    """

    def __init__(self, terms: Lexicon | None = None) -> None:
        self.terms = Lexicon() if terms is None else terms
        self._of_forms = np.zeros(0, np.int64)
        self._ends = np.zeros(1, np.int64)

    def add_forms(self, counts: Ints, terms: Iterable[str]) -> None:
        """Take in the terms of the next surface forms: how many each has, and all of them in a row."""
        self._ends = np.concatenate((self._ends, self._ends[-1] + np.cumsum(counts, dtype=np.int64)))
        self._of_forms = np.concatenate((self._of_forms, np.array(list(map(self.terms.__getitem__, terms)), np.int64)))

    def of_forms(self, forms: Ints) -> tuple[Ints, Ints]:
        """All terms of some surface forms: of each the form, and its number."""
        starts = self._ends.take(forms)
        counts = self._ends.take(forms + 1) - starts
        return np.repeat(forms, counts), self._of_forms.take(ranges(starts, counts))

    def occurrences(self, tokens: Tokens) -> Occurrences:
        """Where the terms stand, given where the surface forms do."""
        forms, places = tokens
        starts = self._ends.take(forms)
        counts = self._ends.take(forms + 1) - starts
        some, more = np.flatnonzero(counts), np.flatnonzero(counts > 1)  # nearly all have none or one: these are quick
        others = counts.take(more) - 1
        chosen = np.concatenate((starts.take(some), ranges(starts.take(more) + 1, others)))
        return Occurrences(
            self._of_forms.take(chosen), np.concatenate((places.take(some), np.repeat(places.take(more), others)))
        )


class Reading(NamedTuple):
    """Documents as the chain reads them: their tokens, and by field the terms that several tokens give together."""

    tokens: Tokens
    together: Mapping[Field, Occurrences]


class GermanFields:
    """Finds terms by one chain; what it learned of a text serves the next.

    `fields` hold what is known of the terms of each field; it is forgotten when it is too much, before texts are read.
    """

    def __init__(self, chain: Chain, exchange: Exchange | None = None) -> None:
        self._chain, self._exchange = chain, exchange
        self._reader = chain.batches(exchange)
        self._forget_terms()
        self._met = np.zeros(0, np.uint32)  # by form, how many batches had it

    def _forget_forms(self) -> None:
        """Forget the forms that fewest batches had, and all terms."""
        kept = np.argsort(self._met, kind="stable")[max(0, len(self._met) - _MOST_FORMS // 2) :]
        known = self._reader.forms.known(kept.tolist())
        self._reader = self._chain.batches(self._exchange)
        self._reader.forms.take(known)
        self._forget_terms()
        self._met = np.zeros(0, np.uint32)

    def _forget_terms(self) -> None:
        """Forget all terms; those of the forms are taken in again, what tokens are together is read anew."""
        self._known = self._of_together = 0
        self.fields: dict[Field, FieldTerms] = {}
        for fields in FIELDS.values():
            for field in fields:
                self.fields.setdefault(field, FieldTerms())
        self._reader.forget_together()
        self._forget_together()

    def _forget_together(self) -> None:
        self._together, self._known_together = self._reader.together, 0
        self._fields_together = {field: FieldTerms(known.terms) for field, known in self.fields.items()}

    def _count(self, forms: Ints) -> None:
        """Count the forms that a batch has."""
        is_here = np.zeros(self._known, np.uint32)
        is_here[forms] = 1
        is_here[: len(self._met)] += self._met
        self._met = is_here

    def _size(self) -> int:
        return sum(len(known.terms) for known in self.fields.values())

    def read(self, texts: Iterable[str]) -> Reading:
        """Texts, which are numbered from 0 on, as the chain reads them; `fields` knows the terms by their numbers."""
        if self._known > _MOST_FORMS:
            self._forget_forms()
        elif self._of_together > _MOST_TOGETHER:
            self._forget_terms()
        distinct: list[str] = []
        repeats: list[int] = []
        for text in texts:
            if distinct and text is distinct[-1]:  # all records of an article have its title
                repeats[-1] += 1
            else:
                distinct.append(text)
                repeats.append(1)
        readings = self._reader.read(distinct)
        self._learn()
        self._count(readings.forms)
        documents = _Documents(readings.counts, np.array(repeats, np.int64))
        together = Tokens(*documents.occurrences(readings.together, readings.tokens))
        found = {field: known.occurrences(together) for field, known in self._fields_together.items()}
        return Reading(documents.tokens(readings.forms), found)

    def _learn(self) -> None:
        """Take in the terms of what is new."""
        if self._reader.together is not self._together:
            self._forget_together()
        _add_terms(self.fields, self._reader.forms.terms[self._known :])
        before = self._size()
        _add_terms(self._fields_together, self._together.terms[self._known_together :])
        self._of_together += self._size() - before
        self._known, self._known_together = len(self._reader.forms), len(self._together.terms)


def _add_terms(fields: Mapping[Field, FieldTerms], new: Sequence[Sequence[FormTerm | tuple[TermKind, str]]]) -> None:
    """Take in terms, given by kind and text: those of each form that is new."""
    owners = np.repeat(np.arange(len(new)), np.fromiter(map(len, new), np.int64, len(new)))
    terms = list(chain.from_iterable(new))
    kinds = np.fromiter(map(_NUMBER_OF_KIND.__getitem__, map(itemgetter(0), terms)), np.uint8, len(terms))
    texts = list(map(itemgetter(1), terms))
    for field, of_field in fields.items():
        chosen = np.array([field in holders for holders in FIELDS.values()])[kinds]
        of_field.add_forms(np.bincount(owners[chosen], minlength=len(new)), compress(texts, chosen.tolist()))


class _Documents:
    """Documents, several of which may have the same text: `counts` are the tokens of each text, `repeats` how many
    documents, one after another, have it.
    """

    def __init__(self, counts: Ints, repeats: Ints) -> None:
        self._counts, self._repeats = counts, repeats
        self._ends = np.cumsum(counts)
        self._firsts = np.cumsum(repeats) - repeats

    def tokens(self, forms: Ints) -> Tokens:
        """All documents' tokens, given the forms of those of the texts."""
        counts = np.repeat(self._counts, self._repeats)
        if len(counts) > len(self._counts):
            forms = forms[ranges(np.repeat(self._ends - self._counts, self._repeats), counts)]
        documents = np.repeat(np.arange(len(counts)), counts)
        return Tokens(forms, places_of(documents, ranges(np.zeros(len(counts), np.int64), counts)))

    def occurrences(self, terms: Ints, tokens: Ints) -> Occurrences:
        """Terms that stand at tokens of the texts, in all documents."""
        texts = np.searchsorted(self._ends, tokens, side="right")
        repeats = self._repeats[texts]
        positions = tokens - (self._ends - self._counts)[texts]
        places = places_of(ranges(self._firsts[texts], repeats), np.repeat(positions, repeats))
        return Occurrences(np.repeat(terms, repeats), places)
