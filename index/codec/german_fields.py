"""Texts in, where the terms of each German field stand in them out, as arrays.

The chain says for each token only the number of its surface form; the terms of a form are looked up for all tokens at
once. What several tokens give together is added one by one.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from index.codec.invert import Ints, Occurrences, Places, places_of
from index.german import FIELDS, Chain, Field

_MOST_FORMS = 1 << 19
"""So many surface forms are remembered from one batch to the next."""


class _FieldTerms:
    """The terms of one field by number, and for each surface form the numbers of its terms."""

    def __init__(self) -> None:
        self.terms: list[bytes] = []
        self._number_of: dict[str, int] = {}
        self._of_forms = np.zeros(0, np.int64)
        self._ends = np.zeros(1, np.int64)

    def number(self, text: str) -> int:
        """The number of a term, new or known."""
        number = self._number_of.setdefault(text, len(self.terms))
        if number == len(self.terms):
            self.terms.append(text.encode())
        return number

    def add_forms(self, forms: Iterable[Sequence[str]]) -> None:
        """Take in the terms of the next surface forms."""
        numbers = [[self.number(text) for text in terms] for terms in forms]
        counts = np.fromiter(map(len, numbers), np.int64, len(numbers))
        self._ends = np.concatenate((self._ends, self._ends[-1] + np.cumsum(counts)))
        self._of_forms = np.concatenate((self._of_forms, np.array(list(chain.from_iterable(numbers)), np.int64)))

    def occurrences(self, forms: Ints, places: Places) -> Occurrences:
        """Where the terms stand, given where the surface forms do."""
        starts = self._ends[forms]
        counts = self._ends[forms + 1] - starts
        return Occurrences(self._of_forms[ranges(starts, counts)], np.repeat(places, counts))


class GermanFields:
    """Finds terms by one chain; what it learned of a text serves the next."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._forget()

    def _forget(self) -> None:
        self._chain.forget()
        self._known = 0
        self._fields: dict[Field, _FieldTerms] = {}
        for fields in FIELDS.values():
            for field in fields:
                self._fields.setdefault(field, _FieldTerms())

    def terms(self, field: Field) -> Sequence[bytes]:
        """The terms of a field by the numbers that the last `occurrences` gave them."""
        return self._fields[field].terms

    def occurrences(self, texts: Iterable[str]) -> Mapping[Field, Occurrences]:
        """Where the terms of each field stand in texts, which are numbered from 0 on."""
        if self._known > _MOST_FORMS:
            self._forget()
        forms: list[int] = []
        lengths: list[int] = []
        extra: dict[Field, list[tuple[int, int, int]]] = {field: [] for field in self._fields}
        last, reading = None, self._chain.read("")
        for document, text in enumerate(texts):
            if text is not last:  # all records of an article have its title
                last, reading = text, self._chain.read(text)
            forms += reading.words
            lengths.append(len(reading.words))
            for term in reading.extra:
                for field in FIELDS[term.kind]:
                    extra[field].append((self._fields[field].number(term.text), document, term.position))
        self._learn()
        counts = np.array(lengths, np.int64)
        documents = np.repeat(np.arange(len(counts)), counts)
        places = places_of(documents, ranges(np.zeros(len(counts), np.int64), counts))
        numbers = np.array(forms, np.int64)
        return {field: _with(terms.occurrences(numbers, places), extra[field]) for field, terms in self._fields.items()}

    def _learn(self) -> None:
        """Take in the terms of the surface forms that are new."""
        new: dict[Field, list[list[str]]] = {field: [] for field in self._fields}
        for number in range(self._known, self._chain.form_count):
            for texts in new.values():
                texts.append([])
            for kind, text, _, _ in self._chain.terms_of(number):
                for field in FIELDS[kind]:
                    new[field][-1].append(text)
        for field, forms in new.items():
            self._fields[field].add_forms(forms)
        self._known = self._chain.form_count


def ranges(starts: Ints, counts: Ints) -> Ints:
    """The numbers from each start on, as many as its count, one after another."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def _with(found: Occurrences, extra: list[tuple[int, int, int]]) -> Occurrences:
    if not extra:
        return found
    terms, documents, positions = np.fromiter(chain.from_iterable(extra), np.int64, 3 * len(extra)).reshape(-1, 3).T
    more = Occurrences(terms, places_of(documents, positions))
    return Occurrences(
        np.concatenate((found.terms, more.terms)),
        np.concatenate((found.places, more.places)),
    )
