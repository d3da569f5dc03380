"""The part of a page where anything is printed: a third of most sheets is margin, which no network needs to see.

Print is told generously, for what is left out here nobody reads: all that is darker than the paper around it and as
long as a small character's stroke. Only what scanners draw along the edge of a sheet is none.

>>> page = np.full((1280, 896), 255, np.uint8)
>>> page[200:212, 300:310] = page[640:652, 500:510] = page[:, :4] = 0
>>> part_printed(page)
(slice(160, 864, None), slice(192, 896, None))
"""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.components import components

Image: TypeAlias = npt.NDArray[np.uint8]

# Pixels of a page whose long side has about 1280, a quarter of a millimetre each.
PAPER = 48  # around a place, whose mean is the paper there
CONTRAST = 20  # grey levels
LEAST = 6  # of the longer side of a stroke: less is a speck
EDGE = 8  # of the sheet, where its shadow falls: what lies within is that shadow
CHARACTER = 48  # and so is what is longer and comes so near; print there would be cut off
MARGIN = 24  # of paper that is left around
SHORTEST = 704  # side: in less the network, which weighs a place against the whole picture, finds lines less exactly
STRIDE = 32  # the network halves its input five times: so it sees the same pixels together
STEP = 64  # sides are multiples of it, or the whole page's: a network prepares for each size anew


def part_printed(grey: Image) -> tuple[slice, slice]:
    """The rows and columns of the page (8 bits, rows x columns) that hold its print; all where there is none."""
    ink = (cv2.subtract(cv2.blur(grey, (PAPER, PAPER)), grey) > CONTRAST).view(np.uint8)
    boxes = components(ink, 8).boxes[1:]
    x, y, width, height, _ = boxes.T
    size = grey.shape[::-1]
    starts, ends = np.stack([x, y]), np.stack([x + width, y + height])
    near = np.minimum(starts, np.array(size)[:, None] - ends).min(axis=0) < EDGE
    inward = np.minimum(ends, np.array(size)[:, None] - starts).min(axis=0)
    long = np.maximum(width, height)
    shown = (long >= LEAST) & ~(near & (long >= CHARACTER)) & (inward > EDGE)
    if not shown.any():
        return slice(0, size[1]), slice(0, size[0])
    columns, rows = (span(int(starts[axis][shown].min()), int(ends[axis][shown].max()), size[axis]) for axis in (0, 1))
    return rows, columns


def span(start: int, end: int, size: int) -> slice:
    """From `start` to `end` and the margin around, filled up to SHORTEST and a multiple of STEP, within `size`."""
    start, end = max(0, start - MARGIN) // STRIDE * STRIDE, min(size, end + MARGIN)
    length = min(size, max(SHORTEST, -(-(end - start) // STEP) * STEP))
    start = min(start, size - length)
    return slice(start, start + length)
