"""What every planted error needs: the finding it must lead to, and a slip of the typist's hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import TypeAlias

from bench.synth.deal import Deal, Finding

Fault: TypeAlias = Callable[[Deal, Random], Deal | None]


def found(deal: Deal, rule: str, why: str, *pointers: str) -> tuple[Finding, ...]:
    return (*deal.findings, Finding(rule, pointers, why))


def transposed(value: Decimal, rng: Random) -> Decimal:
    """The sum with two unlike neighbouring digits exchanged, or one digit changed: a slip of the typist."""
    digits = list(f"{value:f}")
    places = [i for i, char in enumerate(digits) if char.isdigit()]
    swaps = [(i, j) for i, j in itertools.pairwise(places) if digits[i] != digits[j] and (i or digits[j] != "0")]
    if swaps and rng.random() < 0.5:
        i, j = rng.choice(swaps)
        digits[i], digits[j] = digits[j], digits[i]
    else:
        i = rng.choice(places[: max(1, len(places) - 2)])
        digits[i] = rng.choice([d for d in "123456789" if d != digits[i]])
    return Decimal("".join(digits))
