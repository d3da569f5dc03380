"""What surrounds the clauses: cover, parties, preamble, the list of annexes, signatures."""

from __future__ import annotations

from datetime import date

from bench.synth import grids
from bench.synth.deal import Deal, Party
from bench.synth.figures import chinese
from bench.synth.script import Content, Pair, Par, Run, par


def day(value: date, deal: Deal) -> str:
    """A date as this contract writes it: 2024年5月20日, 2024年05月20日, 二〇二四年五月二十日, 2024-05-20."""
    forms = {
        "plain": f"{value.year}年{value.month}月{value.day}日",
        "padded": f"{value.year}年{value.month:02}月{value.day:02}日",
        "chinese": f"{year(value.year)}年{chinese(value.month)}月{chinese(value.day)}日",
        "dashes": value.isoformat(),
    }
    return forms[deal.look.dates]


def year(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value))


def cover(deal: Deal) -> tuple[Par, ...]:
    """The cover's lines; none where the contract has no cover."""
    if not deal.look.cover:
        return ()
    names = tuple(par(f"{party.label}：{party.name}", "who") for party in deal.parties)
    return (*about(deal), par(deal.title, "cover-title"), *names, par(f"签订日期：{day(deal.signed, deal)}", "who"))


def about(deal: Deal) -> tuple[Par, ...]:
    """Numbers and names of the contract: on the cover, or above the parties."""
    number = (par(f"项目编号：{deal.procurement_number}", "flush"),) if deal.procurement_number else ()
    return par(f"合同编号：{deal.number}", "flush"), par(f"项目名称：{deal.project}", "flush"), *number


def head(deal: Deal) -> tuple[Content, ...]:
    """Title, parties and preamble of the first page of text."""
    title = () if deal.look.cover else (par(deal.title, "title"), *about(deal))
    place = par(f"签订地点：{deal.place}", "flush")
    a, b = deal.parties
    law = par(
        f"根据《中华人民共和国民法典》等法律、法规的规定，{a.alias}、{b.alias}双方在平等、自愿的基础上，"
        "经协商一致，订立本合同，共同遵守。"
    )
    return (*title, *parties(deal), place, law)


def parties(deal: Deal) -> tuple[Par, ...]:
    out: list[Par] = []
    for party in deal.parties:
        out.append(par(f"{party.label}：{party.name}", "flush"))
        if deal.look.parties_at == "head":
            out += [par(f"{name}：{value}", "flush") for name, value in particulars(party, deal)]
    return tuple(out)


def particulars(party: Party, deal: Deal) -> list[tuple[str, str]]:
    """The fields of a party that stand in its block."""
    fields = [
        ("统一社会信用代码", party.uscc),
        ("法定代表人", party.legal_representative),
        ("地址", party.address),
        ("邮政编码", party.postcode),
        ("联系人", party.contact),
        ("联系电话", party.phone),
        ("电子邮箱", party.email),
    ]
    if party.bank_account and not account_in_clause(deal):
        fields += [("户名", party.name), ("开户银行", party.bank_name), ("账号", party.bank_account)]
    return [(name, value) for name, value in fields if value]


def account_in_clause(deal: Deal) -> bool:
    return deal.seed % 2 == 0


def account(deal: Deal) -> Par:
    """The payee's account, within the clause of payment."""
    payee = next(party for party in deal.parties if party.bank_account)
    text = f"{payee.alias}收款账户：户名：{payee.name}；开户行：{payee.bank_name}；账号：{payee.bank_account}。"
    return par(text)


def tail(deal: Deal, listed_in_clause: bool) -> tuple[Content, ...]:
    """The list of annexes and the signatures."""
    out: list[Content] = []
    listed = [annex for annex in deal.annexes if annex.listed]
    if listed and not listed_in_clause:
        out += [par("附件：", "flush"), *(par(f"附件{annex.number}：{annex.title}", "flush") for annex in listed)]
    out.append(par("（以下无正文）", "center"))
    if deal.look.parties_at == "table":
        out.append(grids.signature_grid(deal.parties, [table_fields(party, deal) for party in deal.parties]))
        return tuple(out)
    left, right = (signature(party, deal) for party in deal.parties)
    out += [Pair(left, right)] if deal.look.sign_side_by_side else [*left, *right]
    return tuple(out)


def table_fields(party: Party, deal: Deal) -> list[tuple[str, str]]:
    return [("单位名称（盖章）", party.signs_as), *particulars(party, deal), ("日期", day(deal.signed, deal))]


def signature(party: Party, deal: Deal) -> tuple[Par, ...]:
    """One party's block: name and seal, particulars where they stand here, the hand, the day."""
    fields = particulars(party, deal) if deal.look.parties_at == "end" else []
    lines = [par(f"{party.label}（盖章）：{party.signs_as}", "sign", f"/seal/{party.role}")]
    if party.agent:
        lines.append(Par((Run("委托代理人（签字）："), Run(party.agent, "hand")), "sign"))
    lines += [par(f"{name}：{value}", "sign") for name, value in fields]
    lines.append(Par((Run("日期："), Run(day(deal.signed, deal), "hand")), "sign"))
    return tuple(lines)
