"""Errors planted in a deal, each with the finding that a correct checker must report, and near-misses that are none.

A fault changes what is printed and says so; one contract in three has one to three of them, of different rules. A fault
that does not apply to a deal (no term, no account in two places) gives None and another is tried.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from bench.synth import people
from bench.synth.deal import Annex, Deal, Level
from bench.synth.paperwork import account_in_clause
from bench.synth.price_faults import PRICE_FAULTS
from bench.synth.slips import Fault, found

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


def clause_repeated(deal: Deal, rng: Random) -> Deal | None:
    """Two clauses have the same number."""
    at = rng.randint(2, len(deal.opening) + 2)
    findings = found(deal, "sections.sequence", "条款编号重复", f"/sections/{at}")
    return replace(deal, skipped_clause=at, clause_shift=-1, findings=findings)


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


def account_differs(deal: Deal, rng: Random) -> Deal | None:
    """The clause of payment names another account than the payee's own block."""
    at = next(i for i, party in enumerate(deal.parties) if party.bank_account)
    account = deal.parties[at].bank_account or ""
    if account_in_clause(deal):
        return None
    place = rng.randrange(4, len(account))
    digit = rng.choice([d for d in "0123456789" if d != account[place]])
    parties = list(deal.parties)
    parties[at] = replace(parties[at], clause_account=account[:place] + digit + account[place + 1 :])
    findings = found(deal, "party.consistent", "收款账号前后不一致", f"/parties/{at}/bank_account")
    return replace(deal, parties=(parties[0], parties[1]), findings=findings)


FAULTS: dict[str, Fault] = {
    **PRICE_FAULTS,
    "term.months": term_differs,
    "copies.sum": copies_differ,
    "sections.sequence": clause_skipped,
    "sections.repeated": clause_repeated,
    "annexes.missing": annex_missing,
    "annexes.unlisted": annex_unlisted,
    "party.consistent": name_differs,
    "party.account": account_differs,
    "party.uscc": code_differs,
    "sla.consistent": level_differs,
}
SAME_OPERANDS = (
    {
        "amount.words", "installments.words", "table.sum", "table.contract_total", "table.award", "installments.sum",
        "installments.percent", "installments.whole",
    },
    {"line.product", "line.amount", "table.sum", "table.contract_total", "rows.sequence", "rows.repeated"},
    {"annexes.missing", "annexes.unlisted"},
    {"sections.sequence", "sections.repeated"},
    {"party.consistent", "party.account"},
)  # fmt: skip
