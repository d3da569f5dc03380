"""The scorer: what counts as right, flagged, silent or invented, and how a measurement is kept and told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench import accuracy, measure
from bench.measure import Score, measurements
from bench.scoring import score
from bench.synth.make import made

LINE = {"seq": "1", "name": "云主机", "unit_price": "10.00", "quantity": "2", "periods": None, "amount": "20.00"}
OTHER = {"seq": "2", "name": "带宽", "unit_price": "5.00", "quantity": "3", "periods": None, "amount": "15.00"}
TRUTH: dict[str, Any] = {
    "amounts": [{"kind": "contract_total", "figures": "35.00", "words_value": "35.00"}],
    "installments": [{"seq": 1, "percent": "100", "figures": "35.00", "words_value": None}],
    "line_item_tables": [{"items": [LINE, OTHER], "total": "35.00"}],
}


def read(checks: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    """A record that differs from the truth in what is given."""
    return {**TRUTH, "checks": checks or [], "provenance": {}, **changes}


def doubt(rule: str, *refs: str, status: str = "unverified") -> dict[str, Any]:
    return {"rule": rule, "status": status, "severity": "error", "refs": list(refs)}


def with_lines(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"items": list(lines), "total": "35.00"}]


def money(record: dict[str, Any], truth: dict[str, Any] = TRUTH) -> dict[str, int]:
    counts, _ = score(truth, record)
    return {way: counts[f"money.{way}"] for way in ("right", "flagged", "silent", "invented")}


def test_a_true_record_is_right_in_every_figure() -> None:
    assert money(read()) == {"right": 11, "flagged": 0, "silent": 0, "invented": 0}


def test_a_wrong_price_is_silent_until_a_check_questions_its_line() -> None:
    wrong = with_lines({**LINE, "unit_price": "70.00"}, OTHER)
    assert money(read(line_item_tables=wrong))["silent"] == 1
    doubted = [doubt("line.product", "/line_item_tables/0/items/0/amount")]
    assert money(read(doubted, line_item_tables=wrong)) == {"right": 10, "flagged": 1, "silent": 0, "invented": 0}


def test_a_check_of_another_line_does_not_flag() -> None:
    wrong = with_lines({**LINE, "unit_price": "70.00"}, OTHER)
    assert money(read([doubt("line.product", "/line_item_tables/0/items/1/amount")], line_item_tables=wrong))["silent"]


def test_a_sum_of_a_table_flags_only_what_it_points_at() -> None:
    wrong = with_lines({**LINE, "amount": "28.00"}, OTHER)
    assert money(read([doubt("table.sum", "/line_item_tables/0/total")], line_item_tables=wrong))["silent"] == 1
    pointed = [doubt("table.sum", "/line_item_tables/0/total", "/line_item_tables/0/items/0/amount")]
    assert money(read(pointed, line_item_tables=wrong))["flagged"] == 1


def test_a_lost_line_is_flagged_through_its_table_only() -> None:
    lost = with_lines(LINE)
    assert money(read(line_item_tables=lost))["silent"] == 3
    assert money(read([doubt("line.product", "/line_item_tables/0/items/0/amount")], line_item_tables=lost))["silent"]
    assert money(read([doubt("table.sum", "/line_item_tables/0/total")], line_item_tables=lost))["flagged"] == 3


def test_an_unsure_reading_is_flagged() -> None:
    unsure = {"/installments/0/figures": [{"page": 1, "bbox": [0, 0, 1, 1], "text": "36.00", "confidence": 0.7}]}
    wrong = [{**TRUTH["installments"][0], "figures": "36.00"}]
    assert money(read(installments=wrong, provenance=unsure))["flagged"] == 1


def test_a_figure_that_stands_nowhere_is_invented() -> None:
    more = [*TRUTH["amounts"], {"kind": "award", "figures": "99.00", "words_value": None}]
    assert money(read(amounts=more))["invented"] == 1
    assert money(read(amounts=more), {**TRUTH, "optional": {"amounts": [more[1]]}})["invented"] == 0
    again = [*TRUTH["amounts"], *TRUTH["amounts"]]
    assert money(read(amounts=again))["invented"] == 0
    periods = with_lines({**LINE, "periods": "12"}, OTHER)
    assert money(read(line_item_tables=periods)) == {"right": 11, "flagged": 0, "silent": 0, "invented": 1}


def test_a_table_read_in_two_parts_costs_nothing() -> None:
    parts = [{"items": [LINE], "total": None}, {"items": [OTHER], "total": "35.00"}]
    assert money(read(line_item_tables=parts)) == {"right": 11, "flagged": 0, "silent": 0, "invented": 0}


def test_statements_are_paired_by_their_sum_before_their_kind() -> None:
    more = [{"kind": "contract_total", "figures": "36.00", "words_value": None}, *TRUTH["amounts"]]
    assert money(read(amounts=more)) == {"right": 11, "flagged": 0, "silent": 0, "invented": 1}


def test_lines_may_have_every_number_right_and_a_name_misread() -> None:
    counts, _ = score(TRUTH, read(line_item_tables=with_lines({**LINE, "name": "石去机"}, OTHER)))
    assert (counts["rows.numbers"], counts["rows.right"], counts["rows.total"]) == (2, 1, 2)


def test_a_finding_is_found_by_its_rule_at_its_place() -> None:
    truth = {**TRUTH, "expected_mismatches": [{"rule": "line.product", "pointer": ["/line_item_tables/0/items/1"]}]}
    right = [doubt("line.product", "/line_item_tables/0/items/1/amount", status="mismatch")]
    other = [doubt("line.product", "/line_item_tables/0/items/0/amount", status="mismatch")]
    assert score(truth, read(right))[0]["findings.found"] == 1
    assert score(truth, read(other))[0]["alarms.false"] == 1


def test_a_kept_score_is_taken_as_it_is_and_another_version_has_its_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / measure.sources(measure.BEARING)
    folder.mkdir()
    one = {"seed": 5, "profile": "born", "kind": "lease", "ruling": "full", "counts": {"contracts": 1}, "silent": []}
    (folder / "00005-born.json").write_text(json.dumps(one), encoding="utf-8")
    assert list(measurements([(5, "born")], 1, tmp_path)) == [Score(**one, failed=None)]


def test_a_contract_that_cannot_be_read_is_flagged_whole(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no PDF at all")
    record, _, failed = measure.read(broken)
    truth = made(3).truth
    counts, silent = score(truth, record)
    assert failed
    assert silent == []
    assert counts["money.flagged"] > 10


def test_the_report_states_the_figures_by_group() -> None:
    counts = Counter({"contracts": 1, "money.right": 999, "money.silent": 1, "rows.numbers": 3, "rows.total": 4})
    one = Score(1, "fax", "lease", "none", dict(counts), [])
    lines = accuracy.report([one, one], "python -m bench.accuracy").splitlines()
    row = next(line for line in lines if line.startswith("| fax"))
    assert "| 99.90 % of 2000 | 0 | 2 (2.00) | 75.0 % |" in row
    assert any(line.startswith("| lease") for line in lines)
    assert any(line.startswith("| none") for line in lines)


def test_an_unknown_profile_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        accuracy.main(["--seeds", "1", "--profiles", "telex"])
    assert "telex" in capsys.readouterr().err
