"""Connected components: the same labels, boxes and areas as OpenCV's, for any picture."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from pipeline.components import components

PICTURES = arrays.arrays(
    np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)), elements=st.sampled_from([0, 1, 255])
)


@given(PICTURES, st.sampled_from([4, 8]))
def test_components_are_those_of_opencv(picture: np.ndarray, connectivity: Literal[4, 8]) -> None:
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(picture, connectivity=connectivity)
    found = components(picture, connectivity)

    assert (found.labels == labels).all()
    assert found.boxes[1:].tolist() == boxes[1:].tolist()
    assert found.boxes[0, 4] == boxes[0, 4]
