"""Records that may say the same, found by their fingerprints: linear in the number of records.

In: an open index, what to know of a record to compare it, and when two are alike. Out: groups of records' numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import numpy as np

from index.codec import IndexView
from index.model import Record
from index.stored import record_of

Known = TypeVar("Known")

MOST_LEADERS = 50
"""With so many different records a record is compared that has a fingerprint in common with them."""


def alike_records(
    view: IndexView,
    know: Callable[[Record], Known],
    alike: Callable[[Known, Known], bool],
    owners: Mapping[int, str] | None = None,
) -> Iterator[list[int]]:
    """Join records that share a fingerprint and are alike; each is compared with one of every group so far.

    Gives the numbers of the records of each group, ascending. `know` says what to know of a record. Where `owners` of
    records are given, only those of one owner are alike, and those without one are like no other: few need to be read.
    """
    known: dict[int, Known] = {}
    group_of: dict[int, int] = {}
    for numbers in _with_same_fingerprint(view):
        leaders: list[tuple[int, Known]] = []
        alone = 0  # leaders that nothing here can follow
        by_owner = Counter(map(owners.get, numbers)) if owners is not None else None
        for number in numbers:
            if owners is not None and by_owner is not None:
                owner = owners.get(number)
                if owner is None or by_owner[owner] == 1:
                    alone += owner is not None
                    continue
            if number not in known:
                known[number] = know(record_of(view.stored(number)["record"]))
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


def _with_same_fingerprint(view: IndexView) -> Iterator[list[int]]:
    """The numbers of two or more records that have a fingerprint in common, for each one."""
    terms, codes, records = view.pairs("fingerprint")
    order = np.argsort(codes, kind="stable")
    ends = np.cumsum(np.bincount(codes, minlength=len(terms)))
    starts = np.concatenate(([0], ends[:-1])) if len(ends) else ends
    for at in np.flatnonzero(ends - starts > 1).tolist():
        yield records[order[starts[at] : ends[at]]].tolist()


def _root(group_of: dict[int, int], number: int) -> int:
    while group_of.setdefault(number, number) != number:
        group_of[number] = group_of[group_of[number]]
        number = group_of[number]
    return number
