"""Lone figures that no line holds are read from the page's ink, and never surely."""

from __future__ import annotations

import pytest
from helpers_image import inked, paper, write

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr import missed
from pipeline.ocr.engine import Pixels
from pipeline.ocr.rapid import Engine

ROW = 200
# The size of the page's characters.
HEADING = Line(
    (Word("单", Box(100, 40, 150, 90), 1.0), Word("价", Box(150, 40, 200, 90), 1.0)), Box(100, 40, 200, 90), 1.0
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def row(*others: tuple[str, int, int]) -> tuple[Pixels, Line]:
    """A page with a price, and what else is written where; the price as its only line."""
    image = paper(800, 900)
    write(image, "4800.00", 100, ROW)
    around = inked(image)
    box = Box(around.x0 - 6, around.y0 - 8, around.x1 + 6, around.y1 + 8)
    for text, x, y in others:
        write(image, text, x, y)
    return image, Line((Word("4800.00", box, 1.0),), box, 1.0)


def found(
    engine: Engine, *others: tuple[str, int, int], cells: tuple[Box, ...] = (), seals: tuple[Box, ...] = ()
) -> list[str]:
    image, line = row(*others)
    read = list(missed.figures([HEADING, line], cells, seals, image, engine))
    assert all(word.confidence < 0.8 for one in read for word in one.words)
    return [one.text for one in read]


def test_figure_on_the_baseline_of_another(engine: Engine) -> None:
    assert found(engine, ("8", 600, ROW)) == ["8"]


def test_digits_side_by_side_are_one_figure(engine: Engine) -> None:
    assert found(engine, ("24", 600, ROW)) == ["24"]


def test_figure_below_in_the_same_cell_but_nowhere_else(engine: Engine) -> None:
    assert found(engine, ("8", 600, ROW + 300)) == []
    assert found(engine, ("8", 600, ROW + 300), cells=(Box(500, ROW + 200, 800, ROW + 450),)) == ["8"]


def test_at_the_edge_of_the_page_nothing_is_looked_for(engine: Engine) -> None:
    assert found(engine, ("8", 860, ROW)) == []


def test_word_is_no_figure(engine: Engine) -> None:
    assert found(engine, ("x", 600, ROW)) == []


def test_what_stands_under_a_seal_is_left(engine: Engine) -> None:
    assert found(engine, ("8", 600, ROW), seals=(Box(450, 50, 800, 400),)) == []


def test_page_without_a_figure_is_not_looked_at(engine: Engine) -> None:
    image, line = row(("8", 600, ROW))
    words = Line((Word("合计", line.box, 1.0),), line.box, 1.0)
    assert list(missed.figures([HEADING, words], (), (), image, engine)) == []
    assert list(missed.figures([], (), (), image, engine)) == []
