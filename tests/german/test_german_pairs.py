"""The judged pairs: is a text found by a query, through all terms that the chain gives for both?"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.german import FIELDS, Alternative, Chain, QueryChain, default_chain

CASES = Path(__file__).resolve().parents[1] / "cases" / "german"
LEAST_PAIRS = 400
LEAST_NEGATIVE = 0.4

Places = dict[tuple[str, str], set[int]]


def pairs() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        cases = tomllib.loads(path.read_text("utf-8"))
        for key, found in (("found", True), ("not_found", False)):
            for case in cases.get(key, []):
                query, text = case.split(" | ")
                yield pytest.param(query, text, found, id=f"{path.stem}: {case}" + ("" if found else " (not)"))
        for failure in cases.get("known_failures", []):
            query, text = failure["case"].split(" | ")
            reason = pytest.mark.xfail(strict=True, reason=failure["reason"])
            yield pytest.param(query, text, failure["found"], id=f"{path.stem}: {failure['case']}", marks=reason)


def places(text: str, chain: Chain) -> Places:
    """Where each term of each field stands."""
    found: Places = defaultdict(set)
    for term in chain.analyze(text):
        for field in FIELDS[term.kind]:
            found[field, term.text].add(term.position)
    return found


def matches(alternative: Alternative, found: Places) -> bool:
    starts = set.intersection(
        *(
            {position - step for position in found.get((alternative.field, term), ())}
            for step, term in enumerate(alternative.terms)
        )
    )
    return bool(starts)


def is_found(query: str, text: str, chain: Chain) -> bool:
    queries = QueryChain(chain)
    found = places(text, chain)
    words = queries.needed(queries.words(query))
    return bool(words) and all(any(matches(a, found) for a in word.alternatives) for word in words)


@pytest.mark.parametrize(("query", "text", "found"), list(pairs()))
def test_pair(query: str, text: str, found: bool) -> None:
    assert is_found(query, text, default_chain()) is found


def test_there_are_enough_pairs_and_enough_negative_ones() -> None:
    all_pairs = list(pairs())
    negative = sum(not case.values[2] for case in all_pairs)
    assert len(all_pairs) >= LEAST_PAIRS
    assert negative / len(all_pairs) >= LEAST_NEGATIVE
