"""A PDF's own text: a born-digital page read without OCR.

Takes the characters that a parser of PDFs finds and drops what no reader sees as the contract's text: invisible, tiny
and white characters, watermarks and the characters of a seal, which are red and stand on a curve. Handwriting that
leans by a few degrees stays.

>>> upright, turned = (Printed("某", Box(72, 88, 84, 100), 12.0, angle, False) for angle in (0.0, 45.0))
>>> contract_text([upright, turned]) == [upright]
True
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Frame, Page
from pipeline.model.source import Box, around
from pipeline.ocr.marked import raised, unstruck
from pipeline.ocr.overprint import is_overprinted, once
from pipeline.ocr.textlines import Char, lines_of, runs_of
from pipeline.ocr.typed import ILLEGIBLE, Printed, Typed
from pipeline.ocr.vectors import rulings

DPI = 200
SCALE = DPI / 72
SOFT_HYPHEN = "\u00ad"
SMALLEST = 3.0 / SCALE  # points; smaller characters can't be seen
LEANING = 15.0  # degrees that handwriting may lean; what is turned further is a watermark or on a seal's curve
CONTRAST = 20  # levels by which ink changes a pixel's colour, in a picture that may be drawn small
MIDDLE = (0.35, 0.6)  # of a digit's em square, from its top
APART = 6.0  # sizes of a character between two on the curve of one seal, of which one may stand upright
NUMERALS = frozenset(
    "0123456789０１２３４５６７８９.．,，%％‰￥¥〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿圆元角分"
)


def size_of(typed: Typed) -> tuple[int, int]:
    """The page's width and height in pixels."""
    return round(typed.width * SCALE), round(typed.height * SCALE)


def read(typed: Typed, ink: NDArray[np.uint8] | None = None) -> Page | None:
    """The page's own text and rulings in pixels at 200 dpi.

    `ink` is how far each pixel of the page as shown, in any size, would change without its text (0..255): characters
    that would change none are dropped, for they are white, clipped off or covered. None where some of them stand beside
    others that do, for the parser and the renderer then place the line differently, or part of it is hidden; where one
    that means nothing stands beside a numeral; and where two stand in one place.
    """
    width, height = size_of(typed)
    drawn = rulings(typed.shapes, SCALE)
    chars = [Char(char.text, scaled(char.box)) for char in contract_text(typed.chars)]
    if ink is not None:
        inked = marks(ink, [looked_at(char) for char in chars], ink.shape[1] / width)
        if is_torn(chars, [char.blank or mark for char, mark in zip(chars, inked, strict=True)]):
            return None
        chars = [char for char, mark in zip(chars, inked, strict=True) if char.blank or mark]
    runs = runs_of((hyphenated(char) for char in chars if char.blank or not is_unprinted(char)), drawn)
    if any(is_maimed(run) or is_overprinted(run) for run in runs):
        return None
    legible = ([char for char in run if ILLEGIBLE not in char.text] for run in runs)
    read_out = (raised(unstruck(once(run), drawn)) for run in legible if run)
    lines = lines_of(run for run in read_out if not all(char.blank for char in run))
    return Page(typed.number, width, height, DPI, "text", Frame(width, height), lines, drawn)


def scaled(box: Box) -> Box:
    return Box(box.x0 * SCALE, box.y0 * SCALE, box.x1 * SCALE, box.y1 * SCALE)


def is_torn(chars: Sequence[Char], inked: Sequence[bool]) -> bool:
    """Whether a character without ink stands right beside one with ink.

    >>> row = [Char(c, Box(20 * i, 0, 20 * i + 20, 20)) for i, c in enumerate("12000")]
    >>> is_torn(row, [True, True, False, True, True]), is_torn(row, [False, False, False, False, False])
    (True, False)
    """
    seen = ((char, ink) for char, ink in zip(chars, inked, strict=True) if not is_unprinted(char))
    return any(
        ink is not other and beside(last.box, char.box) for (last, ink), (char, other) in itertools.pairwise(seen)
    )


