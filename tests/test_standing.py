"""proof.standing: what the equations confirm, contradict and leave open."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from helpers_proof import contract, misread, random_contract
from hypothesis import given, settings
from hypothesis import strategies as st
from test_checks import build

from pipeline import checks, proof
from pipeline.exporters.json import validator
from pipeline.model.lower import lower
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.paths import Path, at, paths, replaced

LINES = [("12.50", "40"), ("300", "7"), ("88.80", "25")]


def stands(record: Record) -> dict[str, Any]:
    found = checks.run(record)
    proven: dict[str, Any] = lower(record, found, {}, "zh", proof.standings(record, found))["proof"]
    return proven


def read_as(record: Record, path: Path, text: str) -> Record:
    return replaced(record, path, Cited(Decimal(text), at(record, path).sources))


def test_a_right_contract_is_confirmed_in_every_figure() -> None:
    proven = stands(contract(LINES, months=12))
    assert {entry["status"] for entry in proven.values()} == {"confirmed"}
    assert proven["/line_item_tables/0/items/0/amount"]["equations"] == 2
    assert proven["/line_item_tables/0/items/0/quantity"]["equations"] == 1


def test_one_wrong_figure_accuses_nothing_that_another_equation_holds() -> None:
    proven = stands(read_as(contract(LINES), ("line_item_tables", 0, "items", 1, "quantity"), "1"))
    accused = {pointer.split("/")[-1] for pointer, entry in proven.items() if entry["status"] == "contradicted"}
    assert accused == {"unit_price", "quantity"}
    assert proven["/line_item_tables/0/items/1/amount"]["status"] == "confirmed"


def test_a_factor_of_a_line_s_own_leaves_its_price_and_quantity_open() -> None:
    items = [{"unit_price": "3000", "quantity": "20", "amount": "240000"}]
    proven = stands(build({"line_item_tables": [{"items": items, "total": "240000"}]}))
    assert proven["/line_item_tables/0/items/0/unit_price"]["status"] == "unchecked"
    assert proven["/line_item_tables/0/items/0/quantity"]["status"] == "unchecked"
    assert proven["/line_item_tables/0/items/0/amount"] == {
        "status": "confirmed",
        "equations": 1,
        "checks": proven["/line_item_tables/0/total"]["checks"][:1],
    }


def test_a_price_of_nothing_says_nothing_of_the_quantity() -> None:
    items = [{"unit_price": "0.00", "quantity": "5", "amount": "0.00"}]
    proven = stands(build({"line_item_tables": [{"items": items, "total": "0.00"}]}))
    assert proven["/line_item_tables/0/items/0/quantity"]["status"] == "unchecked"
    assert proven["/line_item_tables/0/items/0/unit_price"]["status"] == "confirmed"


def test_decimals_below_the_fen_are_not_confirmed() -> None:
    items = [{"unit_price": "0.123", "quantity": "2", "amount": "0.25"}]
    proven = stands(build({"line_item_tables": [{"items": items, "total": "0.25"}]}))
    assert proven["/line_item_tables/0/items/0/unit_price"]["status"] == "unchecked"
    assert proven["/line_item_tables/0/items/0/quantity"]["status"] == "confirmed"


def test_a_figure_in_no_equation_is_unchecked() -> None:
    fine = {"kind": "fixed", "value": "10000", "unit": "CNY"}
    assert stands(build({"penalties": [fine]}))["/penalties/0/value"] == {
        "status": "unchecked",
        "equations": 0,
        "checks": [],
    }


def test_a_period_is_confirmed_by_its_line_and_by_the_term() -> None:
    assert stands(contract(LINES, months=12))["/line_item_tables/0/items/0/periods"]["equations"] == 2


@pytest.mark.parametrize("missing", ["total", None])
def test_a_record_with_its_proof_follows_the_schema(missing: str | None) -> None:
    record = contract(LINES)
    if missing:
        record = replace(record, line_item_tables=(replace(record.line_item_tables[0], total=None),))
    found = checks.run(record)
    data = lower(record, found, {}, "zh", proof.standings(record, found))
    assert [error.message for error in validator().iter_errors(data) if "proof" in error.absolute_path] == []
    assert all(0 <= int(ref.split("/")[2]) < len(found) for entry in data["proof"].values() for ref in entry["checks"])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_misread_figure_is_never_confirmed_by_every_equation_it_stands_in(seed: int) -> None:
    rng = random.Random(seed)
    record = random_contract(rng)
    path = rng.choice([p for p in paths(record).values() if p[-1] in ("quantity", "unit_price", "amount", "figures")])
    spoiled = read_as(record, path, misread(str(at(record, path).value), rng))
    found = checks.run(spoiled)
    leaf = at(spoiled, path)
    [standing] = [s for s in proof.standings(spoiled, found) if s.leaf is leaf]
    flagged = any(ref is leaf for check in found if check.status != "pass" for ref in check.refs)
    assert flagged
    assert standing.status != "confirmed" or any(check.status == "mismatch" for check in found)
