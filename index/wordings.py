"""Statements in the same words: which say the same as others, by the same speaker, in other articles.

In: a generation's statements, and who is who. Out: `wordings.json` beside them: groups of statements' numbers.

Fingerprints (`index.fingerprint`) say which may be alike; the words themselves decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.alike import alike_records
from index.collections import open_view
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
    article_id: str
    speaker: str
    words: frozenset[str]


def write_wordings(generation: Path, person_of: Mapping[str, str]) -> list[list[Record]]:
    """Find the groups, write their numbers beside the collections, and return them."""
    view = open_view(generation, "statement")
    names, codes, records = view.pairs("speaker")
    speakers = [person_of.get(name, name) for name in names]
    owners = dict(zip(records.tolist(), map(speakers.__getitem__, codes.tolist()), strict=True))
    groups = {}
    for numbers in alike_records(view, partial(_statement, person_of), _alike, owners):
        same = [record_of(view.stored(number)["record"]) for number in numbers]
        if len({record.article_id for record in same}) > 1:
            groups[tuple(numbers)] = same
    write_values(generation, _FILE, list(groups))
    return list(groups.values())


def read_wordings(generation: Path) -> list[list[int]]:
    """The groups of statements' numbers that `write_wordings` wrote; none where it wrote nothing."""
    return read_values(generation, _FILE) or []


def _statement(person_of: Mapping[str, str], record: Record) -> _Statement:
    """A statement to compare, whose speaker is known."""
    speaker = person_of.get(record.speakers[0], record.speakers[0])
    return _Statement(record.article_id, speaker, frozenset(fold(token.text) for token in tokenize(record.text)))


def _alike(one: _Statement, other: _Statement) -> bool:
    if one.speaker != other.speaker or one.article_id == other.article_id:
        return False
    if min(len(one.words), len(other.words)) < FEW:
        return one.words == other.words
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)
