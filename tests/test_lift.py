"""model.lift: the way back from JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pipeline.errors import RecordError
from pipeline.model.lift import lift
from pipeline.model.lower import lower

PLACE = {"page": 2, "bbox": [10.0, 20.5, 90.0, 40.0], "text": "¥3,200.00", "confidence": 0.97}


def sample() -> dict[str, Any]:
    return {
        "schema_version": "1.0.0",
        "document": {"sha256": "ab", "file_name": "a.pdf", "page_count": 1, "pages": [
            {"number": 1, "width": 1654, "height": 2339, "dpi": 200, "source": "scan", "rotation": 90, "skew": 0.4,
             "confidence": 0.98}]},
        "processing": {"pipeline_version": "1", "engine": "rapidocr", "engine_version": "3", "config_sha256": "cd"},
        "contract": {"title": "设备采购合同", "term": {"months": 12}, "annexes": [
            {"number": 1, "title": "报价表", "listed": True, "present": False, "page": None}]},
        "parties": [{"role": "party_a", "mentions": [{"field": "name", "value": "云州市档案馆", "page": 3}]}],
        "amounts": [{"kind": "contract_total", "figures": "3200.00", "words": None, "words_value": None}],
        "installments": [], "sla": [], "penalties": [], "sections": [],
        "tables": [{"id": "t1", "title": None, "pages": [2], "header": ["序号"], "rows": [["1"], ["2"]]}],
        "line_item_tables": [{"table_id": "t1", "title": None, "items": [{"unit_price": "1.50"}], "total": "3200.00"}],
        "provenance": {"/amounts/0/figures": [PLACE], "/tables/0/rows/1/0": [PLACE, PLACE]},
    }  # fmt: skip


def test_values_keep_their_digits_and_their_places() -> None:
    record = lift(sample())
    figures = record.amounts[0].figures
    assert figures is not None
    assert (figures.value, str(figures.value)) == (Decimal("3200"), "3200.00")
    assert (figures.page, figures.confidence) == (2, 0.97)
    assert [len(row[0].sources) for row in record.tables[0].rows] == [0, 2]
    assert record.contract.copies is None
    assert record.parties[0].mentions[0].value.value == "云州市档案馆"


def test_lowering_what_was_lifted_gives_the_same_record() -> None:
    once = lower(lift(sample()), (), {})
    assert lower(lift(once), (), {}) == once
    assert once["amounts"][0]["figures"] == "3200.00"
    assert once["provenance"]["/amounts/0/figures"] == [PLACE]


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("amounts", 0, "figures"), "3,200.00", "/amounts/0/figures"),
        (("amounts", 0, "figures"), 3200.0, "/amounts/0/figures"),
        (("amounts", 0, "kind"), "grand_total", "/amounts/0/kind"),
        (("tables", 0, "rows"), "1", "/tables/0/rows"),
        (("contract",), "设备采购合同", "/contract"),
        (("contract", "term", "months"), "12", "/contract/term/months"),
        (("provenance",), {"/amounts/0/figures": [{"page": 1}]}, "/amounts/0/figures"),
    ],
)
def test_what_does_not_belong_is_named(path: tuple[Any, ...], value: Any, named: str) -> None:
    data: Any = sample()
    *parents, last = path
    at = data
    for key in parents:
        at = at[key]
    at[last] = value
    with pytest.raises(RecordError, match=named):
        lift(data)


def test_a_missing_key_is_named() -> None:
    data = sample()
    del data["processing"]["engine"]
    with pytest.raises(RecordError, match="/processing/engine is missing"):
        lift(data)
