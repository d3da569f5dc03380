"""Lines of print that the detector passed over are read, or somebody is told."""

from __future__ import annotations

import cv2
import pytest
from helpers_image import inked, paper, write
from helpers_pdf import printed_sheet, tilted, turned

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr import unread
from pipeline.ocr.engine import DOUBT, Pixels
from pipeline.ocr.rapid import Engine
from pipeline.ocr.upright import upright


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def page(text: str) -> tuple[Pixels, Box]:
    image = paper(400, 900)
    write(image, text, 100, 200)
    return image, inked(image)


def test_a_line_that_was_passed_over_is_read_in_doubt(engine: Engine) -> None:
    image, place = page("total 4096.50")
    lines, left = unread.found([place], [], [], image, engine)
    assert [line.text for line in lines] == ["total 4096.50"]
    assert all(word.confidence <= DOUBT for line in lines for word in line.words)
    assert left == ()


def test_a_line_that_was_read_is_left_as_it_is(engine: Engine) -> None:
    image, place = page("total 4096.50")
    line = Line((Word("total 4096.50", place, 0.99),), place, 0.99)
    assert unread.found([place], [line], [], image, engine) == ((), ())


@pytest.mark.parametrize("text", ["............", "- - - - -", "l"])
def test_dots_and_dashes_are_no_line(engine: Engine, text: str) -> None:
    image, place = page(text)
    line = Box(place.x0, min(place.y0, place.y1 - 32), place.x1, place.y1)
    assert unread.found([line], [], [], image, engine) == ((), ())


def test_what_stands_in_a_seal_is_no_line(engine: Engine) -> None:
    image, place = page("total 4096.50")
    assert unread.found([place], [], [place], image, engine) == ((), ())


def test_a_line_of_which_a_seal_covers_a_part_is_read(engine: Engine) -> None:
    image, place = page("total 4096.50")
    seal = Box(place.x1 - 0.4 * place.width, 100, place.x1 + 200, 350)
    assert len(unread.found([place], [], [seal], image, engine)[0]) == 1


def test_a_line_that_can_t_be_read_is_named(engine: Engine) -> None:
    image = paper(400, 900)
    for x in range(100, 400, 30):
        cv2.ellipse(image, (x, 200), (10, 14), 40, 0, 250, (20, 20, 20), 3)
    place = inked(image)
    assert unread.found([place], [], [], image, engine) == ((), (place,))


def test_no_line_of_a_page_full_of_them_is_lost(engine: Engine) -> None:
    image, place = page("total 4096.50")
    lines, left = unread.found([place] * (unread.MOST + 3), [], [], image, engine)
    assert (len(lines), len(left)) == (unread.MOST, 3)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 1.2])
def test_the_lines_of_print_are_seen_where_they_stand(rotation: int, skew: float) -> None:
    sheet = printed_sheet()
    found = upright(turned(tilted(sheet, skew) if skew else sheet, rotation))
    rows = [(box.y0 - (found.pixels.shape[0] - sheet.shape[0]) / 2 - 100) / 36 for box in found.printed]
    assert len({round(row) for row in rows}) >= (24 if skew == 0 else 8)
    assert all(abs(row - round(row)) < 0.15 and 0 <= round(row) < 24 for row in rows)
