"""How each figure of the record stands: confirmed, contradicted or unchecked.

A figure is `confirmed` by the equations that hold and would fail if its last printed digit were another. Their number
counts those that share no further value: a wrong figure that n of them confirm takes n more wrong ones to stay unseen.
It is `contradicted` where an equation fails and none confirms it, and `unchecked` where nothing speaks for it or
against it: that is never shown as fine.

>>> from pipeline.model.check import Message
>>> printed, said = Cited(Decimal(80), ()), Cited(Decimal("90.00"), ())
>>> wrong = Check("mismatch", (printed, said), Message("", ""), "amount.words")
>>> places = {id(printed): ("amounts", 0, "figures"), id(said): ("amounts", 0, "words_value")}
>>> standing(printed, graph((wrong,), places, {})).status
'contradicted'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model.check import Check, Standing
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.equations import Equation, Leaf
from pipeline.proof.graph import Graph, graph, graph_of
from pipeline.proof.paths import at

# The sum of unrounded products, rounded, is the printed total and no other; the printed amounts it leaves open.
CONFIRMS_TOTAL = "rounded_sum"

__all__ = ["graph", "standing", "standings"]


def standings(record: Record, found: Sequence[Check]) -> tuple[Standing, ...]:
    """Of every figure of the record, in the record's order; `found` are its checks."""
    known = graph_of(record, found)
    return tuple(standing(leaf, known) for leaf in figures(record, known))


def figures(record: Record, known: Graph) -> Iterator[Leaf]:
    """All decimals; no equation looks into penalties, so their figures are unchecked."""
    leaves = (at(record, path) for path in known.places.values())
    yield from (leaf for leaf in leaves if isinstance(leaf.value, Decimal))
    yield from (penalty.value for penalty in record.penalties if isinstance(penalty.value, Cited))


def standing(leaf: Leaf, known: Graph) -> Standing:
    failing = tuple(known.failing(leaf))
    holding = independent(leaf, known.confirming(leaf))
    checks = tuple(equation.check for equation in holding) + tuple(others(leaf, known))
    if checks:
        return Standing(leaf, "confirmed", checks)
    return Standing(leaf, "contradicted" if failing else "unchecked", failing)


def independent(leaf: Leaf, equations: Sequence[Equation]) -> list[Equation]:
    """Equations that have no value in common but the leaf, the shortest first."""
    out: list[Equation] = []
    used: set[int] = set()
    for equation in sorted(equations, key=lambda equation: len(equation.counts)):
        if used.isdisjoint(equation.counts):
            out.append(equation)
            used.update(equation.counts)
            used.discard(id(leaf))
    return out


def others(leaf: Leaf, known: Graph) -> Iterator[Check]:
    """Passes that are no equation of the graph and confirm the leaf all the same: the term a period, a rounded sum the
    total."""
    name = known.places[id(leaf)][-1] if id(leaf) in known.places else None
    for check in known.touching.get(id(leaf), ()):
        basis = check.assumption.get("basis")
        of_term = check.rule == "term.months" and name == "periods"
        if check.status == "pass" and (of_term or (basis == CONFIRMS_TOTAL and name == "total")):
            yield check
