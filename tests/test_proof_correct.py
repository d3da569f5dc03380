"""proof.correct: repairs go into the record only where both witnesses agree, and what was read stays beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from helpers_proof import contract
from test_proof import LINES, QUANTITY, Paper, spoiled

from pipeline import checks, proof
from pipeline.exporters.json import validator
from pipeline.model.check import Message, unverified
from pipeline.model.lower import lower
from pipeline.model.record import Record
from pipeline.ocr.rapid import Engine
from pipeline.proof.correct import corrected
from pipeline.proof.paths import at
from pipeline.settings import Settings


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def repaired(record: Record, witness: proof.Witness | None) -> tuple[Record, dict[str, Any]]:
    found = proof.prove(record, checks.run(record), witness)
    after, found, repairs = corrected(record, found, witness)
    return after, lower(after, found, {}, "zh", proof.standings(after, found), repairs)


def test_a_misread_figure_is_put_right_and_what_was_read_stays(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    after, data = repaired(paper.read(spoiled(true)), paper.witness(engine))
    pointer = "/line_item_tables/0/items/0/quantity"
    assert at(after, QUANTITY).value == Decimal(27000)
    assert data["repairs"][pointer]["read"] == "2700"
    assert data["repairs"][pointer]["reason"].endswith("图像支持27000")
    assert data["provenance"][pointer][0]["text"] == "2700"
    assert data["proof"][pointer]["status"] == "confirmed"


def test_a_repaired_value_is_a_finding_but_no_mismatch(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    _, data = repaired(paper.read(spoiled(true)), paper.witness(engine))
    assert not [check for check in data["checks"] if check["status"] == "mismatch"]
    [mark] = [check for check in data["checks"] if check["rule"] == "proof.repaired"]
    assert (mark["status"], mark["severity"], mark["expected"], mark["actual"]) == (
        "unverified",
        "info",
        "27000",
        "2700",
    )


def test_a_repaired_record_follows_the_schema(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    _, data = repaired(paper.read(spoiled(true)), paper.witness(engine))
    parts = {"checks", "proof", "repairs"}
    assert [error.message for error in validator().iter_errors(data) if parts & set(error.absolute_path)] == []


@pytest.mark.parametrize("source", ["scan", "text"])
def test_what_the_paper_says_is_never_changed(engine: Engine, source: str) -> None:
    wrong = spoiled(contract(LINES))
    paper = Paper(wrong, source)
    record = paper.read(wrong)
    after, data = repaired(record, paper.witness(engine))
    assert after is record
    assert "repairs" not in data
    assert any(check["status"] == "mismatch" for check in data["checks"])


def test_algebra_alone_changes_nothing() -> None:
    record = spoiled(contract(LINES))
    assert repaired(record, None)[0] is record


def test_the_option_bears_on_the_record() -> None:
    assert Settings(apply_repairs=True).sha256 != Settings().sha256


def test_a_doubt_that_no_rule_raised_stays(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    record, witness = paper.read(spoiled(true)), paper.witness(engine)
    doubt = unverified((record.amounts[0].figures,), Message("两次读数不同", "read differently"), rule="reading.second")
    _, found, repairs = corrected(record, proof.prove(record, (*checks.run(record), doubt), witness), witness)
    assert repairs
    assert doubt in found
