"""Records become JSON with a pointer and a place for every leaf."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.model.check import Message, Missing, mismatch
from pipeline.model.lower import lower
from pipeline.model.page import Frame
from pipeline.model.record import Amount, Contract, DocumentInfo, Processing, Record
from pipeline.model.source import Box, Cited, Source

PLACE = Source(1, Box(10, 20, 110, 40), "¥1,200.50", 0.97)
FRAME = Frame(200, 300)


def record(*amounts):
    about = DocumentInfo("0" * 64, "a.pdf", 1, ())
    made = Processing("0", "rapid", "1", "0" * 64)
    return Record(about, made, Contract(), (), amounts, (), (), (), (), (), ())


def amount():
    return Amount("contract_total", Cited(Decimal("1200.50"), (PLACE,)), None, None, page=1)


def test_figures_leave_as_written_with_their_place():
    data = lower(record(amount()), (), {1: FRAME})
    assert data["amounts"][0]["figures"] == "1200.50"
    assert data["provenance"]["/amounts/0/figures"] == [
        {"page": 1, "bbox": [10, 20, 110, 40], "text": "¥1,200.50", "confidence": 0.97}
    ]


def test_derived_leaves_stand_on_the_evidence_of_their_entry():
    data = lower(record(amount()), (), {1: FRAME})
    for name in ("kind", "currency", "page"):
        assert data["provenance"][f"/amounts/0/{name}"] == data["provenance"]["/amounts/0/figures"]
    assert not any(pointer.startswith(("/document", "/processing")) for pointer in data["provenance"])


def test_boxes_lie_on_the_page_as_the_file_shows_it():
    upside_down = Frame(200, 300, 180, 0.0, (-1.0, 0.0, 200.0, 0.0, -1.0, 300.0))
    data = lower(record(amount()), (), {1: upside_down})
    assert data["provenance"]["/amounts/0/figures"][0]["bbox"] == [90, 260, 190, 280]


def test_refs_become_pointers_also_to_what_is_missing():
    entry = amount()
    check = mismatch(
        (entry.figures, entry, Missing(entry, "words")), Message("错", "wrong"), Decimal("1"), Decimal("3")
    )
    data = lower(record(entry), (replace(check, rule="amount.words"),), {1: FRAME}, "en")
    found = data["checks"][0]
    assert found["refs"] == ["/amounts/0/figures", "/amounts/0", "/amounts/0/words"]
    assert (found["expected"], found["actual"], found["difference"], found["message"]) == ("1", "3", "2", "wrong")


def test_one_leaf_in_two_places_is_refused():
    shared = Cited(Decimal(1), (PLACE,))
    twice = (Amount("award", shared, None, None), Amount("other", shared, None, None))
    with pytest.raises(ValueError, match="/amounts/0/figures and at /amounts/1/figures"):
        lower(record(*twice), (), {1: FRAME})


def test_no_exponent_ever_leaves():
    tiny = Amount("other", Cited(Decimal("1E-7"), (PLACE,)), None, None)
    assert lower(record(tiny), (), {})["amounts"][0]["figures"] == "0.0000001"
