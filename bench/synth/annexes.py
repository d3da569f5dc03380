"""The annexes of a deal as clauses: price table, award, promises, coefficients, agreements."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.synth import grids, numbering
from bench.synth.deal import Breach, Deal
from bench.synth.kinds import GENERAL
from bench.synth.script import Clause, Content, Par, par
from bench.synth.speech import general, level_pars, paying, spoken, stated, sums


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
