"""Reading ahead: pages come into the cache from the end, and the record is the same whoever read them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from helpers_pdf import image, printed_sheet
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline import run
from pipeline.batch.ahead import backwards, read_ahead, share
from pipeline.model.page import Frame, Page
from pipeline.ocr import images, recorded, seals
from pipeline.ocr.engine import Char, line_of
from pipeline.settings import Settings

PAGES = 4


@pytest.fixture(scope="module")
def scan(tmp_path_factory) -> Path:
    """Pages that are told apart by a mark."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    with pikepdf.new() as pdf:
        for number in range(PAGES):
            sheet = printed_sheet()
            sheet[20:40, 40 * number : 40 * number + 20] = 0
            pdf.add_blank_page(page_size=(595, 842))
            pdf.pages[-1].Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
            pdf.pages[-1].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image(pdf, sheet)))
        pdf.save(path)
    return path


@pytest.fixture
def settings(scan, tmp_path, monkeypatch) -> Iterator[Settings]:
    """A recording of the scan's pages, and a cache of its own."""
    run.engine_named.cache_clear()  # another test's recording may be loaded
    monkeypatch.setenv(recorded.FOLDER, str(tmp_path / "recording"))
    line = line_of([Char("元", 0, 20, 0.9)], 0, 20)
    for page in images.open_pages(scan):
        pixels = seals.without_seals(page.pixels, page.dpi)
        read = Page(page.number, *np.array(pixels.shape[1::-1]).tolist(), page.dpi, "scan", Frame(1, 1), (line,))
        recorded.record(tmp_path / "recording", pixels, read)
    yield Settings(engine="recorded", cache_dir=tmp_path / "cache")
    run.engine_named.cache_clear()


def kept(settings: Settings) -> int:
    return len(list(settings.cache_dir.rglob("*.json")))


def test_helpers_meet_and_leave_nothing_to_read(scan, settings):
    assert read_ahead(scan, 2, settings) == PAGES // 2
    assert read_ahead(scan, 1, settings) == PAGES - PAGES // 2
    assert kept(settings) == PAGES
    assert read_ahead(scan, 3, settings) == 0


def test_the_record_is_the_same_whoever_read_the_pages(scan, settings):
    alone = pipeline.extract(scan, settings.model_copy(update={"cache": False})).data
    read_ahead(scan, 1, settings)
    assert pipeline.extract(scan, settings).data == alone


def test_what_is_wrong_with_a_file_is_left_to_its_own_worker(tmp_path, settings):
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    assert read_ahead(tmp_path / "bad.pdf", 1, settings) == 0


@given(st.integers(1, 64), st.integers(1, 500))
def test_every_helper_begins_at_a_page_that_exists_and_no_two_at_the_same_place(helper, count):
    pages = list(backwards(share(helper), count))
    assert 1 <= pages[0] <= count
    assert pages[-1] == 1
    assert share(helper) not in {share(other) for other in range(1, helper)}
