"""Figures that the first reading left out: a second reading is taken up where the line proves it, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from helpers_proof import contract
from test_checks import build
from test_proof import LINES, QUANTITY, Paper

from pipeline import checks, proof
from pipeline.model.check import Check, value_of
from pipeline.model.page import Line, Word
from pipeline.model.record import Record, TableRecord
from pipeline.model.source import Box, Cited, Source
from pipeline.ocr import rapid
from pipeline.ocr.engine import Pixels
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.paths import Path, at, replaced
from pipeline.proof.unread import Gap, agreed, gaps, numbers, sum_in_words

FIGURES: Path = ("amounts", 0, "figures")
NAMES = ("unit_price", "quantity", "periods", "amount")


class Spelling(rapid.Engine):
    """An engine to which every crop says the same sum in words, for OpenCV writes no Chinese."""

    name = "spelling"

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        box = Box(0, 0, 20, 20)
        return tuple(Line((Word("大写：伍佰贰拾肆元整", box, 0.9),), box, 0.9) for _ in crops)


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


def test_what_readings_agree_on_is_taken_up_and_doubted_where_nothing_proves_it(engine: rapid.Engine) -> None:
    """So an error of the paper beside it is found."""
    right = contract(LINES)
    page = Paper(right)
    amount: Path = (*QUANTITY[:-1], "amount")
    read = printed(page.read(right))
    record = unread(replaced(read, amount, Cited(Decimal("999.99"), at(read, amount).sources)), QUANTITY, "→7")
    found, [check] = completed(record, page, engine)

    assert at(found, QUANTITY).value == 27000
    assert (check.status, check.severity, check.refs) == ("unverified", "error", (at(found, QUANTITY),))
    assert "再次识读读作「27000」，各次识读一致" in check.message.zh


def test_a_figure_that_readings_agree_on_may_prove_the_other(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    price: Path = (*QUANTITY[:-1], "unit_price")
    record = unread(unread(printed(page.read(right)), QUANTITY, "→7"), price, "?")
    found, said = completed(record, page, engine)

    assert [at(found, path).value for path in (price, QUANTITY)] == [Decimal("0.22"), Decimal(27000)]
    assert [check.severity for check in said] == ["info", "info"]


def words_of(*texts: str) -> list[Reading]:
    return [Reading(text, "rapid", str(i), 0.8) for i, text in enumerate(texts)]


def test_a_column_in_ten_thousands_is_read_so() -> None:
    right = printed(Paper(contract(LINES)).read(contract(LINES)))
    [prices] = right.line_item_tables
    for i, item in enumerate(prices.items[1:], 1):
        assert item.amount is not None
        (source,) = item.amount.sources
        text = f"{item.amount.value / 10000:f}"
        leaf = Cited(item.amount.value, (replace(source, text=text),))
        right = replaced(right, ("line_item_tables", 0, "items", i, "amount"), leaf)
    [gap] = gaps(unread(right, (*QUANTITY[:-1], "amount"), "?"))

    assert gap.scale == 4
    assert list(numbers(words_of("0.594"), gap.scale)) == [Decimal("5940")]


GAP = Gap(QUANTITY, Cited("?", (Source(1, Box(0, 0, 9, 9), "?", 0.3),)))


@pytest.mark.parametrize(
    ("read", "readings", "taken"),
    [
        ("?", ["27", "27", "27件"], "27"),
        ("?", ["27", "27"], None),
        ("?", ["27", "27", "27", "21"], None),
        ("", ["27", "27", "27"], None),
        ("/", ["1", "1", "1"], None),
        ("I", ["I", "1", "l"], "1"),
        ("约100", ["约100", "约100", "约100"], None),
        ("含在1.2中", ["含在1.2中", "含在1.2中", "含在1.2中"], None),
    ],
)
def test_it_takes_three_readings_and_none_of_another_number(read: str, readings: list[str], taken: str | None) -> None:
    gap = replace(GAP, cell=replace(GAP.cell, value=read))
    leaf = agreed(contract(LINES), gap, numbers(words_of(*readings)))
    assert (leaf and str(leaf.value)) == taken


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
    assert [str(value) for value in numbers([Reading(text, "rapid", "red", 0.9)])] == stated
    assert numbers([Reading(text, "rapid", "red", 0.1)]) == {}


SUM, OTHER = "叁拾肆万元", "叁拾柒万元"


@pytest.mark.parametrize(
    ("readings", "figures", "stated"),
    [
        (words_of("叁始肆万元", SUM), "340000", "340000"),
        (words_of(SUM, OTHER), "340000", "340000"),
        (words_of(SUM, SUM, f"大写：{SUM}（"), "999", "340000"),
        (words_of(SUM, SUM, SUM), None, "340000"),
        (words_of(SUM, SUM), None, None),
        (words_of(SUM, SUM, SUM, OTHER), None, None),
        (words_of(SUM, OTHER), "999", None),
        (words_of("叁始肆万元"), "340000", None),
    ],
)
def test_words_are_taken_up_as_the_figures_or_most_readings_say(
    readings: list[Reading], figures: str | None, stated: str | None
) -> None:
    found = sum_in_words(readings, Decimal(figures) if figures else None)
    assert (found and found[0]) == (stated and Decimal(stated))


def test_words_that_were_no_sum_are_read_again(engine: rapid.Engine) -> None:
    right = build({"amounts": [{"kind": "contract_total", "figures": "524.00"}]})
    page = Paper(right)
    record = page.read(right)
    record = replaced(record, ("amounts", 0, "words"), Cited("伍佰贰始肆元整", at(record, FIGURES).sources))
    found, [check] = proof.completed(record, page.witness(engine), SecondReader(Spelling()))

    stated = found.amounts[0]
    assert (value_of(stated.words), value_of(stated.words_value)) == ("伍佰贰拾肆元整", Decimal(524))
    assert (check.rule, check.severity, check.refs) == ("reading.second", "info", (stated.words_value,))
    assert "大写第一遍没有读出（「伍佰贰始肆元整」）" in check.message.zh
    assert [each.status for each in checks.run(found) if each.rule == "amount.words"] == ["pass"]


def test_a_page_with_its_own_text_is_not_read_again(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right, source="text")
    record = unread(printed(page.read(right)), QUANTITY, "免")
    before = engine.inference_seconds

    assert completed(record, page, engine) == (record, ())
    assert engine.inference_seconds == before


def test_cells_without_a_place_are_passed_over(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = unread(printed(page.read(right)), QUANTITY, "→7")
    elsewhere = Cited("→7", (Source(9, at(page.read(right), QUANTITY).sources[0].box, "→7", 0.3),))
    record = replaced(record, ("tables", 0, "rows", QUANTITY[3], 1), elsewhere)

    assert completed(record, page, engine) == (record, ())
