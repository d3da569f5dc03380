"""The generator of contracts: reproducible, true to itself, and as varied as it says."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scoring import score
from bench.synth.clauses import script
from bench.synth.deal import Capitals, Deal, TailRow
from bench.synth.draw import draw
from bench.synth.faults import FAULTS, planted
from bench.synth.figures import in_words
from bench.synth.grids import payment_grid, price_grid
from bench.synth.kinds import KINDS
from bench.synth.make import made
from bench.synth.people import check_character
from bench.synth.script import Cell, Grid, Par
from bench.synth.twists import TWISTS
from pipeline.exporters.json import validate
from pipeline.text.amounts import parse_words

DEALS = [draw(seed) for seed in range(1, 121)]
STYLES = st.builds(
    Capitals,
    st.sampled_from(["元", "圆"]),
    st.sampled_from(["整", "正", ""]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@given(st.decimals(Decimal("0.01"), Decimal("999999999.99"), places=2), STYLES)
def test_words_say_the_sum(value: Decimal, style: Capitals) -> None:
    assert parse_words(in_words(value, style)) in (value, None)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("80000000.00", "捌仟万元整"),
        ("100000001.05", "壹亿零壹元零伍分"),
        ("1010.00", "壹仟零壹拾元整"),
        ("20300405.60", "贰仟零叁拾万零肆佰零伍元陆角整"),
    ],
)
def test_words_keep_the_inner_zeros(value: str, words: str) -> None:
    assert in_words(Decimal(value), Capitals()) == words


def exact(deal: Deal) -> bool:
    """Whether the lines make the total, and the instalments the price."""
    table = deal.prices
    lines = sum((line.amount for line in table.lines if line.amount is not None), Decimal(0))
    paid = [one.figures for one in deal.installments]
    whole = None in paid or sum((sum_ for sum_ in paid if sum_ is not None), Decimal(0)) == table.price
    return lines == table.total and whole and deal.statements[0].figures == table.price


def test_a_deal_without_errors_adds_up() -> None:
    assert [deal.seed for deal in DEALS if not exact(deal)] == []


def test_every_line_is_its_product() -> None:
    for deal in DEALS:
        months = deal.term.months if deal.term else 1
        for line in deal.prices.lines:
            if line.unit_price is None or line.amount is None:
                continue
            factor = {"multiply": line.periods or 0, "term": months}.get(deal.prices.convention, 1)
            rounded = line.quantity * Decimal("0.005") if "rounded_price" in deal.near_misses else Decimal("0.005")
            assert abs(line.unit_price * line.quantity * factor - line.amount) <= rounded


def test_contracts_vary_in_all_that_they_promise() -> None:
    assert {deal.kind for deal in DEALS} == set(KINDS)
    assert {deal.look.ruling for deal in DEALS} == {"full", "part", "horizontal", "none"}
    assert {deal.prices.convention for deal in DEALS} == {"plain", "multiply", "describe", "term"}
    assert {len(deal.installments) for deal in DEALS} == {2, 3, 4, 5, 6}
    assert {deal.look.numbering for deal in DEALS} >= {"article", "chinese", "decimal", "bracket", "chapter"}
    assert {name for deal in DEALS for name in deal.near_misses} >= {"describes", "free_line", "price_below_total"}
    assert any(deal.prices.ten_thousands for deal in DEALS)


@pytest.mark.parametrize("name", TWISTS)
def test_every_twist_falls_on_some_contracts_and_changes_them(name: str) -> None:
    _, twist = TWISTS[name]
    assert any(changed is not None and changed != deal for deal in DEALS for changed in [twist(deal, Random(name))])


def test_categories_are_printed_once_where_no_ruling_divides_columns() -> None:
    open_ = [deal for deal in DEALS if deal.look.ruling in ("horizontal", "none") and deal.prices.has("category")]
    assert open_
    for deal in open_:
        rows = price_grid(deal, show_title=False).rows[: len(deal.prices.lines)]
        printed = [cell.text for row in rows for cell in row[1:2] if len(row) == len(deal.prices.columns)]
        assert printed == list(dict.fromkeys(line.category[0] for line in deal.prices.lines))


def test_a_total_may_stand_in_words_alone() -> None:
    deal = replace(
        DEALS[0], prices=replace(DEALS[0].prices, tail=(TailRow("合计（大写）", Decimal("1005.00"), "words"),))
    )
    assert [cell.text for cell in price_grid(deal, show_title=False).rows[-1]][1].startswith("人民币壹仟零伍")


def test_a_third_of_the_contracts_has_errors_and_all_kinds_occur() -> None:
    wrong = [deal for deal in map(planted, map(draw, range(1, 400))) if deal.planted]
    assert 0.25 < len(wrong) / 399 < 0.42
    assert {name for deal in wrong for name in deal.planted} == set(FAULTS)
    assert all(deal.findings for deal in wrong)


def test_the_truth_follows_the_record_format() -> None:
    truth = made(3).truth
    frame = {
        "document": {"sha256": "0" * 64, "file_name": "a.pdf", "page_count": 1, "pages": []},
        "processing": {"pipeline_version": "1", "engine": "none", "engine_version": "1", "config_sha256": "0" * 64},
        "checks": [],
        "provenance": {},
    }
    extra = {"expected_mismatches", "optional", "alternatives", "page_count", "synth"}
    record = {key: value for key, value in truth.items() if key not in extra}
    record["sla"] = [{"section": None, "page": None, **entry} for entry in record["sla"]]
    validate({**frame, **record})


def test_the_truth_agrees_with_itself() -> None:
    truth = made(11).truth
    counts, silent = score(truth, {**truth, "checks": [], "provenance": {}})
    assert silent == []
    assert counts["money.flagged"] == 0
    assert counts["rows.right"] == counts["rows.total"] > 0
    assert counts["cells.right"] == counts["cells.total"] > 0
    assert counts["sections.both"] == counts["sections.true"] == counts["sections.read"]
    assert counts["parties.right"] == counts["parties.total"]


def test_the_same_seed_gives_the_same_contract() -> None:
    one, other = (made(1) for _ in range(2))
    assert one.pdf == other.pdf
    assert json.dumps(one.truth) == json.dumps(other.truth)


def test_clauses_are_numbered_in_order_but_for_a_planted_gap() -> None:
    whole = next(deal for deal in DEALS if deal.look.numbering == "decimal")
    numbers = [int((clause.number or "").rstrip(".")) for clause in script(whole).body]
    assert numbers == list(range(1, len(numbers) + 1))
    skipped = FAULTS["sections.sequence"](whole, Random(1))
    assert skipped is not None
    gaps = [int((clause.number or "").rstrip(".")) for clause in script(skipped).body]
    assert [b - a for a, b in itertools.pairwise(gaps)].count(2) == 1


def test_merged_cells_are_spread_over_their_rows() -> None:
    rows = ((Cell("计算", rows=2), Cell("主机")), (Cell("内存"),), (Cell("合计", columns=2),))
    grid = Grid("prices", None, (Cell("类别"), Cell("名称")), rows)
    assert grid.spread() == [["计算", "主机"], ["计算", "内存"], ["合计", "合计"]]


def test_credit_codes_carry_their_check_character() -> None:
    for party in (party for deal in DEALS for party in deal.parties if party.uscc):
        assert party.uscc is not None
        assert check_character(party.uscc[:17]) == party.uscc[17]


def test_names_of_the_kinds_are_files() -> None:
    folder = Path(__file__).parents[1] / "bench" / "synth" / "kinds"
    assert set(KINDS) == {path.stem for path in folder.glob("*.toml")}


def test_promises_and_penalties_are_worded_in_many_ways() -> None:
    levels = {level.text for deal in DEALS for level in deal.levels if level.metric == "response_time"}
    assert len(levels) > 20
    assert all(level.value in level.text or level.unit != "%" for deal in DEALS for level in deal.levels)
    assert len({breach.text for deal in DEALS for breach in deal.breaches}) > 40


def test_a_repeated_clause_number_stands_twice() -> None:
    whole = next(deal for deal in DEALS if deal.look.numbering == "decimal")
    repeated = FAULTS["sections.repeated"](whole, Random(1))
    assert repeated is not None
    numbers = [clause.number for clause in script(repeated).body]
    assert len(numbers) - len(set(numbers)) == 1


def test_another_account_in_the_clause_of_payment_is_printed_there() -> None:
    changed = next(found for deal in DEALS if (found := FAULTS["party.account"](deal, Random(1))))
    payee = next(party for party in changed.parties if party.bank_account)
    text = "".join(content.text for _, content in script(changed).contents() if isinstance(content, Par))
    assert payee.clause_account
    assert payee.clause_account != payee.bank_account
    assert payee.clause_account in text


def test_a_payment_table_may_state_the_whole_below_its_parts() -> None:
    deal = next(deal for deal in DEALS if deal.installments[0].percent and deal.installments[0].figures)
    grids = [payment_grid(deal.installments, deal.look, Random(i)) for i in range(20)]
    summed = next(grid for grid in grids if len(grid.rows) > len(deal.installments))
    assert [cell.text for cell in summed.rows[-1]][:3] == ["合计", "", "100%"]
    assert len({grid.header[0].text for grid in grids}) > 1


def test_the_table_of_requirements_states_no_price() -> None:
    deal = next(deal for deal in DEALS if deal.requirements)
    grids = [content for _, content in script(deal).contents() if isinstance(content, Grid)]
    assert {grid.key for grid in grids} >= {"prices", "requirements"}
    assert all(len(row) == 3 for grid in grids if grid.key == "requirements" for row in grid.rows)


def test_a_price_in_ten_thousands_is_the_same_price() -> None:
    deal = next(deal for deal in DEALS if deal.look.ten_thousands)
    texts = [content.text for _, content in script(deal).contents() if isinstance(content, Par)]
    printed = next(text for text in texts if "万元" in text)
    figures = Decimal(re.findall(r"[\d.]+(?=万元)", printed)[0])
    assert figures * 10_000 == deal.statements[0].figures
    assert in_words(deal.statements[0].words, deal.look.capitals) in printed


def test_contracts_may_have_running_heads_contents_and_fine_prices() -> None:
    looks = [deal.look for deal in DEALS]
    assert any(look.running_head for look in looks)
    assert any(look.contents for look in looks)
    prices = [line.unit_price for deal in DEALS for line in deal.prices.lines if line.unit_price]
    assert min(price.as_tuple().exponent for price in prices if isinstance(price.as_tuple().exponent, int)) == -4


def test_a_discount_in_figures_needs_no_words() -> None:
    assert made(572).truth["line_item_tables"]
