"""Figures as they stand in table cells: whether a reading looks like one, and whether its ink holds more than it.

`¥23,040.00`, `41.145`, `12%`, `-3`. Printed digits are set apart by white columns, so a number with more tall pieces
of ink than digits has lost one: the commonest silent error of line recognisers.

>>> is_figure("¥23,040.00"), is_figure("12个月")
(True, False)
>>> is_well_formed("¥23,040.00"), is_well_formed("23,04.00")
(True, False)
"""

from __future__ import annotations

import re

import numpy as np

from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr.engine import Pixels
from pipeline.ocr.ink import Mask, crop, ink_of

FIGURE = re.compile(r"[¥￥]?[-0-9.,，．%％‰OoIl|\s]*\d[-0-9.,，．%％‰OoIl|\s]*元?")
# 00 has lost the point of fen that wrapped in their cell
WELL_FORMED = re.compile(r"[¥￥]?\s?-?(\d{1,3}([,，]\d{3})+|0?[1-9]\d*|0)(\.\d+)?[%％‰元]?")
COUNTABLE = re.compile(r"[0-9.,]+")  # a digit is one piece of ink; % may be several
TALL = 0.7  # of the tallest piece: points, commas, specks and slivers of a currency sign are lower


def is_figure(text: str) -> bool:
    """Whether the text is meant as one figure, digits that were misread as letters included."""
    return FIGURE.fullmatch(text.strip()) is not None


def is_well_formed(text: str) -> bool:
    """Whether the text is a figure as people write it, thousands grouped by three or not at all."""
    return WELL_FORMED.fullmatch(text.strip()) is not None


def digits(text: str) -> str:
    """The figure without its currency sign and unit: what two readings must agree on."""
    return "".join(char for char in text if char in "-0123456789.,%‰")


def hides_digits(line: Line, image: Pixels, inner: Box) -> bool:
    """Whether a number in the line has more separate pieces of ink as tall as a digit than it has digits; `inner` is
    what the rulings of its cell leave."""
    numbers = ((word.text.strip(), word.box) for word in line.words)
    return any(
        COUNTABLE.fullmatch(text) is not None
        and pieces(ink_of(crop(image, inside(box, inner)))) > sum(map(str.isdigit, text))
        for text, box in numbers
    )


def inside(box: Box, inner: Box) -> Box:
    """The part of a box that rulings leave, which would join its pieces; the box where none is left."""
    top, bottom = max(box.y0, inner.y0), min(box.y1, inner.y1)
    left, right = max(box.x0, inner.x0), min(box.x1, inner.x1)
    return Box(left, top, right, bottom) if right - left > 2 and bottom - top > 2 else box


def pieces(ink: Mask) -> int:
    """How many tall pieces of ink stand side by side, parted by blank columns."""
    columns = np.flatnonzero(ink.any(axis=0))
    if not columns.size:
        return 0
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    heights = [np.ptp(np.flatnonzero(ink[:, run[0] : run[-1] + 1].any(axis=1))) + 1 for run in runs]
    return sum(bool(height >= TALL * max(heights)) for height in heights)
