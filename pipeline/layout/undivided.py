"""Tables ruled down the page, whose rows stand undivided in one box: the box cut into its rows.

Some contracts rule the columns, the header and the total, and leave the rows between to white. The grid then has one
row of cells that hold a column each. It is cut only where the header names a price table's columns and every text of
the box goes to a row (rowing); all else stays as it is ruled, and checks that need the figures say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.layout import rowing
from pipeline.layout.cells import Part, part_of, texts
from pipeline.layout.columns import LEAST, Columns, cut_at, lacks_sums, median_height, same_names, without_specks
from pipeline.layout.grids import Grid, GridCell
from pipeline.layout.headers import header_rows, without_debris
from pipeline.layout.unnamed import SUM
from pipeline.model.document import Cell
from pipeline.model.page import Line, Page
from pipeline.model.source import Box
from pipeline.text.roles import is_known

FIGURE = re.compile(r"[¥￥]?\s*\d[\d,]*\.\d{1,6}")
VALUE = re.compile(r"\d+(?:\.\d+)?\s*[%％]|[¥￥]?\s*[\d,]+\.\d{2}\s*元?")  # whole: no first line of a sum that wraps


def divided(part: Part, page: Page, above: Sequence[str], opened: bool) -> Part:
    """The part with its undivided rows cut; `above` names its columns where it has no header of its own.

    `opened` says that the table above, on the page before, was left open: below a header that repeats its names may
    stand the rest of its last row.
    """
    names = names_of(part) or above
    if len(names) != part.columns or len(names) < LEAST:
        return part
    columns = Columns(tuple(part.box.x0 + x * part.box.width for x in part.xs), tuple(names))
    texts = cut_at(columns, [line for _, line in part.lines])
    if columns.price is None and lacks_sums(names):
        columns = replace(columns, names=with_sums(columns, texts))
    height = header_rows(part)
    torn = opened and height > 0 and same_names(names, above)
    for row in reversed(range(height, part.rows)):
        found = rows_in(part, row, texts, columns, torn and row == height)
        part = cut(part, row, found, page) if found else part
    return part


def names_of(part: Part) -> list[str]:
    """The names in the last row of the part's header; none where it has none."""
    height = header_rows(part)
    return list(map(without_specks, without_debris(list(texts(part.row(height - 1)))))) if height else []


def with_sums(columns: Columns, texts: Sequence[Line]) -> tuple[str, ...]:
    """The names, the sums' over the last column of figures that has no name that is known: a seal may hide it."""
    held = [[line.text.strip() for line in texts if columns.of(line) == i] for i in range(len(columns.names))]
    figures = [
        i
        for i, (name, mine) in enumerate(zip(columns.names, held, strict=True))
        if not is_known(name) and 2 * sum(FIGURE.fullmatch(text) is not None for text in mine) > len(mine)
    ]
    return tuple(SUM if figures and i == figures[-1] else name for i, name in enumerate(columns.names))


def rows_in(part: Part, row: int, texts: Sequence[Line], columns: Columns, torn: bool) -> rowing.Rows | None:
    """The rows that stand in one row of cells; None where it is one row, or in doubt.

    `texts` are those of the part, cut at the columns. With `torn` the first may be the rest of one on the page before.
    """
    cells = part.row(row)
    if any(cell.row_end - cell.row > 1 for cell in cells):
        return None
    top, bottom = cells[0].box.y0, cells[0].box.y1
    inside = [piece for piece in texts if top < piece.box.center[1] < bottom]
    going_on = [cell for cell in cells if cell.column in part.open_below and cell.column not in columns.categories]
    if columns.price is None:
        return None if len(cells) < part.columns else beside_values(inside, columns)
    found = rowing.read(inside, columns, rests=torn or bool(going_on) or (part.cut and row == 0))
    divided = len(cells) == part.columns or (found and are_totals(found, cells))
    return found if found and divided and len(found.rows) > 1 and not lone_category(found, columns) else None


def are_totals(found: rowing.Rows, cells: Sequence[Cell]) -> bool:
    """Whether all rows are totals, whose labels stand below each other in one cell; in cells beside each other they are
    one row's."""
    if not all(row.tail for row in found.rows):
        return False
    places = (row.label[0].box.center[0] for row in found.rows)
    return len({next((cell for cell in cells if cell.box.x0 <= x < cell.box.x1), None) for x in places}) == 1


def beside_values(lines: Sequence[Line], columns: Columns) -> rowing.Rows | None:
    """The rows of a table that prices nothing, as of instalments: one beside each of the sums or percents that stand
    below each other, and beside a text of the first column."""
    for column in range(1, len(columns.names)):
        values = [line for line in lines if columns.of(line) == column]
        centers = [line.box.center[1] for line in values]
        if len(values) < 2 or not all(VALUE.fullmatch(line.text.strip()) for line in values):
            continue
        rows: list[list[Line]] = [[] for _ in values]
        for line in lines:
            rows[min(range(len(values)), key=lambda i: abs(centers[i] - line.box.center[1]))].append(line)
        first = [[line.box.center[1] for line in row if columns.of(line) == 0] for row in rows]
        near = median_height(values) / 2
        if all(len(ys) == 1 and abs(ys[0] - center) < near for ys, center in zip(first, centers, strict=True)):
            return rowing.Rows(tuple(rowing.Row(tuple(row)) for row in rows), 0.0)
    return None


def lone_category(found: rowing.Rows, columns: Columns) -> bool:
    """Whether a merged category, whose middle stands off its row's, was taken for a row of its own."""
    return any(row.lines and {columns.of(line) for line in row.lines} <= set(columns.categories) for row in found.rows)


def cut(part: Part, row: int, found: rowing.Rows, page: Page) -> Part:
    """The part with one row of cells cut into the rows found."""
    xs = tuple(part.box.x0 + x * part.box.width for x in part.xs)
    ys = rowing.borders(found.rows)
    places = [min(c.box.y0 for c in part.cells if c.row == r) for r in range(part.rows)]
    places = [*places[: row + 1], *ys, *places[row + 1 :], part.box.y1]
    cells = tuple(marked(cell, part, len(places) - 1) for cell in cells_of(part, row, ys, found.merged))
    return replace(part_of(Grid(xs, tuple(places), cells), [line for _, line in part.lines], page), xs=part.xs)


def cells_of(part: Part, row: int, ys: Sequence[float], merged: Mapping[int, Sequence[int]]) -> Iterator[GridCell]:
    for cell in part.cells:
        if cell.row == row:
            edges = [cell.box.y0, *ys, cell.box.y1]
            start = 0
            for span in merged.get(cell.column, [1] * (len(ys) + 1)):
                box = Box(cell.box.x0, edges[start], cell.box.x1, edges[start + span])
                yield GridCell(row + start, cell.column, row + start + span, cell.column_end, box)
                start += span
        else:
            first = cell.row + len(ys) * (cell.row > row)
            end = cell.row_end + len(ys) * (cell.row_end > row + 1)
            yield GridCell(first, cell.column, end, cell.column_end, cell.box)


def marked(cell: GridCell, part: Part, rows: int) -> GridCell:
    """The cell, open where the part is open: at the page break that cuts it."""
    below = cell.row_end == rows and cell.column in part.open_below
    return replace(cell, open_above=part.cut and cell.row == 0, open_below=below)
