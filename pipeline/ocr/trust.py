"""Whether a page's own text may be used: only where it is Chinese and lies under all the ink that the page shows.

OCR tools lay garbage under scans, fonts lose their Unicode values, and pictures of text stand among text. So a text
layer counts only where hardly any dark ink is left over beside its words and the page's ruling lines.

>>> page = np.full((200, 400, 3), 255, np.uint8)
>>> cv2.putText(page, "text", (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0), 2) is page
True
>>> stray_share(page, [Box(10, 30, 120, 70)], ()), stray_share(page, [], ())
(0.0, 1.0)
"""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import pdfplumber
from numpy.typing import NDArray

from pipeline.model.page import Page, Ruling
from pipeline.model.source import Box
from pipeline.ocr import pdf, textlayer

Image: TypeAlias = NDArray[np.uint8]

log = logging.getLogger(__name__)

LEAST_CHINESE = 0.1  # of the characters: price tables are mostly digits
MOST_UNREADABLE = 0.02  # of the characters, without a Unicode value
MOST_STRAY = 0.15  # of the ink, outside words and ruling lines
SHRINK = 2  # how much smaller the page is when its ink is counted
STROKE = 15  # pixels of the smaller page; larger dark areas are fillings, not print
CONTRAST = 60  # grey levels


def is_chinese(page: Any) -> bool:
    """Whether pdfium finds a text layer on the page that is Chinese and legible."""
    text_page = page.get_textpage()
    text = "".join(text_page.get_text_range().split())
    text_page.close()
    unreadable = sum(unicodedata.category(char) in {"Co", "Cn", "Cc"} or char == "\ufffd" for char in text)
    return is_mostly_chinese(text) and unreadable <= MOST_UNREADABLE * len(text)


def is_mostly_chinese(text: str) -> bool:
    """
    >>> is_mostly_chinese("合计 1105728"), is_mostly_chinese("ÀÁÂ 1105728")
    (True, False)
    """
    return sum(is_han(char) for char in text) >= LEAST_CHINESE * max(1, len(text))


def is_han(char: str) -> bool:
    return "\u2e80" <= char <= "\u2fdf" or "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


class TextLayers:
    """The text layers of one PDF; opened when the first is asked for."""

    def __init__(self, path: Path, count: int) -> None:
        self.path, self.count = path, count
        self.pdf: Any = None

    def __enter__(self) -> TextLayers:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pdf is not None:
            self.pdf.close()

    def read(self, number: int, shown: Image) -> Page | None:
        """The page's text if it may be used; `shown` is the page as the file shows it, at textlayer.DPI."""
        try:
            page = self.text_of(number, shown)
        except Exception as error:  # pdfminer raises whatever its parser stumbles over in a damaged file
            log.info("page %d: text layer unreadable (%r)", number, error)
            return None
        if page is None:
            log.info("page %d: the text does not stand where the page shows it", number)
            return None
        boxes = [word.box for line in page.lines for word in line.words]
        fits = shown.shape[1::-1] == (page.width, page.height)
        return page if fits and stray_share(shown, boxes, page.rulings) <= MOST_STRAY else None

    def text_of(self, number: int, shown: Image) -> Page | None:
        pdf_page = self.pages()[number - 1]
        try:
            return textlayer.read(pdf_page, shown)
        finally:
            pdf_page.close()

    def pages(self) -> Sequence[Any]:
        """pdfplumber's pages: of the file repaired where it can't find them all in the file itself."""
        if self.pdf is None:
            self.pdf = self.whole() or pdfplumber.open(io.BytesIO(pdf.repaired(self.path)))
        pages: Sequence[Any] = self.pdf.pages
        return pages

    def whole(self) -> Any | None:
        """The file as it is; None where pages are missing."""
        try:
            found = pdfplumber.open(self.path)
            if len(found.pages) == self.count:
                return found
            found.close()
        except Exception as error:  # pdfminer raises whatever its parser stumbles over in a damaged file
            log.info("%s: %r", self.path.name, error)
        return None


def stray_share(shown: Image, words: Iterable[Box], rulings: Sequence[Ruling]) -> float:
    """The share of the page's thin dark ink that lies outside the words and the ruling lines."""
    size = max(1, shown.shape[1] // SHRINK), max(1, shown.shape[0] // SHRINK)
    light = cv2.resize(shown[..., 2], size, interpolation=cv2.INTER_AREA)
    ink = cv2.morphologyEx(light, cv2.MORPH_BLACKHAT, np.ones((STROKE, STROKE), np.uint8)) > CONTRAST
    total = int(ink.sum())
    covers = [*words, *(Box(r.x0, r.y0, r.x1, r.y1) for r in rulings)]
    for box in covers:
        x0, y0, x1, y1 = (round(v / SHRINK) for v in (box.x0, box.y0, box.x1, box.y1))
        ink[max(0, y0 - 2) : y1 + 3, max(0, x0 - 2) : x1 + 3] = False
    return int(ink.sum()) / total if total else 0.0
