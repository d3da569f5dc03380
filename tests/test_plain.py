"""A scan's own pixels are taken only where the page shows them as they are, whatever hides, inverts or crops them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from helpers_pdf import printed_sheet, scan_pdf

from pipeline.ocr import pdf
from pipeline.ocr.content import content_of
from pipeline.ocr.images import open_pages
from pipeline.ocr.plain import PlainPages

SHEET = printed_sheet(827, 1170)
HALF = np.full((1170, 827), 255, np.uint8)
HALF[:585] = 0

Change = Callable[[pikepdf.Pdf, pikepdf.Page], None]


def written(path: Path, change: Change) -> Path:
    """A scan that draws its sheet and nothing else, with one change."""
    with pikepdf.open(scan_pdf(path, SHEET), allow_overwriting_input=True) as document:
        page = document.pages[0]
        page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        change(document, page)
        document.save(path)
    return path


def is_plain(path: Path) -> bool:
    with pdf.opened(path) as document, pdf.page_of(document, 1) as page, PlainPages(path) as plainly:
        images = content_of(page).images
        return plainly.shows(1, len(document), images[0])


def unchanged(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    pass


def masked(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.XObject.I.SMask = document.make_stream(
        HALF.tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=827,
        Height=1170,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
    )


def inverted(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.XObject.I.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])


def keyed(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.XObject.I.Mask = pikepdf.Array([0, 40, 0, 40, 0, 40])


def cropped(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Contents = document.make_stream(b"q 0 421 595 421 re W n 595 0 0 842 0 0 cm /I Do Q")


def faded(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.ExtGState = pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.02))
    page.Contents = document.make_stream(b"q /G gs 595 0 0 842 0 0 cm /I Do Q")


def painted_over(document: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Contents = document.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q 1 g 0 0 595 421 re f")


@pytest.mark.parametrize("change", [masked, inverted, keyed, cropped, faded, painted_over])
def test_what_changes_an_image_is_shown(tmp_path: Path, change: Change) -> None:
    path = written(tmp_path / "a.pdf", change)
    (page,) = open_pages(path, text_layer="never")

    assert not is_plain(path)
    assert page.pixels.shape != SHEET.shape or np.abs(page.pixels.astype(int) - SHEET).mean() > 2


def test_a_plain_image_is_taken_without_being_drawn(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", unchanged)
    (page,) = open_pages(path, text_layer="never")

    assert is_plain(path)
    assert (page.pixels == SHEET).all()


def test_another_file_s_image_is_not_taken_for_it(tmp_path: Path) -> None:
    one = written(tmp_path / "a.pdf", unchanged)
    other = scan_pdf(tmp_path / "b.pdf", np.ascontiguousarray(SHEET[:, :800]))
    with pdf.opened(one) as document, pdf.page_of(document, 1) as page, PlainPages(other) as plainly:
        images = content_of(page).images
        assert not plainly.shows(1, 1, images[0])
        assert not plainly.shows(1, 2, images[0])


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 and nothing more", b"no pdf"])
def test_what_can_t_be_opened_has_no_plain_page(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "b.pdf"
    broken.write_bytes(content)
    path = written(tmp_path / "a.pdf", unchanged)
    with pdf.opened(path) as document, pdf.page_of(document, 1) as page, PlainPages(broken) as plainly:
        images = content_of(page).images
        assert not plainly.shows(1, 1, images[0])
        assert not plainly.shows(1, 1, images[0])
