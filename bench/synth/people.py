"""Invented parties: names, codes, addresses, accounts. The places and the companies do not exist."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random
from typing import Literal

from bench.synth.deal import Party

NAMES: dict[str, list[str]] = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def town(rng: Random) -> str:
    return rng.choice(NAMES["towns"])


def person(rng: Random) -> str:
    return rng.choice(NAMES["surnames"]) + rng.choice(NAMES["given"])


def phone(rng: Random) -> str:
    if rng.random() < 0.4:
        return f"1{rng.choice('3578')}{rng.randrange(10**9):09}"
    return f"0{rng.randint(310, 999)}-{rng.randint(2, 8)}{rng.randrange(10**7):07}"


def check_character(body: str) -> str:
    """GB 32100-2015, for the first 17 characters.

    >>> check_character("91110108571214 31X".replace(" ", ""))
    'A'
    """
    total = sum(CODE.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return CODE[-total % 31]


def uscc(rng: Random, public: bool) -> str:
    body = ("12" if public else "91") + f"{rng.randint(110000, 659000)}" + "".join(rng.choices(CODE, k=9))
    return body + check_character(body)


def address(rng: Random, place: str) -> str:
    return f"{place}市{rng.choice(NAMES['streets'])}{rng.randint(1, 399)}号" + rng.choice(
        ["", f"{rng.randint(1, 9)}号楼"]
    )


def company(rng: Random, trade: str) -> str:
    place = town(rng)
    tail = rng.choice(["有限公司", "有限责任公司", "股份有限公司"])
    return rng.choice(
        [f"{place}{rng.choice(NAMES['brands'])}{trade}{tail}", f"{rng.choice(NAMES['brands'])}{trade}（{place}）{tail}"]
    )


def maybe(rng: Random, share: float, value: str) -> str | None:
    return value if rng.random() < share else None


def party(
    rng: Random, role: Literal["party_a", "party_b"], label: str, alias: str, name: str, public: bool, paid: bool
) -> Party:
    """A party with those of its particulars that this contract prints; the one that is paid has an account."""
    place = next((t for t in NAMES["towns"] if t in name), town(rng))
    return Party(
        role=role,
        label=label,
        alias=alias,
        name=name,
        signs_as=name,
        uscc=maybe(rng, 0.6, uscc(rng, public)),
        legal_representative=maybe(rng, 0.7, person(rng)),
        agent=None,
        contact=maybe(rng, 0.8, person(rng)),
        phone=phone(rng),
        email=maybe(rng, 0.25, f"contact{rng.randint(10, 99)}@example.com"),
        address=address(rng, place),
        postcode=maybe(rng, 0.4, f"{rng.randint(100000, 799999)}"),
        bank_name=f"{rng.choice(NAMES['banks'])}{place}支行" if paid else None,
        bank_account=f"{rng.choice(['62', '01', '34', '11'])}{rng.randrange(10**15):015}" if paid else None,
    )
