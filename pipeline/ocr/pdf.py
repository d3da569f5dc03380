"""Opens PDFs of any kind, damaged ones too, and shows their pages as pixels.

pdfium reads and renders; what it refuses, pikepdf (qpdf) may still repair. A page of a scanned contract mostly is one
image of the whole sheet: its own pixels are taken, for rendering would blur them.

>>> fitted(595.0, 842.0, 200, 100_000_000)
(200.0, 1653, 2339)
>>> fitted(595.0, 2147483648.0, 200, 100_000_000)[1:]
(1, 30000)
"""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from pipeline.errors import InputError
from pipeline.ocr.content import Content
from pipeline.scaling import shrunk

Image: TypeAlias = NDArray[np.uint8]

log = logging.getLogger(__name__)

DPI = 200  # of pages that have no resolution of their own
LOWEST_DPI, HIGHEST_DPI = 150, 300  # when a page is rendered for the sake of its images
FINEST_DPI = 450  # an image of more is scaled down to HIGHEST_DPI
LONGEST_SIDE = 30_000  # pixels
LEAST_SIDE = 32  # pixels, of a page that is too thin to show anything
SHEET = 0.97  # of the page that a scan covers at least
ALIKE = 12.0  # grey levels between an image and the page that shows it, on average
HALF = 0.5  # of the page, which one image covers at least if the page is a scan


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A page as the file shows it, and its resolution."""

    pixels: Image
    dpi: int


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """pdfium's document, of the file repaired if need be. Raises InputError."""
    document = load(path)
    try:
        document.init_forms()
        if len(document) < 1:
            raise InputError(f"{path.name}：PDF 没有页面")
        yield document
    finally:
        document.close()


def load(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise InputError(f"{path.name}：PDF 已加密，打开需要密码") from error
    try:
        return pypdfium2.PdfDocument(repaired(path))
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{path.name}：PDF 已损坏，无法修复") from error


def repaired(path: Path) -> bytes:
    """The file as qpdf understands it, written anew."""
    buffer = io.BytesIO()
    try:
        with pikepdf.open(path) as pdf:
            pdf.save(buffer)
    except pikepdf.PasswordError as error:
        raise InputError(f"{path.name}：PDF 已加密，打开需要密码") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, OSError) as error:
        raise InputError(f"{path.name}：PDF 已损坏，无法修复") from error
    log.info("%s: repaired", path.name)
    return buffer.getvalue()


@contextmanager
def page_of(document: Any, number: int) -> Iterator[Any]:
    """pdfium's page `number`, counted from 1. Raises InputError."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise InputError(f"第 {number} 页已损坏，无法读取") from error
    try:
        yield page
    finally:
        page.close()


def shown(page: Any, content: Content, max_pixels: int, is_plain: Callable[[Any], bool] = lambda image: False) -> Shown:
    """The page as the file shows it, after /Rotate, in the pixels of its own scan where it is one.

    `is_plain` says of the page's only image that it is known to be shown as it is; of others that is found out.
    """
    width, height = page.get_size()
    sheet = sheet_of(page, content)
    if sheet is not None and content.is_image_alone:
        pixels = own_pixels(sheet, page, max_pixels, is_plain)
        if pixels is not None:
            return scaled_down(pixels, pixels.shape[1] / width * 72)
    dpi = float(DPI)
    if sheet is not None:
        dpi = min(max(image_dpi(sheet), LOWEST_DPI), HIGHEST_DPI)
    dpi, wide, high = fitted(width, height, dpi, max_pixels)
    return Shown(rendered(page, wide, high), max(1, round(dpi)))


def sheet_of(page: Any, content: Content) -> Any | None:
    """The image that covers most of the page, as a scan does."""
    largest = max(content.images, key=area, default=None)
    width, height = page.get_size()
    return largest if largest is not None and area(largest) >= HALF * width * height else None


def fitted(width: float, height: float, dpi: float, max_pixels: int) -> tuple[float, int, int]:
    """The resolution, width and height in pixels of a page of width x height points, within the limits."""
    long, count = max(width, height) * dpi / 72, width * height * (dpi / 72) ** 2
    dpi *= min(1.0, LONGEST_SIDE / max(long, 1.0), math.sqrt(max_pixels / max(count, 1.0)))
    return dpi, max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72))


def rendered(page: Any, width: int, height: int) -> Image:
    """The page drawn on white paper of exactly this size, forms and annotations filled in."""
    if min(width, height) < LEAST_SIDE < max(width, height) // 100:
        return np.full((max(height, LEAST_SIDE), max(width, LEAST_SIDE), 3), 255, np.uint8)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    if page.formenv:
        raw.FPDF_FFLDraw(page.formenv, bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    return np.array(bitmap.to_numpy(), np.uint8)


def area(image: Any) -> float:
    left, bottom, right, top = image.get_bounds()
    return float((right - left) * (top - bottom))


def image_dpi(image: Any) -> float:
    left, bottom, right, top = image.get_bounds()
    return float(math.sqrt(math.prod(image.get_px_size()) / max(1.0, (right - left) * (top - bottom))) * 72)


def own_pixels(image: Any, page: Any, max_pixels: int, is_plain: Callable[[Any], bool]) -> Image | None:
    """The image's own pixels, turned as the page is; None where they are not just what the page shows."""
    if math.prod(image.get_px_size()) > max_pixels or not lies_flat(image, page):
        return None
    try:
        pixels = as_bgr(np.array(image.get_bitmap(render=False).to_numpy(), np.uint8))
    except pypdfium2.PdfiumError:
        return None
    turned = np.ascontiguousarray(np.rot90(pixels, -page.get_rotation() // 90))
    return turned if is_plain(image) or looks_alike(turned, page) else None


def lies_flat(image: Any, page: Any) -> bool:
    """Whether the image fills the page, neither turned nor mirrored nor stretched."""
    a, b, c, d, _, _ = image.get_matrix().get()
    width, height = image.get_px_size()
    page_area = math.prod(page.get_size())
    flat = a > 0 and d > 0 and abs(b) + abs(c) < 0.001 * (a + d)
    return bool(flat and abs(a * height / (d * width) - 1) < 0.03 and SHEET <= a * d / page_area <= 1.01 / SHEET)


def looks_alike(pixels: Image, page: Any) -> bool:
    """Whether the page, drawn small, shows these pixels: no mask, inversion or cropping changes them."""
    height = 200
    width = max(1, round(pixels.shape[1] * height / pixels.shape[0]))
    small, drawn_small = (shrunk(picture, width, height) for picture in (pixels, rendered(page, 2 * width, 2 * height)))
    return float(cv2.absdiff(small, drawn_small).mean()) < ALIKE


def as_bgr(pixels: NDArray[Any]) -> Image:
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_GRAY2BGR), np.uint8)
    return np.ascontiguousarray(pixels[..., :3])


def scaled_down(pixels: Image, dpi: float) -> Shown:
    if dpi <= FINEST_DPI:
        return Shown(pixels, max(1, round(dpi)))
    factor = HIGHEST_DPI / dpi
    size = max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    return Shown(np.asarray(small, np.uint8), HIGHEST_DPI)
