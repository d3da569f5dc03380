"""Figures of price tables that the first reading could not make out, read again.

A cell that states no number as it was read (`→2人日`) is read in the other ways of `ocr.second`. What one of them makes
of it is taken up where the line's own figures prove it, and no other reading: 1450.00 x 82 = 118900.00. The value cites
the reading that it comes from, a check `reading.second` says so, and what nothing proves stays null.

>>> from pipeline.ocr.second import Reading
>>> [str(value) for value, _ in numbers([Reading("→2人日", "a", "red", 0.9), Reading("82人日", "b", "red", 0.4)])]
['2']
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline import checks
from pipeline.model.check import Check, Message, plain, unverified
from pipeline.model.record import LineItem, LineItemTable, Record, TableRecord
from pipeline.model.source import Cited, Source, around
from pipeline.ocr.second import Reading, SecondReader
from pipeline.ocr.second_values import figures
from pipeline.proof.evidence import Witness
from pipeline.proof.graph import graph_of
from pipeline.proof.paths import Path, replaced
from pipeline.proof.wording import name_of

RULE = "reading.second"
PROVES = "line.product"
FIGURES = ("unit_price", "quantity", "periods", "amount")
LEGIBLE = 0.2  # below, a reading says nothing; above, only the line's arithmetic says that it is right
TO_FEN = re.compile(r"\d+\.\d\d(?=\d)")  # behind the fen may follow what stands beside the cell
DOUBT = 0.79  # what only a second reading made out is no surer
MOST = 32  # cells of a contract that are read again
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that a line lacks, and the cell where it should stand."""

    path: Path
    cell: Cited[str]


def completed(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with the figures that a second reading makes out and the line proves, and a check for each."""
    found = [(gap, crop) for gap in gaps(record) if (crop := witness.crop(gap.cell)) is not None][:MOST]
    said: list[Check] = []
    heard = reader.readings([crop for _, crop in found])
    for (gap, _), readings in zip(found, heard, strict=True):
        proven = [leaf for value, by in numbers(readings) if proves(record, gap, leaf := cited(gap.cell, value, by))]
        if len(proven) == 1:
            record = replaced(record, gap.path, proven[0])
            said.append(check_of(gap, proven[0]))
    return record, tuple(said)


# ---- what was not read


def gaps(record: Record) -> Iterator[Gap]:
    """The lines' only missing figures, where each has a cell that no other value was read from."""
    tables = {table.id: table for table in record.tables}
    for number, prices in enumerate(record.line_item_tables):
        lacking = [(i, lacks) for i, item in enumerate(prices.items) if (lacks := missing(item, prices))]
        printed = tables.get(prices.table_id)
        if not lacking or printed is None:
            continue
        columns = columns_of(prices, printed)
        for i, name in lacking:
            row = row_of(prices.items[i], printed, columns)
            if row is not None and name in columns:
                cell = printed.rows[row][columns[name]]
                if cell.sources and is_own(cell, printed, columns[name]):
                    yield Gap(("line_item_tables", number, "items", i, name), cell)


def missing(item: LineItem, prices: LineItemTable) -> str | None:
    """The one figure that the line lacks of those that lines of the table have."""
    names = [name for name in FIGURES if any(getattr(other, name) for other in prices.items)]
    absent = [name for name in names if getattr(item, name) is None]
    return absent[0] if len(absent) == 1 else None


def columns_of(prices: LineItemTable, printed: TableRecord) -> Mapping[str, int]:
    """The column of each figure: that from whose cells most of the lines have it."""
    votes: dict[str, Counter[int]] = {name: Counter() for name in FIGURES}
    for item in prices.items:
        for name in FIGURES:
            leaf = getattr(item, name)
            votes[name].update(
                {j for row in printed.rows for j, cell in enumerate(row) if leaf and stands_in(leaf, cell)}
            )
    return {name: counted.most_common(1)[0][0] for name, counted in votes.items() if counted}


def row_of(item: LineItem, printed: TableRecord, columns: Mapping[str, int]) -> int | None:
    """The row from which the line's figures were read; None where they stand in several."""
    rows = {
        i
        for name, column in columns.items()
        for i, row in enumerate(printed.rows)
        if (leaf := getattr(item, name)) and stands_in(leaf, row[column])
    }
    return rows.pop() if len(rows) == 1 else None


def stands_in(leaf: Cited[Any], cell: Cited[str]) -> bool:
    """Whether the leaf was read from the cell."""
    source = leaf.sources[0]
    return any(source.page == other.page and other.box.holds(*source.box.center) for other in cell.sources)


def is_own(cell: Cited[str], printed: TableRecord, column: int) -> bool:
    """Whether the cell is one row's: a merged one is spread over its rows."""
    return sum(row[column].sources == cell.sources for row in printed.rows) == 1


# ---- what the readings say


def numbers(readings: Iterable[Reading]) -> Iterator[tuple[Decimal, Reading]]:
    """The numbers that legible readings state alone, whole or to the fen, each with the surest reading of it."""
    surest: dict[Decimal, Reading] = {}
    for reading in readings:
        values = figures(reading.text) if reading.confidence >= LEGIBLE else None
        if values and len(values) == 1:
            to_fen = TO_FEN.match(plain(values[0]))
            for value in (*values, *([Decimal(to_fen[0])] if to_fen else [])):
                surest[value] = max(reading, surest.get(value, reading), key=lambda one: one.confidence)
    yield from surest.items()


def cited(cell: Cited[str], value: Decimal, reading: Reading) -> Cited[Decimal]:
    """The value on the evidence of the reading, no surer than doubt."""
    box = around(source.box for source in cell.sources)
    return Cited(value, (Source(cell.sources[0].page, box, reading.text, min(reading.confidence, DOUBT)),))


def proves(record: Record, gap: Gap, leaf: Cited[Decimal]) -> bool:
    """Whether the line holds with the value, and would with no other; a blank that is read as 1 changes no product."""
    if leaf.value == ONE and not gap.cell.value.strip():
        return False
    tried = replaced(record, gap.path, leaf)
    found = [check for name, rule in checks.rules() if name == PROVES for check in rule(tried)]
    return bool(graph_of(tried, found).confirming(leaf))


def check_of(gap: Gap, leaf: Cited[Decimal]) -> Check:
    name, read = name_of(gap.path), gap.cell.value
    [source] = leaf.sources
    message = Message(
        f"{name.zh}第一遍没有读出（「{read}」），再次识读读作「{source.text}」，与本行算式相符，请核对原件",
        f"{name.en} could not be read at first ({read}); a second reading is {source.text}, and the line holds with it",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="info")
