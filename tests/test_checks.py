"""The rules over the small records of tests/cases, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import checks
from pipeline.checks._operands import last_day, whole_months
from pipeline.checks.party import check_character
from pipeline.model.lift import lift
from pipeline.model.lower import lower
from pipeline.model.record import Record, TableRecord
from pipeline.model.source import Box, Cited, Source
from pipeline.review import words

HERE = Path(__file__).parent
CASES = [
    pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
    for path in sorted((HERE / "cases").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
EMPTY: dict[str, Any] = {
    "document": {"sha256": "", "file_name": "", "page_count": 1, "pages": []},
    "processing": {"pipeline_version": "", "engine": "", "engine_version": "", "config_sha256": ""},
    "contract": {}, "parties": [], "amounts": [], "installments": [], "tables": [], "line_item_tables": [],
    "sla": [], "penalties": [], "sections": [],
}  # fmt: skip


def build(parts: dict[str, Any], doubtful: tuple[str, ...] = (), read_from: dict[str, str] | None = None) -> Record:
    """A record of these parts; every leaf has a place of its own, or that of the cell that it was read from, and is
    read surely unless it is doubtful."""
    data = EMPTY | {name: completed(name, part) for name, part in parts.items()}
    order = {pointer: (n, text) for n, (pointer, text) in enumerate(leaves(data, ""))}
    places = {}
    for pointer in order:
        n, text = order[(read_from or {}).get(pointer, pointer)]
        sure = 0.5 if pointer in doubtful else 0.99
        places[pointer] = [{"page": 1, "bbox": [n, 0, n + 1, 1], "text": str(text), "confidence": sure}]
    return lift(data | {"provenance": places})


def completed(name: str, part: Any) -> Any:
    """The keys that every entry of the record has and no rule looks at."""
    if name == "sections":
        return [
            {"id": "s", "level": 1, "page": 1} | s | {"children": completed(name, s.get("children", []))} for s in part
        ]
    if name == "line_item_tables":
        return [{"table_id": "t"} | table for table in part]
    return part


def leaves(value: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if children is None:
        yield pointer, value
        return
    for key, child in children:
        yield from leaves(child, f"{pointer}/{key}")


def found(record: Record, rule: str | None = None) -> list[dict[str, Any]]:
    out = lower(record, checks.run(record), {})["checks"]
    return [check for check in out if rule is None or check["rule"] == rule]


def flagged(record: Record) -> set[str]:
    return {ref for check in found(record) if check["status"] != "pass" for ref in check["refs"]}


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_case(rule: str, case: dict[str, Any]) -> None:
    record = build(case["record"], tuple(case.get("doubtful", ())), case.get("read_from"))
    out = found(record, rule)
    assert [check["status"] for check in out] == case["expect"], [check["message"] for check in out]
    if "severity" in case:
        assert [check["severity"] for check in out] == case["severity"]
    open_ = {ref for check in out if check["status"] != "pass" for ref in check["refs"]}
    assert set(case.get("flags", ())) <= open_
    if "difference" in case:
        assert case["difference"] in [check.get("difference") for check in out]
    if "assumption" in case:
        assert case["assumption"] in [check.get("assumption") for check in out]


def test_every_rule_has_cases_of_each_status() -> None:
    names = {name for name, _ in checks.rules()}
    seen = {(param.values[0], status) for param in CASES for status in param.values[1]["expect"]}
    wanted = {(name, status) for name in names for status in ("pass", "mismatch", "unverified")}
    assert seen == {(name, status) for name, status in wanted if status != "mismatch" or not only_doubts(name)}


def only_doubts(rule: str) -> bool:
    """Whether the rule compares nothing: what was overlooked can't disagree with anything."""
    return rule.startswith("coverage.") or rule == "table.reading"


