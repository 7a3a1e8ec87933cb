"""The one chain from text to index terms, for the index and for the query.

In: a text. Out: its terms, each with its position (counted in tokens) and its offsets into that text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from index.german.fold import fold
from index.german.tokens import tokenize

_GROUPED = re.compile(r"[.'’\u00a0\u202f\u2009](?=\d{3})")

_LONGEST = 64


class Term(NamedTuple):
    """One index term: `position` counts tokens from 0, `start` and `end` are offsets into the text."""

    text: str
    position: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("german")


@lru_cache(maxsize=1 << 17)
def term_of(token: str) -> str:
    """The index term of one token: a number's normal form (12.000 -> 12000), a word's folded stem.

    A term has at most 64 characters; what is longer is no word, and is known by its beginning.
    """
    token = token[:_LONGEST]
    if token[0].isdigit():
        return _GROUPED.sub("", token).lower()
    return str(_stemmer().stemWord(fold(token)))


def analyze(text: str) -> Iterator[Term]:
    """All index terms of `text`, in order."""
    for position, token in enumerate(tokenize(text)):
        yield Term(term_of(token.text), position, token.start, token.end)
