"""A page's lines -> the texts of its tables' cells.

A cell's text is what stands between its borders, from top to bottom: a long one is broken over lines wherever the
column is full, in the middle of a word or a number (`2500` over `0`). An engine that reads over a border gives one line
for two cells, so each word goes to its own cell. A box without text is not a table's: contracts print strips of empty
boxes for registration numbers (`合同登记编号：□□□□□□`), one character a box.

>>> from pipeline.model.page import Frame, Ruling
>>> def word(text, x): return Word(text, Box(x, 5, x + 10 * len(text), 15), 1.0)
>>> across = tuple(Ruling(0, y, 200, y) for y in (0, 20))
>>> down = tuple(Ruling(x, 0, x, 20) for x in (0, 100, 200))
>>> line = Line((word("单价", 10), word("数量", 110)), Box(10, 5, 130, 15), 1.0)
>>> [cell.text.text for cell in parts(Page(1, 210, 297, 25, "text", Frame(210, 297), (line,), across + down))[0].cells]
['单价', '数量']
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pipeline.layout.grids import Grid, GridCell, grids
from pipeline.layout.hidden import with_parted_heads
from pipeline.layout.lines import on_baselines
from pipeline.model.document import Cell
from pipeline.model.page import Line, Page, Word
from pipeline.model.passage import Passage, joined
from pipeline.model.source import Box, around
from pipeline.text.fold import fold

STRIP = 6  # boxes in a row from which on one character a box is a strip for a number
TOUCHING, WHITE = 0.25, 0.55  # of a text's height: white within a text is narrower, between two columns' wider
REACH = 3  # words of a text that stand over a column's border, at most
SIGNS = "，。、；：（）()"
OPENING, CLOSING = ("（", "("), ("）", ")")

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Part:
    """What one page, or several joined, hold of a table.

    `xs` are its columns' borders as shares of its width, `width` is its share of the page's. `open_below` are the
    columns whose last cells a page break cuts, `cut` says that one cuts the part's upper side. `lines` are the page
    lines that were read; `names` the columns', where no ruling says which parts go on from each other.
    """

    pages: tuple[int, ...]
    box: Box
    width: float
    xs: tuple[float, ...]
    rows: int
    cells: tuple[Cell, ...]
    open_below: frozenset[int]
    cut: bool
    lines: tuple[tuple[int, Line], ...]
    names: tuple[str, ...] = ()

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def row(self, row: int) -> tuple[Cell, ...]:
        """The cells that stand in a row, from left to right, each once."""
        inside = (cell for cell in self.cells if cell.row <= row < cell.row_end)
        return tuple(sorted(inside, key=lambda cell: cell.column))


def parts(page: Page) -> tuple[Part, ...]:
    """The page's tables and single boxes that hold text, from top to bottom."""
    free = list(page.lines)
    found = []
    for grid in sorted(grids(page.rulings, page.width, page.height), key=lambda grid: grid.box.area):
        mine = [line for line in free if stands_in(line, grid.box)]
        part = part_of(with_parted_heads(grid, mine), mine, page)
        if any(cell.text for cell in part.cells) and not is_strip(part):
            found.append(part)
            free = [line for line in free if not stands_in(line, grid.box)]
    return tuple(sorted(found, key=lambda part: part.box.y0))


def stands_in(line: Line, box: Box) -> bool:
    """Whether most of a line's words stand in a box."""
    inside = sum(len(word.text) for word in line.words if box.holds(*word.box.center))
    return 2 * inside > sum(len(word.text) for word in line.words)


def part_of(grid: Grid, lines: Sequence[Line], page: Page) -> Part:
    pieces = pieces_in(grid, lines)
    cells = tuple(
        Cell(c.row, c.column, c.row_end, c.column_end, text_of(pieces[c], page.number), page.number, c.box)
        for c in grid.cells
    )
    return Part(
        pages=(page.number,),
        box=grid.box,
        width=grid.box.width / page.width,
        xs=tuple((x - grid.xs[0]) / grid.box.width for x in grid.xs),
        rows=len(grid.ys) - 1,
        cells=cells,
        open_below=frozenset(column for c in grid.cells if c.open_below for column in range(c.column, c.column_end)),
        cut=any(c.open_above for c in grid.cells),
        lines=tuple((page.number, line) for line in lines),
    )


