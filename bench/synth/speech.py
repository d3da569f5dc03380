"""How a contract speaks: paragraphs from templates, in its own words for who pays and who is paid.

Texts of the kinds speak of 甲方 (who pays) and 乙方 (who is paid); here they get the names that this contract uses.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.synth import service
from bench.synth.deal import Chapter, Deal, Installment, Level, Party, Statement
from bench.synth.figures import in_digits, in_words
from bench.synth.script import Clause, Par, Run, par


def spoken(text: str, deal: Deal) -> str:
    """The text with this contract's words for who pays (甲方) and who is paid (乙方)."""
    payer, payee = paying(deal)
    return text.replace("甲方", "\0").replace("乙方", payee.alias).replace("\0", payer.alias)


def paying(deal: Deal) -> tuple[Party, Party]:
    a, b = deal.parties
    return (a, b) if b.bank_account else (b, a)


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


def stated(template: str, deal: Deal, fact: str, **values: object) -> Par:
    """A paragraph from a template; {words} is set in the contract's look for sums."""
    before, _, after = spoken(template, deal).partition("{words}")
    runs = [Run(before.format(**values))]
    if "{words}" in template:
        runs += [Run(str(values["words"]), deal.look.words_look), Run(after.format(**values))]
    return Par(tuple(runs), "", (fact,))


def sums(one: Statement | Installment, deal: Deal) -> dict[str, str]:
    look = replace(deal.look, sign="")
    return {
        "figures": in_digits(one.figures, look) if one.figures is not None else "",
        "words": in_words(one.words, look.capitals) if one.words is not None else "",
    }


def level_pars(deal: Deal, levels: tuple[Level, ...], start: int, rng: Random) -> list[Par]:
    """One to three levels a paragraph."""
    out, at = [], 0
    while at < len(levels):
        group = levels[at : at + rng.randint(1, 3)]
        facts = [f"/sla/{start + at + i}" for i in range(len(group))]
        out.append(par(spoken(service.sentence(group), deal), "", *facts))
        at += len(group)
    return out
