"""Articles in nearly the same words: what an agency sent and several outlets print.

In: a generation's articles. Out: `copies.json` beside them: groups of two or more articles' numbers.

Fingerprints (`index.fingerprint`) say which may be alike; their runs of words decide. Titles do not count: each outlet
has its own. Numbers do: where each of two texts has one that the other lacks, it is today's report and yesterday's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.alike import alike_records
from index.collections import open_view
from index.fingerprint import ARTICLE, Runs, agreement, runs
from index.values import read_values, write_values

ALIKE = 0.7
"""The least share of runs of three words that two articles have in common (Jaccard)."""

_FILE = "copies.json"
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Text:
    runs: Runs
    numbers: frozenset[str]


def write_copies(generation: Path) -> None:
    """Find the groups and write their numbers beside the collections."""
    write_values(generation, _FILE, list(alike_records(open_view(generation, "article"), _text, _alike)))


def read_copies(generation: Path) -> list[list[int]]:
    """The groups of articles' numbers that `write_copies` wrote; none where it wrote nothing."""
    return read_values(generation, _FILE) or []


def _text(record: Mapping[str, Any]) -> _Text:
    text = record["text"]
    return _Text(runs(text, ARTICLE), frozenset(_DIGITS.findall(text)))


def _alike(one: _Text, other: _Text) -> bool:
    same_numbers = one.numbers <= other.numbers or other.numbers <= one.numbers
    return same_numbers and agreement(one.runs, other.runs) >= ALIKE
