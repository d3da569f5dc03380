"""Figures of a line that fails: what was read in doubt is read again, what was read surely is left to a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from helpers_proof import contract
from test_proof import LINES, QUANTITY, Paper, spoiled

from pipeline import checks, proof
from pipeline.model.check import Check
from pipeline.model.record import Record
from pipeline.ocr import rapid
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.doubted import options
from pipeline.proof.paths import Path, at, replaced

PRICE: Path = (*QUANTITY[:-1], "unit_price")


@pytest.fixture(scope="module")
def engine() -> rapid.Engine:
    return rapid.Engine()


def in_doubt(record: Record, *places: Path) -> Record:
    for path in places:
        leaf = at(record, path)
        sources = tuple(replace(source, text=str(leaf.value), confidence=0.79) for source in leaf.sources)
        record = replaced(record, path, replace(leaf, sources=sources))
    return record


def with_proven(record: Record, page: Paper, engine: rapid.Engine) -> tuple[Record, tuple[Check, ...]]:
    return proof.with_proven(record, page.witness(engine), SecondReader(engine))


def test_a_figure_in_doubt_is_what_its_readings_and_its_line_say(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    found, [check] = with_proven(in_doubt(spoiled(page.read(right)), QUANTITY), page, engine)

    leaf = at(found, QUANTITY)
    assert (leaf.value, leaf.sources[0].text) == (Decimal(27000), "27000")
    assert leaf.confidence < 0.8
    assert (check.rule, check.status, check.refs) == ("reading.second", "unverified", (leaf,))
    assert "数量第一遍读作「2700」，再次识读读作「27000」，与本行算式相符" in check.message.zh
    assert not [check for check in checks.run(found) if check.status == "mismatch"]


def test_two_figures_of_a_line_in_doubt(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = in_doubt(spoiled(spoiled(page.read(right)), PRICE, "0.29"), PRICE, QUANTITY)
    found, said = with_proven(record, page, engine)

    assert [at(found, path).value for path in (PRICE, QUANTITY)] == [Decimal("0.22"), Decimal(27000)]
    assert len(said) == 2


def test_what_was_read_surely_stays(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = spoiled(page.read(right))
    assert with_proven(record, page, engine) == (record, ())


def test_an_error_of_the_paper_stays(engine: rapid.Engine) -> None:
    wrong = spoiled(contract(LINES))
    page = Paper(wrong)
    record = in_doubt(page.read(wrong), PRICE, QUANTITY)
    assert with_proven(record, page, engine) == (record, ())


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["296", "296", "96"], ["296"]),
        (["296", "96", "96"], []),
        (["296", "296", "96", "96"], []),
        (["296", "96"], []),
        (["1", "1", "1"], []),
    ],
)
def test_more_readings_must_state_it_than_what_was_read(
    texts: Sequence[str], values: Sequence[str], engine: rapid.Engine
) -> None:
    read = at(Paper(contract(LINES)).read(spoiled(contract(LINES), value="96")), QUANTITY)
    seen: dict[Decimal, list[Reading]] = {}
    for text in texts:
        seen.setdefault(Decimal(text), []).append(Reading(text, "rapid", "red", 0.7))
    assert [str(option.value) for option in options(read, seen)] == values
