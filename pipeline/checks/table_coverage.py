"""coverage.tables: every figure that a price table prints is claimed by a line, or somebody is told.

A column whose heading was lost holds no quantities any more, a line that looks like a heading is no line, the end of a
torn figure stands beside its table, and two figures may stand in each other's column, where their product is the same.
None of this breaks an equation for certain. The table as printed shows it: figures that no value of the table was read
from, and a line whose price and quantity are printed as all other lines print the other.

>>> STRAY.fullmatch("¥5,928.00") is not None, NO_FIGURE.search("税率(%)") is not None, NO_FIGURE.search("") is not None
(True, True, False)
"""

from __future__ import annotations

import bisect
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.checks._stated import walk
from pipeline.checks._table_rows import DISCOUNT, TAX, printed_table
from pipeline.model.check import Check, Message, Missing, passed, rule, unverified
from pipeline.model.lower import cited
from pipeline.model.record import LineItem, LineItemTable, Record, TableRecord
from pipeline.model.source import Box, Cited, Source, around
from pipeline.text.numbers import parse_decimal, parse_money

Row = Sequence[Cited[str]]

STRAY = re.compile(r"[¥￥]?\d[\d,，.]*")
# Columns of numbers that are neither price nor count.
NO_FIGURE = re.compile(
    r"序|号|编码|代码|税|率|折扣|优惠|比例|占比|系数|权重|得?分|页|日期|时间|年份|型号|规格|参数|备注|说明|电话|单位|名称|内容|要求"
    r"|上限|下限|限价|预算|原价|市场价|指导价"
)
NO_LINE = re.compile(r"[合总小共]\s*计|总[价额]|不含税|大写|其中|本页|累计|备注|说明|注[:：]")
GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]?")
LEAST_OTHERS = 2  # lines that show how a table prints its prices and quantities
NEAR = 1.5  # a stray figure stands within so many of its own heights of the table


@dataclass(frozen=True, slots=True)
class Claims:
    """The centres (y, x) of all that was read from one price table, by page, from top to bottom."""

    centres: Mapping[int, Sequence[tuple[float, float]]]

    @classmethod
    def of(cls, node: Any) -> Claims:
        found: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for leaf in cited(node):
            for source in leaf.sources:
                x, y = source.box.center
                found[source.page].append((y, x))
        return cls({page: sorted(centres) for page, centres in found.items()})

    def hold(self, cell: Cited[str]) -> bool:
        """Whether anything was read from the cell."""
        return any(s.box.x0 <= x <= s.box.x1 for s in cell.sources for _, x in self.beside(s))

    def beside(self, source: Source) -> Sequence[tuple[float, float]]:
        """The centres at a source's height."""
        centres = self.centres.get(source.page, ())
        start = bisect.bisect_left(centres, (source.box.y0, -math.inf))
        return centres[start : bisect.bisect_right(centres, (source.box.y1, math.inf))]


@rule("coverage.tables", "warning")
def coverage_tables(record: Record) -> Iterator[Check]:
    """Every price table, its columns and rows as printed, and what stands loose beside it."""
    for number, table in enumerate(record.line_item_tables, 1):
        printed, claims = printed_table(record, table), Claims.of(table)
        if printed is None:
            continue
        found = [
            *unnamed(printed, table, claims, number),
            *overlooked(printed, table, claims, number),
            *strays(record, printed, table, number),
            *exchanged(table),
        ]
        yield from found
        if not found:
            message = Message(f"价格表{number}的数字均已归入各行", f"price table {number}: every figure is a line's")
            yield passed((table,), message)


def unnamed(printed: TableRecord, table: LineItemTable, claims: Claims, number: int) -> Iterator[Check]:
    """Columns of figures that no line has, under a heading that does not say what else they are."""
    for index, heading in enumerate(printed.header):
        cells = [row[index] for row in printed.rows if index < len(row)]
        figures = [cell for cell in cells if parse_decimal(cell.value) is not None]
        known = NO_FIGURE.search(heading.value) or any(map(claims.hold, figures))
        most = 2 * len(figures) > min(len(cells), len(table.items))  # rows of totals have none
        if not known and most and len(figures) >= min(2, len(table.items)):
            name = f"「{heading.value}」" if heading.value else f"第{index + 1}"
            message = Message(
                f"价格表{number}的{name}列全是数字，但未归入任何一项",
                f"price table {number}: the figures of column {heading.value or index + 1} belong to no value",
            )
            yield unverified((heading, *table.items), message, severity="info")


