"""Terms are found among others that begin as they do."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.support.levenshtein import distance

from index.codec import TermDictionary, dictionary_arrays
from index.codec.near import near

some = st.binary(max_size=3).map(lambda end: b"rathausplatz"[: 4 * len(end)] + end)


@given(st.sets(some, max_size=60), st.lists(some, max_size=10))
def test_finds_what_a_sorted_list_has(terms: set[bytes], asked: list[bytes]) -> None:
    ordered = sorted(terms)
    dictionary = TermDictionary(dictionary_arrays(ordered))
    assert list(dictionary) == ordered
    for term in [*ordered, *asked]:
        assert dictionary.first_from(term) == bisect_left(ordered, term)
        assert dictionary.find(term) == (ordered.index(term) if term in terms else -1)
        beginning = [other for other in ordered if other.startswith(term)]
        assert [dictionary[number] for number in dictionary.starting_with(term)] == beginning


@given(
    st.sets(some, max_size=60), st.sampled_from([b"", b"a", b"th", b"aus", b"usra", b"tt", b"platz", b"\0"]), st.data()
)
def test_finds_terms_that_have_a_piece_in_them(terms: set[bytes], piece: bytes, data: st.DataObject) -> None:
    ordered = sorted(terms)
    first = data.draw(st.integers(0, len(ordered)))
    numbers = range(first, data.draw(st.integers(first, len(ordered))))
    having = TermDictionary(dictionary_arrays(ordered)).having(piece, numbers)
    assert having == [number for number in numbers if piece in ordered[number]]


words = st.text(alphabet="abcä€\U0001f600", max_size=7)


@given(st.sets(words, max_size=40), words, st.integers(0, 3))
def test_finds_what_is_within_some_typing_errors(terms: set[str], word: str, edits: int) -> None:
    ordered = sorted(term.encode() for term in terms)
    found = near(word, edits, *TermDictionary(dictionary_arrays(ordered)).letters())
    assert found == [at for at, term in enumerate(ordered) if distance(word, term.decode()) <= edits]


@pytest.mark.parametrize("damaged", [[b"\xff", b"ab"], [b"\xc3a"]])
def test_letters_that_are_none_are_no_text(damaged: list[bytes]) -> None:
    with pytest.raises(ValueError):
        near("ab", 2, *TermDictionary(dictionary_arrays(damaged)).letters())


def test_finds_typing_errors_among_many_terms_and_in_long_ones() -> None:
    ordered = sorted([*(b"haus%05d" % number for number in range(40_000)), b"x" * 300 + b"y", b"x" * 301])
    letters, lengths = TermDictionary(dictionary_arrays(ordered)).letters()
    found = [ordered[at] for at in near("haus3999", 1, letters, lengths)]
    assert found == sorted(found) == sorted({b"haus" + t.encode() for t in _one_more("3999") if t < "40000"})
    assert [ordered[at] for at in near("x" * 301, 1, letters, lengths)] == [b"x" * 301, b"x" * 300 + b"y"]


def _one_more(digits: str) -> set[str]:
    return {digits[:at] + digit + digits[at:] for at in range(len(digits) + 1) for digit in "0123456789"}
