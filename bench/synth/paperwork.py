"""What surrounds the clauses: cover, parties, preamble, the list of annexes, signatures."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from random import Random

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


LABELS: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))


def label(name: str, deal: Deal) -> str:
    """What this contract calls a field: the same wherever it stands."""
    rng = Random(f"{deal.seed}/label {name}")
    return rng.choice(LABELS[name]) if rng.random() < 0.6 else LABELS[name][0]


def cover(deal: Deal) -> tuple[Par, ...]:
    """The cover's lines; none where the contract has no cover."""
    if not deal.look.cover:
        return ()
    names = tuple(par(f"{party.label}：{party.name}", "who") for party in deal.parties)
    return (*about(deal), par(deal.title, "cover-title"), *names, par(f"签订日期：{day(deal.signed, deal)}", "who"))


def about(deal: Deal) -> tuple[Par, ...]:
    """Numbers and names of the contract: on the cover, or above the parties."""
    number = (
        (par(f"{label('procurement', deal)}：{deal.procurement_number}", "flush"),) if deal.procurement_number else ()
    )
    return (
        par(f"{label('number', deal)}：{deal.number}", "flush"),
        par(f"{label('project', deal)}：{deal.project}", "flush"),
        *number,
    )


def head(deal: Deal) -> tuple[Content, ...]:
    """Title, parties and preamble of the first page of text."""
    title = () if deal.look.cover else (par(deal.title, "title"), *about(deal))
    place = par(f"{label('place', deal)}：{deal.place}", "flush")
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
            out += [par(text, "flush") for text in lines(particulars(party, deal), deal)]
    return tuple(out)


def lines(fields: list[tuple[str, str]], deal: Deal) -> list[str]:
    """The fields, one a line; in some contracts short ones share a line."""
    texts = [f"{name}：{value}" for name, value in fields]
    if not deal.look.shared_lines:
        return texts
    out: list[str] = []
    for text in texts:
        room = out and len(out[-1]) <= 16 and len(text) <= 18
        out[-1:] = [f"{out[-1]}　　　　{text}"] if room else [*out[-1:], text]
    return out


def particulars(party: Party, deal: Deal) -> list[tuple[str, str]]:
    """The fields of a party that stand in its block."""
    fields = [
        (name, getattr(party, name))
        for name in ("uscc", "legal_representative", "address", "postcode", "contact", "phone", "email")
    ]
    if party.bank_account and not account_in_clause(deal):
        fields += [("account_name", party.name), ("bank_name", party.bank_name), ("bank_account", party.bank_account)]
    return [(label(name, deal), value) for name, value in fields if value]


def account_in_clause(deal: Deal) -> bool:
    return deal.seed % 2 == 0


def account(deal: Deal) -> Par:
    """The payee's account, within the clause of payment."""
    payee = next(party for party in deal.parties if party.bank_account)
    number = payee.clause_account or payee.bank_account
    fields = (("account_name", payee.name), ("bank_name", payee.bank_name), ("bank_account", number))
    text = f"{payee.alias}收款账户：" + "；".join(f"{label(name, deal)}：{value}" for name, value in fields) + "。"
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
    title = f"单位名称{label('seal', deal)}"
    return [(title, party.signs_as), *particulars(party, deal), (label("date", deal), day(deal.signed, deal))]


def signature(party: Party, deal: Deal) -> tuple[Par, ...]:
    """One party's block: name and seal, particulars where they stand here, the hand, the day."""
    fields = particulars(party, deal) if deal.look.parties_at == "end" else []
    lines = [par(f"{party.label}{label('seal', deal)}：{party.signs_as}", "sign", f"/seal/{party.role}")]
    if party.agent:
        lines.append(Par((Run(f"{label('agent', deal)}："), Run(party.agent, "hand")), "sign"))
    lines += [par(f"{name}：{value}", "sign") for name, value in fields]
    lines.append(Par((Run(f"{label('date', deal)}："), Run(day(deal.signed, deal), "hand")), "sign"))
    return tuple(lines)
