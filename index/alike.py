"""Records that may say the same, found by their fingerprints: linear in the number of records.

In: an open index, what to know of a record to compare it, and when two are alike. Out: groups of records' numbers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.codec import AT_ONCE, IndexView
from index.fingerprint import FIRST_LETTERS

Known = TypeVar("Known")

MOST_LEADERS = 50
"""With so many different records a record is compared that has an owner and a fingerprint in common with them."""

_MOST = 1 << 20
"""Of more records those of some owners are compared first, then those of others: what is known of the records of many
owners is then bounded, for going through the fingerprints once more for each million records.
"""


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
    group_of: dict[int, int] = {}
    parts = 1 if owners is None else -(-len(owners) // _MOST)
    for part in range(parts):
        _join(view, know, alike, owners if owners is None else np.where(owners % parts == part, owners, -1), group_of)
    groups = defaultdict(list)
    for number in sorted(group_of):
        groups[_root(group_of, number)].append(number)
    yield from groups.values()


def _join(
    view: IndexView,
    know: Callable[[Mapping[str, Any]], Known],
    alike: Callable[[Known, Known], bool],
    owners: NDArray[np.int64] | None,
    group_of: dict[int, int],
) -> None:
    """Join records in `group_of`, which says of each the one that it was joined to."""
    known: dict[int, Known] = {}
    for numbers in _with_same_fingerprint(view, owners):
        leaders: list[tuple[int, Known]] = []
        for number in numbers:
            if number not in known:
                known[number] = know(view.stored(number)["record"])
                if len(known) % AT_ONCE == 0:
                    view.let_go()
            this = known[number]
            leader = next((leader for leader, other in leaders if alike(other, this)), None)
            if leader is not None:
                group_of[_root(group_of, number)] = _root(group_of, leader)
            elif len(leaders) < MOST_LEADERS:
                leaders.append((number, this))


def _with_same_fingerprint(view: IndexView, owners: NDArray[np.int64] | None) -> Iterator[list[int]]:
    """The numbers of two or more records that have an owner and a fingerprint in common. Without owners all are of one.

    What has no owner is of none.
    """
    owned = None if owners is None else owners >= 0
    for letter in FIRST_LETTERS:  # one after another, as all of them take much memory
        keys, records = view.pairs_behind("fingerprint", letter, owned)
        theirs = np.zeros(len(records), np.int64) if owners is None else owners[records]
        order = np.lexsort((records, theirs, keys))
        keys, records, theirs = keys[order], records[order], theirs[order]
        is_first = np.append(True, (keys[1:] != keys[:-1]) | (theirs[1:] != theirs[:-1]))[: len(keys)]
        starts = np.flatnonzero(is_first)
        ends = np.append(starts[1:], len(keys))
        chosen = np.flatnonzero(ends - starts > 1)
        for start, end in zip(starts[chosen].tolist(), ends[chosen].tolist(), strict=True):
            yield records[start:end].tolist()


def _root(group_of: dict[int, int], number: int) -> int:
    while group_of.setdefault(number, number) != number:
        group_of[number] = group_of[group_of[number]]
        number = group_of[number]
    return number
