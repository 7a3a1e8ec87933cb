"""Neighbouring tokens in, the terms that they give only together out.

Figures with a factor (8 Millionen), separated verbs (traf ... ein), ellipses (Artillerie- und Raketengeschosse,
Regierungschefs und -sprecher) and hyphen compounds (Artillerie-Geschosse). A term stands at the position of the last
token that it needs. Looked at is only what stands before a form that looks back, and around hyphens.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.german.fold import folded
from index.german.forms import CAPITAL, COMPOUND, FINITE, PARTICLE, VALUE, Forms
from index.german.tables import words
from index.german.terms import Term, TermKind
from index.german.tokens import HYPHENS, hyphens
from index.german.words import Word, Words

_ELLIPSIS_REACH = 8
_CONTINUATION_REACH = 3
VERB_REACH = 15
_SHORTEST_REST = 3
_MOST_REMEMBERED = 1 << 16
CLAUSE_MARKS = ".,;:!?)]»«“”\"'’–"
CLAUSE_WORDS = ("und", "oder", "sowie", "als", "wie")
CLAUSE_END = re.compile(
    rf"\s*(?: [{re.escape(CLAUSE_MARKS)}] | $ | (?: {' | '.join(CLAUSE_WORDS)} )\b )",
    re.VERBOSE,
)
_DASH = "–"  # ties words to each other, but leaves none out
BEFORE_SENTENCE = frozenset(".!?:;…\n\t\u00a0–—-„“”\"»«›‹‚‘’'([")
SENTENCE_END = re.compile(r"[.!?;:](?!\d)")

_by_position = attrgetter("position")


Numbers = Sequence[int] | NDArray[np.int64]


class Place(NamedTuple):
    """The tokens of a text: where they are in it, and the numbers of their forms. Those from `first` on up to `stop`
    are the text's; what stands before and behind belongs to others.
    """

    text: str
    starts: Numbers
    ends: Numbers
    numbers: Numbers
    forms: Forms
    first: int
    stop: int

    def token(self, at: int) -> str:
        return self.forms.tokens[self.numbers[at]]

    def has(self, at: int, role: int) -> bool:
        return bool(self.forms.roles[self.numbers[at]] & role)

    def last(self, role: int, before: int, reach: int) -> Iterator[int]:
        """The tokens with a role at most `reach` tokens before another, the last first."""
        numbers, roles = self.numbers, self.forms.roles
        return (at for at in range(before - 1, max(self.first, before - reach) - 1, -1) if roles[numbers[at]] & role)

    def begins_sentence(self, at: int) -> bool:
        """Whether a token is the first of a sentence or a quotation."""
        before = self.starts[at] - 1
        while before >= 0 and self.text[before] == " ":
            before -= 1
        return before < 0 or self.text[before] in BEFORE_SENTENCE

    def ends_in_hyphen(self, at: int) -> bool:
        end = self.ends[at]
        return end < len(self.text) and self.text[end] in HYPHENS

    def is_tied(self, at: int) -> bool:
        """Whether nothing but a hyphen stands between a token and the next."""
        return self.ends_in_hyphen(at) and at + 1 < self.stop and self.starts[at + 1] == self.ends[at] + 1

    def last_tied(self, first: int) -> int:
        """The last of the tokens that are tied to each other from `first` on."""
        last = first
        while self.is_tied(last):
            last += 1
        return last


class Neighbours:
    """Knows what tokens are together."""

    def __init__(self, known: Words) -> None:
        self._words = known
        self._prefixes = _prefixes()
        self.completed = lru_cache(_MOST_REMEMBERED)(self._completed)

    def terms(self, place: Place) -> list[Term]:
        """The terms that the tokens of a text give only together, by position."""
        text, starts, ends, numbers, found = place.text, place.starts, place.ends, place.numbers, list[Term]()
        for at in compress(range(len(numbers)), map(place.forms.looks_back.__getitem__, numbers)):
            if not place.has(at, PARTICLE):
                found += self.of_factor(place, at)
            elif CLAUSE_END.match(text, ends[at]):
                found += self._of_verb(place, at)
        behind = 0  # what stands before has been looked at
        for hyphen in hyphens(text):
            if hyphen >= behind:
                before = bisect_left(ends, hyphen)
                is_behind_token = before < len(ends) and ends[before] == hyphen
                if is_behind_token and place.is_tied(before):
                    last = place.last_tied(before)
                    behind = ends[last]
                    found += self._of_compound(place, before, last)
                elif is_behind_token:
                    found += self.of_ellipsis(place, before)
                else:
                    at = bisect_left(starts, hyphen + 1)
                    if starts[at : at + 1] == [hyphen + 1]:
                        found += self.of_continuation(place, at)
        found.sort(key=_by_position)
        return found

    def _word(self, place: Place, at: int) -> Word:
        return self._words.word(place.token(at))

    def of_factor(self, place: Place, at: int) -> Iterator[Term]:
        """8 Millionen, zwölf Tausend."""
        if at == place.first or not place.has(at - 1, VALUE):
            return
        value = (self._word(place, at - 1).value or 0) * (self._word(place, at).factor or 1)
        if value == int(value) and place.text[place.ends[at - 1] : place.starts[at]].isspace():
            yield Term(str(int(value)), at, place.starts[at - 1], place.ends[at], "number")

    def _of_verb(self, place: Place, at: int) -> Iterator[Term]:
        """The verb with its prefix, which ends a clause, marked at both places: traf ... ein."""
        starts, ends = place.starts, place.ends
        verbs = place.last(FINITE, at, VERB_REACH)
        verb = next((v for v in verbs if not place.has(v, CAPITAL) or place.begins_sentence(v)), None)
        if verb is None or SENTENCE_END.search(place.text, ends[verb], starts[at]):
            return
        stem = self.separated(place.token(verb), place.token(at))
        yield Term(stem, at, starts[verb], ends[verb], "separable")
        yield Term(stem, at, starts[at], ends[at], "separable")

    def separated(self, verb: str, particle: str) -> str:
        """The stem of a verb that is written apart."""
        return f"{self._words.word(particle).spelled}{self._words.word(verb).finite}"

    def of_ellipsis(self, place: Place, at: int) -> Iterator[Term]:
        """Artillerie- und Raketengeschosse: the first member with the second's end; adjectives may come between."""
        start, end = place.starts[at], place.ends[at]
        if place.text[end] == _DASH:
            return
        first = self._word(place, at).spelled
        for last in range(at + 1, min(at + 1 + _ELLIPSIS_REACH, place.stop)):
            word = self._word(place, last)
            if word.spelled in _conjunctions() or place.ends_in_hyphen(last):
                continue
            is_capital = place.has(last, CAPITAL)
            found = self.completed(first, word.spelled, is_capital)
            yield from (Term(text, last, start, end, kind) for kind, text in found)
            if found or is_capital or not place.has(at, CAPITAL):
                return

    def _completed(self, first: str, last: str, is_capital: bool) -> tuple[tuple[TermKind, str], ...]:
        """The terms of an ellipsis's first member, completed by its last; `completed` remembers the last ones."""
        return tuple(dict.fromkeys(self._completions(first, last, is_capital)))

    def _completions(self, first: str, last: str, is_capital: bool) -> Iterator[tuple[TermKind, str]]:
        splitter = self._words.splitter
        parts = splitter.split(last, is_capital)
        end = None if parts or not is_capital else splitter.known_end(last)
        for begin in [part.start for part in parts[1:]] or ([end] if end else []):
            yield from self._as_whole(first + last[begin:], True)
            stems = [part.stem for part in parts if part.start >= begin] or [
                self._words.stemmer.noun_stem(last[begin:])
            ]
            yield "part", "+".join([splitter.first_stem(first), *stems])
        if not parts and first in self._prefixes:
            prefix = next((prefix for prefix in self._prefixes if last.startswith(prefix)), last)
            if len(last) - len(prefix) >= _SHORTEST_REST:
                yield from self._as_whole(first + last[len(prefix) :], is_capital)

    def _as_whole(self, word: str, is_capital: bool) -> Iterator[tuple[TermKind, str]]:
        """The terms of a word that the text spells in two pieces, but for its single parts, which are there anyway."""
        whole = self._words.word(word.capitalize() if is_capital else word)
        yield from (("stem", stem) for stem in whole.texts("stem"))
        yield from (("gender", stem) for stem in whole.texts("gender"))
        yield from (("part", key) for key, _, _ in whole.keys if "+" in key)

    def of_continuation(self, place: Place, at: int) -> Iterator[Term]:
        """Regierungschefs und -sprecher: the first compound's beginning with the second member, behind a hyphen."""
        start, end = place.starts[at], place.ends[at]
        if start > 1 and not place.text[start - 2].isspace():
            return
        before = next(place.last(COMPOUND, at, _CONTINUATION_REACH), None)
        if before is None:
            return
        head, member = self._word(place, before).spelled, self._word(place, at).spelled
        for part in self._words.splitter.split(head)[1:]:
            for kind, text in self._as_whole(head[: part.start] + member, True):
                yield Term(text, at, start, end, kind)

    def _of_compound(self, place: Place, first: int, last: int) -> list[Term]:
        """Artillerie-Geschosse is Artilleriegeschosse as well."""
        start, end = place.starts[first], place.ends[last]
        compound = self._words.compound(place.text[start:end])
        found = [Term(stem, last, start, end) for stem in compound.stems]
        found += [Term(key, last, start + begin, start + stop, "part") for key, begin, stop in compound.keys]
        return found


@lru_cache(maxsize=1)
def _prefixes() -> tuple[str, ...]:
    """What can stand before a verb or a noun made of one, the longest first."""
    return tuple(sorted(folded("verbs", "prefixes"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _conjunctions() -> frozenset[str]:
    return frozenset(words("queries", "conjunctions"))
