"""A text and some words in, what stands around the places of these words out: less than cutting the whole text.

Between white space a text is cut as it is in the whole, but for numbers, which may hold white space.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from search.model import Mark, Way

_MOST_WORDS = 48
_MOST_PLACES = 48
"""With more of either the whole text is cut as quickly."""

_BEGINNINGS = (None, 8, 5)
"""All letters of words, or so many, tried in turn where the words are too many: those that begin alike are one then."""

_LONG = 5
"""A word of fewer letters is looked for with all of them."""

_DIGIT = re.compile(r"\d")


class Match(NamedTuple):
    """A place that matched, the word of the query that it matched, and how.

    `around` is the whole word of the text that the place lies in, with all that hyphens tie to it.
    """

    start: int
    end: int
    word: str
    reason: Way | None
    around: Mark


Read = tuple[int, list[Match]]
"""At how many positions the index has what stands in a text, and what matches in it."""


def matches_near(
    text: str, words: list[str], known: Mapping[str, Read], read: Callable[[str], Read], make: type[Match] = Match
) -> tuple[list[Match], int] | None:
    """What matches near the words, and at how many positions the index has what stands there; None as `pieces_near`.

    Each piece is looked up in what is `known`, else `read`; its matches count from its own start.
    """
    pieces = pieces_near(text, words)
    if pieces is None:
        return None
    matches, there = list[Match](), 0
    for start, piece in pieces:
        positions, inside = known.get(piece) or read(piece)
        there += positions
        for first, last, word, way, (begin, end) in inside:
            matches.append(make(start + first, start + last, word, way, (start + begin, start + end)))
    return matches, there


def pieces_near(text: str, words: list[str]) -> list[tuple[int, str]] | None:
    """What stands between white space around each place where one of the words stands, be it inside another word.

    Each piece with where it begins, in their order. None where the whole text has to be cut, or may as well be.
    """
    if len(words) > _MOST_WORDS:
        return None
    found: list[int] = []
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.append(at)
            if len(found) > _MOST_PLACES:
                return None
            at = text.find(word, at + 1)
    spaced = text.replace("\n", " ")
    pieces, end = [], 0
    for at in sorted(found) if len(words) > 1 else found:
        if at < end:
            continue  # between the same white space as the one before
        start, behind = max(end, spaced.rfind(" ", end, at) + 1), spaced.find(" ", at)
        end = behind if behind >= 0 else len(text)
        piece = text[start:end]
        if not piece.isalpha() and _DIGIT.search(piece):
            return None
        pieces.append((start, piece))
    return pieces


def in_any_case(words: Iterable[str]) -> set[str]:
    """Words without the letter that is once a capital and once not, so that they are looked for once; no short ones,
    whose rest stands in too many others."""
    there = set(words)
    return {word[1:] if len(word) >= _LONG and word[0].swapcase() + word[1:] in there else word for word in there}


def shortest(words: Iterable[str]) -> list[str]:
    """Those of some words that have no other in them: where these do not stand, none does. Of many only beginnings."""
    there = set(words)
    for letters in _BEGINNINGS:
        found: list[str] = []
        for word in sorted({word[:letters] for word in there}, key=len):
            if len(found) > _MOST_WORDS:
                break
            if not any(other in word for other in found):
                found.append(word)
        if len(found) <= _MOST_WORDS:
            break
    return found
