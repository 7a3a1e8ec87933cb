"""Many texts in, the numbers of their tokens' forms out, as arrays: the quick way of the chain, for a writer.

It says what `Chain.read` says, without offsets. What several tokens give together is looked for in all texts at once;
Python sees the few places where it may be.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.german.exchange import Exchange
from index.german.forms import CAPITAL, FACTOR, FINITE, PARTICLE, VALUE, Forms
from index.german.hyphenated import Hyphenated
from index.german.neighbours import CLAUSE_END, SENTENCE_END, VERB_REACH, Neighbours, Place
from index.german.numbering import Numbering
from index.german.spans import BREAK, HYPHEN, Hashes, Ints, Spans, blocks, hashes, laid
from index.german.terms import TermKind
from index.german.words import Words

Together = tuple[int, TermKind, str]
"""A term that several tokens give together: its position, kind and text."""


class Readings(NamedTuple):
    """Texts as the chain reads them: the form of each token, one text after another; how many tokens each text has;
    and what tokens give together, its position being the token's number among all of these texts.
    """

    forms: Ints
    counts: Ints
    together: list[Together]


class _Block(NamedTuple):
    """Some texts in one: its tokens, the numbers and the roles of their forms, and each text's first token."""

    text: str
    spans: Spans
    numbers: Ints
    roles: NDArray[np.uint8]
    firsts: Ints


class BatchReader:
    """Reads texts into the numbers of forms; with an exchange, also those are known that other processes learn."""

    def __init__(self, words: Words, neighbours: Neighbours, exchange: Exchange | None = None) -> None:
        self.forms, self._exchange = Forms(words), exchange
        self._neighbours, self._hyphenated = neighbours, Hyphenated(words, self.forms)
        self._numbering = Numbering()

    def read(self, texts: Iterable[str]) -> Readings:
        """The numbers of all tokens of texts."""
        forms, counts, together = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)], list[Together]()
        before = 0
        for some in blocks(texts):
            block = self._block(some)
            together += [(before + at, kind, text) for at, kind, text in self._together(block)]
            forms.append(block.numbers)
            counts.append(np.diff(block.firsts, append=len(block.numbers)))
            before += len(block.numbers)
        return Readings(np.concatenate(forms), np.concatenate(counts), together)

    def _block(self, texts: Sequence[str]) -> _Block:
        text, found, firsts = laid(texts)
        numbers = self._numbers(text, found, hashes(found))
        roles = np.frombuffer(bytes(self.forms.roles), np.uint8)[numbers]
        return _Block(text, found, numbers, roles, firsts)

    def _numbers(self, text: str, found: Spans, own: Hashes) -> Ints:
        """The numbers of the forms of tokens; those of new ones are learned."""
        numbers = self._numbering(own)
        unknown = np.flatnonzero(numbers < 0)
        if len(unknown):
            new, firsts, which = np.unique(own[unknown], return_index=True, return_inverse=True)
            places = zip(found.starts[unknown[firsts]].tolist(), found.ends[unknown[firsts]].tolist(), strict=True)
            given = np.array(self._learned([text[start:end] for start, end in places]), np.int64)
            self._numbering.add(new, given)
            numbers[unknown] = given[which]
        return numbers

    def _learned(self, tokens: Sequence[str]) -> list[int]:
        if self._exchange:
            return self._exchange.learn(self.forms, tokens)
        return [self.forms[token] for token in tokens]

    def _together(self, block: _Block) -> Iterator[Together]:
        yield from self._verbs(block)
        multiplied = np.flatnonzero((block.roles[1:] & (FACTOR | PARTICLE) == FACTOR) & (block.roles[:-1] & VALUE != 0))
        for at, place in self._places(block, multiplied + 1):
            yield from ((at, term.kind, term.text) for term in self._neighbours.of_factor(place, at))
        yield from self._around_hyphens(block)

    def _places(self, block: _Block, tokens: Ints) -> Iterator[tuple[int, Place]]:
        """Each of some tokens, with the tokens of its text."""
        bounds = np.append(block.firsts, len(block.numbers))
        texts = np.searchsorted(block.firsts, tokens, side="right")
        for at, first, stop in zip(tokens.tolist(), bounds[texts - 1].tolist(), bounds[texts].tolist(), strict=True):
            yield at, Place(block.text, block.spans.starts, block.spans.ends, block.numbers, self.forms, first, stop)

    def _verbs(self, block: _Block) -> Iterator[Together]:
        """Verbs written apart: the last verb before a particle that ends a clause (see `Neighbours`)."""
        text, (codes, classes, starts, ends), forms = block.text, block.spans, self.forms.tokens
        particles = np.flatnonzero(block.roles & PARTICLE)
        verbs = np.flatnonzero(block.roles & FINITE)
        before = starts[verbs] - 1
        while (is_space := codes[before] == ord(" ")).any():
            before = before - is_space
        verbs = verbs[(block.roles[verbs] & CAPITAL == 0) | (classes[before] & BREAK != 0)]
        if not len(verbs):
            return
        last = np.searchsorted(verbs, particles) - 1
        first = block.firsts[np.searchsorted(block.firsts, particles, side="right") - 1]
        verb = verbs[last]
        near = (last >= 0) & (verb >= first) & (particles - verb <= VERB_REACH)
        particles, verb = particles[near], verb[near]
        own, of_verb = block.numbers[particles], block.numbers[verb]
        tokens = (particles, starts[particles], ends[particles], ends[verb], own, of_verb)
        for at, start, end, behind_verb, particle, finite in zip(*(array.tolist() for array in tokens), strict=True):
            if CLAUSE_END.match(text, end) and not SENTENCE_END.search(text, behind_verb, start):
                yield at, "separable", self._neighbours.separated(forms[finite], forms[particle])

    def _around_hyphens(self, block: _Block) -> Iterator[Together]:
        """Hyphen compounds, ellipses, continuations."""
        text, (_, classes, starts, ends) = block.text, block.spans
        in_front = classes[ends] & HYPHEN != 0
        tied = in_front & (np.append(starts[1:], len(text)) == ends + 1)
        follows = np.append(False, tied[:-1])
        firsts, lasts = np.flatnonzero(tied & ~follows), np.flatnonzero(follows & ~tied)
        places = (lasts, starts[firsts], ends[lasts])
        for at, start, end in zip(*(array.tolist() for array in places), strict=True):
            yield from ((at, kind, term) for kind, term in self._hyphenated.terms(text[start:end]))
        for at, place in self._places(block, np.flatnonzero(in_front & ~tied)):
            yield from ((term.position, term.kind, term.text) for term in self._neighbours.of_ellipsis(place, at))
        for at, place in self._places(block, np.flatnonzero((classes[starts - 1] & HYPHEN != 0) & ~follows)):
            yield from ((at, term.kind, term.text) for term in self._neighbours.of_continuation(place, at))
