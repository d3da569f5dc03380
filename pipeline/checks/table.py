"""table.sum and table.contract_total: the lines make the table's total, and the tables' totals make the contract's.

Totals are rounded in two ways, and both occur: the sum of the printed amounts, or the rounded sum of the unrounded
products. A contract may have several price tables that add up to its total, or a summary beside its parts. A sum that
does not fit puts its entries in doubt, not only the figures that were added: a line's price and amount, or a sum's
figures and words, may be misread alike.

>>> from pipeline.model.lift import Lifter
>>> data = {"table_id": "t1", "items": [{"amount": "5.10"}, {"amount": "3.20"}], "total": "8.30"}
>>> sum_of(Lifter({}).node(LineItemTable, data, ""), 1, None).message.zh
'价格表1：2行合价之和为8.30，与合计一致'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import FEN, KINDS, agrees, fen, operand, operands, present, term_months
from pipeline.checks._parts import of_all, parts_of, sum_of_lines, summed, total_of_all
from pipeline.checks._products import verdicts
from pipeline.checks._stated import stated_in, text_of, walk
from pipeline.checks._table_rows import (
    adjustments,
    brought_down,
    charged,
    printed_table,
    restated,
    unread,
    unread_adjustments,
)
from pipeline.checks._tax import rate_of
from pipeline.model.check import Check, Message, Missing, Ref, mismatch, passed, plain, rule, unverified, value_of
from pipeline.model.record import Amount, LineItemTable, Number, Record
from pipeline.model.source import Cited

TEN_THOUSAND = Decimal(10_000)


@rule("table.sum", "error")
def table_sum(record: Record) -> Iterator[Check]:
    """The lines' amounts add up to the table's total."""
    months = term_months(record.contract.term)
    tables = tuple(charged(record, table) for table in record.line_item_tables)
    last = total_of_all(tables)
    for number, table in enumerate(tables, 1):
        if table is last:
            yield of_all(tables, last)
        elif table.items or table.total:
            yield sum_of(table, number, months)
        yield from parts_of(table, number)


def sum_of(table: LineItemTable, number: int, months: int | None) -> Check:
    """One table's sum against its total."""
    printed, total = printed_sum(table), value_of(table.total)
    lines = summed(table)
    refs: tuple[Ref, ...] = (operand(table, "total"), *(operand(item, "amount") for item in lines))
    least = sum((amount for item in lines if (amount := value_of(item.amount))), Decimal(0))
    if printed is None and total is not None and least > total:
        message = Message(
            f"价格表{number}：有的行没有合价，其余各行合价之和{plain(least)}已超过合计{plain(total)}",
            f"price table {number}: without one, its amounts {plain(least)} exceed its total {plain(total)}",
        )
        return mismatch((*refs, *table.items), message, fen(least), total)
    if printed is None or total is None:
        lost = "没有合计" if total is None else "有的行没有合价"
        missing = "its total" if total is None else "an amount"
        return unverified(
            (*refs, *table.items),
            Message(f"价格表{number}{lost}，无法核对合计", f"price table {number} lacks {missing}, can't be summed"),
        )
    numbers = f"{len(lines)}行合价之和为{plain(printed)}"
    english = f"{len(lines)} amounts add up to {plain(printed)}"
    if printed == total:
        return passed(
            refs, Message(f"价格表{number}：{numbers}，与合计一致", f"price table {number}: {english}, as its total")
        )
    exact = exact_sum(table, months)
    if exact is not None and agrees(exact, total):
        message = Message(
            f"价格表{number}：各行未舍入之积的和{plain(exact)}舍入后与合计{plain(total)}一致",
            f"price table {number}: the unrounded sum {plain(exact)} is, rounded, its total {plain(total)}",
        )
        return passed(refs, message, assumption={"basis": "rounded_sum"})
    message = Message(
        f"价格表{number}：{numbers}，但合计为{plain(total)}",
        f"price table {number}: {english}, but its total is {plain(total)}",
    )
    return mismatch((*refs, *table.items), message, fen(printed), total)


def printed_sum(table: LineItemTable) -> Decimal | None:
    """The sum of the printed amounts, None where one is missing or there are none."""
    return sum_of_lines(summed(table))


def exact_sum(table: LineItemTable, months: int | None) -> Decimal | None:
    """The sum of the unrounded products, None unless every line passes."""
    counted = set(map(id, summed(table)))
    lines = [line for line in verdicts(table, months) if id(line.item) in counted]
    exact = [line.exact for line in lines if line.status == "pass" and line.exact is not None]
    return sum(exact, Decimal(0)) if len(exact) == len(lines) else None


