"""A deal as a script: its clauses with their numbers, in the wording of its kind.

Texts of the kinds speak of 甲方 (who pays) and 乙方 (who is paid); here they get the names that this contract uses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from bench.synth import grids, numbering, paperwork, service
from bench.synth.deal import Breach, Chapter, Deal, Installment, Level, Party, Statement
from bench.synth.figures import chinese, formal, in_digits, in_words
from bench.synth.kinds import GENERAL
from bench.synth.script import Clause, Content, Par, Run, Script, par

TOTALS = (
    "本合同总金额为人民币（大写）{words}（小写：¥{figures}）。",
    "合同总价：人民币{words}（¥{figures}元）。",
    "本合同费用共计人民币小写：{figures}元，大写：人民币{words}。",
    "合同总价款（含税）为：人民币大写{words}，小写{figures}元。",
    "合同价款总额为人民币{figures}元（大写：{words}）。",
)
PARTS = (
    "{label}：{condition}，甲方向乙方支付合同总金额的{percent}%，即人民币{words}（¥{figures}）。",
    "{label}：{condition}，甲方支付合同总价的{percent}%，计人民币小写：{figures}元，大写：人民币{words}。",
    "{condition}，甲方向乙方支付{label}，为合同总价的{percent}%，即人民币（大写）{words}（小写：{figures}元）。",
)
SUMS = (
    "{label}：{condition}，甲方向乙方支付人民币{words}（¥{figures}）。",
    "{condition}，甲方向乙方支付{label}人民币{figures}元（大写：{words}）。",
)
PERCENTS = (
    "{label}：{condition}，甲方向乙方支付合同总价的{percent}%。",
    "{condition}，甲方向乙方支付合同总价的{percent}%作为{label}。",
)
TERMS = (
    "本合同{word}为{months}个月，自{start}起至{end}止。",
    "{word}：自{start}起至{end}止，共{months}个月。",
    "{word}共{months}个月，即{start}至{end}。",
)


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


def spoken(text: str, deal: Deal) -> str:
    """The text with this contract's words for who pays (甲方) and who is paid (乙方)."""
    payer, payee = paying(deal)
    return text.replace("甲方", "\0").replace("乙方", payee.alias).replace("\0", payer.alias)


def paying(deal: Deal) -> tuple[Party, Party]:
    a, b = deal.parties
    return (a, b) if b.bank_account else (b, a)


# ---- the body, without numbers ---------------------------------------------------------------------------------------


def body(deal: Deal, rng: Random) -> list[Clause]:
    clauses = [general(chapter, deal) for chapter in deal.opening]
    if deal.look.table_in_body:
        table = grids.price_grid(deal, show_title=True)
        clauses[0] = replace(clauses[0], content=(*clauses[0].content, table))
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


def clause(title: str, *children: Par) -> Clause:
    """A clause of paragraphs, each a numbered clause of its own; a single one is the clause's text."""
    if len(children) == 1:
        return Clause(None, title, children)
    return Clause(None, title, (), tuple(Clause(None, None, (child,)) for child in children))


def general(chapter: Chapter, deal: Deal) -> Clause:
    where = where_prices(deal)
    return clause(chapter.title, *(par(spoken(text.replace("{table}", where), deal)) for text in chapter.text))


def where_prices(deal: Deal) -> str:
    annex = next((annex for annex in deal.annexes if annex.content == "prices"), None)
    return f"附件{annex.number}" if annex else f"《{deal.prices.title}》"


def term_text(deal: Deal, rng: Random) -> str:
    term = deal.term
    assert term
    return rng.choice(TERMS).format(
        word=deal.term_word,
        months=term.months,
        start=paperwork.day(term.start, deal),
        end=paperwork.day(term.end, deal),
    )


def stated(template: str, deal: Deal, fact: str, **values: object) -> Par:
    """A paragraph from a template; {words} is set in the contract's look for sums."""
    before, _, after = spoken(template, deal).partition("{words}")
    runs = [Run(before.format(**values))]
    if "{words}" in template:
        runs += [Run(str(values["words"]), deal.look.words_look), Run(after.format(**values))]
    return Par(tuple(runs), "", (fact,))


def total_par(deal: Deal, template: str, index: int) -> Par:
    statement = deal.statements[index]
    return stated(template, deal, f"/amounts/{index}", **sums(statement, deal))


def sums(one: Statement | Installment, deal: Deal) -> dict[str, str]:
    look = replace(deal.look, sign="")
    return {
        "figures": in_digits(one.figures, look) if one.figures is not None else "",
        "words": in_words(one.words, look.capitals) if one.words is not None else "",
    }


def payment_clause(deal: Deal, rng: Random) -> Clause:
    title = rng.choice(["合同金额及支付方式", "合同价款与支付", "费用及付款方式"])
    first = [total_par(deal, rng.choice(TOTALS), 0)]
    if deal.prices.note:
        first.append(par(spoken(deal.prices.note, deal)))
    parts = [Clause(None, None, (one,)) for one in first]
    if deal.installments_in_table:
        lead = par(spoken("甲方按照下表约定的条件分期向乙方支付合同价款。", deal))
        parts.append(Clause(None, None, (lead, grids.payment_grid(deal.installments, deal.look))))
    else:
        paid = tuple(Clause(None, None, (one,)) for one in installment_pars(deal, rng))
        lead = par(spoken("甲方按照下列约定分期向乙方支付合同价款：", deal))
        parts += [Clause(None, None, (lead,), paid)] if rng.random() < 0.5 else list(paid)
    if paperwork.account_in_clause(deal):
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
            condition=one.condition,
            percent=one.percent,
            **sums(one, deal),
        )
        for i, one in enumerate(deal.installments)
    ]


