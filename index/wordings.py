"""Statements in the same words: which say the same as others, by the same speaker, in other articles.

In: a generation's statements, and who is who. Out: `wordings.json` beside them: groups of two or more statements' ids.

Fingerprints (`index.fingerprint`) say which may be alike; the words themselves decide.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.collections import open_collections
from index.german import fold, tokenize
from index.model import Record
from index.stored import record_of
from index.values import read_values, write_values

ALIKE = 0.6
"""The least share of words that two statements have in common (Jaccard); few words must be the same."""

FEW = 4

_FILE = "wordings.json"


@dataclass(frozen=True, slots=True)
class _Statement:
    number: int
    record: Record
    speaker: str
    words: frozenset[str]


def write_wordings(generation: Path, person_of: Mapping[str, str]) -> list[list[Record]]:
    """Find the groups, write their ids beside the collections, and return them."""
    opened = open_collections(generation)
    with opened["statement"].searcher() as searcher:
        groups = list(_groups(searcher, person_of))
    for kind in opened.values():
        kind.close()
    write_values(generation, _FILE, [[record.id for record in group] for group in groups])
    return groups


def read_wordings(generation: Path) -> list[list[str]]:
    """The groups of ids that `write_wordings` wrote; none where it wrote nothing."""
    return read_values(generation, _FILE) or []


def _groups(searcher: Any, person_of: Mapping[str, str]) -> Iterator[list[Record]]:
    """Join statements that share a fingerprint and are alike; each is compared with one of every group so far."""
    reader = searcher.reader()
    statements: dict[int, _Statement | None] = {}
    group_of: dict[int, int] = {}
    for term in reader.lexicon("fingerprint"):
        numbers = list(reader.postings("fingerprint", term).all_ids())
        if len(numbers) < 2:
            continue
        leaders: list[_Statement] = []
        for number in numbers:
            if number not in statements:
                statements[number] = _statement(searcher, number, person_of)
            statement = statements[number]
            if statement is None:
                continue
            alike = next((leader for leader in leaders if _alike(leader, statement)), None)
            if alike is None:
                leaders.append(statement)
            else:
                group_of[_root(group_of, number)] = _root(group_of, alike.number)
    groups = defaultdict(list)
    for number in sorted(group_of):
        groups[_root(group_of, number)].append(number)
    for members in groups.values():
        found = [statement.record for number in members if (statement := statements[number])]
        if len({record.article_id for record in found}) > 1:
            yield found


def _root(group_of: dict[int, int], number: int) -> int:
    while group_of.setdefault(number, number) != number:
        group_of[number] = group_of[group_of[number]]
        number = group_of[number]
    return number


def _statement(searcher: Any, number: int, person_of: Mapping[str, str]) -> _Statement | None:
    """A statement to compare; None for one whose speaker is not known."""
    record = record_of(searcher.stored_fields(number)["record"])
    if not record.speakers:
        return None
    speaker = person_of.get(record.speakers[0], record.speakers[0])
    return _Statement(number, record, speaker, frozenset(fold(token.text) for token in tokenize(record.text)))


def _alike(one: _Statement, other: _Statement) -> bool:
    if one.speaker != other.speaker or one.record.article_id == other.record.article_id:
        return False
    if min(len(one.words), len(other.words)) < FEW:
        return one.words == other.words
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)
