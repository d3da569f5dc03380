"""The tax between a line's net price and its gross amount: 不含税单价 x 数量 x (1 + 税率) = 含税金额.

Price tables print the net unit price beside the gross amount; the rate has a column of its own that a record does not
keep, and lines of one table may have several (13% on goods, 6% on services). So a rate counts only if the law knows it:
those of the VAT (增值税暂行条例, Article 2, as lowered in 2019) and the simplified levies.

>>> rate_of(Decimal("100.00"), Decimal("113.00"), Decimal("0.005"))
Decimal('13')
>>> rate_of(Decimal("100.00"), Decimal("112.00"), Decimal("0.005")) is None
True
"""

from __future__ import annotations

from decimal import Decimal

RATES = tuple(map(Decimal, ("13", "9", "6", "5", "3", "1")))
HUNDRED = Decimal(100)


def with_tax(rate: Decimal) -> Decimal:
    """The factor from net to gross: 1.13 for 13%."""
    return 1 + rate / HUNDRED


def rate_of(net: Decimal, gross: Decimal, slack: Decimal) -> Decimal | None:
    """The legal rate, in percent, that makes `net` `gross` within `slack`; None where none does."""
    return next((rate for rate in RATES if abs(net * with_tax(rate) - gross) <= slack), None)
