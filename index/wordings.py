"""Statements in the same words: which say the same as others, by the same speaker, in other articles.

In: a generation's statements, and who is who. Out: `wordings.json` beside them: groups of statements' numbers.

Fingerprints (`index.fingerprint`) say which may be alike; the words themselves decide, each by its checksum: what is
known of a statement is kept for as long as others are compared with it.
"""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from index.alike import alike_records
from index.collections import open_view
from index.german import fold
from index.german.tokens import cut
from index.values import read_values, write_values

ALIKE = 0.6
"""The least share of words that two statements have in common (Jaccard); few words must be the same."""

FEW = 4

_SIZE = np.dtype(np.uint32).itemsize

_FILE = "wordings.json"


class _Statement(NamedTuple):
    """`words` are the checksums of its different words, ascending (u4)."""

    article_id: str
    speaker: str
    words: bytes


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
    words = {crc32(fold(word).encode()) for word in cut(record["text"]).words}
    return _Statement(
        sys.intern(record["article_id"]),
        sys.intern(person_of.get(speaker, speaker)),
        np.array(sorted(words), np.uint32).tobytes(),
    )


def _alike(one: _Statement, other: _Statement) -> bool:
    if one.speaker != other.speaker or one.article_id == other.article_id:
        return False
    if one.words == other.words:
        return True
    few, many = sorted((len(one.words), len(other.words)))
    if few < FEW * _SIZE or few < ALIKE * many:
        return False
    words, others = (frozenset(memoryview(each.words).cast("I")) for each in (one, other))
    return len(words & others) >= ALIKE * len(words | others)
