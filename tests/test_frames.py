"""A folder of records as pandas frames, figures exact."""

import json
from decimal import Decimal

import pytest
from helpers_records import filed

from pipeline.errors import RecordError
from pipeline.warehouse import frames


@pytest.fixture
def out(samples, tmp_path):
    return filed(samples, tmp_path)


def test_one_row_a_contract_with_its_total_and_its_checks(out):
    table = frames.contracts(out).set_index("record")
    assert list(table.index) == ["cloud-lease", "goods-purchase", "software-errors"]
    assert table.loc["cloud-lease", "contract_total"] == Decimal("320390.40")
    assert table.loc["software-errors", "mismatch"] == 5


def test_figures_stay_decimals_as_written_and_add_up(out):
    lines = frames.line_items(out)
    sums = lines.groupby("record")["amount"].agg(sum)
    assert sums["cloud-lease"] == Decimal("320390.40")
    assert str(lines[lines.record == "goods-purchase"].iloc[4]["unit_price"]) == "7350.50"
    assert {type(value) for value in lines["amount"]} == {Decimal}


def test_rows_are_keyed_so_that_a_load_can_be_repeated(out):
    for table in (frames.line_items(out), frames.findings(out)):
        assert not table.duplicated(["record", "pointer"]).any()


def test_a_damaged_record_is_named(out):
    (out / "bad.json").write_text(json.dumps({})[:1])
    with pytest.raises(RecordError, match=r"bad\.json"):
        frames.contracts(out)
