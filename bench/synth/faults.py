"""Errors planted in a deal, each with the finding that a correct checker must report, and near-misses that are none.

A fault changes what is printed and says so; one contract in three has one to three of them, of different rules. A fault
that does not apply to a deal (no term, no account in two places) gives None and another is tried.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import TypeAlias

from bench.synth import payment, people
from bench.synth.deal import Annex, Deal, Finding, Installment, Level, Line, PriceTable, Statement
from bench.synth.kinds import KINDS

Fault: TypeAlias = Callable[[Deal, Random], Deal | None]
SHARE = 1 / 3


def planted(deal: Deal) -> Deal:
    """The deal, in one case of three with errors."""
    rng = Random(f"{deal.seed}/faults")
    if rng.random() >= SHARE:
        return deal
    wanted, names = rng.randint(1, 3), list(FAULTS)
    rng.shuffle(names)
    for name in names:
        if len(deal.planted) == wanted or touches_again(name, deal.planted):
            continue
        changed = FAULTS[name](deal, rng)
        if changed:
            deal = replace(changed, planted=(*deal.planted, name))
    return deal


def touches_again(name: str, planted: tuple[str, ...]) -> bool:
    """Whether an error of the same operands stands already, so that the findings would mix."""
    return any(name in group and other in group for group in SAME_OPERANDS for other in planted)


def found(deal: Deal, rule: str, why: str, *pointers: str) -> tuple[Finding, ...]:
    return (*deal.findings, Finding(rule, pointers, why))


def transposed(value: Decimal, rng: Random) -> Decimal:
    """The sum with two unlike neighbouring digits exchanged, or one digit changed: a slip of the typist."""
    digits = list(f"{value:f}")
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    swaps = [(i, j) for i, j in itertools.pairwise(places) if digits[i] != digits[j] and (i or digits[j] != "0")]
    if swaps and rng.random() < 0.5:
        i, j = rng.choice(swaps)
        digits[i], digits[j] = digits[j], digits[i]
    else:
        i = rng.choice(places[: max(1, len(places) - 2)])
        digits[i] = rng.choice([d for d in "123456789" if d != digits[i]])
    return Decimal("".join(digits))


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
    findings = (
        *found(deal, "line.product", "单价与数量之积不等于合价", f"/line_item_tables/0/items/{at}"),
        Finding("table.sum", ("/line_item_tables/0/total",), "各行合价之和不等于总价"),
    )
    return replace(deal, prices=with_line(table, at, replace(line, amount=wrong)), findings=findings)


def is_whole(ratio: Decimal) -> bool:
    """Whether the error might pass as a factor that the table implies."""
    return ratio == ratio.to_integral_value() or (1 / ratio) == (1 / ratio).to_integral_value()


def with_line(table: PriceTable, at: int, line: Line) -> PriceTable:
    return replace(table, lines=(*table.lines[:at], line, *table.lines[at + 1 :]))


def sum_differs(deal: Deal, rng: Random) -> Deal | None:
    """The table's total is not the sum of its lines, nor the contract's price."""
    table = deal.prices
    if len(table.tail) != 1 or table.tail[0].form == "words":
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


# ---- terms, counts, numbers ------------------------------------------------------------------------------------------


def term_differs(deal: Deal, rng: Random) -> Deal | None:
    if deal.term is None or deal.prices.has("periods") or deal.prices.convention == "term":
        return None
    wrong = replace(deal.term, months=deal.term.months + rng.choice([1, 2, 6]))
    return replace(deal, term=wrong, findings=found(deal, "term.months", "起止日期与月数不符", "/contract/term"))


def copies_differ(deal: Deal, rng: Random) -> Deal | None:
    wrong = replace(deal.copies, total=deal.copies.total + rng.choice([1, -1]))
    return replace(deal, copies=wrong, findings=found(deal, "copies.sum", "份数之和不符", "/contract/copies"))


def clause_skipped(deal: Deal, rng: Random) -> Deal | None:
    at = rng.randint(2, len(deal.opening) + 2)
    return replace(
        deal, skipped_clause=at, findings=found(deal, "sections.sequence", "条款编号不连续", f"/sections/{at}")
    )


def annex_missing(deal: Deal, rng: Random) -> Deal | None:
    """An annex is listed that isn't bound in."""
    if not deal.annexes:
        return None
    number = len(deal.annexes) + 1
    lost = Annex(number, "验收标准", "missing")
    findings = found(deal, "annexes.listed", "附件未附", f"/contract/annexes/{number - 1}", "/contract/annexes")
    return replace(deal, annexes=(*deal.annexes, lost), findings=findings)