@rule("table.contract_total", "error")
def table_contract_total(record: Record) -> Iterator[Check]:
    """Every statement of the total and the award agree, and the price tables make the total."""
    first = next((a for a in statements(record) if stated(a) is not None), None)
    leaf = stated(first) if first else None
    if first is None or leaf is None:
        totals = present(*(table.total for table in record.line_item_tables))
        tables = () if record.line_item_tables else (Missing(record, "line_item_tables"),)
        yield unverified(
            (Missing(record, "amounts"), *tables, *totals),
            Message("没有找到合同总价，无法核对", "no contract total found, can't be checked"),
        )
        return
    for other in statements(record):
        if other is not first:
            yield statement(first, leaf, other)
    yield from tables_make(record, first, leaf)
    for table in unread(record):
        message = Message(
            f"第{table.pages[0]}页的表格像价格表，但没有逐行读出，无法核对",
            f"the table on page {table.pages[0]} looks priced, but its lines were not read",
        )
        yield unverified((Missing(record, "line_item_tables"),), message)


def statements(record: Record) -> list[Amount]:
    """The clauses that state the contract's total or the award, totals first."""
    return sorted((a for a in record.amounts if a.kind != "other"), key=lambda a: a.kind == "award")


def stated(amount: Amount) -> Number:
    return amount.figures or amount.words_value


def statement(first: Amount, leaf: Cited[Decimal], other: Amount) -> Check:
    """A further statement against the first."""
    zh, en = KINDS[other.kind]
    second = stated(other)
    if second is None:
        message = Message(
            f"另一处{zh}没有可读的金额，无法核对", f"another statement of the {en} has no readable amount"
        )
        return unverified((leaf, *operands(other, "figures", "words_value")), message)
    numbers = f"{plain(second.value)}与合同总价{plain(leaf.value)}"
    english = f"{en} {plain(second.value)}"
    if second.value == leaf.value:
        return passed((leaf, second), Message(f"{zh}{numbers}一致", f"{english} agrees with the contract total"))
    message = Message(f"{zh}{numbers}不一致", f"{english} differs from the contract total {plain(leaf.value)}")
    return mismatch((second, leaf, other, first), message, leaf.value, second.value)


def tables_make(record: Record, first: Amount, leaf: Cited[Decimal]) -> Iterator[Check]:
    """One table that is the total, several that add up to it, or both: a summary beside its parts."""
    last = total_of_all(record.line_item_tables)
    stating = (last,) if last else record.line_item_tables
    tables = [table for table in stating if worth(table) is not None]
    lost = [table for table in stating if worth(table) is None]
    equal = [table for table in tables if worth(table) == leaf.value]
    rest = [table for table in tables if table not in equal]
    if not record.line_item_tables:
        message = Message(
            "没有找到价格表，合同总价未经分项印证", "no price table found that could confirm the contract total"
        )
        yield unverified((Missing(record, "line_item_tables"),), message, severity="info")
    for table in equal:
        yield passed(
            (leaf, *evidence(table)),
            Message(f"价格表合计与合同总价{plain(leaf.value)}一致", "a price table's total is the contract's"),
        )
    if rest and not lost and sum_of_worths(rest) == leaf.value:
        message = Message(
            f"{len(rest)}个价格表的合计之和与合同总价{plain(leaf.value)}一致",
            f"{len(rest)} price tables add up to the contract total",
        )
        yield passed((leaf, *(ref for table in rest for ref in evidence(table))), message)
    elif rest and (equal or lost):
        message = Message(
            "其余价格表的合计与合同总价没有可核对的关系",
            "the other price tables' totals can't be related to the contract total",
        )
        yield unverified(tuple(ref for table in rest for ref in evidence(table)), message, severity="info")
    elif rest:
        yield (
            adjusted(record, leaf, rest)
            or adjusted_unread(record, leaf, rest)
            or net_of_tax(leaf, rest)
            or (of_another(record, leaf, rest) or unequal(record, first, leaf, rest))
        )
    for table in lost:
        message = Message(
            "价格表没有可读的合计，无法与合同总价核对",
            "a price table has no readable total to compare with the contract's",
        )
        yield unverified((leaf, first, Missing(table, "total")), message)


