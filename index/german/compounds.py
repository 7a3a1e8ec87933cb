"""A word in, its parts out, where known words cover all of it: artilleriegeschosse -> artillerie + geschosse.

The words are those of the tables and the archive's own (`archive_words`). A word that is known to be one thing
(Soldaten), that known words do not cover, or that comes apart in two equally good ways (Staub-ecken, Stau-becken) stays
whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from index.german.fold import fold, folded, spell
from index.german.gender import masculine
from index.german.stems import Stemmer, turned
from index.german.tables import rows, words

_SHORTEST = 3
_SHORTEST_SURE = 5
_LONGEST = 48
_MOST_PARTS = 6
_MOST_LASTS = 1 << 16
_SHORTEST_LOOK = 5  # letters by which forms are looked up that begin so
_NEEDS_S = ("ung", "heit", "keit", "schaft", "ion", "tät", "ling", "tum")


class Part(NamedTuple):
    """A part of a compound: the stem of its word, where it stands in the word, and whether anybody looks for it."""

    stem: str
    start: int
    end: int
    light: bool = False


Way = tuple[tuple[int, int], ...]
"""Where the parts begin and end that cover a word."""

Link = tuple[int, int]
"""Where in the word a part ends, and where the next one begins."""


class Splitter:
    """Takes words apart. `own` are the archive's words that compounds can be made of, folded and with their umlauts."""

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._never = folded("parts", "never")
        self._prefixes = tuple(folded("parts", "noun_prefixes"))
        self._light = folded("parts", "light")
        self._linked_only = folded("parts", "linked_only")
        self._firsts: dict[str, str] = {}
        self._stemmer = Stemmer(self._firsts)
        self._whole: set[str] = set()
        self._nouns: set[str] = set()
        self._bases: set[str] = set()
        self._likely: dict[str, str] = {}
        for word in _shipped_nouns():
            self._add_noun(word)
        self._whole.update(self._stem(spell(word)) for word in folded("parts", "whole"))
        self._add_first_parts()
        self._stemmer.noun_stem.cache_clear()  # what came before did not know all first parts
        self._last = lru_cache(_MOST_LASTS)(self._find_last)
        self._beginnings: dict[str, tuple[str, bool]] = {}  # the stem, and whether it is light
        self._lengths: dict[str, tuple[int, ...]] = {}
        for form in sorted(self._firsts, key=len):  # what is short is known to what is longer
            self._beginnings[form] = self._firsts[form], form in self._light
            look = form[:_SHORTEST_LOOK]
            lengths = self._lengths.get(look) or self._lengths_at(look)
            if len(form) not in lengths:
                self._lengths[look] = (*lengths, len(form))
        self._own: set[str] = set()
        self._own_stems: set[str] = set()
        for word in own:
            self.learn(word)

    @property
    def stemmer(self) -> Stemmer:
        """The stemmer that knows the same words."""
        return self._stemmer

    def known_end(self, word: str) -> int | None:
        """Where in a word that does not come apart a known noun begins that ends it, the longest: Real-schulen."""
        if self.is_known(word):
            return None
        return next((at for at in range(_SHORTEST, len(word) - _SHORTEST_SURE + 1) if self._last(word[at:])), None)

    def first_stem(self, form: str) -> str:
        """The stem of a word as it stands before others: `schul` -> that of Schule."""
        if form in self._beginnings:
            return self._beginnings[form][0]
        return self._stem(masculine(form) or form if form.endswith("innen") else form)

    def learn(self, word: str) -> None:
        """Take one more word of the archive for a part of compounds, folded and with its umlauts."""
        self._own.add(word)
        stem = self._stem(word)
        self._own_stems.add(stem)
        if word not in self._firsts:
            self._add_late(word, stem)
        linked = word + "s"
        if not (word.endswith("s") or linked in self._firsts or linked in self._own):
            self._add_late(linked, stem)

    def _add_late(self, form: str, stem: str) -> None:
        """Know a form when longer ones that begin so may be known already."""
        self._add_beginning(form, stem)
        if len(form) < _SHORTEST_LOOK:
            for look in [look for look in self._lengths if look.startswith(form)]:
                self._add_length(look, len(form))

    def _add_beginning(self, form: str, stem: str) -> None:
        """Know a form at the beginning or in the middle of compounds, and how long those are that begin like it."""
        self._beginnings[form] = stem, form in self._light
        self._add_length(form[:_SHORTEST_LOOK], len(form))

    def _add_length(self, look: str, length: int) -> None:
        lengths = self._lengths_at(look)
        if length not in lengths:
            self._lengths[look] = tuple(sorted((*lengths, length)))

    def _lengths_at(self, letters: str) -> tuple[int, ...]:
        """How long the forms are that may begin with these letters, five or fewer; the shortest first."""
        known = self._lengths.get
        return known(letters) or known(letters[:4]) or known(letters[:3]) or known(letters[:2], ())

    def is_known(self, word: str) -> bool:
        """Whether the tables say what the word is, so that it needs no learning."""
        return word in self._never or masculine(word) is not None or self._stem(word) in self._whole

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
                self._firsts.setdefault(word, self._stemmer.adjective(word) or self._stemmer.snowball(word))
        for word in self._light:
            self._firsts[word] = word
        for word in self._never - self._light:
            self._firsts.pop(word, None)

    def _stem(self, word: str) -> str:
        return self._stemmer.noun_stem(word)

    def split(self, word: str, capital: bool = True) -> tuple[Part, ...]:
        """The parts of a word, folded and with its umlauts; none where it is whole.

        Without a capital it is taken apart by the words of the tables alone: sonniger has nothing of Niger.
        """
        if not 2 * _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        word = masculine(word) or word
        links, lasts = self._links(word)
        ways = _fewest(links, lasts, len(word)) if lasts else []
        if not ways or self._stem(word) in self._whole:
            return ()
        best = self._best([self._parts(word, way) for way in ways])
        if len(best) != 1 or not (capital or all(self._is_shipped(word, part) for part in best[0])):
            return ()
        # zu-greifen, not Zug-reifen; but Heim-spiele with a capital.
        prefix = self._stemmer.prefix_end(word)
        return best[0] if prefix is None or (capital and prefix == best[0][1].start) else ()

    def _is_shipped(self, word: str, part: Part) -> bool:
        """Whether a part is known without the archive."""
        is_own = part.stem in self._own_stems
        return not is_own or part.stem in self._nouns or word[part.start : part.end] in self._firsts

    def _best(self, coverings: list[tuple[Part, ...]]) -> list[tuple[Part, ...]]:
        """Of coverings with equally many parts those with the most words of the tables, one for each way to cut."""
        if len(coverings) == 1:
            return coverings
        known = {parts: sum(part.stem in self._nouns for part in parts) for parts in coverings}
        most = max(known.values())
        ways = {tuple(part.start for part in parts): parts for parts in coverings if known[parts] == most}
        return list(ways.values())

    def _parts(self, word: str, way: Way) -> tuple[Part, ...]:
        """The parts that begin and end at some places of a word, the last one at its end."""
        parts = []
        for start, end in way:
            form = word[start:end]
            if end == len(word):
                parts.append(Part(self._last(form) or form, start, end))
            else:
                known = self._beginnings.get(form)
                stem, is_light = known or (self._stem(masculine(form) or form), form in self._light)
                parts.append(Part(stem, start, end, is_light))
        return tuple(parts)

    def _links(self, word: str) -> tuple[dict[int, list[Link]], set[int]]:
        """The known words inside `word` by where they begin, and where those begin that end it.

        Only those count that are reached from the beginning over other known words.
        """
        links: dict[int, list[Link]] = {}
        lasts: set[int] = set()
        reached = [0]
        for start in reached:
            links[start] = found = self._links_from(word, start)
            for _, following in found:
                if following not in reached:
                    reached.append(following)
            tail = word[start:]
            if (
                start
                and len(tail) >= _SHORTEST
                and self._last(tail)
                and not (tail in self._linked_only and not self._is_linked(word[:start]))
            ):
                lasts.add(start)
        return links, lasts

    def _links_from(self, word: str, start: int) -> list[Link]:
        """The known words that begin at `start`."""
        links: list[Link] = []
        most, known = len(word) - 2, self._beginnings
        for length in self._lengths_at(word[start : start + _SHORTEST_LOOK]):
            end = start + length
            if end > most:
                break
            if word[start:end] in known:
                links.append((end, end))
                if word[end - 1] == word[end - 2]:
                    links.append((end, end - 1))  # Schiffahrt: three equal letters are written as two
        end = word.find("innen", start) + 5 if "innen" in word else 0
        if start + 5 < end <= most and word[start:end] not in known and masculine(word[start:end]):
            links.append((end, end))
        return links

    def _is_linked(self, head: str) -> bool:
        """Whether what stands before the last part ends in a linking s or n: Jahres-, but not pass-."""
        return head[-1] in "sn" and head not in self._bases

    def _find_last(self, form: str) -> str | None:
        """The stem of a known word that the form is one of."""
        if len(form) < _SHORTEST or form in self._never:
            return None
        stem = self._stem(form)
        is_own = stem in self._own_stems and len(form) >= _SHORTEST_SURE
        if is_own or stem in self._nouns or self._is_derived(form, stem):
            return stem
        return None

    def _is_derived(self, form: str, stem: str) -> bool:
        """Whether the form is a noun made of known words: a prefix and a noun, a verb's -ung or -er."""
        if len(form) < _SHORTEST_SURE:
            return False
        if stem == self._stemmer.agent(form):
            return True
        action = form.removesuffix("en")
        if (
            len(action) > 3
            and action.endswith("ung")
            and self._stemmer.verb(action[:-3] + ("n" if action[-4] in "lr" else "en"))
        ):
            return True
        if not form.startswith(self._prefixes):
            return False
        rests = (form.removeprefix(prefix) for prefix in self._prefixes if form.startswith(prefix))
        return any(len(rest) > _SHORTEST and self._stem(rest) in self._nouns for rest in rests)


def _fewest(links: Mapping[int, Sequence[Link]], lasts: Set[int], size: int) -> list[Way]:
    """All ways to cover a word of so many letters with as few parts as can be; none where it takes too many."""
    of_two: list[Way] = [((0, end), (following, size)) for end, following in links[0] if following in lasts]
    if of_two:  # as of most compounds
        return of_two
    fewest = dict.fromkeys(lasts, 1)
    for start in sorted(links, reverse=True):
        if start not in fewest:
            counts = [fewest[following] for _, following in links[start] if following in fewest]
            if counts:
                fewest[start] = min(counts) + 1
    return list(_ways(0, links, fewest, size)) if fewest.get(0, _MOST_PARTS + 1) <= _MOST_PARTS else []


def _ways(start: int, links: Mapping[int, Sequence[Link]], fewest: Mapping[int, int], size: int) -> Iterator[Way]:
    """The ways to cover a word from `start` on with as few parts as `fewest` says of each place."""
    count = fewest[start] - 1
    if not count:
        yield ((start, size),)
        return
    for end, following in links[start]:
        if fewest.get(following) == count:
            yield from (((start, end), *rest) for rest in _ways(following, links, fewest, size))


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
