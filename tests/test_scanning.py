"""The scanner: every profile gives one image a page, the same for the same seed, with the seals on it."""

from __future__ import annotations

from functools import cache

import numpy as np
import pypdfium2 as pdfium
import pytest
from weasyprint import HTML

from bench.scanning import PROFILES, laid, scan
from bench.seals import Seal


@cache
def leaflet() -> bytes:
    """Two small pages of text."""
    style = "@page { size: 60mm 70mm; margin: 6mm } p + p { break-before: page }"
    return bytes(HTML(string=f"<style>{style}</style><p>合同总价：¥1,234.50</p><p>第二页</p>").write_pdf())


@pytest.mark.parametrize("profile", PROFILES)
def test_a_scan_repeats_itself_and_differs_by_seed(profile: str) -> None:
    once = scan(leaflet(), profile, 1)
    assert scan(leaflet(), profile, 1) == once
    assert scan(leaflet(), profile, 2) != once


@pytest.mark.parametrize("profile", PROFILES)
def test_a_scan_is_one_image_a_page_without_text(profile: str) -> None:
    with pdfium.PdfDocument(scan(leaflet(), profile, 1)) as pdf:
        assert len(pdf) == 2
        assert [page.get_textpage().count_chars() for page in pdf] == [0, 0]


def test_a_fax_has_one_bit_a_pixel() -> None:
    with pdfium.PdfDocument(scan(leaflet(), "fax", 1)) as pdf:
        assert {image.get_metadata().bits_per_pixel for page in pdf for image in page.get_objects()} == {1}


def redness(pdf: bytes) -> list[float]:
    """For each page, how much redder than blue its reddest pixels are."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [np.asarray(page.render().to_pil().convert("RGB"), np.int16) for page in document]
    return [float(np.percentile(page[..., 0] - page[..., 2], 99)) for page in pages]


def test_a_seal_falls_on_its_page_only() -> None:
    first, second = redness(scan(leaflet(), "office", 1, [Seal("云岭市档案馆", 1, 30, 35)]))
    assert first > 80 > second


def test_a_few_documents_have_pages_that_lay_the_wrong_way() -> None:
    page = np.arange(6, dtype=np.float32).reshape(3, 2, 1)
    shapes = {seed: [laid(page, seed, 9, number).shape[:2] for number in range(1, 40)] for seed in range(40)}
    turned = [seed for seed, found in shapes.items() if (2, 3) in found]
    assert 0 < len(turned) < 15
    assert all(found.count((3, 2)) > found.count((2, 3)) for found in shapes.values())


def test_a_drier_pad_leaves_less_red() -> None:
    full, dry = (redness(scan(leaflet(), "office", 1, [Seal("云岭市档案馆", 1, 30, 35, ink)]))[0] for ink in (1.0, 0.4))
    assert full > dry + 20


def test_a_person_seals_with_a_square_of_the_name() -> None:
    first, second = redness(scan(leaflet(), "clean", 1, [Seal("沈知行", 1, 30, 35, square=True)]))
    assert first > 80 > second
