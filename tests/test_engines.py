"""Every engine reads a sample page for real, and gives lines and words of one kind."""

import pytest

from pipeline import discover
from pipeline.errors import EngineMissingError
from pipeline.ocr import images, seals

ENGINES = [name for name in discover.modules("pipeline.ocr", "Engine") if name != "recorded"]


@pytest.fixture(scope="module")
def page(samples):
    """The first page of the purchase contract: clauses and a price table."""
    first = next(images.open_pages(samples / "goods-purchase" / "contract.pdf"))
    return seals.without_seals(first.pixels, first.dpi)


@pytest.mark.parametrize("name", ENGINES)
def test_the_engine_reads_a_sample_page(name, page):
    try:
        engine = discover.modules("pipeline.ocr", "Engine")[name].Engine()
    except EngineMissingError as error:
        pytest.skip(str(error))
    lines = engine.read(page)
    text = "".join(line.text for line in lines).replace(" ", "")
    found = [figure for figure in ("86,500.00", "131,200.00", "36,752.50", "1,303,852.50") if figure in text]
    assert len(found) >= 3
    assert "合同" in text
    assert engine.inference_seconds > 0
    for line in lines:
        assert 0 <= line.confidence <= 1
        for word in line.words:
            assert 0 <= word.confidence <= 1
            assert line.box.overlap(word.box) >= 0.5 * word.box.area
            assert 0 <= word.box.x0 < word.box.x1 <= page.shape[1] + 1
