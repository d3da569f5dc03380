"""Pictures of doubted values: where they were read, framed, filed by pointer; those of an earlier reading go."""

import json

import cv2
import numpy as np
import pytest

from pipeline.exporters import crops
from pipeline.model.page import Frame, Page
from pipeline.model.result import Result

WIDTH, HEIGHT = 800, 1100
FIGURES, WORDS = "/amounts/0/figures", "/amounts/0/words"


def result_of(places, checks):
    """A result of two blank pages on which values were read at these places."""
    pages = tuple(Page(number, WIDTH, HEIGHT, 100, "scan", Frame(WIDTH, HEIGHT), ()) for number in (1, 2))
    read = {
        pointer: [{"page": page, "bbox": box, "text": "1", "confidence": 0.9} for page, box in found]
        for pointer, found in places.items()
    }
    data = {"checks": checks, "provenance": read}
    return Result(None, None, (), data, pages, {}, lambda page: np.full((HEIGHT, WIDTH, 3), 255, np.uint8))


def doubt(*refs, status="mismatch"):
    return {"status": status, "refs": list(refs)}


def index_of(folder):
    return json.loads((folder / "index.json").read_text(encoding="utf-8"))


def test_a_doubted_value_has_its_framed_picture(tmp_path):
    crops.write(result_of({FIGURES: [(2, [300, 500, 400, 520])]}, [doubt(FIGURES)]), tmp_path / "a.crops")
    ((pointer, (crop,)),) = index_of(tmp_path / "a.crops").items()
    picture = cv2.imread(str(tmp_path / "a.crops" / crop["file"]))
    assert (pointer, crop["page"]) == (FIGURES, 2)
    assert picture.shape[:2] == (crop["height"], crop["width"])
    blue, _, red = picture.astype(int).min(axis=(0, 1))
    assert red > blue + 100


def test_what_passed_has_none(tmp_path):
    crops.write(result_of({FIGURES: [(1, [0, 0, 9, 9])]}, [doubt(FIGURES, status="pass")]), tmp_path / "a.crops")
    assert index_of(tmp_path / "a.crops") == {}
    assert [path.name for path in (tmp_path / "a.crops").iterdir()] == ["index.json"]


def test_a_value_over_two_lines_and_pages_has_one_picture_a_page(tmp_path):
    places = {WORDS: [(1, [500, 1000, 700, 1020]), (1, [100, 1030, 300, 1050]), (2, [100, 90, 200, 110])]}
    crops.write(result_of(places, [doubt(WORDS)]), tmp_path / "a.crops")
    assert [crop["page"] for crop in index_of(tmp_path / "a.crops")[WORDS]] == [1, 2]


@pytest.mark.parametrize("box", [[-50, -50, 10, 10], [790, 1090, 900, 1300], [900, 1200, 950, 1250], [5, 5, 5, 5]])
def test_a_box_beyond_the_page_still_gives_a_picture(tmp_path, box):
    crops.write(result_of({FIGURES: [(1, box)]}, [doubt(FIGURES)]), tmp_path / "a.crops")
    (crop,) = index_of(tmp_path / "a.crops")[FIGURES]
    assert crop["width"] > 0 < crop["height"]


def test_pictures_of_an_earlier_reading_go(tmp_path):
    box = [300, 500, 400, 520]
    crops.write(result_of({FIGURES: [(1, box)], WORDS: [(1, box)]}, [doubt(FIGURES, WORDS)]), tmp_path / "a.crops")
    crops.write(result_of({FIGURES: [(1, box)]}, [doubt(FIGURES)]), tmp_path / "a.crops")
    assert sorted(path.name for path in (tmp_path / "a.crops").iterdir()) == ["1.jpg", "index.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.crops"]
