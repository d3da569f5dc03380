"""Errors planted in sums, price tables and instalments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from bench.synth import payment
from bench.synth.deal import Deal, Finding, Installment, Line, PriceTable, Statement
from bench.synth.kinds import KINDS
from bench.synth.slips import Fault, found, transposed

# ---- the price -------------------------------------------------------------------------------------------------------


def words_differ(deal: Deal, rng: Random) -> Deal | None:
    """The clause's 大写 says another sum than its figures."""
    first = deal.statements[0]
    wrong = replace(first, words=transposed(first.words, rng))
    if wrong.words == first.words:
        return None
    findings = found(deal, "amount.words", "大写与小写不一致", "/amounts/0")
    return replace(deal, statements=(wrong, *deal.statements[1:]), findings=findings)


def total_differs(deal: Deal, rng: Random) -> Deal | None:
    """Clause and instalments agree on another price than the table makes."""
    other = deal.prices.price + rng.choice([1000, 300, -200, 5000])
    if other <= 0:
        return None
    changed = tuple(replace(one, figures=other, words=other) for one in deal.statements)
    paid = payment.draw(rng, other, KINDS[deal.kind].thing)
    findings = found(
        deal, "table.contract_total", "分项报价表总价与合同总价不一致", "/amounts/0", "/line_item_tables/0/total"
    )
    return replace(deal, statements=changed, installments=paid, findings=findings)


def award_differs(deal: Deal, rng: Random) -> Deal | None:
    """The award is another sum than the contract's total."""
    at = next((i for i, one in enumerate(deal.statements) if one.kind == "award"), None)
    if at is None:
        return None
    sum_ = deal.statements[at].figures + rng.choice([500, 1200, 3000])
    changed: list[Statement] = list(deal.statements)
    changed[at] = replace(changed[at], figures=sum_, words=sum_)
    findings = found(deal, "table.contract_total", "中标金额与合同总价不一致", f"/amounts/{at}", "/amounts/0")
    return replace(deal, statements=tuple(changed), findings=findings)


# ---- the price table -------------------------------------------------------------------------------------------------


def line_differs(deal: Deal, rng: Random) -> Deal | None:
    """A line's unit price is not the one that its amount was reckoned with."""
    table = deal.prices
    at = rng.choice([i for i, line in enumerate(table.lines) if line.unit_price and line.amount])
    line = table.lines[at]
    assert line.unit_price is not None
    wrong = transposed(line.unit_price, rng)
    if abs(wrong / line.unit_price - 1) < Decimal("0.001") or is_whole(wrong / line.unit_price) or len(table.lines) < 4:
        return None
    findings = found(deal, "line.product", "单价与数量之积不等于合价", f"/line_item_tables/0/items/{at}")
    return replace(deal, prices=with_line(table, at, replace(line, unit_price=wrong)), findings=findings)


def amount_differs(deal: Deal, rng: Random) -> Deal | None:
    """A line's amount is wrong, and the total was reckoned with the right one."""
    table = deal.prices
    at = rng.choice([i for i, line in enumerate(table.lines) if line.unit_price and line.amount])
    line = table.lines[at]
    assert line.amount is not None
    wrong = transposed(line.amount, rng)
    if wrong == line.amount or is_whole(wrong / line.amount) or len(table.lines) < 4 or table.subtotals:
        return None
    if total_confirms(deal):
        return None
    findings = (
        *found(deal, "line.product", "单价与数量之积不等于合价", f"/line_item_tables/0/items/{at}"),
        Finding("table.sum", ("/line_item_tables/0/total",), "各行合价之和不等于总价"),
    )
    return replace(deal, prices=with_line(table, at, replace(line, amount=wrong)), findings=findings)


def total_confirms(deal: Deal) -> bool:
    """Whether a rounded price passes only because the total confirms its line, which then must not be wrong as well."""
    return "rounded_price" in deal.near_misses


def is_whole(ratio: Decimal) -> bool:
    """Whether the error might pass as a factor that the table implies."""
    return ratio == ratio.to_integral_value() or (1 / ratio) == (1 / ratio).to_integral_value()


def with_line(table: PriceTable, at: int, line: Line) -> PriceTable:
    return replace(table, lines=(*table.lines[:at], line, *table.lines[at + 1 :]))


