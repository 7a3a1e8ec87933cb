"""A folded word in, its stem out: Snowball, with its umlauts kept, and tables where it errs.

Snowball (M. F. Porter, "Snowball: A language for stemming algorithms", 2001; its German stemmer) writes ä as a at the
end, so that schon and schön fall together. Here umlauts stay, and the tables say which forms turn theirs (Häuser ->
haus).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache

import snowballstemmer

from index.german.fold import fold, folded
from index.german.tables import rows, words

_MOST_STEMS = 1 << 16
_SHORTEST_TAIL = 4
_ENDINGS = ("e", "en", "er", "es", "em")
_TURNED = str.maketrans("aou", "äöü")


Snowball = Callable[[str], str]
"""What gives a folded word's stem by the algorithm alone."""


class Stemmer:
    """Stems words. `heads` are the words known to begin compounds, before which a table's noun may be the last part."""

    def __init__(self, heads: Collection[str] = ()) -> None:
        self._snowball = snowballstemmer.stemmer("german")
        self._snowball.maxCacheSize = 0  # PyStemmer's own cache takes longer than to stem; we have ours
        self._s_stays = tuple(words("stems", "s_stays"))
        self._s_goes = frozenset(words("stems", "s_goes"))
        self._small_too = folded("stems", "small_too")
        self._verbs_only = folded("verbs", "verbs_only")
        self._nouns_too = folded("verbs", "nouns_too")
        self._capital_nouns = self._nouns_too | folded("verbs", "datives")
        self._prefixes = folded("verbs", "prefixes")
        self._prefix = re.compile("|".join(sorted(self._prefixes, key=len, reverse=True)))
        self._prefix_starts = frozenset(prefix[:2] for prefix in self._prefixes)
        self._heads = heads
        self._tails: Mapping[str, str] = dict(_declined_nouns(self.snowball))
        self._tail_lengths = _lengths_by_end(self._tails)
        self._nouns: Mapping[str, str] = {**self._tails, **_groups()}
        self._participles: Mapping[str, str] = dict(_participles(self.snowball))
        self._past = frozenset(_strong_past())
        self._finite: Mapping[str, str] = dict(_finite_forms(self.snowball))
        self._er_plurals = tuple(folded("stems", "er_plurals"))
        self._adjectives: Mapping[str, str] = dict(_adjective_forms(self.snowball))
        self.noun_stem = lru_cache(_MOST_STEMS)(self._noun_stem)

    def stems(self, word: str, capital: bool) -> tuple[str, ...]:
        """The stems of a word, folded and with its umlauts, the likeliest first.

        Only a word in small letters can have several: "schloss" is a noun in a hurry or a form of schließen.
        """
        if capital:
            return (self.noun_stem(word),)
        noun = self.noun(word)
        verb = self.verb(word)
        if not verb and word in self._small_too:
            verb = self._adjectives.get(word) or self.snowball(word)
        if noun and word in self._verbs_only:
            return (verb or self.snowball(word),)
        if verb and not noun and word not in self._adjectives and not self._is_sure(word):
            noun = self.snowball(word)
        found = dict.fromkeys(stem for stem in (noun, verb or self._adjectives.get(word)) if stem)
        if found:
            return tuple(found)
        agent, stem = self.agent(word), self.snowball(word)
        return (agent, stem) if agent and agent != stem else (stem,)

    def _noun_stem(self, word: str) -> str:
        """The stem of a word with a capital, folded and with its umlauts; `noun_stem` is the same, and remembers."""
        known = self.noun(word) or self._adjectives.get(word) or self.verb(word, True) or self.agent(word)
        return known or self.snowball(word)

    def adjective(self, word: str) -> str | None:
        """The stem of a form of an adjective that the tables know."""
        return self._adjectives.get(word)

    def noun(self, word: str) -> str | None:
        """The stem of a form that the tables know as a noun's, also as the last member of a compound."""
        stem = self._nouns.get(word)
        if stem or len(word) < 6:
            return stem
        for length in self._tail_lengths.get(word[-_SHORTEST_TAIL:], ()):
            at = len(word) - length
            stem = self._tails.get(word[at:]) if at > 1 else None
            if stem and self._goes_before(word[:at], word[at:]):
                return word[:at] + stem
        return None

    def _goes_before(self, head: str, tail: str) -> bool:
        """Whether `head` may begin a compound: known words, and anything before a long turned plural (-städte)."""
        if head in self._heads:
            return True
        if head in self._prefixes:
            return head not in _NO_HEADS
        return len(head) > 2 and len(tail) > 5 and bool(_TURNED_VOWEL.search(tail)) and bool(_VOWEL.search(head))

    def verb(self, word: str, capital: bool = False) -> str | None:
        """The stem of a form that the tables know as a verb's, with or without a prefix.

        With a capital, what may be a noun is one: "Einnahmen" is no form of einnehmen.
        """
        if capital and word in self._capital_nouns:
            return None
        return self._participles.get(word) or self._finite.get(word) or self._prefixed(word, capital)

    def prefix_end(self, word: str) -> int | None:
        """Where the prefix ends in a form of a verb with a prefix; None for other words."""
        found = self._behind_prefix(word, False)
        return found[0] if found else None

    def _prefixed(self, word: str, capital: bool) -> str | None:
        found = self._behind_prefix(word, capital)
        return word[: found[0]] + found[1] if found else None

    def _behind_prefix(self, word: str, capital: bool) -> tuple[int, str] | None:
        """Where a verb's prefix ends, the longest first, and the stem of the verb behind it."""
        prefix = self._prefix.match(word) if word[:2] in self._prefix_starts else None
        while prefix and prefix.end() < len(word) - 2:
            rest = word[prefix.end() :]
            stem = self._participles.get(rest) or self._participles.get("ge" + rest)
            if not stem and not capital:
                stem = self._finite.get(rest) or (self._finite.get(rest[2:]) if rest.startswith("zu") else None)
            if stem:
                return prefix.end(), stem
            prefix = self._prefix.match(word, 0, prefix.end() - 1)
        return None

    def agent(self, word: str) -> str | None:
        """The stem of a noun for who does what a known verb says, whose -er is no ending: Zahler, Sammler."""
        noun = word if word.endswith("er") else word[:-1] if word.endswith(_AGENT_ENDS) else ""
        if len(noun) < _SHORTEST_AGENT or noun.endswith(self._er_plurals):
            return None
        base = noun[:-2]
        infinitives = (base + "en", base[:-1] + "eln" if base.endswith("l") else base + "n")
        for at in range(max(0, len(base) - 12), len(base) - 2):
            begins = at == 0 or base[:at] in self._heads or base[:at] in self._prefixes
            if begins and any(self.is_verb(infinitive[at:]) for infinitive in infinitives) and base[at:] != "end":
                return noun
        return None

    def is_verb(self, infinitive: str) -> bool:
        """Whether this is the infinitive of a verb of the tables."""
        stem = self._finite.get(infinitive)
        return stem is not None and (stem == infinitive or stem == self.snowball(infinitive))

    def is_finite(self, word: str, capital: bool) -> bool:
        """Whether the word alone can be the verb of a clause: `traf`, at the beginning of a sentence `Traf`."""
        return word in self._finite and not (capital and (word in self._nouns_too or self.noun(word)))

    def _is_sure(self, word: str) -> bool:
        """Whether a verb form in small letters can be no noun in a hurry: neither `angaben` nor `auftritt`."""
        if word in self._participles or word in self._nouns_too:
            return word in self._participles
        is_weak_past = word.endswith(_WEAK_PAST) and not word.endswith(("tte", "tten"))
        return is_weak_past or word in self._past

    def snowball(self, word: str) -> str:
        """Snowball's stem with the word's own umlauts; a final -s that it leaves on (Trumps) goes."""
        if word.endswith("s") and word[-2:-1] in _BEFORE_S and self._is_ending(word):
            word = word[:-1]
        participle = _IERT.fullmatch(word) if "iert" in word else None
        if participle:
            word = participle["stem"]
        # A capital is a letter that the algorithm passes over: neither ue nor ae is an umlaut to it then.
        guarded = _GUARD.sub(_capitalized, word) if "ae" in word or "oe" in word or "ue" in word else word
        length = len(self._snowball.stemWord(guarded))
        derived = _DERIVED.match(word, length) if length < len(word) else None
        return word[: derived.end() if derived else length]

    def _is_ending(self, word: str) -> bool:
        if word in self._s_goes:
            return True
        return len(word) > 3 and not word.endswith(self._s_stays)


