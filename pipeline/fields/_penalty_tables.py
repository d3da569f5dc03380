"""Penalties that a table states: one a row, in a column of coefficients (惩罚系数), rates or sums.

Contracts list breaches with `序号 | 问题描述 | 惩罚系数` and figures like `200%`, or with a column such as
违约金比例, 扣款标准, 处罚金额 or 减免比例. A coefficient multiplies a price that the contract names elsewhere, so it is
kept as the percent it is. A cell that can't be read gives a penalty without a value rather than none.

>>> column_kind("惩罚系数"), column_kind("扣款金额（元）"), column_kind("单价折扣")
('coefficient', 'penalty', None)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal, TypeAlias

from pipeline.model.document import Block, Cell, Table
from pipeline.model.passage import Passage
from pipeline.model.record import Penalty
from pipeline.model.source import Cited
from pipeline.text.numbers import parse_percent
from pipeline.text.quantities import Quantity, quantities

Column: TypeAlias = Literal["coefficient", "penalty"]
Kind: TypeAlias = Literal["coefficient", "percent_of_total", "percent_per_day", "fixed"]

COEFFICIENT = re.compile("(?:惩罚|处罚|违约|扣罚|扣款|考核|赔偿|罚)[^，]{0,4}系数|系数$")
PENALTY = re.compile(
    "违约金|罚款|罚金|处罚|惩罚|扣款|扣减|扣罚|扣除|(?:赔偿|赔付|补偿|减免)(?:比例|标准|金额|费用)|赔偿金"
)
UNLIKE = re.compile("折扣|抵扣|税|调整系数|保证金")
BREACHES = re.compile("违约|处罚|惩罚|罚则|扣罚")
TRIGGER = re.compile("描述|行为|情形|事项|内容|情况|问题|事件|违约|条款|标准|要求|指标|类型")
SEQUENCE = re.compile("^(?:序号|编号|序|号|No.?)$", re.IGNORECASE)
A_DAY = re.compile("[/每][个]?[日天]|按[日天]|[日天]$")


def in_table(table: Table, block: Block) -> Iterator[Penalty]:
    """One penalty for each row of a table that has a column of penalties."""
    grid = table.grid()
    if not grid or (found := penalty_column(table, grid)) is None:
        return
    column, kind = found
    texts = heads(grid)
    sequence = next((c for c, head in enumerate(texts) if SEQUENCE.match(head)), None)
    about = trigger_column(grid, texts, {column, sequence})
    for cells in grid[max(1, table.header_rows) :]:
        if len(set(cells)) > 1 and cells[about].text and cells[about] is not cells[column]:
            yield entry(table, block, kind, cells[column], cells[about], None if sequence is None else cells[sequence])


def heads(grid: tuple[tuple[Cell, ...], ...]) -> tuple[str, ...]:
    return tuple(cell.text.text for cell in grid[0])


def column_kind(head: str) -> Column | None:
    """What a column's heading announces."""
    if UNLIKE.search(head):
        return None
    return "coefficient" if COEFFICIENT.search(head) else "penalty" if PENALTY.search(head) else None


def penalty_column(table: Table, grid: tuple[tuple[Cell, ...], ...]) -> tuple[int, Column] | None:
    """The column headed so, where its cells have figures; in a table of breaches, else, the column of rates."""
    texts = heads(grid)
    body = grid[max(1, table.header_rows) :]
    for column in reversed(range(len(texts))):
        kind = column_kind(texts[column])
        if kind and share(body, column, stated) >= 0.5:
            return column, kind
    if BREACHES.search(table.title.text):
        rates = [c for c in range(len(texts)) if share(body, c, parse_percent) > 0.7]
        return (rates[-1], "coefficient") if rates else None
    return None


def share(body: tuple[tuple[Cell, ...], ...], column: int, read: Callable[[str], object]) -> float:
    """The share of a column's cells that `read` reads."""
    found = [row[column] for row in body if read(row[column].text.text) is not None]
    return len(found) / len(body) if body else 0.0


def stated(text: str) -> Quantity | None:
    """The first rate or sum that a cell states."""
    return next((q for q in quantities(text) if q.kind in {"rate", "money"} and q.value is not None), None)


def trigger_column(grid: tuple[tuple[Cell, ...], ...], texts: tuple[str, ...], taken: set[int | None]) -> int:
    """The column that says what the penalty is for: headed so, or the wordiest."""
    free = [c for c in range(len(texts)) if c not in taken]
    named = [c for c in free if TRIGGER.search(texts[c])] or free or [0]
    return max(named, key=lambda c: sum(len(row[c].text) for row in grid[1:]))


def entry(table: Table, block: Block, kind: Column, figure: Cell, about: Cell, sequence: Cell | None) -> Penalty:
    found = stated(figure.text.text)
    value = figure.text.cite(found.start, found.end).map(lambda _: figure_of(found)) if found else None
    return Penalty(
        kind=kind_of(kind, found, figure.text),
        value=value,
        unit="CNY" if found and found.kind == "money" else "%",
        trigger=about.text.cite(),
        table=table.title.cite() if table.title else None,
        seq=number_of(sequence.text) if sequence else None,
        section=block.label or None,
        page=value.page if value else figure.page,
    )


def figure_of(found: Quantity) -> Decimal:
    return Decimal(str(found.value))


def kind_of(column: Column, found: Quantity | None, text: Passage) -> Kind:
    if found and found.kind == "money":
        return "fixed"
    if column == "coefficient":
        return "coefficient"
    return "percent_per_day" if A_DAY.search(text.text) else "percent_of_total"


def number_of(text: Passage) -> Cited[str] | None:
    """A row's number without the mark after it."""
    number = text.strip("、.．。()（） ")
    return number.cite() if number else None