def annex_unlisted(deal: Deal, rng: Random) -> Deal | None:
    """The last annex isn't in the list."""
    if len(deal.annexes) < 2 or any(annex.content == "missing" for annex in deal.annexes):
        return None
    last = replace(deal.annexes[-1], listed=False)
    findings = found(
        deal, "annexes.listed", "附件未列入目录", f"/contract/annexes/{last.number - 1}", "/contract/annexes"
    )
    return replace(deal, annexes=(*deal.annexes[:-1], last), findings=findings)


# ---- parties and service levels --------------------------------------------------------------------------------------


def name_differs(deal: Deal, rng: Random) -> Deal | None:
    """Who signs is named otherwise than who contracts."""
    a, b = deal.parties
    swaps = (("有限责任公司", "有限公司"), ("股份有限公司", "有限公司"), ("有限公司", "股份有限公司"))
    for i, one in enumerate((a, b)):
        for old, new in swaps:
            if one.name.endswith(old):
                changed = replace(one, signs_as=one.name[: -len(old)] + new)
                findings = found(deal, "party.consistent", "签署名称不一致", f"/parties/{i}/name")
                return replace(deal, parties=(changed, b) if i == 0 else (a, changed), findings=findings)
    return None


def code_differs(deal: Deal, rng: Random) -> Deal | None:
    """A credit code's check character is wrong."""
    at = next((i for i, one in enumerate(deal.parties) if one.uscc), None)
    if at is None:
        return None
    code = deal.parties[at].uscc or ""
    wrong = code[:-1] + rng.choice([c for c in people.CODE if c != code[-1]])
    parties = list(deal.parties)
    parties[at] = replace(parties[at], uscc=wrong)
    findings = found(deal, "party.uscc", "统一社会信用代码校验位错误", f"/parties/{at}/uscc")
    return replace(deal, parties=(parties[0], parties[1]), findings=findings)


def level_differs(deal: Deal, rng: Random) -> Deal | None:
    """The annexed promise is another than the clause's."""
    at = next((i for i, one in enumerate(deal.levels) if one.metric == "availability"), None)
    if at is None or not any(annex.content == "service" for annex in deal.annexes):
        return None
    one = deal.levels[at]
    value = "99.8" if one.value != "99.8" else "99.9"
    other: Level = replace(one, value=value, text=one.text.replace(one.value, value))
    index = len(deal.levels) + len(deal.annex_levels)
    findings = found(deal, "sla.consistent", "同一指标前后不一致", f"/sla/{at}", f"/sla/{index}")
    return replace(deal, annex_levels=(*deal.annex_levels, other), findings=findings)


FAULTS: dict[str, Fault] = {
    "amount.words": words_differ,
    "line.product": line_differs,
    "line.amount": amount_differs,
    "table.sum": sum_differs,
    "table.contract_total": total_differs,
    "table.award": award_differs,
    "installments.sum": instalment_differs,
    "installments.percent": percents_differ,
    "term.months": term_differs,
    "copies.sum": copies_differ,
    "rows.sequence": row_skipped,
    "sections.sequence": clause_skipped,
    "annexes.missing": annex_missing,
    "annexes.unlisted": annex_unlisted,
    "party.consistent": name_differs,
    "party.uscc": code_differs,
    "sla.consistent": level_differs,
}
SAME_OPERANDS = (
    {"amount.words", "table.sum", "table.contract_total", "table.award", "installments.sum", "installments.percent"},
    {"line.product", "line.amount", "table.sum", "table.contract_total", "rows.sequence"},
    {"annexes.missing", "annexes.unlisted"},
)
