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
