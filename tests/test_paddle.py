import importlib.util
import json
from pathlib import Path

import pytest
from helpers_image import paper

from pipeline.errors import EngineMissingError
from pipeline.ocr.paddle import Engine, lines_of, made_folders, row_of


@pytest.mark.skipif(importlib.util.find_spec("paddleocr") is not None, reason="paddleocr is installed")
def test_without_the_package_it_says_what_to_install() -> None:
    with pytest.raises(EngineMissingError, match=r'pip install "hetong\[paddle\]"'):
        Engine()


def test_the_folders_hold_the_networks_and_how_to_feed_them(tmp_path: Path) -> None:
    detector, recogniser = made_folders(tmp_path)
    config = json.loads((recogniser / "inference.yml").read_text(encoding="utf-8"))

    assert (detector / "inference.onnx").stat().st_size > 1_000_000
    assert {"0", "元", "壹"} <= set(config["PostProcess"]["character_dict"])


def test_lines_of_a_result() -> None:
    result = {
        "rec_boxes": [[10, 5, 200, 30], [10, 50, 20, 60]],
        "rec_scores": [0.9, 0.5],
        "text_word": [["合", "12.5"], []],
        "text_word_boxes": [[[10, 5, 40, 30], [50, 5, 130, 30]], []],
    }
    (line,) = lines_of(result)

    assert [(word.text, word.box.x0, word.confidence) for word in line.words] == [("合", 10, 0.9), ("12.5", 50, 0.9)]


def test_a_crop_without_text_has_no_words() -> None:
    assert row_of({"rec_text": "", "rec_score": 0.0}, paper(20, 40)).words == ()
    assert row_of({"rec_text": "12", "rec_score": 0.8}, paper(20, 40)).words[0].box.x1 == 40


@pytest.mark.skipif(importlib.util.find_spec("paddleocr") is None, reason="paddleocr is not installed")
def test_reads_a_page() -> None:
    from helpers_image import write

    image = paper(200, 600)
    write(image, "4096.50", 100, 80)

    assert [line.text for line in Engine().read(image)] == ["4096.50"]
