"""Parquet and JSON Lines over a folder of records: one schema whatever they say, exact figures, the same bytes."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from helpers_records import complete, filed
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import OutputError, RecordError, UsageError
from pipeline.review import outputs
from pipeline.warehouse import columns, parquet, store
from pipeline.warehouse.stakes import at_stake
from pipeline.warehouse.tables import TABLES

arrow = pytest.importorskip("pyarrow")
files = pytest.importorskip("pyarrow.parquet")

# Any sum and far beyond: 1 to 40 digits, the point anywhere.
DECIMALS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**35), st.integers(-4, 16)
) | st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**12)


def read(out, name):
    return files.read_table(out / "parquet" / f"{name}.parquet")


def test_every_table_has_its_schema_even_without_a_row(tmp_path):
    outputs.write(tmp_path, "zh", ["parquet"])
    for table in TABLES:
        found = read(tmp_path, table.name)
        assert found.num_rows == 0
        assert found.schema == parquet.schema_of(table, arrow)


def test_figures_are_exact_decimals(samples, tmp_path):
    outputs.write(filed(samples, tmp_path), "zh", ["parquet"])
    lines = read(tmp_path, "line_items").to_pylist()
    amounts = [line["amount"] for line in lines if line["record"] == "cloud-lease"]
    assert sum(amounts) == Decimal("320390.40")
    assert read(tmp_path, "line_items").schema.field("amount").type == arrow.decimal128(38, 12)


def test_rows_know_their_file_and_their_place(samples, tmp_path):
    outputs.write(filed(samples, tmp_path), "zh", ["parquet"])
    for table in TABLES:
        rows = read(tmp_path, table.name).to_pylist()
        assert len({(row["sha256"], row["config_sha256"], row["pointer"]) for row in rows}) == len(rows)
    (amount,) = [row for row in read(tmp_path, "contracts").to_pylist() if row["record"] == "goods-purchase"]
    assert amount["file_name"] == "goods-purchase.pdf"
    assert amount["pass"] > 0


def test_a_figure_is_told_with_its_standing_and_where_it_was_read(samples, tmp_path):
    outputs.write(filed(samples, tmp_path), "zh", ["parquet"])
    (figure,) = [row for row in read(tmp_path, "figures").to_pylist() if row["record"] == "cloud-lease"]
    assert (figure["value"], figure["status"], figure["equations"]) == (Decimal("320390.40"), "confirmed", 2)
    assert (figure["confidence"], figure["page"]) == (Decimal("0.99"), 1)


def test_a_repaired_figure_is_told_with_what_was_read(samples, tmp_path):
    data = complete(samples / "cloud-lease")
    (pointer,) = data["proof"]
    data["repairs"] = {pointer: {"read": "320390.4", "reason": "0被漏读"}}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    outputs.write(tmp_path, "zh", ["parquet"])

    (figure,) = read(tmp_path, "figures").to_pylist()
    assert (figure["read"], figure["reason"]) == ("320390.4", "0被漏读")


def test_a_figure_that_does_not_fit_is_named_and_stops_no_other_output(samples, tmp_path):
    data = complete(samples / "cloud-lease")
    data["line_item_tables"][0]["items"][2]["unit_price"] = "0.1234567890123"
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(OutputError, match="a /line_item_tables/0/items/2 的 unit_price"):
        outputs.write(tmp_path, "zh", ["parquet", "jsonl"])
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["a.json", "records.jsonl"]


@given(DECIMALS)
def test_what_fits_is_just_what_arrow_holds_exactly(value):
    try:
        held = arrow.array([value], arrow.decimal128(38, 12))[0].as_py() == value
    except arrow.ArrowInvalid:
        held = False
    assert columns.fits(value) == held


def test_json_lines_are_the_records(samples, tmp_path):
    outputs.write(filed(samples, tmp_path), "zh", ["jsonl"])
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [one.data for one in store.records(tmp_path)]


def test_the_same_records_make_the_same_bytes(samples, tmp_path):
    filed(samples, tmp_path)
    made = []
    for _ in range(2):
        outputs.write(tmp_path, "zh", ["jsonl", "parquet"])
        made.append({path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()})
    assert made[0] == made[1]


def test_many_batches_read_as_one_table(samples, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "a.json").write_text(json.dumps(complete(samples / "cloud-lease")))
    (tmp_path / "two" / "b.json").write_text(json.dumps(complete(samples / "goods-purchase") | {"installments": []}))
    for name in ("one", "two"):
        outputs.write(tmp_path / name, "zh", ["parquet"])
    query = (
        f"select sum(contract_total), typeof(any_value(contract_total)) from '{tmp_path}/*/parquet/contracts.parquet'"
    )
    total, kind = duckdb.sql(query).fetchall()[0]
    assert isinstance(total, Decimal)
    assert kind == "DECIMAL(38,12)"


def test_one_wrong_figure_that_breaks_several_rules_counts_once():
    def broken(rule, difference):
        return {"rule": rule, "status": "mismatch", "refs": [], "difference": difference}

    checks = [broken("line.product", "100"), broken("line.product", "20"), broken("table.sum", "100")]
    assert at_stake({"checks": checks}) == 120


def test_an_output_that_does_not_exist_is_named_with_those_that_do(tmp_path):
    with pytest.raises(UsageError, match="parquet"):
        outputs.write(tmp_path, "zh", ["papyrus"])


def test_a_file_that_is_no_record_is_named(tmp_path):
    (tmp_path / "other.json").write_text('{"schema_version": "1.0.0"}')
    with pytest.raises(RecordError, match=r"other\.json"):
        outputs.write(tmp_path, "zh", ["jsonl"])
    assert [path.name for path in tmp_path.iterdir()] == ["other.json"]


def test_the_documented_load_into_duckdb_can_be_repeated(samples, tmp_path, monkeypatch):
    duckdb = pytest.importorskip("duckdb")
    page = (Path(__file__).parents[1] / "docs" / "warehouse.md").read_text(encoding="utf-8")
    look, keep = re.findall(r"```sql\n(.*?)```", page, re.S)
    out = tmp_path / "batches" / "out"
    out.mkdir(parents=True)
    outputs.write(filed(samples, out), "zh", ["parquet"])
    monkeypatch.chdir(tmp_path)
    found = duckdb.sql(look).fetchall()
    assert [row[3] for row in found] == sorted((row[3] for row in found), reverse=True)
    monkeypatch.chdir(out.parent)
    with duckdb.connect() as connection:
        counts = []
        for _ in range(2):
            connection.execute(keep)
            counts.append(connection.execute("select count(*) from line_items").fetchall())
    assert counts[0] == counts[1] != [(0,)]


def test_a_run_that_breaks_leaves_nothing_half_made(samples, tmp_path):
    data = complete(samples / "cloud-lease")
    del data["checks"][0]["rule"]
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(KeyError):
        outputs.write(tmp_path, "zh", ["jsonl", "parquet"])
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.json"]
