"""proof as a whole: rendered pages that agree with the reading or don't, and what is made of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import cv2
import numpy as np
import pytest
from helpers_proof import contract

from pipeline import checks, proof
from pipeline.model.check import Check
from pipeline.model.lower import lower
from pipeline.model.page import Frame, Page, Ruling
from pipeline.model.record import Record
from pipeline.model.source import Box, Cited, Source
from pipeline.ocr.rapid import Engine
from pipeline.proof.evidence import Pixels, best, views, widened
from pipeline.proof.paths import Path, at, paths, replaced
from pipeline.proof.printed import rivals, variants
from pipeline.proof.solve import solutions

LINES = [("0.22", "27000"), ("300", "7"), ("88.80", "25")]
QUANTITY: Path = ("line_item_tables", 0, "items", 0, "quantity")
PERCENT: Path = ("installments", 0, "percent")
ROW, WIDTH, HEIGHT = 60, 900, 40


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


class Paper:
    """A page that shows each figure of a record on a line of its own, in OpenCV's font."""

    def __init__(self, record: Record, source: str = "scan") -> None:
        places = [path for path in paths(record).values() if isinstance(at(record, path).value, Decimal)]
        self.rows = {path: n for n, path in enumerate(places)}
        self.image = np.full((ROW * len(places) + ROW, WIDTH, 3), 250, np.uint8)
        for path, row in self.rows.items():
            text = str(at(record, path).value)
            cv2.putText(
                self.image, text, (40, ROW * row + 45), cv2.FONT_HERSHEY_DUPLEX, 1.2, (20, 20, 20), 2, cv2.LINE_AA
            )
        height, width = self.image.shape[:2]
        self.page = Page(1, width, height, 200, source, Frame(width, height), ())  # type: ignore[arg-type]

    def read(self, record: Record) -> Record:
        """The record with each figure cited from its line of the page, whatever the page shows there."""
        for path, row in self.rows.items():
            leaf = at(record, path)
            text = str(leaf.value)
            box = Box(40, ROW * row + 10, 40 + 24 * len(text), ROW * row + 10 + HEIGHT)
            record = replaced(record, path, Cited(leaf.value, (Source(1, box, text, 0.95),)))
        return record

    def witness(self, engine: Engine) -> proof.Witness:
        return proof.Witness({1: self.page}, lambda page: self.image, engine.likelihood)


def spoiled(record: Record, path: Path = QUANTITY, value: str = "2700") -> Record:
    return replaced(record, path, Cited(Decimal(value), at(record, path).sources))


def verdicts(record: Record, witness: proof.Witness | None) -> list[Check]:
    return [check for check in proof.prove(record, checks.run(record), witness) if check.status == "mismatch"]


