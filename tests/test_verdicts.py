"""The measure of verdicts: misprints on paper, and whose fault a mismatch is; and what no verdict may rest on."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from helpers_proof import contract
from hypothesis import given
from hypothesis import strategies as st
from test_proof import LINES, Paper

from bench import misprints, verdicts
from bench.synth.draw import draw
from pipeline import checks, proof
from pipeline.model.lower import lower
from pipeline.model.source import Cited
from pipeline.ocr.rapid import Engine
from pipeline.text.misread import slip


def data_of(lines: list[tuple[str, str]]) -> dict[str, Any]:
    record = contract(lines)
    return lower(record, proof.prove(record, checks.run(record)), {}, "zh")


def spoiled(data: dict[str, Any], amount: str) -> dict[str, Any]:
    """The contract with another amount in its first line."""
    other = copy.deepcopy(data)
    other["line_item_tables"][0]["items"][0]["amount"] = amount
    return other


def checked(data: dict[str, Any], amount: str, diagnosis: str) -> dict[str, Any]:
    """The record of `data` in which the first line's amount was read as `amount`."""
    ref, right = "/line_item_tables/0/items/0/amount", data["line_item_tables"][0]["items"][0]["amount"]
    check = {
        "rule": "line.product",
        "status": "mismatch",
        "severity": "error",
        "refs": [ref],
        "diagnosis": diagnosis,
        "message": "",
    }
    return spoiled(data, amount) | {
        "checks": [check | {"diagnosis": diagnosis, "suggestion": {"ref": ref, "value": right}}]
    }


def test_what_the_paper_says_otherwise_is_the_papers_fault() -> None:
    paper = spoiled(data_of(LINES), "1.00")
    counts, _ = verdicts.compared(paper, checked(data_of(LINES), "1.00", "document"))

    assert counts["paper: document"] == 1


def test_what_was_read_otherwise_is_the_scans_fault() -> None:
    paper = data_of(LINES)
    counts, _ = verdicts.compared(paper, checked(paper, "1.00", "ocr"))

    assert counts["scan: ocr"] == 1
    assert counts["repair: right"] == 1


def test_every_second_contract_is_misprinted() -> None:
    deal = misprints.misprinted(draw(3))

    assert deal != draw(3)
    assert misprints.misprinted(draw(3)) == deal
    assert [misprints.is_misprinted(seed) for seed in (3, 4)] == [True, False]


@given(st.integers(1, 10**9), st.integers(0, 2), st.integers())
def test_a_misprint_of_one_digit_is_another_figure_one_misreading_away(whole: int, places: int, seed: int) -> None:
    value = Decimal(whole).scaleb(-places)
    wrong = misprints.one_digit(value, Random(seed))

    assert slip(f"{wrong:f}", f"{value:f}")


@given(st.integers(1, 10**9), st.integers())
def test_a_misprinted_numeral_leaves_the_other_digits(whole: int, seed: int) -> None:
    wrong = misprints.numeral(Decimal(whole), Random(seed))

    assert sum(a != b for a, b in zip(str(whole), str(wrong), strict=True)) == 1


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_a_line_whose_quantity_was_lost_is_not_the_papers_fault(engine: Engine) -> None:
    right = contract([("300", "1"), ("88.80", "1"), ("50", "1"), ("12.34", "17")])
    page = Paper(right)
    record = page.read(right)
    table = record.line_item_tables[0]
    bare = tuple(replace(item, quantity=None, periods=Cited(Decimal(12), ())) for item in table.items)
    lost = replace(record, line_item_tables=(replace(table, items=bare),))
    found = proof.prove(lost, checks.run(lost), page.witness(engine))
    products = [check for check in found if check.rule == "line.product" and check.status == "mismatch"]

    assert [check.diagnosis for check in products] == ["unknown"]
