"""Whether anything may be missing from a comparison: then it is not the paper's fault that it fails.

A line that was not read, an instalment overlooked, a price table taken for running text: each makes a sum too small. A
sum in words may be cut off where its figures are lost as well, and a table most of whose lines fail was read in the
wrong columns: no paper is wrong throughout. What speaks against all this: a table's own numbers run without a gap and
its lines make its total; percents make 100; no other check says that something was overlooked.

>>> is_numbered(["1", "2", "3"]), is_numbered(["1", "3"]), is_numbered(["", ""])
(True, False, False)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from pipeline.model.check import Check, Missing
from pipeline.model.record import LineItemTable
from pipeline.proof.court import Court, holding, wrong
from pipeline.proof.cut import is_cut
from pipeline.proof.equations import HUNDRED
from pipeline.proof.paths import Path, at
from pipeline.proof.solve import number

LINE_RULE, PAYMENTS, TABLES = "line.product", "installments.sum", "table.contract_total"
MANY = 3  # lines that fail: with most of a table's lines it is the table, one more where the product of another holds
LITTLE = 10  # times less than the least payment: not a payment that was overlooked; than a gap: no part of it


def is_whole_comparison(check: Check, court: Court) -> bool:
    """Whether all that belongs in the check's equation stands in it."""
    lost = lost_entries(court.found)
    lists = [ref for ref in check.refs if isinstance(ref, Missing) and ref.entry is court.record]
    gaps = [ref for ref in check.refs if isinstance(ref, Missing) and ref.entry is not court.record]
    return (
        not gaps
        and not is_half_read(check, court)
        and not lacks_factor(check, court)
        and all(is_whole(table, lost) for table in summed_tables(check, court))
        and all(is_complete(ref.field, check, court, lost) for ref in lists)
    )


def is_half_read(check: Check, court: Court) -> bool:
    """Whether the check compares what may be the beginning of a value only, or a sum in words whose figures could not
    be read: the rest of it may be lost as well."""
    lost, places = lost_entries(court.found), court.graph.places
    leaves = [ref for ref in check.refs if id(ref) in places]
    return any(
        is_cut(leaf, path, court.record) or (path[-1] == "words_value" and id(at(court.record, path[:-1])) in lost)
        for leaf in leaves
        if not court.graph.holds(leaf)
        for path in (places[id(leaf)],)
    )


def places_of(check: Check, court: Court) -> list[Path]:
    places = court.graph.places
    return [places[id(ref)] for ref in check.refs if id(ref) in places]


def lacks_factor(check: Check, court: Court) -> bool:
    """Whether a line may be compared without what multiplies it: nothing counts it, and a column of quantities may be
    lost, or most lines of its table fail, and it was read in the wrong columns."""
    places = places_of(check, court)
    if check.rule != LINE_RULE or not places:
        return False
    lines = [other for other in court.found if other.rule == LINE_RULE and is_of(places[0][:2], other, court)]
    failed, made = len(wrong(lines)), holding(lines)
    many = MANY + 1 if any(multiplies(other, court) for other in made) else MANY
    return "quantity" not in {path[-1] for path in places} or (failed >= many and failed > len(made))


def multiplies(check: Check, court: Court) -> bool:
    """Whether a line's product is one that wrong columns don't make: none of its factors is 1."""
    factors = [leaf.value for equation in court.graph.by_check.get(id(check), ()) for leaf in equation.terms]
    return len(factors) > 1 and Decimal(1) not in factors


def is_of(table: Path, check: Check, court: Court) -> bool:
    return any(path[:2] == table for path in places_of(check, court))


def is_complete(field: str, check: Check, court: Court, lost: frozenset[int]) -> bool:
    """Whether a list of the record has all its entries, as far as the contract itself can say."""
    if field in overlooked(court):
        return False
    if field == "installments":
        return makes_hundred(court) or lacks_little(check, court)
    tables = court.record.line_item_tables
    whole = field == "line_item_tables" and all(is_whole(table, lost) for table in tables)
    return whole and (all(is_summed(table, court) for table in tables) or leaves_no_room(check, court))


def lacks_little(check: Check, court: Court) -> bool:
    """Whether the payments lack far less than the least of them: none so small was overlooked."""
    expected, actual = number(check.expected), number(check.actual)
    if check.rule != PAYMENTS or expected is None or actual is None:
        return False
    paid = (entry.figures.value for entry in court.record.installments if entry.figures)
    return LITTLE * abs(expected - actual) <= min(paid, default=Decimal(0))


def leaves_no_room(check: Check, court: Court) -> bool:
    """Whether the lines make rather the contract's total than what is printed as their own: with the lines of a table
    that was overlooked they would make far more."""
    expected, actual = number(check.expected), number(check.actual)
    if check.rule != TABLES or expected is None or actual is None:
        return False
    amounts = (item.amount for table in court.record.line_item_tables for item in table.items)
    made = sum((amount.value for amount in amounts if amount), Decimal(0))
    return LITTLE * abs(expected - made) <= abs(expected - actual)


def overlooked(court: Court) -> set[str]:
    """The lists of which a check says that an entry may have been overlooked."""
    return {
        ref.field
        for check in court.found
        if check.status == "unverified" and check.severity != "info"
        for ref in check.refs
        if isinstance(ref, Missing) and ref.entry is court.record
    }


def makes_hundred(court: Court) -> bool:
    """Whether the percents of the instalments make 100."""
    entries = court.record.installments
    return any(
        equation.target == HUNDRED and equation.check.status == "pass"
        for entry in entries
        if entry.percent is not None
        for equation in court.graph.of(entry.percent)
    )


def is_summed(table: LineItemTable, court: Court) -> bool:
    """Whether the table's lines make its printed total."""
    return table.total is not None and any(
        equation.check.rule == "table.sum" for equation in court.graph.confirming(table.total)
    )


def summed_tables(check: Check, court: Court) -> list[LineItemTable]:
    """The tables whose lines stand in the equation as a sum."""
    if check.rule == LINE_RULE:
        return []
    lines = [path for path in places_of(check, court) if path[0] == "line_item_tables" and path[2] == "items"]
    return [court.record.line_item_tables[int(i)] for i in {path[1] for path in lines}]


def is_whole(table: LineItemTable, lost: frozenset[int]) -> bool:
    """Whether the lines' own numbers show that none was lost and none read twice, and no line lacks a figure: it may
    have run into the next."""
    entries = {id(table), *map(id, table.items)}
    return is_numbered([item.seq.value if item.seq else "" for item in table.items]) and not entries & lost


def is_numbered(numbers: Sequence[Any]) -> bool:
    return list(numbers) == [str(i) for i in range(1, len(numbers) + 1)]


def lost_entries(found: Iterable[Check]) -> frozenset[int]:
    """The entries of the record of which something could not be read, by their identity."""
    return frozenset(
        id(ref.entry)
        for check in found
        if check.status == "unverified" and check.severity == "error"
        for ref in check.refs
        if isinstance(ref, Missing)
    )
