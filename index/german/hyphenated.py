"""A hyphen compound in, what it is besides its members out, by what is known of their forms: the quick way of a writer.

It says what `Words.read_compound` says, without offsets, and leaves to that what is not made of German letters alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from index.german.fold import fold, spell
from index.german.forms import Forms, FormTerm
from index.german.gender import marked
from index.german.together import Terms
from index.german.tokens import HYPHEN
from index.german.words import LONGEST, LONGEST_COMPOUND, Words, runs_across

_MOST = 1 << 16
_PLAIN = re.compile(rf"[a-zA-ZäöüÄÖÜß]+(?:{HYPHEN.pattern}[a-zA-ZäöüÄÖÜß]+)+").fullmatch


class Hyphenated:
    """Reads hyphen compounds."""

    def __init__(self, words: Words, forms: Forms) -> None:
        self._words, self._forms = words, forms
        self._first = lru_cache(_MOST)(self._first_stems)
        self._last = lru_cache(_MOST)(self._last_stems)

    def terms(self, text: str) -> Terms:
        """The terms of a hyphen compound as a whole."""
        members = HYPHEN.split(text)
        if len(text) > LONGEST_COMPOUND or not _PLAIN(text) or any(map(marked, members)):
            compound = self._words.read_compound(text)
            stems, keys = compound.stems, [key for key, _, _ in compound.keys]
        else:
            whole = "".join([spell(fold(member)[:LONGEST]) for member in members])
            stems = self._words.stemmer.stems(spell(whole[:LONGEST]), True)
            *others, last = members
            keys = [key for key, _, _ in runs_across([*map(self._first, others), self._last(last)])]
        return (*(("stem", stem) for stem in stems), *(("part", key) for key in keys))

    def _first_stems(self, member: str) -> tuple[str, ...]:
        """The stems of a member's parts, or its own as it stands before others."""
        found = self._forms.terms[self._forms[member]]
        return _parts(found) or (self._words.splitter.first_stem(spell(fold(member)[:LONGEST])),)

    def _last_stems(self, member: str) -> tuple[str, ...]:
        """The stems of a member's parts, or its own as it stands at the end."""
        found = self._forms.terms[self._forms[member]]
        texts = {kind: text for kind, text, _, _ in reversed(found)}  # of several of a kind the first
        stem = texts.get("gender") or next(text for kind, text, _, _ in found if kind in ("plain", "stem"))
        return _parts(found) or (stem,)


def _parts(found: Iterable[FormTerm]) -> tuple[str, ...]:
    """The stems of a form's parts, by its terms: the longest run of parts has them all."""
    runs = [text for kind, text, _, _ in found if kind == "part"]
    return tuple(max(runs, key=lambda run: run.count("+")).split("+")) if runs else ()
