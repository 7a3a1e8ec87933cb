"""Texts cut into words, and the runs of words in which a name can stand.

In: texts and their sentences. Out: blocks of tokens with offsets, and the runs of capitalised words (with initials and
particles between them) as index ranges into a block. Several short texts share one, as arrays cost by the call.

What stands between two spaces is cut once and then looked up, as words come again and again. So a text of known words
is cut without looking at its letters.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from index.model import Span

Integers = npt.NDArray[np.intp]
Kind = TypeVar("Kind", bound=np.generic)

BLOCK = 1 << 17
"""The most characters cut into tokens at once, so that a text of one endless line costs no more memory than others."""

LONGEST_RUN = 12
"""The most words of one run; what goes on behind them is a new run."""

MOST_PARTICLES = 3
"""The most words without a capital between two with one: "van der", "de la"."""

KNOWN = 1 << 18
"""How many pieces of texts are remembered, and how many tokens of them; then they are forgotten all at once."""

BOUNDARY = "<s>"
"""The token before a sentence and behind a text."""

_WORD = r"[^\W\d_]+(?:[-‐‑'’´`][^\W\d_]+)*"
_INITIALS = r"(?:[A-ZÄÖÜ]\.)+(?:-[A-ZÄÖÜ]\.)?(?![^\W\d_])"
_ORDINAL = r"[IVX]{1,5}\.(?=\s)"
_WIDE_GAP = re.compile(r"\n[^\S ]*+ \s*\n")  # the one token in which a space stands
_LONE_SPACE = re.compile(r"(?<!\s) (?!\s)")


class Stretch(NamedTuple):
    """The characters `start` to `end` of the text with this number."""

    text: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """The tokens of some stretches of texts: `words[i]` starts at `starts[i]` of its text, has the number `numbers[i]`
    in the `vocabulary` and stands in the sentence `sentences[i]`, counted from 1 on; no sentence goes on from one
    stretch into the next. `capitals` are the indexes of words with one, `particles[i]` says whether a word is one that
    may stand between two of those. The tokens of `stretches[i]` end before `ends[i]`.
    """

    vocabulary: list[str]
    numbers: Integers
    starts: Integers
    sentences: Integers
    capitals: Integers
    particles: npt.NDArray[np.bool_]
    stretches: list[Stretch]
    ends: Integers

    @property
    def words(self) -> list[str]:
        """All words; who needs few asks for those."""
        return self.words_of(self.numbers)

    def words_of(self, numbers: Integers) -> list[str]:
        """The words with these numbers."""
        return list(map(self.vocabulary.__getitem__, numbers.tolist()))


class Run(NamedTuple):
    """Tokens `first` to `last` (exclusive) of a block."""

    first: int
    last: int


class Runs(NamedTuple):
    """Many runs: tokens `firsts[i]` to `lasts[i]` (exclusive), ascending."""

    firsts: Integers
    lasts: Integers

    def tokens(self) -> Integers:
        """The indexes of all their tokens."""
        lengths = self.lasts - self.firsts
        ends = lengths.cumsum()
        found: Integers = np.repeat(self.lasts - ends, lengths) + np.arange(lengths.sum())
        return found


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

    def __init__(self, abbreviations: Iterable[str], particles: frozenset[str] = frozenset()) -> None:
        """Take the abbreviations that keep their full stop, and the words that may stand inside a name."""
        short = sorted(abbreviations)
        self._particles = particles
        self._pattern = token_pattern(short)
        self._cuts_at_spaces = not any(word.split() != [word] for word in short)
        self._forget()

    def blocks(self, texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> Iterator[Block]:
        """Cut texts into tokens, at most BLOCK characters (up to the next white space) at a time."""
        waiting: list[Stretch] = []
        size = 0
        for stretch in _stretches(texts):
            if waiting and size + stretch.end - stretch.start > BLOCK:
                yield self._block(waiting, texts, sentences)
                waiting, size = [], 0
            waiting.append(stretch)
            size += stretch.end - stretch.start
        if waiting:
            yield self._block(waiting, texts, sentences)

    def _block(self, stretches: list[Stretch], texts: Sequence[str], sentences: Sequence[Sequence[Span]]) -> Block:
        numbers, places, counts = self._cut([texts[text][start:end] for text, start, end in stretches])
        ends = counts.cumsum()
        heads = np.zeros(len(numbers) + 1, bool)
        heads[ends - counts] = True
        heads[places.searchsorted(_sentence_places(stretches, sentences))] = True
        begins = np.array([stretch.start for stretch in stretches])
        lengths = np.array([stretch.end - stretch.start for stretch in stretches])
        return Block(
            self.words,
            numbers,
            places + np.repeat(begins - (lengths.cumsum() - lengths), counts),
            heads[:-1].cumsum(),
            self._has_capital[numbers].nonzero()[0],
            self._is_particle[numbers],
            stretches,
            ends,
        )

    def _forget(self) -> None:
        self.words: list[str] = []
        self._number_of: dict[str, int] = {}
        self._has_capital = np.zeros(1 << 10, bool)
        self._is_particle = np.zeros(1 << 10, bool)
        self._piece_of = _Pieces()
        self._pieces = 0
        self._ends = np.zeros(1 << 10, np.intp)  # where the tokens of each piece end, from piece 1 on
        self._tokens = np.zeros(1 << 10, np.intp)
        self._offsets = np.zeros(1 << 10, np.intp)
        self._number([BOUNDARY])

    def _cut(self, texts: Sequence[str]) -> tuple[Integers, Integers, Integers]:
        """The numbers of the tokens of all texts, where they start in the texts laid end to end, and of each text how
        many there are."""
        if max(self._pieces, int(self._ends[self._pieces])) > KNOWN:
            self._forget()
        split = list(map(self._split, texts))
        lasts = [pieces.pop() for pieces in split]
        inner = list(chain.from_iterable(split))
        found = self._known(inner)
        self._learn([(last, self._tokens_of(last, "")) for last in lasts])  # there no abbreviation keeps its full stop
        behind = np.cumsum([len(pieces) for pieces in split])
        rows = np.insert(found, behind, np.arange(self._pieces - len(lasts), self._pieces) + 1)
        sizes = np.fromiter(map(len, inner), np.intp, len(inner)) + 1  # each with the space behind it
        sizes = np.insert(sizes, behind, np.fromiter(map(len, lasts), np.intp, len(lasts)))
        counts = self._ends[rows] - self._ends[rows - 1]
        upto = counts.cumsum()
        at = np.arange(upto[-1]) + np.repeat(self._ends[rows] - upto, counts)
        whole = upto[behind + np.arange(len(lasts))]
        return (
            self._tokens[at],
            self._offsets[at] + np.repeat(sizes.cumsum() - sizes, counts),
            np.diff(whole, prepend=0),
        )

    def _known(self, pieces: list[str]) -> Integers:
        """The numbers of pieces that no text ends with; new ones get one."""
        known = self._piece_of
        known.next = first = self._pieces + 1
        found = np.fromiter(map(known.__getitem__, pieces), np.intp, len(pieces))
        if known.next > first:
            new = list(islice(reversed(known), known.next - first))
            self._learn([(piece, self._tokens_of(piece, " ")) for piece in reversed(new)])
        return found

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
        self._is_particle = with_values(self._is_particle, size, [word in self._particles for word in new])
        return [self._number_of[word] for word in words]


def with_values(array: npt.NDArray[Kind], at: int, values: npt.ArrayLike) -> npt.NDArray[Kind]:
    """`array` with `values` from `at` on; a longer one where they find no room."""
    new = np.asarray(values)
    end = at + len(new)
    if end > len(array):
        array = np.resize(array, (max(end, 2 * len(array)), *array.shape[1:]))
    array[at:end] = new
    return array


class _Pieces(dict[str, int]):
    """The number of each piece; one that is new gets the next."""

    next = 1

    def __missing__(self, piece: str) -> int:
        self[piece] = number = self.next
        self.next += 1
        return number


def runs(block: Block) -> Runs:
    """The runs of a block: words with a capital, with particles between two of them, inside one sentence."""
    at = block.capitals
    if not len(at):
        return Runs(at, at)
    between = at[1:] - at[:-1] - 1
    particles = block.particles.cumsum()
    linked = (between <= MOST_PARTICLES) & (block.sentences[at[1:]] == block.sentences[at[:-1]])
    linked &= particles[at[1:] - 1] - particles[at[:-1]] == between
    firsts = np.append(0, (~linked).nonzero()[0] + 1)
    lasts = np.append(firsts[1:], len(at)) - 1
    long = at[lasts] - at[firsts] >= LONGEST_RUN
    if not long.any():
        return Runs(at[firsts], at[lasts] + 1)
    found: list[Run] = []
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        found += _parted(at[first : last + 1].tolist())
    return Runs(*np.array(found).T)


def _parted(capitals: list[int]) -> Iterator[Run]:
    """The words of one run, given by those with a capital, as runs that are not too long."""
    first = 0
    while first < len(capitals):
        behind = bisect_left(capitals, capitals[first] + LONGEST_RUN)
        yield Run(capitals[first], capitals[behind - 1] + 1)
        first = behind


def _stretches(texts: Sequence[str]) -> Iterator[Stretch]:
    """The texts, long ones in stretches that end with white space where there is some."""
    for number, text in enumerate(texts):
        begin = 0
        while begin < len(text):
            end = begin + BLOCK
            if end < len(text):
                space = text.rfind(" ", begin + BLOCK // 2, end)
                end = space if space > 0 else end
            end = min(end, len(text))
            yield Stretch(number, begin, end)
            begin = end


def _sentence_places(stretches: Sequence[Stretch], sentences: Sequence[Sequence[Span]]) -> list[int]:
    """Where sentences start in the stretches laid end to end."""
    found: list[int] = []
    size = 0
    for number, begin, end in stretches:
        spans = sentences[number]
        first = bisect_left(spans, begin, key=_start)
        last = bisect_left(spans, end, key=_start)
        found += [span.start + size - begin for span in spans[first:last]]
        size += end - begin
    return found


def _start(span: Span) -> int:
    return span.start
