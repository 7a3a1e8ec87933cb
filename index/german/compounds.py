"""A word in, its parts out, where known words cover all of it: artilleriegeschosse -> artillerie + geschosse.

The words are those of the tables and the archive's own. A word that is known to be one thing (Soldaten), that known
words do not cover, or that comes apart in two equally good ways (Staub-ecken, Stau-becken) stays whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.german.fold import fold, folded, spell
from index.german.gender import masculine
from index.german.stems import Stemmer, turned
from index.german.tables import rows, words

_SHORTEST = 3
_SHORTEST_OF_ARCHIVE = 5
_LONGEST = 48
_MOST_PARTS = 6
_LEAST_COUNT = 2
_MOST_STEMS = 1 << 17
_NEEDS_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "ling", "tum")


class Part(NamedTuple):
    """A part of a compound: the stem of its word, where it stands in the word, and whether anybody looks for it."""

    stem: str
    start: int
    end: int
    light: bool = False


class Splitter:
    """Takes words apart. `vocabulary` are the archive's words as written, with their counts."""

    def __init__(self, vocabulary: Mapping[str, int] | None = None) -> None:
        self._never = folded("parts", "never")
        self._prefixes = tuple(folded("parts", "noun_prefixes"))
        self._light = folded("parts", "light")
        self._linked_only = folded("parts", "linked_only")
        self._firsts: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._stemmer = Stemmer(self._firsts)
        self._whole: set[str] = set()
        self._nouns: set[str] = set()
        self._bases: set[str] = set()
        self._likely: dict[str, str] = {}
        for word in _shipped_nouns():
            self._add_noun(word)
        self._whole.update(self._stem(spell(word)) for word in folded("parts", "whole"))
        self._add_first_parts()
        self._own: frozenset[str] = frozenset()
        self._stems.clear()  # what came before did not know all first parts
        self._own = frozenset(self._archive_words(vocabulary or {}))
        self._split_cached = lru_cache(maxsize=1 << 16)(self._split)

    @property
    def stemmer(self) -> Stemmer:
        """The stemmer that knows the same words."""
        return self._stemmer

    def split(self, word: str) -> tuple[Part, ...]:
        """The parts of a word, folded and with its umlauts; none where it is whole."""
        return self._split_cached(word)

    def first_stem(self, form: str) -> str:
        """The stem of a word as it stands before others: `schul` -> that of Schule."""
        return self._first(form) or self._stem(form)

    def _add_noun(self, word: str) -> None:
        stem = self._stem(word)
        self._whole.add(stem)
        if word in self._never or len(word) < 2:
            return
        self._nouns.add(stem)
        self._bases.add(word)
        sure, likely = _first_forms(word)
        for form in sure:
            self._firsts[form] = stem
        self._likely.update((form, stem) for form in likely)

    def _add_first_parts(self) -> None:
        for form, stem in self._likely.items():
            self._firsts.setdefault(form, stem)
        for key, ending in (("umlaut_e", "e"), ("umlaut_er", "er")):
            for base in map(fold, words("nouns", key)):
                self._firsts[turned(base) + ending] = self._stem(base)
        for key in ("verbs", "adjectives"):
            for word in map(fold, words("parts", key)):
                self._firsts.setdefault(word, self._stemmer.snowball(word))
        for word in self._light:
            self._firsts[word] = word
        for word in self._never - self._light:
            self._firsts.pop(word, None)

    def _archive_words(self, vocabulary: Mapping[str, int]) -> Iterator[str]:
        """The archive's nouns that are not compounds themselves: long and frequent enough to be believed."""
        for written, count in vocabulary.items():
            if count < _LEAST_COUNT or not written[:1].isupper() or not written[1:].islower() or not written.isalpha():
                continue
            word = spell(fold(written))
            if len(word) < _SHORTEST_OF_ARCHIVE or vocabulary.get(written.lower(), 0) * 2 > count:
                continue
            if word in self._never or masculine(word) or self._stem(word) in self._whole:
                continue
            if not self._split(word):
                yield word

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            if len(self._stems) >= _MOST_STEMS:
                self._stems.clear()
            stem = self._stems[word] = self._stemmer.stems(word, True)[0]
        return stem

    def _split(self, word: str) -> tuple[Part, ...]:
        if not 2 * _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        word = masculine(word) or word
        if self._stem(word) in self._whole:
            return ()
        best: list[tuple[Part, ...]] = []
        for depth in range(2, _MOST_PARTS + 1):
            best = self._best(list(self._coverings(word, 0, depth)))
            if best:
                break
        if len(best) != 1:
            return ()
        # zu-greifen, not Zug-reifen; but Heim-spiele either way.
        prefix = self._stemmer.prefix_end(word)
        return best[0] if prefix is None or prefix == best[0][1].start else ()

    def _best(self, coverings: list[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
        """Of coverings with equally many parts those with the most words of the tables, one for each way to cut."""
        if not coverings:
            return []
        known = {parts: sum(part.stem in self._nouns for part in parts) for parts in coverings}
        most = max(known.values())
        ways = {tuple(part.start for part in parts): parts for parts in coverings if known[parts] == most}
        return list(ways.values())

    def _coverings(self, word: str, start: int, parts: int) -> Iterator[tuple[Part, ...]]:
        """All ways to cover `word` from `start` on with exactly so many known words."""
        if parts == 1:
            stem = self._last(word[start:])
            if stem and not (word[start:] in self._linked_only and not self._is_linked(word[:start])):
                yield (Part(stem, start, len(word)),)
            return
        for end in range(start + 2, len(word) - 1):
            first = word[start:end]
            stem = self._first(first)
            if not stem:
                continue
            part = Part(stem, start, end, first in self._light)
            for rest in self._coverings(word, end, parts - 1):
                yield (part, *rest)
            if first[-1] == first[-2]:
                # Schiffahrt: three equal letters are written as two.
                for rest in self._coverings(word, end - 1, parts - 1):
                    yield (part, *rest)

    def _is_linked(self, head: str) -> bool:
        """Whether what stands before the last part ends in a linking s or n: Jahres-, but not pass-."""
        return head[-1] in "sn" and head not in self._bases

    def _first(self, form: str) -> str | None:
        """The stem of a known word that the form stands for at the beginning or in the middle of a compound."""
        stem = self._firsts.get(form)
        if stem or len(form) < _SHORTEST_OF_ARCHIVE:
            return stem
        if form in self._own or (form[-1] == "s" and form[:-1] in self._own):
            return self._stem(form if form in self._own else form[:-1])
        base = masculine(form) if form.endswith("innen") else None
        return self._stem(base) if base else None

    def _last(self, form: str) -> str | None:
        """The stem of a known word that the form is one of."""
        if len(form) < _SHORTEST or form in self._never:
            return None
        stem = self._stem(form)
        if stem in self._nouns or form in self._own or stem in self._own or self._is_derived(form, stem):
            return stem
        return None

    def _is_derived(self, form: str, stem: str) -> bool:
        """Whether the form is a noun made of known words: a prefix and a noun, a verb's -ung or -er."""
        if len(form) < _SHORTEST_OF_ARCHIVE:
            return False
        if stem == self._stemmer.agent(form):
            return True
        action = form.removesuffix("en")
        if action.endswith("ung") and self._stemmer.verb(action[:-3] + ("n" if action[-4] in "lr" else "en")):
            return True
        rests = (form.removeprefix(prefix) for prefix in self._prefixes if form.startswith(prefix))
        return any(len(rest) > _SHORTEST and self._stem(rest) in self._nouns for rest in rests)


def _first_forms(word: str) -> tuple[Sequence[str], Sequence[str]]:
    """A noun's forms at the beginning of a compound, the sure ones and the likely ones: Arbeits-, Tages-."""
    if word.endswith("ion"):
        return (word + "s",), (word + "en",)
    if word.endswith(_NEEDS_S):
        return (word + "s",), ()
    if word.endswith("e"):
        return (word, word + "n"), ((word[:-1], word + "s", word[:-1] + "s") if len(word) > 4 else (word + "s",))
    if word.endswith(("en", "er", "el")):
        return (word,), (word + "s", word + "n")
    if word.endswith(("um", "us")):
        return (word,), (word + "s", word[:-2] + "en")
    if word.endswith(("ma", "ta")):
        return (word,), (word[:-1] + "en", word + "s")
    likely = tuple(word + link for link in ("es", "en", "e", "er", "n"))
    return (word, word + "s"), likely if len(word) > 2 else ()


def _shipped_nouns() -> Iterator[str]:
    """The bases of all nouns in the tables."""
    for key in ("umlaut_e", "umlaut_er", "umlaut"):
        yield from map(fold, words("nouns", key))
    for name, key in (("parts", "nouns"), ("stems", "closed")):
        yield from (spell(word) for word in map(fold, words(name, key)) if word.isalpha())
    for name, key in (("nouns", "irregular"), ("stems", "groups"), ("gender", "feminine")):
        yield from (spell(fold(row[-1 if name == "gender" else 0])) for row in rows(name, key))
