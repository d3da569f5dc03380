"""Specks darker than the page's print go; points, and pages whose print is black, stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.ocr.specks import without_specks

Image = NDArray[np.uint8]

PAPER, PRINT, DUST = 190, 110, 40


def sheet(ink: int = PRINT) -> Image:
    """Rows of figures on grey paper, as soft as a scanner makes them."""
    page = np.full((800, 600, 3), PAPER, np.uint8)
    for y in range(100, 700, 40):
        cv2.putText(page, "196.00  3.856  0.06", (80, y), cv2.FONT_HERSHEY_DUPLEX, 1.1, (ink,) * 3, 2)
    return np.asarray(cv2.GaussianBlur(page, (0, 0), 0.9), np.uint8)


def dusty(page: Image, *places: tuple[int, int]) -> Image:
    out = page.copy()
    for x, y in places:
        out[y : y + 2, x : x + 2] = DUST
    return out


def test_specks_go_and_the_print_stays() -> None:
    page = sheet()
    cleaned = without_specks(dusty(page, (70, 95), (300, 400), (500, 610)))
    assert cleaned.min() >= page.min() - 2
    assert np.abs(cleaned.astype(int) - page).max() < 60
    assert (cleaned != page).any(axis=2).sum() < 200


def test_speck_on_a_stroke_stays() -> None:
    page = sheet()
    y, x = (int(v) for v in np.argwhere(page[:, :, 1] == page.min())[200])
    stained = dusty(page, (x, y))
    assert without_specks(stained) is stained


@pytest.mark.parametrize("darker", [90, 75, 60])
def test_figure_in_bolder_print_stays(darker: int) -> None:
    page = sheet()
    cv2.putText(page, "3.62", (300, 740), cv2.FONT_HERSHEY_DUPLEX, 0.7, (darker,) * 3, 1)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.7), np.uint8)
    assert without_specks(page) is page


@pytest.mark.parametrize("ink", [0, 20])
def test_page_in_black_is_left_as_it_is(ink: int) -> None:
    page = dusty(sheet(ink), (70, 95))
    assert without_specks(page) is page


def test_clean_page_is_returned_untouched() -> None:
    page = sheet()
    assert without_specks(page) is page


def test_points_of_a_page_with_little_print_stay() -> None:
    page = np.full((1600, 1200, 3), PAPER, np.uint8)
    cv2.putText(page, "1.5.9.", (500, 800), cv2.FONT_HERSHEY_DUPLEX, 1.1, (20,) * 3, 2)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.9), np.uint8)
    assert without_specks(page) is page


def test_dark_rim_is_no_speck() -> None:
    page = sheet()
    page[:, :6] = 10
    assert without_specks(page) is page


def test_empty_crop() -> None:
    page = np.full((3, 3, 3), PAPER, np.uint8)
    assert without_specks(page) is page
