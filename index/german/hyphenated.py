"""A hyphen compound in, what it is besides its members out, by what is known of their forms: the quick way of a writer.

It says what `Words.read_compound` says, without offsets, and leaves to that what is not made of German letters alone.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from index.german.fold import fold, spell
from index.german.forms import Forms, FormTerm
from index.german.gender import marked
from index.german.together import Terms
from index.german.tokens import HYPHEN
from index.german.words import LONGEST, LONGEST_COMPOUND, Words, runs_across

_LETTER = "[a-zA-ZäöüÄÖÜß]"
_MEMBER = f"(?:{_LETTER}+|[0-9]+)"
_PLAIN = re.compile(rf"(?=.*{_LETTER}){_MEMBER}(?:{HYPHEN.pattern}{_MEMBER})+").fullmatch


class _Member(NamedTuple):
    """A member as it is spelled, and the stems of its parts, or its own before others and at the end."""

    spelled: str
    first: tuple[str, ...]
    last: tuple[str, ...]


class Hyphenated:
    """Reads hyphen compounds."""

    def __init__(self, words: Words, forms: Forms) -> None:
        self._words, self._forms = words, forms
        self._members: dict[str, _Member | None] = {}  # no more than there are forms, and gone with them

    def terms(self, text: str) -> Terms:
        """The terms of a hyphen compound as a whole."""
        texts = HYPHEN.split(text) if len(text) <= LONGEST_COMPOUND and _PLAIN(text) else []
        members = [member for member in map(self._member, texts) if member]
        if members and len(members) == len(texts):
            whole = spell("".join([member.spelled for member in members])[:LONGEST])
            stems = self._words.stemmer.stems(whole, True)
            *others, last = members
            keys = [key for key, _, _ in runs_across([*(member.first for member in others), last.last])]
        else:
            compound = self._words.read_compound(text)
            stems, keys = compound.stems, [key for key, _, _ in compound.keys]
        return (*[("stem", stem) for stem in stems], *[("part", key) for key in keys])

    def _member(self, member: str) -> _Member | None:
        if member not in self._members:
            self._members[member] = self._read_member(member)
        return self._members[member]

    def _read_member(self, member: str) -> _Member | None:
        """What a member of letters or digits is; None where it is a gender-marked form."""
        if marked(member):
            return None
        found = self._forms.terms[self._forms[member]]
        spelled = spell(fold(member)[:LONGEST])
        if parts := _parts(found):
            return _Member(spelled, parts, parts)
        texts = {kind: text for kind, text, _, _ in reversed(found)}  # of several of a kind the first
        stem = texts.get("gender") or next(text for kind, text, _, _ in found if kind in ("plain", "stem"))
        return _Member(spelled, (self._words.splitter.first_stem(spelled),), (stem,))


def _parts(found: Iterable[FormTerm]) -> tuple[str, ...]:
    """The stems of a form's parts, by its terms: the longest run of parts has them all."""
    runs = [text for kind, text, _, _ in found if kind == "part"]
    return tuple(max(runs, key=lambda run: run.count("+")).split("+")) if runs else ()
