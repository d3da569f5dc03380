"""Rarer ways of printing a contract, each drawn from a stream of its own once the deal is drawn.

A new twist thus changes only the contracts that it falls on. A twist that does not apply to a deal gives None. None of
them is an error; those that look like one are named in `near_misses`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeAlias

from bench.synth import people
from bench.synth.deal import Deal, Look, Party
from bench.synth.table_twists import TABLE_TWISTS
from bench.synth.wording_twists import WORDING_TWISTS

Twist: TypeAlias = Callable[[Deal, Random], Deal | None]


def twisted(deal: Deal) -> Deal:
    """The deal with the twists that fall on it."""
    for name, (share, twist) in TWISTS.items():
        rng = Random(f"{deal.seed}/twist {name}")
        if rng.random() < share:
            deal = twist(deal, rng) or deal
    return deal


# ---- typography ------------------------------------------------------------------------------------------------------


def look(deal: Deal, **changes: object) -> Deal:
    changed: Look = replace(deal.look, **changes)  # type: ignore[arg-type]
    return replace(deal, look=changed)


def latin(deal: Deal, rng: Random) -> Deal:
    """Digits in the Latin font that a word processor takes beside the Chinese one."""
    return look(deal, latin=rng.choice(["Liberation Serif", "Liberation Serif", "Liberation Sans", "DejaVu Sans"]))


def numbering(deal: Deal, rng: Random) -> Deal:
    """1、 above （1） above ①, or 1 above 1.1 above 1.1.1."""
    return look(deal, numbering=rng.choice(["comma", "bare"]))


def dates(deal: Deal, rng: Random) -> Deal:
    return look(deal, dates=rng.choice(["padded", "chinese", "dashes"]))


def every_place(deal: Deal, rng: Random) -> Deal:
    """A form whose blanks have their units printed: 壹拾零万伍仟 ... 零角零分."""
    capitals = replace(deal.look.capitals, every_place=True)
    return look(deal, capitals=capitals, words_look=rng.choice(["blank", "blank", ""]))


def running_head(deal: Deal, rng: Random) -> Deal:
    """The contract's number, title or project at the head of every page."""
    return look(deal, running_head=rng.choice([f"合同编号：{deal.number}", deal.title, deal.project]))


def contents(deal: Deal, rng: Random) -> Deal:
    return look(deal, contents=True)


def ten_thousands(deal: Deal, rng: Random) -> Deal | None:
    """84.5万元 in the clause of the price."""
    return look(deal, ten_thousands=True) if deal.statements[0].figures % 10 == 0 else None


def shared_lines(deal: Deal, rng: Random) -> Deal:
    """Short particulars of a party share a line."""
    return look(deal, shared_lines=True)


# ---- parties ---------------------------------------------------------------------------------------------------------


def agents(deal: Deal, rng: Random) -> Deal:
    """Who signs for whom, by hand."""
    a, b = (replace(party, agent=people.person(rng)) for party in deal.parties)
    return replace(deal, parties=(a, b))


def lettered_code(deal: Deal, rng: Random) -> Deal | None:
    """A credit code whose issuer is a letter: a farmers' cooperative (N), another body (Y)."""
    at = next((i for i, party in enumerate(deal.parties) if party.uscc), None)
    if at is None:
        return None
    body = rng.choice(["N2", "N3", "Y1"]) + (deal.parties[at].uscc or "")[2:17]
    parties: list[Party] = list(deal.parties)
    parties[at] = replace(parties[at], uscc=body + people.check_character(body))
    return replace(deal, parties=(parties[0], parties[1]), near_misses=(*deal.near_misses, "lettered_code"))


def account_twice(deal: Deal, rng: Random) -> Deal:
    """The payee's account in its block and, the same, in the clause of payment."""
    a, b = (replace(party, clause_account=party.bank_account) for party in deal.parties)
    return replace(deal, parties=(a, b))


TWISTS: dict[str, tuple[float, Twist]] = {
    "latin": (0.35, latin),
    "numbering": (0.15, numbering),
    "dates": (0.3, dates),
    "every_place": (0.06, every_place),
    "running_head": (0.2, running_head),
    "contents": (0.08, contents),
    "ten_thousands": (0.25, ten_thousands),
    "shared_lines": (0.2, shared_lines),
    "agents": (0.5, agents),
    "account_twice": (0.15, account_twice),
    "lettered_code": (0.1, lettered_code),
    **TABLE_TWISTS,
    **WORDING_TWISTS,
}