def pieces_in(grid: Grid, lines: Iterable[Line]) -> Mapping[GridCell, Sequence[Line]]:
    """The pieces of the lines that stand in each cell."""
    fields = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
    }
    found: defaultdict[GridCell, list[Line]] = defaultdict(list)
    for line in lines:
        for cell, words in standing(line.words, lambda word: fields[field_of(grid, word)]):
            found[cell].append(line_of(words, line))
    return found


def standing(
    words: Sequence[Word], place: Callable[[Word], Place], ends: bool = False
) -> Iterator[tuple[Place, tuple[Word, ...]]]:
    """The words that stand in one place together, in order. Where two places meet amid a text and white is beside,
    they are parted at the white; a bracket that closes stands where it was opened. `ends` says that the line's ends
    are white: that it was cut where columns are.

    >>> words = [Word(text, Box(x, 0, x + 9, 9), 1.0) for x, text in ((0, "（"), (20, "批"), (40, "）"), (60, "6"))]
    >>> ["".join(word.text for word in held) for _, held in standing(words, lambda word: word.box.x0 >= 40)]
    ['（批）', '6']
    >>> words = [Word(text, Box(x, 0, x + 9, 9), 1.0) for x, text in ((0, "调"), (10, "优"), (40, "¥6"))]
    >>> ["".join(word.text for word in held) for _, held in standing(words, lambda word: word.box.x0 >= 10)]
    ['调优', '¥6']
    """
    places: list[Place] = []
    opened: list[Place] = []
    for word in words:
        there, sign = place(word), word.text.strip()
        if sign in OPENING:
            opened.append(there)
        elif sign in CLOSING and opened:
            there = opened.pop() if opened[-1] == places[-1] else there
        places.append(there)
    parted = zip(at_white(places, words, ends), words, strict=True)
    for there, pairs in itertools.groupby(parted, key=lambda pair: pair[0]):
        yield there, tuple(word for _, word in pairs)


def at_white(places: Sequence[Place], words: Sequence[Word], ends: bool) -> list[Place]:
    """The words' places, where two meet amid a text moved to the white beside."""
    found = list(places)
    whites = [(b.box.x0 - a.box.x1) / b.box.height for a, b in itertools.pairwise(words)]
    end = math.inf if ends else 0.0
    gaps = [end, *whites, end]
    for i in range(1, len(found)):
        if found[i] == found[i - 1] or gaps[i] > TOUCHING or not is_chinese(words[i - 1], words[i]):
            continue
        near = [j for j in range(max(0, i - REACH), min(len(found), i + REACH) + 1) if gaps[j] > WHITE]
        j = min(near, key=lambda j: (abs(j - i), gaps[j] == math.inf), default=i)
        if len(set(found[min(i, j) : max(i, j)])) == 1:
            moved = found[i - 1] if j > i else found[i]
            found[min(i, j) : max(i, j)] = [moved] * abs(j - i)
    return found


def is_chinese(*words: Word) -> bool:
    return all("一" <= char <= "鿿" or char in SIGNS for word in words for char in word.text.strip())


def field_of(grid: Grid, word: Word) -> tuple[int, int]:
    """Row and column of the field that a word's centre stands in, or of the one nearest to it."""
    x, y = word.box.center
    return bisect.bisect(grid.ys[1:-1], y), bisect.bisect(grid.xs[1:-1], x)


def line_of(words: tuple[Word, ...], line: Line) -> Line:
    """The words as a line of their own; the line itself where they are all of it."""
    return line if words == line.words else Line(words, around(word.box for word in words), line.confidence)


def text_of(pieces: Sequence[Line], page: int) -> Passage:
    """A cell's text, top to bottom and left to right; the white before a piece is the next column's, no space of it."""
    rows = (joined(Passage.of(piece, page) for piece in row) for row in on_baselines(pieces))
    return fold(joined(row.strip() for row in rows))


def is_strip(part: Part) -> bool:
    """Whether a part is a row of boxes for the characters of a number."""
    return part.rows == 1 and len(part.cells) >= STRIP and all(len(cell.text) <= 1 for cell in part.cells)


def texts(cells: Iterable[Cell]) -> Iterator[str]:
    return (cell.text.text for cell in cells)
