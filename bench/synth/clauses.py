"""A deal as a script: its clauses with their numbers, in the wording of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bench.synth import grids, numbering, paperwork
from bench.synth.annexes import annex_clause
from bench.synth.deal import Deal, Installment
from bench.synth.figures import chinese, formal
from bench.synth.script import Clause, Par, Script, par
from bench.synth.speech import clause, general, level_pars, paying, spoken, stated, sums

TOTALS = (
    "本合同总金额为人民币（大写）{words}（小写：¥{figures}）。",
    "合同总价：人民币{words}（¥{figures}元）。",
    "本合同费用共计人民币小写：{figures}元，大写：人民币{words}。",
    "合同总价款（含税）为：人民币大写{words}，小写{figures}元。",
    "合同价款总额为人民币{figures}元（大写：{words}）。",
    "本合同为固定总价合同，总价为¥{figures}元，大写：人民币{words}。",
    "合同总金额：（小写）￥{figures}，（大写）{words}。",
    "本合同含税总价为人民币（大写）：{words}，（小写）：{figures}元。",
    "服务费总额为人民币{figures}元（大写：{words}），已包含完成本合同全部内容所需的一切费用。",
    "合同总额（人民币）：大写：{words}；小写：{figures}元。",
)
TOTALS_IN_TEN_THOUSANDS = (
    "合同总价款为人民币{figures}万元（大写：{words}）。",
    "本合同总金额：人民币（大写）{words}（小写：¥{figures}万元）。",
    "合同价款共计{figures}万元，大写：人民币{words}。",
)
PARTS = (
    "{label}：{condition}，甲方向乙方支付合同总金额的{percent}%，即人民币{words}（¥{figures}）。",
    "{label}：{condition}，甲方支付合同总价的{percent}%，计人民币小写：{figures}元，大写：人民币{words}。",
    "{condition}，甲方向乙方支付{label}，为合同总价的{percent}%，即人民币（大写）{words}（小写：{figures}元）。",
    "{condition}，甲方支付合同总额的{percent}%作为{label}，金额为{figures}元（大写：人民币{words}）。",
    "{label}（合同总价的{percent}%）：¥{figures}，大写：{words}，{condition}支付。",
    "{condition}，支付{label}，即合同价款的{percent}%，计￥{figures}元（大写：{words}）。",
)
SUMS = (
    "{label}：{condition}，甲方向乙方支付人民币{words}（¥{figures}）。",
    "{condition}，甲方向乙方支付{label}人民币{figures}元（大写：{words}）。",
    "{label}人民币{figures}元（大写：{words}），{condition}由甲方支付。",
    "{condition}，支付{label}，人民币大写：{words}，小写：￥{figures}。",
)
PERCENTS = (
    "{label}：{condition}，甲方向乙方支付合同总价的{percent}%。",
    "{condition}，甲方向乙方支付合同总价的{percent}%作为{label}。",
)
TERMS = (
    "本合同{word}为{months}个月，自{start}起至{end}止。",
    "{word}：自{start}起至{end}止，共{months}个月。",
    "{word}共{months}个月，即{start}至{end}。",
    "{word}为{start}至{end}（共{months}个月）。",
    "自{start}起至{end}止为本合同{word}，共计{months}个月。",
    "{word}：{months}个月，自{start}起算，至{end}届满。",
)
COPIES = (
    "本合同一式{total}份，{parts}，具有同等法律效力。",
    "本合同正本一式{total}份，其中{parts}，均具有同等效力。",
    "本协议一式{total}份，{parts}，自双方盖章后生效。",
)
HOLDS = ("执", "执", "持", "留存")


def script(deal: Deal) -> Script:
    """The whole contract in order."""
    rng = Random(f"{deal.seed}/script")
    chapters = body(deal, rng)
    return Script(
        cover=paperwork.cover(deal),
        head=paperwork.head(deal),
        body=numbered(chapters, deal),
        tail=paperwork.tail(deal, listed_in_clause(deal)),
        annexes=tuple(annex_clause(deal, i, rng) for i, annex in enumerate(deal.annexes) if annex.content != "missing"),
    )


# ---- the body, without numbers ---------------------------------------------------------------------------------------


def body(deal: Deal, rng: Random) -> list[Clause]:
    clauses = [general(chapter, deal) for chapter in deal.opening]
    if deal.look.table_in_body:
        table = grids.price_grid(deal, show_title=True)
        clauses[0] = replace(clauses[0], content=(*clauses[0].content, table))
    if deal.requirements:
        clauses[1] = replace(clauses[1], content=(*clauses[1].content, grids.requirement_grid(deal)))
    if deal.term:
        clauses.append(clause(f"{deal.term_word}", par(term_text(deal, rng), "", "/contract/term")))
    clauses.append(payment_clause(deal, rng))
    if deal.levels:
        clauses.append(levels_clause(deal, rng))
    clauses += [general(chapter, deal) for chapter in deal.closing]
    if deal.breaches:
        clauses.insert(len(clauses) - 1, breach_clause(deal))
    clauses.append(final_clause(deal, rng))
    return clauses


def term_text(deal: Deal, rng: Random) -> str:
    term = deal.term
    assert term
    return rng.choice(TERMS).format(
        word=deal.term_word,
        months=term.months,
        start=paperwork.day(term.start, deal),
        end=paperwork.day(term.end, deal),
    )


def total_par(deal: Deal, rng: Random) -> Par:
    """The clause's statement of the price, at times in 万元."""
    one, template = deal.statements[0], rng.choice(TOTALS)
    values = sums(one, deal)
    if deal.look.ten_thousands and one.figures % 10 == 0:
        template = Random(f"{deal.seed}/ten thousands").choice(TOTALS_IN_TEN_THOUSANDS)
        values["figures"] = f"{one.figures.scaleb(-4).normalize():f}"
    return stated(template, deal, "/amounts/0", **values)


