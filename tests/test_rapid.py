from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers_image import inked, paper, write

import pipeline
from pipeline.model.source import Box
from pipeline.ocr.detect import patches
from pipeline.ocr.rapid import Engine, single_rows
from pipeline.ocr.recognise import cut, peaks, probabilities
from pipeline.settings import Settings


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_reads_lines_with_places_and_confidence(engine: Engine) -> None:
    image = paper(300, 700)
    write(image, "12,345.60", 60, 50)
    first = inked(image)
    write(image, "Server 880", 60, 180)
    lines = engine.read(image)

    assert [line.text for line in lines] == ["12,345.60", "Server 880"]
    assert [word.text for word in lines[1].words] == ["Server", " 880"]
    assert all(word.confidence > 0.9 for line in lines for word in line.words)
    assert lines[0].box.x0 == pytest.approx(first.x0, abs=4)
    assert lines[0].box.x1 == pytest.approx(first.x1, abs=4)
    assert lines[0].box.y0 <= first.y0
    assert first.y1 <= lines[0].box.y1


def test_reads_a_lone_digit(engine: Engine) -> None:
    image = paper(200, 600)
    write(image, "7", 290, 80)

    assert [line.text for line in engine.read(image)] == ["7"]


def test_a_blank_page_has_no_lines(engine: Engine) -> None:
    assert engine.read(paper(400, 300)) == ()


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (40, 1), (7, 7), (3000, 10)])
@pytest.mark.parametrize("grey", [0, 128, 255])
def test_a_page_of_hardly_any_pixels_has_no_lines(size: tuple[int, int], grey: int, tmp_path: Path) -> None:
    path = tmp_path / "tiny.png"
    cv2.imwrite(str(path), np.full((*size, 3), grey, np.uint8))
    result = pipeline.extract(path, Settings(cache=False))
    assert [page.lines for page in result.pages] == [()]


def test_reads_crops_in_their_own_pixels(engine: Engine) -> None:
    image = paper(60, 260)
    write(image, "4096", 80, 12)
    read, blank = engine.read_crops([image, paper(60, 260)])

    assert read.text == "4096"
    assert read.box.x0 == pytest.approx(inked(image).x0, abs=4)
    assert blank.words == ()


def test_upright_crops_are_more_legible_than_crops_on_their_head(engine: Engine) -> None:
    image = paper(60, 420)
    write(image, "Contract 2437", 40, 12)

    assert engine.legible([image]) > engine.legible([np.ascontiguousarray(image[::-1, ::-1])]) + 0.1


def test_counts_the_time_inside_its_networks(engine: Engine) -> None:
    before = engine.inference_seconds
    engine.read(paper(100, 100))

    assert engine.inference_seconds > before


def test_a_box_of_two_rows_is_parted() -> None:
    image = paper(400, 400)
    write(image, "one", 50, 50)
    write(image, "two", 50, 100)
    boxes = [Box(40, 40, 200, 150), Box(40, 200, 200, 240), Box(40, 260, 200, 300)]
    rows = list(single_rows(boxes, image))

    assert len(rows) == 4
    assert rows[0].y1 < rows[1].y0


def test_patches_leaves_out_specks_and_what_is_hardly_text() -> None:
    painted = np.zeros((60, 100), np.float32)
    painted[10:20, 10:60] = 0.9
    painted[30:40, 10:60] = 0.4
    painted[50, 50] = 0.9

    assert [(box.y0, box.x1) for box in patches(painted)] == [(10, 61)]


def test_patches_are_the_same_before_the_network_s_last_sigmoid() -> None:
    painted = np.full((90, 200), 0.01, np.float32)
    for n, sure in enumerate((0.2, 0.35, 0.45, 0.6, 0.95)):
        painted[10:20, 40 * n + 2 : 40 * n + 30] = sure
        painted[50:60, 40 * n + 2 : 40 * n + 30] = np.linspace(0.31, sure, 28)
    found = list(patches(painted))
    assert len(found) == 3
    assert list(patches(np.log(painted / (1 - painted)), raw=True)) == found


def test_patches_parts_rows_that_touch_and_cuts_off_what_hangs_from_them() -> None:
    painted = np.zeros((120, 200), np.float32)
    painted[10:20, 10:160] = painted[30:40, 10:160] = 0.9
    painted[20:30, 80:90] = 0.9
    painted[70:80, 10:160] = painted[80:110, 80:90] = 0.9

    assert [round(box.y0) for box in patches(painted)] == [10, 30, 70]
    assert all(box.height <= 12 for box in patches(painted))


def test_peaks_follow_the_ctc_rule() -> None:
    charset = ("", "1", "0", " ")
    steps = [0, 1, 1, 0, 2, 0, 2, 2, 3, 0]
    scores = np.full((len(steps), 4), 0.01, np.float32)
    scores[np.arange(len(steps)), steps] = 0.9
    scores[7, 2] = 0.95

    found = peaks(scores, charset)

    assert "".join(peak.text for peak in found) == "100 "
    assert [peak.at for peak in found] == [16.0, 36.0, 56.0, 68.0]
    assert found[2].confidence == pytest.approx(0.95)
    assert peaks(scores[:1], charset) == []


def test_peaks_are_the_same_before_the_network_s_last_softmax() -> None:
    charset = ("", "1", "0", " ")
    before = np.random.default_rng(3).normal(0, 3, (40, 4)).astype(np.float32)
    found, told = peaks(before, charset, raw=True), peaks(probabilities(before), charset)

    assert probabilities(before).sum(axis=1) == pytest.approx(1)
    assert [(peak.text, peak.at) for peak in found] == [(peak.text, peak.at) for peak in told]
    assert [peak.confidence for peak in found] == pytest.approx([peak.confidence for peak in told], abs=1e-6)


def test_crops_come_back_in_their_order_whatever_their_width(engine: Engine) -> None:
    texts = ["1,234,567.89", "5", "4096", "77.50"]
    crops = [paper(60, 60 + 24 * len(text)) for text in texts]
    for crop, text in zip(crops, texts, strict=True):
        write(crop, text, 20, 12)

    assert [line.text for line in engine.read_crops(crops)] == texts


def test_a_cut_goes_through_the_gap() -> None:
    ink = np.full(40, 5.0)
    ink[22:25] = 0

    assert 22 <= cut(10, 30, ink) < 25
