"""A query tree and a stored text in, marks, passages and reasons out: all that shows why a text was found.

Marks are offsets, sorted and apart. Where a mark is a part of a word of the text, the word is told, too: a page shows
the part strongly and the word lightly.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from whoosh import query

from index.german import Chain, default_chain
from index.schema import field_of
from search import texts
from search.matching import Matcher, TermsOf, are_same, leaves_of
from search.model import Mark, Passage, Way, Why
from search.nearby import Match
from search.passages import Sentences
from search.words import WAYS


class Highlighted(NamedTuple):
    """A text, a title or a body, with what the query matches in it.

    `marks` are the places that it matches, `words` the words of which marks are only parts, compounds with or without
    hyphens: both sorted and apart.
    """

    text: str
    matches: Sequence[Match]
    marks: tuple[Mark, ...]
    words: tuple[Mark, ...]


_RANKS: Mapping[Way | None, int] = {None: 0} | {way: rank for rank, way in enumerate(WAYS)}
"""The ways in which a word is found, the best first; what says itself what it finds stands with the best."""


class Highlighter:
    """Marks what a query matches; made once a request.

    `terms_of` may tell the terms that a pattern stands for in an index that the texts are of: it is found the quicker.
    """

    def __init__(self, tree: query.Query, chain: Chain | None = None, terms_of: TermsOf | None = None) -> None:
        asked, chain = leaves_of(tree), chain or default_chain()
        text = Matcher(asked["text"], chain, terms_of)
        is_same = are_same(asked["title"], asked["text"])
        self._matchers = {"title": text if is_same else Matcher(asked["title"], chain, terms_of), "text": text}

    def terms(self, base: str) -> list[tuple[str, str]]:
        """The terms, each with its field, whose number in a text `read` can be told."""
        return [(field_of(base, field), term) for field, term in self._matchers[base].terms]

    def read(self, base: str, text: str, occurrences: int | None = None) -> Highlighted:
        """A title or a text (`base`) with what matches in it.

        Who knows at how many positions the index has `terms` in it says so: it is read the quicker.
        """
        matches = self._matchers[base].matches(text, occurrences)
        return _highlighted(text, matches) if matches else Highlighted(text, (), (), ())  # as in most titles


def why(title: Highlighted, text: Highlighted) -> tuple[Why, ...]:
    """For each word of the query the best way in which it was found, and the word in which it was."""
    best: dict[str, tuple[int, Way, str, Mark]] = {}
    for whole, matches in ((title.text, title.matches), (text.text, text.matches)):
        for _, _, word, reason, around in matches:
            if reason is None:  # a phrase or a pattern says itself what it finds
                continue
            known, rank = best.get(word), _RANKS[reason]
            if known is None or rank < known[0]:
                best[word] = rank, reason, whole, around
    return tuple([Why(word, whole[slice(*around)], reason) for word, (_, reason, whole, around) in best.items()])


def passages(read: Highlighted, sentences: Sentences, most: int = 3) -> tuple[Passage, ...]:
    """Up to `most` passages, in their order (see `search.passages`); the first sentence where nothing matches."""
    found: tuple[Passage, ...] = texts.passages_of(
        read.text, read.matches, read.marks, read.words, sentences.starts, sentences.ends, most, Passage
    )
    return found


def _highlighted(text: str, matches: list[Match]) -> Highlighted:
    apart = texts.marks_apart(matches)
    if apart is None:
        kept = _apart(matches)
        around = [match.around for match in kept if match.around != (match.start, match.end)]
        apart = tuple([(match.start, match.end) for match in kept]), _joined(around)
    return Highlighted(text, matches, *apart)


def _apart(matches: Sequence[Match]) -> Sequence[Match]:
    """Matches in order; of those that overlap the first and longest, found in the best way."""
    apart: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, -m.end, _RANKS[m.reason], m.word)):
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


def _joined(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Sorted stretches, each once, those that overlap as one."""
    joined: list[Mark] = []
    for start, end in sorted(marks):
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return tuple(joined)
