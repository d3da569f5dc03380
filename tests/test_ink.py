import numpy as np
import pytest
from helpers_image import inked, paper, rule, write

from pipeline.model.source import Box
from pipeline.ocr.ink import crop, ink_of, inside_rulings, rows_of, without_rulings


def test_paper_alone_has_no_ink_and_no_rows() -> None:
    assert not ink_of(paper(40, 80)).any()
    assert rows_of(paper(40, 80)) == []
    assert not ink_of(paper(0, 0)).any()


@pytest.mark.parametrize("shade", [0, 60, 120])
def test_rows_stand_where_the_text_is_however_dark_the_paper(shade: int) -> None:
    image = paper(160, 300)
    write(image, "123", 20, 20)
    write(image, "456", 20, 90)
    rows = rows_of(np.clip(image.astype(int) - shade, 0, 255).astype(np.uint8))

    assert len(rows) == 2
    assert rows[0][0] == pytest.approx(inked(image).y0, abs=2)
    assert rows[1][1] == pytest.approx(inked(image).y1, abs=2)


def test_a_speck_or_an_underline_is_no_row() -> None:
    image = paper(160, 300)
    write(image, "123", 20, 20)
    image[100:102, 20:200] = 0

    assert len(rows_of(image)) == 1


def test_inside_rulings_leaves_out_the_borders_and_keeps_the_text() -> None:
    image = paper(120, 300)
    write(image, "7", 140, 45)
    text = inked(image)
    cell = rule(image, Box(20, 20, 280, 100))
    inner = inside_rulings(image, cell)

    assert not ink_of(crop(image, inner))[:3].any()
    assert inked(crop(image, inner)).width == text.width


def test_without_rulings_keeps_the_text() -> None:
    image = paper(400, 1000)
    write(image, "880", 100, 100)
    text = inked(image)
    rule(image, Box(50, 50, 900, 300))

    assert inked(without_rulings(image)) == text


def test_a_crop_ends_at_the_edge_of_the_page() -> None:
    assert crop(paper(50, 50), Box(-5, 40.5, 20.2, 90)).shape == (10, 21, 3)
