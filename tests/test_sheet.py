"""A photographed sheet comes out flat, and what was read on it lies where the photograph shows it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers_pdf import printed_sheet, turned
from numpy.typing import NDArray

from pipeline.model.mesh import Mesh
from pipeline.model.page import Frame
from pipeline.model.source import Box
from pipeline.ocr.images import PageImage, open_pages
from pipeline.ocr.sheet import flattened

Image = NDArray[np.uint8]

SHEET = printed_sheet()
HEIGHT, WIDTH = SHEET.shape[:2]
DESK = (70, 80, 90)
MARKS = [(x, y) for y in (60, 400, HEIGHT - 80) for x in (50, WIDTH // 2, WIDTH - 60)]
SIDE = 14
KEYSTONE = [(60, 70), (WIDTH + 40, 45), (WIDTH + 65, HEIGHT + 60), (38, HEIGHT + 85)]


def marked() -> Image:
    """The sheet with squares in colours of their own."""
    sheet = SHEET.copy()
    for number, (x, y) in enumerate(MARKS):
        sheet[y : y + SIDE, x : x + SIDE] = colour(number)
    return sheet


def colour(number: int) -> tuple[int, int, int]:
    return 255, 20 * number, 0


def photographed(sheet: Image, corners: list[tuple[int, int]], bend: float = 0.0) -> Image:
    """The sheet on a desk, its corners there, through a lens that bends straight lines."""
    across, down = sheet.shape[1] + 110, sheet.shape[0] + 130
    flat = np.array([[0, 0], [sheet.shape[1], 0], [sheet.shape[1], sheet.shape[0]], [0, sheet.shape[0]]], np.float32)
    view = np.linalg.inv(cv2.getPerspectiveTransform(flat, np.array(corners, np.float32)))
    x, y = np.meshgrid(np.arange(across, dtype=np.float64) - across / 2, np.arange(down, dtype=np.float64) - down / 2)
    scale = 1 + bend * (x**2 + y**2) / (across**2 + down**2) * 4
    points = np.stack([x * scale + across / 2, y * scale + down / 2], -1).reshape(1, -1, 2)
    there = cv2.perspectiveTransform(points, view).reshape(down, across, 2).astype(np.float32)
    photo = cv2.remap(sheet, there[..., 0], there[..., 1], cv2.INTER_LINEAR, borderValue=DESK)
    return np.asarray(photo, np.uint8)


def mark(image: Image, number: int) -> tuple[float, float]:
    """The middle of the square in its colour; the median, since other squares' edges pass through it too."""
    ys, xs = np.nonzero(np.abs(image.astype(int) - colour(number)).max(axis=2) < 9)
    return float(np.median(xs)) + 0.5, float(np.median(ys)) + 0.5


def around(x: float, y: float) -> Box:
    return Box(x - SIDE / 2, y - SIDE / 2, x + SIDE / 2, y + SIDE / 2)


def read(image: Image, folder: Path) -> PageImage:
    cv2.imwrite(str(folder / "photo.png"), image)
    return next(open_pages(folder / "photo.png"))


@pytest.mark.parametrize("bend", [0.0, 0.015])
@pytest.mark.parametrize("rotation", [0, 90, 180])
def test_boxes_lead_back_to_the_photograph(tmp_path: Path, bend: float, rotation: int) -> None:
    photo = turned(photographed(marked(), KEYSTONE, bend), rotation)
    page = read(photo, tmp_path)
    assert page.frame.rotation == rotation
    assert (page.frame.width, page.frame.height) == photo.shape[1::-1]
    for number in range(len(MARKS)):
        shown = page.frame.shown(around(*mark(page.pixels, number)))
        assert shown.center == pytest.approx(mark(photo, number), abs=1.5)
        assert (shown.width, shown.height) == pytest.approx((SIDE, SIDE), abs=3)


def test_the_sheet_is_flat_and_the_desk_is_gone(tmp_path: Path) -> None:
    page = read(photographed(marked(), KEYSTONE, 0.015), tmp_path)
    squares = [mark(page.pixels, number) for number in range(len(MARKS))]
    rows, columns = (np.array(squares).reshape(3, 3, 2)[..., axis] for axis in (1, 0))
    assert np.ptp(rows, axis=1).max() <= 2
    assert np.ptp(columns, axis=0).max() <= 2
    assert min(page.pixels[[2, -3]].min(), page.pixels[:, [2, -3]].min()) > 200


def test_a_scan_is_left_alone() -> None:
    assert flattened(SHEET) is None


def test_a_copier_s_dark_edges_are_no_desk() -> None:
    scan = SHEET.copy()
    scan[:, :25] = scan[:20] = 40
    assert flattened(scan) is None


def test_a_sheet_that_runs_out_of_the_picture_is_left_alone() -> None:
    photo = photographed(SHEET, [(60, 70), (WIDTH + 40, 45), (WIDTH + 65, HEIGHT + 200), (38, HEIGHT + 200)])
    assert flattened(photo) is None


def test_a_picture_on_a_white_page_is_no_sheet() -> None:
    page = np.full((1200, 900, 3), 60, np.uint8)
    page[300:700, 300:600] = 250
    assert flattened(page) is None


def test_a_mesh_runs_evenly_between_its_knots_and_on_beyond_them() -> None:
    mesh = Mesh(40, 20, (((0, 0), (10, 0), (30, 0)), ((0, 40), (10, 40), (30, 40))))
    places = [mesh.place(x, 10) for x in (-20, 0, 20, 40, 60)]
    assert [round(b[0] - a[0]) for a, b in pairwise(places)] == [10, 10, 20, 20]
    assert {y for _, y in places} == {20}


def test_a_frame_without_a_mesh_is_affine() -> None:
    frame = Frame(100, 50, matrix=(0.0, -1.0, 50.0, 1.0, 0.0, 0.0))
    assert frame.place(10, 20) == (30, 10)
