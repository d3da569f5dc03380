"""Contracts for the tests of proof: records whose every equation holds, and single misreadings of their figures."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from test_checks import build

from pipeline.model.record import Record
from pipeline.text.amounts import to_words

FEN = Decimal("0.01")


def contract(lines: list[tuple[str, str]], shares: tuple[int, ...] = (30, 70), months: int | None = None) -> Record:
    """A contract of these lines (unit price, quantity), paid in these shares, priced by the month or not."""
    items = [line(number, price, quantity, months) for number, (price, quantity) in enumerate(lines, 1)]
    total = sum((Decimal(item["amount"]) for item in items), Decimal(0))
    stated = {"figures": f"{total:.2f}", "words": to_words(total), "words_value": f"{total:.2f}"}
    parts: dict[str, Any] = {
        "amounts": [{"kind": "contract_total"} | stated],
        "installments": payments(total, shares),
        "line_item_tables": [{"items": items, "total": f"{total:.2f}"}],
    }
    if months:
        parts["contract"] = {"term": {"start": "2024-05-24", "end": "2025-05-23", "months": months}}
    return build(parts)


def line(number: int, price: str, quantity: str, months: int | None) -> dict[str, Any]:
    amount = (Decimal(price) * Decimal(quantity) * (months or 1)).quantize(FEN)
    periods = {"periods": str(months), "period_unit": "month"} if months else {}
    shown = {"seq": str(number), "unit_price": price, "quantity": quantity, "amount": str(amount)}
    return shown | periods


def payments(total: Decimal, shares: tuple[int, ...]) -> list[dict[str, Any]]:
    sums = [(total * share / 100).quantize(FEN) for share in shares[:-1]]
    sums.append(total - sum(sums, Decimal(0)))
    return [
        {
            "seq": seq,
            "percent": str(share),
            "figures": f"{due:.2f}",
            "words": to_words(due),
            "words_value": f"{due:.2f}",
        }
        for seq, (share, due) in enumerate(zip(shares, sums, strict=True), 1)
    ]


def random_contract(rng: random.Random) -> Record:
    lines = [
        (f"{rng.randint(11, 99999) / Decimal(100):.2f}", str(rng.randint(2, 3000))) for _ in range(rng.randint(3, 12))
    ]
    return contract(lines, rng.choice([(30, 70), (50, 40, 10), (20, 30, 50)]), rng.choice([None, 12]))


def misread(text: str, rng: random.Random) -> str:
    """The figure with one digit changed, lost or added; never one that begins with a zero it had not."""
    while True:
        at, digit = rng.randrange(len(text)), rng.choice("0123456789")
        after = rng.choice([at, at + 1, at + 1, at + 1])
        other = text[:at] + rng.choice([digit, digit, ""]) + text[after:]
        legible = text[at].isdigit() and other[-1:].isdigit() and (other[0] in "123456789" or other.startswith("0."))
        if legible and Decimal(other) not in (Decimal(text), 0):
            return other
