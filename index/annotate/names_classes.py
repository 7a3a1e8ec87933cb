"""The classes of words that tell names from other words, by the tables and by form.

In: `Tables`, words. Out: the one class of a word; the role that a word names.
"""

from functools import lru_cache
from typing import Literal

from index.annotate.names_tokens import BOUNDARY
from index.annotate.tables import Tables

Gender = Literal["m", "f"]

_GERMAN = frozenset("abcdefghijklmnopqrstuvwxyzäöüß-'’.")

_MOST_WORDS = 1 << 14

_ENDINGS = ("", "s", "n", "en", "es", "e")
"""Case endings of roles."""


class WordClasses:
    """The one class of a word, by the first table that knows it, and else by its form."""

    names: tuple[str, ...] = (
        "boundary", "comma", "quote", "open", "close", "stop", "mark", "number",
        "determiner", "particle", "honorific", "und", "verb", "lower",
        "initial", "given+family", "given", "givens", "first", "family", "family+word", "joined",
        "role", "demonym", "time", "place", "given+place", "inhabitant",
        "organization", "geography", "work", "noun", "capitals", "mixed", "hyphen", "foreign", "capital", "common",
    )  # fmt: skip

    def __init__(self, tables: Tables) -> None:
        given = tables["given_names"]
        family = tables["family_names"]
        others = tables["not_persons"]
        roles = tables["person_roles"]
        self.genders: dict[str, Gender] = dict.fromkeys(given["male"], "m") | dict.fromkeys(given["female"], "f")
        self.given = self.genders.keys() | frozenset(given["either"])
        self.first = frozenset(family["first"])
        self.family = frozenset(family["common"])
        self.also_words = frozenset(family["also_words"])
        self._no_roles = tuple(others["no_roles"])
        self._place_infixes = tuple(others["place_infixes"])
        self.places = frozenset(tables["places"]["places"])
        self.not_adjectives = frozenset(others["not_adjectives"])
        self.address: dict[str, Gender] = {
            **dict.fromkeys(roles["male_honorifics"], "m"),
            **dict.fromkeys(roles["female_honorifics"], "f"),
        }
        self.demonyms = frozenset(tables["places"]["demonyms"])
        self.honorifics = frozenset(roles["honorifics"])
        self.roles = frozenset(role for key in ("male", "female", "either") for role in roles[key])
        self.compound_roles = self.roles.difference(roles["never_compound"])
        self._role_tails = frozenset((role + ending)[-4:] for role in self.roles for ending in _ENDINGS)
        self.particles = frozenset(tables["name_particles"]["particles"])
        self.prepositions = frozenset(tables["name_particles"]["prepositions"])
        self.joined = tuple(tables["name_particles"]["joined"])
        self._noun_endings = frozenset(others["noun_endings"])
        self._ending_lengths = sorted({len(ending) for ending in self._noun_endings})
        self.verbs = frozenset(others["verbs"])
        self._determiners = frozenset(others["determiners"])
        self._listed: dict[str, str] = {}
        for kind, table in (
            ("common", "common"),
            ("work", "works"),
            ("geography", "geography"),
            ("organization", "organizations"),
            ("time", "times"),
        ):
            self._listed.update(dict.fromkeys(others[table], kind))
        self._index = {name: index for index, name in enumerate(self.names)}
        self.name = lru_cache(_MOST_WORDS)(self._name)
        """The class of a word."""

    def index(self, word: str) -> int:
        """The class of `word` as an index into `names`."""
        return self._index[self.name(word)]

    def _name(self, word: str) -> str:
        first = word[0]
        if word == BOUNDARY or first == "\n":
            return "boundary"
        if word in self.honorifics:
            return "honorific"
        if not first.isalpha():
            return _mark(first)
        if not first.isupper():
            return self._lower(word)
        return self._capital(word)

    def is_also_word(self, name: str) -> bool:
        """Whether a name is a word of the language, too, or the name of something else."""
        return name in self.also_words or name.lower() in self._listed

    def gender(self, name: str) -> Gender | None:
        """The gender that a given name tells, by its whole or by the first of its parts."""
        return self.genders.get(name) or self.genders.get(name.split("-")[0])

    def role_of(self, word: str) -> tuple[str, str] | None:
        """The role that a capitalised word is, by its whole or its end: the word without its ending, the table's word.

        "Ex-Präsidenten" is ("Ex-Präsident", "präsident").
        """
        last = word.lower().rsplit("-", 1)[-1]
        if last[-4:] not in self._role_tails or last.endswith(self._no_roles):
            return None
        for ending in _ENDINGS:
            if last.endswith(ending):
                form = last[: len(last) - len(ending)]
                for cut in (0, *range(2, len(form) - 3)):
                    if form[cut:] in (self.compound_roles if cut else self.roles):
                        return word[: len(word) - len(ending)], form[cut:]
        return None

    def _lower(self, word: str) -> str:
        if word in self._determiners:
            return "determiner"
        if word in ("und", "oder", "sowie"):
            return "und"
        if word.startswith(self.joined) and not word.islower():
            return self._listed.get(word.lower(), "joined")
        if word in self.particles:
            return "particle"
        return "verb" if word in self.verbs else "lower"

    def _capital(self, word: str) -> str:
        if word[-1] == ".":
            return "initial"
        bare = word[:-1] if word[-1] == "s" and len(word) > 3 else word
        if word.isupper() and len(word) > 3:
            word = word.title()
        if word in self.demonyms or bare in self.demonyms:
            return "demonym"
        lower = word.lower()
        given = word in self.given or (bare in self.given and lower not in self._listed)
        if word in self.places or bare in self.places:
            return "given+place" if given else "place"
        family = word in self.family or bare in self.family
        if word in self.also_words and lower in self._listed:
            return "common"
        if given:
            return "given+family" if family or word in self.first else "given"
        if lower in self.roles:
            return "role"
        if word in self.also_words:
            return "family+word"
        listed = self._listed.get(lower) or self._listed.get(bare.lower())
        if listed:
            return listed
        if word in self.first:
            return "first"
        if family:
            return "family"
        return self._by_form(word, lower)

    def _by_form(self, word: str, lower: str) -> str:
        parts = word.split("-")
        if len(parts) > 1 and all(part.rstrip("s") in self.given or part in self.given for part in parts):
            return "givens"
        if lower.startswith(self.joined):
            return "joined"
        if self.role_of(word):
            return "role"
        if len(parts) > 1:
            if any(infix in lower for infix in self._place_infixes):
                return "place"
            if parts[-1].lower() in self._listed:
                return self._listed[parts[-1].lower()]
            return "family" if all(part in self.family for part in parts) else "hyphen"
        if lower.endswith("er") and (word[:-2] in self.places or word[:-2] + "en" in self.places):
            return "inhabitant"
        if any(lower[-length:] in self._noun_endings for length in self._ending_lengths):
            return "noun"
        if word.isupper():
            return "capitals"
        if not word[1:].islower():
            return "mixed"
        return "capital" if _GERMAN.issuperset(lower) else "foreign"


def _mark(first: str) -> str:
    if first.isdigit():
        return "number"
    if first == ",":
        return "comma"
    if first in '"„“”»«›‹‚‘':
        return "quote"
    if first == "(":
        return "open"
    if first == ")":
        return "close"
    return "stop" if first in ".!?" else "mark"