def overlooked(printed: TableRecord, table: LineItemTable, claims: Claims, number: int) -> Iterator[Check]:
    """Rows with a sum that are no line, no total and no discount."""
    sums = Claims.of(tuple((item.unit_price, item.amount) for item in table.items))
    priced = {index for row in printed.rows for index, cell in enumerate(row) if sums.hold(cell)}
    above: Row = ()
    for row in printed.rows:
        own = [row[i] for i in sorted(priced) if i < len(row) and row[i] not in above]
        lost = next((cell for cell in own if parse_money(cell.value) is not None), None)
        if lost and not any(map(claims.hold, row)) and not is_no_line(row):
            message = Message(
                f"价格表{number}有一行（{lost.value}）未作为分项读出，请确认",
                f"price table {number}: a row ({lost.value}) was not read as a line",
            )
            yield unverified((Missing(table, "items"), lost), message, severity="info")
        above = row


def is_no_line(row: Row) -> bool:
    """Whether the row heads a group, or says that it sums up, discounts, taxes or explains."""
    label = next((cell.value for cell in row if cell.value and parse_decimal(cell.value) is None), "")
    return GROUP.fullmatch(label) is not None or any(p.search(label) for p in (NO_LINE, DISCOUNT, TAX))


def strays(record: Record, printed: TableRecord, table: LineItemTable, number: int) -> Iterator[Check]:
    """Figures without a word that stand among the clauses, close to the table: torn off one of its cells."""
    areas = areas_of(printed)
    for section in walk(record.sections):
        loose = [source for source in (section.text.sources if section.text else ()) if is_stray(source, areas)]
        if loose:
            listed = "、".join(source.text for source in loose[:3])
            message = Message(
                f"价格表{number}旁有未归入单元格的数字{listed}",
                f"figures that belong to no cell stand beside price table {number}: {listed}",
            )
            yield unverified((Missing(table, "total"), *table.items, section.text), message)


def areas_of(printed: TableRecord) -> dict[int, Box]:
    """Where the table stands on each of its pages."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for cell in (*printed.header, *(cell for row in printed.rows for cell in row)):
        for source in cell.sources:
            boxes[source.page].append(source.box)
    return {page: around(found) for page, found in boxes.items()}


def is_stray(source: Source, areas: Mapping[int, Box]) -> bool:
    area, near = areas.get(source.page), NEAR * source.box.height
    if area is None or not STRAY.fullmatch(source.text.strip()):
        return False
    return Box(area.x0 - near, area.y0 - near, area.x1 + near, area.y1 + near).holds(*source.box.center)


def exchanged(table: LineItemTable) -> Iterator[Check]:
    """Lines whose price is printed as all others print quantities, and the other way round."""
    items = [item for item in table.items if item.unit_price and item.quantity]
    usual = [item for item in items if fraction(item.unit_price) and not fraction(item.quantity)]
    for item in items:
        swapped = fraction(item.quantity) and not fraction(item.unit_price)
        if swapped and len(usual) >= LEAST_OTHERS and len(usual) == len(items) - 1:
            message = Message(
                f"「{name_of(item)}」的单价和数量像是互换了位置",
                f"price and quantity of {name_of(item)} seem exchanged",
            )
            yield unverified((item, item.unit_price, item.quantity), message, severity="info")


def fraction(leaf: Cited[Any] | None) -> bool:
    """Whether the number is printed with decimals."""
    return leaf is not None and leaf.value.as_tuple().exponent < 0


def name_of(item: LineItem) -> str:
    return item.name.value if item.name else item.seq.value if item.seq else "?"
