"""Parts of a merge that whole merges of few documents do not try well."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from index.codec import ends_of
from index.codec.merge import _places


@given(st.lists(st.integers(0, 3), min_size=1, max_size=9), st.data())
def test_the_lists_of_terms_in_any_order(counts: list[int], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(counts) - 1), max_size=12))
    check(counts, numbers)


@example([0, 2, 1, 3])  # as many as there are from the first to the last, and others
@given(st.permutations(range(4)))
def test_the_lists_of_members_are_not_in_order(numbers: list[int]) -> None:
    check([3, 1, 2, 4, 2], numbers)
    check([3, 1, 2, 4, 2], [4, *numbers, 4])


def check(counts: list[int], numbers: list[int]) -> None:
    ends = ends_of(np.array(counts))
    values = np.arange(ends[-1])
    expected = [value for number in numbers for value in values[ends[number] : ends[number + 1]].tolist()]
    assert values[_places(ends, np.array(numbers, np.int64))].tolist() == expected
