"""proof of values that were hardly read, lie below a seal, or are out of line with several others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from helpers_proof import contract
from test_proof import LINES, QUANTITY, Paper, spoiled

from pipeline import checks, proof
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.ocr.rapid import Engine
from pipeline.proof.paths import Path, at, replaced

TOTAL: Path = ("line_item_tables", 0, "total")
AMOUNT: Path = ("line_item_tables", 0, "items", 0, "amount")
RED = np.array([60, 60, 170])  # a dark seal's ink


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def diagnoses(record: Record, paper: Paper, engine: Engine) -> dict[str, str | None]:
    found = proof.prove(record, checks.run(record), paper.witness(engine))
    return {check.rule: check.diagnosis for check in found if check.status == "mismatch"}


def doubted(record: Record, path: Path, confidence: float) -> Record:
    leaf = at(record, path)
    sources = tuple(replace(source, confidence=confidence) for source in leaf.sources)
    return replaced(record, path, Cited(leaf.value, sources))


@pytest.mark.parametrize(("confidence", "diagnosis"), [(0.79, "document"), (0.4, "unknown")])
def test_what_was_read_in_doubt_is_printed_if_its_pixels_are_strong(
    engine: Engine, confidence: float, diagnosis: str
) -> None:
    paper = Paper(spoiled(contract(LINES)))
    record = doubted(paper.read(spoiled(contract(LINES))), QUANTITY, confidence)

    assert diagnoses(record, paper, engine) == {"line.product": diagnosis}


def test_what_was_read_in_doubt_is_not_printed_if_its_pixels_are_weak(engine: Engine) -> None:
    paper = Paper(spoiled(contract(LINES)))
    record = doubted(paper.read(spoiled(contract(LINES))), QUANTITY, 0.79)
    weak = replace(paper.witness(engine), score=lambda crop, texts: (-1.0, *(-3.2 for _ in texts[1:])))
    found = {check.diagnosis for check in proof.prove(record, checks.run(record), weak) if check.status == "mismatch"}

    assert found == {"unknown"}


@pytest.mark.parametrize(("lead", "diagnosis"), [(9.0, "document"), (3.0, "unknown")])
def test_below_a_seal_only_strong_pixels_show_what_is_printed(engine: Engine, lead: float, diagnosis: str) -> None:
    paper = Paper(spoiled(contract(LINES)))
    record = paper.read(spoiled(contract(LINES)))
    for path in (QUANTITY, AMOUNT):
        box = at(record, path).sources[0].box
        piece = paper.image[round(box.y0) : round(box.y1), round(box.x0) : round(box.x0) + 60]
        piece[:] = np.minimum(piece, RED)
    seen = replace(paper.witness(engine), score=lambda crop, texts: (-0.1, *(-0.1 - lead for _ in texts[1:])))
    found = {check.diagnosis for check in proof.prove(record, checks.run(record), seen) if check.status == "mismatch"}

    assert found == {diagnosis}


def test_a_value_that_the_pixels_deny_is_not_the_paper_s_fault(engine: Engine) -> None:
    """A pair of repairs, of which one is printed otherwise, says nothing of the other."""
    misprinted = spoiled(contract(LINES), TOTAL, "10760.00")
    paper = Paper(misprinted)
    record = paper.read(spoiled(misprinted, AMOUNT, "594.00"))

    assert diagnoses(record, paper, engine)["line.product"] != "document"


def test_a_total_out_of_line_with_its_lines_and_the_contract_is_the_paper_s_fault(engine: Engine) -> None:
    """Its figures exchanged: no single misreading, and the table can't show by its total that it is whole."""
    wrong = spoiled(contract(LINES), TOTAL, "6210.00")
    paper = Paper(wrong)

    assert set(diagnoses(paper.read(wrong), paper, engine).values()) == {"document"}


def test_a_total_that_some_of_the_lines_make_may_be_their_subtotal(engine: Engine) -> None:
    """Its label was not read: both the lines and the contract say otherwise, but the paper may be right."""
    record = contract([*LINES, ("40", "35")])
    part = sum((item.amount.value for item in record.line_item_tables[0].items[:2] if item.amount), Decimal(0))
    taken = spoiled(record, TOTAL, f"{part:.2f}")
    paper = Paper(taken)

    assert diagnoses(paper.read(taken), paper, engine)["table.contract_total"] == "unknown"


@pytest.mark.parametrize(("short", "diagnosis"), [("0.50", "document"), ("2000.00", "unknown")])
def test_payments_that_lack_too_little_for_another_are_wrong_on_paper(
    engine: Engine, short: str, diagnosis: str
) -> None:
    record = contract(LINES)
    paid = Decimal(record.installments[1].figures.value) - Decimal(short)  # type: ignore[union-attr]
    for name in ("figures", "words_value"):
        record = spoiled(record, ("installments", 1, name), f"{paid:.2f}")
    bare = replace(record, installments=tuple(replace(one, percent=None) for one in record.installments))
    paper = Paper(bare)

    assert diagnoses(paper.read(bare), paper, engine)["installments.sum"] == diagnosis


@pytest.mark.parametrize(("amount", "diagnosis"), [("2130.00", "document"), ("700.00", "unknown")])
def test_lines_that_make_the_contract_s_total_leave_no_room_for_another_table(
    engine: Engine, amount: str, diagnosis: str
) -> None:
    """The table's total has its figures exchanged, and a line is wrong too: by a little, or by much of the gap."""
    record = spoiled(contract([*LINES, ("40", "35")]), TOTAL, "6116.00")
    record = spoiled(record, ("line_item_tables", 0, "items", 1, "amount"), amount)
    paper = Paper(record)

    assert diagnoses(paper.read(record), paper, engine)["table.contract_total"] == diagnosis


def test_one_product_shows_that_the_columns_are_right(engine: Engine) -> None:
    """Three of four lines are misprinted, which would else mean that the table was read in the wrong columns."""
    record = contract([("3", "7"), ("11", "5"), ("13", "9"), ("17", "2")])
    for n, amount in enumerate(("26.00", "35.00", "171.00")):
        record = spoiled(record, ("line_item_tables", 0, "items", n, "amount"), amount)
    paper = Paper(record)

    assert diagnoses(paper.read(record), paper, engine)["line.product"] == "document"