def adjusted(record: Record, leaf: Cited[Decimal], tables: list[LineItemTable]) -> Check | None:
    """The tables' total, less the discount or plus the tax printed below or beside it, is the contract's."""
    printed = [found for table in tables if (found := printed_table(record, table))]
    changes = [change for each in printed for change in adjustments(each)]
    change = sum((value for value, _ in changes), Decimal(0))
    made = sum_of_worths(tables)
    if changes and leaf.value in (made + change, made + change * TEN_THOUSAND):
        shown = [cell for _, cell in changes]
    else:
        alone = printed if len(tables) == 1 else []
        shown = [cell for each in alone if (cell := restated(each, made, leaf.value))]
        shown += [cell for each in alone for cell in brought_down(each, made, leaf.value)]
    if not shown:
        return None
    message = Message(
        f"价格表合计{plain(made)}经优惠、加税或折算后与合同总价{plain(leaf.value)}一致",
        f"the price tables make {plain(made)}, and the contract total by the discount, tax or periods printed there",
    )
    refs = (leaf, *(ref for table in tables for ref in evidence(table)), *shown)
    return passed(refs, message, assumption={"basis": "adjusted_total"})


def adjusted_unread(record: Record, leaf: Cited[Decimal], tables: list[LineItemTable]) -> Check | None:
    """The sum of a discount or a tax below the tables' total could not be read, so that nothing can be compared."""
    printed = [found for table in tables if (found := printed_table(record, table))]
    cells = [cell for each in printed for cell in unread_adjustments(each)]
    if not cells:
        return None
    made = plain(sum_of_worths(tables))
    message = Message(
        f"价格表合计{made}与合同总价{plain(leaf.value)}之间的优惠或税额「{cells[0].value}」未能读出，无法核对",
        f"the discount or tax between the price tables' {made} and the contract total {plain(leaf.value)} was not read",
    )
    return unverified((leaf, *(ref for table in tables for ref in evidence(table)), *cells), message)


def net_of_tax(leaf: Cited[Decimal], tables: list[LineItemTable]) -> Check | None:
    """The tables are short of the contract's total by a legal rate of tax, but say nothing of it."""
    made = sum_of_worths(tables)
    rate = rate_of(made, leaf.value, FEN * max(1, sum(len(table.items) for table in tables)))
    if rate is None or not made:
        return None
    message = Message(
        f"价格表合计{plain(made)}与合同总价{plain(leaf.value)}相差恰为{plain(rate)}%，可能是不含税价",
        f"the price tables make {plain(made)}, short of the contract total by just {plain(rate)}% of tax",
    )
    return unverified((leaf, *(ref for table in tables for ref in evidence(table))), message)


def of_another(record: Record, leaf: Cited[Decimal], tables: list[LineItemTable]) -> Check | None:
    """The tables make another sum that a clause states: they may price something beside the contract's total."""
    made = sum_of_worths(tables)
    if made not in {value for section in walk(record.sections) for value in stated_in(text_of(section))}:
        return None
    if made in {value.value for amount in statements(record) for value in present(amount.figures, amount.words_value)}:
        return None
    message = Message(
        f"价格表合计{plain(made)}与条款中的另一金额一致，而合同总价为{plain(leaf.value)}",
        f"the price tables make {plain(made)}, which a clause states beside the contract total {plain(leaf.value)}",
    )
    return unverified((leaf, *(ref for table in tables for ref in evidence(table))), message)


def unequal(record: Record, first: Amount, leaf: Cited[Decimal], tables: list[LineItemTable]) -> Check:
    """No price table and no sum of them is the total; the list itself is suspect where it makes too little."""
    actual = sum_of_worths(tables)
    what = "价格表合计" if len(tables) == 1 else f"{len(tables)}个价格表的合计之和"
    message = Message(
        f"{what}{plain(actual)}与合同总价{plain(leaf.value)}不一致",
        f"the price tables make {plain(actual)}, but the contract total is {plain(leaf.value)}",
    )
    whole: tuple[Ref, ...] = (Missing(record, "line_item_tables"),) if actual < leaf.value else ()
    lines = (item for table in tables if table.total is None for item in table.items)
    refs = (leaf, *(ref for table in tables for ref in evidence(table)), *whole, first, *lines)
    return mismatch(refs, message, leaf.value, actual)


def worth(table: LineItemTable) -> Decimal | None:
    """The table's total; where none is printed, the sum of its lines."""
    return printed_sum(table) if table.total is None else table.total.value


def evidence(table: LineItemTable) -> tuple[Ref, ...]:
    """What `worth` was taken from."""
    return present(table.total) or present(*(item.amount for item in table.items))


def sum_of_worths(tables: list[LineItemTable]) -> Decimal:
    return sum((worth(table) or Decimal(0) for table in tables), Decimal(0))
