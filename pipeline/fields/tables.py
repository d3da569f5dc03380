"""Every table as printed: its title, the pages it stands on, its header and its rows.

A merged cell stands in each place that it spans, each time as a leaf of its own; stacked headers are read top down as
one. A blank cell is an empty text, cited by its place on paper.

Example: a row 重大事故 | 服务中断 | 1次 in which 重大事故 spans the rows below gives each of them its own copy.
"""

from __future__ import annotations

from pipeline.fields._cells import printed, text_of
from pipeline.model.document import Cell, Document, Table
from pipeline.model.passage import joined
from pipeline.model.record import TableRecord
from pipeline.model.source import Cited


def read(document: Document) -> tuple[TableRecord, ...]:
    """All tables in reading order."""
    return tuple(table_record(table) for table in document.tables)


def table_record(table: Table) -> TableRecord:
    grid = table.grid()
    heads, body = grid[: table.header_rows], grid[table.header_rows :]
    header = tuple(stacked(tuple(row[i] for row in heads)) for i in range(table.columns)) if heads else ()
    rows = tuple(tuple(printed(cell) for cell in row) for row in body)
    return TableRecord(table.id, text_of(table.title), table.pages, header, rows)


def stacked(cells: tuple[Cell, ...]) -> Cited[str]:
    """A column's header cells as one text, a cell that spans several header rows once."""
    distinct = {(cell.row, cell.column): cell for cell in cells}.values()
    text = joined(cell.text for cell in distinct)
    return text.cite() if text else printed(cells[0])
