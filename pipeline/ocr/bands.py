"""Lines of print on a straight page, and where their punctuation stands; enough to tell head from foot.

In a line, a Chinese comma or full stop is a low narrow piece of ink that has its columns for itself:

>>> page = np.full((80, 400, 3), 255, np.uint8)
>>> page[30:50, 50:70] = page[30:50, 75:95] = page[30:50, 100:120] = 0
>>> page[45:50, 124:128] = 0
>>> ink = print_of(page)
>>> footing(ink, lines_of(ink))
(1, 0)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import components
from pipeline.model.source import Box

Image: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]

EDGE = 0.02  # of the page at each side, where scanners leave shadows
CONTRAST, DARKEST_PAPER = 24, 200  # grey levels between ink and the paper around it; paper is lighter than that
PAPER = 48  # pixels around a place, at least, whose mean is the paper there
SHORTEST_RULING = 48  # pixels; a stroke of print is shorter
LOWEST, HIGHEST = 8, 120  # pixels; heights of a line of print
REACH = 21  # pixels that join the characters of a line, and not two cells
STACKED = 0.35  # of a line's height: white between characters below each other; within a line it is less than 0.25
CROPS, CROP_WIDTH = 4, 400


def ink_of(pixels: Image) -> Mask:
    """Where the page is darker than the paper around, its edges left out."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY) if pixels.ndim == 3 else pixels
    side = max(PAPER, min(grey.shape) // 30)
    paper = cv2.blur(grey, (side, side))
    ink = (cv2.subtract(paper, grey) > CONTRAST) & (grey < DARKEST_PAPER)
    margin_y, margin_x = (round(EDGE * n) for n in ink.shape)
    inside = np.zeros_like(ink)
    inside[margin_y : ink.shape[0] - margin_y, margin_x : ink.shape[1] - margin_x] = True
    return np.asarray(ink & inside, np.bool_)


def print_of(pixels: Image) -> Mask:
    """The ink without ruling lines."""
    ink = ink_of(pixels).astype(np.uint8)
    length = max(SHORTEST_RULING, max(pixels.shape) // 25)
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    rulings = cv2.dilate(cv2.max(across, down), np.ones((3, 3), np.uint8))
    return np.asarray(cv2.subtract(ink, rulings), np.bool_)


def lines_of(ink: Mask) -> list[Box]:
    """Lines of print of about the usual height, a box for each."""
    smeared = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((1, REACH), np.uint8))
    boxes = components(smeared, 4).boxes[1:].tolist()
    found = [Box(x, y, x + w, y + h) for x, y, w, h, _ in boxes if w >= 2 * h >= 2 * LOWEST]
    found = [box for box in found if box.height <= HIGHEST]
    if not found:
        return []
    usual = float(np.median([box.height for box in found]))
    return [box for box in found if 0.7 * usual <= box.height <= 1.5 * usual]


def stands_close(ink: Mask, line: Box) -> bool:
    """Whether a line's characters stand close, as in print; those of a narrow column, below each other, stand apart."""
    inner = list(runs(~np.asarray(cut(ink, line).any(axis=0))))
    return not inner or float(np.median([right - left for left, right in inner])) < STACKED * line.height


def footing(ink: Mask, lines: Sequence[Box]) -> tuple[int, int]:
    """How many lone small pieces of ink stand at the foot and at the head of the lines."""
    places = [place for box in lines for place in lone_marks(cut(ink, box))]
    return sum(place > 0.7 for place in places), sum(place < 0.3 for place in places)


def cut(ink: Mask, box: Box) -> Mask:
    return ink[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]


def lone_marks(line: Mask) -> Iterator[float]:
    """The height (0 head, 1 foot) of each narrow low piece of ink that has its columns for itself."""
    height = line.shape[0]
    for left, right in runs(np.asarray(line.any(axis=0))):
        if 0.08 * height <= right - left <= 0.4 * height:
            rows = np.flatnonzero(line[:, left:right].any(axis=1))
            top, bottom = int(rows[0]), int(rows[-1]) + 1
            if 0.08 * height <= bottom - top <= 0.42 * height:
                yield (top + bottom) / 2 / height


def runs(filled: Mask) -> Iterator[tuple[int, int]]:
    """Start and end of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    yield from ((int(start), int(end)) for start, end in edges.reshape(-1, 2))


def line_crops(grey: Image, lines: Sequence[Box]) -> list[Image]:
    """Some of the lines, for a recogniser to judge: the longest, cut to a moderate width."""
    longest = sorted(lines, key=lambda box: -box.width)[:CROPS]
    crops = []
    for box in longest:
        pad = int(box.height) // 5
        left, top, right = int(box.x0), int(box.y0), int(min(box.x1, box.x0 + CROP_WIDTH))
        crop = grey[max(0, top - pad) : int(box.y1) + pad, max(0, left - pad) : right + pad]
        crops.append(np.repeat(crop[..., None], 3, axis=2))
    return crops
