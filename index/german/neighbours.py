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

from index.german.fold import folded
from index.german.forms import COMPOUND, FINITE, PARTICLE, VALUE, Forms
from index.german.tables import words
from index.german.terms import Term, TermKind
from index.german.tokens import HYPHENS, Cut, hyphens
from index.german.words import Word, Words

_ELLIPSIS_REACH = 8
_CONTINUATION_REACH = 3
_VERB_REACH = 15
_SHORTEST_REST = 3
_CLAUSE_END = re.compile(r"\s*(?: [.,;:!?)\]»«“”\"'’–] | $ | (?: und | oder | sowie | als | wie )\b )", re.VERBOSE)
_DASH = "–"  # ties words to each other, but leaves none out
_BEFORE_SENTENCE = frozenset(".!?:;…\n\t\u00a0–—-„“”\"»«›‹‚‘’'([")
_SENTENCE_END = re.compile(r"[.!?;:](?!\d)")

_by_position = attrgetter("position")


class _Place(NamedTuple):
    """The text around a token: all its tokens, and the numbers and roles of their forms."""

    text: str
    tokens: Cut
    numbers: Sequence[int]
    forms: Forms

    def has(self, at: int, role: int) -> bool:
        return bool(self.forms.roles[self.numbers[at]] & role)

    def last(self, role: int, before: int, reach: int) -> Iterator[int]:
        """The tokens with a role at most `reach` tokens before another, the last first."""
        numbers, roles = self.numbers, self.forms.roles
        return (at for at in range(before - 1, max(-1, before - 1 - reach), -1) if roles[numbers[at]] & role)

    def is_capital(self, at: int) -> bool:
        return not self.tokens.words[at][0].islower()

    def begins_sentence(self, at: int) -> bool:
        """Whether a token is the first of a sentence or a quotation."""
        before = self.tokens.starts[at] - 1
        while before >= 0 and self.text[before] == " ":
            before -= 1
        return before < 0 or self.text[before] in _BEFORE_SENTENCE

    def gap(self, at: int) -> str:
        """What stands between a token and the next."""
        return self.text[self.tokens.ends[at] : self.tokens.starts[at + 1]]

    def ends_in_hyphen(self, at: int) -> bool:
        end = self.tokens.ends[at]
        return end < len(self.text) and self.text[end] in HYPHENS

    def is_tied(self, at: int) -> bool:
        """Whether nothing but a hyphen stands between a token and the next."""
        return self.ends_in_hyphen(at) and self.tokens.starts[at + 1 : at + 2] == [self.tokens.ends[at] + 1]

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

    def terms(self, text: str, tokens: Cut, numbers: Sequence[int], forms: Forms) -> list[Term]:
        """The terms that the tokens of a text give only together, by position; `numbers` are those of their forms."""
        place, found = _Place(text, tokens, numbers, forms), list[Term]()
        for at in compress(range(len(numbers)), map(forms.looks_back.__getitem__, numbers)):
            if not place.has(at, PARTICLE):
                found += self._of_factor(place, at)
            elif _CLAUSE_END.match(text, tokens.ends[at]):
                found += self._of_verb(place, at)
        behind = 0  # what stands before has been looked at
        for hyphen in hyphens(text):
            if hyphen >= behind:
                before = bisect_left(tokens.ends, hyphen)
                is_behind_token = before < len(tokens.ends) and tokens.ends[before] == hyphen
                if is_behind_token and place.is_tied(before):
                    last = place.last_tied(before)
                    behind = tokens.ends[last]
                    found += self._of_compound(place, before, last)
                elif is_behind_token:
                    found += self._of_ellipsis(place, before)
                else:
                    found += self._of_continuation(place, hyphen)
        found.sort(key=_by_position)
        return found

    def _word(self, place: _Place, at: int) -> Word:
        return self._words.word(place.tokens.words[at])

    def _of_factor(self, place: _Place, at: int) -> Iterator[Term]:
        """8 Millionen, zwölf Tausend."""
        if not at or not place.has(at - 1, VALUE):
            return
        value = (self._word(place, at - 1).value or 0) * (self._word(place, at).factor or 1)
        if value == int(value) and place.gap(at - 1).isspace():
            yield Term(str(int(value)), at, place.tokens.starts[at - 1], place.tokens.ends[at], "number")

    def _of_verb(self, place: _Place, at: int) -> Iterator[Term]:
        """The verb with its prefix, which ends a clause, marked at both places: traf ... ein."""
        starts, ends = place.tokens.starts, place.tokens.ends
        verbs = place.last(FINITE, at, _VERB_REACH)
        verb = next((v for v in verbs if not place.is_capital(v) or place.begins_sentence(v)), None)
        if verb is None or _SENTENCE_END.search(place.text, ends[verb], starts[at]):
            return
        stem = f"{self._word(place, at).spelled}{self._word(place, verb).finite}"
        yield Term(stem, at, starts[verb], ends[verb], "separable")
        yield Term(stem, at, starts[at], ends[at], "separable")

    def _of_ellipsis(self, place: _Place, at: int) -> Iterator[Term]:
        """Artillerie- und Raketengeschosse: the first member with the second's end; adjectives may come between."""
        if place.text[place.tokens.ends[at]] == _DASH:
            return
        first = self._word(place, at).spelled
        for last in range(at + 1, min(at + 1 + _ELLIPSIS_REACH, len(place.numbers))):
            word = self._word(place, last)
            if word.spelled in _conjunctions() or place.ends_in_hyphen(last):
                continue
            is_capital = place.is_capital(last)
            found = dict.fromkeys(self._completed(first, word.spelled, is_capital))
            yield from (Term(text, last, place.tokens.starts[at], place.tokens.ends[at], kind) for kind, text in found)
            if found or is_capital or not place.is_capital(at):
                return

    def _completed(self, first: str, last: str, is_capital: bool) -> Iterator[tuple[TermKind, str]]:
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

    def _of_continuation(self, place: _Place, hyphen: int) -> Iterator[Term]:
        """Regierungschefs und -sprecher: the first compound's beginning with the second member, behind a hyphen."""
        at = bisect_left(place.tokens.starts, hyphen + 1)
        if place.tokens.starts[at : at + 1] != [hyphen + 1] or (hyphen and not place.text[hyphen - 1].isspace()):
            return
        before = next(place.last(COMPOUND, at, _CONTINUATION_REACH), None)
        if before is None:
            return
        head, member = self._word(place, before).spelled, self._word(place, at).spelled
        for part in self._words.splitter.split(head)[1:]:
            for kind, text in self._as_whole(head[: part.start] + member, True):
                yield Term(text, at, place.tokens.starts[at], place.tokens.ends[at], kind)

    def _of_compound(self, place: _Place, first: int, last: int) -> list[Term]:
        """Artillerie-Geschosse is Artilleriegeschosse as well."""
        start, end = place.tokens.starts[first], place.tokens.ends[last]
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
