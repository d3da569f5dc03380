"""A page's characters and drawings, as pdfplumber reads them: slower than pdfium, and another parser's opinion.

>>> char = {"text": "⾦", "size": 12.0, "height": 12.0, "adv": 16.0, "matrix": (0.75, 0, 0, 0.75, 72, 700),
...         "x0": 72.0, "x1": 84.0, "y0": 700.0, "bottom": 142.0, "non_stroking_color": (0, 0, 0)}
>>> printed = printed_of(char)
>>> printed.text, round(printed.box.y0, 2), round(printed.box.y1, 2)
('金', 131.44, 143.44)
"""

from __future__ import annotations

import io
import logging
import math
from pathlib import Path
from typing import Any

import pdfplumber

from pipeline.model.source import Box
from pipeline.ocr import pdf
from pipeline.ocr.typed import DESCENT, ILLEGIBLE, UPRIGHT, Printed, Shape, Typed, ideograph, is_red, is_white

log = logging.getLogger(__name__)


class Plumber:
    """A PDF as pdfplumber sees it; opened when the first page is asked for."""

    def __init__(self, path: Path, count: int) -> None:
        self.path, self.count = path, count
        self.pdf: Any = None

    def close(self) -> None:
        if self.pdf is not None:
            self.pdf.close()

    def read(self, number: int) -> Typed | None:
        """Page `number`, counted from 1; None where pdfminer stumbles over what the file has there."""
        try:
            page = self.opened().pages[number - 1]
            try:
                return typed(page)
            finally:
                page.close()
        except Exception as error:  # pdfminer raises whatever its parser stumbles over in a damaged file
            log.info("%s: page %d: text layer unreadable (%r)", self.path.name, number, error)
            return None

    def opened(self) -> Any:
        """The file, or the file repaired where not all of its pages are found in the file itself."""
        if self.pdf is None:
            self.pdf = self.whole() or pdfplumber.open(io.BytesIO(pdf.repaired(self.path)))
        return self.pdf

    def whole(self) -> Any | None:
        """The file as it is; None where pages are missing."""
        try:
            found = pdfplumber.open(self.path)
            if len(found.pages) == self.count:
                return found
            found.close()
        except Exception as error:  # as above
            log.info("%s: %r", self.path.name, error)
        return None


def typed(page: Any) -> Typed:
    """What pdfplumber's page shows."""
    chars = tuple(printed_of(char) for char in page.chars if char["size"] > 0)
    shapes = tuple(shape_of(shape) for shape in [*page.lines, *page.rects] if is_drawn(shape))
    return Typed(page.page_number, float(page.width), float(page.height), chars, shapes)


def printed_of(char: dict[str, Any]) -> Printed:
    """pdfplumber's character with its em square: fonts' own boxes are too often wrong to be used."""
    a, b, _, _, _, origin = char["matrix"]
    angle = math.degrees(math.atan2(b, a))
    bottom, size = char["bottom"], em(char)
    if abs(angle) <= UPRIGHT:
        bottom = char["bottom"] + char["y0"] - origin + DESCENT * size
    text = ILLEGIBLE if char["text"].startswith("(cid:") else ideograph(char["text"])
    box = Box(char["x0"], bottom - size, char["x1"], bottom)
    return Printed(text, box, size, angle, is_red(char["non_stroking_color"]))


def em(char: dict[str, Any]) -> float:
    """The font size in points; a leaning character's box is taller by its lean."""
    a, b, c, d, *_ = char["matrix"]
    if abs(math.degrees(math.atan2(b, a))) <= UPRIGHT or abs(d) < abs(c):
        return float(char["size"])
    return float((char["height"] - abs(b) * char["adv"]) / abs(d) * math.hypot(c, d))


def is_drawn(shape: dict[str, Any]) -> bool:
    """Whether the shape leaves dark ink: white ones only cover what lies below."""
    colour = shape["stroking_color"] if shape["stroke"] else shape["non_stroking_color"]
    return bool(shape["stroke"] or shape["fill"]) and not is_white(colour)


def shape_of(shape: dict[str, Any]) -> Shape:
    box = Box(*(float(shape[key]) for key in ("x0", "top", "x1", "bottom")))
    pen = float(shape.get("linewidth") or 0)
    return Shape(box, pen, shape["object_type"] == "rect", bool(shape["stroke"]))
