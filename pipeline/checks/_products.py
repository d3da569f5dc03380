"""How a price table multiplies: its convention, and the verdict on each of its lines.

Contracts print `单价 数量 期限 合价` in several ways. A period column may multiply (0.22 x 27000 x 12 = 71280) or only
describe (the price already covers the term); without such a column the term may multiply all the same. A table has one
convention, the one that explains the most lines, and every line is judged by it (docs/checks.md, "How money rules read
a table").

>>> from pipeline.model.lift import Lifter
>>> data = {"table_id": "t1", "items": [{"unit_price": "0.22", "quantity": "27000", "amount": "71280"}]}
>>> verdicts(Lifter({}).node(LineItemTable, data, ""), months=12)[0].assumption
{'periods': '12', 'basis': 'contract.term'}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pipeline.checks._operands import FEN, HALF_FEN, WIDE, agrees, last_place, operand
from pipeline.checks._tax import HUNDRED, rate_of, with_tax
from pipeline.model.check import Missing, value_of
from pipeline.model.record import LineItem, LineItemTable

Factor = Callable[[LineItem], Decimal | None]
ONE = Decimal(1)
LEAST_CEILING = 12
YEAR = 12


@dataclass(frozen=True, slots=True)
class Convention:
    """How a table turns price x quantity into an amount.

    `printed` says that the factor stands in the line's own period column, `basis` where it comes from otherwise;
    `counted` says that the table has a column of quantities.
    """

    factor: Factor
    printed: bool = False
    basis: str | None = None
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line under its table's convention.

    `exact` is the unrounded product; `weak` says that the line needed a factor for itself, so that price and quantity
    are not confirmed by it.
    """

    item: LineItem
    status: Literal["pass", "mismatch", "missing"]
    exact: Decimal | None = None
    factor: Decimal = ONE
    printed: bool = False
    basis: str | None = None
    weak: bool = False
    counted: bool = True

    @property
    def assumption(self) -> dict[str, str]:
        if self.basis is None or self.status != "pass":
            return {}
        if self.basis == "tax":
            return {"tax_rate": format((self.factor - 1) * HUNDRED, "f").rstrip("0").rstrip("."), "basis": "tax"}
        named = self.basis in ("line", "table", "contract.term")
        periods = {"periods": format(self.factor, "f")} if named or (not self.printed and self.factor != ONE) else {}
        return periods | {"basis": self.basis}


def product(item: LineItem, counted: bool = True) -> Decimal | None:
    """Unit price x quantity, None where one is missing; the price alone where the table counts nothing."""
    if item.unit_price is None or (item.quantity is None and counted):
        return None
    return item.unit_price.value * (item.quantity.value if item.quantity else ONE)


def verdicts(table: LineItemTable, months: int | None) -> tuple[Verdict, ...]:
    """Every line of `table`, judged by the table's convention; `months` is the contract's term."""
    convention = convention_of(table, months)
    ceiling = max(LEAST_CEILING, months or 0)
    first = doubted([judged(item, convention) for item in table.items])
    plain_goods = not convention.printed and sum(v.status == "pass" and v.factor == ONE for v in first) > 1
    second = [alone(verdict, ceiling, months, plain_goods) for verdict in first]
    if confirmed(table):
        return tuple(rounded(verdict) for verdict in second)
    open_sum = any(item.amount is None for item in table.items)
    return tuple(perhaps_rounded(verdict) for verdict in second) if open_sum else tuple(second)


def convention_of(table: LineItemTable, months: int | None) -> Convention:
    """The convention that explains the most lines; of equals the one that assumes the least."""
    return max(conventions(table, months), key=lambda c: sum(explains(c, item) for item in table.items))


def explains(convention: Convention, item: LineItem) -> bool:
    """Whether a line holds; where tax is added, a net price that was divided back from a gross one may be rounded."""
    verdict = judged(item, convention)
    return verdict.status == "pass" or (convention.basis == "tax" and rate_in(item) is not None)


def conventions(table: LineItemTable, months: int | None) -> Iterator[Convention]:
    """What a table may mean, from the plainest on."""
    if any(item.periods is not None for item in table.items):
        counted = any(item.quantity is not None for item in table.items)
        yield Convention(as_printed, printed=True, counted=counted)
        yield Convention(lambda item: ONE, printed=True, basis="periods_describe", counted=counted)
        yield Convention(in_months, printed=True, basis="periods_in_months", counted=counted)
        return
    yield Convention(lambda item: ONE)
    yield from taxed(table)
    if months and months > 1:
        yield Convention(constant(Decimal(months)), basis="contract.term")
    for shared in shared_factors(table, max(LEAST_CEILING, months or 0)):
        yield Convention(constant(shared), basis="table")


def taxed(table: LineItemTable) -> Iterator[Convention]:
    """Net prices beside gross amounts: each line by its own legal rate, one that shows none by the table's."""
    rates = Counter(rate for item in table.items if (rate := rate_in(item)))
    if rates:
        usual = rates.most_common(1)[0][0]
        yield Convention(lambda item: with_tax(rate_in(item) or usual), basis="tax")


def doubted(found: list[Verdict]) -> list[Verdict]:
    """A rate of tax that no other line shares is weak evidence: 21 misread as 20 looks like 5%."""
    shared = Counter(verdict.factor for verdict in found if verdict.basis == "tax" and verdict.status == "pass")
    return [replace(verdict, weak=verdict.basis == "tax" and shared[verdict.factor] < 2) for verdict in found]


