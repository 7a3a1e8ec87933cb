"""A text cut into words, and the runs of words in which a name can stand.

In: a text and its sentences. Out: blocks of tokens with offsets, and the runs of capitalised words (with initials and
particles between them) as index ranges into a block.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.model import Span

BLOCK = 1 << 17
"""The most characters cut into tokens at once, so that a text of one endless line costs no more memory than another."""

LONGEST_RUN = 12
"""The most words of one run; what goes on behind them is a new run."""

MOST_PARTICLES = 3
"""The most words without a capital between two with one: "van der", "de la"."""

BOUNDARY = "<s>"
"""The token before a sentence and behind a text."""

_WORD = r"[^\W\d_]+(?:[-‐‑'’´`][^\W\d_]+)*"
_INITIALS = r"(?:[A-ZÄÖÜ]\.)+(?:-[A-ZÄÖÜ]\.)?(?![^\W\d_])"
_ORDINAL = r"[IVX]{1,5}\.(?=\s)"


@dataclass(frozen=True, slots=True)
class Block:
    """The tokens of a stretch of text: `words[i]` starts at `starts[i]`; `sentence_starts` are token indexes."""

    words: list[str]
    starts: list[int]
    sentence_starts: frozenset[int]


class Run(NamedTuple):
    """Tokens `first` to `last` (exclusive) of a block."""

    first: int
    last: int


def token_pattern(abbreviations: Iterable[str]) -> re.Pattern[str]:
    """The pattern of one token; `abbreviations` ("Dr.", "Prof.") keep their full stop."""
    short = "|".join(re.escape(word) for word in sorted(abbreviations, key=len, reverse=True))
    return re.compile(
        rf"""
        [a-zäöüß]++(?![\w'’‐‑-])  # most words
        | (?:{short})(?=[\s\w])    # an abbreviated form of address
        | {_INITIALS}              # "W.", "C.Y.", "J.-P."
        | {_ORDINAL}               # "XVI."
        | {_WORD}                  # "Jong-un", "O’Leary"
        | \d[\d.,]*                # a number
        | [^\w\s]                  # a mark of punctuation
        | \n\s*\n                  # the end of a paragraph
        """,
        re.VERBOSE,
    )


def blocks(text: str, sentences: Sequence[Span], pattern: re.Pattern[str]) -> Iterator[Block]:
    """Cut `text` into tokens, at most BLOCK characters (up to the next white space) at a time."""
    sentence_starts = [span.start for span in sentences]
    begin, at = 0, 0
    while begin < len(text):
        end = begin + BLOCK
        if end < len(text):
            space = text.rfind(" ", begin + BLOCK // 2, end)
            end = space if space > 0 else end
        words = pattern.findall(text, begin, end)
        starts, place = [], begin
        for word in words:
            place = text.find(word, place)
            starts.append(place)
            place += len(word)
        until = bisect_left(sentence_starts, end, at)
        heads = {bisect_left(starts, start) for start in sentence_starts[at:until]}
        at = until
        yield Block(words, starts, frozenset(heads))
        begin = end


def runs(block: Block, particles: frozenset[str]) -> list[Run]:
    """The runs of a block: words with a capital, with particles between two of them, inside one sentence."""
    words, heads = block.words, block.sentence_starts
    capitals = [index for index, word in enumerate(words) if not word.islower() and word[0].isalpha()]
    found: list[Run] = []
    first, last = 0, 0
    for index in capitals:
        near = index == last or (index - last <= MOST_PARTICLES and particles.issuperset(words[last:index]))
        if near and first < last and index - first < LONGEST_RUN and heads.isdisjoint(range(last, index + 1)):
            last = index + 1
            continue
        if first < last:
            found.append(Run(first, last))
        first, last = index, index + 1
    if first < last:
        found.append(Run(first, last))
    return found
