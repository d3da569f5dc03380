"""What a PDF types on a page: characters and straight drawings, in points of the shown page, y downwards.

Fonts of PDF printers give the radical ⾦ (U+2FA6) where 金 stands; ideographs replace them.

>>> ideograph("⾦额"), ideograph("ﬀ")
('金额', 'ff')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.model.source import Box

DESCENT = 0.12  # of the em square below the baseline, in Chinese fonts
UPRIGHT = 1.5  # degrees within which print is upright
WHITE = 0.9
RED = 0.3  # by how much a seal's red leads its other colours
ILLEGIBLE = "\ufffd"  # the text of a character whose font doesn't say what it means

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
    """A character: its em square's box, size, angle (degrees, anticlockwise) and redness."""

    text: str
    box: Box
    size: float
    angle: float
    red: bool

    @property
    def leans(self) -> bool:
        return abs(self.angle) > UPRIGHT


@dataclass(frozen=True, slots=True)
class Shape:
    """A straight line or an upright rectangle; `pen` is its stroke's width."""

    box: Box
    pen: float
    rectangle: bool
    stroked: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """A page's number (from 1), width and height, its characters and its shapes of dark ink."""

    number: int
    width: float
    height: float
    chars: Sequence[Printed]
    shapes: Sequence[Shape]


@lru_cache(maxsize=8192)
def ideograph(text: str) -> str:
    """Ideographs for the radicals and compatibility forms that look like them, letters for ligatures."""
    return "".join(unicodedata.normalize("NFKC", char) if is_alias(char) else RADICALS.get(char, char) for char in text)


def is_alias(char: str) -> bool:
    return ("\u2e80" <= char <= "\u2fdf" and char not in RADICALS) or "\uf900" <= char <= "\ufb06"


def is_red(colour: Any) -> bool:
    """Whether the colour (grey, RGB or CMYK components, 0..1) is a seal's red."""
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:
        cyan, magenta, yellow, _ = colour
        return bool(min(magenta, yellow) - cyan > RED)
    return len(colour) == 3 and bool(colour[0] - max(colour[1:]) > RED)


def is_white(colour: Any) -> bool:
    """Whether the colour (grey, RGB or CMYK components, 0..1; None is black) is about white."""
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return bool(max(parts) < 1 - WHITE if len(parts) == 4 else min(parts) > WHITE)