def sum_differs(deal: Deal, rng: Random) -> Deal | None:
    """The table's total is not the sum of its lines, nor the contract's price."""
    table = deal.prices
    if len(table.tail) != 1 or table.tail[0].form == "words" or total_confirms(deal):
        return None
    wrong = transposed(table.total, rng)
    if wrong == table.total:
        return None
    tail = (replace(table.tail[0], figures=wrong),)
    findings = (
        *found(deal, "table.sum", "各行合价之和不等于总价", "/line_item_tables/0/total"),
        Finding("table.contract_total", ("/line_item_tables/0/total", "/amounts/0"), "分项报价表总价与合同总价不一致"),
    )
    return replace(deal, prices=replace(table, total=wrong, tail=tail), findings=findings)


def row_skipped(deal: Deal, rng: Random) -> Deal | None:
    """The lines' numbers leave one out."""
    lines = deal.prices.lines
    if len(lines) < 4:
        return None
    at = rng.randint(2, len(lines) - 1)
    changed = tuple(replace(line, seq=line.seq + (i >= at)) for i, line in enumerate(lines))
    findings = found(deal, "rows.sequence", "序号不连续", f"/line_item_tables/0/items/{at}/seq")
    return replace(deal, prices=replace(deal.prices, lines=changed), findings=findings)


def row_repeated(deal: Deal, rng: Random) -> Deal | None:
    """Two lines have the same number."""
    lines = deal.prices.lines
    if len(lines) < 4:
        return None
    at = rng.randint(2, len(lines) - 1)
    changed = tuple(replace(line, seq=line.seq - (i >= at)) for i, line in enumerate(lines))
    findings = found(deal, "rows.sequence", "序号重复", f"/line_item_tables/0/items/{at}/seq")
    return replace(deal, prices=replace(deal.prices, lines=changed), findings=findings)


# ---- instalments -----------------------------------------------------------------------------------------------------


def instalment_differs(deal: Deal, rng: Random) -> Deal | None:
    """One instalment's sum is wrong, in figures and in words."""
    parts = list(deal.installments)
    at = rng.randrange(len(parts))
    one = parts[at]
    if one.figures is None:
        return None
    wrong = transposed(one.figures, rng)
    if abs(wrong - one.figures) < 1:
        return None
    parts[at] = replace(one, figures=wrong, words=wrong)
    findings = found(
        deal, "installments.sum", "分期付款之和不等于合同总价", f"/installments/{at}", "/installments", "/amounts/0"
    )
    if one.percent is not None:
        findings += (Finding("installments.percent", (f"/installments/{at}",), "付款比例与金额不符"),)
    return replace(deal, installments=tuple(parts), findings=findings)


def percents_differ(deal: Deal, rng: Random) -> Deal | None:
    """One instalment's percent is wrong: it fits neither its sum nor the others."""
    parts = list(deal.installments)
    at = rng.randrange(len(parts))
    one: Installment = parts[at]
    if one.percent is None or one.figures is None:
        return None
    parts[at] = replace(one, percent=one.percent + rng.choice([5, 10]))
    findings = found(deal, "installments.percent", "付款比例与金额不符", f"/installments/{at}")
    return replace(deal, installments=tuple(parts), findings=findings)


def instalment_words_differ(deal: Deal, rng: Random) -> Deal | None:
    """One instalment's 大写 says another sum than its figures."""
    parts = list(deal.installments)
    at = rng.randrange(len(parts))
    words = parts[at].words
    if words is None or deal.installments_in_table:
        return None
    wrong = transposed(words, rng)
    if wrong == words:
        return None
    parts[at] = replace(parts[at], words=wrong)
    findings = found(deal, "amount.words", "分期付款的大写与小写不一致", f"/installments/{at}")
    return replace(deal, installments=tuple(parts), findings=findings)


def percents_miss_the_whole(deal: Deal, rng: Random) -> Deal | None:
    """Percents without sums that don't add up to 100."""
    parts = list(deal.installments)
    at = rng.randrange(len(parts))
    one = parts[at]
    if one.percent is None or one.figures is not None:
        return None
    parts[at] = replace(one, percent=one.percent + rng.choice([5, 10, -5]))
    if (parts[at].percent or 0) <= 0:
        return None
    findings = found(deal, "installments.percent", "付款比例之和不等于100%", "/installments")
    return replace(deal, installments=tuple(parts), findings=findings)


PRICE_FAULTS: dict[str, Fault] = {
    "amount.words": words_differ,
    "installments.words": instalment_words_differ,
    "line.product": line_differs,
    "line.amount": amount_differs,
    "table.sum": sum_differs,
    "table.contract_total": total_differs,
    "table.award": award_differs,
    "installments.sum": instalment_differs,
    "installments.percent": percents_differ,
    "installments.whole": percents_miss_the_whole,
    "rows.sequence": row_skipped,
    "rows.repeated": row_repeated,
}
