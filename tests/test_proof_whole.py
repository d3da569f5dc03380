"""proof.whole: what fails because something was overlooked is not the paper's fault."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from helpers_proof import contract
from test_proof import LINES, Paper

from pipeline import checks, proof
from pipeline.model.record import Record
from pipeline.model.source import Box, Cited, Source
from pipeline.proof.cut import is_cut
from pipeline.proof.paths import at, replaced

STATED = (("amounts", 0, "figures"), ("amounts", 0, "words_value"))


def dearer(record: Record) -> Record:
    """The contract whose stated total is 1000 more than its price table and its instalments make."""
    for path in STATED:
        leaf = at(record, path)
        record = replaced(record, path, Cited(leaf.value + Decimal(1000), leaf.sources))
    return record


def verdicts(record: Record) -> dict[str, set[str | None]]:
    """The diagnoses by rule, of a contract whose pages are a file's own text."""
    paper = Paper(record, source="text")
    witness = proof.Witness({1: paper.page}, lambda page: paper.image, lambda crop, texts: None)
    read = paper.read(record)
    out: dict[str, set[str | None]] = {}
    for check in proof.prove(read, checks.run(read), witness):
        if check.status == "mismatch":
            out.setdefault(check.rule, set()).add(check.diagnosis)
    return out


def test_a_table_that_makes_its_own_total_lacks_nothing() -> None:
    assert verdicts(dearer(contract(LINES)))["table.contract_total"] == {"document"}


def test_payments_that_make_a_hundred_percent_lack_nothing() -> None:
    assert verdicts(dearer(contract(LINES)))["installments.sum"] == {"document"}


def test_a_table_without_a_total_may_lack_lines() -> None:
    record = dearer(contract(LINES))
    table = replace(record.line_item_tables[0], total=None)
    found = verdicts(replace(record, line_item_tables=(table,)))
    assert "document" not in found["table.contract_total"]


def test_a_table_whose_numbers_leave_one_out_may_lack_it() -> None:
    record = dearer(contract([*LINES, ("5", "2")]))
    items = record.line_item_tables[0].items
    lacking = replace(record.line_item_tables[0], items=(*items[:1], *items[2:]))
    assert "document" not in verdicts(replace(record, line_item_tables=(lacking,)))["table.contract_total"]


def test_payments_without_percents_may_lack_one() -> None:
    record = dearer(contract(LINES))
    bare = tuple(replace(payment, percent=None) for payment in record.installments)
    assert verdicts(replace(record, installments=bare))["installments.sum"] == {"unknown"}


def test_a_table_most_of_whose_lines_fail_was_read_in_the_wrong_columns() -> None:
    lines = [("3", "7"), ("11", "5"), ("13", "9"), ("17", "2")]
    record = contract(lines)
    table = record.line_item_tables[0]
    shifted = tuple(
        replace(item, quantity=Cited(item.quantity.value + 4, item.quantity.sources) if item.quantity else None)
        for item in table.items
    )
    wrong = replace(record, line_item_tables=(replace(table, items=shifted),))

    assert verdicts(wrong)["line.product"] == {"unknown"}


def test_words_that_break_off_are_not_the_papers_fault() -> None:
    record = contract(LINES)
    words, value = at(record, ("amounts", 0, "words")), at(record, ("amounts", 0, "words_value"))
    cut = replaced(record, ("amounts", 0, "words"), Cited("壹拾万零玖仟", words.sources))
    cut = replaced(cut, ("amounts", 0, "words_value"), Cited(Decimal("109000.00"), value.sources))

    assert verdicts(cut)["amount.words"] == {"unknown"}


def test_a_sum_whose_figures_are_lost_may_be_cut_off_itself() -> None:
    record = contract(LINES)
    value = at(record, ("amounts", 0, "words_value"))
    half = replaced(record, ("amounts", 0, "words_value"), Cited(value.value + Decimal(1000), value.sources))
    half = replaced(half, ("amounts", 0, "figures"), None)

    assert set.union(*verdicts(half).values()) == {"unknown"}


def test_a_sum_without_the_decimals_of_its_column_may_be_cut_off() -> None:
    record = contract([("10.25", "3"), ("77.45", "1"), ("305.50", "31"), ("12.34", "17")])
    path = ("line_item_tables", 0, "items", 2, "amount")
    leaf = at(record, path)
    found = verdicts(replaced(record, path, Cited(Decimal("9470"), leaf.sources)))

    assert found["line.product"] == {"unknown"}


def test_a_figure_whose_lines_stand_farther_apart_than_others_lacks_one() -> None:
    """397,740.00 set in three lines, of which the middle one was not read."""
    record = contract([("10.25", "3"), ("77.45", "1"), ("56820.00", "7"), ("12.34", "17")])
    paths = [("line_item_tables", 0, "items", n, "amount") for n in (1, 2)]
    record = replaced(record, paths[0], Cited(Decimal("77.45"), lines_of("77.", "45", step=22)))
    torn, near = (Cited(Decimal("390.00"), lines_of("39", "0.00", step=step)) for step in (44, 22))

    assert is_cut(torn, paths[1], replaced(record, paths[1], torn))
    assert not is_cut(near, paths[1], replaced(record, paths[1], near))


def lines_of(*texts: str, step: float) -> tuple[Source, ...]:
    return tuple(Source(1, Box(0, step * n, 40, step * n + 20), text, 0.99) for n, text in enumerate(texts))