def is_maimed(run: Iterable[Char]) -> bool:
    """Whether a character of a line that means nothing to its font stands right beside a numeral: it may be one.

    >>> row = [Char(c, Box(20 * i, 0, 20 * i + 20, 20)) for i, c in enumerate("共1\ufffd00台")]
    >>> is_maimed(row), is_maimed(row[:2]), is_maimed([row[0], row[2]])
    (True, False, False)
    """
    return any(
        (is_meaningless(last) and is_numeral(char)) or (is_meaningless(char) and is_numeral(last))
        for last, char in itertools.pairwise(char for char in run if not char.blank)
        if beside(last.box, char.box)
    )


def is_meaningless(char: Char) -> bool:
    """Whether a character has no meaning outside its font: none in Unicode, or one for private use."""
    return ILLEGIBLE in char.text or unicodedata.category(char.text[0]) in {"Co", "Cc", "Cn"}


def is_numeral(char: Char) -> bool:
    return not NUMERALS.isdisjoint(char.text)


def is_unprinted(char: Char) -> bool:
    return char.blank or (unicodedata.category(char.text[0]) == "Cf" and char.text != SOFT_HYPHEN)


def hyphenated(char: Char) -> Char:
    """A hyphen that a font calls a soft one, but which is printed."""
    return Char("-", char.box) if char.text == SOFT_HYPHEN else char


def beside(last: Box, box: Box) -> bool:
    """Whether a character stands right beside the one before it, on its line."""
    shared = min(last.y1, box.y1) - max(last.y0, box.y0)
    return shared >= last.height / 2 and abs(box.x0 - last.x1) <= last.height / 2


def looked_at(char: Char) -> Box:
    """Where a character surely has ink, and the lines above and below have none: a digit's middle."""
    if not char.text.isdecimal():
        return char.box
    top, height = char.box.y0, char.box.height
    return Box(char.box.x0, top + MIDDLE[0] * height, char.box.x1, top + MIDDLE[1] * height)


def marks(ink: NDArray[np.uint8], boxes: Sequence[Box], scale: float) -> list[bool]:
    """Of each box, whether there is ink in it; `scale` is how many of the ink's pixels are one of the boxes'."""
    _, dark = cv2.threshold(ink, CONTRAST - 1, 1, cv2.THRESH_BINARY)
    height, width = dark.shape
    count = cv2.integral(dark)
    corners = np.array([(box.x0, box.y0, box.x1, box.y1) for box in boxes]).reshape(-1, 4) * scale
    x0, y0, x1, y1 = np.clip(np.rint(corners), 0, (width, height, width, height)).astype(int).T
    x1, y1 = np.maximum(x0, x1), np.maximum(y0, y1)
    return [bool(found) for found in count[y1, x1] - count[y0, x1] - count[y1, x0] + count[y0, x0] > 0]


def contract_text(chars: Sequence[Printed]) -> list[Printed]:
    """What a reader takes for the contract's text: visible, about upright, not part of a seal."""
    seals = seal_boxes(chars)
    return [char for char in chars if is_text(char) and not (char.red and any(on(seal, char) for seal in seals))]


def is_text(char: Printed) -> bool:
    stands = math.isfinite(char.box.x0 + char.box.x1 + char.box.y1 - char.size)
    return stands and char.size >= SMALLEST and abs(char.angle) <= LEANING and not (char.red and char.leans)


def seal_boxes(chars: Sequence[Printed]) -> list[Box]:
    """Around each group of red characters that lean, which are near each other on the curve of one seal."""
    boxes: list[Box] = []
    for char in chars:
        if char.red and char.leans:
            near = [box for box in boxes if grown(box, APART * char.size).overlap(char.box)]
            boxes = [box for box in boxes if box not in near] + [around([*near, char.box])]
    return boxes


def grown(box: Box, margin: float) -> Box:
    return Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)


def on(seal: Box, char: Printed) -> bool:
    return grown(seal, char.size).holds(*char.box.center)
