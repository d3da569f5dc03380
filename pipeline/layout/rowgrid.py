"""Rows that texts proved -> the cells of a grid: merged cells over their rows, labels of totals over their columns.

>>> from pipeline.layout.columns import Columns
>>> [cell.box.x0 for cell in cells(Rows((Row(()), Row(())), 0.0), [0, 9, 20], Columns((0, 5, 9), ("名称", "金额")))]
[0, 5, 0, 5]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.layout.columns import Columns
from pipeline.layout.grids import GridCell
from pipeline.layout.rowing import Row, Rows
from pipeline.model.source import Box


def cells(rows: Rows, ys: Sequence[float], columns: Columns, first: int = 0) -> Iterator[GridCell]:
    """The cells of rows between the places `ys`; `first` is the number of their first row in the grid."""
    for column, spans in rows.merged.items():
        for start, end in itertools.pairwise(itertools.accumulate(spans, initial=0)):
            if not rows.rows[start].tail:
                yield cell(first, start, column, end, column + 1, ys, columns)
    for i, row in enumerate(rows.rows):
        for start, end in itertools.pairwise(edges(row, columns)):
            if start not in rows.merged or row.tail:
                yield cell(first, i, start, i + 1, end, ys, columns)


def cell(
    first: int, row: int, column: int, row_end: int, column_end: int, ys: Sequence[float], columns: Columns
) -> GridCell:
    box = Box(columns.xs[column], ys[row], columns.xs[column_end], ys[row_end])
    return GridCell(first + row, column, first + row_end, column_end, box)


def edges(row: Row, columns: Columns) -> list[int]:
    """The columns in which a row's cells begin; a total's label takes in those before its first figure."""
    last = len(columns.names)
    within = {columns.of(line) for line in row.label} == {0} and not any(map(columns.crossed, row.label))
    if not row.tail or within:
        return list(range(last + 1))
    figures = min((columns.of(line) for line in row.lines), default=last)
    return [0, *range(max(figures, 1), last + 1)]
