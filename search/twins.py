"""Records that say the same: one is shown, the others are named with it.

In: groups of records' ids. Out: a group number for each record; and, for the hits shown, in what the others' words
differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

import numpy as np

from index.german import Token, fold, tokenize
from search.facets import Ints
from search.model import Mark


def group_numbers(groups: Iterable[Sequence[str]], number_of: Mapping[str, int], size: int) -> Ints | None:
    """The group of each of `size` records, as the lowest record number in it; None where there are no groups.

    `number_of` maps the ids in the groups to record numbers.
    """
    group = np.arange(size)
    for ids in groups:
        numbers = [number_of[key] for key in ids if key in number_of]
        group[numbers] = min(numbers, default=0)
    return None if np.array_equal(group, np.arange(size)) else group


def first_of_groups(order: Ints, group: Ints | None) -> Ints:
    """Of record numbers in order, those that come first of their group, in that order."""
    if group is None:
        return order
    _, first = np.unique(group[order], return_index=True)
    kept: Ints = order[np.sort(first)]
    return kept


def differences(text: str, other: str) -> tuple[Mark, ...]:
    """The places in `other` whose words are not those of `text`, as offsets into `other`."""
    words, others = _words(text), list(tokenize(other))
    matcher = SequenceMatcher(None, words, [fold(token.text) for token in others], autojunk=False)
    changed = [(start, end) for tag, _, _, start, end in matcher.get_opcodes() if tag in ("replace", "insert")]
    return tuple(_span(others[start:end]) for start, end in changed)


def _words(text: str) -> list[str]:
    return [fold(token.text) for token in tokenize(text)]


def _span(tokens: Sequence[Token]) -> Mark:
    return tokens[0].start, tokens[-1].end
