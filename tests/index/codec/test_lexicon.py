"""Terms get their numbers in the order first met, and come out in the order of their bytes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.codec import TermDictionary
from index.codec.lexicon import Lexicon


@given(st.lists(st.lists(st.text(max_size=3)), max_size=4))
def test_batches_of_terms_come_out_in_order(batches: list[list[str]]) -> None:
    lexicon = Lexicon()
    met: list[str] = []
    for batch in batches:
        met += dict.fromkeys(term for term in batch if term not in met)
        assert [met[lexicon[term]] for term in batch] == batch
        used = np.array([number % 3 != len(batch) % 3 for number in range(len(met))], bool)
        numbers = lexicon.in_order(used)
        assert sorted(numbers.tolist()) == np.flatnonzero(used).tolist()
        expected = sorted(met[number].encode() for number in numbers.tolist())
        assert list(TermDictionary(lexicon.dictionary_arrays(numbers))) == expected
        assert [met[number].encode() for number in numbers.tolist()] == expected


def test_few_terms_among_many_find_their_places() -> None:
    lexicon, met = Lexicon(), [f"{number * 7919 % 1000:03}ü" for number in range(1000)]
    for until in (900, 903, 1000):
        assert [lexicon[term] for term in met[:until]] == list(range(until))
        numbers = lexicon.in_order(np.ones(until, bool))
        assert [met[number] for number in numbers.tolist()] == sorted(met[:until])