_BEFORE_S = frozenset("aiouycjpvw")
_IERT = re.compile(r"(?P<stem>\w{2,}ier)t(?:e[nmrs]?|est)?")
_GUARD = re.compile("[aou]e")
_VOWEL = re.compile("[aeiouyäöü]")
_TURNED_VOWEL = re.compile("[äöü]")
_WEAK_PAST = ("te", "ten", "tet", "test")
# What Snowball takes off beyond endings: so Sicherheit is not "sich", Berichtigung not Bericht, Regelung not Regel.
_DERIVED = re.compile("(?:ig|lich|er|en)?(?:heit|keit|ung)|ig|isch|lich|ik|end")
_AGENT_ENDS = ("ern", "ers")
_SHORTEST_AGENT = 5
_NO_HEADS = frozenset(["ge", "da"])


def _capitalized(match: re.Match[str]) -> str:
    return match.group().capitalize()


def _lengths_by_end(tails: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """How long the tails are that end in the same four letters, the longest first; shorter tails are left out."""
    lengths: dict[str, set[int]] = {}
    for tail in tails:
        if len(tail) >= _SHORTEST_TAIL:
            lengths.setdefault(tail[-_SHORTEST_TAIL:], set()).add(len(tail))
    return {end: tuple(sorted(some, reverse=True)) for end, some in lengths.items()}


def turned(base: str) -> str:
    """The base with its last a, o, u or au turned: baum -> bäum."""
    for at in range(len(base) - 1, -1, -1):
        if base[at] in "aou":
            at -= base[at] == "u" and base[at - 1 : at] == "a"
            at -= base[at] in "ao" and base[at - 1 : at] == base[at]
            letter, rest = base[at].translate(_TURNED), base[at + 1 :]
            return base[:at] + letter + (rest[1:] if rest[:1] == base[at] else rest)
    return base


def _groups() -> dict[str, str]:
    return {fold(form): fold(row[0]) for row in rows("stems", "groups") for form in row}


def _declined_nouns(snowball: Snowball) -> Iterator[tuple[str, str]]:
    """Form -> stem, for the tables of nouns that Snowball does not decline; a later pair overrules an earlier one."""
    closed = {word: word for word in map(fold, words("stems", "closed"))}
    irregular = {fold(row[0]): snowball(fold(row[0])) for row in rows("nouns", "irregular")}
    stem_of = irregular | closed | _groups()
    for word in closed:
        endings = ("", "s", "n") if word[-2:] in ("er", "el", "en") else ("", "e", "en", "es", "s")
        yield from ((word + ending, word) for ending in endings)
    for key, plurals in (("umlaut_e", ("e", "en")), ("umlaut_er", ("er", "ern")), ("umlaut", ("", "n"))):
        for base in map(fold, words("nouns", key)):
            stem = stem_of.get(base) or snowball(base)
            yield from ((turned(base) + plural, stem) for plural in plurals)
            yield from ((base + ending, stem) for ending in ("", "s", "es"))
    for row in rows("nouns", "irregular"):
        yield from ((fold(form), stem_of[fold(row[0])]) for form in row)


def _participles(snowball: Snowball) -> Iterator[tuple[str, str]]:
    """Past participle, also declined -> stem of the infinitive."""
    for base in map(fold, words("verbs", "weak")):
        participle, stem = "ge" + base + _link(base) + "t", _weak_stem(base, snowball)
        yield from ((participle + ending, stem) for ending in ("", *_ENDINGS))
    for infinitive, _, _, participle, _ in rows("verbs", "strong"):
        stem, participle = snowball(fold(infinitive)), fold(participle)
        yield from ((participle + ending, stem) for ending in ("", *_ENDINGS))


def _finite_forms(snowball: Snowball) -> Iterator[tuple[str, str]]:
    """Finite form, and the infinitive itself -> stem of the infinitive."""
    for base in map(fold, words("verbs", "weak")):
        infinitive, link = _infinitive(base), _link(base)
        stem = _weak_stem(base, snowball)
        yield from ((base + link + "t" + ending, stem) for ending in ("", "e", "en", "est", "et", "er", "es", "em"))
        yield from ((form, stem) for form in (infinitive, base + "e", base + link + "st"))
    for row in rows("verbs", "strong"):
        yield from _strong_forms(snowball, *map(fold, row))


def _infinitive(base: str) -> str:
    return base + ("n" if base.endswith(("el", "er")) and not base.endswith("iel") else "en")


def _weak_stem(base: str, snowball: Snowball) -> str:
    """The stem of a weak verb; that of lagern is no noun's, neither Lage nor Lager."""
    infinitive = _infinitive(base)
    return infinitive if infinitive == base + "n" else snowball(infinitive)


def _link(base: str) -> str:
    return "e" if base.endswith(("t", "d", "chn", "ffn", "gn", "dm", "tm")) else ""


def _strong_past() -> Iterator[str]:
    """The plurals of strong preterites, where they are no infinitives: standen, which has nothing of Stand."""
    strong = [tuple(map(fold, row)) for row in rows("verbs", "strong")]
    infinitives = {row[0] for row in strong} | {_infinitive(fold(base)) for base in words("verbs", "weak")}
    yield from {row[2] + "en" for row in strong} - infinitives


def _strong_forms(
    snowball: Snowball, infinitive: str, present: str, past: str, participle: str, subjunctive: str
) -> Iterator[tuple[str, str]]:
    stem = snowball(infinitive)
    base = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")
    link = _link(base)
    yield from ((form, stem) for form in (infinitive, base + "e", base + link + "t", base + link + "st"))
    if present != "-":
        root = present.removesuffix("t")
        yield from ((form, stem) for form in (present, root + ("t" if root.endswith(("s", "z")) else "st")))
        if "i" in root and "i" not in base and not base.endswith("t"):
            yield root, stem  # gib, nimm, sieh
    yield from ((past + ending, stem) for ending in ("", "st", "t", "est", "en", "et", "n"))
    root = subjunctive.removesuffix("e")
    yield from ((root + ending, stem) for ending in ("e", "en", "est", "et", "st", "t"))


def _adjective_forms(snowball: Snowball) -> Iterator[tuple[str, str]]:
    """Comparative and superlative -> stem of the adjective: älter, ältesten -> alt."""
    for base in map(fold, words("nouns", "adjectives")):
        stem, other = snowball(base), turned(base)
        link = "e" if base.endswith(("t", "ss", "z", "d")) and base != "gross" else ""
        tops = {other + link + "st", other + "est"}
        yield from ((other + "er" + ending, stem) for ending in ("", *_ENDINGS))
        yield from ((top + ending, stem) for top in tops for ending in ("", *_ENDINGS))
    for form in ("höher", "höchst", "näher", "nächst"):
        base = "hoch" if form[1] == "ö" else "nah"
        yield from ((form + ending, base) for ending in ("", *_ENDINGS))
    yield from ((form, "hoch") for form in ("hohe", "hohen", "hoher", "hohes", "hohem"))
    for base in map(fold, words("nouns", "adjectives_er")):  # sauer, saure: no Sau
        short = base[:-2] + "r" if base.endswith(("auer", "euer")) else base
        yield from (
            (form + ending, base) for form in {base, short} for ending in ("", *_ENDINGS) if form + ending != short
        )
        yield base, base
    yield from (("gröss" + ending, "gross") for ending in ("te", "ten", "ter", "tes", "tem"))
