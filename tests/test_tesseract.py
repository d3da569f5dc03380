import shutil

import pytest
from helpers_image import inked, paper, write

from pipeline.errors import EngineMissingError
from pipeline.ocr.tesseract import Engine, lines_of


def installed() -> bool:
    try:
        Engine()
    except EngineMissingError:
        return False
    return True


needs_tesseract = pytest.mark.skipif(not installed(), reason="tesseract with chi_sim is not installed")


def test_without_the_program_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    assert shutil.which("no-such-program") is None
    with pytest.raises(EngineMissingError, match="apt-get install tesseract-ocr tesseract-ocr-chi-sim"):
        Engine()


def test_lines_of_groups_words_and_shares_their_width() -> None:
    table = {
        "block_num": [1, 1, 1, 1],
        "par_num": [1, 1, 1, 1],
        "line_num": [1, 1, 1, 2],
        "left": [10, 10, 60, 10],
        "top": [5, 5, 7, 50],
        "width": [200, 40, 50, 30],
        "height": [20, 20, 22, 20],
        "conf": [-1, 96.0, 80.5, 91],
        "text": ["", "合同", "12.50", "元"],
    }
    first, second = lines_of(table)

    assert [word.text for word in first.words] == ["合", "同", " 12.50"]
    assert first.words[1].box.x0 == 30
    assert (first.box.y0, first.box.y1) == (5, 29)
    assert first.words[2].confidence == pytest.approx(0.805)
    assert second.text == "元"


@needs_tesseract
def test_reads_a_page_and_a_crop() -> None:
    engine, image = Engine(), paper(200, 600)
    write(image, "4096.50", 100, 80, 1.6)
    line = engine.read(image)[0]

    assert line.text == "4096.50"
    assert line.box.x0 == pytest.approx(inked(image).x0, abs=6)
    assert [read.text for read in engine.read_crops([image[60:140], paper(60, 200)])] == ["4096.50", ""]
    assert engine.inference_seconds > 0
