"""A line of a price table that was read twice, or lost: what a total that fails says when no figure explains it.

A row torn by a page break is read on both pages, or on neither. Twice: two neighbouring lines are alike in everything
and the sum is too large by just one of them. Lost: the lines' own numbers leave out just one, and what the sum lacks is
its amount. Pixels can't attest a whole row, so this is only ever suggested.

>>> gap(["1", "2", "4"]), gap(["1", "2", "3"]), gap(["1", "4"])
(3, None, None)
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.check import Check, Message, Missing, Suggestion, plain, value_of
from pipeline.model.record import LineItem, LineItemTable, Record


def row_suggestion(check: Check, record: Record) -> Suggestion | None:
    """What a failed sum of lines suggests; None where no row explains it."""
    if check.rule != "table.sum" or check.expected is None or check.actual is None:
        return None
    refs = {id(ref) for ref in check.refs}
    table = next((table for table in record.line_item_tables if id(table.total) in refs), None)
    excess = Decimal(check.expected) - Decimal(check.actual)
    if table is None or not excess:
        return None
    return doubled(table, excess) if excess > 0 else lost(table, -excess)


def doubled(table: LineItemTable, excess: Decimal) -> Suggestion | None:
    """The only line that repeats the one before it and makes the excess."""
    lines = table.items
    again = [i for i in range(1, len(lines)) if alike(lines[i - 1], lines[i]) and value_of(lines[i].amount) == excess]
    if len(again) != 1:
        return None
    number = again[0] + 1
    reason = Message(
        f"第{number}行与上一行完全相同，合计恰好多出其合价{plain(excess)}，可能重复读取",
        f"row {number} repeats the one before, and the sum is too large by just its amount {plain(excess)}",
    )
    return Suggestion(lines[again[0]], "", reason)


def alike(one: LineItem, other: LineItem) -> bool:
    return all(
        value_of(getattr(one, name)) == value_of(getattr(other, name))
        for name in ("name", "spec", "unit_price", "quantity", "amount")
    )


def lost(table: LineItemTable, shortage: Decimal) -> Suggestion | None:
    """The only number that the lines leave out, with what the sum lacks as its amount."""
    number = gap([item.seq.value if item.seq else "" for item in table.items])
    if number is None:
        return None
    reason = Message(
        f"序号缺第{number}行，合计恰好少{plain(shortage)}，可能漏读一行，其合价为{plain(shortage)}",
        f"line {number} is missing from the numbers; its amount would be the {plain(shortage)} that the sum lacks",
    )
    return Suggestion(Missing(table, "items"), plain(shortage), reason)


def gap(numbers: Sequence[str]) -> int | None:
    """The one number between the first and the last that is left out."""
    if not all(number.isdecimal() for number in numbers) or not numbers:
        return None
    read = [int(number) for number in numbers]
    missing = set(range(1, max(read) + 1)) - set(read)
    return missing.pop() if len(missing) == 1 and len(read) == len(set(read)) else None
