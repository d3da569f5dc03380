"""Pictures made smaller keep what is drawn on them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scaling import shrunk


@given(st.integers(50, 400), st.data())
def test_a_stroke_of_two_pixels_shows_wherever_it_stands(small: int, data: st.DataObject) -> None:
    length = data.draw(st.integers(small, 2 * small))
    at = data.draw(st.integers(1, length - 3))
    page = np.full((length, length), 255, np.uint8)
    page[:, at : at + 2] = 0
    assert int(shrunk(page, small, small).min()) <= 128


@given(st.integers(1, 300), st.integers(1, 300), st.integers(1, 300), st.integers(1, 300))
def test_any_size_is_made_of_any_other(width: int, height: int, wide: int, high: int) -> None:
    less = shrunk(np.full((height, width, 3), 200, np.uint8), wide, high)
    assert less.shape == (high, wide, 3)
    assert (less == 200).all()
