"""Lone figures that the detector passed over: a quantity of one digit, the fen of a sum that wrapped in its cell.

A detector of text lines is sure of lines and not of single characters: the `1` of a quantity between two wide columns
is left out, with rulings around it or without. Nothing but the page itself shows that it is there. So the page's ink is
looked through for pieces as high as a figure that no line holds, in a cell or on the baseline of another figure.
Each is read from its own crop. What is read so is never sure: it may be a scratch, or part of a seal.

>>> page = np.full((200, 400, 3), 255, np.uint8)
>>> _ = cv2.putText(page, "7", (300, 110), cv2.FONT_HERSHEY_DUPLEX, 1, (0, 0, 0), 2)
>>> [(round(box.x0 / 10), round(box.y0 / 10)) for box in loose(page, [Box(40, 80, 200, 118)], 100, 32)]
[(29, 9)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr.confirm import SURE, read_box, with_confidence
from pipeline.ocr.engine import DOUBT, Engine, Pixels
from pipeline.ocr.figures import is_figure
from pipeline.ocr.ink import darker_than_around
from pipeline.ocr.reread import darkness_of, usual_size

FIGURE = re.compile(r"[¥￥]?\.?\d[\d,.]*%?")
LOWEST, HIGHEST = 0.45, 1.2  # of a Chinese character's size: a figure's height
WIDEST = 1.0  # the same: a digit is narrower, a stroke of a ruling or a seal's ring wider
GAP = 0.4  # the same: between two digits of one figure
LONGEST = 8.0  # the same: a whole figure
MARGIN = 0.3  # the same: around the figure, so that its point and its comma are in sight
BASELINE = 0.3  # the same: by which two figures of one row may stand at different heights
PRINT = 0.4  # of the darkness of the page's print: what is lighter is not printed on this side
RIM = 0.03  # of the page's width at each side: shadows of the sheet's edges
MOST = 40  # loose pieces; a page with more shows a picture


def figures(
    lines: Sequence[Line], cells: Sequence[Box], seals: Sequence[Box], image: Pixels, engine: Engine
) -> Iterator[Line]:
    """The figures that no line holds, in doubt; none where seals are, whose stars and strokes look like them."""
    size = usual_size(lines)
    if not lines or min(image.shape[:2]) < 4 * size:
        return
    rows = [line.box for line in lines if is_figure(line.text)]
    if not rows:
        return
    for box in loose(image, [line.box for line in lines], PRINT * darkness_of(lines, image), size):
        if any(seal.holds(*box.center) for seal in seals):
            continue
        if any(cell.holds(*box.center) for cell in cells) or is_on_baseline(box, rows, size):
            read = read_box(box, image, engine)
            if read and read.confidence >= SURE and FIGURE.fullmatch(read.text.strip()):
                yield with_confidence(read, DOUBT)


def is_on_baseline(box: Box, rows: Sequence[Box], size: float) -> bool:
    return any(abs(row.center[1] - box.center[1]) <= BASELINE * size for row in rows)


def loose(image: Pixels, lines: Sequence[Box], depth: float, size: float) -> list[Box]:
    """The pieces of ink as high as a figure outside of the lines, those side by side as one; none on a picture."""
    ink = darker_than_around(image, depth)
    for line in lines:
        ink[max(0, int(line.y0)) : int(line.y1) + 1, max(0, int(line.x0)) : int(line.x1) + 1] = 0
    digits = np.zeros_like(ink)
    for x, y, width, height in parts_of(ink, LOWEST * size):
        if height <= HIGHEST * size and width <= WIDEST * size:
            digits[y : y + height, x : x + width] = 1
    if not digits.any():
        return []
    joined = cv2.morphologyEx(digits, cv2.MORPH_CLOSE, np.ones((1, 2 * round(GAP * size) + 1), np.uint8))
    margin = MARGIN * size
    boxes = [Box(x - margin, y - margin / 2, x + w + margin, y + h + margin / 2) for x, y, w, h in parts_of(joined)]
    rim = RIM * image.shape[1]
    figures = [b for b in boxes if b.width <= LONGEST * size and b.x0 > rim and b.x1 < image.shape[1] - rim]
    return figures if len(figures) <= MOST else []


def parts_of(ink: npt.NDArray[Any], lowest: float = 0.0) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each connected piece at least so high; outlines take a tenth of labels' time."""
    outlines, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = (outline for outline, place in zip(outlines, nesting[0], strict=True) if place[3] < 0) if outlines else ()
    boxes = ((x, y, width, height) for x, y, width, height in map(cv2.boundingRect, outer))
    return sorted((box for box in boxes if box[3] >= lowest), key=lambda box: (box[1], box[0]))
