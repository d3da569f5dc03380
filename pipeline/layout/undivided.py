"""Tables ruled down the page, whose rows stand undivided in one box: the box cut into its rows.

Some contracts rule the columns, the header and the total, and leave the rows between to white. The grid then has one
row of cells that hold a column each. It is cut only where the header names a price table's columns and every band of
the box proves to be a row (bands); all else stays as it is ruled, and checks that need the figures say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.layout import bands
from pipeline.layout.cells import Part, part_of, texts
from pipeline.layout.grids import Grid, GridCell
from pipeline.layout.headers import header_rows
from pipeline.model.page import Page
from pipeline.model.source import Box


def divided(part: Part, page: Page, above: Sequence[str]) -> Part:
    """The part with its undivided rows cut; `above` names its columns where it has no header of its own."""
    names = names_of(part) or above
    if len(names) != part.columns or len(names) < 3:
        return part
    xs = tuple(part.box.x0 + x * part.box.width for x in part.xs)
    columns = bands.columns_of(xs, names)
    if columns is None:
        return part
    for row in reversed(range(header_rows(part), part.rows)):
        ys = rows_in(part, row, columns)
        part = cut(part, row, ys, page) if ys else part
    return part


def names_of(part: Part) -> list[str]:
    """The names in the last row of the part's header; none where it has none."""
    height = header_rows(part)
    return list(texts(part.row(height - 1))) if height else []


def rows_in(part: Part, row: int, columns: bands.Columns) -> list[float]:
    """The borders between the rows that stand in one row of cells; none where it is one row, or in doubt."""
    cells = part.row(row)
    if len(cells) != part.columns or any(cell.row_end - cell.row > 1 for cell in cells):
        return []
    top, bottom = cells[0].box.y0, cells[0].box.y1
    pieces = [p for p in bands.pieces([line for _, line in part.lines]) if top < p.box.center[1] < bottom]
    found = bands.read(pieces, columns)
    whole = sum(map(len, found)) == len(pieces)
    return bands.borders(found) if whole and len(found) > 1 else []


def cut(part: Part, row: int, ys: Sequence[float], page: Page) -> Part:
    """The part with one row of cells cut at the places."""
    xs = tuple(part.box.x0 + x * part.box.width for x in part.xs)
    places = [min(c.box.y0 for c in part.cells if c.row == r) for r in range(part.rows)]
    places = [*places[: row + 1], *ys, *places[row + 1 :], part.box.y1]
    cells = tuple(marked(cell, part, len(places) - 1) for cell in cells_of(part, row, ys))
    return replace(part_of(Grid(xs, tuple(places), cells), [line for _, line in part.lines], page), xs=part.xs)


def cells_of(part: Part, row: int, ys: Sequence[float]) -> Iterator[GridCell]:
    for cell in part.cells:
        if cell.row == row:
            edges = [cell.box.y0, *ys, cell.box.y1]
            for i in range(len(ys) + 1):
                box = Box(cell.box.x0, edges[i], cell.box.x1, edges[i + 1])
                yield GridCell(row + i, cell.column, row + i + 1, cell.column_end, box)
        else:
            start = cell.row + len(ys) * (cell.row > row)
            end = cell.row_end + len(ys) * (cell.row_end > row)
            yield GridCell(start, cell.column, end, cell.column_end, cell.box)


def marked(cell: GridCell, part: Part, rows: int) -> GridCell:
    """The cell, open where the part is open: at the page break that cuts it."""
    below = cell.row_end == rows and cell.column in part.open_below
    return replace(cell, open_above=part.cut and cell.row == 0, open_below=below)
