"""Positions in bytes and planes of bits: what is put in comes out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.codec.positions import Positions, packed_positions, positions_layout, put_positions

positions = st.sampled_from([8, 9, 12, 13, 16, 18, 24]).flatmap(
    lambda bits: st.lists(st.integers(0, (1 << bits) - 1), min_size=1, max_size=60)
)


@given(positions, st.data())
def test_every_stretch_is_as_it_was_put(values: list[int], data: st.DataObject) -> None:
    whole = np.array(values, np.uint32)
    stored = Positions(packed_positions(whole))
    start = data.draw(st.integers(0, len(values)))
    stop = data.draw(st.integers(start, len(values)))
    assert stored[slice(start, stop)].tolist() == values[start:stop]
    places = data.draw(st.lists(st.integers(0, len(values) - 1)))
    assert stored[np.array(places, np.int64)].tolist() == [values[place] for place in places]
    assert stored.greatest >= max(values)


@given(positions, st.data())
def test_they_can_be_put_piece_by_piece(values: list[int], data: st.DataObject) -> None:
    whole = np.array(values, np.uint32)
    layout = positions_layout(len(values), max(values))
    arrays = {name: np.zeros(length, dtype) for name, (dtype, length) in layout.items()}
    start = 0
    while start < len(values):
        stop = data.draw(st.integers(start + 1, len(values)))
        put_positions(arrays, start, whole[start:stop])
        start = stop
    assert {name: array.tolist() for name, array in arrays.items()} == {
        name: array.tolist() for name, array in packed_positions(whole).items()
    }


@pytest.mark.parametrize(
    ("greatest", "bits"), [(255, 8), (256, 9), (511, 9), (4095, 12), (4096, 16), (65536, 17), (1 << 24, 32)]
)
def test_a_position_takes_as_many_bits_as_the_greatest_needs(greatest: int, bits: int) -> None:
    layout = positions_layout(8000, greatest)
    assert sum(dtype.itemsize * length for dtype, length in layout.values()) == 8000 * bits // 8
