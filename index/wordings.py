"""Statements in the same words: which say the same as others, by the same speaker, in other articles.

In: a generation's statements, and who is who. Out: `wordings.json` beside them: groups of statements' numbers.

Fingerprints (`index.fingerprint`) say which may be alike; the words themselves decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from index.alike import alike_records
from index.collections import open_view
from index.german import fold
from index.german.tokens import cut
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


def write_wordings(generation: Path, person_of: Mapping[str, str]) -> list[list[int]]:
    """Find the groups of statements' numbers, write them beside the collections, and return them."""
    view = open_view(generation, "statement")
    names, codes, records = view.pairs("speaker")
    number_of: dict[str, int] = {}
    persons = [number_of.setdefault(person_of.get(name, name), len(number_of)) for name in names]
    owners = np.full(view.size, -1, np.int64)
    owners[records] = np.array(persons, np.int64)[codes]
    groups = list(alike_records(view, partial(_statement, person_of), _alike, owners))
    write_values(generation, _FILE, groups)
    return groups


def read_wordings(generation: Path) -> list[list[int]]:
    """The groups of statements' numbers that `write_wordings` wrote; none where it wrote nothing."""
    return read_values(generation, _FILE) or []


def _statement(person_of: Mapping[str, str], record: Mapping[str, Any]) -> _Statement:
    """A statement to compare, whose speaker is known."""
    speaker = record["speakers"][0]
    words = frozenset(map(fold, cut(record["text"]).words))
    return _Statement(record["article_id"], person_of.get(speaker, speaker), words)


def _alike(one: _Statement, other: _Statement) -> bool:
    if one.speaker != other.speaker or one.article_id == other.article_id:
        return False
    if min(len(one.words), len(other.words)) < FEW:
        return one.words == other.words
    return len(one.words & other.words) >= ALIKE * len(one.words | other.words)
