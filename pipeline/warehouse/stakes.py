"""The money that a finding puts in doubt, in yuan: what outputs sort by, so that the dearest doubt is read first.

>>> stake({"rule": "line.product", "status": "mismatch", "refs": [], "difference": "100.00"}, {})
Decimal('100.00')
>>> stake({"rule": "copies.sum", "status": "mismatch", "refs": [], "difference": "1"}, {})
Decimal('0')
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

from pipeline.warehouse import pointers

MONEY_RULES = frozenset(
    {"amount.words", "line.product", "table.sum", "table.contract_total", "installments.sum", "installments.percent"}
)
FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def stake(check: dict[str, Any], data: dict[str, Any]) -> Decimal:
    """The difference, else the largest figure that the finding points at; zero where no money is compared."""
    if check["rule"] not in MONEY_RULES or check["status"] == "pass":
        return Decimal(0)
    if "difference" in check and not any(ref.endswith("/percent") for ref in check["refs"][:1]):
        return Decimal(check["difference"])
    figures = (pointers.value(ref, data) for ref in check["refs"] if not ref.endswith(("/percent", "/seq")))
    return max((Decimal(figure) for figure in figures if FIGURE.fullmatch(figure)), default=Decimal(0))


def at_stake(data: dict[str, Any]) -> Decimal:
    """What a contract's mismatches put in doubt: the largest of the rules' sums, for one wrong figure breaks several
    rules and counts once; what could not be verified is doubted but not added up."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for check in data["checks"]:
        if check["status"] == "mismatch":
            sums[check["rule"]] += stake(check, data)
    return max(sums.values(), default=Decimal(0))
