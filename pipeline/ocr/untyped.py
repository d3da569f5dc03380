"""Ink on and beside typed sums of money that is not typed: a pen's strokes, a pasted picture, digits drawn as outlines.

What a reader takes from such a place a text layer can't say. Ruling lines are no such ink.

>>> page = np.full((40, 200, 3), 255, np.uint8)
>>> sums = [Box(50, 10, 120, 30)]
>>> is_on(page, sums, (), 1.0)
False
>>> cv2.line(page, (40, 28), (130, 12), (200, 60, 60), 2) is page
True
>>> is_on(page, sums, (), 1.0), is_on(page, sums, [Ruling(40, 20, 130, 20, 40)], 1.0)
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Line, Ruling
from pipeline.model.source import Box, around

CONTRAST = 60  # levels of a colour between the ink and what is around it
BESIDE = 0.25  # heights of a sum, within which ink stands right beside it
CORE = 0.2  # of its height, above and below which ink is another line's, or its cell's border
SHORTEST = 36.0  # pixels at 200 dpi: a shorter ruling may be a drawn 1, or a minus
SPECK = 4  # pixels: less is no stroke
SUM = re.compile(
    r"[¥￥]\s*[\d.,，]+|\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d{2}(?!\d)|\d[\d,，.]*\s*[万亿]?元"
    r"|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{2,}[元圆整角分]*"
)


def sums(lines: Sequence[Line]) -> Iterator[Box]:
    """Where sums of money stand in the lines."""
    for line in lines:
        for found in SUM.finditer(line.text):
            at = 0
            held: list[Box] = []
            for word in line.words:
                if at < found.end() and at + len(word.text) > found.start():
                    held.append(word.box)
                at += len(word.text)
            yield around(held)


def is_on(textless: NDArray[np.uint8], where: Sequence[Box], rulings: Sequence[Ruling], scale: float) -> bool:
    """Whether such ink is on or beside any of these boxes of a page drawn without its text.

    `scale` is how many of its pixels are one of theirs.
    """
    where = [box for box in where if (there := textless[place(box, scale)]).size and np.ptp(there) >= CONTRAST]
    if not where:
        return False
    edges = strongest(cv2.morphologyEx(textless, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))) >= CONTRAST
    for ruling in (ruling for ruling in rulings if ruling.length >= SHORTEST):
        reach = ruling.thickness * scale / 2 + 2
        x0, y0, x1, y1 = (v * scale for v in (ruling.x0, ruling.y0, ruling.x1, ruling.y1))
        edges[span(y0 - reach, y1 + reach), span(x0 - reach, x1 + reach)] = False
    return any(np.count_nonzero(edges[place(box, scale)]) >= SPECK for box in where)


def strongest(image: Any) -> NDArray[np.uint8]:
    """Of each pixel the highest of its three colours."""
    blue, green, red = cv2.split(image)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def place(box: Box, scale: float) -> tuple[slice, slice]:
    side, inner = BESIDE * box.height, CORE * box.height
    rows = span((box.y0 + inner) * scale, (box.y1 - inner) * scale)
    return rows, span((box.x0 - side) * scale, (box.x1 + side) * scale)


def span(start: float, end: float) -> slice:
    return slice(max(0, round(start)), max(0, round(end)) + 1)
