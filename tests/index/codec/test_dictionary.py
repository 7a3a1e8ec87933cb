"""Terms are found among others that begin as they do."""

from bisect import bisect_left

from hypothesis import given
from hypothesis import strategies as st

from index.codec import TermDictionary, dictionary_arrays

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
