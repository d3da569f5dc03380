"""A value that is out of line with the rest: replaced by one number, several mismatches hold.

A printed total of 209789.50 beside lines and a contract total that both make 290789.50: no single misreading leads from
the one to the other, so it is no repair; and whatever else the table gets wrong, if it is what is printed, the paper is
at fault in each of these comparisons. What some of a table's lines make may have been taken from their own row, or from
a subtotal whose label was not read, so it is printed and still not the value that was meant.

>>> from pipeline.model.check import Message
>>> from pipeline.model.source import Cited
>>> from pipeline.proof.graph import graph
>>> made, printed, stated = (Cited(Decimal(text), ()) for text in ("290", "209", "290"))
>>> sides = {"table.sum": (printed, made), "table.contract_total": (stated, printed)}
>>> found = tuple(Check("mismatch", refs, Message("", ""), rule) for rule, refs in sides.items())
>>> lists = (("line_item_tables", 0, "items", 0, "amount"), ("line_item_tables", 0, "total"), ("amounts", 0, "figures"))
>>> known = graph(found, dict(zip(map(id, (made, printed, stated)), lists, strict=True)), {})
>>> [value.value for value in outliers(found[0], known)]
[Decimal('209')]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.model.check import Check
from pipeline.model.record import LineItemTable
from pipeline.proof.equations import Leaf
from pipeline.proof.graph import Graph

SEVERAL = 2  # mismatches that one number mends: so many others agree on it


def outliers(check: Check, known: Graph) -> Iterator[Leaf]:
    """The values of the mismatch, none held in place, each of which one number would bring in line with it and with
    another mismatch."""
    for equation in known.by_check.get(id(check), ()):
        for leaf in equation.leaves:
            values = () if known.holds(leaf) else equation.solutions(leaf, {})
            if any(mended(leaf, value, known) >= SEVERAL for value in values):
                yield leaf


def mended(leaf: Leaf, value: Decimal, known: Graph) -> int:
    """How many mismatches hold with another value of the leaf."""
    failing = (equation for equation in known.of(leaf) if equation.check.status == "mismatch")
    return len({id(equation.check) for equation in failing if equation.holds({id(leaf): value})})


def is_taken(leaf: Leaf, tables: Sequence[LineItemTable]) -> bool:
    """Whether lines of a table one after the other, but not all of them, make the value: it may be theirs."""
    return any(is_made(leaf, table) for table in tables)


def is_made(leaf: Leaf, table: LineItemTable) -> bool:
    amounts = [item.amount.value for item in table.items if item.amount and item.amount is not leaf]
    sums = [Decimal(0), *itertools.accumulate(amounts)]
    return leaf.value != sums[-1] and not {part + leaf.value for part in sums}.isdisjoint(sums)
