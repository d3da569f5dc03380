"""Tells `‰` from `%` by its loops: recognisers read `3‰` as `3%`, `3%0` or `3%o`, ten times the penalty.

Both signs have one loop high on the left; low on the right `%` has one and `‰` two. A loop is a patch of paper that ink
encloses. Where the loops can't be made out, the sign stays as it was read, in doubt unless its figure is too large for
thousandths.

>>> chars = [Char("3", 0, 9, 1.0), Char("%", 10, 28, 1.0), Char("0", 30, 38, 1.0)]
>>> [(char.text, char.confidence) for char in mended(chars, np.full((30, 40, 3), 255, np.uint8))]
[('3', 1.0), ('‰', 0.79)]
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import cv2
import numpy as np

from pipeline.ocr.engine import DOUBT, Char, Pixels
from pipeline.ocr.ink import Mask, ink_of

PERCENT = frozenset("%％")
THIRD_LOOP = frozenset("0oO〇○")  # what the third loop is read as
FULL_STOP = "。"
FIGURE = re.compile(r"\d+(?:\.\d+)?$", re.ASCII)
LARGE = 20
ENLARGED = 4  # times, so that small loops don't close
SMALLEST = 0.004  # of the height squared: less paper within ink is noise
LEVEL = 0.15  # of the height: two loops side by side differ less


def mended(chars: Sequence[Char], crop: Pixels) -> list[Char]:
    """The line's characters with `‰` where the crop shows one."""
    return list(merged(chars, crop)) if any(char.text in PERCENT for char in chars) else list(chars)


def merged(chars: Sequence[Char], crop: Pixels) -> Iterator[Char]:
    rest = iter(range(len(chars)))
    for i in rest:
        char = chars[i]
        if char.text not in PERCENT:
            yield char
        elif i + 1 < len(chars) and chars[i + 1].text in THIRD_LOOP:
            next(rest)
            yield per_mille(char, chars[i + 1], crop)
        else:
            stop = chars[i + 1] if i + 1 < len(chars) and chars[i + 1].text == FULL_STOP else None
            sign = per_cent(char, stop, crop)
            yield char if sign.text in PERCENT and is_large(chars[:i]) else sign


def is_large(before: Sequence[Char]) -> bool:
    """Whether the figure before a sign is too large for thousandths, which are written for rates below one hundredth.

    >>> [is_large([Char(text, 0, 9, 1.0) for text in figure]) for figure in ("99.9", "为30", "0.5", "5", "年3")]
    [True, True, False, False, False]
    """
    figure = FIGURE.search("".join(char.text for char in before))
    return figure is not None and Decimal(figure[0]) >= LARGE


def per_mille(sign: Char, third: Char, crop: Pixels) -> Char:
    """`%0` is no way to write anything but `‰`; in doubt unless its loops are seen."""
    whole = Char("‰", sign.x0, third.x1, min(sign.confidence, third.confidence))
    return whole if low_loops(whole, crop) == 2 else in_doubt(whole)


def per_cent(sign: Char, stop: Char | None, crop: Pixels) -> Char:
    match low_loops(sign, crop, stop):
        case 1:
            return sign
        case 2:
            return replace(sign, text="‰")
        case _:
            return in_doubt(sign)


def in_doubt(sign: Char) -> Char:
    return replace(sign, confidence=min(sign.confidence, DOUBT))


def low_loops(sign: Char, crop: Pixels, stop: Char | None = None) -> int | None:
    """How many loops the sign has low on the right; None where it can't be told.

    A full stop behind it is a loop of its own, and a third loop is easily taken for part of it.
    """
    piece = crop[:, max(0, int(sign.x0)) : math.ceil(stop.x1 if stop else sign.x1) + 1]
    if min(piece.shape[:2]) < 3:
        return None
    found = loops(ink_of(np.asarray(cv2.resize(piece, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC))))
    high = [loop for loop in found if loop[1] < 0.5]
    low = sorted(loop for loop in found if loop[1] >= 0.5)[: -1 if stop else None]
    if len(high) != 1 or not 1 <= len(low) <= 2 or abs(low[0][1] - low[-1][1]) > LEVEL:
        return None
    return len(low)


def loops(ink: Mask) -> list[tuple[float, float]]:
    """The middles of the patches of paper that ink encloses, in heights of the sign."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return []
    sign = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    paper = np.pad(~sign, 1, constant_values=True).astype(np.uint8)
    _, labels, stats, middles = cv2.connectedComponentsWithStats(paper, connectivity=4)
    height = sign.shape[0]
    enclosed = (i for i in range(1, len(stats)) if i != labels[0, 0] and stats[i][4] >= SMALLEST * height**2)
    return [(float(middles[i][0]) / height, float(middles[i][1]) / height) for i in enclosed]
