"""The noun that a number counts, as its lemma. In: a text and the place behind the number. Out: a `CountedNoun`.

"200 dieser alten Wohnhäuser" counts `Wohnhaus`, "40 Obst- und Gemüsebauern" counts `Bauer`, the head that both parts
share, and "300 Schüler:innen" counts `Schüler`. Lemmas come from a list, and for words outside it from endings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from index.annotate.tables import Tables

_NEXT = re.compile(
    r"""
    (?: [\x20\u00a0\u2009\u202f\t] | \n (?! \n ) )
    (?P<quote> [„"“»«‚'] )?
    (?P<word> [^\W\d_]+ (?: ['’]? - [^\W\d_]+ )* - ? (?: [:*_] innen | /-?innen )? )
    """,
    re.VERBOSE,
)
_OTHER_NUMBER = re.compile(r"\x20(?:den\x20)?[0-9]{1,3}(?:\.[0-9]{3})*(?=\x20)")
_JOINED = re.compile(r"\x20(?:und|oder|sowie|bis|bzw\.)\x20([A-ZÄÖÜ][^\W\d_]+)")
_GENDERED = re.compile(r"(?:[:*_]|/-?)innen$|(?<=[a-zäöüß])Innen$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s$")
_MAX_STEPS = 6
_SHORTEST_HEAD = 3
_LAST_UMLAUT = re.compile(r"(äu|ä|ö|ü)([bcdfghjklmnpqrstvwxzß]+)$")
_PLAIN = {"äu": "au", "ä": "a", "ö": "o", "ü": "u"}
_DATIVE = re.compile(r"(?:äu[fmts]|ä(?:ng|nd|mpf|ll|tz|g|nk|rk|st))en$")
_SINGULAR_S = ("ss", "us", "nis", "sis", "tis", "xis", "gas", "glas", "ens", "eis", "aus")


@dataclass(slots=True)
class CountedNoun:
    """A noun behind a number; `known` if the list of nouns has it (or the last part of it) as a plural."""

    start: int
    end: int
    text: str
    lemma: str
    known: bool


class Lemmas:
    """Plural (and dative) forms of nouns to their singular."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        nouns = {**table["nouns"], **table["whole"]}
        self._forms: dict[str, str] = {form: lemma for lemma, forms in nouns.items() for form in (*forms, lemma)}
        self._tails = {form.lower(): lemma.lower() for lemma, forms in table["nouns"].items() for form in forms}
        self._same = tuple(table["same"]["words"])
        self._endings = [(form, row["lemma"]) for row in table["ending"] for form in row["forms"]]
        self._kept = tuple(table["umlaut"]["kept"])
        self.lemma = lru_cache(maxsize=50_000)(self._lemma)

    def known(self, word: str) -> bool:
        """Whether the list has the word or the last part of it."""
        return word in self._forms or self._head(word) is not None

    def _head(self, word: str) -> tuple[str, str] | None:
        """The longest last part of a compound that the list has, and its lemma."""
        lower = word.lower()
        for cut in range(2, len(word) - _SHORTEST_HEAD + 1):
            if lower[cut:] in self._tails:
                return lower[cut:], self._tails[lower[cut:]]
        return None

    def head(self, word: str) -> str:
        """The lemma of the last part of a compound, or of the whole word where the list has no part of it."""
        if word in self._forms:
            return self._forms[word]
        found = self._head(word)
        return found[1].capitalize() if found else self.lemma(word)

    def _lemma(self, word: str) -> str:
        if known := self._forms.get(word):
            return known
        if gendered := _GENDERED.search(word):
            stem = word[: gendered.start()]
            forms = (self._forms.get(stem + ending) for ending in ("", "en", "n"))
            return next((lemma for lemma in forms if lemma), stem)
        if word.isupper() or (len(word) > 2 and word[:-1].isupper() and word[-1] == "s"):
            return word.removesuffix("s")
        if "-" in word:
            before, _, last = word.rpartition("-")
            return f"{before}-{self._lemma(last)}" if last else word
        if word.lower().endswith(self._same):
            return word
        if found := self._head(word):
            return word[: -len(found[0])] + found[1]
        return self._by_ending(word)

    def _by_ending(self, word: str) -> str:
        for form, lemma in self._endings:
            if word.endswith(form) and len(word) > len(form):
                return f"{word.removesuffix(form)}{lemma}"
        if word.endswith(("ern", "eln")):
            return word[:-1]
        if word.endswith("en") and len(word) > 4:
            return self._without_umlaut(word[:-2]) if _DATIVE.search(word) else word[:-1]
        if word.endswith("e") and len(word) > 3:
            return self._without_umlaut(word[:-1])
        if word.endswith("s") and not word.endswith(_SINGULAR_S):
            return word[:-1]
        return word

    def _without_umlaut(self, base: str) -> str:
        last = None if base.lower().endswith(self._kept) else _LAST_UMLAUT.search(base)
        return base[: last.start()] + _PLAIN[last[1].lower()] + last[2] if last and last.start() else base


class NounFinder:
    """Finds the noun behind a number."""

    def __init__(self, tables: Tables) -> None:
        table = tables["noun_lemmas"]
        between = table["between"]
        self.lemmas = Lemmas(table)
        self._linkers = frozenset(between["linkers"])
        self._adjectives = frozenset(between["adjectives"])
        self._endings = tuple(between["adjective_endings"])
        self._participles = tuple(between["participles"])
        self._oblique = frozenset(between["oblique"])
        self._blocked = frozenset(between["blocked"])
        self._places = frozenset(between["place_adjectives"])
        self._uncounted = frozenset(table["uncounted"]["words"])
        self._is_adjective = lru_cache(maxsize=20_000)(self._adjective)

    def after(self, text: str, pos: int, oblique: bool = False) -> CountedNoun | None:
        """The noun that a number ending at `pos` counts, past what may stand between; None if nothing is counted.

        `oblique` says that the number does not stand in the nominative, so that any word on -en may be an adjective.
        """
        linked = False
        for step in range(_MAX_STEPS):
            found = _NEXT.match(text, pos)
            if not found:
                other = _OTHER_NUMBER.match(text, pos) if linked else None
                if not other:
                    return None
                pos = other.end()
                continue
            word = found["word"]
            if word[0].isupper():
                if word in self._places and _NEXT.match(text, found.end()):
                    pos = found.end()
                    continue
                return self._noun(text, found)
            if word in self._linkers and step < 2:
                linked = True
            elif not self._is_adjective(word, oblique or linked):
                return None
            pos = found.end()
            if text[pos : pos + 1] == ",":
                pos += 1
        return None

    def _adjective(self, word: str, oblique: bool) -> bool:
        if word in self._adjectives:
            return True
        if word in self._blocked or len(word) < 4:
            return False
        if word.endswith(self._endings) or (oblique and word.endswith(("en", "er"))):
            return True
        return word.endswith(("te", "ten", "ter")) and word.startswith(self._participles)

    def counts(self, noun: str) -> bool:
        """Whether a capitalised word can be counted at all: "Uhr" and the names of months cannot."""
        return noun not in self._uncounted

    def is_oblique(self, text: str, pos: int) -> bool:
        """Whether the word before `pos` makes what follows stand in another case than the nominative."""
        before = _WORD_BEFORE.search(text, max(0, pos - 16), pos)
        return before is not None and before[1].lower() in self._oblique

    def _noun(self, text: str, found: re.Match[str]) -> CountedNoun | None:
        word, start, end = found["word"], found.start("word"), found.end("word")
        if word in self._uncounted or (len(word) < 2):
            return None
        joined = _JOINED.match(text, end)
        if word.endswith("-"):
            if not joined:
                return None
            return CountedNoun(start, joined.end(), text[start : joined.end()], self.lemmas.head(joined[1]), True)
        if joined and "innen" in word and joined[1][:3] == word[:3]:
            return CountedNoun(start, joined.end(), text[start : joined.end()], self.lemmas.lemma(joined[1]), True)
        return CountedNoun(start, end, word, self.lemmas.lemma(word), self.lemmas.known(word))