def levels_clause(deal: Deal, rng: Random) -> Clause:
    title = rng.choice(["服务水平", "服务标准", "服务要求", "服务承诺"])
    return clause(title, *level_pars(deal, deal.levels, 0, rng))


def level_pars(deal: Deal, levels: tuple[Level, ...], start: int, rng: Random) -> list[Par]:
    """One to three levels a paragraph."""
    out, at = [], 0
    while at < len(levels):
        group = levels[at : at + rng.randint(1, 3)]
        facts = [f"/sla/{start + at + i}" for i in range(len(group))]
        out.append(par(spoken(service.sentence(group), deal), "", *facts))
        at += len(group)
    return out


def breach_clause(deal: Deal) -> Clause:
    pars = [par(spoken(breach.text, deal), "", f"/penalties/{i}") for i, breach in enumerate(deal.breaches)]
    pars.append(par(spoken("违约方除支付违约金外，还应赔偿因此给守约方造成的损失。", deal)))
    return clause("违约责任", *pars)


def final_clause(deal: Deal, rng: Random) -> Clause:
    a, b = deal.parties
    copies = deal.copies
    writers: list[Callable[[int], str]] = [formal, chinese, str]
    write = rng.choice(writers)
    other = f"，招标代理机构执{write(copies.other)}份" if copies.other else ""
    text = (
        f"本合同一式{write(copies.total)}份，{a.alias}执{write(copies.party_a)}份，"
        f"{b.alias}执{write(copies.party_b)}份{other}，具有同等法律效力。"
    )
    pars = [par(text, "", "/contract/copies"), par("本合同自双方签字并加盖公章之日起生效。")]
    listed = [annex for annex in deal.annexes if annex.listed]
    if listed and listed_in_clause(deal):
        named = "、".join(f"附件{annex.number}《{annex.title}》" for annex in listed)
        pars.append(par(f"本合同附件为本合同的组成部分：{named}。"))
    return clause("其他", *pars)


def listed_in_clause(deal: Deal) -> bool:
    return deal.seed % 3 == 0


# ---- numbers ---------------------------------------------------------------------------------------------------------


def numbered(clauses: list[Clause], deal: Deal) -> tuple[Clause, ...]:
    """The clauses with their numbers; from a skipped clause on they are one too high."""
    style, out, articles = deal.look.numbering, [], 0
    for i, one in enumerate(clauses):
        place = i + 1 + (deal.skipped_clause is not None and i >= deal.skipped_clause)
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


# ---- annexes ---------------------------------------------------------------------------------------------------------


def annex_clause(deal: Deal, index: int, rng: Random) -> Clause:
    annex = deal.annexes[index]
    content: tuple[Content, ...] = ()
    children: tuple[Clause, ...] = ()
    if annex.content == "prices":
        content = (grids.price_grid(deal, show_title=False),)
    elif annex.content == "award":
        content = award(deal)
    elif annex.content == "service":
        content = tuple(level_pars(deal, deal.annex_levels, len(deal.levels), rng))
    elif annex.content == "coefficients":
        content = (coefficient_lead(), grids.coefficient_grid(spoken_breaches(deal), annex.title))
    else:
        children = agreement(deal, annex.content, f"a{index}")
    return Clause(f"附件{annex.number}", annex.title, content, children, key=f"a{index}")


def spoken_breaches(deal: Deal) -> tuple[Breach, ...]:
    return tuple(replace(breach, trigger=spoken(breach.trigger, deal)) for breach in deal.coefficients)


def coefficient_lead() -> Par:
    return par("违约金按照合同总价除以服务月数后乘以惩罚系数计算。")


def award(deal: Deal) -> tuple[Content, ...]:
    _, supplier = paying(deal)
    index = next(i for i, one in enumerate(deal.statements) if one.kind == "award")
    template = "经评审委员会评审，确定你单位为{project}的中标单位，中标金额为人民币{words}（¥{figures}）。"
    text = stated(template, deal, f"/amounts/{index}", project=deal.project, **sums(deal.statements[index], deal))
    rest = par("请你单位自收到本通知书之日起30日内与采购人签订合同，并按照招标文件和投标文件的约定履行义务。")
    return par(f"{supplier.name}：", "flush"), text, rest


def agreement(deal: Deal, content: str, key: str) -> tuple[Clause, ...]:
    """An agreement of its own within an annex."""
    out = []
    for n, chapter in enumerate(GENERAL[content], 1):
        one = general(chapter, deal)
        children = tuple(
            replace(child, number=f"{i}、", key=f"{key}-{n}-{i}") for i, child in enumerate(one.children, 1)
        )
        out.append(replace(one, number=numbering.annexed(deal.look.numbering, n), children=children, key=f"{key}-{n}"))
    return tuple(out)
