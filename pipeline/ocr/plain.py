"""Scans that can be taken out of a PDF unseen: pages that draw one image, just as it is, and nothing else.

An image's own pixels are what its page shows unless something masks, inverts, crops or paints over it. Mostly the file
says that nothing does: the page's only resource is the image, its content places it and ends, and the image is plain
grey or colours without a mask. Then nobody needs to draw the page to compare the two, which takes as long as decoding
it once more. (ISO 32000-2: 8.4 graphics state, 8.9.5 image dictionaries.)
"""

from __future__ import annotations

import logging
from pathlib import Path
from types import TracebackType
from typing import Any

import pikepdf
from pypdfium2 import raw

log = logging.getLogger(__name__)

OPERATORS = {"q", "Q", "cm", "Do"}  # keep and restore the graphics state, place, draw
CHANGED_BY = ("/SMask", "/SMaskInData", "/Mask", "/ImageMask", "/Decode", "/Alternates", "/OC", "/F")
COLOURS = {"/DeviceGray", "/DeviceRGB"}
FILTERS = {"/DCTDecode", "/FlateDecode", "/CCITTFaxDecode"}
LONGEST = 1000  # bytes of a content stream, packed, that does no more than that


class PlainPages:
    """A PDF's pages as qpdf sees them; opened when the first is asked about. What can't be opened has no plain page."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf: pikepdf.Pdf | None = None
        self.broken = False

    def __enter__(self) -> PlainPages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.pdf is not None:
            self.pdf.close()

    def shows(self, number: int, count: int, image: Any) -> bool:
        """Whether page `number` of `count` shows pdfium's `image` just as it is."""
        if self.broken:
            return False
        try:
            if self.pdf is None:
                self.pdf = pikepdf.open(self.path)
            same = len(self.pdf.pages) == count  # or both count pages differently
            return same and is_same(image, only_image(self.pdf.pages[number - 1]))
        except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            log.info("%s: page %d is drawn to be compared: %s", self.path.name, number, error)
            self.broken = True
            return False


def only_image(page: pikepdf.Page) -> Any:
    """The image that the page draws, and nothing else; None where it draws more, or changes it."""
    resources: Any = page.obj.get("/Resources", {})
    things: Any = resources.get("/XObject", {})
    content = page.obj.get("/Contents")
    if len(things) != 1 or "/ExtGState" in resources or not is_short(content):
        return None
    operators = [str(instruction.operator) for instruction in pikepdf.parse_content_stream(page)]
    (image,) = things.values()
    drawn = operators.count("Do") == 1 and OPERATORS.issuperset(operators)
    return image if drawn and image.get("/Subtype") == "/Image" and is_unchanged(image) else None


def is_short(content: Any) -> bool:
    return isinstance(content, pikepdf.Stream) and int(content.get("/Length", LONGEST + 1)) <= LONGEST


def is_unchanged(image: Any) -> bool:
    """Whether nothing in an image's dictionary makes it appear otherwise than it is stored."""
    names = image.get("/Filter")
    filters = {str(name) for name in names} if isinstance(names, pikepdf.Array) else {str(names)}
    stored = str(image.get("/ColorSpace")) in COLOURS and int(image.get("/BitsPerComponent", 0)) in (1, 8)
    return stored and filters <= FILTERS and not any(key in image for key in CHANGED_BY)


def is_same(image: Any, other: Any) -> bool:
    """Whether pdfium's image is the one that qpdf found: as large, and stored in as many bytes."""
    if other is None:
        return False
    size = int(other.get("/Width", 0)), int(other.get("/Height", 0))
    return size == tuple(image.get_px_size()) and int(other.get("/Length", 0)) == stored_size(image)


def stored_size(image: Any) -> int:
    return int(raw.FPDFImageObj_GetImageDataRaw(image.raw, None, 0))
