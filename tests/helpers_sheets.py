"""Pages for tests of layout: texts at their places, 20 pixels a character, and rulings.

`sheet({110: {120: "序号", 220: "名称"}})` is a page with two texts on the baseline at y = 110.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.layout import tables
from pipeline.model.page import Frame, Line, Page, Ruling, Word
from pipeline.model.source import Box

SIZE = 20.0
WIDTH, HEIGHT = 1200, 1700


def line(text: str, x: float, y: float) -> Line:
    """A line of characters; a run of digits, points and commas is as wide as half as many."""
    words, at = [], x
    for char in text:
        width = SIZE if char > "\u02ff" else SIZE / 2
        words.append(Word(char, Box(at, y, at + width, y + SIZE), 1.0))
        at += width
    return Line(tuple(words), Box(x, y, at, y + SIZE), 1.0)


def sheet(
    texts: Mapping[float, Mapping[float, str]],
    across: Sequence[float] = (),
    down: Sequence[tuple[float, float, float]] = (),
    number: int = 1,
) -> Page:
    """A page of texts by y and x, with rulings across from 100 to 1100 and rulings down (x, from y, to y)."""
    lines = tuple(line(text, x, y) for y, row in texts.items() for x, text in row.items())
    rulings = (*(Ruling(100, y, 1100, y) for y in across), *(Ruling(x, y0, x, y1) for x, y0, y1 in down))
    return Page(number, WIDTH, HEIGHT, 145, "scan", Frame(WIDTH, HEIGHT), lines, rulings)


def texts_of(*pages: Page) -> list[list[str]]:
    """The texts of the pages' only table."""
    (found,) = tables.find(pages)
    return [[cell.text.text for cell in row] for row in found.table.grid()]
