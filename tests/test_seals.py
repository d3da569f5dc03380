"""Seals are found and taken away; print below them, red print and blue ink stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.seals import find, without_seals

Image = NDArray[np.uint8]

SEAL, INK, BLUE, PAPER = (30, 25, 205), 40, (150, 60, 30), 245


def sheet() -> Image:
    """A page with two lines of print."""
    page = np.full((500, 600, 3), PAPER, np.uint8)
    for text, y in (("1,484,742.00", 240), ("2024-05-20", 300)):
        cv2.putText(page, text, (150, y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (INK,) * 3, 3)
    return page


def stamped(page: Image) -> Image:
    """The page under a seal; black ink stays black below the red."""
    seal = np.full_like(page, 255)
    cv2.circle(seal, (280, 260), 120, SEAL, 9)
    cv2.circle(seal, (280, 260), 40, SEAL, -1)
    return cv2.blur(np.minimum(page, seal), (2, 2)).astype(np.uint8)


def grey(page: Image) -> NDArray[np.int16]:
    return cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).astype(np.int16)


def test_a_page_without_red_is_returned_untouched() -> None:
    page = sheet()
    assert without_seals(page) is page
    assert find(page) == ()


def test_a_seal_is_found_where_it_is() -> None:
    (box,) = find(stamped(sheet()))
    assert abs(box.center[0] - 280) < 8
    assert abs(box.center[1] - 260) < 8
    assert 230 < box.width < 265


def test_print_under_a_seal_comes_out_as_if_unstamped() -> None:
    clean, cleaned = grey(sheet()), grey(without_seals(stamped(sheet())))
    ink = cv2.erode((clean < 128).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    paper = cv2.erode((clean > 200).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    assert (cleaned[ink] < 110).all()
    assert (cleaned[paper] > 190).mean() > 0.995


def test_nothing_far_from_a_seal_changes() -> None:
    page = stamped(sheet())
    assert (without_seals(page)[:, 440:] == page[:, 440:]).all()


def test_red_print_stays() -> None:
    page = sheet()
    cv2.putText(page, "RED HEADING", (60, 100), cv2.FONT_HERSHEY_SIMPLEX, 1.5, SEAL, 4)
    assert without_seals(page) is page


def test_blue_ink_stays() -> None:
    page = sheet()
    cv2.circle(page, (280, 260), 120, BLUE, 9)
    assert without_seals(page) is page


def test_two_seals_apart_are_two() -> None:
    page = np.full((500, 900, 3), PAPER, np.uint8)
    for x in (200, 650):
        cv2.circle(page, (x, 250), 110, SEAL, 9)
    assert len(find(page)) == 2


def test_a_seal_inside_the_surroundings_of_another_is_taken_away_with_it() -> None:
    page = np.full((900, 900, 3), PAPER, np.uint8)
    cv2.circle(page, (450, 450), 380, SEAL, 9)
    cv2.circle(page, (450, 450), 60, SEAL, 9)
    assert int(without_seals(page).min()) > 200


@pytest.mark.parametrize("quality", [45, 80])
def test_jpeg_s_blurred_colour_leaves_no_outlines_of_a_faded_seal(quality: int) -> None:
    seal = np.full((500, 600, 3), 255, np.uint8)
    cv2.circle(seal, (280, 260), 120, SEAL, 7)
    cv2.putText(seal, "SEAL OF A HOUSE", (190, 200), cv2.FONT_HERSHEY_DUPLEX, 0.7, SEAL, 2, cv2.LINE_AA)
    page = sheet()
    worn = cv2.GaussianBlur(np.minimum(page, seal), (0, 0), 1.0).astype(np.float32) * 0.55 + 80
    scan = cv2.imdecode(cv2.imencode(".jpg", worn, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    clean = grey(without_seals(np.asarray(scan, np.uint8)))
    paper, only_seal = float(np.median(clean)), (cv2.erode(page, np.ones((9, 9)))[..., 1] > 200) & (seal[..., 1] < 128)
    assert np.percentile(clean[only_seal], 2) > paper - 30
    assert np.median(clean[page[..., 1] < 60]) < paper - 60
