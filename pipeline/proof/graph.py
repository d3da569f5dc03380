"""The constraint graph of a contract: its values, and the equations in which each of them stands.

Built once a record, before any repair is tried: what confirms a value (`standing`) and what may be wrong with it
(`candidates`) are questions to the same graph.

>>> from decimal import Decimal
>>> from pipeline.model.check import Message
>>> figures, words = Cited(Decimal(80), ()), Cited(Decimal("80.00"), ())
>>> same = Check("pass", (figures, words), Message("", ""), "amount.words")
>>> places: dict[int, Path] = {id(figures): ("amounts", 0, "figures"), id(words): ("amounts", 0, "words_value")}
>>> [held] = graph((same,), places, {}).confirming(figures)
>>> held.check.rule
'amount.words'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model.check import Check
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.equations import Equation, Leaf, Reader, factors
from pipeline.proof.paths import Path, paths

# Rules without an equation of figures whose pass holds a value in place all the same: the term, its dates and a period.
HOLDING = frozenset({"term.months"})
# Rules whose unverified check may stand beside a pass of theirs and say that it proves little.
WEAKENING = frozenset({"line.product"})


@dataclass(frozen=True, slots=True)
class Graph:
    """`places` are the paths of all values, `touching` and `equations` the checks and equations of each, by the
    value's identity, `by_check` those of each check; `doubted` are values of which a rule says itself that its pass
    leaves them open."""

    places: Mapping[int, Path]
    touching: Mapping[int, Sequence[Check]]
    equations: Mapping[int, Sequence[Equation]]
    by_check: Mapping[int, Sequence[Equation]]
    doubted: frozenset[tuple[int, str]]
    held: dict[int, bool] = field(default_factory=dict, compare=False)  # what `holds` found, by the value's identity

    def of(self, leaf: Leaf) -> Sequence[Equation]:
        return self.equations.get(id(leaf), ())

    def confirming(self, leaf: Leaf) -> list[Equation]:
        """The equations that hold, and would not hold for another value of the leaf."""
        return [
            equation
            for equation in self.of(leaf)
            if equation.check.status == "pass"
            and (id(leaf), equation.check.rule) not in self.doubted
            and equation.pins(leaf)
        ]

    def holds(self, leaf: Leaf) -> bool:
        """Whether something holds the value in place: an equation, or a pass that is none (the term, a period)."""
        if id(leaf) not in self.held:
            of_others = self.touching.get(id(leaf), ())
            self.held[id(leaf)] = bool(self.confirming(leaf)) or any(
                check.status == "pass" and check.rule in HOLDING for check in of_others
            )
        return self.held[id(leaf)]

    def failing(self, leaf: Leaf) -> list[Check]:
        return [check for check in self.touching.get(id(leaf), ()) if check.status == "mismatch"]


def graph(found: Sequence[Check], places: Mapping[int, Path], by_line: Mapping[int, Decimal]) -> Graph:
    """The graph of these checks; `by_line` is the factor of each line's amount (equations.factors)."""
    equations: dict[int, list[Equation]] = defaultdict(list)
    by_check: dict[int, list[Equation]] = defaultdict(list)
    for equation in Reader(places, by_line).equations(found):
        by_check[id(equation.check)].append(equation)
        for leaf in equation.counts:
            equations[leaf].append(equation)
    return Graph(places, checks_by_leaf(found), equations, by_check, frozenset(doubts(found)))


def graph_of(record: Record, found: Sequence[Check]) -> Graph:
    return graph(found, paths(record), factors(record))


def checks_by_leaf(found: Iterable[Check]) -> Mapping[int, Sequence[Check]]:
    """The checks in which each leaf stands, by the leaf's identity."""
    out: dict[int, list[Check]] = defaultdict(list)
    for check in found:
        for ref in check.refs:
            if isinstance(ref, Cited):
                out[id(ref)].append(check)
    return out


def doubts(found: Iterable[Check]) -> Iterable[tuple[int, str]]:
    """The values that a rule leaves open beside its own pass, with the rule (docs/checks.md, "A line of its own")."""
    return (
        (id(ref), check.rule)
        for check in found
        if check.status == "unverified" and check.rule in WEAKENING
        for ref in check.refs
    )
