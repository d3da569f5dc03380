"""Whether a page's own text may be used: only where it is Chinese and lies under all the ink that the page shows.

OCR tools lay garbage under scans, fonts lose their Unicode values, and pictures of text stand among text. So a text
layer counts only where hardly any dark ink is left over beside its words and the page's ruling lines. pdfium's reading
is quick, and asked first; pdfplumber's may hold where that doesn't: it also asks fonts that are embedded what their
glyphs mean.

>>> page = np.full((200, 400, 3), 255, np.uint8)
>>> cv2.putText(page, "text", (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2) is page
True
>>> stray_share(page, [Box(10, 30, 120, 70)], ()), stray_share(page, [], ())
(0.0, 1.0)
"""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.errors import HetongError
from pipeline.model.page import Page, Ruling
from pipeline.model.source import Box
from pipeline.ocr import glyphs, overlays, pdf, textlayer, untyped
from pipeline.ocr.content import Content, content_of
from pipeline.ocr.plumber import Plumber
from pipeline.ocr.typed import ILLEGIBLE, Printed, Typed

Image: TypeAlias = NDArray[np.uint8]

log = logging.getLogger(__name__)

LEAST_CHINESE = 0.1  # of the characters: price tables are mostly digits
MOST_UNREADABLE = 0.02  # of the characters, without a Unicode value
MOST_STRAY = 0.15  # of the ink, outside words and ruling lines
SMALLER = 2  # how many times smaller than its text's pixels the page is drawn to be compared
STROKE = 15  # pixels of that picture; larger dark areas are fillings, not print
CONTRAST = 60  # grey levels


class TextLayers:
    """The text layers of one PDF."""

    def __init__(self, path: Path, count: int, max_pixels: int) -> None:
        self.plumber, self.flattened, self.max_pixels = Plumber(path, count), overlays.Flattened(path), max_pixels

    def __enter__(self) -> TextLayers:
        return self

    def __exit__(self, *error: Any) -> None:
        self.plumber.close()
        self.flattened.close()

    def read(self, page: Any, content: Content, number: int) -> tuple[Page, Image] | None:
        """The text of pdfium's page, if it may be used, and the page as shown that it was held against."""
        try:
            return self.held(page, content, number)
        except (
            pypdfium2.PdfiumError,
            HetongError,
            ValueError,
            OverflowError,
        ) as error:  # a damaged page, or places in it
            log.info("page %d: text layer unreadable (%r)", number, error)
            return None

    def held(self, page: Any, content: Content, number: int) -> tuple[Page, Image] | None:
        if math.prod(page.get_size()) * textlayer.SCALE**2 > self.max_pixels:
            return None
        readings = self.flat(page, number) if overlays.are_on(page) else self.bare(page, content, number)
        for typed, seen in readings:
            text = textlayer.read(typed, seen.ink) if is_chinese(typed.chars) else None
            if text is not None and explains(text, seen):
                return text, seen.shown
        log.info("page %d: the text layer is not what the page shows, or stands elsewhere", number)
        return None

    def bare(self, page: Any, content: Content, number: int) -> Iterator[tuple[Typed, Seen]]:
        """A page as pdfium reads it, then as pdfplumber does, if both agree on its size; nothing if it has no text."""
        if content.texts:
            first, seen = glyphs.read(page, content, number), Seen(page, content)
            yield first, seen
            second = self.plumber.read(number)
            if second is not None and textlayer.size_of(second) == textlayer.size_of(first):
                yield second, seen

    def flat(self, page: Any, number: int) -> Iterator[tuple[Typed, Seen]]:
        """A page with what lies over it drawn into it, if it then looks the same."""
        with self.flattened.page(number) as flat:
            content = content_of(flat)
            seen = Seen(flat, content)
            if np.array_equal(seen.shown, picture(page)):
                yield glyphs.read(flat, content, number), seen


class Seen:
    """A page as shown, drawn small, and what of it is its text."""

    def __init__(self, page: Any, content: Content) -> None:
        self.page, self.content = page, content

    @cached_property
    def shown(self) -> Image:
        return picture(self.page)

    @cached_property
    def textless(self) -> Image:
        for text in self.content.texts:
            raw.FPDFPageObj_SetIsActive(text, False)
        try:
            return picture(self.page)
        finally:
            for text in self.content.texts:
                raw.FPDFPageObj_SetIsActive(text, True)

    @cached_property
    def ink(self) -> NDArray[np.uint8]:
        """How far each pixel changes (in its colour that does most) where the page is drawn without its text."""
        return untyped.strongest(cv2.absdiff(self.shown, self.textless))


def picture(page: Any) -> Image:
    width, height = (max(1, round(side * textlayer.SCALE / SMALLER)) for side in page.get_size())
    return pdf.rendered(page, width, height)


def explains(text: Page, seen: Seen) -> bool:
    """Whether hardly any ink of the page is left over beside its words and rulings, and none on its sums of money."""
    boxes = [word.box for line in text.lines for word in line.words]
    scale = seen.shown.shape[1] / text.width
    if stray_share(seen.shown, boxes, text.rulings, scale) > MOST_STRAY:
        return False
    return not untyped.is_on(seen.textless, list(untyped.sums(text.lines)), text.rulings, scale)


def is_chinese(chars: Iterable[Printed]) -> bool:
    """Whether the text is Chinese and legible."""
    text = "".join("".join(char.text for char in chars).split())
    unreadable = sum(char == ILLEGIBLE or unicodedata.category(char) in {"Co", "Cn", "Cc"} for char in text)
    return is_mostly_chinese(text) and unreadable <= MOST_UNREADABLE * len(text)


def is_mostly_chinese(text: str) -> bool:
    """
    >>> is_mostly_chinese("合计 1105728"), is_mostly_chinese("ÀÁÂ 1105728")
    (True, False)
    """
    return sum(is_han(char) for char in text) >= LEAST_CHINESE * max(1, len(text))


def is_han(char: str) -> bool:
    return "\u2e80" <= char <= "\u2fdf" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def stray_share(shown: Image, words: Iterable[Box], rulings: Sequence[Ruling], scale: float = 1.0) -> float:
    """The share of the page's thin dark ink that lies outside the words and the ruling lines.

    `scale` is how many pixels of `shown` are one of theirs.
    """
    ink = cv2.morphologyEx(shown[..., 2], cv2.MORPH_BLACKHAT, np.ones((STROKE, STROKE), np.uint8)) > CONTRAST
    total = int(np.count_nonzero(ink))
    covers = [*words, *(Box(r.x0, r.y0, r.x1, r.y1) for r in rulings)]
    for box in covers:
        x0, y0, x1, y1 = (round(v * scale) for v in (box.x0, box.y0, box.x1, box.y1))
        ink[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = False
    return int(np.count_nonzero(ink)) / total if total else 0.0
