"""Records that say the same: one is shown, the others are named with it.

In: the fingerprints and speakers of all records. Out: a group number for each record; and, for the hits shown, in what
the others' words differ.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from index.german import Token, fold, tokenize
from search.facets import Ints, ValueColumn
from search.model import Mark


def group_twins(fingerprints: ValueColumn, speakers: ValueColumn) -> Ints | None:
    """The group of each record: records of one speaker with a fingerprint in common, and what follows from that.

    A record without a speaker stands alone. The result has one entry a record: the lowest record number of its group;
    None where no record has fingerprints.
    """
    if not fingerprints.values:
        return None
    speaker = np.full(fingerprints.size, -1, np.int64)
    speaker[speakers.records] = speakers.codes
    spoken = speaker[fingerprints.records] >= 0
    records = fingerprints.records[spoken]
    pairs = speaker[records] * len(fingerprints.values) + fingerprints.codes[spoken]
    _, bands = np.unique(pairs, return_inverse=True)
    group = np.arange(fingerprints.size)
    lowest = np.full(len(pairs), fingerprints.size)
    while True:  # the lowest number spreads through the bands; a chain of k twins takes k rounds at most
        lowest.fill(fingerprints.size)
        np.minimum.at(lowest, bands, group[records])
        spread = group.copy()
        np.minimum.at(spread, records, lowest[bands])
        if np.array_equal(spread, group):
            return group
        group = spread


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
