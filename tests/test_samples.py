"""Every sample gives the record that stands beside it."""

import json

import pytest

from samples import golden


@pytest.mark.parametrize("name", golden.names())
def test_the_sample_gives_its_record(name):
    expected = json.loads((golden.HERE / name / "record.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(golden.read(name)))
    assert found == expected


def test_every_sample_says_why_it_exists():
    readme = (golden.HERE / "README.md").read_text(encoding="utf-8")
    assert [name for name in golden.names() if f"]({name}/)" not in readme] == []


def test_the_planted_errors_are_found():
    data = json.loads((golden.HERE / "software-errors" / "record.json").read_text(encoding="utf-8"))
    found = {check["rule"] for check in data["checks"] if check["status"] == "mismatch"}
    assert found == {"line.product", "table.sum", "amount.words", "copies.sum", "annexes.listed"}


@pytest.mark.parametrize("name", ["cloud-lease", "goods-purchase"])
def test_a_contract_that_agrees_has_no_mismatch(name):
    data = json.loads((golden.HERE / name / "record.json").read_text(encoding="utf-8"))
    assert [check for check in data["checks"] if check["status"] == "mismatch"] == []
