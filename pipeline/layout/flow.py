"""Rows to what a reader reads on: paragraphs and tables in reading order.

A table stands before the first row of text below its top and parts the paragraphs around it; what it has on later
pages stands with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.layout.lines import Row
from pipeline.layout.measures import Measures
from pipeline.layout.paragraphs import Typeset, paragraphs
from pipeline.layout.tables import PlacedTable
from pipeline.model.document import Table
from pipeline.model.page import Page


def flow(
    pages: Sequence[Page], tables: Sequence[PlacedTable], body: Mapping[int, Sequence[Row]]
) -> tuple[Typeset | Table, ...]:
    """Everything on `pages` in reading order; `tables` are in reading order, `body` is each page's text outside."""
    every = [row for page in pages for row in body[page.number]]
    measures = Measures.of(every, {page.number: page.width for page in pages}, tops(body, tables))
    items: list[Typeset | Table] = []
    for before, table in parted(every, tables):
        items += paragraphs(before, measures)
        items += [table.table] if table else []
    return tuple(items)


def tops(body: Mapping[int, Sequence[Row]], tables: Sequence[PlacedTable]) -> dict[int, float]:
    """Where each page's first text stands, in a table or not."""
    starts: dict[int, list[float]] = {page: [row.box.y0 for row in found] for page, found in body.items()}
    for table in tables:
        for page, line in table.lines:
            starts[page].append(line.box.y0)
    return {page: min(found) for page, found in starts.items() if found}


def parted(every: Sequence[Row], tables: Sequence[PlacedTable]) -> list[tuple[list[Row], PlacedTable | None]]:
    """The rows cut at the tables: each piece with the table that ends it."""
    pieces: list[tuple[list[Row], PlacedTable | None]] = []
    start = 0
    for table in tables:
        after = (i for i in range(start, len(every)) if is_below(every[i], table))
        end = next(after, len(every))
        pieces.append((list(every[start:end]), table))
        start = end
    return [*pieces, (list(every[start:]), None)]


def is_below(row: Row, table: PlacedTable) -> bool:
    return row.page > table.page or (row.page == table.page and row.box.center[1] > table.top)
