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
from search.sets import Floats, Found, Mask, Numbers, beside, holds, in_both, union, without

K1 = 0.9
"""How soon more of the same word counts no more."""

B = 0.75
"""How much a long text has to have more of it."""

_WEIGHTS = 64
"""For so many weights of words it is kept what their counts are worth."""

_NONE: Numbers = np.zeros(0, np.intp)


class Match(Protocol):
    """What a node of a query tree matches."""

    @property
    def numbers(self) -> Numbers:
        """The records that match."""

    @property
    def most(self) -> int:
        """No fewer than the records that match; told without finding them."""

    def scores(self, asked: Numbers) -> Floats:
        """The score of each record asked for, which may be of any that do not match, too: 0 for those."""

    def among(self, some: Numbers) -> "Match":
        """The same of some records alone, which are all that is asked of it then."""


class _Whole:
    """What matches is known, or found out as a whole."""

    numbers: Numbers

    @property
    def most(self) -> int:
        return len(self.numbers)

    def scores(self, asked: Numbers) -> Floats:
        raise NotImplementedError

    def among(self, some: Numbers) -> Match:
        return _Among(self, some)


class _Among(_Whole):
    """Those of some records that something matches."""

    def __init__(self, match: Match, some: Numbers) -> None:
        self.numbers, self._match = in_both(match.numbers, some), match

    def scores(self, asked: Numbers) -> Floats:
        return self._match.scores(asked)


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

    def loop(self) -> loops.Way:
        """The same as the loops take it."""
        return self.lists, self.lengths.by_record, self.lengths.factors(self.weight)


class Word:
    """Any of the ways in which a word may stand in a record, scored as one word.

    `size` are the records there are; `live` tells which are not deleted, None for all.
    """

    def __init__(self, ways: Sequence[Way], boost: float, size: int, live: Mask | None) -> None:
        self._ways = [way for way in ways if way.weight > 0]
        self._boost, self._size, self._live = boost, size, live
        self.most = sum([len(documents) for way in self._ways for _, documents, _ in way.lists])

    @cached_property
    def _found(self) -> "Counted":
        """The records that have it, and how often, all ways together: all added up at once."""
        size = max((len(way.lengths.by_record) for way in self._ways), default=0)
        numbers, sums = np.empty(min(self.most, size), np.intp), np.empty(min(self.most, size), np.float32)
        there = loops.add_up([way.loop() for way in self._ways], numbers, sums)
        found = Found(numbers[:there], sums[:there])
        if self._live is not None:
            is_live = self._live[found.numbers]
            found = Found(found.numbers[is_live], found.scores[is_live])
        return Counted(found, self._weight(len(found.numbers)))

    @property
    def numbers(self) -> Numbers:
        return self._found.numbers

    def scores(self, asked: Numbers) -> Floats:
        return self._found.scores(asked)

    def among(self, some: Numbers) -> Match:
        if self._live is not None:
            return self._found.among(some)  # how many have it is told of the live ones
        numbers, sums = np.empty(len(some), np.intp), np.empty(len(some), np.float32)
        there, having = loops.add_among([way.loop() for way in self._ways], some, numbers, sums)
        return Counted(Found(numbers[:there], sums[:there]), self._weight(having))

    def _weight(self, having: int) -> float:
        """What a word counts that so many records have."""
        return self._boost * math.log(1 + (self._size - having + 0.5) / (having + 0.5))


class Counted(_Whole):
    """Records and how often each has a word, which counts so much."""

    def __init__(self, found: Found, weight: float) -> None:
        self.numbers, self._found, self._weight = found.numbers, found, weight

    def scores(self, asked: Numbers) -> Floats:
        found = np.empty(len(asked), np.float32)
        loops.saturate(beside(self._found, asked), found, self._weight, K1)
        return found


class Only(_Whole):
    """Records that a condition lets through, which scores nothing."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers

    def scores(self, asked: Numbers) -> Floats:
        return np.zeros(len(asked), np.float32)


class Scored(_Whole):
    """Records whose scores are known already."""

    def __init__(self, found: Found) -> None:
        self.numbers, self._found = found.numbers, found

    def scores(self, asked: Numbers) -> Floats:
        return beside(self._found, asked)


class Clue:
    """What matches nothing, but scores records that something else matches."""

    numbers, most = _NONE, 0

    def __init__(self, child: Match) -> None:
        self._child = child

    def scores(self, asked: Numbers) -> Floats:
        return self._child.scores(asked)

    def among(self, some: Numbers) -> Match:
        return Clue(self._child.among(some))


class AnyOf:
    """Records that any child matches; scores are combined by adding them, or by their maximum."""

    def __init__(self, children: Sequence[Match], boost: float, combine: np.ufunc) -> None:
        self._children, self._boost, self._combine = children, boost, combine

    @cached_property
    def numbers(self) -> Numbers:
        return union([child.numbers for child in self._children])

    @property
    def most(self) -> int:
        return sum([child.most for child in self._children])

    def scores(self, asked: Numbers) -> Floats:
        scored = [child.scores(asked) for child in self._children if not isinstance(child, Only)]
        return _boosted(reduce(self._combine, scored) if scored else np.zeros(len(asked), np.float32), self._boost)

    def among(self, some: Numbers) -> Match:
        return AnyOf([child.among(some) for child in self._children], self._boost, self._combine)


class AllOf(_Whole):
    """Records that every child matches, the rarest first, the others only among what is left; scores are added."""

    def __init__(self, children: Sequence[Match], without: Sequence[Match], boost: float) -> None:
        self._children, self._without, self._boost = children, without, boost

    @cached_property
    def _narrowed(self) -> tuple[Numbers, Sequence[Match]]:
        """The records, and the children, of which each was asked about those alone that the ones before it match."""
        children = list(self._children)
        first, *others = sorted(range(len(children)), key=lambda at: children[at].most)
        found = children[first].numbers
        for at in others:
            children[at] = children[at].among(found)
            found = children[at].numbers
        for child in self._without:
            found = without(found, child.numbers)
        return found, children

    @property
    def numbers(self) -> Numbers:  # type: ignore[override]
        return self._narrowed[0]

    @property
    def most(self) -> int:
        return min([child.most for child in self._children])

    def scores(self, asked: Numbers) -> Floats:
        numbers, children = self._narrowed
        added = _boosted(reduce(np.add, [child.scores(asked) for child in children]), self._boost)
        return added if asked is numbers else np.where(holds(numbers, asked), added, np.float32(0))


class AllBut(_Whole):
    """All records but those that a child matches; `every` gives all."""

    def __init__(self, child: Match, every: Callable[[], Numbers]) -> None:
        self.child, self._every = child, every

    @cached_property
    def numbers(self) -> Numbers:  # type: ignore[override]
        return without(self._every(), self.child.numbers)

    def scores(self, asked: Numbers) -> Floats:
        return np.zeros(len(asked), np.float32)


def _boosted(scores: Floats, boost: float) -> Floats:
    return scores if boost == 1 else scores * np.float32(boost)