def test_every_rule_stands_in_the_docs() -> None:
    text = (HERE.parent / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [name for name, _ in checks.rules() if f"`{name}`" not in text] == []


def test_messages_are_sentences_in_both_languages() -> None:
    for param in CASES:
        for check in checks.run(build(param.values[1]["record"])):
            assert check.message.zh
            assert check.message.en
            assert "None" not in check.message.zh + check.message.en


def test_the_order_is_stable() -> None:
    record = build(
        {"amounts": [{"kind": "contract_total", "figures": "1.00"}], "installments": [{"seq": 1, "percent": "9"}]}
    )
    rules = [check.rule for check in checks.run(record)]
    assert rules == sorted(rules)
    assert checks.run(record) == checks.run(record)


money = st.decimals(Decimal("0.01"), Decimal(9999), places=2)
maybe = st.one_of(st.none(), money.map(str))
lines = st.fixed_dictionaries(dict.fromkeys(("unit_price", "quantity", "periods", "amount"), maybe))


@settings(max_examples=60, deadline=None)
@given(items=st.lists(lines, min_size=1, max_size=4), total=maybe, stated=maybe, paid=maybe, percent=maybe)
def test_no_figure_goes_unmentioned(
    items: list[dict[str, Any]], total: str | None, stated: str | None, paid: str | None, percent: str | None
) -> None:
    """Every figure stands in some check: confirmed by an equation, contradicted or unverified."""
    record = build({
        "amounts": [{"kind": "contract_total", "figures": stated}] if stated else [],
        "installments": [{"seq": 1, "figures": paid, "percent": percent}],
        "line_item_tables": [{"items": [item | {"period_unit": "month"} for item in items], "total": total}],
    })  # fmt: skip
    mentioned = {ref for check in found(record) for ref in check["refs"]}
    keys = ("unit_price", "quantity", "periods", "amount")
    values = {
        f"/line_item_tables/0/items/{n}/{key}" for n, item in enumerate(items) for key in keys if item[key] is not None
    }
    values |= {"/line_item_tables/0/total"} if total else set()
    values |= {"/amounts/0/figures"} if stated else set()
    values |= {f"/installments/0/{key}" for key, value in (("figures", paid), ("percent", percent)) if value}
    assert values <= mentioned


def test_digits_that_ran_together_break_nothing() -> None:
    long = "9" * 40
    record = build({
        "contract": {"term": {"start": "9999-12-31", "end": "9999-12-31", "months": 99999}},
        "amounts": [{"kind": "contract_total", "figures": long, "words_value": "1.00"}],
        "installments": [{"seq": 1, "figures": long, "percent": long}],
        "line_item_tables": [
            {"items": [{"unit_price": long, "quantity": "0.01", "amount": "1"}, {"unit_price": "0", "quantity": long,
             "amount": "5"}], "total": long}],
    })  # fmt: skip
    assert {"/amounts/0/figures", "/line_item_tables/0/total"} <= flagged(record)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(11, 999), st.integers(11, 999)), min_size=3, max_size=6),
    st.sampled_from(["unit_price", "quantity", "amount"]),
    st.integers(1, 9),
)
def test_one_wrong_digit_never_passes_silently(pairs: list[tuple[int, int]], field: str, step: int) -> None:
    """A digit misread in one line of plain goods is flagged there or at the table's total."""
    items = [{"unit_price": f"{p}", "quantity": f"{q}", "amount": f"{p * q}"} for p, q in pairs]
    total = str(sum(p * q for p, q in pairs))
    value = items[0][field]
    items[0][field] = value[:-1] + str((int(value[-1]) + step) % 10)
    record = build({"line_item_tables": [{"items": items, "total": total}]})
    assert flagged(record) & {f"/line_item_tables/0/items/0/{field}"}


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_are_counted_back(start: date, months: int) -> None:
    assert whole_months(start, last_day(start, months)) == months


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=17, max_size=17), st.integers(0, 16), st.data())
def test_the_check_character_finds_one_wrong_sign(body: str, place: int, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from([c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if c != body[place]]))
    assert check_character(body) != check_character(body[:place] + other + body[place + 1 :])


@pytest.mark.parametrize(
    ("rate", "confidence", "doubted"), [("0.5", 0.79, True), ("0.5", 0.99, False), ("0.05", 0.79, False)]
)
def test_a_badly_read_rate_a_day_may_be_a_permille(rate: str, confidence: float, doubted: bool) -> None:
    penalty = {"kind": "percent_per_day", "value": rate, "unit": "%", "trigger": None, "table": None, "seq": None}
    place = {"page": 1, "bbox": [0, 0, 9, 9], "text": f"{rate}%", "confidence": confidence}
    record = lift(EMPTY | {"penalties": [penalty], "provenance": {"/penalties/0/value": [place]}})
    assert ("/penalties/0/value" in flagged(record)) == doubted


def test_every_rule_has_a_name_for_the_report() -> None:
    assert {name for name, _ in checks.rules()} <= set(words.RULES)


@pytest.mark.parametrize(
    ("header", "cell", "status"), [("小计", "赠送", "pass"), ("小卜", "赠送", "pass"), ("小卜", "~", "unverified")]
)
def test_a_line_given_for_nothing_is_known_though_the_sums_name_was_misread(
    header: str, cell: str, status: str
) -> None:
    lines = [("云主机", "10.00", "20.00"), ("云硬盘", "5.00", "10.00"), ("备份", None, None)]
    names = ("name", "unit_price", "amount")
    items = [dict(zip(names, line, strict=True)) | {"quantity": "2"} for line in lines]
    record = build({"line_item_tables": [{"table_id": "t1", "items": items, "total": "30.00"}]})
    rows = [[name, "2", price or cell, amount or cell] for name, price, amount in lines]

    def cited(text: str) -> Cited[str]:
        return Cited(text, (Source(1, Box(0, 0, 9, 9), text, 1.0),))

    head = tuple(map(cited, ("名称", "数量", "单价", header)))
    table = TableRecord("t1", None, (1,), head, tuple(tuple(map(cited, row)) for row in rows))
    found = [check.status for check in checks.run(replace(record, tables=(table,))) if check.rule == "table.sum"]
    assert found == [status]
