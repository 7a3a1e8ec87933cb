"""The name of an institution that speaks, from the noun phrase that names it.

In: the words of a phrase. Out: its name in a nominative, without an article ("südkoreanischer Geheimdienst"), or None
where the phrase names no institution.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from index.annotate.clauses import Words
from index.annotate.speech_lexicon import ARTICLE, FILLER, NOT_VERB, OBLIQUE, PREPOSITION, QUOTE
from index.annotate.tables import Tables

_ACRONYM = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9/&-]{1,9}[a-z]?")
_MAX_WORDS = 8


class InstitutionNamer:
    """Names institutions."""

    def __init__(self, tables: Tables) -> None:
        table = tables["institutions"]
        self._nouns = frozenset(table["nouns"])
        self._suffixes = tuple(table["suffixes"])
        self._seats = frozenset(table["seats"])
        self._spokespeople = frozenset(table["spokespeople"])
        self._generic = tuple(table["generic"])
        self._sources = tuple(tables["attributions"]["suffixes"])
        self._name_adjectives = tuple(table["name_adjectives"])
        self._name_openers = frozenset(table["name_openers"])
        self._is_institution = lru_cache(maxsize=20_000)(self._find_institution)
        self._inside = lru_cache(maxsize=20_000)(self._find_inside)
        self._aliases: Mapping[str, str] = table["aliases"]
        self._neuter = tuple(table["neuter"])
        self._feminine = tuple(table["feminine"])
        self.role_synonyms: Mapping[str, tuple[str, ...]] = {
            role.casefold(): tuple(word.casefold() for word in words) for role, words in table["role_synonyms"].items()
        }

    def name(self, words: Words, first: int, last: int) -> str | None:
        """The institution's name; of a spokesperson, the institution spoken for."""
        last = min(last, first + _MAX_WORDS)
        index, article = first, ""
        while index < last:
            flags, spelling = words.flags[index], words.spelling[index]
            if flags & (QUOTE | PREPOSITION) and not flags & (ARTICLE | OBLIQUE):
                return self._quoted(words, index) if flags & QUOTE else None
            if flags & (ARTICLE | OBLIQUE):
                article = spelling.lower()
            elif spelling[0].isupper():
                break
            index += 1
        if index >= last or words.flags[index] & (FILLER | NOT_VERB):
            return None
        if words.spelling[index] in self._spokespeople:
            return self._spoken_for(words, index + 1, last)
        if words.spelling[index] in self._name_openers:
            return self._proper(words, index, last)
        if index + 1 < last and self._begins_name(words.spelling[index]):
            index += 1
        noun = self._base(words.spelling[index], article)
        if noun.lower().endswith(self._generic):
            proper = self._proper(words, index + 1, last)
            if proper is not None:
                return proper
        if not self._is_institution(noun):
            return self._inside(noun)
        adjective = words.spelling[index - 1] if index > first else ""
        if adjective.endswith(("e", "en", "em", "er", "es")) and not words.flags[index - 1]:
            return f"{self._nominative(adjective, article, noun)} {noun}"
        return noun

    def _begins_name(self, word: str) -> bool:
        """Whether an adjective with a capital is part of a name: "Deutsche", "Auswärtigen"."""
        stem = re.sub(r"e[nmrs]?$", "", word)
        return stem != word and stem.lower().endswith(self._name_adjectives)

    def is_feminine(self, noun: str) -> bool:
        """Whether a noun is feminine by its ending, or one of the feminine institutions."""
        return noun.endswith("in") or noun.lower().endswith(self._feminine)

    def _find_inside(self, noun: str) -> str | None:
        """The institution inside a compound that names its words: "Polizeiangaben"."""
        for suffix in self._sources:
            if noun.lower().endswith(suffix):
                owner = noun[: -len(suffix)].removesuffix("-")
                found = next((name for name in (owner, owner.removesuffix("s")) if self._is_institution(name)), None)
                return self._aliases.get(found, found) if found else None
        return None

    def _quoted(self, words: Words, index: int) -> str | None:
        """The name in quotation marks: "der „Spiegel“"."""
        quotation = words.quotations[index]
        name = words.text[quotation.inner_start : quotation.inner_end]
        return name if 1 < len(name) <= 40 and "\n" not in name else None

    def _proper(self, words: Words, index: int, last: int) -> str | None:
        """What a generic noun is called: "die Nachrichtenagentur Reuters"."""
        if index < last and words.flags[index] & QUOTE:
            return self._quoted(words, index)
        first = index
        while index < last and words.spelling[index][0].isupper() and not words.flags[index]:
            index += 1
        return words.text[words.start[first] : words.end(index - 1)] if index > first else None

    def _spoken_for(self, words: Words, index: int, last: int) -> str | None:
        if index < last and words.spelling[index] in ("von", "vom", "beim"):
            return self.name(words, index + 1, last)
        if index < last and words.flags[index] & (OBLIQUE | ARTICLE):
            return self.name(words, index, last)
        return None

    def _base(self, noun: str, article: str) -> str:
        """The nominative of a genitive: "des Geheimdienstes"."""
        if article not in ("des", "eines", "dieses") or not noun.endswith("s") or _ACRONYM.fullmatch(noun):
            return noun
        short = noun.removesuffix("es")
        return short if noun.endswith("es") and self._is_institution(short) else noun.removesuffix("s")

    def _find_institution(self, noun: str) -> bool:
        if noun in self._nouns or noun in self._seats or _ACRONYM.fullmatch(noun):
            return True
        return noun.lower().endswith(self._suffixes)

    def _nominative(self, adjective: str, article: str, noun: str) -> str:
        """The adjective as it stands in front of the bare noun."""
        stem = re.sub(r"e[nmrs]?$", "", adjective)
        plural = noun.endswith(("en", "er", "e")) and article in ("", "die", "den", "einige", "mehrere")
        if plural or noun.lower().endswith(self._feminine):
            return stem + "e"
        return stem + ("es" if noun.lower().endswith(self._neuter) else "er")
