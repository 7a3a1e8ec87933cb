"""The terms of several dictionaries in one order are those that sorting their bytes gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.dictionary import TermDictionary, dictionary_arrays
from index.codec.merged_terms import merged_terms

TERMS = st.one_of(
    st.text("ab", max_size=30).map(str.encode),
    st.binary(max_size=18),
    st.sampled_from([b"", b"\0", b"gesetz", b"gesetz\0", b"gesetzentwurf", b"gesetzentwurfs", b"gesetzentwurfes" * 9]),
)


@given(st.lists(st.none() | st.sets(TERMS, max_size=12).map(sorted), min_size=1, max_size=5))
def test_terms_are_merged_in_the_order_of_their_bytes(by_source: list[list[bytes] | None]) -> None:
    terms, ranks = merged_terms([None if own is None else TermDictionary(dictionary_arrays(own)) for own in by_source])
    expected = sorted({term for own in by_source for term in own or ()})
    merged = TermDictionary(terms.arrays())
    assert list(merged) == expected
    assert [[merged[rank] for rank in own.tolist()] for own in ranks] == [own or [] for own in by_source]


@given(st.sets(TERMS, max_size=12).map(sorted), st.data())
def test_some_terms_are_taken(terms: list[bytes], data: st.DataObject) -> None:
    merged, (ranks,) = merged_terms([TermDictionary(dictionary_arrays(terms))])
    chosen = [number for number in ranks.tolist() if data.draw(st.booleans())]
    left = TermDictionary(merged.some(ranks[chosen]).arrays())
    assert list(left) == [terms[number] for number in chosen]


@pytest.mark.parametrize("count", [130, 200, 255, 256, 40_000, 65_535, 65_536])
def test_terms_that_are_long_alike_are_told_apart_however_many_they_are(count: int) -> None:
    """Ranks grow while they come apart, and share one number with the letters that are compared."""
    terms = sorted(f"{number // 2:08}verwaltungsgericht{number % 2}".encode() for number in range(count))
    merged, (ranks,) = merged_terms([TermDictionary(dictionary_arrays(terms))])
    assert ranks.tolist() == list(range(count))
    assert list(TermDictionary(merged.arrays())) == terms
