"""Where a name ends: genitives ("Putins"), and nouns behind a name that the tagger took for a part of it.

In: names as the tagger found them in one article. Out: their words as the person is called.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from index.annotate.names_classes import WordClasses

_CONSONANTS = frozenset("bcdfghjklmnpqrtvw")
_NO_GENITIVE = frozenset("sxzßiu")
"""Letters behind which an s at the end rather belongs to the name: "Weiss", "Paulus", "Louis"."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of the text that names a person with `probability`.

    `words` are its words as they stand there, `ends` where each ends; `before` and `behind` are the words around it in
    its sentence, or "". `shared` is the family name that stands behind another's given name: "Sarah und Sascha Koch".
    """

    start: int
    words: tuple[str, ...]
    ends: tuple[int, ...]
    probability: float
    before: str
    behind: str
    shared: tuple[str, ...] = ()

    def cut(self, size: int) -> "Candidate":
        """The first `size` words of it."""
        return replace(self, words=self.words[:size], ends=self.ends[:size], behind=self.words[size])


_GIVEN = frozenset({"given", "givens", "given+family", "given+place"})

UNSURE = 0.65
"""The probability below which two unknown words are rather a genitive and a noun: "Sobotkas Wunsch"."""


class NameEnds:
    """Decides by the tables and by what else the article names; `known` are the article's capitalised words."""

    def __init__(self, names: Sequence[Candidate], known: Set[str], classes: WordClasses) -> None:
        self._classes = classes
        self._known = known
        self._full = {_titled(name.words) for name in names if len(name.words) > 1}
        self._prepositions = classes.prepositions
        self._families = {
            name.words[-1] for name in names if len(name.words) > 1 and classes.name(name.words[0]) in _GIVEN
        }

    def owner(self, name: Candidate) -> Candidate:
        """`name` without what follows it: "Barack Obamas" of "Barack Obamas Wunsch", "Kim Roe" of "Kim Roe von Alert";
        where the article has "Angela Merkel", "Merkel" of "Merkel Beifall" and the same of "Angela Merkel Beifall"."""
        if len(name.words) == 2 and self._is_noun(name.words[1]):
            first = name.words[0]
            unsure = name.probability < UNSURE and first[-1] == "s" and self._is_noun(first)
            if unsure or (first in self._families and self._classes.name(first) not in _GIVEN):
                return name.cut(1)
        for size in range(1, len(name.words)):
            if size > 1 and self._is_known(name.words[:size]) and self._is_noun(name.words[size]):
                return name.cut(size)
            if self._is_genitive(name.words[size - 1]) and self._is_noun(name.words[size]):
                return name.cut(size)
            if (
                (size > 1 or name.words[1] != "von")
                and name.words[size] in self._prepositions
                and self._is_last(name.words[size - 1])
            ):
                return name.cut(size)
        return name

    def bare(self, name: Candidate) -> tuple[str, ...]:
        """The words of `name` without capitals throughout, and without a genitive s where one is shown.

        The article shows it (the word without s stands elsewhere), the tables (it is a family name) or the words behind
        ("Vasconas Erklärung", "Vasconas neuer Plan").
        """
        words = _titled((*name.words, *name.shared))
        last = words[-1]
        ends = last[-1] in "'’" or self._is_genitive(last) or self._looks_genitive(last, name.behind)
        return (*words[:-1], last[:-1]) if ends and len(last) > 1 else words

    def _looks_genitive(self, word: str, behind: str) -> bool:
        if word[-1] != "s" or len(word) < 5 or word in self._classes.family or word in self._classes.given:
            return False
        if self._classes.name(word) == "joined":
            return word[-2] in _CONSONANTS
        return word[-2] not in _NO_GENITIVE and (behind[:1].isupper() or self._is_adjective(behind))

    def _is_adjective(self, word: str) -> bool:
        """Whether a word of small letters has the ending of an adjective that is left without an article."""
        return (
            word.endswith(("er", "es", "em"))
            and len(word) > 5
            and word not in self._classes.not_adjectives
            and self._classes.name(word) == "lower"
        )

    def _is_genitive(self, word: str) -> bool:
        """Whether a word has a genitive s: without it, it is a word of the article or a family name of the table."""
        if word[-1] != "s" or word[-2:] == "ss" or len(word) < 4:
            return False
        stem, classes = word[:-1], self._classes
        if word in classes.family or word in classes.given:
            return stem in classes.family and stem in self._known
        return stem in self._known or stem in classes.family

    def _is_known(self, words: tuple[str, ...]) -> bool:
        """Whether the article has a full name elsewhere that is here in capitals, or looks like a genitive."""
        return (words[-1][-1] == "s" or words[-1].isupper()) and _titled(words) in self._full

    def _is_last(self, word: str) -> bool:
        """Whether a word is rather a family name than a given name, an initial or a title of nobility."""
        return self._classes.name(word) not in ("given", "givens", "given+family", "initial", "role", "honorific")

    def _is_noun(self, word: str) -> bool:
        return self._classes.name(word) in ("capital", "capitals", "noun", "hyphen", "common", "time")


def _titled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name of two or more words that is all in capitals, as it is written otherwise."""
    if len(words) < 2 or not all(word.isupper() for word in words):
        return words
    return tuple(word if word[-1] == "." else word.title() for word in words)
