"""Contracts whose paper is wrong, and contracts whose paper is right: what verdicts are measured on.

Every second seed prints its contract with misprints of different figures: slips of a typist, and single digits that are
changed, lost or doubled, which to the equations look just like misreadings. Such a figure is told from a misread one by
its print alone. The other seeds print what everything in it agrees with, so that whatever fails was misread.

>>> rng = Random(1)
>>> [str(one_digit(Decimal("2700.00"), rng)) for _ in range(3)]
['27700.00', '1700.00', '270.00']
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from bench import scanning
from bench.synth import price_faults as faults
from bench.synth import stamps
from bench.synth.clauses import script
from bench.synth.deal import Deal
from bench.synth.draw import draw
from bench.synth.paper import printed
from bench.synth.slips import Fault
from bench.synth.truth import truth
from pipeline.text.misread import FIGURE_PAIRS

ALIKE = 0.5  # of the changed digits become one that looks like them


# ---- one digit -------------------------------------------------------------------------------------------------------


def one_digit(value: Decimal, rng: Random) -> Decimal:
    """The figure with one digit of its whole part changed, often to one that looks alike, lost or doubled."""
    whole, point, decimals = f"{value:f}".partition(".")
    at = rng.randrange(len(whole))
    shorter = whole[:at] + whole[at + 1 :]
    way = rng.choice(("changed", "changed", "changed", "lost", "doubled"))
    if way == "doubled" and whole != "0":
        wrong = whole[:at] + whole[at] + whole[at:]
    elif way == "lost" and shorter[:1] not in ("", "0"):
        wrong = shorter
    else:
        wrong = whole[:at] + other(whole[at], rng) + whole[at + 1 :]
    return Decimal(wrong + point + decimals)


def other(digit: str, rng: Random) -> str:
    """Another digit than this, and no zero, which might stand at the beginning."""
    alike = [pair.replace(digit, "") for pair in FIGURE_PAIRS if digit in pair]
    digits = [one for one in (alike if rng.random() < ALIKE else "123456789") if one not in (digit, "0", "")]
    return rng.choice(digits or [one for one in "123456789" if one != digit])


def numeral(value: Decimal, rng: Random) -> Decimal:
    """The sum with one digit that isn't zero made another: one numeral of its words."""
    digits = list(f"{value:f}")
    at = rng.choice([i for i, digit in enumerate(digits) if digit in "123456789"])
    digits[at] = rng.choice([digit for digit in "123456789" if digit != digits[at]])
    return Decimal("".join(digits))


# ---- misprints of one digit ------------------------------------------------------------------------------------------


def line_digit(deal: Deal, rng: Random) -> Deal | None:
    """A digit of a line's price, quantity or amount."""
    table = deal.prices
    at = rng.choice([i for i, line in enumerate(table.lines) if line.unit_price and line.amount])
    name = rng.choice(("unit_price", "quantity", "amount", "amount"))
    line = table.lines[at]
    wrong: dict[str, Any] = {name: one_digit(getattr(line, name), rng)}
    return replace(deal, prices=faults.with_line(table, at, replace(line, **wrong)))


def price_digit(deal: Deal, rng: Random) -> Deal | None:
    """A digit of the price in a clause, or a numeral of its words."""
    first = deal.statements[0]
    in_words = rng.random() < 0.5
    said = numeral(first.words, rng) if in_words else first.words
    wrong = replace(first, figures=first.figures if in_words else one_digit(first.figures, rng), words=said)
    return replace(deal, statements=(wrong, *deal.statements[1:]))


def total_digit(deal: Deal, rng: Random) -> Deal | None:
    """A digit of the price table's total."""
    table = deal.prices
    if len(table.tail) != 1 or table.tail[0].form == "words":
        return None
    wrong = one_digit(table.total, rng)
    return replace(deal, prices=replace(table, total=wrong, tail=(replace(table.tail[0], figures=wrong),)))


def payment_digit(deal: Deal, rng: Random) -> Deal | None:
    """A digit of an instalment's figures."""
    parts = list(deal.installments)
    sums = [i for i, one in enumerate(parts) if one.figures]
    if not sums:
        return None
    at = rng.choice(sums)
    figures = parts[at].figures
    assert figures is not None
    parts[at] = replace(parts[at], figures=one_digit(figures, rng))
    return replace(deal, installments=tuple(parts))


LINES: tuple[Fault, ...] = (faults.line_differs, line_digit)
SUMS: tuple[Fault, ...] = (
    faults.amount_differs, faults.sum_differs, faults.words_differ, price_digit, price_digit, total_digit
)  # fmt: skip
PAYMENTS: tuple[Fault, ...] = (faults.percents_differ, faults.instalment_differs, payment_digit)


# ---- the scans -------------------------------------------------------------------------------------------------------


def is_misprinted(seed: int) -> bool:
    return seed % 2 == 1


def misprinted(deal: Deal) -> Deal:
    """The deal with misprints of different figures: two lines, a sum, a payment."""
    rng = Random(f"{deal.seed}/misprints")
    for fault in (*LINES, rng.choice(SUMS), rng.choice(PAYMENTS)):
        deal = fault(deal, rng) or deal
    return deal


def scanned(seed: int, profile: str) -> tuple[bytes, dict[str, Any]]:
    """The scan of the seed's contract, and the truth of what is printed on it."""
    deal = misprinted(draw(seed)) if is_misprinted(seed) else draw(seed)
    lines = script(deal)
    paper = printed(lines, deal.look)
    return scanning.scan(paper.pdf, profile, seed, stamps.drawn(deal, paper)), truth(deal, lines, paper)


def remembered(seed: int, profile: str, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The scan's file and its truth in the folder, made unless they are there."""
    path = folder / profile / f"{seed:05}.pdf"
    beside = path.with_suffix(".json")
    if not path.exists():
        pdf, true = scanned(seed, profile)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(true, ensure_ascii=False), encoding="utf-8")
        aside = path.with_suffix(".part")
        aside.write_bytes(pdf)
        aside.replace(path)
    return path, json.loads(beside.read_text(encoding="utf-8"))
