"""Who the persons of a text are: their gender, and the offices and professions that the text gives them.

In: a text and its mentions. Out: a `Person` each, by first mention. A role is read where it stands
- before the name: "US-Außenminister Antony Blinken", "NATO-Sprecherin Farah Dakhlallah",
- before the name as its head: "der Leiter des Hafenamtes in Kiel, Otto Merkur",
- behind the name: "Armin Schuster, Innenminister von Sachsen",
- as what the person is: "Lloyd Austin ist seit 2021 Verteidigungsminister".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.annotate.names_classes import Gender, WordClasses
from index.annotate.tables import Tables
from index.model import Mention

REACH = 110
"""How many characters before and behind a name are looked at."""

_TOKEN = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*\.?(?<!\w{5}\.)|\d+|[^\w\s]|\n")
_ENDS = frozenset('.:;!?\n"„“”»«–')
_COPULAS = frozenset({"ist", "war", "wird", "wurde", "bleibt", "blieb"})
_COPULA_LETTERS = frozenset(word[0] for word in _COPULAS)
_ADJECTIVE = re.compile(r"\w+(?:e|er|es|en|em)")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of an article: the one full name, the gender where it is known, and the roles as the text gives them
    (nouns, first letter as there, without case endings)."""

    name: str
    gender: Gender | None
    roles: tuple[str, ...]


class RoleReader:
    """Reads roles and gender by one set of tables."""

    def __init__(self, tables: Tables, classes: WordClasses) -> None:
        self._classes = classes
        self._determiners = frozenset(tables["not_persons"]["determiners"])
        roles = tables["person_roles"]
        self._female = frozenset(roles["female"])
        self._male = frozenset(roles["male"])

    def people(self, text: str, mentions: Sequence[Mention]) -> tuple[Person, ...]:
        """Return the persons of `mentions`, each once, by first mention."""
        roles: dict[str, dict[str, None]] = {}
        address: dict[str, Gender] = {}
        for mention in mentions:
            seen = roles.setdefault(mention.name, {})
            before, behind = self._tokens_before(text, mention.start), _tokens_behind(text, mention.end)
            for role in (*self._before(before), *self._behind(behind)):
                spelled = self._classes.role_of(role)
                seen.setdefault(spelled[0] if spelled else role)
            if before and before[-1] in self._classes.address:
                address.setdefault(mention.name, self._classes.address[before[-1]])
        return tuple(
            Person(name, address.get(name) or self._gender(name, tuple(found)), tuple(found))
            for name, found in roles.items()
        )

    def _tokens_before(self, text: str, end: int) -> list[str]:
        """The tokens before a name that may give it a role; none behind a word of small letters, as most names are."""
        before = text[max(0, end - REACH) : end]
        word = before[before.rfind(" ", 0, -1) + 1 : -1] if before.endswith(" ") else ""
        if (
            word.isalpha()
            and word.islower()
            and not (word in self._classes.honorifics or word in self._classes.address)
        ):
            return []
        return _TOKEN.findall(text, max(0, end - REACH), end)[-16:]

    def _before(self, tokens: Sequence[str]) -> list[str]:
        """The roles that stand before a name; `tokens` end where it begins."""
        at = len(tokens)
        while at and (
            tokens[at - 1] in self._classes.honorifics or tokens[at - 1] in "()" or self._is_party(tokens, at)
        ):
            at -= 1
        if at and tokens[at - 1] == ",":
            return self._head(tokens[: at - 1])
        found = []
        while at and self._is_role(tokens[at - 1]):
            found.append(tokens[at - 1])
            at -= 1
            if at > 1 and tokens[at - 1] in ("und", "-") and self._is_role(tokens[at - 2]):
                at -= 1
        return found

    def _is_party(self, tokens: Sequence[str], at: int) -> bool:
        return at > 2 and tokens[at - 1].isupper() and tokens[at - 2] == "(" and self._is_role(tokens[at - 3])

    def _head(self, tokens: Sequence[str]) -> list[str]:
        """The role that a name behind a comma explains: the first of the phrase, with nothing said of it yet."""
        first = len(tokens)
        while first and tokens[first - 1] not in _ENDS and tokens[first - 1] != ",":
            first -= 1
        phrase = tokens[first:]
        for at, word in enumerate(phrase):
            if self._is_role(word):
                said = any(self._classes.name(later) == "verb" for later in phrase[at + 1 :])
                leads = at == 0 or phrase[at - 1] in self._determiners or _ADJECTIVE.fullmatch(phrase[at - 1])
                return [word] if leads and not said else []
        return []

    def _behind(self, tokens: Sequence[str]) -> list[str]:
        """The role that stands behind a name; `tokens` begin where it ends."""
        at = 0
        if tokens and tokens[0] == "(" and ")" in tokens:
            at = tokens.index(")") + 1
        if at >= len(tokens):
            return []
        if tokens[at] == ",":
            return self._apposition(tokens[at + 1 :])
        if tokens[at] in _COPULAS:
            for word in tokens[at + 1 :]:
                if word in _ENDS or word == ",":
                    break
                if word[0].isupper():
                    return [word] if self._is_role(word) else []
        return []

    def _apposition(self, tokens: Sequence[str]) -> list[str]:
        for at, word in enumerate(tokens[:6]):
            if word[0].isupper():
                return [word] if self._is_role(word) else []
            if not (word.isdigit() or (at == 0 and word in self._determiners) or _ADJECTIVE.fullmatch(word)):
                break
            if at and word in self._determiners:
                break
        return []

    def _is_role(self, word: str) -> bool:
        return word[0].isupper() and word[0].isalpha() and self._classes.name(word) == "role"

    def _gender(self, name: str, roles: Sequence[str]) -> Gender | None:
        """The gender by roles of women, then by given name, then by the roles of men."""
        ends = [found[1] for role in roles if (found := self._classes.role_of(role))]
        if any(end in self._female for end in ends):
            return "f"
        for word in name.split()[:-1] or name.split():
            gender = self._classes.gender(word)
            if gender:
                return gender
        return "m" if any(end in self._male for end in ends) else None


def _tokens_behind(text: str, start: int) -> list[str]:
    """The tokens behind a name that may give it a role; none where it goes on with another word than "ist"."""
    behind = text[start : start + REACH]
    first = behind.lstrip(" ")[:1]
    if first == "." or (first.isalpha() and first not in _COPULA_LETTERS):
        return []
    return _TOKEN.findall(text, start, start + REACH)[:12]
