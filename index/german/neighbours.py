"""Neighbouring tokens in, the terms that they give only together out.

Hyphen compounds (Artillerie-Geschosse), ellipses (Artillerie- und Raketengeschosse), separated verbs (traf ... ein) and
figures with a factor (8 Millionen). A term stands at the position of the last token that it needs.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.german.fold import folded
from index.german.tables import words
from index.german.terms import Term, TermKind
from index.german.tokens import HYPHENS
from index.german.words import Word, Words

_ELLIPSIS_REACH = 8
_CONTINUATION_REACH = 3
_VERB_REACH = 15
_SHORTEST_REST = 3
_CLAUSE_END = re.compile(r"\s*(?: [.,;:!?)\]»«“”\"'’–] | $ | (?: und | oder | sowie | als | wie )\b )", re.VERBOSE)
_SENTENCE_END = re.compile(r"[.!?;:](?!\d)")


class Member(NamedTuple):
    """A token: what it is, its offsets and its position."""

    word: Word
    start: int
    end: int
    position: int


class Neighbours:
    """Walks along one text and remembers what a later token may need; `waiting` says that it needs the very next."""

    def __init__(self, known: Words, text: str) -> None:
        self._words, self._text = known, text
        self._prefixes = _prefixes()
        self._verb: Member | None = None
        self._compound: Member | None = None
        self.waiting = False
        self._hyphened: Member | None = None
        self._elliptic: list[Member] = []
        self._figure: Member | None = None

    def terms(self, member: Member) -> Iterator[Term]:
        """The terms that this token gives together with others before it."""
        word = member.word
        if self._figure and word.factor:
            yield from self._of_factor(self._figure, member)
        if self._verb and word.is_particle:
            yield from self._of_verb(self._verb, member)
        if self._is_behind_hyphen(member.start):
            yield from self._continued(member)
        if self._elliptic:
            yield from self._of_ellipsis(member)
        is_hyphened = self._ends_in_hyphen(member)
        goes_on = is_hyphened and self._text[member.end + 1 : member.end + 2].isalnum()
        if is_hyphened and not goes_on:
            self._elliptic.append(member)
        yield from self._of_hyphens(member, goes_on)
        if word.finite:
            self._verb = member
        if word.keys:
            self._compound = member
        self._figure = member if word.value is not None else None
        self.waiting = bool(self._hyphened or self._elliptic or self._figure)

    def _is_behind_hyphen(self, start: int) -> bool:
        """Whether a hyphen stands before, and nothing that it could tie to: "und -sprecher"."""
        text = self._text
        return start > 0 and text[start - 1] in HYPHENS and (start == 1 or text[start - 2].isspace())

    def _ends_in_hyphen(self, member: Member) -> bool:
        end = member.end
        return end < len(self._text) and self._text[end] in HYPHENS

    def _of_factor(self, figure: Member, member: Member) -> Iterator[Term]:
        if not self._text[figure.end : member.start].isspace():
            return
        value = (figure.word.value or 0) * (member.word.factor or 1)
        if value == int(value):
            yield Term(str(int(value)), member.position, figure.start, member.end, "number")

    def _of_verb(self, verb: Member, member: Member) -> Iterator[Term]:
        """The verb with its prefix, marked at both places."""
        if member.position - verb.position > _VERB_REACH or not _CLAUSE_END.match(self._text, member.end):
            return
        if not _SENTENCE_END.search(self._text, verb.end, member.start):
            stem = f"{member.word.spelled}{verb.word.finite}"
            yield Term(stem, member.position, verb.start, verb.end, "separable")
            yield Term(stem, member.position, member.start, member.end, "separable")

    def _of_ellipsis(self, member: Member) -> Iterator[Term]:
        """Artillerie- und Raketengeschosse: the first member with the second's end."""
        if member.word.spelled in _conjunctions() or self._ends_in_hyphen(member):
            return
        elliptic, self._elliptic = self._elliptic, []
        for earlier in elliptic:
            if member.position - earlier.position <= _ELLIPSIS_REACH:
                for kind, text in self._completed(earlier.word.spelled, member):
                    yield Term(text, member.position, earlier.start, earlier.end, kind)

    def _completed(self, first: str, member: Member) -> Iterator[tuple[TermKind, str]]:
        last, known = member.word.spelled, self._words
        parts = known.splitter.split(last)
        for at in range(1, len(parts)):
            yield "stem", known.noun_stem(first + last[parts[at].start :])
            yield "part", "+".join([known.splitter.first_stem(first), *(part.stem for part in parts[at:])])
        if not parts and first in self._prefixes:
            prefix = next((prefix for prefix in self._prefixes if last.startswith(prefix)), last)
            if len(last) - len(prefix) >= _SHORTEST_REST:
                for stem in known.stemmer.stems(first + last[len(prefix) :], self._text[member.start].isupper()):
                    yield "stem", stem

    def _continued(self, member: Member) -> Iterator[Term]:
        """Regierungschefs und -sprecher: the first compound's beginning with the second member."""
        before = self._compound
        if not before or member.position - before.position > _CONTINUATION_REACH:
            return
        head, known = before.word.spelled, self._words
        for part in known.splitter.split(head)[1:]:
            whole = known.word((head[: part.start] + member.word.spelled).capitalize())
            for stem in whole.texts("stem"):
                yield Term(stem, member.position, member.start, member.end)
            for key, _, _ in whole.keys:
                yield Term(key, member.position, member.start, member.end, "part")

    def _of_hyphens(self, member: Member, goes_on: bool) -> Iterator[Term]:
        """Artillerie-Geschosse is Artilleriegeschosse as well."""
        first = self._hyphened
        if goes_on:
            self._hyphened = first or member
        elif first:
            self._hyphened = None
            start, end = first.start, member.end
            compound = self._words.compound(self._text[start:end])
            for stem in compound.stems:
                yield Term(stem, member.position, start, end)
            for key, key_start, key_end in compound.keys:
                yield Term(key, member.position, start + key_start, start + key_end, "part")


@lru_cache(maxsize=1)
def _prefixes() -> tuple[str, ...]:
    """What can stand before a verb or a noun made of one, the longest first."""
    return tuple(sorted(folded("verbs", "prefixes"), key=len, reverse=True))


@lru_cache(maxsize=1)
def _conjunctions() -> frozenset[str]:
    return frozenset(words("queries", "conjunctions"))
