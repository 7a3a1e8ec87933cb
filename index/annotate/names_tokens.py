"""A text cut into words, and the runs of words in which a name can stand.

In: a text and its sentences. Out: blocks of tokens with offsets, and the runs of capitalised words (with initials and
particles between them) as index ranges into a block.

What stands between two spaces is cut once and then looked up, as words come again and again. So a text of known words
is cut without looking at its letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from index.model import Span

Integers = npt.NDArray[np.intp]
Kind = TypeVar("Kind", bound=np.generic)

BLOCK = 1 << 17
"""The most characters cut into tokens at once, so that a text of one endless line costs no more memory than another."""

LONGEST_RUN = 12
"""The most words of one run; what goes on behind them is a new run."""

MOST_PARTICLES = 3
"""The most words without a capital between two with one: "van der", "de la"."""

KNOWN = 1 << 17
"""How many pieces of texts are remembered, and how many tokens of them; then they are forgotten all at once."""

BOUNDARY = "<s>"
"""The token before a sentence and behind a text."""

_WORD = r"[^\W\d_]+(?:[-‐‑'’´`][^\W\d_]+)*"
_INITIALS = r"(?:[A-ZÄÖÜ]\.)+(?:-[A-ZÄÖÜ]\.)?(?![^\W\d_])"
_ORDINAL = r"[IVX]{1,5}\.(?=\s)"
_WIDE_GAP = re.compile(r"\n[^\S ]*+ \s*\n")  # the one token in which a space stands
_LONE_SPACE = re.compile(r"(?<!\s) (?!\s)")


@dataclass(frozen=True, slots=True)
class Block:
    """The tokens of a stretch of text: `words[i]` starts at `starts[i]`, has the number `numbers[i]` and stands in the
    sentence `sentences[i]`, counted from 1 (0 is before the first). `capitals` are the indexes of words with one."""

    words: list[str]
    starts: list[int]
    capitals: list[int]
    sentences: Integers
    numbers: Integers


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


class Tokenizer:
    """Cuts texts into tokens and numbers their words: `words[number]`; 0 is the BOUNDARY.

    When too much is known all is forgotten, and `words` is a new list; the numbers of earlier blocks mean nothing then.
    """

    def __init__(self, abbreviations: Iterable[str]) -> None:
        """Take the abbreviations that keep their full stop."""
        short = sorted(abbreviations)
        self._pattern = token_pattern(short)
        self._cuts_at_spaces = not any(word.split() != [word] for word in short)
        self._forget()

    def blocks(self, text: str, sentences: Sequence[Span]) -> Iterator[Block]:
        """Cut `text` into tokens, at most BLOCK characters (up to the next white space) at a time."""
        sentence_starts = np.fromiter((span.start for span in sentences), np.intp, len(sentences))
        begin = 0
        while begin < len(text):
            end = begin + BLOCK
            if end < len(text):
                space = text.rfind(" ", begin + BLOCK // 2, end)
                end = space if space > 0 else end
            numbers, starts = self._cut(text[begin:end])
            starts += begin
            first, last = sentence_starts.searchsorted((begin, end))
            heads = np.zeros(len(starts) + 1, bool)
            heads[starts.searchsorted(sentence_starts[first:last])] = True
            yield Block(
                list(map(self.words.__getitem__, numbers.tolist())),
                starts.tolist(),
                self._has_capital[numbers].nonzero()[0].tolist(),
                heads[:-1].cumsum(),
                numbers,
            )
            begin = end

    def _forget(self) -> None:
        self.words: list[str] = []
        self._number_of: dict[str, int] = {}
        self._has_capital = np.zeros(1 << 10, bool)
        self._piece_of: dict[str, int] = {}
        self._pieces = 0
        self._ends = np.zeros(1 << 10, np.intp)  # where the tokens of each piece end, from piece 1 on
        self._tokens = np.zeros(1 << 10, np.intp)
        self._offsets = np.zeros(1 << 10, np.intp)
        self._number([BOUNDARY])

    def _cut(self, text: str) -> tuple[Integers, Integers]:
        """The numbers of the tokens of `text`, and where they start."""
        if max(self._pieces, int(self._ends[self._pieces])) > KNOWN:
            self._forget()
        *pieces, last = self._split(text)
        known = self._piece_of
        found = list(map(known.get, pieces))
        if None in found:
            new = [piece for piece in dict.fromkeys(pieces) if piece not in known]
            known.update(zip(new, range(self._pieces + 1, self._pieces + 1 + len(new)), strict=True))
            self._learn([(piece, self._tokens_of(piece, " ")) for piece in new])
            found = list(map(known.get, pieces))
        self._learn([(last, self._tokens_of(last, ""))])  # at a text's end no abbreviation keeps its full stop
        rows = np.array([*found, self._pieces], np.intp)
        counts = self._ends[rows] - self._ends[rows - 1]
        behind = counts.cumsum()
        at = np.arange(behind[-1]) + np.repeat(self._ends[rows] - behind, counts)
        begins = np.zeros(len(rows), np.intp)
        np.cumsum(np.fromiter(map(len, pieces), np.intp, len(pieces)) + 1, out=begins[1:])
        return self._tokens[at], self._offsets[at] + np.repeat(begins, counts)

    def _split(self, text: str) -> list[str]:
        """The pieces of `text`, one space between each and the next; no token reaches over one."""
        if not self._cuts_at_spaces:
            return [text]
        return _LONE_SPACE.split(text) if _WIDE_GAP.search(text) else text.split(" ")

    def _tokens_of(self, piece: str, behind: str) -> list[str]:
        """The tokens of a piece that stands before `behind`."""
        return [piece] if piece.isalpha() else self._pattern.findall(piece + behind)

    def _learn(self, pieces: Sequence[tuple[str, list[str]]]) -> None:
        """Number the pieces, each with its tokens."""
        offsets: list[int] = []
        ends: list[int] = []
        words: list[str] = []
        size = int(self._ends[self._pieces])
        for piece, tokens in pieces:
            place = 0
            for word in tokens:
                place = piece.find(word, place)
                offsets.append(place)
                place += len(word)
            words += tokens
            ends.append(size + len(words))
        self._tokens = with_values(self._tokens, size, self._number(words))
        self._offsets = with_values(self._offsets, size, offsets)
        self._ends = with_values(self._ends, self._pieces + 1, ends)
        self._pieces += len(pieces)

    def _number(self, words: Sequence[str]) -> list[int]:
        """The numbers of words; new ones get one."""
        new = [word for word in dict.fromkeys(words) if word not in self._number_of]
        size = len(self.words)
        self._number_of.update(zip(new, range(size, size + len(new)), strict=True))
        self.words += new
        capitals = [not word.islower() and word[0].isalpha() for word in new]
        self._has_capital = with_values(self._has_capital, size, capitals)
        return [self._number_of[word] for word in words]


def with_values(array: npt.NDArray[Kind], at: int, values: npt.ArrayLike) -> npt.NDArray[Kind]:
    """`array` with `values` from `at` on; a longer one where they find no room."""
    new = np.asarray(values)
    end = at + len(new)
    if end > len(array):
        array = np.resize(array, (max(end, 2 * len(array)), *array.shape[1:]))
    array[at:end] = new
    return array


def runs(block: Block, particles: frozenset[str]) -> list[Run]:
    """The runs of a block: words with a capital, with particles between two of them, inside one sentence."""
    words, sentence = block.words, block.sentences.tolist()
    found: list[Run] = []
    first, last = 0, 0
    for index in block.capitals:
        near = index == last or (index - last <= MOST_PARTICLES and particles.issuperset(words[last:index]))
        if near and first < last and index - first < LONGEST_RUN and sentence[last - 1] == sentence[index]:
            last = index + 1
            continue
        if first < last:
            found.append(Run(first, last))
        first, last = index, index + 1
    if first < last:
        found.append(Run(first, last))
    return found
