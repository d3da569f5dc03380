"""A file -> its pages as images, upright and straight, one at a time; and each page's own text where it has one.

Reads PDFs (scanned, born digital, or mixed page by page) and PNG, JPEG and TIFF files with one or many pages. A page's
own text layer is used only where trust.py finds that it says what the page shows.

>>> dpi_of_sheet(1654, 2339)
200
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import PIL.Image
import PIL.ImageOps
from numpy.typing import NDArray

from pipeline.errors import InputError
from pipeline.model.page import Frame, Page
from pipeline.model.source import Box
from pipeline.ocr import pdf, plain, sheet, trust
from pipeline.ocr.content import content_of
from pipeline.ocr.upright import Legible, upright

Image: TypeAlias = NDArray[np.uint8]
Order: TypeAlias = Callable[[int], Iterable[int]]

log = logging.getLogger(__name__)

A4_SHORT, A4_LONG = 8.27, 11.69  # inches
PDF_HEAD = 1024  # bytes within which readers look for %PDF-


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may ask for: more is refused (pages) or scaled down (a page's pixels)."""

    max_pages: int = 2000
    max_pixels: int = 100_000_000


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """One page as it is read: pixels (BGR, upright, straight), how they lie on the shown page, its own text (held
    against a smaller picture), and the lines of print that were seen when it was turned upright."""

    number: int
    pixels: Image
    dpi: int
    frame: Frame
    text: Page | None = None
    printed: tuple[Box, ...] = ()


def in_order(count: int) -> Iterable[int]:
    return range(1, count + 1)


def open_pages(
    path: Path,
    limits: Limits | None = None,
    legible: Legible | None = None,
    text_layer: Literal["auto", "never"] = "auto",
    order: Order = in_order,
) -> Iterator[PageImage]:
    """The file's pages, one in memory at a time. Raises InputError with one line for a person.

    `order` says which pages of a PDF to open, given how many there are. `legible` scores how well a recogniser reads
    some crops of lines; it is asked only about pages whose upper edge can't be told otherwise.
    """
    limits = limits or Limits()
    kind = kind_of(path)
    if kind == "pdf":
        yield from pdf_pages(path, limits, legible, text_layer, order)
        return
    for number, shown in enumerate(image_pages(path, limits), start=1):
        yield scan(number, shown, legible)


def shown_page(path: Path, number: int, frame: Frame, max_pixels: int = Limits().max_pixels) -> Image:
    """Page `number` as the file shows it, in exactly frame.width x frame.height pixels (BGR)."""
    if kind_of(path) == "pdf":
        with (
            pdf.opened(path) as document,
            plain.PlainPages(path) as plainly,
            pdf.page_of(document, number) as page,
        ):
            is_plain = partial(plainly.shows, number, len(document))
            shown = pdf.shown(page, content_of(page), max_pixels, is_plain)
            if shown.pixels.shape[1::-1] == (frame.width, frame.height):
                return shown.pixels
            return pdf.rendered(page, frame.width, frame.height)
    shown = next(page for n, page in enumerate(image_pages(path, Limits(max_pixels=max_pixels)), 1) if n == number)
    return shown.pixels


def kind_of(path: Path) -> Literal["pdf", "image"]:
    """By the first bytes, never by the name. Raises InputError."""
    try:
        with path.open("rb") as file:
            head = file.read(PDF_HEAD)
    except OSError as error:
        raise InputError(f"{path.name}：文件无法打开（{error.strerror}）") from error
    if not head:
        raise InputError(f"{path.name}：文件是空的")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "image"
    raise InputError(f"{path.name}：不是 PDF、PNG、JPEG 或 TIFF 文件")


def pdf_pages(
    path: Path, limits: Limits, legible: Legible | None, text_layer: str, order: Order
) -> Iterator[PageImage]:
    with pdf.opened(path) as document:
        if len(document) > limits.max_pages:
            raise InputError(f"{path.name}：共 {len(document)} 页，超过上限 {limits.max_pages} 页")
        count = len(document)
        with trust.TextLayers(path, count, limits.max_pixels) as layers, plain.PlainPages(path) as plainly:
            for number in order(count):
                with pdf.page_of(document, number) as page:
                    content = content_of(page)
                    typed = text_layer == "auto" and pdf.sheet_of(page, content) is None
                    found = layers.read(page, content, number) if typed else None
                    if found is None:
                        is_plain = partial(plainly.shows, number, count)
                        shown = pdf.shown(page, content, limits.max_pixels, is_plain)
                yield born_digital(*found) if found else scan(number, shown, legible)


def born_digital(text: Page, pixels: Image) -> PageImage:
    dpi = round(text.dpi * pixels.shape[1] / text.width)
    return PageImage(text.number, pixels, dpi, text.frame, text)


def scan(number: int, shown: pdf.Shown, legible: Legible | None) -> PageImage:
    """The page laid flat if it is a photograph, turned upright and straightened."""
    height, width = shown.pixels.shape[:2]
    flat = sheet.flattened(shown.pixels)
    result = upright(flat.pixels if flat else shown.pixels, legible)
    frame = Frame(width, height, result.rotation, result.skew, result.matrix, flat.mesh if flat else None)
    dpi = dpi_of_sheet(*flat.pixels.shape[:2]) if flat else shown.dpi
    return PageImage(number, result.pixels, dpi, frame, printed=result.printed)


def image_pages(path: Path, limits: Limits) -> Iterator[pdf.Shown]:
    """The pages of an image file, as EXIF says they are to be shown."""
    try:
        with PIL.Image.open(path) as image:
            count = getattr(image, "n_frames", 1)
            if count > limits.max_pages:
                raise InputError(f"{path.name}：共 {count} 页，超过上限 {limits.max_pages} 页")
            for index in range(count):
                image.seek(index)
                if image.width * image.height > limits.max_pixels:
                    raise InputError(f"{path.name}：第 {index + 1} 页有 {image.width} × {image.height} 像素，超过上限")
                yield pdf.scaled_down(pixels_of(image), dpi_of(image))
    except PIL.Image.DecompressionBombError as error:
        raise InputError(f"{path.name}：图像太大") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise InputError(f"{path.name}：图像已损坏，无法读取") from error


def pixels_of(image: PIL.Image.Image) -> Image:
    """The frame on white paper, as BGR."""
    shown: Any = PIL.ImageOps.exif_transpose(image)
    if shown.mode.startswith("I;16") or shown.mode in {"I", "F"}:
        deep = np.asarray(shown, np.float64)
        shown = PIL.Image.fromarray((deep / max(255.0, float(deep.max())) * 255).astype(np.uint8))
    if shown.has_transparency_data:
        shown = shown.convert("RGBA")
        shown = PIL.Image.alpha_composite(PIL.Image.new("RGBA", shown.size, "white"), shown)
    return np.ascontiguousarray(np.asarray(shown.convert("RGB"), np.uint8)[..., ::-1])


def dpi_of(image: PIL.Image.Image) -> float:
    """As the file says where that is likely; else as if the sheet were A4."""
    said = image.info.get("dpi")
    dpi = float(said[0]) if isinstance(said, tuple) and said[0] else 0.0
    return dpi if 100 <= dpi <= 1200 else dpi_of_sheet(image.width, image.height)


def dpi_of_sheet(width: int, height: int) -> int:
    return max(1, round(max(min(width, height) / A4_SHORT, max(width, height) / A4_LONG)))
