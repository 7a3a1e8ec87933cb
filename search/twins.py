"""Records that say the same: one is shown, the others are named with it.

In: groups of records' numbers. Out: a group number for each record; and, for the hits shown, in what the others' words
differ.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

import numpy as np

from index.codec.arrays import Array
from index.german import Token, fold, tokenize
from search.model import Mark
from search.sets import Counts, Ints, Mask, distinct, holds

_MOST_PAIRS = 1 << 18
"""Texts of about 500 words each are compared: it takes as long as there are pairs of their words."""


class Groups:
    """Which records say the same: `group` by record, the lowest record number in its group; most are alone in theirs.

    `members` are the records, ascending, that are in a group of two or more.
    """

    def __init__(self, group: Ints) -> None:
        self.group = group
        self.members: Ints = np.flatnonzero(np.bincount(group, minlength=len(group))[group] > 1)
        order = np.argsort(group[self.members], kind="stable")
        self._by_group, self._groups = self.members[order], group[self.members][order]
        self._together = np.zeros(len(group), bool)
        self._together[self.members] = True

    def together(self, numbers: Ints) -> Mask:
        """For each record, whether it is in a group of two or more."""
        found: Mask = self._together[numbers]
        return found

    def firsts(self, numbers: Ints) -> Mask:
        """For each of some records in any order, whether it is the first of its group among them."""
        is_first: Mask = ~self._together[numbers]
        shared = np.flatnonzero(~is_first)
        _, at = np.unique(self.group[numbers[shared]], return_index=True)
        is_first[shared[at]] = True
        return is_first

    def count(self, numbers: Ints) -> int:
        """How many groups some records are of."""
        together = self._together[numbers]
        return len(numbers) - int(np.count_nonzero(together)) + len(np.unique(self.group[numbers[together]]))

    def tally(self, numbers: Ints, codes: Array, size: int) -> Counts:
        """By code below `size`, how many groups have it; each code stands beside the number of a record that has it."""
        return np.bincount(distinct(self.group[numbers] * size + codes) % size, minlength=size).astype(np.uint32)

    def others(self, number: int, numbers: Ints) -> Ints:
        """The others of a record's group among some records, ascending."""
        if not self._together[number]:
            return self.members[:0]
        first, last = (self._groups.searchsorted(self.group[number], side=side) for side in ("left", "right"))
        same: Ints = self._by_group[first:last]
        others: Ints = same[holds(numbers, same) & (same != number)]
        return others


def groups_of(groups: Iterable[Sequence[int]], size: int) -> Groups | None:
    """The groups of `size` records; None where all are alone."""
    group = np.arange(size)
    for numbers in groups:
        group[numbers] = min(numbers)
    return None if np.array_equal(group, np.arange(size)) else Groups(group)


def differences(text: str, other: str) -> tuple[Mark, ...]:
    """The places in `other` whose words are not those of `text`, as offsets into `other`; none in very long ones."""
    words, others = _words(text), list(tokenize(other))
    if len(words) * len(others) > _MOST_PAIRS:
        return ()
    matcher = SequenceMatcher(None, words, [fold(token.text) for token in others], autojunk=False)
    changed = [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag in ("replace", "insert")]
    return tuple(_span(others[start:end]) for start, end in changed)


def _words(text: str) -> list[str]:
    return [fold(token.text) for token in tokenize(text)]


def _span(tokens: Sequence[Token]) -> Mark:
    return tokens[0].start, tokens[-1].end
