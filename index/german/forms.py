"""A token as it is written in, a number out; and for each number the form's terms and what it can be to its neighbours.

A text repeats its words: what is known of a form is found out once, and a text is then numbers.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from threading import Lock

from index.german.terms import TermKind
from index.german.words import Word, Words

FormTerm = tuple[TermKind, str, int, int]
"""A term of a form: kind and text, and the offsets in the token of what it stands for."""

Learned = tuple[str, tuple[FormTerm, ...], int, int]
"""A form as it is told: how it is written, its terms, what it can be to its neighbours, whether it looks back."""

FINITE, PARTICLE, VALUE, FACTOR, COMPOUND, CAPITAL = (1 << bit for bit in range(6))
"""What a form can be to its neighbours, one bit each (plain integers: an IntFlag costs ten times as much to test)."""


class Forms(dict[str, int]):
    """The number of each form, handed out from 0 in the order first asked for; `forms[token]` numbers a new one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words, self._lock = words, Lock()
        self.tokens: list[str] = []
        self.terms: list[tuple[FormTerm, ...]] = []
        self.roles = bytearray()
        self.looks_back = bytearray()
        """For each number whether the form gives terms together with what stands before it."""
        self._with_term: dict[str, list[int]] = {}
        self._sorted_in = 0

    def __missing__(self, token: str) -> int:
        word = self._words.read(token)
        with self._lock:
            if token not in self:
                role = _role(word) | CAPITAL * (not token[0].islower())
                self.tokens.append(token)
                self.terms.append(_terms(word, len(token)))
                self.roles.append(role)
                self.looks_back.append(bool(role & (PARTICLE | FACTOR)))
                self[token] = len(self)  # last: who finds the number finds the rest
            return self[token]

    def known(self, numbers: Iterable[int]) -> list[Learned]:
        """What is known of the forms with these numbers, to be told to another `Forms`."""
        return [(self.tokens[at], self.terms[at], self.roles[at], self.looks_back[at]) for at in numbers]

    def take(self, learned: Iterable[Learned]) -> None:
        """Number forms that another `Forms` has learned with the same words; those that are known stay."""
        with self._lock:
            for token, terms, role, looks_back in learned:
                if token not in self:
                    self.tokens.append(token)
                    self.terms.append(terms)
                    self.roles.append(role)
                    self.looks_back.append(looks_back)
                    self[token] = len(self)

    def having(self, terms: Iterable[str]) -> Iterator[int]:
        """The numbers of the forms that have one of some terms; a form that has two may come twice."""
        with self._lock:
            for number in range(self._sorted_in, len(self.terms)):
                for _, text, _, _ in self.terms[number]:
                    self._with_term.setdefault(text, []).append(number)
            self._sorted_in = len(self.terms)
            return chain.from_iterable([tuple(self._with_term.get(term, ())) for term in terms])


def _terms(word: Word, length: int) -> tuple[FormTerm, ...]:
    terms: list[FormTerm] = [(kind, text, 0, length) for kind, text in word.terms]
    if word.keys:
        terms += [("part", text, first, last) for text, first, last in word.keys]
    return tuple(terms)


def _role(word: Word) -> int:
    role = COMPOUND if word.keys else 0
    if word.finite:
        role |= FINITE
    if word.is_particle:
        role |= PARTICLE
    if word.value is not None:
        role |= VALUE
    if word.factor is not None:
        role |= FACTOR
    return role