def payment_clause(deal: Deal, rng: Random) -> Clause:
    title = rng.choice(["合同金额及支付方式", "合同价款与支付", "费用及付款方式"])
    first = [total_par(deal, rng)]
    if deal.prices.note:
        first.append(par(spoken(deal.prices.note, deal)))
    parts = [Clause(None, None, (one,)) for one in first]
    if deal.installments_in_table:
        lead = par(spoken("甲方按照下表约定的条件分期向乙方支付合同价款。", deal))
        grid = grids.payment_grid(spoken_installments(deal), deal.look, Random(f"{deal.seed}/payments"))
        parts.append(Clause(None, None, (lead, grid)))
    else:
        paid = tuple(Clause(None, None, (one,)) for one in installment_pars(deal, rng))
        lead = par(spoken("甲方按照下列约定分期向乙方支付合同价款：", deal))
        parts += [Clause(None, None, (lead,), paid)] if rng.random() < 0.5 else list(paid)
    if paperwork.account_in_clause(deal) or paying(deal)[1].clause_account:
        parts.append(Clause(None, None, (paperwork.account(deal),)))
    return Clause(None, title, (), tuple(parts))


def installment_pars(deal: Deal, rng: Random) -> list[Par]:
    first = deal.installments[0]
    template = rng.choice(
        PARTS
        if first.percent is not None and first.figures is not None
        else PERCENTS
        if first.percent is not None
        else SUMS
    )
    return [
        stated(
            template,
            deal,
            f"/installments/{i}",
            label=one.label,
            condition=spoken(one.condition, deal),
            percent=one.percent,
            **sums(one, deal),
        )
        for i, one in enumerate(deal.installments)
    ]


def spoken_installments(deal: Deal) -> tuple[Installment, ...]:
    return tuple(replace(one, condition=spoken(one.condition, deal)) for one in deal.installments)


def levels_clause(deal: Deal, rng: Random) -> Clause:
    title = rng.choice(["服务水平", "服务标准", "服务要求", "服务承诺"])
    return clause(title, *level_pars(deal, deal.levels, 0, rng))


def breach_clause(deal: Deal) -> Clause:
    pars = [par(spoken(breach.text, deal), "", f"/penalties/{i}") for i, breach in enumerate(deal.breaches)]
    pars.append(par(spoken("违约方除支付违约金外，还应赔偿因此给守约方造成的损失。", deal)))
    return clause("违约责任", *pars)


def final_clause(deal: Deal, rng: Random) -> Clause:
    writers: list[Callable[[int], str]] = [formal, chinese, str]
    text = copies_text(deal, rng.choice(writers), Random(f"{deal.seed}/copies"))
    pars = [par(text, "", "/contract/copies"), par("本合同自双方签字并加盖公章之日起生效。")]
    listed = [annex for annex in deal.annexes if annex.listed]
    if listed and listed_in_clause(deal):
        named = "、".join(f"附件{annex.number}《{annex.title}》" for annex in listed)
        pars.append(par(f"本合同附件为本合同的组成部分：{named}。"))
    return clause("其他", *pars)


def copies_text(deal: Deal, write: Callable[[int], str], rng: Random) -> str:
    a, b = deal.parties
    copies, holds = deal.copies, rng.choice(HOLDS)
    held = [(a.alias, copies.party_a), (b.alias, copies.party_b), ("招标代理机构", copies.other)]
    if copies.party_a == copies.party_b and not copies.other and (a.alias, b.alias) == ("甲方", "乙方"):
        return f"本合同一式{write(copies.total)}份，甲乙双方各{holds}{write(copies.party_a)}份，具有同等法律效力。"
    parts = "，".join(f"{who}{holds}{write(count)}份" for who, count in held if count)
    return rng.choice(COPIES).format(total=write(copies.total), parts=parts)


def listed_in_clause(deal: Deal) -> bool:
    return deal.seed % 3 == 0


# ---- numbers ---------------------------------------------------------------------------------------------------------


def numbered(clauses: list[Clause], deal: Deal) -> tuple[Clause, ...]:
    """The clauses with their numbers; from a skipped clause on they are one too high, from a repeated one too low."""
    style, out, articles = deal.look.numbering, [], 0
    for i, one in enumerate(clauses):
        shifted = deal.skipped_clause is not None and i >= deal.skipped_clause
        place = i + 1 + (deal.clause_shift if shifted else 0)
        if style == "chapter" and not one.children:
            one = replace(one, content=(), children=(Clause(None, None, one.content),))
        children = tuple(
            nested(child, numbering.sub(style, place, n, articles), style, f"c{i}-{n}")
            for n, child in enumerate(one.children, 1)
        )
        articles += len(children)
        out.append(replace(one, number=numbering.top(style, place), children=children, key=f"c{i}"))
    return tuple(out)


def nested(child: Clause, number: str, style: str, key: str) -> Clause:
    """A clause of the second level with those of the third."""
    below = tuple(
        replace(inner, number=numbering.third(style, number, n), key=f"{key}-{n}")
        for n, inner in enumerate(child.children, 1)
    )
    return replace(child, number=number, children=below, key=key)
