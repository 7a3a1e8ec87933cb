"""What the nodes of a query tree match, and how well: record numbers and BM25F scores, on arrays.

A `Match` says which records it has, and the score of each of some records. Scores are made only for the records that
are asked for. S. Robertson, H. Zaragoza, M. Taylor, "Simple BM25 Extension to Multiple Weighted Fields", CIKM 2004:
all ways in which a word may stand in a record, in the title and in the text, are weighted counts of one word, added up
before they saturate.
"""

import math
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, reduce
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from index.codec import loops
from search.sets import FEW, Floats, Found, Mask, Numbers, Scratch, holds, places, union

K1 = 0.9
"""How soon more of the same word counts no more."""

B = 0.75
"""How much a long text has to have more of it."""

_MORE = 8
"""Records that are so many times fewer than postings are looked up one by one."""

_WEIGHTS = 64
"""For so many weights of words it is kept what their counts are worth."""

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
        self.factors = lru_cache(_WEIGHTS)(self._factors)

    def _factors(self, weight: float) -> Floats:
        """By length, what a count is worth where it has a weight: a table is read sooner than it is reckoned."""
        lengths = np.arange(int(self.by_record.max(initial=0)) + 1)
        return (weight / (1 - B + B / self.mean * lengths)).astype(np.float32)


class Way(NamedTuple):
    """One way in which a word may stand in a text: the lists of its postings, and what a count of it weighs."""

    lists: loops.Lists
    lengths: Lengths
    weight: float

    @property
    def sets(self) -> list[Numbers]:
        """The records, list by list."""
        return [np.add(documents, first, dtype=np.intp) for first, documents, _ in self.lists]

    def add_up(self, sums: Floats) -> None:
        """Add to the sums, by record, the counts by their weight and by how long the texts are."""
        loops.add_up(self.lists, self.lengths.by_record, self.lengths.factors(self.weight), sums)

    def look_up(self, asked: Numbers, added: Floats) -> None:
        """The same for the records asked for only."""
        loops.look_up(self.lists, asked, self.lengths.by_record, self.lengths.factors(self.weight), added)


class Word:
    """Any of the ways in which a word may stand in a record, scored as one word.

    `size` are the records there are; `live` tells which are not deleted, None for all.
    """

    def __init__(self, ways: Sequence[Way], boost: float, size: int, live: Mask | None, scratch: Scratch) -> None:
        self._ways = [way for way in ways if way.weight > 0]
        self._boost, self._size, self._live, self._scratch = boost, size, live, scratch
        self._frequencies: Floats | None = None
        self.most = sum(len(documents) for way in self._ways for _, documents, _ in way.lists)
        """More records do not have it."""

    @cached_property
    def numbers(self) -> Numbers:
        numbers = union([numbers for way in self._ways for numbers in way.sets], self._scratch)
        return numbers if self._live is None else numbers[self._live[numbers]]

    def add_up(self) -> None:
        """Add up all records' counts at once where they are many: quicker than to look up most of them."""
        if self.most * FEW < self._scratch.size:
            return

        def add(sums: Floats) -> None:
            for way in self._ways:
                way.add_up(sums)

        found = self._scratch.summed(add, self.most)
        if self._live is not None:
            is_live = self._live[found.numbers]
            found = Found(found.numbers[is_live], found.scores[is_live])
        self.numbers, self._frequencies = found

    def scores(self, asked: Numbers) -> Floats:
        return self._scored(self._frequency(asked))

    def _scored(self, frequency: Floats) -> Floats:
        having = len(self.numbers)
        rarity = math.log(1 + (self._size - having + 0.5) / (having + 0.5))
        found: Floats = frequency * np.float32(self._boost * rarity) / (frequency + np.float32(K1))
        return found

    def _frequency(self, asked: Numbers) -> Floats:
        """How often each record has the word, all ways together."""
        is_few = len(asked) * _MORE < self.most
        if self._frequencies is None:
            if is_few:
                return self._looked_up(asked)
            self.add_up()
        if self._frequencies is None:  # of a rare word only its own records are touched
            self._frequencies = self._looked_up(self.numbers)
        if asked is self.numbers:
            return self._frequencies
        if is_few:
            at, is_in = places(self.numbers, asked)
            return self._frequencies[at] * is_in
        return self._scratch.spread(Found(self.numbers, self._frequencies), asked)

    def _looked_up(self, asked: Numbers) -> Floats:
        frequency = np.zeros(len(asked), np.float32)
        for way in self._ways:
            way.look_up(asked, frequency)
        return frequency


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
        for child in self._children:
            if isinstance(child, Word):
                child.add_up()
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
