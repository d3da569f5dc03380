"""Lines and tables that are parts of others, so that their sums must not be added twice.

Summaries print `3 其他项目费 140000` and below it `3.1 其中：暂列金额 80000`, `3.2 其中：暂估价 60000`: the parts stand
beside the line that holds them. And the last of several price tables may end with the total of all (总计（表1+表2）,
测算合计).

>>> from pipeline.model.lift import Lifter
>>> rows = [("其他项目费", "140"), ("其中：暂列金额", "80"), ("其中：暂估价", "60"), ("规费", "9")]
>>> items = tuple(Lifter({}).node(LineItem, {"name": name, "amount": amount}, "") for name, amount in rows)
>>> [(whole.name.value, len(parts)) for whole, parts in groups(items)]
[('其他项目费', 2), ('规费', 0)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from pipeline.checks._operands import operand, present
from pipeline.model.check import Check, Message, passed, plain, unverified, value_of
from pipeline.model.record import LineItem, LineItemTable

Group: TypeAlias = tuple[LineItem, tuple[LineItem, ...]]

PART = re.compile(r"(?:[\d.．]+|[（(]\d+[）)])?、?其中[：:]?")


def groups(items: Sequence[LineItem]) -> tuple[Group, ...]:
    """Each line with those below it that are its parts."""
    out: list[tuple[LineItem, list[LineItem]]] = []
    for item in items:
        if out and is_part(item):
            out[-1][1].append(item)
        else:
            out.append((item, []))
    return tuple((whole, tuple(parts)) for whole, parts in out)


def is_part(item: LineItem) -> bool:
    return item.name is not None and PART.match(item.name.value) is not None


def summed(table: LineItemTable) -> tuple[LineItem, ...]:
    """The lines that make the table's total: those that are no parts, unless only all together make it."""
    wholes = tuple(whole for whole, _ in groups(table.items))
    total = value_of(table.total)
    return table.items if total is not None and sum_of_lines(table.items) == total else wholes


def sum_of_lines(items: Sequence[LineItem]) -> Decimal | None:
    """The sum of the printed amounts; None where one is missing or there are none."""
    amounts = [value_of(item.amount) for item in items]
    return sum(amounts, Decimal(0)) if amounts and None not in amounts else None


def total_of_all(tables: Sequence[LineItemTable]) -> LineItemTable | None:
    """The last table, where its total is that of the tables up to it and not that of its own lines; else None."""
    if len(tables) < 2 or tables[-1].total is None:
        return None
    own = [sum_of_lines(summed(table)) for table in tables]
    sums = [value for value in own if value is not None]
    total = tables[-1].total.value
    return tables[-1] if len(sums) == len(tables) and total == sum(sums, Decimal(0)) != sums[-1] else None


def of_all(tables: Sequence[LineItemTable], last: LineItemTable) -> Check:
    """The last table ends with the total of all tables."""
    lines = [item for table in tables for item in summed(table)]
    message = Message(
        f"{len(tables)}个价格表共{len(lines)}行，合价之和与最后一表的总计一致",
        f"the {len(lines)} amounts of {len(tables)} price tables add up to the total below the last",
    )
    return passed((*present(last.total), *(operand(item, "amount") for item in lines)), message)


def parts_of(table: LineItemTable, number: int) -> Iterator[Check]:
    """The lines below another (其中：…) make it, or some of it."""
    for whole, parts in groups(table.items):
        made = sum_of_lines(parts)
        if not parts or summed(table) is table.items:
            continue
        refs = (operand(whole, "amount"), *(operand(part, "amount") for part in parts))
        if whole.amount is not None and made == whole.amount.value:
            message = Message(
                f"价格表{number}：其中{len(parts)}项之和{plain(made)}与所属项一致",
                f"price table {number}: {len(parts)} parts add up to {plain(made)}, as their line",
            )
            yield passed(refs, message, assumption={"basis": "parts"})
        else:
            message = Message(
                f"价格表{number}：「其中」各项只是所属项的一部分，无法核对",
                f"price table {number}: the parts listed below a line do not make it, can't be checked",
            )
            yield unverified((*refs, *parts), message)
