"""Ruling lines of drawn pages: what is found through noise, breaks and seals, and what is no ruling."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.layout.grids import cell_boxes
from pipeline.layout.rulings import find
from pipeline.layout.strokes import outside_texts
from pipeline.model.page import Ruling
from pipeline.model.source import Box

DPI = 200
WIDTH, HEIGHT = 1654, 2339


def sheet(tone: int = 250) -> np.ndarray:
    return np.full((HEIGHT, WIDTH, 3), tone, np.uint8)


def draw_table(image: np.ndarray, ink: int = 20, thickness: int = 2) -> np.ndarray:
    """Three columns and four rows, each row 80 pixels high."""
    for y in range(400, 721, 80):
        cv2.line(image, (200, y), (1400, y), (ink, ink, ink), thickness)
    for x in (200, 500, 900, 1400):
        cv2.line(image, (x, 400), (x, 720), (ink, ink, ink), thickness)
    return image


def places(image: np.ndarray) -> tuple[list[int], list[int]]:
    """Where rulings stand, horizontal and vertical, to the nearest 10 pixels."""
    found = find(image, DPI)
    across = sorted({round(r.y0, -1) for r in found if r.horizontal})
    return [int(y) for y in across], sorted({int(round(r.x0, -1)) for r in found if not r.horizontal})


TABLE = ([400, 480, 560, 640, 720], [200, 500, 900, 1400])


@pytest.mark.parametrize(("ink", "thickness"), [(20, 1), (20, 2), (20, 6), (170, 2)])
def test_finds_thin_thick_and_pale_rulings(ink: int, thickness: int) -> None:
    assert places(draw_table(sheet(), ink, thickness)) == TABLE


def test_a_tall_stroke_that_hangs_on_a_border_is_no_ruling() -> None:
    image = draw_table(sheet())
    cv2.line(image, (700, 480), (700, 530), (20, 20, 20), 2)
    assert places(image) == TABLE


def test_the_only_row_between_a_merged_cell_and_a_page_break_is_ruled() -> None:
    image = sheet()
    cv2.line(image, (200, 400), (1400, 400), (20, 20, 20), 2)
    for x in (200, 500, 700, 900, 1400):
        cv2.line(image, (x, 400), (x, 700), (20, 20, 20), 2)
        cv2.line(image, (x, 760), (x, 820), (20, 20, 20), 2)  # 7.6 mm, in line with what stands above
    for x in (200, 1400):
        cv2.line(image, (x, 400), (x, 820), (20, 20, 20), 2)
    cv2.line(image, (600, 760), (600, 820), (20, 20, 20), 2)  # in line with nothing
    last = [round(r.x0, -1) for r in find(image, DPI) if not r.horizontal and 750 < r.y0 < 770]
    assert last == [500, 700, 900]


def test_ends_are_where_the_ink_ends() -> None:
    longest = max((r for r in find(draw_table(sheet()), DPI) if r.horizontal), key=lambda r: r.length)
    assert longest.x0 == pytest.approx(200, abs=4)
    assert longest.x1 == pytest.approx(1400, abs=4)


def test_noise_specks_and_breaks_do_not_hide_a_ruling() -> None:
    image = draw_table(sheet())
    rng = np.random.default_rng(1)
    for x in range(260, 1400, 90):
        image[390:730, x : x + 3] = 250
    noisy = np.clip(image + rng.normal(0, 9, image.shape), 0, 255).astype(np.uint8)
    noisy[rng.integers(0, HEIGHT, 3000), rng.integers(0, WIDTH, 3000)] = 0
    assert len(cell_boxes(find(noisy, DPI), WIDTH, HEIGHT)) == 12


def test_jpeg_keeps_the_grid() -> None:
    data = cv2.imencode(".jpg", draw_table(sheet(), 90), [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    assert len(cell_boxes(find(cv2.imdecode(data, cv2.IMREAD_COLOR), DPI), WIDTH, HEIGHT)) == 12


def test_a_red_seal_over_a_table_changes_nothing() -> None:
    image = draw_table(sheet())
    cv2.circle(image, (900, 560), 190, (40, 40, 220), 8)
    cv2.putText(image, "SEAL", (780, 600), cv2.FONT_HERSHEY_SIMPLEX, 3, (40, 40, 220), 12)
    assert len(cell_boxes(find(image, DPI), WIDTH, HEIGHT)) == 12


@pytest.mark.parametrize("width", [2, 12, 60])
def test_a_dark_edge_of_the_scan_is_no_ruling(width: int) -> None:
    image = sheet()
    image[:, :width] = 40
    image[-width:, :] = 40
    assert find(image, DPI) == ()


def test_strokes_of_characters_are_no_rulings() -> None:
    image = sheet()
    for y in range(200, 2000, 60):
        cv2.putText(image, "HETIFLEHTZ" * 6, (200, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 3)
    assert find(image, DPI) == ()


def test_an_underline_is_a_ruling_and_no_table() -> None:
    image = sheet()
    cv2.line(image, (400, 600), (800, 600), (0, 0, 0), 2)
    assert len(find(image, DPI)) == 1
    assert cell_boxes(find(image, DPI), WIDTH, HEIGHT) == ()


def test_rulings_cut_by_a_page_break_are_found_by_one_end() -> None:
    image = sheet()
    cv2.line(image, (200, 260), (1400, 260), (0, 0, 0), 2)
    for x in (200, 800, 1400):
        cv2.line(image, (x, 200), (x, 260), (0, 0, 0), 2)
    assert places(image) == ([260], [200, 800, 1400])


def test_a_grey_image_and_another_resolution_give_the_same_grid() -> None:
    image = cv2.cvtColor(draw_table(sheet()), cv2.COLOR_BGR2GRAY)
    twice = cv2.resize(image, None, fx=1.5, fy=1.5)
    boxes = cell_boxes(find(image, DPI), WIDTH, HEIGHT)
    larger = cell_boxes(find(twice, DPI * 3 // 2), WIDTH * 3 // 2, HEIGHT * 3 // 2)
    assert len(boxes) == len(larger) == 12
    for box, large in zip(boxes, larger, strict=True):
        assert large.x0 / 1.5 == pytest.approx(box.x0, abs=3)
        assert large.y1 / 1.5 == pytest.approx(box.y1, abs=3)


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 2), (9, 9)])
def test_a_tiny_picture_has_no_rulings(size: tuple[int, int]) -> None:
    assert find(np.full((*size, 3), 255, np.uint8), 200) == ()


def test_the_strokes_of_a_title_make_no_table() -> None:
    title = Box(100, 40, 700, 120)
    strokes = [Ruling(200, 48, 200, 110), Ruling(270, 46, 270, 112), Ruling(190, 50, 280, 50)]
    texts = [Box(100, y, 700, y + 40) for y in (200, 260)]
    assert outside_texts(strokes, [title, *texts]) == ()
    usual = [Box(100, 40, 700, 120), Box(100, 200, 700, 280)]
    assert outside_texts(strokes, usual) == tuple(strokes)
    assert outside_texts([replace(stroke, thickness=7.0) for stroke in strokes], usual) == ()
    borders = [Ruling(200, 20, 200, 140), Ruling(300, 41, 300, 118)]
    assert outside_texts(borders, [title, *texts]) == tuple(borders)
    column = [Ruling(200, 260, 200, 600)]
    assert outside_texts([*strokes, *column], [title, *texts]) == (strokes[0], *column)


@pytest.mark.parametrize(("y", "height", "stroke"), [(54, 44, True), (45, 44, False), (54, 80, False), (72, 44, True)])
def test_heads_and_feet_of_figures_that_fill_their_cell_are_no_borders(y: float, height: float, stroke: bool) -> None:
    """In a box as high as two lines a border may stand above the middle."""
    found = outside_texts(
        [Ruling(100, y, 214, y)], [Box(108, 40, 224, 40 + height), Box(0, 200, 90, 244), Box(0, 300, 90, 344)]
    )
    assert (found == ()) is stroke


def test_the_borders_of_a_row_alone_between_two_across_the_columns_are_rulings() -> None:
    """A group of one row between two headings: its borders hang on no ruling across, but stand in line."""
    image = sheet()
    for y in (400, 900):
        cv2.line(image, (200, y), (1400, y), (20, 20, 20), 3)
    for x in (200, 1400):
        cv2.line(image, (x, 400), (x, 900), (20, 20, 20), 3)
    for x in (500, 800, 1100):
        cv2.line(image, (x, 400), (x, 560), (20, 20, 20), 3)
        cv2.line(image, (x, 640), (x, 700), (20, 20, 20), 3)
    cv2.line(image, (950, 640), (950, 700), (20, 20, 20), 3)  # of a character: in line with none
    down = sorted({round(r.x0, -1) for r in find(image, DPI) if not r.horizontal and r.y0 > 600})
    assert down == [500, 800, 1100]


def test_a_stroke_in_line_with_a_border_does_not_draw_it_on() -> None:
    """The 计 of 总计, in a merged cell below a column's border: the border ends where the cell begins."""
    across = [Ruling(100, y, 900, y) for y in (100, 160, 220, 280)]
    drawn_on, through, worn = Ruling(400, 100, 400, 208), Ruling(600, 100, 600, 220), Ruling(800, 100, 800, 208)
    label = Box(340, 165, 430, 215)
    found = outside_texts([*across, drawn_on, through, worn], [label, Box(560, 165, 640, 215)])
    assert [ruling.y1 for ruling in found if not ruling.horizontal] == [160, 220, 208]


def test_a_border_of_a_column_that_no_ruling_crosses_is_no_stroke_of_the_words_below() -> None:
    """The rows stand undivided between the header and a total in words, amid which the border ends."""
    across = [Ruling(100, y, 900, y) for y in (100, 160, 700)]
    border = Ruling(400, 100, 400, 648)
    assert border in outside_texts([*across, border], [Box(250, 640, 800, 690), Box(420, 170, 520, 215)])
