"""proof.candidates: one misreading is found, located and mended by the contract's own equations."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from helpers_proof import contract, misread, random_contract
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.candidates import repairs
from pipeline.proof.court import Repair, court, wrong
from pipeline.proof.paths import Path, at, paths, replaced
from pipeline.text.amounts import parse_words

PLAIN = [("12.50", "40"), ("300", "7"), ("88.80", "25")]


def proposed(record: Record) -> list[Repair]:
    """All minimal repairs of the record's mismatches, each once."""
    found = checks.run(record)
    out = {r.key: r for options in repairs(court(record, found)).values() for r in options}
    return list(out.values())


def with_value(record: Record, path: Path, value: Any) -> Record:
    return replaced(record, path, Cited(value, at(record, path).sources))


def spoil(record: Record, path: Path, text: str) -> Record:
    return with_value(record, path, Decimal(text))


@pytest.mark.parametrize(
    ("path", "read", "true"),
    [
        (("line_item_tables", 0, "items", 1, "quantity"), "1", "7"),
        (("line_item_tables", 0, "items", 0, "unit_price"), "1250", "12.50"),
        (("line_item_tables", 0, "items", 2, "quantity"), "2", "25"),
        (("line_item_tables", 0, "items", 2, "amount"), "2820.00", "2220.00"),
        (("line_item_tables", 0, "total"), "48820.00", "4820.00"),
        (("amounts", 0, "figures"), "4320.00", "4820.00"),
        (("installments", 0, "percent"), "36", "30"),
        (("installments", 1, "figures"), "3314.00", "3374.00"),
    ],
)
def test_one_misreading_is_mended(path: Path, read: str, true: str) -> None:
    record = spoil(contract(PLAIN), path, read)
    [repair] = proposed(record)
    assert repair.leaf is at(record, path)
    assert Decimal(repair.value) == Decimal(true)
    assert repair.mends


def test_a_numeral_of_the_words_is_mended() -> None:
    record = with_value(contract(PLAIN), ("amounts", 0, "words"), "肆仟玖佰贰拾元整")
    record = spoil(record, ("amounts", 0, "words_value"), "4920.00")
    [repair] = proposed(record)
    assert repair.leaf is record.amounts[0].words
    assert repair.value == "肆仟捌佰贰拾元整"


@pytest.mark.parametrize(
    ("path", "read", "true"),
    [
        (("contract", "term", "end"), "2025-05-28", "2025-05-23"),
        (("contract", "term", "start"), "2021-05-24", "2024-05-24"),
        (("contract", "term", "months"), 72, 12),
    ],
)
def test_a_term_is_mended(path: Path, read: str | int, true: str | int) -> None:
    record = with_value(contract(PLAIN, months=12), path, read)
    assert (at(record, path), str(true)) in [(repair.leaf, repair.value) for repair in proposed(record)]


def test_a_value_that_other_equations_hold_is_never_changed() -> None:
    record = contract(PLAIN)
    record = spoil(record, ("amounts", 0, "figures"), "4320.00")
    [repair] = proposed(record)
    assert len(repair.mends) == len(wrong(checks.run(record)))


def test_a_figure_read_into_the_neighbouring_cell_is_put_back() -> None:
    item: Path = ("line_item_tables", 0, "items", 0)
    record = spoil(spoil(contract([("125", "40"), *PLAIN]), (*item, "unit_price"), "12"), (*item, "quantity"), "540")
    [repair] = proposed(record)
    assert [value for _, value in repair.values] == ["125", "40"]
    assert [leaf for leaf, _ in repair.values] == [at(record, (*item, "unit_price")), at(record, (*item, "quantity"))]


def test_two_misreadings_of_one_value_have_no_repair() -> None:
    record = spoil(contract(PLAIN), ("line_item_tables", 0, "total"), "9320.00")
    assert proposed(record) == []


def test_what_may_be_mended_in_two_ways_has_two_repairs() -> None:
    record = contract([("50", "20"), ("300", "7"), ("88.80", "25")])
    record = spoil(record, ("line_item_tables", 0, "items", 0, "unit_price"), "500")
    assert {repair.value for repair in proposed(record)} == {"50", "2"}


def test_nothing_wrong_nothing_proposed() -> None:
    assert proposed(contract(PLAIN)) == []


