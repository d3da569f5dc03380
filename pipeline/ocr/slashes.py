"""Tells the slash `/` from the figure `1`: a cell that holds nothing but a slash, as those of rows without a price do,
is read as 1.

A slash leans: the upper third of its stroke stands right of the lower one by a fifth of its height. The figure is
upright, and its flag lies to the left.

>>> piece = np.full((40, 40, 3), 255, np.uint8)
>>> for y in range(30): piece[5 + y, 26 - y // 3 : 29 - y // 3] = 0
>>> leaning(piece) > LEAN
True
>>> leaning(piece[:, ::-1]) > LEAN
False
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr.engine import Pixels
from pipeline.ocr.ink import crop, ink_of

FIGURE, SLASH = frozenset("1Il|"), "/"
LEAN = 0.14  # of the stroke's height; on worn scans slashes lean 0.20 to 0.23, figures 0.01 at most
AROUND = 0.15  # of the line's height, that is looked at beside the figure's box
LOWEST = 9  # rows of ink, or there is nothing to measure


def mended(lines: Sequence[Line], image: Pixels) -> tuple[Line, ...]:
    """The page's lines with `/` where one that holds a single figure shows a slash."""
    return tuple(with_slash(line) if is_figure(line) and leans(line, image) else line for line in lines)


def is_figure(line: Line) -> bool:
    return len(line.words) == 1 and line.text.strip() in FIGURE


def leans(line: Line, image: Pixels) -> bool:
    box, pad = line.words[0].box, AROUND * line.box.height
    return leaning(crop(image, Box(max(0.0, box.x0 - pad), box.y0, box.x1 + pad, box.y1))) > LEAN


def leaning(piece: Pixels) -> float:
    """How far the upper third of the ink stands right of the lower one, in heights of the ink; 0 for too little."""
    ink = np.asarray(ink_of(piece), bool)
    rows = np.flatnonzero(ink.any(axis=1))
    if len(rows) < LOWEST:
        return 0.0
    held = ink[rows[0] : rows[-1] + 1]
    third = len(held) // 3
    upper, lower = (float(np.nonzero(part)[1].mean()) for part in (held[:third], held[-third:]))
    return (upper - lower) / len(held)


def with_slash(line: Line) -> Line:
    return replace(line, words=(replace(line.words[0], text=SLASH),))
