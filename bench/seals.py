"""Red seals: a company's round one with its ring, star and lettering, and a person's square one.

Ink darkens what is below it, as on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SEAL_RED = (214, 38, 44)
SEAL_MM = 42
SQUARE_MM = 20
SEAL_FONT = "NotoSerifCJK-Bold.ttc"


@dataclass(frozen=True, slots=True)
class Seal:
    """A round company seal: its text, the page (from 1), and its centre in millimetres from the page's top left."""

    text: str
    page: int
    x: float
    y: float
    strength: float = 1.0  # of the ink
    square: bool = False  # a person's


def stamp(sheet: Image.Image, seal: Seal, dpi: int = 200) -> Image.Image:
    """The sheet with the seal's red ink on it: ink darkens what is below, as on paper."""
    ink = inked(square_impression(seal.text, dpi) if seal.square else impression(seal.text, dpi), seal.strength)
    layer = Image.new("RGB", sheet.size, "white")
    layer.paste(ink, (round(seal.x / 25.4 * dpi) - ink.width // 2, round(seal.y / 25.4 * dpi) - ink.height // 2))
    return multiply(sheet, layer)


@lru_cache(maxsize=8)
def impression(text: str, dpi: int) -> Image.Image:
    """A seal's ring, star and lettering, on white."""
    side = round(SEAL_MM / 25.4 * dpi)
    ink = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(ink)
    draw.ellipse((4, 4, side - 5, side - 5), outline=SEAL_RED, width=round(9 * dpi / 200))
    star = [
        (side / 2 + r * np.sin(i * np.pi / 5), side / 2 - r * np.cos(i * np.pi / 5))
        for i, r in enumerate([side * 0.15, side * 0.06] * 5)
    ]
    draw.polygon(star, fill=SEAL_RED)
    font = ImageFont.truetype(SEAL_FONT, side // 9)
    for i, char in enumerate(text):
        angle = (i - (len(text) - 1) / 2) * 250 / max(8, len(text))
        glyph = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(glyph).text((side / 2, side * 0.14), char, SEAL_RED, font, anchor="mm")
        ink = multiply(ink, glyph.rotate(-angle, fillcolor="white", resample=Image.Resampling.BICUBIC))
    return ink


def multiply(below: Image.Image, above: Image.Image) -> Image.Image:
    product = np.asarray(below, np.float32) * np.asarray(above, np.float32) / 255
    return Image.fromarray(product.astype(np.uint8))


def inked(ink: Image.Image, strength: float) -> Image.Image:
    """The impression of a pad that is running dry."""
    return ink if strength >= 1 else Image.blend(Image.new("RGB", ink.size, "white"), ink, strength)


@lru_cache(maxsize=8)
def square_impression(text: str, dpi: int) -> Image.Image:
    """A person's name seal: a frame and the name, read down its columns from the right."""
    side = round(SQUARE_MM / 25.4 * dpi)
    ink = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(ink)
    draw.rectangle((2, 2, side - 3, side - 3), outline=SEAL_RED, width=round(5 * dpi / 200))
    font = ImageFont.truetype(SEAL_FONT, round(side * 0.36))
    for i, char in enumerate(f"{text}印"[:4]):
        place = (side * (0.72 - 0.44 * (i // 2)), side * (0.28 + 0.44 * (i % 2)))
        draw.text(place, char, SEAL_RED, font, anchor="mm")
    return ink
