"""Pages come out upright and straight, with the exact way back."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from helpers_pdf import printed_sheet, tilted, turned
from numpy.typing import NDArray

from pipeline.model.page import Frame
from pipeline.model.source import Box
from pipeline.ocr.upright import upright

Image = NDArray[np.uint8]

SHEET = printed_sheet()


def frame_of(shown: Image, result: object) -> Frame:
    height, width = shown.shape[:2]
    return Frame(width, height, result.rotation, result.skew, result.matrix)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_turned_page_is_turned_back_exactly(rotation: int) -> None:
    result = upright(turned(SHEET, rotation))
    assert result.rotation == rotation
    assert result.skew == 0.0
    assert (result.pixels == SHEET).all()


@pytest.mark.parametrize("skew", [-2.8, -0.6, -0.15, 0.15, 0.6, 2.8])
def test_skew_is_measured_clockwise(skew: float) -> None:
    assert upright(tilted(SHEET, skew)).skew == pytest.approx(skew, abs=0.06)


def test_a_turned_and_tilted_page_is_both() -> None:
    result = upright(turned(tilted(SHEET, 1.2), 270))
    assert result.rotation == 270
    assert result.skew == pytest.approx(1.2, abs=0.06)


def test_skew_too_small_to_matter_is_left() -> None:
    shown = tilted(SHEET, 0.02)
    assert upright(shown).pixels is shown


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 1.5])
def test_the_frame_leads_back_to_the_shown_page(rotation: int, skew: float) -> None:
    """A coloured patch is where the frame says, within two pixels."""
    sheet = SHEET.copy()
    sheet[1020:1040, 120:180] = (255, 120, 0)
    shown = turned(tilted(sheet, skew) if skew else sheet, rotation)
    result = upright(shown)
    box = frame_of(shown, result).shown(patch(result.pixels))
    there = patch(shown)
    slack = 2 + 60 * abs(skew) / 57
    for mine, true in zip((box.x0, box.y0, box.x1, box.y1), (there.x0, there.y0, there.x1, there.y1), strict=True):
        assert abs(mine - true) <= slack


def patch(pixels: Image) -> Box:
    y, x = np.nonzero(pixels[..., 0].astype(int) - pixels[..., 2] > 128)
    return Box(int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1)


@pytest.mark.parametrize("tint", [(255, 255, 255), (226, 236, 240)])
def test_a_page_of_one_hue_is_straightened_as_grey(tint: tuple[int, int, int]) -> None:
    shown = np.minimum(tilted(SHEET, 1.2), np.array(tint, np.uint8)).astype(np.uint8)
    pixels = upright(shown).pixels
    assert (np.ptp(pixels, axis=2) == 0).all()
    assert abs(int(pixels[600, 60, 0]) - round(np.dot(tint, (0.114, 0.587, 0.299)))) <= 1


@pytest.mark.parametrize("skew", [-3.0, 1.2])
@pytest.mark.parametrize("places", [[(400, 700)], [(80, 80), (720, 1040)], [(400, 3)]])
def test_seals_keep_their_red_on_a_page_that_is_straightened(places: list[tuple[int, int]], skew: float) -> None:
    sheet = SHEET.copy()
    for place in places:
        cv2.circle(sheet, place, 60, (40, 30, 210), cv2.FILLED)
    shown = tilted(sheet, skew)
    result = upright(shown)
    before, after = (pixels[..., 2].astype(int) - pixels[..., 1] > 60 for pixels in (shown, result.pixels))
    assert result.skew
    assert after.sum() == pytest.approx(before.sum(), rel=0.03)


def test_nothing_of_a_tilted_page_is_cut_off() -> None:
    shown = np.full((600, 400, 3), 255, np.uint8)
    shown[:] = tilted(SHEET, 2.0)[200:800, 100:500]
    result = upright(shown)
    corners = frame_of(shown, result).shown(Box(0, 0, result.pixels.shape[1], result.pixels.shape[0]))
    assert (corners.x0, corners.y0, corners.x1, corners.y1) == (0, 0, 400, 600)


def test_a_blank_page_stays() -> None:
    blank = np.full((300, 200, 3), 255, np.uint8)
    result = upright(blank)
    assert (result.rotation, result.skew, result.pixels is blank) == (0, 0.0, True)


@pytest.mark.parametrize("rotation", [0, 180])
def test_without_punctuation_the_recogniser_tells(rotation: int) -> None:
    sheet = SHEET.copy()
    sheet[:, [x for x in range(90, 800) if (x - 90) // 22 % 6 == 5]] = 255
    sheet[100:1000, 80:86] = 0

    def legible(crops: Sequence[Image]) -> float:
        """Characters' lower strokes are doubled in upright crops of this print."""
        marks = [crop[: crop.shape[0] // 2].mean() - crop[crop.shape[0] // 2 :].mean() for crop in crops]
        return float(np.mean(marks))

    for top in range(100, 964, 36):
        sheet[top + 13 : top + 19, 90:700][sheet[top + 1 : top + 7, 90:700] < 128] = 0
    result = upright(turned(sheet, rotation), legible)
    assert result.rotation == rotation


def test_the_recogniser_is_not_asked_about_plain_pages() -> None:
    def legible(crops: Sequence[Image]) -> float:
        raise AssertionError("asked")

    assert upright(SHEET, legible).rotation == 0


@pytest.mark.parametrize(("sign", "rotation"), [(1, 180), (-1, 0)])
def test_marks_above_the_lines_turn_no_page_over_that_is_more_legible_as_it_is(sign: int, rotation: int) -> None:
    """What stands above the lines may be dust."""

    def legible(crops: Sequence[Image]) -> float:
        below = [float(crop[: crop.shape[0] // 2].mean() - crop[crop.shape[0] // 2 :].mean()) for crop in crops]
        return sign * float(np.mean(below))

    assert upright(turned(SHEET, 180), legible).rotation == rotation


@pytest.mark.parametrize(("beside", "rotation"), [(0.96, 0), (0.6, 90)])
def test_a_page_higher_than_wide_is_turned_only_if_it_is_far_more_legible_then(beside: float, rotation: int) -> None:
    """Characters below each other in narrow columns are legible both ways; the page is asked about as turned first."""
    shown = np.ascontiguousarray(turned(SHEET, 90)[:, :500])
    scores = iter([0.998, 0.998, beside, beside])

    def legible(crops: Sequence[Image]) -> float:
        return next(scores, 0.9)

    assert shown.shape[0] > shown.shape[1]
    assert upright(shown, legible).rotation % 180 == rotation


def test_characters_below_each_other_in_a_narrow_column_are_no_lines_of_a_wide_page() -> None:
    """A sheet on its side: its lines are short figures, and the names of a narrow column, turned, are longer."""
    sheet = np.full((1200, 850, 3), 255, np.uint8)
    for top in range(100, 900, 330):
        for y in range(top, top + 310, 44):
            sheet[y : y + 26, 100:126] = 0
        for y in (top + 60, top + 180):
            for x in (start + 24 * i for start in (200, 360, 520, 680) for i in range(4)):
                sheet[y : y + 30, x : x + 18] = 0
    shown = turned(sheet, 90)
    assert shown.shape[1] > shown.shape[0]
    assert upright(shown, lambda crops: 1.0).rotation % 180 == 90


def test_of_two_legible_ways_to_read_a_wide_page_its_longer_lines_are_its_own() -> None:
    """Figures that stand below each other in two rows are lines, too, when the page lies on its side."""
    sheet = np.full((1200, 850, 3), 255, np.uint8)
    for top in range(100, 1050, 130):
        for y in (top, top + 38):
            for x in (*range(90, 400, 24), 600, 680):
                sheet[y : y + 30, x : x + (18 if x < 400 else 30)] = 0
    shown = turned(sheet, 90)
    assert shown.shape[1] > shown.shape[0]
    assert upright(shown, lambda crops: 1.0).rotation % 180 == 90
    assert upright(sheet, lambda crops: 1.0).rotation % 180 == 0


def test_a_single_digit_lying_on_its_side_speaks_for_no_wide_page() -> None:
    """However legible it is: the lines of the page turned aside are read a little less surely, and are all its text."""
    sheet = np.full((1200, 850, 3), 255, np.uint8)
    for y in range(100, 1100, 60):
        for x in range(90, 600, 26):
            sheet[y : y + 30, x : x + 20] = 0
    sheet[100:116, 700:708] = 0
    shown = turned(sheet, 90)

    def legible(crops: Sequence[Image]) -> float:
        return 0.96 if max(crop.shape[1] for crop in crops) > 100 else 0.98

    assert shown.shape[1] > shown.shape[0]
    assert upright(shown, legible).rotation % 180 == 90


def test_a_character_of_a_seal_turns_no_page_without_lines() -> None:
    """Seals join all the lines to what is no line; two of their characters are legible below each other."""
    sheet = np.full((1200, 850, 3), 255, np.uint8)
    for x in (250, 550):
        for angle in range(0, 360, 30):
            across, down = (round(120 * turn(math.radians(angle))) for turn in (math.cos, math.sin))
            sheet[286 + down : 314 + down, x + across - 14 : x + across + 14] = 0
    sheet[500:526, 700:726] = sheet[534:560, 700:726] = 0
    assert upright(sheet, lambda crops: 1.0).rotation % 180 == 0
