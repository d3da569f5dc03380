"""Ink and rows: where the pixels of a small piece of a page are printed on, and the text rows they form.

>>> piece = np.full((60, 40, 3), 255, np.uint8)
>>> piece[10:22, 5:35] = piece[34:46, 5:35] = 0
>>> rows_of(piece)
[(10, 22), (34, 46)]
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.engine import Pixels

CONTRAST = 40       # grey levels between paper and ink: less is paper alone
LOWEST_ROW = 0.35   # of the tallest row: less is a comma, a dash, an underline or a speck of a neighbour
GAP = 2             # blank pixel rows that may run through a character (三, 二)


def ink_mask(piece: Pixels) -> npt.NDArray[np.bool_]:
    """The inked pixels, by Otsu's threshold; none where the piece is paper alone."""
    grey = np.ascontiguousarray(piece[:, :, 1])
    low, high = (float(level) for level in np.percentile(grey, (0.5, 90)))
    if high - low < CONTRAST:
        return np.zeros(grey.shape, bool)
    level, _ = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return grey <= level


def rows_of(piece: Pixels) -> list[tuple[int, int]]:
    """Top and bottom of each row of text, top to bottom."""
    return text_rows(ink_mask(piece))


def text_rows(ink: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Top and bottom of each run of inked pixel rows that is tall enough for text."""
    inked = np.flatnonzero(ink.sum(axis=1) > 1)
    if not inked.size:
        return []
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > GAP + 1) + 1)
    spans = [(int(run[0]), int(run[-1]) + 1) for run in runs]
    tallest = max(bottom - top for top, bottom in spans)
    return [(top, bottom) for top, bottom in spans if bottom - top >= LOWEST_ROW * tallest]