def test_a_misread_scan_is_told_by_its_pixels(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    record = paper.read(spoiled(true))
    [check] = verdicts(record, paper.witness(engine))
    assert check.diagnosis == "ocr"
    assert check.suggestion is not None
    assert check.suggestion.ref is at(record, QUANTITY)
    assert check.suggestion.value == "27000"
    assert check.suggestion.reason.zh.startswith("第1行数量2700应为27000：单价0.22×数量27000=5940.00")
    assert check.suggestion.reason.zh.endswith("图像支持27000")


def test_a_wrong_paper_is_not_blamed_on_the_scan(engine: Engine) -> None:
    wrong = spoiled(contract(LINES))
    paper = Paper(wrong)
    [check] = verdicts(paper.read(wrong), paper.witness(engine))
    assert (check.diagnosis, check.suggestion) == ("document", None)


def test_a_file_s_own_text_is_what_the_paper_says(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true, source="text")
    [check] = verdicts(paper.read(spoiled(true)), paper.witness(engine))
    assert check.diagnosis == "document"


def test_several_mismatches_of_one_value_share_its_repair(engine: Engine) -> None:
    true = contract(LINES)
    paper, path = Paper(true), ("amounts", 0, "figures")
    found = verdicts(paper.read(spoiled(true, path, "10260.60")), paper.witness(engine))
    assert len(found) > 2
    assert {check.diagnosis for check in found} == {"ocr"}
    assert {check.suggestion.value for check in found if check.suggestion} == {"10260.00"}


def test_without_pixels_nobody_knows() -> None:
    [check] = verdicts(spoiled(contract(LINES)), None)
    assert check.diagnosis == "unknown"
    assert check.suggestion is not None
    assert check.suggestion.value == "27000"
    assert check.suggestion.reason.en.endswith("the image does not decide")


def test_an_engine_that_can_t_tell_gives_no_evidence(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    witness = replace(paper.witness(engine), score=lambda crop, texts: None)
    assert [check.diagnosis for check in verdicts(paper.read(spoiled(true)), witness)] == ["unknown"]


def test_pixels_that_show_something_else_decide_nothing(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(spoiled(true, QUANTITY, "31415"))
    [check] = verdicts(paper.read(spoiled(true)), paper.witness(engine))
    assert check.diagnosis == "unknown"


def test_a_list_that_may_be_incomplete_is_not_the_paper_s_fault(engine: Engine) -> None:
    short = contract(LINES)
    paper = Paper(short)
    record = paper.read(short)
    record = replace(record, installments=record.installments[:1])
    assert {check.diagnosis for check in verdicts(record, paper.witness(engine))} == {"unknown"}


def test_a_table_with_a_lost_figure_is_not_the_paper_s_fault(engine: Engine) -> None:
    true = contract(LINES)
    paper = Paper(true)
    torn: Path = ("line_item_tables", 0, "items", 1)
    record = replaced(paper.read(true), (*torn, "quantity"), None)
    record = replaced(record, (*torn, "amount"), Cited(Decimal("210"), at(record, (*torn, "amount")).sources))
    assert "document" not in {check.diagnosis for check in verdicts(record, paper.witness(engine))}


def test_what_agrees_is_returned_as_it_was() -> None:
    record = contract(LINES)
    found = checks.run(record)
    assert proof.prove(record, found) == found


def test_a_suggestion_points_into_the_record() -> None:
    record = spoiled(contract(LINES))
    data = lower(record, proof.prove(record, checks.run(record)), {})
    [check] = [check for check in data["checks"] if check["status"] == "mismatch"]
    assert check["suggestion"]["ref"] == "/line_item_tables/0/items/0/quantity"


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([(-1.0, -9.0), (-0.5, -5.0)], 0),
        ([(-9.0, -1.0), (-5.0, -0.5)], 1),
        ([(-1.0, -9.0), (-9.0, -1.0)], None),
        ([(-1.0, -1.5)], None),
        ([(-90.0, -99.0)], None),
        ([(-math.inf, -math.inf, -1.0), (-math.inf, -9.0, -2.0)], 2),
        ([(-math.inf, -math.inf)], None),
    ],
)
def test_only_what_every_view_prefers_clearly_is_seen(rows: Sequence[Sequence[float]], index: int | None) -> None:
    weighing = best(rows)
    assert (weighing.text if weighing.clear else None) == index


def test_a_crop_reaches_for_lost_figures_but_not_over_a_ruling() -> None:
    page = Page(1, 900, 400, 200, "scan", Frame(900, 400), (), (Ruling(205, 0, 205, 400),))
    box = widened(Box(100, 50, 200, 90), page)
    assert box.x0 < 90
    assert 200 <= box.x1 < 205


def test_views_are_grey_and_keep_their_height() -> None:
    crop: Pixels = np.zeros((48, 100, 3), np.uint8)
    crop[:, :, 2] = 255
    for view in views(crop):
        assert view.shape[0] == 48
        assert (view == 255).all()


@pytest.mark.parametrize(
    ("printed", "read", "other", "expected"),
    [
        ("¥1,280.00", Decimal("1280.00"), "1230.00", "¥1,230.00"),
        ("1280", Decimal(1280), "12800", "12800"),
        ("35%", Decimal(35), "85", "85%"),
        ("3‰", Decimal("0.3"), "0.8", "8‰"),
        ("2024年5月24日", "2024-05-24", "2024-06-24", "2024年6月24日"),
        ("叁拾元整", "叁拾元整", "贰拾元整", "贰拾元整"),
    ],
)
def test_rivals_are_spelled_the_paper_s_way(printed: str, read: Decimal | str, other: str, expected: str) -> None:
    assert rivals(printed, read, other)[0] == expected


def test_no_rival_where_the_value_is_not_in_the_print() -> None:
    assert rivals("三期", Decimal(3), "8") == ()
    assert rivals("2024年5月", "2024-05-24", "2024-06-24") == ()


def test_variants_change_one_sign() -> None:
    assert {"1,230.00", "1.280.00", "1,280,00", "1,28.00"} <= set(variants("1,280.00"))
    assert "捌拾元整" in set(variants("玖拾元整"))


@pytest.mark.parametrize(("value", "wanted"), [("3", "6"), ("6", "12"), ("24", "12"), ("2", "4")])
def test_an_equation_is_solved_for_any_of_its_values(value: str, wanted: str) -> None:
    check = Check("mismatch", (), checks.run(contract(LINES))[0].message, expected="6", actual="12")
    assert Decimal(wanted) in solutions(check, Decimal(value))
