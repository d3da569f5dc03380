"""Seals that a copy turned black: found by their ring, which is painted over and spares the print that crosses it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.ocr.rings import Image, find, with_rings
from pipeline.ocr.rings import without_rings as without

MIDDLE, RADIUS = (420, 400), 160


def sheet() -> Image:
    """A page without colour, 200 dpi, with rows of print."""
    page = np.full((900, 900, 3), 255, np.uint8)
    for y in range(120, 860, 60):
        cv2.putText(page, "TOTAL 96,050.00 OOO 808 COD", (70, y), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 4)
    return page


def without_rings(page: Image) -> Image:
    return without(page, find(page))


def stamped(page: Image, middle: tuple[int, int] = MIDDLE, radius: int = RADIUS) -> Image:
    return np.asarray(cv2.circle(page.copy(), middle, radius, (0, 0, 0), 8), np.uint8)


def test_ring_over_print_is_found_where_it_is() -> None:
    (ring,) = find(stamped(sheet()))
    x, y = ring.box.center
    assert abs(x - MIDDLE[0]) < 3
    assert abs(y - MIDDLE[1]) < 3
    assert abs(ring.box.width / 2 - RADIUS) < 8


def test_print_alone_has_no_ring() -> None:
    page = sheet()
    cv2.rectangle(page, (100, 140), (420, 460), (0, 0, 0), 3)
    cv2.circle(page, (600, 300), 60, (0, 0, 0), 8)
    assert without_rings(page) is page


def test_painting_over_leaves_most_of_the_print_and_little_of_the_ring() -> None:
    page = sheet()
    ink, after = page[..., 1] < 128, without_rings(stamped(page))[..., 1] < 128
    ring = (stamped(page)[..., 1] < 128) & ~ink
    assert (after & ink).sum() > 0.985 * ink.sum()
    assert (after & ring).sum() < 0.25 * ring.sum()


def test_stroke_across_the_ring_stays() -> None:
    page = np.full((900, 900, 3), 255, np.uint8)
    cv2.line(page, (200, 400), (330, 400), (0, 0, 0), 5)
    assert (without_rings(stamped(page))[398:403, 205:325] < 128).all()


def test_two_seals_over_each_other() -> None:
    assert len(find(stamped(stamped(sheet()), (560, 520)))) == 2


@pytest.mark.parametrize("middle", [(885, 400), (915, 400), (10, 500)])
def test_arc_on_the_edge_of_the_page(middle: tuple[int, int]) -> None:
    page = stamped(sheet(), middle)
    assert len(find(page)) == 1
    assert (without_rings(page) < 128).sum() < (page < 128).sum()


def test_worn_ring() -> None:
    page = sheet()
    cv2.ellipse(page, MIDDLE, (RADIUS, RADIUS), 0, 30, 290, (0, 0, 0), 6)
    assert len(find(page)) == 1


@pytest.mark.parametrize("dpi", [150, 300])
def test_other_resolutions(dpi: int) -> None:
    page = stamped(sheet())
    size = round(page.shape[1] * dpi / 200), round(page.shape[0] * dpi / 200)
    assert len(find(np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8), dpi)) == 1


def test_ruling_that_the_ring_touches_level_stays() -> None:
    page = np.full((900, 900, 3), 255, np.uint8)
    cv2.line(page, (60, MIDDLE[1] - RADIUS), (840, MIDDLE[1] - RADIUS), (0, 0, 0), 3)
    assert (without_rings(stamped(page))[MIDDLE[1] - RADIUS, 60:840] < 128).all()


def test_the_page_with_its_rings_differs_from_the_cleared_one_on_their_strokes_alone() -> None:
    page = stamped(sheet())
    found = find(page)
    cleared = without_rings(page)
    cleared[20:24, 20:24] = 128  # what was cleared besides stays cleared
    printed = with_rings(cleared, page, found)
    assert (printed[24:] == page[24:]).all()
    assert (printed[20:24, 20:24] == 128).all()
    assert with_rings(cleared, page, ()) is cleared
