"""Checks -> equations: what each comparison of figures says, as arithmetic in which a value can be tried.

Every money rule compares a sum or a product with a figure: 大写 = 小写 and 合计 = 合同总价 are sums of one term,
单价 x 数量 x 期数 = 合价 and 总价 x 比例 = 金额 are products with a scale. A rule with a form here confirms the
values that it compares; a rule without one only casts doubt.

>>> from pipeline.model.check import Message
>>> price, quantity, amount = (Cited(Decimal(text), ()) for text in ("0.22", "2700", "71280"))
>>> line = Equation(Check("mismatch", (), Message("", "")), (price, quantity), amount, Decimal(12), True, HALF_FEN)
>>> line.holds({}), line.holds({id(quantity): Decimal(27000)}), line.pins(quantity)
(False, True, True)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeAlias

from pipeline.checks._operands import FEN, HALF_FEN, WIDE, last_place, term_months
from pipeline.checks._products import Verdict, verdicts
from pipeline.model.check import Check
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.paths import Path
from pipeline.proof.solve import LARGEST, MOST_PLACES

Leaf: TypeAlias = Cited[Any]
Changes: TypeAlias = Mapping[int, Decimal]  # leaf by identity -> the value tried

ONE, ZERO, PERCENT, HUNDRED = Decimal(1), Decimal(0), Decimal("0.01"), Decimal(100)
# A pass on such a basis holds for other values too, so it holds none of its values in place.
LOOSE = frozenset({"line", "rounded_unit_price", "rounded_sum", "adjusted_total"})


@dataclass(frozen=True)
class Equation:
    """`scale` x the terms' product, or their sum, is `target` (a leaf or a number) to within `slack`.

    `sure` is False where its rule may read the same values in another way, so that only the rule can say what holds.
    """

    check: Check
    terms: tuple[Leaf, ...]
    target: Leaf | Decimal
    scale: Decimal = ONE
    multiplies: bool = False
    slack: Decimal = ZERO
    sure: bool = True

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        return (*self.terms, self.target) if isinstance(self.target, Cited) else self.terms

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """How often each leaf enters the difference of the sides."""
        out: dict[int, int] = {}
        for leaf in self.terms:
            out[id(leaf)] = out.get(id(leaf), 0) + 1
        if isinstance(self.target, Cited):
            out[id(self.target)] = out.get(id(self.target), 0) - 1
        return out

    @cached_property
    def values(self) -> Mapping[int, Decimal]:
        return {id(leaf): Decimal(leaf.value) for leaf in self.leaves}

    @cached_property
    def difference(self) -> Decimal:
        return self.left({}) - self.right({})

    def holds(self, changes: Changes) -> bool:
        return abs(self.gap(changes)) <= self.slack

    def gap(self, changes: Changes) -> Decimal:
        """The left side less the right side; a sum of many terms is not added up anew."""
        if self.multiplies:
            return self.left(changes) - self.right(changes)
        moved = (self.counts[i] * (new - self.values[i]) for i, new in changes.items() if i in self.counts)
        return self.difference + sum(moved, ZERO)

    def left(self, changes: Changes) -> Decimal:
        numbers = [changes.get(id(leaf), self.values[id(leaf)]) for leaf in self.terms]
        return self.scale * (math.prod(numbers, start=ONE) if self.multiplies else sum(numbers, ZERO))

    def right(self, changes: Changes) -> Decimal:
        if not isinstance(self.target, Cited):
            return self.target
        return changes.get(id(self.target), self.values[id(self.target)])

    def weight(self, leaf: Leaf, changes: Changes) -> Decimal:
        """By how much the difference of the sides grows with the leaf."""
        if not self.multiplies or leaf is self.target:
            return Decimal(self.counts.get(id(leaf), 0))
        others = [changes.get(id(other), self.values[id(other)]) for other in self.terms if other is not leaf]
        return self.scale * math.prod(others, start=ONE)

    def pins(self, leaf: Leaf) -> bool:
        """Whether the equation would fail if the leaf's last printed figure were another."""
        weight = abs(self.weight(leaf, {}))
        return weight > 0 and last_place(self.values[id(leaf)]) * weight >= (FEN if self.slack else 0)

    def solutions(self, leaf: Leaf, changes: Changes) -> Iterator[Decimal]:
        """What the leaf would have to be: the exact value, or each figure of few decimals that rounds to it."""
        weight = self.weight(leaf, changes)
        if not weight:
            return
        exact = WIDE.subtract(self.values[id(leaf)], WIDE.divide(self.gap(changes), weight))
        if abs(exact) >= LARGEST:
            return
        if not self.multiplies:
            yield exact
            if not self.sure and isinstance(self.target, Cited):
                yield self.right(changes) if leaf is not self.target else self.left(changes)
            return
        for places in range(MOST_PLACES + 1):
            figure = round(exact, places)
            if abs(figure - exact) * abs(weight) <= self.slack:
                yield figure


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the equations of one record's checks; `factors` as below."""

    places: Mapping[int, Path]
    factors: Mapping[int, Decimal]

    def equations(self, found: Sequence[Check]) -> Iterator[Equation]:
        """The equation of each check that was made and has one."""
        for check in found:
            form = FORMS.get(check.rule)
            if form and check.status != "unverified" and check.assumption.get("basis") not in LOOSE:
                leaves = [ref for ref in check.refs if id(ref) in self.places]
                if all(isinstance(leaf.value, (Decimal, int)) for leaf in leaves if self.name(leaf) != "words"):
                    yield from form(self, check, leaves)

    def name(self, leaf: Leaf) -> str | int:
        return self.places[id(leaf)][-1]

    def part(self, leaf: Leaf) -> str | int:
        return self.places[id(leaf)][0]


