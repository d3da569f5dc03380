"""term.months: start + months = end, the last day included; a price table's period column agrees with the term.

`为期12个月，自2023年12月28日起至2024年12月27日止`: the term's last day is the day before its anniversary.

>>> from pipeline.model.lift import Lifter
>>> data = {"start": "2023-12-28", "end": "2024-12-28", "months": 12}
>>> dates(Lifter({}).node(Term, data, "")).expected
'2024-12-27'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import day, last_day, months_refs, operands, present, printed_months, term_months
from pipeline.model.check import Check, Message, Ref, mismatch, passed, plain, rule, unverified
from pipeline.model.record import LineItem, LineItemTable, Record, Term
from pipeline.model.source import Cited

MONTHS = {"month": Decimal(1), "year": Decimal(12)}
LONGEST = 1200  # months; more are figures that ran together


@rule("term.months", "error")
def term_months_agree(record: Record) -> Iterator[Check]:
    """The term in itself, then each price table's periods against it."""
    term = record.contract.term
    if term is None:
        return
    if term.start or term.end or term.months:
        yield dates(term)
    months = term_months(term)
    for number, table in enumerate(record.line_item_tables, 1):
        if months is not None:
            yield from periods(table, number, months, months_refs(term))


def dates(term: Term) -> Check:
    """Start + months = end."""
    start, end = day(term.start), day(term.end)
    refs = operands(term, "start", "end", "months")
    if start and end and end < start:
        message = Message(f"服务期限的止日{end}早于起日{start}", f"the term ends on {end}, before it starts on {start}")
        return mismatch(refs, message, start.isoformat(), end.isoformat())
    months = printed_months(term)
    if start is None or end is None or months is None:
        message = Message(
            "服务期限的起日、止日、月数不齐，无法核对", "start, end or months of the term is missing, can't be checked"
        )
        return unverified(refs, message, severity="info")
    wanted = last_day(start, months)
    if wanted == end:
        message = Message(
            f"服务期限{start}至{end}正好{months}个月", f"the term from {start} to {end} is {months} months"
        )
        return passed(refs, message)
    message = Message(
        f"服务期限从{start}起{months}个月应至{wanted}，但写的是{end}",
        f"{months} months from {start} end on {wanted}, but the term ends on {end}",
    )
    return mismatch(refs, message, wanted.isoformat(), end.isoformat())


def periods(table: LineItemTable, number: int, months: int, refs: tuple[Ref, ...]) -> Iterator[Check]:
    """The column against the term; lines counted in times or days have nothing to compare, those of one length are one
    difference."""
    counted = [(item, length) for item in table.items if (length := in_months(item)) is not None]
    agreeing = [item for item, length in counted if length == months]
    shorter = [item for item, length in counted if length < months]
    if len(counted) > 1 and sum(length for _, length in counted) == months:
        yield in_turn([item for item, _ in counted], number, months, refs)
        return
    if agreeing:
        message = Message(
            f"价格表{number}：{len(agreeing)}行的期限与合同期限{months}个月一致",
            f"price table {number}: {len(agreeing)} lines run for the term's {months} months",
        )
        yield passed((*leaves(agreeing), *refs), message)
    lengths = {in_months(item) for item in shorter}
    if shorter and (len(shorter) <= len(agreeing) or len(lengths) > 1):
        yield partial(shorter, number, months)
        shorter = []
    others: dict[Decimal, list[LineItem]] = {}
    for item, length in counted:
        if length > months or (length < months and shorter):
            others.setdefault(length, []).append(item)
    for length, items in others.items():
        yield other(items, length, number, months, refs)


def in_turn(items: list[LineItem], number: int, months: int, refs: tuple[Ref, ...]) -> Check:
    """Lines that follow one another, as the years of a lease do, make up the term together."""
    message = Message(
        f"价格表{number}：{len(items)}行的期限合计为合同期限{months}个月",
        f"price table {number}: the periods of {len(items)} lines add up to the term's {months} months",
    )
    return passed((*leaves(items), *refs), message)


def in_months(item: LineItem) -> Decimal | None:
    if item.periods is None or item.period_unit not in MONTHS:
        return None
    return item.periods.value * MONTHS[item.period_unit]


def leaves(items: list[LineItem]) -> tuple[Cited[Decimal], ...]:
    return present(*(item.periods for item in items))


def partial(items: list[LineItem], number: int, months: int) -> Check:
    """A few services may run for a part of the term, or each for its own, as the months of a project's staff do."""
    message = Message(
        f"价格表{number}：{len(items)}行的期限短于合同期限{months}个月，可能只服务一部分时间",
        f"price table {number}: {len(items)} lines run for less than the term's {months} months, perhaps rightly",
    )
    return unverified(leaves(items), message, severity="info")


def other(items: list[LineItem], length: Decimal, number: int, months: int, refs: tuple[Ref, ...]) -> Check:
    """Lines of one length that is not the term's."""
    lines = (f"{len(items)}行的", f" of {len(items)} lines") if len(items) > 1 else ("", "")
    if length > LONGEST:
        message = Message(
            f"价格表{number}：{lines[0]}期限{plain(length)}个月不可能，应是误读",
            f"price table {number}: a period of {plain(length)} months{lines[1]} can only be misread",
        )
        return unverified(leaves(items), message)
    message = Message(
        f"价格表{number}：{lines[0]}期限{plain(length)}个月与合同期限{months}个月不一致",
        f"price table {number}: a period of {plain(length)} months{lines[1]} differs from the term of {months}",
    )
    return mismatch((*leaves(items), *refs), message, Decimal(months), length)
