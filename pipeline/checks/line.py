"""line.product: unit price x quantity x periods = amount, for every line of every price table.

A line is judged by its table's convention (checks._products). One that passes only by a factor of its own, or only
because its unit price may be rounded, leaves price and quantity unconfirmed: an `unverified` of severity "info" says
so.

>>> from pipeline.model.lift import Lifter
>>> data = {"table_id": "t1", "items": [{"unit_price": "5", "quantity": "3", "amount": "16"}]}
>>> [check] = line(verdicts(Lifter({}).node(LineItemTable, data, ""), months=None)[0], 1)
>>> check.message.zh, check.difference
('第1行：单价5×数量3=15，但合价为16', '1.00')
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import fen, operands, present, term_months
from pipeline.checks._products import Verdict, lacking, verdicts, wanted
from pipeline.checks._table_rows import charged, has_blank_periods, has_discounts
from pipeline.model.check import Check, Message, Missing, Ref, mismatch, passed, plain, rule, unverified, value_of
from pipeline.model.record import LineItem, LineItemTable, Record

UNITS = {"month": ("个月", "months"), "year": ("年", "years"), "day": ("天", "days"), "time": ("次", "times")}
FIELDS = {"unit_price": ("单价", "unit price"), "quantity": ("数量", "quantity"), "periods": ("期数", "periods"),
          "amount": ("合价", "amount")}  # fmt: skip
BASES = {
    "contract.term": ("（合同期限）", " (the contract's term)"),
    "tax": ("（加税）", " (with tax)"),
    "table": ("（全表共同的倍数）", " (a factor of the whole table)"),
    "line": ("（仅此行需要的倍数）", " (a factor of this line alone)"),
    "periods_in_months": ("（期限折合的月数）", " (the period in months)"),
}
LONGEST_NAME = 20
LISTED = 5  # lines in one message
ZERO = Decimal(0)


@rule("line.product", "error")
def line_product(record: Record) -> Iterator[Check]:
    """Every line by its table's convention; what a line lacks, or confirms only weakly, stays unverified."""
    months = term_months(record.contract.term)
    for table in record.line_item_tables:
        found = verdicts(charged(record, table), months)
        places = {id(item): number for number, item in enumerate(table.items, 1)}
        given = {id(item) for item in table.items} - {id(verdict.item) for verdict in found}
        yield from without_periods(record, table, given)
        absent = absent_columns(table, found)
        if absent:
            yield column_missing(table, absent)
            continue
        discounted = has_discounts(record, table)
        for verdict in found:
            number = places[id(verdict.item)]
            yield from (
                line(verdict, number) if not discounted or verdict.status != "mismatch" else open_(verdict, number)
            )
        yield from (for_nothing(item, places[id(item)]) for item in table.items if id(item) in given)
        yield from describing(found, months)


def without_periods(record: Record, table: LineItemTable, given: set[int]) -> Iterator[Check]:
    """Lines whose period is blank in a table that has periods: one period changes no product, so that one that was not
    read would stay unseen."""
    blank = [(number, item) for number, item in enumerate(table.items, 1) if not item.periods and id(item) not in given]
    if not blank or not (any(item.periods for item in table.items) or has_blank_periods(record, table)):
        return
    shown = "、".join(str(number) for number, _ in blank[:LISTED])
    more = len(blank) > LISTED
    message = Message(
        f"第{shown}{f'等{len(blank)}' if more else ''}行没有读出期数，请确认",
        f"lines {shown}{f' and others, {len(blank)} in all,' if more else ''} have no period",
    )
    yield unverified(tuple(Missing(item, "periods") for _, item in blank), message, severity="info")


def line(verdict: Verdict, number: int) -> Iterator[Check]:
    """The line's own check, and what it leaves open."""
    label = named(verdict.item, number)
    if verdict.status == "missing":
        yield missing(verdict, label)
    elif verdict.status == "mismatch":
        yield undecided(verdict, label) if verdict.basis == "rounded_unit_price" else different(verdict, label)
    else:
        message = agreement(verdict, label)
        yield passed(refs(verdict), message, assumption=verdict.assumption)
        if verdict.weak:
            yield weak(verdict, label)
        elif verdict.exact == ZERO and verdict.item.quantity:
            yield free(verdict, label)


def open_(verdict: Verdict, number: int) -> Iterator[Check]:
    """A line whose discount stands in a column that the record does not keep."""
    label, (zh, en) = named(verdict.item, number), equation(verdict)
    message = Message(
        f"{label.zh}：{zh}，合价{amount(verdict)}可能已打折，无法核对",
        f"{label.en}: {en}, the amount {amount(verdict)} may have been discounted",
    )
    yield unverified(refs(verdict), message)


def agreement(verdict: Verdict, label: Message) -> Message:
    if verdict.basis == "rounded_unit_price":
        return Message(
            f"{label.zh}：单价视为舍入后的数时，与合价{amount(verdict)}一致",
            f"{label.en}: agrees with {amount(verdict)} if the unit price is taken to be rounded",
        )
    zh, en = equation(verdict)
    return Message(f"{label.zh}：{zh}，与合价{amount(verdict)}一致", f"{label.en}: {en} agrees with {amount(verdict)}")


def different(verdict: Verdict, label: Message) -> Check:
    zh, en = equation(verdict)
    message = Message(
        f"{label.zh}：{zh}，但合价为{amount(verdict)}", f"{label.en}: {en}, but the amount is {amount(verdict)}"
    )
    assert verdict.exact is not None
    return mismatch(refs(verdict), message, fen(verdict.exact), value_of(verdict.item.amount))


