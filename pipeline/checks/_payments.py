"""Payments that are no share of the whole total, or not paid only once.

Contracts print 每季度考核合格后支付合同总价的25%，共支付四次 as one clause, and may pay a part of the price
(实施服务费) in shares of that part, and the rest by the year. Neither is an error, and neither can be taken for
certain: so such instalments are unverified, not mismatched.

>>> RECURS.search("在每季度服务考核合格后15个工作日内") is not None, RECURS.search("每次验收") is not None
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pipeline.checks._operands import agrees, fen
from pipeline.checks._stated import stated_elsewhere
from pipeline.model.record import Installment, Number, Record

RECURS = re.compile(r"每(?:个|一)?(?:季度?|月|年|半年|学[期年]|周|期|次|批)")
MOST_TIMES = 120
HUNDRED = Decimal(100)


def times(entries: Iterable[Installment], field: str, whole: Decimal) -> int | None:
    """How often the recurring instalments are paid, so that all make `whole`; None where no number of times does."""
    values = [(leaf.value, recurs(entry)) for entry in entries if (leaf := getattr(entry, field)) is not None]
    once = sum((value for value, again in values if not again), Decimal(0))
    each = sum((value for value, again in values if again), Decimal(0))
    count = (whole - once) / each if each else Decimal(0)
    return int(count) if count == count.to_integral_value() and 2 <= count <= MOST_TIMES else None


def recurs(entry: Installment) -> bool:
    return entry.condition is not None and RECURS.search(entry.condition.value) is not None


def base_of(record: Record, total: Number) -> Decimal | None:
    """The part of the price, stated by a clause, of which every instalment is its share; None where it is the total."""
    shares = [(e.percent.value, e.figures.value) for e in record.installments if e.percent and e.figures]
    if total is None or not shares or len(shares) < len(record.installments) or not max(shares)[0]:
        return None
    percent, figures = max(shares)
    base = fen(figures * HUNDRED / percent)
    held = all(agrees(share * base / HUNDRED, sum_) for share, sum_ in shares)
    return base if held and base < total.value and stated_elsewhere(record, base) else None
