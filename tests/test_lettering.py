"""Pieces of a black seal's lettering are no lines; what stands under the seal is in doubt."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr.lettering import covered, doubted, legible
from pipeline.ocr.rings import Ring, find

MIDDLE, RADIUS, WIDTH = (420, 400), 160, 900


def seal(middle: tuple[int, int] = MIDDLE) -> tuple[Ring, ...]:
    page = np.full((900, WIDTH, 3), 255, np.uint8)
    return find(np.asarray(cv2.circle(page, middle, RADIUS, (0, 0, 0), 8), np.uint8))


def line(text: str, box: Box, confidence: float = 0.99) -> Line:
    return Line((Word(text, box, confidence),), box, confidence)


def around_middle(dx: float, width: float = 60) -> Box:
    x, y = MIDDLE
    return Box(x + dx - width / 2, y - 15, x + dx + width / 2, y + 15)


def test_words_under_the_seal_are_doubtful_and_no_others() -> None:
    found = seal()
    lines = [line("142", around_middle(dx)) for dx in (0, RADIUS, RADIUS + 60)]
    places = covered(lines, found)
    assert places == (lines[0].box, lines[1].box)
    assert [one.words[0].confidence < 0.8 for one in doubted(lines, places)] == [True, True, False]
    assert covered(lines, ()) == ()


@pytest.mark.parametrize(
    ("text", "confidence", "dx", "stays"),
    [
        ("公", 0.62, 110, False),
        ("COHD", 0.57, 0, False),
        ("COHD", 0.65, 0, True),
        ("公", 0.95, 110, True),
        ("公", 0.62, RADIUS + 60, True),
        ("银杏树台科技公司", 0.5, 0, True),
    ],
)
def test_short_lines_that_can_not_be_read_under_a_seal_are_its_lettering(
    text: str, confidence: float, dx: float, stays: bool
) -> None:
    lines = [line(text, around_middle(dx, 40), confidence)]
    assert bool(legible(lines, seal(), WIDTH)) is stays


@pytest.mark.parametrize(("text", "stays"), [("动产", False), ("¥20", True), ("银杏树台科技公司", True)])
def test_short_words_in_a_seal_over_the_page_edge_are_its_lettering(text: str, stays: bool) -> None:
    lines = [Line((Word(text, Box(800, 385, 840, 415), 0.97),), Box(800, 385, 840, 415), 0.97)]
    assert bool(legible(lines, seal((885, 400)), WIDTH)) is stays


def test_characters_that_run_round_are_lettering_though_clearly_read() -> None:
    def lone(char: str, angle: float, distance: float) -> Line:
        x, y = MIDDLE[0] + distance * RADIUS * np.cos(angle), MIDDLE[1] + distance * RADIUS * np.sin(angle)
        return line(char, Box(x - 12, y - 12, x + 12, y + 12))

    name = [lone(char, angle, 0.78) for char, angle in zip("长桥市院", (3.0, 3.6, 4.2, 5.8), strict=True)]
    units = [lone(char, angle, far) for char, angle, far in (("人", 1.5, 0.1), ("项", 1.5, 0.6), ("个", 4.7, 0.3))]
    figure = line("142", around_middle(0))
    assert legible([*name, *units, figure], seal(), WIDTH) == (*units, figure)
    assert legible([*units, figure], seal(), WIDTH) == (*units, figure)