def rate_in(item: LineItem) -> Decimal | None:
    """The legal rate between a line's price x quantity and its amount, the price rounded at its last place or not."""
    exact, amount = product(item), value_of(item.amount)
    if not exact or amount is None:
        return None
    rounding = abs(last_place(value_of(item.unit_price)) / 2 * value_of(item.quantity))
    return rate_of(exact, amount, HALF_FEN) or rate_of(exact, amount, min(rounding, abs(exact) / 400) + HALF_FEN)


def constant(factor: Decimal) -> Factor:
    return lambda item: factor


def as_printed(item: LineItem) -> Decimal | None:
    return item.periods.value if item.periods else None


def in_months(item: LineItem) -> Decimal | None:
    """The periods of a line that is priced by the month, where the column counts years."""
    periods = as_printed(item)
    return periods * YEAR if periods is not None and item.period_unit == "year" else periods


def shared_factors(table: LineItemTable, ceiling: int) -> list[Decimal]:
    """Whole factors above one that at least two lines show."""
    counts = Counter(factor for item in table.items if (factor := whole_factor(item, ceiling)))
    return [factor for factor, count in counts.items() if count > 1 and factor > 1]


def whole_factor(item: LineItem, ceiling: int) -> Decimal | None:
    """The whole number from 1 to `ceiling` by which price x quantity becomes the amount."""
    exact, amount = product(item), value_of(item.amount)
    if not exact or amount is None:
        return None
    factor = (amount / exact).to_integral_value()
    return factor if 1 <= factor <= ceiling and agrees(exact * factor, amount) else None


def judged(item: LineItem, convention: Convention) -> Verdict:
    """One line by the table's convention alone."""
    base, factor = product(item, convention.counted), convention.factor(item)
    amount, printed, basis = value_of(item.amount), convention.printed, convention.basis
    if base is None or factor is None or amount is None:
        return Verdict(item, "missing", printed=printed, basis=basis, counted=convention.counted)
    exact = base * factor
    status: Literal["pass", "mismatch"] = "pass" if agrees(exact, amount) else "mismatch"
    return Verdict(item, status, exact, factor, printed, basis, counted=convention.counted)


def alone(verdict: Verdict, ceiling: int, months: int | None, plain_goods: bool) -> Verdict:
    """A failed line without a period column, passed by a factor that it shows for itself.

    Where other lines are plain price x quantity, a whole ratio is more likely a wrong figure than a hidden frequency:
    then only the term, or a count that the line's own words state, may multiply.
    """
    item = verdict.item
    if verdict.status != "mismatch" or verdict.printed or verdict.basis == "tax":
        return verdict
    factor = whole_factor(item, ceiling)
    if factor is None or (plain_goods and factor != months and not stated(factor, item)):
        return verdict
    basis = "contract.term" if factor == months else "line"
    return Verdict(item, "pass", value_of(item.amount), factor, basis=basis, weak=True)


def stated(factor: Decimal, item: LineItem) -> bool:
    """Do the line's own words count to `factor` (每年4次, 12个月)?"""
    words = "".join(leaf.value for leaf in (item.name, item.spec, item.unit, item.remark) if leaf is not None)
    return re.search(rf"(?<![\d.]){factor}\s*(次|个?月|年|季|期|周|天|日)", words) is not None


def rounded(verdict: Verdict) -> Verdict:
    """A failed line whose printed unit price, taken to be rounded at its last place, admits the printed amount.

    Where the printed price fits another quantity exactly, the quantity is wrong and the price isn't rounded.
    """
    item = verdict.item
    if verdict.status != "mismatch" or verdict.exact is None:
        return verdict
    price, amount = value_of(item.unit_price), value_of(item.amount)
    quantity = value_of(item.quantity) if verdict.counted else ONE
    slack = abs(last_place(price) / 2 * quantity * verdict.factor) + HALF_FEN
    if abs(verdict.exact - amount) > slack or fits_another(price * verdict.factor, quantity, amount):
        return verdict
    return replace(verdict, status="pass", exact=amount, basis="rounded_unit_price", weak=True)


def perhaps_rounded(verdict: Verdict) -> Verdict:
    """A failed line that would hold if its unit price were rounded, where the total that would say so can't be added
    up: it keeps its status, with the basis that it may have."""
    return verdict if rounded(verdict) is verdict else replace(verdict, basis="rounded_unit_price")


def fits_another(price: Decimal, quantity: Decimal, amount: Decimal) -> bool:
    """Is there a quantity of the printed kind (whole, or with decimals) that makes the amount exactly?"""
    if not price:
        return False
    place = min(last_place(quantity), FEN) if last_place(quantity) < 1 else ONE
    other = (amount / price).quantize(place, context=WIDE)
    return other != quantity and agrees(price * other, amount)


def confirmed(table: LineItemTable) -> bool:
    """Do the printed amounts add up to the printed total?"""
    amounts = [value_of(item.amount) for item in table.items]
    return None not in amounts and sum(amounts, Decimal(0)) == value_of(table.total)


def wanted(verdict: Verdict) -> tuple[str, ...]:
    """The fields that the line's equation has."""
    periods = ("periods",) if verdict.printed and verdict.basis != "periods_describe" else ()
    return ("unit_price", *(("quantity",) if verdict.counted else ()), *periods, "amount")


def lacking(verdict: Verdict) -> tuple[str, ...]:
    return tuple(name for name in wanted(verdict) if isinstance(operand(verdict.item, name), Missing))