def undecided(verdict: Verdict, label: Message) -> Check:
    """A line whose unit price may be rounded, in a table whose amounts were not all read."""
    zh, en = equation(verdict)
    message = Message(
        f"{label.zh}：{zh}，合价为{amount(verdict)}；单价可能是舍入后的数，但有的行没有读出合价，合计无法印证",
        f"{label.en}: {en}, the amount is {amount(verdict)}; the unit price may be rounded, but amounts of other lines"
        " were not read, so that the total can't confirm it",
    )
    return unverified(refs(verdict), message)


def missing(verdict: Verdict, label: Message) -> Check:
    names = lacking(verdict)
    zh, en = "、".join(FIELDS[name][0] for name in names), ", ".join(FIELDS[name][1] for name in names)
    message = Message(f"{label.zh}：缺少{zh}，无法核对", f"{label.en}: {en} missing, can't be checked")
    return unverified(refs(verdict), message)


def weak(verdict: Verdict, label: Message) -> Check:
    message = Message(
        f"{label.zh}：算式需要假定才成立，单价和数量未得到独立印证",
        f"{label.en}: holds only by an assumption, so price and quantity stay unconfirmed",
    )
    return unverified(operands(verdict.item, "unit_price", "quantity"), message, severity="info")


def free(verdict: Verdict, label: Message) -> Check:
    """A line given for nothing: nought times any count is nought."""
    message = Message(f"{label.zh}：合价为0，数量未得到印证", f"{label.en}: is free, so its quantity stays unconfirmed")
    return unverified(present(verdict.item.quantity, verdict.item.periods), message, severity="info")


def for_nothing(item: LineItem, number: int) -> Check:
    """A line whose row says 免费 or 赠送 where others have their sums: nothing confirms what else stands in it."""
    label = named(item, number)
    message = Message(f"{label.zh}：写明免费，不计入合计", f"{label.en}: is printed as free and adds nothing")
    others = present(item.unit_price, item.quantity, item.periods)
    return unverified((*operands(item, "amount"), *others), message, severity="info")


def absent_columns(table: LineItemTable, found: tuple[Verdict, ...]) -> tuple[str, ...]:
    """The operands that no line of the table has, though its convention needs them: then it has no equation at all."""
    return tuple(
        name
        for name in ("unit_price", "quantity", "amount")
        if any(verdict.counted or name != "quantity" for verdict in found)
        and all(getattr(item, name) is None for item in table.items)
    )


def column_missing(table: LineItemTable, names: tuple[str, ...]) -> Check:
    """One check for the whole table, so that a list of lump sums isn't a list of complaints."""
    zh, en = "、".join(FIELDS[name][0] for name in names), ", ".join(FIELDS[name][1] for name in names)
    message = Message(
        f"价格表共{len(table.items)}行，均无{zh}，无法逐行核对",
        f"{len(table.items)} lines without {en}, can't be checked",
    )
    shown = [name for name in ("unit_price", "quantity", "amount") if name != "amount" or name in names]
    every = tuple(ref for item in table.items for ref in operands(item, *shown) + present(item.periods))
    return unverified(every, message, severity="info" if "amount" not in names else "error")


def describing(found: tuple[Verdict, ...], months: int | None) -> Iterator[Check]:
    """A period column that does not multiply stands in no equation, unless the term confirms it (term.months)."""
    open_ = tuple(
        verdict.item.periods
        for verdict in found
        if verdict.basis == "periods_describe" and (months is None or verdict.item.period_unit not in ("month", "year"))
    )
    if present(*open_):
        message = Message(
            "期限列不参与计算，也没有可核对的合同期限", "the period column enters no equation and no term confirms it"
        )
        yield unverified(present(*open_), message, severity="info")


def refs(verdict: Verdict) -> tuple[Ref, ...]:
    return operands(verdict.item, *wanted(verdict))


def amount(verdict: Verdict) -> str:
    return plain(value_of(verdict.item.amount))


def equation(verdict: Verdict) -> tuple[str, str]:
    """The left side with its numbers, in both languages: 单价0.22×数量27000×12个月=71280.00."""
    item = verdict.item
    price, exact = plain(value_of(item.unit_price)), plain(verdict.exact or ZERO)
    quantity = plain(value_of(item.quantity)) if verdict.counted else ""
    counted, times = (f"×数量{quantity}", f" x quantity {quantity}") if quantity else ("", "")
    zh, en = factor(verdict)
    return f"单价{price}{counted}{zh}={exact}", f"unit price {price}{times}{en} = {exact}"


def factor(verdict: Verdict) -> tuple[str, str]:
    """The periods as they multiply; nothing where they don't."""
    if verdict.basis == "periods_describe" or (verdict.factor == 1 and not verdict.printed):
        return "", ""
    number = plain(verdict.factor)
    zh, en = BASES.get(verdict.basis or "", ("", ""))
    if verdict.printed and not zh:
        zh, unit = UNITS.get(verdict.item.period_unit or "", ("", ""))
        en = f" {unit}"
    return f"×{number}{zh}", f" x {number}{en}".rstrip()


def named(item: LineItem, number: int) -> Message:
    """The line as a clerk finds it: 第4行「高性能存储」."""
    seq = item.seq.value if item.seq else str(number)
    name = item.name.value if item.name else ""
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return Message(f"第{seq}行「{short}」", f"line {seq} ({short})") if name else Message(f"第{seq}行", f"line {seq}")
