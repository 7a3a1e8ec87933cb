"""Many texts in, the numbers of their tokens' forms out, as arrays: the quick way of the chain, for a writer.

It says what `Chain.read` says, without offsets. What several tokens give together is looked for in all texts at once;
Python sees the few places where it may be.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.german.exchange import Exchange
from index.german.forms import CAPITAL, FACTOR, FINITE, PARTICLE, VALUE, Forms
from index.german.hyphenated import Hyphenated
from index.german.neighbours import CLAUSE_END, CLAUSE_MARKS, CLAUSE_WORDS, SENTENCE_END, VERB_REACH, Neighbours, Place
from index.german.numbering import Numbering
from index.german.spans import BREAK, HYPHEN, Hashes, Ints, Spans, blocks, hashes, laid
from index.german.terms import TermKind
from index.german.together import Together
from index.german.words import Words

_CHARACTERS = 0x10000  # no mark lies behind these

_MOST_TOGETHER = 1 << 16
"""So much of what tokens are together is remembered from one batch to the next."""

_Found = Iterator[tuple[int, TermKind, str]]
"""The terms that several tokens give together: the token that each stands at, its kind and text."""


class Readings(NamedTuple):
    """Texts as the chain reads them: the form of each token, one text after another; how many tokens each text has;
    and what tokens are together: at which of all these tokens something stands, and its number in `Together`.
    """

    forms: Ints
    counts: Ints
    tokens: Ints
    together: Ints


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
        self.forget_together()

    def forget_together(self) -> None:
        """Number what tokens are together from the beginning."""
        self.together = Together(self._hyphenated.terms)

    def read(self, texts: Iterable[str]) -> Readings:
        """The numbers of all tokens of texts, and of what they are together."""
        if len(self.together.terms) > _MOST_TOGETHER:
            self.forget_together()
        none = np.zeros(0, np.int64)
        read, before = [Readings(none, none, none, none)], 0
        for some in blocks(texts):
            block = self._block(some)
            tokens, together = self._together(block)
            counts = np.diff(block.firsts, append=len(block.numbers))
            read.append(Readings(block.numbers, counts, tokens + before, together))
            before += len(block.numbers)
        return Readings(*map(np.concatenate, zip(*read, strict=True)))

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

    def _together(self, block: _Block) -> tuple[Ints, Ints]:
        """Which tokens are the last of what several are together, and the numbers of that."""
        tokens, numbers = self._compounds(block)
        single = self.together.single
        for at, kind, text in chain(self._verbs(block), self._multiplied(block), self._around_hyphens(block)):
            tokens.append(at)
            numbers.append(single[kind, text])
        return np.array(tokens, np.int64), np.array(numbers, np.int64)

    def _compounds(self, block: _Block) -> tuple[list[int], list[int]]:
        """Hyphen compounds."""
        text, starts, ends = block.text, block.spans.starts, block.spans.ends
        tied = _tied(block.spans)
        follows = np.append(False, tied[:-1])
        lasts = np.flatnonzero(follows & ~tied)
        places = zip(starts[tied & ~follows].tolist(), ends[lasts].tolist(), strict=True)
        numbers = self.together.compounds
        return lasts.tolist(), [numbers[text[start:end]] for start, end in places]

    def _multiplied(self, block: _Block) -> _Found:
        """Figures with a factor."""
        multiplied = np.flatnonzero((block.roles[1:] & (FACTOR | PARTICLE) == FACTOR) & (block.roles[:-1] & VALUE != 0))
        for at, place in self._places(block, multiplied + 1):
            yield from ((at, term.kind, term.text) for term in self._neighbours.of_factor(place, at))

    def _places(self, block: _Block, tokens: Ints) -> Iterator[tuple[int, Place]]:
        """Each of some tokens, with the tokens of its text."""
        bounds = np.append(block.firsts, len(block.numbers))
        texts = np.searchsorted(block.firsts, tokens, side="right")
        for at, first, stop in zip(tokens.tolist(), bounds[texts - 1].tolist(), bounds[texts].tolist(), strict=True):
            yield at, Place(block.text, block.spans.starts, block.spans.ends, block.numbers, self.forms, first, stop)

    def _verbs(self, block: _Block) -> _Found:
        """Verbs written apart: the last verb before a particle that ends a clause (see `Neighbours`)."""
        text, (codes, classes, starts, ends), forms = block.text, block.spans, self.forms.tokens
        particles = np.flatnonzero(block.roles & PARTICLE)
        particles = particles[_may_end_clause(block.spans, particles)]
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

    def _around_hyphens(self, block: _Block) -> _Found:
        """Ellipses and continuations: what stands beside a hyphen that ties no tokens."""
        classes, starts, ends = block.spans.classes, block.spans.starts, block.spans.ends
        tied = _tied(block.spans)
        for at, place in self._places(block, np.flatnonzero((classes[ends] & HYPHEN != 0) & ~tied)):
            yield from ((term.position, term.kind, term.text) for term in self._neighbours.of_ellipsis(place, at))
        follows = np.append(False, tied[:-1])
        for at, place in self._places(block, np.flatnonzero((classes[starts - 1] & HYPHEN != 0) & ~follows)):
            yield from ((at, term.kind, term.text) for term in self._neighbours.of_continuation(place, at))


def _may_end_clause(found: Spans, tokens: Ints) -> NDArray[np.bool_]:
    """Whether a clause may end behind some tokens, as `CLAUSE_END` says, by the two characters that follow."""
    ends = found.ends.take(tokens)
    behind, after = (_clause_marks().take(found.codes.take(at), mode="clip") for at in (ends, ends + 1))
    may_end: NDArray[np.bool_] = (behind == _MARK) | ((behind == _SPACE) & (after != 0))
    return may_end


_MARK, _SPACE, _FIRST = 1, 2, 3


@lru_cache(maxsize=1)
def _clause_marks() -> NDArray[np.uint8]:
    """What each character is to the end of a clause: a mark, white space, a word's first letter, or nothing (0)."""
    kinds = np.fromiter(map(str.isspace, map(chr, range(_CHARACTERS))), np.uint8, _CHARACTERS) * np.uint8(_SPACE)
    kinds[[ord(word[0]) for word in CLAUSE_WORDS]] = _FIRST
    kinds[list(map(ord, CLAUSE_MARKS))] = _MARK
    return kinds


def _tied(found: Spans) -> NDArray[np.bool_]:
    """Of each token whether nothing but a hyphen stands between it and the next."""
    is_near = np.append(found.starts[1:] == found.ends[:-1] + 1, np.zeros(min(1, len(found.ends)), bool))
    tied: NDArray[np.bool_] = is_near & (found.classes[found.ends] & HYPHEN != 0)
    return tied