def factors(record: Record) -> Mapping[int, Decimal]:
    """What multiplies each line of the price tables beside its own figures, by the identity of its amount."""
    months = term_months(record.contract.term)
    found = (verdict for table in record.line_item_tables for verdict in verdicts(table, months))
    return {id(verdict.item.amount): factor(verdict) for verdict in found if verdict.item.amount is not None}


def factor(verdict: Verdict) -> Decimal:
    """What multiplies a line's own figures: nothing where its period column does, otherwise the table's factor."""
    periods = verdict.item.periods
    if verdict.printed and verdict.basis != "periods_describe" and periods is not None and periods.value:
        return verdict.factor / periods.value
    return verdict.factor


# ---- the forms of the rules


def equality(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """大写 = 小写: the value of the words stands for them."""
    numbers = [leaf for leaf in leaves if reader.name(leaf) != "words"]
    if len(numbers) == 2:
        yield Equation(check, tuple(numbers[:1]), numbers[1])


def line(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """单价 x 数量 x 期数 = 合价."""
    terms, amounts = split(leaves, lambda leaf: reader.name(leaf) != "amount")
    if terms and len(amounts) == 1:
        yield Equation(check, terms, amounts[0], reader.factors.get(id(amounts[0]), ONE), True, HALF_FEN)


def table_sum(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """合价 + … = 合计; a total that fails may be the rounded sum of unrounded products, which the rule itself knows."""
    terms, totals = split(leaves, lambda leaf: reader.name(leaf) != "total")
    if check.assumption.get("basis") == "parts":
        yield Equation(check, tuple(leaves[1:]), leaves[0])
    elif terms and len(totals) == 1:
        slack = HALF_FEN * len(terms) if check.status == "mismatch" else ZERO
        yield Equation(check, terms, totals[0], slack=slack)


def contract_total(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """A further statement against the contract's total, or the price tables, which may make it in several ways."""
    if len(leaves) > 1:
        sure = not any(reader.part(leaf) == "line_item_tables" for leaf in leaves)
        yield Equation(check, tuple(leaves[1:]), leaves[0], sure=sure)


def payments(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """金额 + … = 合同总价."""
    terms, totals = split(leaves, lambda leaf: reader.part(leaf) == "installments")
    if terms and len(totals) == 1:
        yield Equation(check, terms, totals[0])


def percents(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """比例 + … = 100, or 合同总价 x 比例 = 金额."""
    if leaves and all(reader.name(leaf) == "percent" for leaf in leaves):
        yield Equation(check, tuple(leaves), HUNDRED)
    elif len(leaves) == 3:
        yield Equation(check, tuple(leaves[1:]), leaves[0], PERCENT, True, HALF_FEN)


def copies(reader: Reader, check: Check, leaves: Sequence[Leaf]) -> Iterator[Equation]:
    """甲方 + 乙方 + 其他 = 一式 … 份."""
    terms, totals = split(leaves, lambda leaf: reader.name(leaf) != "total")
    if terms and len(totals) == 1:
        yield Equation(check, terms, totals[0])


def split(leaves: Sequence[Leaf], is_term: Callable[[Leaf], bool]) -> tuple[tuple[Leaf, ...], tuple[Leaf, ...]]:
    return tuple(filter(is_term, leaves)), tuple(leaf for leaf in leaves if not is_term(leaf))


Form: TypeAlias = Callable[[Reader, Check, Sequence[Leaf]], Iterator[Equation]]
FORMS: Mapping[str, Form] = {
    "amount.words": equality,
    "line.product": line,
    "table.sum": table_sum,
    "table.contract_total": contract_total,
    "installments.sum": payments,
    "installments.percent": percents,
    "copies.sum": copies,
}
