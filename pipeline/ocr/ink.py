"""Ink: where a small piece of a page is printed on, its ruling lines taken away, and the rows of text that remain.

>>> piece = np.full((60, 40, 3), 255, np.uint8)
>>> piece[10:22, 5:35] = piece[34:46, 5:35] = 0
>>> rows_of(piece)
[(10, 22), (34, 46)]
"""

from __future__ import annotations

import math
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.source import Box
from pipeline.ocr.engine import Pixels

Mask: TypeAlias = npt.NDArray[np.bool_]

CONTRAST = 40  # grey levels between paper and ink: less is paper alone
SPECK, FEWEST = (
    0.5,
    12,
)  # per cent of a piece that may be dark on paper alone; so many pixels are a stroke in a large one
LOWEST_ROW = 0.35  # of the tallest row: less is a comma, a dash, an underline or a speck of a neighbour
GAP = 2  # blank pixel rows that may run through a character (三, 二)
NEIGHBOURHOOD = 31  # pixels: what is darker than the paper around it is ink, however the light falls
DARKER = 20  # grey levels
SHRINK, PAPER = 8, 9  # how much smaller, and the pixels within which most is paper there
RULING = 0.05  # of the image's width: a straight stroke this long is no part of a character
RULING_EDGE = 5  # pixels: a ruling's blurred edge goes with it
BORDER = 12  # pixels: how far from a cell's border its ruling may lie
BORDER_INK = 0.6  # of a pixel row or column along the border that is ink: a ruling, no text


def crop(image: Pixels, box: Box) -> Pixels:
    """The pixels inside the box."""
    return image[max(0, int(box.y0)) : math.ceil(box.y1), max(0, int(box.x0)) : math.ceil(box.x1)]


def ink_of(piece: Pixels, least: float = 0.0) -> Mask:
    """The inked pixels, by Otsu's threshold, `least` grey levels darker than the paper at any rate; none where the
    piece is paper alone."""
    grey = np.ascontiguousarray(piece[:, :, 1])
    share = min(SPECK, 100 * FEWEST / max(1, grey.size))
    low, high = (float(level) for level in np.percentile(grey, (share, 90))) if grey.size else (0.0, 0.0)
    if high - low < max(CONTRAST, least):
        return np.zeros(grey.shape, bool)
    level, _ = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(grey <= min(level, high - least))


def darker_than_around(image: Pixels, depth: float) -> npt.NDArray[np.uint8]:
    """The pixels (1) so many grey levels darker than the paper around them, however the light falls."""
    grey = np.ascontiguousarray(image[:, :, 1])
    size = max(1, grey.shape[1] // SHRINK), max(1, grey.shape[0] // SHRINK)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, PAPER), grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(paper, grey) >= max(depth, DARKER), np.uint8)


def rows_of(piece: Pixels) -> list[tuple[int, int]]:
    """Top and bottom of each row of text, top to bottom."""
    return text_rows(ink_of(piece))


def text_rows(ink: Mask) -> list[tuple[int, int]]:
    """Top and bottom of each run of inked pixel rows that is tall enough for text."""
    inked = np.flatnonzero(ink.sum(axis=1) > 1)
    if not inked.size:
        return []
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > GAP + 1) + 1)
    spans = [(int(run[0]), int(run[-1]) + 1) for run in runs]
    tallest = max(bottom - top for top, bottom in spans)
    return [(top, bottom) for top, bottom in spans if bottom - top >= LOWEST_ROW * tallest]


def without_rulings(image: Pixels) -> Pixels:
    """The page with its ruling lines painted over with paper."""
    longest = max(60, int(image.shape[1] * RULING))
    darker = cv2.adaptiveThreshold(
        np.ascontiguousarray(image[:, :, 1]),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        NEIGHBOURHOOD,
        DARKER,
    )
    across = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((1, longest), np.uint8))
    down = cv2.morphologyEx(darker, cv2.MORPH_OPEN, np.ones((longest, 1), np.uint8))
    rulings = cv2.dilate(cv2.bitwise_or(across, down), np.ones((RULING_EDGE, RULING_EDGE), np.uint8))
    painted = image.copy()
    painted[rulings > 0] = np.median(image[::7, ::7].reshape(-1, 3), axis=0)
    return painted


def inside_rulings(image: Pixels, cell: Box) -> Box:
    """The cell's box without the ruling lines at its borders, which read as 1, l or |."""
    ink = ink_of(crop(image, cell))
    if not ink.size:  # a cell beyond the page's edge
        return cell
    left, right = border(ink.mean(axis=0))
    top, bottom = border(ink.mean(axis=1))
    x0, y0 = max(0, int(cell.x0)), max(0, int(cell.y0))
    return Box(x0 + left, y0 + top, x0 + right, y0 + bottom)


def border(shares: npt.NDArray[np.float64]) -> tuple[int, int]:
    """Where the inside begins and ends along one axis, by the share of ink of each pixel row or column."""
    ruled = np.flatnonzero(shares > BORDER_INK)
    size = len(shares)
    start = max((int(i) + 3 for i in ruled if i < BORDER), default=1)
    end = min((int(i) - 2 for i in ruled if i >= size - BORDER), default=size - 1)
    return min(start, size), max(end, min(start, size))