def test_single_misreadings_are_detected_located_and_mended() -> None:
    rng = random.Random(4)
    cases = [one_error(rng) for _ in range(120)]
    assert all(detected for detected, _, _ in cases)
    assert sum(located for _, located, _ in cases) >= 0.98 * len(cases)
    mended = [right for _, _, right in cases if right is not None]
    assert len(mended) >= 0.9 * len(cases)
    assert sum(mended) >= 0.97 * len(mended)


def one_error(rng: random.Random) -> tuple[bool, bool, bool | None]:
    """Whether one random misreading was detected and located, and whether the only repair, if one, was right."""
    record = random_contract(rng)
    path = rng.choice(
        [p for p in paths(record).values() if isinstance(at(record, p).value, Decimal) and p[-1] != "words_value"]
    )
    true = at(record, path).value
    spoiled = spoil(record, path, misread(str(true), rng))
    leaf, found = at(spoiled, path), checks.run(spoiled)
    flagged = any(ref is leaf for check in found if check.status != "pass" for ref in check.refs)
    if not wrong(found):
        return flagged, True, None
    options = proposed(spoiled)
    right = options[0].leaf is leaf and Decimal(options[0].value) == true if len(options) == 1 else None
    return flagged, any(repair.leaf is leaf for repair in options), right


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_a_repair_leaves_no_mismatch_that_its_value_touches(seed: int) -> None:
    rng = random.Random(seed)
    record = random_contract(rng)
    path = rng.choice([p for p in paths(record).values() if p[-1] in ("quantity", "unit_price", "amount", "figures")])
    spoiled = spoil(record, path, misread(str(at(record, path).value), rng))
    for repair in proposed(spoiled):
        place = paths(spoiled)[id(repair.leaf)]
        mended = mend(spoiled, place, repair.value)
        new = at(mended, place)
        assert not any(ref is new for check in wrong(checks.run(mended)) for ref in check.refs)


def mend(record: Record, path: Path, value: str) -> Record:
    if path[-1] != "words":
        return spoil(record, path, value)
    said = parse_words(value)
    assert said is not None
    return spoil(with_value(record, path, value), (*path[:-1], "words_value"), str(said))


def test_nothing_is_proposed_for_what_no_misreading_explains_in_a_long_table() -> None:
    record = contract([(f"{n}.50", str(3 + n % 17)) for n in range(11, 211)])
    record = spoil(record, ("line_item_tables", 0, "items", 150, "amount"), "9.00")
    assert not any(repairs(court(record, checks.run(record))).values())


def test_two_values_of_one_line_and_its_sum_are_mended_together() -> None:
    items: Path = ("line_item_tables", 0, "items")
    record = spoil(spoil(contract(PLAIN), (*items, 0, "amount"), "800.00"), (*items, 0, "quantity"), "46")
    assert [[value for _, value in repair.values] for repair in proposed(record)] == [["500.00", "40"]]


def test_two_amounts_are_rather_mended_than_two_prices() -> None:
    items: Path = ("line_item_tables", 0, "items")
    record = contract([("200", "2"), ("300", "7"), ("88.80", "25")])
    record = spoil(spoil(record, (*items, 0, "amount"), "4000.00"), (*items, 1, "amount"), "210.00")
    assert {frozenset(value for _, value in repair.values) for repair in proposed(record)} == {
        frozenset({"400.00", "2100.00"})
    }


@pytest.mark.parametrize(
    ("read", "true"), [("1.234", "1234"), ("123400", "1234.00"), ("-1234", "1234"), ("11234", "1234")]
)
def test_separators_points_signs_and_strokes_are_misreadings(read: str, true: str) -> None:
    record = contract([("2", true), *PLAIN])
    record = spoil(record, ("line_item_tables", 0, "items", 0, "quantity"), read)
    assert true in {repair.value for repair in proposed(record)}


def test_decimals_that_a_narrow_cell_put_below_are_mended() -> None:
    record = contract([("10.25", "3"), ("77.45", "1"), ("305.50", "31"), ("12.34", "17")])
    path: Path = ("line_item_tables", 0, "items", 2, "amount")
    [repair] = proposed(spoil(record, path, "9470"))
    assert [text for _, text in repair.values] == ["9470.50"]
