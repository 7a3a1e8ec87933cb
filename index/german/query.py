"""The query side: words of a query in, what to look for out, in no engine's terms.

Each word of a query is a choice of alternatives. An alternative is one term of one field, or several that stand at
positions one after another; its kind says why a hit is one, its weight what it counts against the exact spelling.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from index.german.chain import Chain
from index.german.fold import fold, folded, spell
from index.german.tables import table
from index.german.terms import FIELDS, Field, Term, TermKind
from index.german.tokens import HYPHENS, Token, tokenize
from index.german.words import Word

Reason = Literal["exact", "stem", "number", "gender", "separable", "spelling", "part", "compound"]

_REASONS: Mapping[TermKind, Reason] = {"separable": "separable", "number": "number"}
_UMLAUTS = str.maketrans("aou", "äöü")
_MOST_VOWELS = 8
_MOST_RESPELLED = 3


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to be found: `terms` of `field` at consecutive positions, `reason` for the reader, `weight` up to 1."""

    reason: Reason
    field: Field
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word (or hyphen compound) of a query; any of its alternatives finds it. Offsets are into the query.

    `members` are the words that a compound is made of: where not every word has to be found, some of them are a clue.
    """

    text: str
    start: int
    end: int
    alternatives: tuple[Alternative, ...]
    is_stop_word: bool = False
    members: tuple["QueryWord", ...] = ()


class QueryChain:
    """Takes the words of a query to alternatives, with the chain that the index was made with.

    `count_of` says how often the archive has a word, folded and with its umlauts: with it, a word that is not there and
    was perhaps typed without its umlauts finds the words with them.
    """

    def __init__(self, chain: Chain, count_of: Callable[[str], int] | None = None) -> None:
        self._chain, self._words = chain, chain.words
        self._count_of = count_of
        self._weights: Mapping[str, float] = table("queries")["weights"]
        self._stop_words = frozenset(spell(word) for word in folded("queries", "stop_words"))

    def words(self, text: str) -> tuple[QueryWord, ...]:
        """The words of a query without operators, in their order."""
        together = self._together(text)
        return tuple(self._word(text, members, together) for members in _compounds(text))

    def needed(self, words: Sequence[QueryWord]) -> tuple[QueryWord, ...]:
        """The words that carry something: all but stop words; all of them where there is nothing else."""
        return tuple(word for word in words if not word.is_stop_word) or tuple(words)

    def _together(self, text: str) -> list[Term]:
        """What words of the query give together: an ellipsis completed, a verb with its prefix, a figure multiplied."""
        alone: set[tuple[int, int, str]] = set()
        for token in tokenize(text):
            word = self._words.word(token.text)
            alone.update((token.start, token.end, term) for _, term in word.terms)
            alone.update((token.start + start, token.start + end, key) for key, start, end in word.keys)
        return [term for term in self._chain.analyze(text) if (term.start, term.end, term.text) not in alone]

    def _word(self, text: str, members: list[Token], together: Sequence[Term] = ()) -> QueryWord:
        start, end = members[0].start, members[-1].end
        found = list(self._of_members(text[start:end], members) if len(members) > 1 else self._of_one(members[0].text))
        for term in together:
            covers = term.start <= start < end <= term.end
            if covers and (term.kind == "number" or (term.start, term.end) == (start, end)):
                found.append(self._alternative(_REASONS.get(term.kind, "compound"), term.kind, term.text))
        inner = [self._word(text, [member]) for member in members] if len(members) > 1 else self._parts_of(members[0])
        best: dict[tuple[Field, tuple[str, ...]], Alternative] = {}
        for alternative in found:
            best.setdefault((alternative.field, alternative.terms), alternative)
        is_stop = len(members) == 1 and spell(fold(members[0].text)) in self._stop_words
        return QueryWord(text[start:end], start, end, tuple(best.values()), is_stop, tuple(inner))

    def _parts_of(self, token: Token) -> list[QueryWord]:
        """The parts of one compound as words."""
        return [
            QueryWord(
                token.text[part.start : part.end],
                token.start + part.start,
                token.start + part.end,
                (self._alternative("stem", "stem", part.stem), self._alternative("part", "part", part.stem)),
            )
            for part in self._words.word(token.text).parts
            if not part.light
        ]

    def _alternative(self, reason: Reason, kind: TermKind, *terms: str) -> Alternative:
        return Alternative(reason, FIELDS[kind][0], terms, self._weights[reason])

    def _of_one(self, token: str) -> Iterator[Alternative]:
        word = self._words.word(token)
        for kind in ("exact", "stem", "gender", "number"):
            for term in word.texts(kind):
                yield self._alternative(kind, kind, term)
        yield from self._as_part(word)
        if len(word.parts) > 1:
            stems = [part.stem for part in word.parts]
            yield self._alternative("compound", "part", "+".join(stems))
            yield self._alternative("compound", "stem", *stems)
        for other in self._respelled(token, word):
            yield from (self._alternative("spelling", "stem", stem) for stem in self._words.word(other).texts("stem"))

    def _as_part(self, word: Word) -> Iterator[Alternative]:
        """The word as one part of a compound, under its masculine form where it has one."""
        names = word.texts("gender")[:1] or word.texts("stem")[:1]
        if len(word.spelled) > 1:
            yield from (self._alternative("part", "part", name) for name in names)

    def _of_members(self, text: str, members: list[Token]) -> Iterator[Alternative]:
        """A hyphen compound: its members one after another, or all of it as one word, or the same parts."""
        words = [self._words.word(member.text) for member in members]
        yield self._alternative("exact", "exact", *(word.texts("exact")[0] for word in words))
        own = [(word.texts("stem") or word.texts("gender"))[0] for word in words]
        yield self._alternative("stem", "stem", *own)
        compound = self._words.compound(text)
        for stem in compound.stems:
            yield self._alternative("compound", "stem", stem)
        if len(compound.parts) > 1:
            yield self._alternative("compound", "part", "+".join(part.stem for part in compound.parts))

    def _respelled(self, token: str, word: Word) -> list[str]:
        """Words of the archive that are this one with umlauts, the most frequent first, where this one is no word."""
        if not self._count_of or not word.spelled.isalpha() or self._count(word.spelled):
            return []
        if self._words.is_known(word.spelled):
            return []  # fordern is meant as it is typed, also where there is only fördern
        others = (other for other in _with_umlauts(word.spelled) if other not in self._stop_words)
        counts = {other: self._count(other) for other in others}
        best = sorted((other for other in counts if counts[other]), key=lambda other: (-counts[other], other))
        return [other.capitalize() if token[0].isupper() else other for other in best[:_MOST_RESPELLED]]

    def _count(self, word: str) -> int:
        """How often the archive has a word, or else its stem."""
        assert self._count_of
        return self._count_of(word) or self._count_of(self._words.stemmer.noun_stem(word))


def _with_umlauts(word: str) -> Iterator[str]:
    """A word with one or two of its vowels turned: munchen -> münchen."""
    vowels = [at for at, char in enumerate(word) if char in "aou"][:_MOST_VOWELS]
    for number in (1, 2):
        for turned in combinations(vowels, number):
            yield "".join(char.translate(_UMLAUTS) if at in turned else char for at, char in enumerate(word))


def _compounds(text: str) -> Iterator[list[Token]]:
    """The tokens of a query, those of one hyphen compound together."""
    run: list[Token] = []
    for token in tokenize(text):
        if run and not (run[-1].end + 1 == token.start and text[run[-1].end] in HYPHENS):
            yield run
            run = []
        run.append(token)
    if run:
        yield run
