"""Rulings below a black seal, as a fax shows it: the table keeps its cells, and what is no border stays none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.layout.grids import cell_boxes
from pipeline.layout.rulings import find

DPI = 200
INK = (0, 0, 0)
ROWS, COLUMNS = range(300, 541, 60), (150, 260, 700, 820, 940, 1060, 1400)


def table() -> np.ndarray:
    """Three rows of six cells, and a row of one."""
    image = np.full((1200, 1654, 3), 255, np.uint8)
    for y in ROWS:
        cv2.line(image, (150, y), (1400, y), INK, 3)
    for x in COLUMNS:
        cv2.line(image, (x, 300), (x, 480 if 150 < x < 1400 else 540), INK, 3)
    cv2.putText(image, "22,780.74 (total 22,780.74)", (400, 522), cv2.FONT_HERSHEY_DUPLEX, 1.1, INK, 2, cv2.LINE_AA)
    return image


def sealed(image: np.ndarray, x: int, y: int) -> np.ndarray:
    """With a ring, letters along it and a star in the middle, all black."""
    out = image.copy()
    cv2.circle(out, (x, y), 165, INK, 9, cv2.LINE_AA)
    for angle in np.linspace(-2.4, 2.4, 13):
        at = round(x + 118 * np.sin(angle) - 16), round(y - 118 * np.cos(angle) + 14)
        cv2.putText(out, "EH"[round(angle * 10) % 2], at, cv2.FONT_HERSHEY_DUPLEX, 1.4, INK, 4, cv2.LINE_AA)
    star = [(x + r * np.sin(i * np.pi / 5), y - r * np.cos(i * np.pi / 5)) for i, r in enumerate([50, 20] * 5)]
    cv2.fillPoly(out, [np.array(star, np.int32)], INK)
    return out


def cells(image: np.ndarray) -> list[tuple[int, int, int, int]]:
    boxes = cell_boxes(find(image, DPI), image.shape[1], image.shape[0])
    return sorted(tuple(round(v, -1) for v in (b.x0, b.y0, b.x1, b.y1)) for b in boxes)  # type: ignore[misc]


def test_the_table_itself_has_nineteen_cells() -> None:
    assert len(cells(table())) == 19


@pytest.mark.parametrize("x", [760, 880, 915, 1000])
@pytest.mark.parametrize("y", [390, 420, 450])
def test_a_black_seal_hides_no_border_and_draws_none(x: int, y: int) -> None:
    assert cells(sealed(table(), x, y)) == cells(table())


def test_the_shade_above_a_photographed_table_draws_no_border_on() -> None:
    image = table()
    cv2.line(image, (520, 206), (1000, 206), INK, 3)
    light = np.interp(np.arange(image.shape[0]), (200, 500), (0.4, 1.0))
    shaded = (image * light[:, None, None]).astype(np.uint8)
    assert cells(shaded) == cells(table())


def test_a_tall_character_in_a_row_is_no_border() -> None:
    image = table()
    cv2.line(image, (500, 306), (500, 350), INK, 4)
    cv2.rectangle(image, (480, 318), (520, 336), INK, 3)
    assert cells(image) == cells(table())


def test_a_border_that_ends_at_a_merged_cell_does_not_go_on_through_its_grey() -> None:
    image = table()
    image[484:536, 154:1396] = np.minimum(image[484:536, 154:1396], 190)
    assert cells(image) == cells(table())


def test_borders_do_not_go_on_through_a_row_that_is_one_cell() -> None:
    image = np.full((1200, 1654, 3), 255, np.uint8)
    rows = (300, 400, 500, 540, 640, 740)
    for y in rows:
        cv2.line(image, (150, y), (1400, y), INK, 3)
    for x in COLUMNS:
        cv2.line(image, (x, 300), (x, 500), INK, 3)
        cv2.line(image, (x, 540), (x, 740), INK, 3)
    for x in (150, 1400):
        cv2.line(image, (x, 300), (x, 740), INK, 3)
    assert len(cells(image)) == 4 * 6 + 1
