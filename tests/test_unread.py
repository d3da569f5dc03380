"""Figures that the first reading left out: a second reading is taken up where the line proves it, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers_proof import contract
from test_checks import build
from test_proof import LINES, QUANTITY, Paper

from pipeline import proof
from pipeline.model.check import Check
from pipeline.model.record import Record, TableRecord
from pipeline.model.source import Cited, Source
from pipeline.ocr import rapid
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.paths import Path, at, replaced
from pipeline.proof.unread import numbers

NAMES = ("unit_price", "quantity", "periods", "amount")


@pytest.fixture(scope="module")
def engine() -> rapid.Engine:
    return rapid.Engine()


def printed(record: Record) -> Record:
    """The record with its price table as it is printed: a row a line, a cell a figure."""
    [prices] = record.line_item_tables
    rows = tuple(
        tuple(Cited("".join(source.text for source in leaf.sources), leaf.sources) for leaf in figures(item))
        for item in prices.items
    )
    table = TableRecord("t1", None, (1,), (), rows)
    return replace(record, tables=(table,), line_item_tables=(replace(prices, table_id="t1"),))


def figures(item: object) -> list[Cited[Decimal]]:
    return [leaf for name in NAMES if (leaf := getattr(item, name)) is not None]


def unread(record: Record, path: Path, text: str) -> Record:
    """The record without the figure, whose cell was read as the text."""
    cell = Cited(text, tuple(replace(source, text=text, confidence=0.3) for source in at(record, path).sources))
    _, _, _, row, name = path
    column = [each for each in NAMES if getattr(record.line_item_tables[0].items[int(row)], each)].index(str(name))
    record = replaced(record, ("tables", 0, "rows", row, column), cell)
    return replaced(record, path, None)


def completed(record: Record, page: Paper, engine: rapid.Engine) -> tuple[Record, tuple[Check, ...]]:
    return proof.completed(record, page.witness(engine), SecondReader(engine))


def test_a_figure_that_a_second_reading_makes_out_and_the_line_proves(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    found, [check] = completed(unread(printed(page.read(right)), QUANTITY, "→7"), page, engine)

    leaf = at(found, QUANTITY)
    assert (leaf.value, leaf.sources[0].text) == (Decimal(27000), "27000")
    assert leaf.confidence < 0.8
    assert (check.rule, check.status, check.severity, check.refs) == ("reading.second", "unverified", "info", (leaf,))
    assert "数量第一遍没有读出（「→7」），再次识读读作「27000」" in check.message.zh


def test_what_the_line_does_not_prove_stays_null(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    amount: Path = (*QUANTITY[:-1], "amount")
    read = printed(page.read(right))
    record = unread(replaced(read, amount, Cited(Decimal("999.99"), at(read, amount).sources)), QUANTITY, "→7")

    assert completed(record, page, engine) == (record, ())


def test_two_missing_figures_prove_nothing(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = unread(unread(printed(page.read(right)), QUANTITY, "→7"), (*QUANTITY[:-1], "unit_price"), "?")

    assert completed(record, page, engine) == (record, ())


def test_a_merged_cell_is_no_lines_own(engine: rapid.Engine) -> None:
    """An amount that lines share stands once."""
    right = contract([("0.22", "27000"), ("5940.00", "1")])
    page = Paper(right)
    record = printed(page.read(right))
    first, second = (("line_item_tables", 0, "items", row, "amount") for row in (0, 1))
    record = unread(record, second, "5940")
    record = replaced(record, ("tables", 0, "rows", 1, 2), record.tables[0].rows[0][2])

    assert at(record, first).value == Decimal("5940.00")
    assert completed(record, page, engine) == (record, ())


def test_a_blank_read_as_one_is_no_quantity(engine: rapid.Engine) -> None:
    right = build(
        {"line_item_tables": [{"items": [{"unit_price": "80.00", "quantity": q, "amount": "80.00"} for q in "11"]}]}
    )
    page = Paper(right)
    path: Path = ("line_item_tables", 0, "items", 1, "quantity")
    read = printed(page.read(right))

    assert at(completed(unread(read, path, "I"), page, engine)[0], path).value == 1
    assert at(completed(unread(read, path, ""), page, engine)[0], path) is None


def test_a_complete_record_wakes_no_reader(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = printed(page.read(right))
    before = engine.inference_seconds

    assert completed(record, page, engine) == (record, ())
    assert engine.inference_seconds == before


@pytest.mark.parametrize(
    ("text", "stated"),
    [("82人日", ["82"]), ("5680.003", ["5680.003", "5680.00"]), ("12 x 3", []), ("免费", []), ("¥1,2,0", [])],
)
def test_the_numbers_that_a_reading_states(text: str, stated: list[str]) -> None:
    assert [str(value) for value, _ in numbers([Reading(text, "rapid", "red", 0.9)])] == stated
    assert list(numbers([Reading(text, "rapid", "red", 0.1)])) == []


def test_the_surest_reading_of_a_number_is_cited() -> None:
    readings = [Reading("11套", "rapid", "red", 0.6), Reading("11 套", "rapid", "wide", 0.8)]
    assert [reading.confidence for _, reading in numbers(readings)] == [0.8]


def test_cells_without_a_place_are_passed_over(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = unread(printed(page.read(right)), QUANTITY, "→7")
    elsewhere = Cited("→7", (Source(9, at(page.read(right), QUANTITY).sources[0].box, "→7", 0.3),))
    record = replaced(record, ("tables", 0, "rows", QUANTITY[3], 1), elsewhere)

    assert completed(record, page, engine) == (record, ())
