"""Records that may say the same, found by their fingerprints: linear in the number of records.

In: an open index, what to know of a record to compare it, and when two are alike. Out: groups of records' numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.codec import IndexView
from index.fingerprint import FIRST_LETTERS

Known = TypeVar("Known")

MOST_LEADERS = 50
"""With so many different records a record is compared that has a fingerprint in common with them."""

_AT_ONCE = 1 << 14
"""After so many records what was read of the files is let go of."""


def alike_records(
    view: IndexView,
    know: Callable[[Mapping[str, Any]], Known],
    alike: Callable[[Known, Known], bool],
    owners: NDArray[np.int64] | None = None,
) -> Iterator[list[int]]:
    """Join records that share a fingerprint and are alike; each is compared with one of every group so far.

    Gives the numbers of the records of each group, ascending. `know` says what to know of a record, given what is
    stored of it. Where `owners` of records are given (i8, -1 for none), only those of one owner are alike, and those
    without one are like no other: few need to be read.
    """
    known: dict[int, Known] = {}
    group_of: dict[int, int] = {}
    for numbers, theirs in _with_same_fingerprint(view, owners):
        leaders: list[tuple[int, Known]] = []
        alone = 0  # leaders that nothing here can follow
        by_owner = Counter(theirs)
        for number, owner in zip(numbers, theirs, strict=True):
            if owner < 0 or by_owner[owner] == 1:
                alone += owner >= 0
                continue
            if number not in known:
                known[number] = know(view.stored(number)["record"])
                if len(known) % _AT_ONCE == 0:
                    view.let_go()
            this = known[number]
            leader = next((leader for leader, other in leaders if alike(other, this)), None)
            if leader is not None:
                group_of[_root(group_of, number)] = _root(group_of, leader)
            elif len(leaders) + alone < MOST_LEADERS:
                leaders.append((number, this))
    groups = defaultdict(list)
    for number in sorted(group_of):
        groups[_root(group_of, number)].append(number)
    yield from groups.values()


def _with_same_fingerprint(view: IndexView, owners: NDArray[np.int64] | None) -> Iterator[tuple[list[int], list[int]]]:
    """The numbers of records that have a fingerprint in common, and their owners, for each fingerprint that two records
    of one owner have. Without owners all are of one.
    """
    for letter in FIRST_LETTERS:  # one after another, as all of them take much memory
        keys, records = view.pairs_behind("fingerprint", letter)
        theirs = np.zeros(len(records), np.int64) if owners is None else owners[records]
        order = np.lexsort((records, theirs, keys))
        keys, records, theirs = keys[order], records[order], theirs[order]
        same = (keys[1:] == keys[:-1]) & (theirs[1:] == theirs[:-1]) & (theirs[1:] >= 0)
        chosen = np.unique(keys[1:][same])
        order = np.lexsort((records, keys))
        keys, records, theirs = keys[order], records[order], theirs[order]
        for start, end in zip(
            *(np.searchsorted(keys, chosen, side).tolist() for side in ("left", "right")), strict=True
        ):
            yield records[start:end].tolist(), theirs[start:end].tolist()


def _root(group_of: dict[int, int], number: int) -> int:
    while group_of.setdefault(number, number) != number:
        group_of[number] = group_of[group_of[number]]
        number = group_of[number]
    return number
