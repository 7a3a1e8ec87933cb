"""`synonyms.toml` in, for the words of a query other words with that meaning out.

groups = [["Handy", "Mobiltelefon", "Smartphone"]]    # each finds the others
[one_way]
Bundeswehr = ["Heer", "Marine"]                       # Bundeswehr finds Heer and Marine, not the other way round
"Streitkräfte" = ["Bundeswehr"]                       # TOML wants quotation marks here
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from index.errors import SettingsError
from index.german import QueryChain, QueryWord, tokenize

FILE = "synonyms.toml"

_MOST_WORDS = 6
_MOST_KEYS = 16

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SynonymSettings:
    """What a user says: groups of words of one meaning, and words that stand for others, too."""

    groups: tuple[tuple[str, ...], ...] = ()
    one_way: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def load_synonyms(folder: Path = Path()) -> SynonymSettings:
    """Read `synonyms.toml` in `folder`; nothing where there is none. Raises SettingsError."""
    file = folder / FILE
    try:
        values = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return SynonymSettings()
    except tomllib.TOMLDecodeError as error:
        hint = "A word with an umlaut or a space stands in quotation marks, before the = too."
        raise SettingsError(f"{file}: cannot be read: {error}. {hint}") from None
    except (OSError, ValueError) as error:
        raise SettingsError(f"{file}: cannot be read: {error}") from None
    unknown = sorted(set(values) - {"groups", "one_way"})
    if unknown:
        raise SettingsError(f"{file}: there is no setting {unknown[0]!r}; there are groups and [one_way].")
    groups, one_way = values.get("groups", []), values.get("one_way", {})
    if not isinstance(groups, list):
        raise SettingsError(f'{file}: `groups` is a list of lists of words, such as groups = [["A", "B"]].')
    if not isinstance(one_way, dict):
        raise SettingsError(f'{file}: `one_way` is a table, such as [one_way] with A = ["B", "C"] below it.')
    return SynonymSettings(
        tuple(_words(file, "groups", group, 2) for group in groups),
        {_words(file, "one_way", [word], 1)[0]: _words(file, f"one_way.{word}", others, 1)
         for word, others in one_way.items()},
    )  # fmt: skip


def _words(file: Path, key: str, words: Any, fewest: int) -> tuple[str, ...]:
    """Words as they are to be looked for."""
    if not (isinstance(words, list) and all(isinstance(word, str) for word in words)):
        raise SettingsError(f"{file}: `{key}`: a list of words is expected, not {words!r}.")
    for word in words:
        number = len(list(tokenize(word)))
        if not 1 <= number <= _MOST_WORDS:
            raise SettingsError(f"{file}: `{key}`: {word!r} is no word and no expression of up to {_MOST_WORDS} words.")
    if len(words) < fewest:
        raise SettingsError(f"{file}: `{key}`: {words!r} needs at least {fewest} words.")
    return tuple(" ".join(word.split()) for word in words)


class Synonyms:
    """Finds synonyms by stems, so that every form of a word has them. `chain` is what queries are read with."""

    def __init__(self, settings: SynonymSettings, chain: QueryChain) -> None:
        self.chain = chain
        self._others: dict[Key, dict[str, None]] = defaultdict(dict)  # an ordered set
        self.longest = 0
        """The most words that a word or expression with synonyms has."""
        for group in settings.groups:
            for word in group:
                self._add(word, [other for other in group if other != word])
        for word, others in settings.one_way.items():
            self._add(word, others)

    def expand(self, words: str) -> tuple[str, ...]:
        """The synonyms of a word or an expression in any of its forms, as the user wrote them."""
        return self.of(self.chain.words(words))

    def of(self, words: Sequence[QueryWord]) -> tuple[str, ...]:
        """The synonyms of some words of a query that stand in a row."""
        if not 0 < len(words) <= self.longest:
            return ()
        found: dict[str, None] = {}
        own = self._keys(words)
        for key in own:
            found.update(self._others.get(key, {}))
        return tuple(other for other in found if not own & self._keys(self.chain.words(other)))

    def runs(self, words: Sequence[QueryWord]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Where words with synonyms stand in a query: from, to, and the synonyms; the longest first, and apart."""
        first = 0
        while first < len(words):
            for last in range(min(first + self.longest, len(words)), first, -1):
                if others := self.of(words[first:last]):
                    yield first, last, others
                    first = last - 1
                    break
            first += 1

    def _add(self, word: str, others: Sequence[str]) -> None:
        words = self.chain.words(word)
        self.longest = max(self.longest, len(words))
        for key in self._keys(words):
            self._others[key].update(dict.fromkeys(others))

    def _keys(self, words: Sequence[QueryWord]) -> set[Key]:
        """All ways to name the words by their stems."""
        found: set[Key] = set()
        for key in product(*map(_stems, words)):
            if len(found) >= _MOST_KEYS:
                break
            found.add(key)
        return found


def _stems(word: QueryWord) -> list[str]:
    """What the forms of a word, or of a hyphen compound, have in common."""
    stems = [" ".join(way.terms) for way in word.alternatives if way.field == "text" and way.reason != "spelling"]
    return stems or [word.text.casefold()]
