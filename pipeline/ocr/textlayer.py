"""A PDF's own text: a born-digital page read without OCR.

Reads pdfplumber's characters and drops what no reader sees as the contract's text: invisible, tiny and white
characters, watermarks and the characters of a seal, which are red and stand on a curve. Handwriting that leans by a few
degrees stays. Fonts of PDF printers give the radical ⾦ (U+2FA6) where 金 stands; ideographs replace them.

>>> char = {"text": "⾦", "size": 12.0, "height": 12.0, "adv": 16.0, "matrix": (0.75, 0, 0, 0.75, 72, 700),
...         "x0": 72.0, "x1": 84.0, "y0": 700.0, "bottom": 142.0, "non_stroking_color": (0, 0, 0)}
>>> printed = printed_of(char)
>>> printed.text, round(printed.top, 2), round(printed.bottom, 2)
('金', 131.44, 143.44)
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.page import Frame, Page
from pipeline.model.source import Box, around
from pipeline.ocr.textlines import Char, lines
from pipeline.ocr.vectors import rulings

DPI = 200
SCALE = DPI / 72
DESCENT = 0.12  # of the em square below the baseline, in Chinese fonts
SMALLEST = 3.0 / SCALE  # points; smaller characters can't be seen
LEANING = 15.0  # degrees that handwriting may lean; what is turned further is a watermark or on a seal's curve
CONTRAST = 30  # levels of a colour between ink and paper
APART = 4.0  # sizes of a character between two on the curve of one seal
UPRIGHT = 1.5  # degrees within which print is upright

# Radicals that Unicode maps to nothing, or to another region's form of the ideograph that shares their glyph.
RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⼾⾭",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟户青",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A character of the PDF, in points of the shown page: its em square, angle (anticlockwise) and redness."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: float
    red: bool

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)


def read(pdf_page: Any, shown: NDArray[np.uint8] | None = None) -> Page | None:
    """The page's own text and rulings in pixels at 200 dpi; `pdf_page` is pdfplumber's.

    `shown` is the page as the file shows it: characters that leave no ink on it are dropped. None where some of them
    stand beside others that do: pdfplumber and the renderer then place the line differently, or part of it is covered.
    """
    width, height = round(float(pdf_page.width) * SCALE), round(float(pdf_page.height) * SCALE)
    drawn = rulings(pdf_page, SCALE)
    found = contract_text([printed_of(char) for char in pdf_page.chars if is_legible(char)])
    chars = [Char(char.text, scaled(char.box)) for char in found]
    if shown is not None:
        light = np.asarray(cv2.cvtColor(shown, cv2.COLOR_BGR2GRAY), np.uint8)
        inked = [char.blank or leaves_ink(char.box, shown, light) for char in chars]
        if is_torn(chars, inked):
            return None
        chars = list(itertools.compress(chars, inked))
    frame = Frame(width, height)
    return Page(pdf_page.page_number, width, height, DPI, "text", frame, lines(chars, drawn), drawn)


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


def is_unprinted(char: Char) -> bool:
    return char.blank or unicodedata.category(char.text[0]) == "Cf"


def beside(last: Box, box: Box) -> bool:
    """Whether a character stands right beside the one before it, on its line."""
    shared = min(last.y1, box.y1) - max(last.y0, box.y0)
    return shared >= last.height / 2 and abs(box.x0 - last.x1) <= last.height / 2


def leaves_ink(box: Box, shown: NDArray[np.uint8], light: NDArray[np.uint8]) -> bool:
    """Whether anything stands out in the box: black on white as well as white on a dark heading.

    What stands out in the page's light, which is quicker to tell, does so in one of its colours.
    """
    x0, y0, x1, y1 = (max(0, round(v)) for v in (box.x0, box.y0, box.x1, box.y1))
    there = shown[y0 : y1 + 1, x0 : x1 + 1]
    if not there.size:
        return False
    least, most, *_ = cv2.minMaxLoc(light[y0 : y1 + 1, x0 : x1 + 1])
    return most - least > CONTRAST or bool(np.ptp(there, axis=(0, 1)).max() >= CONTRAST)


def is_legible(char: dict[str, Any]) -> bool:
    """Whether the character has a Unicode value and a size."""
    text = char["text"]
    return not text.startswith("(cid:") and "\ufffd" not in text and char["size"] > 0


def printed_of(char: dict[str, Any]) -> Printed:
    """pdfplumber's character with its em square: fonts' own boxes are too often wrong to be used."""
    a, b, _, _, _, origin = char["matrix"]
    angle = math.degrees(math.atan2(b, a))
    x0, x1, bottom = char["x0"], char["x1"], char["bottom"]
    size = em(char)
    if abs(angle) <= UPRIGHT:
        bottom = char["bottom"] + char["y0"] - origin + DESCENT * size
    colour = char["non_stroking_color"]
    return Printed(ideograph(char["text"]), x0, bottom - size, x1, bottom, size, angle, is_red(colour))


def em(char: dict[str, Any]) -> float:
    """The font size in points; a leaning character's box is taller by its lean."""
    a, b, c, d, *_ = char["matrix"]
    if abs(math.degrees(math.atan2(b, a))) <= UPRIGHT or abs(d) < abs(c):
        return float(char["size"])
    return float((char["height"] - abs(b) * char["adv"]) / abs(d) * math.hypot(c, d))


def ideograph(text: str) -> str:
    """Ideographs for the radicals and compatibility forms that look like them, letters for ligatures."""
    return "".join(unicodedata.normalize("NFKC", char) if is_alias(char) else RADICALS.get(char, char) for char in text)


def is_alias(char: str) -> bool:
    return ("\u2e80" <= char <= "\u2fdf" and char not in RADICALS) or "\uf900" <= char <= "\ufb06"


def is_red(colour: Any) -> bool:
    """Whether the colour is a seal's red; pdfplumber gives grey, RGB or CMYK components."""
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:
        cyan, magenta, yellow, _ = colour
        return bool(min(magenta, yellow) - cyan > 0.3)
    return len(colour) == 3 and bool(colour[0] - max(colour[1:]) > 0.3)


def contract_text(chars: Sequence[Printed]) -> list[Printed]:
    """What a reader takes for the contract's text: visible, about upright, not part of a seal."""
    seals = seal_boxes(chars)
    return [char for char in chars if is_text(char) and not (char.red and any(on(seal, char) for seal in seals))]


def is_text(char: Printed) -> bool:
    return char.size >= SMALLEST and abs(char.angle) <= LEANING and not (char.red and leans(char))


def leans(char: Printed) -> bool:
    return abs(char.angle) > UPRIGHT


def seal_boxes(chars: Sequence[Printed]) -> list[Box]:
    """Around each group of red characters that lean, which are near each other on the curve of one seal."""
    boxes: list[Box] = []
    for char in chars:
        if char.red and leans(char):
            near = [box for box in boxes if grown(box, APART * char.size).overlap(char.box)]
            boxes = [box for box in boxes if box not in near] + [around([*near, char.box])]
    return boxes


def grown(box: Box, margin: float) -> Box:
    return Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)


def on(seal: Box, char: Printed) -> bool:
    return grown(seal, char.size).holds(*char.box.center)
