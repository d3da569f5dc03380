"""Borders between the names of a header that a seal hides: two cells that were read as one.

A black seal's ring crowds the short ruling between two names, while the same border shows in the rows below. A name
that truly stands over several columns (`费用` over `单价 | 合价`) is printed across their border; two names leave it
white. So a cell of the first row is parted at the borders of the columns below where words stand on both sides of each
and well away from it.

>>> is_white([Word("数量", Box(10, 0, 30, 10), 1.0), Word("单价", Box(60, 0, 80, 10), 1.0)], 45.0)
True
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.layout.grids import Grid, GridCell
from pipeline.model.page import Line, Word
from pipeline.model.source import Box

WHITE = 0.5  # of a character's height on the two sides of a border together
WIDE = 1.0  # where one name is a single character: the rest of it was not read
LEAST = 2  # characters in a name


def with_parted_heads(grid: Grid, lines: Sequence[Line]) -> Grid:
    """The grid with the cells of its first row parted where a border is hidden."""
    words = [word for line in lines for word in line.words if word.text.strip()]
    cells = tuple(part for cell in grid.cells for part in parted(cell, grid, words))
    return replace(grid, cells=cells)


def parted(cell: GridCell, grid: Grid, words: Sequence[Word]) -> Iterator[GridCell]:
    """The cell, or its parts."""
    if cell.row > 0 or cell.column_end - cell.column == 1:
        yield cell
        return
    inside = [word for word in words if cell.box.holds(*word.box.center)]
    borders = [
        column
        for column in range(cell.column + 1, cell.column_end)
        if is_border(grid, cell.row_end, column) and is_white(inside, grid.xs[column])
    ]
    for start, end in itertools.pairwise([cell.column, *borders, cell.column_end]):
        box = Box(grid.xs[start], cell.box.y0, grid.xs[end], cell.box.y1)
        yield replace(cell, column=start, column_end=end, box=box)


def is_border(grid: Grid, row: int, column: int) -> bool:
    """Whether a border parts the row's cells there."""
    return any(cell.row <= row < cell.row_end and cell.column == column for cell in grid.cells)


def is_white(words: Sequence[Word], place: float) -> bool:
    """Whether names stand on both sides of a place, and white parts them there."""
    left = [word for word in words if word.box.center[0] < place]
    right = [word for word in words if word.box.center[0] > place]
    lengths = sorted(sum(len(word.text) for word in side) for side in (left, right))
    if lengths[0] < 1 or lengths[1] < LEAST:
        return False
    white = min(word.box.x0 for word in right) - max(word.box.x1 for word in left)
    across = any(word.box.x0 < place < word.box.x1 for word in words)
    wanted = WHITE if lengths[0] >= LEAST else WIDE
    return not across and white > wanted * max(word.box.height for word in words)
