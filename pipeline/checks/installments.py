"""installments.sum and installments.percent: the payments make the contract's total, their percents make 100.

`合同签订后15个工作日内支付合同总额的70%，即人民币…元（¥774009.6）`: three statements of one payment, which guard
each other. A sum or a percent that does not fit puts the whole entry in doubt, its words too: one that was lost moves
the others up.

>>> from pipeline.model.lift import Lifter
>>> data = {"seq": 1, "percent": "70", "figures": "700.00"}
>>> total = Cited(Decimal(1000), ())
>>> share(Lifter({}).node(Installment, data, ""), total, missing=None).message.zh
'第1期付款：1000×70%=700.00，与金额一致'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import agrees, fen, operand, total_leaf
from pipeline.checks._payments import base_of, times
from pipeline.model.check import Check, Message, Missing, Ref, mismatch, passed, plain, rule, unverified, value_of
from pipeline.model.record import Installment, Record
from pipeline.model.source import Cited

HUNDRED = Decimal(100)


@rule("installments.sum", "error")
def installments_sum(record: Record) -> Iterator[Check]:
    """The instalments add up to the contract's total."""
    if not record.installments:
        message = Message("没有找到任何付款安排", "no instalment found in any clause or table")
        yield unverified((Missing(record, "installments"),), message, severity="info")
        return
    total = total_leaf(record)
    figures = [value_of(entry.figures) for entry in record.installments]
    refs: tuple[Ref, ...] = tuple(operand(entry, "figures") for entry in record.installments)
    if total is None:
        yield unverified(
            (*refs, Missing(record, "amounts")),
            Message("没有合同总价，各期付款之和无法核对", "no contract total to compare the instalments with"),
        )
    elif None in figures:
        yield without_figures(record, refs)
    else:
        yield total_of(record, total, sum(figures, Decimal(0)), refs)


def total_of(record: Record, total: Cited[Decimal], made: Decimal, refs: tuple[Ref, ...]) -> Check:
    """The sum against the total; the list itself is suspect where it makes too little."""
    numbers, english = f"{len(refs)}期付款之和{plain(made)}", f"{len(refs)} instalments add up to {plain(made)}"
    if made == total.value:
        return passed((total, *refs), Message(f"{numbers}与合同总价一致", f"{english}, as the contract total"))
    if doubt := unlike(record, total):
        return unverified((*refs, Missing(record, "installments")), doubt)
    message = Message(
        f"{numbers}与合同总价{plain(total.value)}不一致", f"{english}, but the contract total is {plain(total.value)}"
    )
    whole: tuple[Ref, ...] = (Missing(record, "installments"),) if made < total.value else ()
    stated = tuple(amount for amount in record.amounts if total is amount.figures or total is amount.words_value)
    return mismatch((*refs, total, *whole, *record.installments, *stated), message, total.value, made)


def unlike(record: Record, total: Cited[Decimal]) -> Message | None:
    """Why the instalments need not make the total by themselves."""
    if count := times(record.installments, "figures", total.value):
        return Message(
            f"按期重复的付款支付{count}次时与合同总价一致，请确认次数",
            f"the instalments make the contract total if those that recur are paid {count} times",
        )
    if base := base_of(record, total):
        return Message(
            f"各期付款是{plain(base)}元的比例，合同总价的其余部分没有付款安排",
            f"the instalments are shares of {plain(base)}, the rest of the contract total has none",
        )
    return None


def without_figures(record: Record, refs: tuple[Ref, ...]) -> Check:
    """Some instalments state no figures; harmless where all are stated as percents that make 100."""
    percents = [value_of(entry.percent) for entry in record.installments]
    complete = None not in percents and sum(percents, Decimal(0)) == HUNDRED
    count = sum(entry.figures is None for entry in record.installments)
    message = Message(
        f"{count}期付款没有写明金额，无法核对总和", f"{count} instalments state no figures, can't be summed"
    )
    without = tuple(entry for entry in record.installments if entry.figures is None)
    whole: tuple[Ref, ...] = without if complete else (Missing(record, "installments"), *record.installments)
    return unverified(refs + whole, message, severity="info" if complete else "error")


@rule("installments.percent", "error")
def installments_percent(record: Record) -> Iterator[Check]:
    """Percents add up to 100, and each percent of the total is its amount."""
    stated = [entry for entry in record.installments if entry.percent is not None]
    if not stated:
        return
    yield hundred(record)
    total = total_leaf(record)
    base = base_of(record, total)
    for entry in stated:
        yield share_of_part(entry, base) if base else share(entry, total, Missing(record, "amounts"))


def hundred(record: Record) -> Check:
    """All percents together."""
    refs: tuple[Ref, ...] = tuple(operand(entry, "percent") for entry in record.installments)
    percents = [value_of(entry.percent) for entry in record.installments]
    if None in percents:
        message = Message("有的付款没有写明比例，比例之和无法核对", "an instalment states no percent, can't be summed")
        return unverified((*refs, Missing(record, "installments"), *record.installments), message)
    made = sum(percents, Decimal(0))
    numbers = f"{'+'.join(plain(percent) for percent in percents)}={plain(made)}"
    if made == HUNDRED:
        return passed(refs, Message(f"付款比例{numbers}%", f"the percents {numbers}"))
    if count := times(record.installments, "percent", HUNDRED):
        message = Message(
            f"按期重复的付款支付{count}次时比例为100%，请确认次数",
            f"the percents make 100 if the payments that recur are made {count} times",
        )
        return unverified((*refs, Missing(record, "installments")), message)
    whole: tuple[Ref, ...] = (Missing(record, "installments"),) if made < HUNDRED else ()
    message = Message(f"付款比例{numbers}%，不是100%", f"the percents {numbers}, not 100")
    return mismatch((*refs, *whole, *record.installments), message, HUNDRED, made)


def share_of_part(entry: Installment, base: Decimal) -> Check:
    """One instalment of a part of the price, which no value of the record holds."""
    message = Message(
        f"第{entry.seq}期付款的比例以条款中的{plain(base)}元为基数，而非合同总价",
        f"instalment {entry.seq} is a share of {plain(base)}, which a clause states, not of the contract total",
    )
    return unverified((entry.figures, entry.percent), message, severity="info")


def share(entry: Installment, total: Cited[Decimal] | None, missing: Ref) -> Check:
    """One instalment: percent x total = amount; `missing` is where a total should stand."""
    percent, figures = value_of(entry.percent), value_of(entry.figures)
    if figures is None or total is None:
        lost: Ref = Missing(entry, "figures") if figures is None else missing
        message = Message(
            f"第{entry.seq}期付款{plain(percent)}%没有可核对的金额",
            f"instalment {entry.seq}: {plain(percent)}% of nothing stated",
        )
        return unverified((entry.percent, lost), message, severity="info" if figures is None and total else "error")
    exact = percent * total.value / HUNDRED
    numbers = f"{plain(total.value)}×{plain(percent)}%={plain(fen(exact))}"
    refs = (entry.figures, entry.percent, total)
    if agrees(exact, figures):
        message = Message(
            f"第{entry.seq}期付款：{numbers}，与金额一致", f"instalment {entry.seq}: {numbers}, as its amount"
        )
        return passed(refs, message)
    message = Message(
        f"第{entry.seq}期付款：{numbers}，但金额为{plain(figures)}",
        f"instalment {entry.seq}: {numbers}, but its amount is {plain(figures)}",
    )
    return mismatch((*refs, entry), message, fen(exact), figures)
