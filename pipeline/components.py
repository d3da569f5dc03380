"""Connected components of a picture, each with its box and area, in a fifth of the time that OpenCV takes for them.

OpenCV labels a page in two milliseconds and then takes twelve to measure the labels, pixel by pixel. A component's
runs along the rows, of which a page has some thousands, say the same.

>>> mask = np.zeros((4, 8), np.uint8)
>>> mask[0, 1:4] = mask[1, 2] = mask[2:, 6:] = 1
>>> components(mask, 8).boxes[1:].tolist()
[[1, 0, 3, 2, 4], [6, 2, 2, 2, 4]]
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Labels: TypeAlias = npt.NDArray[np.int32]
Boxes: TypeAlias = npt.NDArray[np.intp]


class Components(NamedTuple):
    """`labels`: rows x columns, 0 where the picture is 0; `boxes`: x, y, width, height and area of each label in
    pixels, the first those of the whole picture and of its zeros."""

    labels: Labels
    boxes: Boxes


def components(mask: npt.NDArray[Any], connectivity: Literal[4, 8]) -> Components:
    """The components of what is not 0 in a picture of 8 bits."""
    height, width = mask.shape
    labels = np.asarray(cv2.connectedComponents(mask, connectivity=connectivity, ltype=cv2.CV_32S)[1], np.int32)
    rows, starts, ends = runs_of(mask)
    own = labels[rows, starts]
    order = np.argsort(own, kind="stable")
    own, rows, starts, ends = own[order], rows[order], starts[order], ends[order]
    first = np.flatnonzero(np.diff(own, prepend=0))
    boxes = np.zeros((len(first) + 1, 5), np.intp)
    boxes[0] = 0, 0, width, height, width * height - (ends - starts).sum()
    if len(first):
        left, right = np.minimum.reduceat(starts, first), np.maximum.reduceat(ends, first)
        top, bottom = rows[first], np.maximum.reduceat(rows, first) + 1
        areas = np.add.reduceat(ends - starts, first)
        boxes[1:] = np.stack([left, top, right - left, bottom - top, areas], axis=1)
    return Components(labels, boxes)


def runs_of(mask: npt.NDArray[Any]) -> tuple[Boxes, Boxes, Boxes]:
    """The row, the first column and the column past the end of each run of pixels that are not 0, row by row."""
    height, width = mask.shape
    parted = np.zeros((height, width + 1), np.bool_)  # no run goes on into the next row
    np.not_equal(mask, 0, out=parted[:, :width])
    edges = np.flatnonzero(np.diff(parted.ravel(), prepend=False))
    rows, starts = np.divmod(edges[::2], width + 1)
    return rows, starts, edges[1::2] - rows * (width + 1)
