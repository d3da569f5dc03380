"""proof.rows: a line of a price table that was read twice or lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from helpers_proof import contract
from test_checks import build

from pipeline import checks, proof
from pipeline.model.lower import lower
from pipeline.model.record import LineItem, Record
from pipeline.proof.rows import gap

LINES = [("12.50", "40"), ("300", "7"), ("88.80", "25"), ("5", "3")]


def with_items(record: Record, items: tuple[LineItem, ...]) -> Record:
    return replace(record, line_item_tables=(replace(record.line_item_tables[0], items=items),))


def sum_suggestion(record: Record) -> dict[str, Any] | None:
    found = lower(record, proof.prove(record, checks.run(record)), {})["checks"]
    [failed] = [check for check in found if check["rule"] == "table.sum"]
    assert failed["status"] == "mismatch"
    suggested: dict[str, Any] | None = failed.get("suggestion")
    return suggested


def test_a_lost_line_is_named_with_its_amount() -> None:
    record = contract(LINES)
    items = record.line_item_tables[0].items
    suggested = sum_suggestion(with_items(record, (items[0], *items[2:])))
    assert suggested is not None
    assert (suggested["ref"], suggested["value"]) == ("/line_item_tables/0/items", "2100.00")
    assert "缺第2行" in suggested["reason"]


def test_a_line_read_twice_is_named() -> None:
    items = [{"seq": str(n), "name": "维护", "unit_price": "7", "quantity": "3", "amount": "21"} for n in (1, 2, 2)]
    suggested = sum_suggestion(build({"line_item_tables": [{"items": items[:2] + items[1:2], "total": "42"}]}))
    assert suggested is None
    items[0] |= {"unit_price": "8", "amount": "24"}
    suggested = sum_suggestion(build({"line_item_tables": [{"items": items, "total": "45"}]}))
    assert suggested is not None
    assert (suggested["ref"], suggested["value"]) == ("/line_item_tables/0/items/2", "")


def test_a_sum_that_no_row_explains_suggests_none() -> None:
    record = contract(LINES)
    items = record.line_item_tables[0].items
    assert sum_suggestion(with_items(record, (items[0], items[3]))) is None


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [(["1", "3"], 2), (["2", "3"], 1), (["1", "2"], None), (["1", "3", "3"], None), (["一", "3"], None), ([], None)],
)
def test_the_one_number_that_is_left_out(numbers: list[str], missing: int | None) -> None:
    assert gap(numbers) == missing
