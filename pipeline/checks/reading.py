"""table.reading: where a price table's own arithmetic says what its columns hold, the record says so.

Worn scans misread the name of a column by a character (`数量` as `数贷`) or lose it. Its figures are read all the same
where price x quantity x periods makes the amounts with them in that place and in no other: the arithmetic chooses among
readings of what is printed, it never mends a figure. Such a choice passes with its evidence as `assumption`, for a
person to see; where the lines don't bear it out, it is `unverified`.

>>> column_of(("名称", "数贷"), str.isdigit, [("主机", "12"), ("存储", "8")])
1
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.checks._operands import HALF_FEN, term_months
from pipeline.checks._products import verdicts
from pipeline.checks._table_rows import printed_table
from pipeline.checks.line import FIELDS
from pipeline.checks.table_coverage import Claims
from pipeline.model.check import Check, Message, passed, rule, unverified
from pipeline.model.record import LineItem, LineItemTable, Record, TableRecord
from pipeline.model.source import Cited
from pipeline.text.roles import Role, allows

T = TypeVar("T")

FIGURES: tuple[Role, ...] = ("unit_price", "quantity", "periods", "amount")


@rule("table.reading", "info")
def table_reading(record: Record) -> Iterator[Check]:
    """Every column of figures whose header does not say what its figures were read as."""
    months = term_months(record.contract.term)
    for number, table in enumerate(record.line_item_tables, 1):
        printed = printed_table(record, table)
        if printed is None or not printed.header:
            continue
        held = sum(verdict.status == "pass" for verdict in verdicts(table, months))
        for role in FIGURES:
            header = header_of(printed, table, role)
            if header is not None and not allows(header.value, role):
                proven = sum(map(needs_periods, table.items)) if role == "periods" else held
                yield chosen(table, number, role, header, proven, len(table.items))


def needs_periods(item: LineItem) -> bool:
    """Whether the amount is price x quantity x periods: without a quantity the periods may be one, and periods that
    only describe are borne out by nothing."""
    price, quantity, periods, amount = (
        leaf.value if leaf else None for leaf in (item.unit_price, item.quantity, item.periods, item.amount)
    )
    if price is None or quantity is None or periods is None or amount is None or periods == 1:
        return False
    return abs(price * quantity * periods - amount) <= HALF_FEN


def header_of(printed: TableRecord, table: LineItemTable, role: Role) -> Cited[str] | None:
    """The header of the column that the table's figures of one kind stand in."""
    claims = Claims.of(tuple(getattr(item, role) for item in table.items))
    index = column_of(printed.header, claims.hold, printed.rows)
    return None if index is None else printed.header[index]


def column_of(header: Sequence[T], hold: Callable[[T], bool], rows: Sequence[Sequence[T]]) -> int | None:
    """The column most of whose cells hold the figures."""
    counts = Counter(i for row in rows for i, cell in enumerate(row[: len(header)]) if hold(cell))
    return counts.most_common(1)[0][0] if counts else None


def chosen(table: LineItemTable, number: int, role: Role, header: Cited[str], held: int, lines: int) -> Check:
    """What a column was taken for, and how many lines bear it out."""
    zh, en = FIELDS[role]
    name = f"「{header.value}」" if header.value else "（无列名）"
    message = Message(
        f"价格表{number}的列{name}按{zh}读取：{lines}行中{held}行的算式成立",
        f"price table {number}: column {header.value or 'without a name'} was read as {en}: "
        f"the product holds for {held} of {lines} lines",
    )
    assumption = {"field": role, "column": header.value, "lines": f"{held}/{lines}", "basis": "arithmetic"}
    make = passed if 2 * held >= lines else unverified
    return make((table, header), message, assumption=assumption, severity="info")
