"""What the nodes of a query tree match, and how well: record numbers and BM25F scores, on arrays.

A `Match` says which records it has, and the score of each of some records. Scores are made only for the records that
are asked for. S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004:
all ways in which a word may stand in a record, in the title and in the text, are weighted counts of one word, added up
before they saturate.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.sets import FEW, Floats, Mask, Numbers, Scratch, holds, places, union

K1 = 0.9
"""How soon more of the same word counts no more."""

B = 0.75
"""How much a long text has to have more of it."""

_LOOKED_UP = 1 << 12
"""Fewer records are looked up in a set one by one."""

_WEIGHTS = 64
"""For so many weights of words what divides their counts is kept."""

_NONE: Numbers = np.zeros(0, np.intp)


class Match(Protocol):
    """What a node of a query tree matches."""

    @property
    def numbers(self) -> Numbers:
        """The records that match."""

    def scores(self, asked: Numbers) -> Floats:
        """The score of each record asked for, which may be of any that do not match, too: 0 for those."""


class Lengths:
    """How many terms each record has in a text, and on the mean."""

    def __init__(self, by_record: NDArray[Any], mean: float) -> None:
        self.by_record, self.mean = by_record, mean
        self.divisors = lru_cache(_WEIGHTS)(self._divisors)

    def _divisors(self, weight: float) -> Floats:
        """By length, what a count is divided by where it has a weight: a table is read sooner than it is reckoned."""
        lengths = np.arange(int(self.by_record.max(initial=0)) + 1, dtype=np.float32)
        lengths *= np.float32(B / (self.mean * weight))
        lengths += np.float32((1 - B) / weight)
        return lengths


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a word may stand in a text: the records that have it so, how often, and what that weighs."""

    numbers: Numbers
    counts: NDArray[Any]
    lengths: Lengths
    weight: float

    def weighted(self, chosen: Any = slice(None)) -> Floats:
        """The counts, or the chosen ones, by their weight and by how long the texts are."""
        lengths = self.lengths.by_record.take(self.numbers[chosen])
        found: Floats = self.counts[chosen] / self.lengths.divisors(self.weight).take(lengths)
        return found.astype(np.float32, copy=False)


class Word:
    """Any of the ways in which a word may stand in a record, scored as one word. `size` are the records there are."""

    def __init__(self, ways: Sequence[Way], boost: float, size: int, scratch: Scratch) -> None:
        self._ways = [way for way in ways if way.weight > 0]
        self._boost, self._size, self._scratch = boost, size, scratch
        self._frequencies: Floats | None = None
        self.most = sum(len(way.numbers) for way in self._ways)
        """More records do not have it."""

    @cached_property
    def numbers(self) -> Numbers:
        return union([way.numbers for way in self._ways], self._scratch)

    def add_up(self) -> None:
        """Add up all records' counts at once where they are many: quicker than to look up most of them."""
        if self.most * FEW >= self._scratch.size:
            counted = ((way.numbers, way.weighted()) for way in self._ways)
            self.numbers, self._frequencies = self._scratch.added(counted)

    def scores(self, asked: Numbers) -> Floats:
        return self._scored(self._frequency(asked))

    def _scored(self, frequency: Floats) -> Floats:
        having = len(self.numbers)
        rarity = math.log(1 + (self._size - having + 0.5) / (having + 0.5))
        found: Floats = frequency * np.float32(self._boost * rarity) / (frequency + np.float32(K1))
        return found

    def _frequency(self, asked: Numbers) -> Floats:
        """How often each record has the word, all ways together."""
        if self._frequencies is not None:
            if asked is self.numbers:
                return self._frequencies
            if len(asked) < _LOOKED_UP:
                at, is_in = places(self.numbers, asked)
                return self._frequencies[at] * is_in
            with self._scratch.summed(self.numbers) as sums:
                sums[self.numbers] = self._frequencies
                return sums[asked]
        if len(asked) * FEW < len(self.numbers):
            frequency = np.zeros(len(asked), np.float32)
            for way in self._ways:
                at, is_in = places(way.numbers, asked)
                frequency[is_in] += way.weighted(at[is_in])
            return frequency
        with self._scratch.summed(self.numbers) as sums:
            for way in self._ways:
                sums[way.numbers] += way.weighted()
            return sums[asked]


class Only:
    """Records that a condition lets through, which scores nothing."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def scores(self, asked: Numbers) -> Floats:
        return np.zeros(len(asked), np.float32)


class Scored:
    """Records whose scores are known already."""

    def __init__(self, numbers: Numbers, known: Floats) -> None:
        self.numbers, self._known = numbers, known

    def scores(self, asked: Numbers) -> Floats:
        at, is_in = places(self.numbers, asked)
        return np.where(is_in, self._known[at], np.float32(0)) if len(self._known) else np.zeros(len(asked), np.float32)


class Clue:
    """What matches nothing, but scores records that something else matches."""

    numbers = _NONE

    def __init__(self, child: Match) -> None:
        self._child = child

    def scores(self, asked: Numbers) -> Floats:
        return self._child.scores(asked)


class AnyOf:
    """Records that any child matches; scores are combined by adding them, or by their maximum."""

    def __init__(self, children: Sequence[Match], boost: float, combine: np.ufunc, scratch: Scratch) -> None:
        self._children, self._boost, self._combine, self._scratch = children, boost, combine, scratch

    @cached_property
    def numbers(self) -> Numbers:
        return union([child.numbers for child in self._children], self._scratch)

    def scores(self, asked: Numbers) -> Floats:
        scored = [child.scores(asked) for child in self._children if not isinstance(child, Only)]
        found: Floats = reduce(self._combine, scored, np.zeros(len(asked), np.float32)) * np.float32(self._boost)
        return found


class AllOf:
    """Records that every child matches, those that are fewest asked first; scores are added."""

    def __init__(self, children: Sequence[Match], without: Sequence[Match], boost: float, scratch: Scratch) -> None:
        self._children, self._without, self._boost, self._scratch = children, without, boost, scratch

    @cached_property
    def numbers(self) -> Numbers:
        words = [child for child in self._children if isinstance(child, Word)]
        fewest = min((word.most for word in words), default=0)
        for word in words:
            if word.most < fewest * FEW:
                word.add_up()
        sets = sorted((child.numbers for child in self._children), key=len)
        found = sets[0]
        for numbers in sets[1:]:
            found = found[holds(numbers, found, self._scratch)]
        for child in self._without:
            found = found[~holds(child.numbers, found, self._scratch)]
        return found

    def scores(self, asked: Numbers) -> Floats:
        is_own: Mask | bool = True if asked is self.numbers else holds(self.numbers, asked, self._scratch)
        added = reduce(np.add, (child.scores(asked) for child in self._children))
        found: Floats = np.where(is_own, added, np.float32(0)) * np.float32(self._boost)
        return found


class AllBut:
    """All records but those that a child matches; `every` gives all."""

    def __init__(self, child: Match, every: Callable[[], Numbers], scratch: Scratch) -> None:
        self.child, self._every, self._scratch = child, every, scratch

    @cached_property
    def numbers(self) -> Numbers:
        every = self._every()
        return every[~holds(self.child.numbers, every, self._scratch)]

    def scores(self, asked: Numbers) -> Floats:
        return np.zeros(len(asked), np.float32)
