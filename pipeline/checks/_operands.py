"""What several rules ask of a record: an operand or its empty place, the contract's total, the term in months.

>>> agrees(Decimal("10.005"), Decimal("10.00")), agrees(Decimal("10.006"), Decimal("10.00"))
(True, False)
>>> agrees(Decimal("10.00"), Decimal("10.002"))
False
>>> whole_months(date(2024, 5, 24), date(2025, 5, 23)), whole_months(date(2024, 5, 24), date(2025, 5, 24))
(12, None)
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from pipeline.model.check import Missing, Ref, value_of
from pipeline.model.record import Number, Record, Term, Text
from pipeline.model.source import Cited

FEN = Decimal("0.01")
HALF_FEN = Decimal("0.005")
# Wide enough for digits that ran together in a bad reading; the usual 28 places would raise.
WIDE = Context(prec=200)

YEARS = range(1900, 2201)
MONTHS = range(1, 1201)

# What an Amount is called.
KINDS = {"contract_total": ("合同总价", "contract total"), "award": ("中标金额", "award"), "other": ("金额", "amount")}

# Below this confidence a reading that disagrees proves nothing about the paper.
TRUSTED = 0.8


def operand(entry: Any, field: str) -> Ref:
    """The leaf in `field` of `entry`, or the empty place where it should stand."""
    leaf = getattr(entry, field)
    return Missing(entry, field) if leaf is None else leaf


def operands(entry: Any, *names: str) -> tuple[Ref, ...]:
    return tuple(operand(entry, name) for name in names)


def present(*leaves: Cited[Any] | None) -> tuple[Cited[Any], ...]:
    return tuple(leaf for leaf in leaves if leaf is not None)


def trusted(*leaves: Cited[Any]) -> bool:
    return all(leaf.confidence >= TRUSTED for leaf in leaves)


def fen(value: Decimal) -> Decimal:
    """A sum of money as it is paid: to the fen, half up."""
    return value.quantize(FEN, ROUND_HALF_UP, WIDE)


def agrees(exact: Decimal, printed: Decimal) -> bool:
    """Is `printed` the exact value rounded to the fen, or to a finer last place of its own? Half of it counts in either
    direction."""
    return abs(exact - printed) <= min(HALF_FEN, last_place(printed) / 2)


def last_place(value: Decimal) -> Decimal:
    """One unit of the last printed place: 0.01 for 33.33, 1 for 2700."""
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def total_leaf(record: Record) -> Number:
    """The contract's total: as a clause states it, as the award states it, or the total of the only price table.

    A total that a clause states and that could not be read may be what a discount leaves of the table's.
    """
    for kind in ("contract_total", "award"):
        for amount in record.amounts:
            if amount.kind == kind and (amount.figures or amount.words_value):
                return amount.figures or amount.words_value
    if any(amount.kind == "contract_total" for amount in record.amounts):
        return None
    return record.line_item_tables[0].total if len(record.line_item_tables) == 1 else None


def day(leaf: Text) -> date | None:
    """A full date; None for year and month alone, a day that no calendar has, or a year that no contract has."""
    try:
        read = date.fromisoformat(value_of(leaf) or "")
    except ValueError:
        return None
    return read if read.year in YEARS else None


def printed_months(term: Term) -> int | None:
    """The months that the contract states; None for a number that no term has."""
    return term.months.value if term.months is not None and term.months.value in MONTHS else None


def last_day(start: date, months: int) -> date:
    """The last day of a term of whole months; a month too short for the next term's first day ends it."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    length = calendar.monthrange(year, month)[1]
    return date(year, month, length) if start.day > length else date(year, month, start.day) - timedelta(days=1)


def whole_months(start: date, end: date) -> int | None:
    """The months from `start` to `end`, both included; None where they are not whole."""
    months = round((end - start).days / 30.44)
    return months if months > 0 and last_day(start, months) == end else None


def term_months(term: Term | None) -> int | None:
    """The term in months: as printed, otherwise counted from its dates."""
    if term is None:
        return None
    if term.months is not None:
        return printed_months(term)
    start, end = day(term.start), day(term.end)
    return whole_months(start, end) if start and end else None


def months_refs(term: Term) -> tuple[Ref, ...]:
    """The leaves that `term_months` counted."""
    return present(term.months) or present(term.start, term.end)
