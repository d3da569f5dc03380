"""mismatches.xlsx: findings by money at stake with their pictures, numbers as numbers, nothing ever a formula."""

import json
from decimal import Decimal

import cv2
import numpy as np
import pytest
from helpers_records import complete, filed
from hypothesis import given
from hypothesis import strategies as st

from pipeline.review import outputs, sheets
from pipeline.review.words import STANDINGS

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture
def faulty(samples):
    """The sample with planted errors."""
    return complete(samples / "software-errors")


def book_of(out, lang="zh", **records):
    for name, data in records.items():
        (out / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (path,) = outputs.write(out, lang, ["workbook"])
    return openpyxl.load_workbook(path)


def column(sheet, head):
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(head)] for row in sheet.iter_rows(min_row=2)]


def test_findings_stand_by_the_money_at_stake_mismatches_first(tmp_path, samples):
    book = book_of(filed(samples, tmp_path))
    assert book.sheetnames == ["核对", "合同", "明细", "数值"]
    findings = book["核对"]
    stakes = [
        cell.value or 0
        for cell, status in zip(column(findings, "涉及金额"), column(findings, "结果"), strict=True)
        if status.value == "不一致"
    ]
    assert stakes == sorted(stakes, reverse=True)
    assert stakes[0] > 0
    assert "通过" not in {cell.value for cell in column(findings, "结果")}


def test_figures_that_are_confirmed_as_read_are_left_out(tmp_path, samples):
    data = complete(samples / "cloud-lease")
    (pointer,) = data["proof"]
    sheets_of = {
        status: data | {"proof": {pointer: data["proof"][pointer] | {"status": status}}} for status in STANDINGS
    }
    assert [book_of(tmp_path, a=one)["数值"].max_row - 1 for one in sheets_of.values()] == [0, 1, 1]

    repaired = sheets_of["confirmed"] | {"repairs": {pointer: {"read": "1.00", "reason": "…"}}}
    figures = book_of(tmp_path, a=repaired)["数值"]
    assert column(figures, "印证")[0].value == "有算式印证"
    assert column(figures, "修正前读作")[0].value == "1.00"


def test_figures_are_numbers_with_their_decimals_and_codes_are_text(tmp_path, faulty):
    faulty["line_item_tables"][0]["items"][0] |= {
        "unit_price": "1234.560",
        "seq": "007",
        "amount": "12345678901234567.89",
    }
    lines = book_of(tmp_path, a=faulty)["明细"]
    price, seq, amount = (column(lines, head)[0] for head in ("单价", "序号", "合价"))
    assert (price.value, price.number_format) == (1234.56, "#,##0.000")
    assert (seq.value, seq.data_type) == ("007", "s")
    assert (amount.value, amount.data_type) == ("12345678901234567.89", "s")


def test_heads_are_frozen_and_filtered_in_either_language(tmp_path, faulty):
    book = book_of(tmp_path, "en", a=faulty)
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert book["findings"]["A1"].value == "result"


def test_nothing_a_contract_says_becomes_a_formula_or_a_link(tmp_path, faulty):
    for i, text in enumerate(('=HYPERLINK("http://x.invalid")', "+1+1", "@SUM(1)", "http://x.invalid")):
        faulty["line_item_tables"][0]["items"][i]["name"] = text
    faulty["contract"]["title"] = "=1+1"
    book = book_of(tmp_path, a=faulty)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    assert column(book["合同"], "合同名称")[0].value == "=1+1"


def test_a_finding_has_its_picture_in_its_row(tmp_path, faulty):
    check = max(
        (check for check in faulty["checks"] if check["status"] == "mismatch"),
        key=lambda check: Decimal(check.get("difference", "0")),
    )
    (tmp_path / "a.crops").mkdir()
    _, jpeg = cv2.imencode(".jpg", np.zeros((60, 900, 3), np.uint8))
    (tmp_path / "a.crops" / "1.jpg").write_bytes(jpeg.tobytes())
    index = {check["refs"][0]: [{"page": 2, "file": "1.jpg", "width": 900, "height": 60}]}
    (tmp_path / "a.crops" / "index.json").write_text(json.dumps(index))
    findings = book_of(tmp_path, a=faulty)["核对"]
    rows = {image.anchor._from.row for image in findings._images}
    messages = {i: cell.value for i, cell in enumerate(column(findings, "说明"), 1)}
    assert check["message"] in {messages[row] for row in rows}


def test_the_same_records_make_the_same_bytes(tmp_path, samples):
    filed(samples, tmp_path)
    book_of(tmp_path)
    before = (tmp_path / "mismatches.xlsx").read_bytes()
    book_of(tmp_path)
    assert (tmp_path / "mismatches.xlsx").read_bytes() == before
    assert not list(tmp_path.glob(".*"))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**18, places=3))
def test_a_figure_that_is_written_as_a_number_comes_back_the_same(value):
    if sheets.exact(value):
        assert Decimal(f"{float(value):.15g}") == value


def test_a_text_too_long_for_a_cell_is_marked_as_cut():
    assert sheets.short("字" * 40_000).endswith("字…")
    assert len(sheets.short("字" * 40_000)) == sheets.LONGEST
