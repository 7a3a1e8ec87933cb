"""Phrases on arrays have the spans that going through all places one by one gives."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec import Postings
from search import spans

PLACES = st.dictionaries(st.sampled_from([0, 1, 65_535, 65_536]), st.sets(st.integers(0, 12) | st.just(65_535)))


def lists_of(places: dict[int, set[int]]) -> list[tuple[Postings, np.ndarray]]:
    there = {record: sorted(some) for record, some in sorted(places.items()) if some}
    counts = np.array([len(some) for some in there.values()], np.uint8)
    positions = np.array([place for some in there.values() for place in some], np.uint16)
    return [(Postings(np.array(list(there), np.int32), counts), positions)]


def naively(words: list[dict[int, set[int]]], slop: int) -> dict[int, int]:
    counts = {}
    for record in set.intersection(*(set(places) for places in words)):
        pairs = {(place, place) for place in words[0][record]}
        for places in words[1:]:
            pairs = {(a, c) for (a, b), c in product(pairs, places[record]) if 0 < c - b <= slop}
        if pairs:
            counts[record] = len(pairs)
    return counts


@pytest.mark.parametrize("at_once", [1, 5, 1 << 20])
@given(st.lists(PLACES, min_size=2, max_size=4), st.integers(1, 6) | st.just(99), st.booleans())
def test_spans_are_counted_as_naively(at_once: int, words: list[dict[int, set[int]]], slop: int, same: bool) -> None:
    words = [words[0]] * len(words) if same else words
    lists: dict[int, Any] = {id(places): lists_of(places) for places in words}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(spans, "_MOST_AT_ONCE", at_once)
        found, counts = spans.phrase_counts([lists[id(places)] for places in words], slop)
    assert dict(zip(found.tolist(), counts.tolist(), strict=True)) == naively(words, slop)
