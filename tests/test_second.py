"""The second reader: a crop in several preparations, when two readings agree, and which figures are doubted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from helpers_image import paper, write
from helpers_proof import contract
from hypothesis import given
from hypothesis import strategies as st
from test_checks import build
from test_proof import LINES, PERCENT, QUANTITY, Paper, spoiled

from pipeline import checks, proof
from pipeline.errors import EngineError
from pipeline.model.check import Check
from pipeline.model.page import Line
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.ocr import rapid
from pipeline.ocr.engine import Char, Pixels, line_of
from pipeline.ocr.second import PREPARATIONS, SecondReader
from pipeline.ocr.second_values import agree
from pipeline.proof.paths import Path, at, replaced
from pipeline.text.amounts import to_words

TOTAL: Path = ("line_item_tables", 0, "total")


class Other(rapid.Engine):
    """An engine of another name."""

    name = "other"


class Broken(rapid.Engine):
    """An engine whose program fails."""

    name = "broken"

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        raise EngineError("the program failed")


class Labelled(rapid.Engine):
    """An engine that is sure of figures, and hardly of the colon before them."""

    name = "labelled"

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        chars = (Char(":", 0, 4, 0.5), *(Char(digit, 10 * i, 10 * i + 8, 0.99) for i, digit in enumerate("4096", 1)))
        return tuple(line_of(chars, 0, 20) for _ in crops)


@pytest.fixture(scope="module")
def engine() -> rapid.Engine:
    return rapid.Engine()


@pytest.fixture(scope="module")
def other() -> Other:
    return Other()


def row(text: str) -> Pixels:
    image = paper(60, 320)
    write(image, text, 20, 12)
    return image


# ---- the readings of a crop


def test_every_preparation_and_the_other_engine_read_the_crop(engine: rapid.Engine, other: Other) -> None:
    (readings,) = SecondReader(engine, lambda: other).readings([row("4096.50")])

    assert [(reading.engine, reading.preparation) for reading in readings] == [
        *(("rapid", name) for name in PREPARATIONS),
        ("other", "red"),
    ]
    assert {reading.text for reading in readings} == {"4096.50"}
    assert min(reading.confidence for reading in readings) > 0.5


def test_a_seal_over_the_figures_is_read_through(engine: rapid.Engine) -> None:
    image = row("4096.50")
    stamped = image.copy()
    stamped[:, 60:140, :2] = (stamped[:, 60:140, :2] * 0.3).astype("uint8")

    assert SecondReader(engine).glance(stamped).text == "4096.50"


def test_without_another_engine_the_preparations_have_to_do(engine: rapid.Engine) -> None:
    (readings,) = SecondReader(engine).readings([row("12")])

    assert len(readings) == len(PREPARATIONS)


def test_an_engine_that_fails_says_nothing(engine: rapid.Engine) -> None:
    (readings,) = SecondReader(engine, Broken).readings([row("12")])

    assert (readings[-1].engine, readings[-1].text, readings[-1].confidence) == ("broken", "", 0.0)


def test_the_colon_of_a_label_says_nothing_of_how_surely_figures_were_read() -> None:
    reading = SecondReader(Labelled()).glance(row("4096"))
    assert (reading.text, reading.confidence) == (":4096", 0.99)


def test_no_crops_wake_no_engine(engine: rapid.Engine) -> None:
    def woken() -> None:
        raise AssertionError

    assert SecondReader(engine, woken).readings([]) == ()


# ---- whether two readings agree

MONEY = st.decimals(min_value=1, max_value=10**9, places=2)


@given(MONEY)
def test_the_same_sum_agrees_however_it_is_set(value: Decimal) -> None:
    assert agree(f"¥{value:,.2f}元", f"|{value}") is True
    assert agree(f"{value}", f"{value.normalize():f}") is True
    assert agree(to_words(value), f"人民币{to_words(value)}（") is True


def test_a_comma_read_as_a_point_is_no_other_sum() -> None:
    assert agree("2,260.00", "2.260.00") is True
    assert agree("134.00", "134,00") is True
    assert agree("2,260", "2.260") is False


@given(MONEY, st.data())
def test_another_digit_is_another_sum(value: Decimal, data: st.DataObject) -> None:
    text = f"{value}"
    at_ = data.draw(st.sampled_from([i for i, char in enumerate(text) if char.isdigit()]))
    digit = data.draw(st.sampled_from([digit for digit in "123456789" if digit != text[at_]]))

    assert agree(text, text[:at_] + digit + text[at_ + 1 :]) is False


@given(MONEY, MONEY)
def test_words_agree_with_their_own_sum_alone(value: Decimal, another: Decimal) -> None:
    assert agree(to_words(value), to_words(another)) is (value == another)


@given(st.text(alphabet="0123456789.,¥元壹任|O ", max_size=12), st.text(alphabet="0123456789.,¥元壹任|O ", max_size=12))
def test_any_two_readings_can_be_compared(one: str, two: str) -> None:
    assert agree(one, two) in (True, False, None)


@pytest.mark.parametrize(
    ("read", "again"), [("23,040.00", "23.04.00"), ("200%", "2005"), ("壹仟元整", "壹任元整"), ("5", "元"), ("", "")]
)
def test_what_is_no_value_says_nothing(read: str, again: str) -> None:
    assert agree(read, again) is None


# ---- which figures are doubted


def looked(
    record: Record, page: Paper, engine: rapid.Engine, other: Other | None = None
) -> tuple[Record, tuple[Check, ...]]:
    return proof.second_look(record, checks.run(record), page.witness(engine), SecondReader(engine, lambda: other))


def test_a_figure_that_reads_otherwise_is_doubted(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    _, found = looked(respelled(spoiled(page.read(right)), QUANTITY, "2700"), page, engine)

    assert [(check.rule, check.status, check.severity) for check in found] == [
        ("reading.second", "unverified", "error")
    ]
    assert [ref.value for ref in found[0].refs] == [Decimal(2700)]
    assert "数量读作「2700」，再次识读读作「27000」" in found[0].message.zh


def test_an_unchecked_figure_is_glanced_at(engine: rapid.Engine) -> None:
    page, alone = unchecked()
    wrong = replaced(alone, PERCENT, Cited(Decimal(80), at(alone, PERCENT).sources))
    _, found = looked(respelled(wrong, PERCENT, "80"), page, engine)

    assert [check.refs[0].value for check in found if check.refs[0] is not None] == [Decimal(80)]


def unchecked() -> tuple[Paper, Record]:
    """A record of which no equation holds the percents in place, and its page."""
    right = contract(LINES)
    page = Paper(right)
    record = page.read(right)
    return page, replace(record, installments=record.installments[:1], amounts=(), line_item_tables=())


def respelled(record: Record, path: Path, text: str) -> Record:
    leaf = at(record, path)
    return replaced(record, path, Cited(leaf.value, tuple(replace(source, text=text) for source in leaf.sources)))


def test_what_reads_the_same_is_not_doubted(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = page.read(right)

    assert looked(record, page, engine) == (record, ())


def test_two_engines_that_agree_make_a_figure_sure(engine: rapid.Engine, other: Other) -> None:
    page, alone = unchecked()
    record = unsure(alone, PERCENT)
    surer, found = looked(record, page, engine, other)
    same, _ = looked(record, page, engine)

    assert not any(at(record, PERCENT) in check.refs for check in found)
    assert at(surer, PERCENT).confidence >= 0.8 > at(same, PERCENT).confidence
    assert at(surer, PERCENT).value == at(record, PERCENT).value


def test_agreement_does_not_clear_what_a_seal_covers(engine: rapid.Engine, other: Other) -> None:
    page, alone = unchecked()
    record = unsure(alone, PERCENT)
    page.page = replace(page.page, covered=(at(record, PERCENT).sources[0].box,))
    same, _ = looked(record, page, engine, other)

    assert at(same, PERCENT).confidence < 0.8


@pytest.mark.parametrize("part", ["penalties", "installments"])
def test_agreement_does_not_clear_the_sign_of_a_penalty(engine: rapid.Engine, other: Other, part: str) -> None:
    path: Path = (part, 0, "percent" if part == "installments" else "value")
    rate = {"kind": "percent_of_total", "value": "30", "unit": "%"}
    record = build({part: [{"seq": 1, "percent": "30"} if part == "installments" else rate]})
    page = Paper(record)
    write(page.image, "%", 95, 12)
    record = unsure(respelled(page.read(record), path, "30%"), path)
    same, _ = looked(record, page, engine, other)

    assert (at(same, path).confidence >= 0.8) == (part == "installments")


def unsure(record: Record, path: Path) -> Record:
    leaf = at(record, path)
    return replaced(record, path, Cited(leaf.value, tuple(replace(source, confidence=0.6) for source in leaf.sources)))


def test_a_page_with_its_own_text_is_not_read_again(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right, source="text")
    before = engine.inference_seconds

    assert looked(spoiled(page.read(right), QUANTITY), page, engine)[1] == ()
    assert engine.inference_seconds == before


def test_the_same_look_twice_finds_the_same(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    record = spoiled(page.read(right), TOTAL, "1")

    assert looked(record, page, engine) == looked(record, page, engine)


def test_a_doubt_leaves_with_the_value_that_was_repaired(engine: rapid.Engine) -> None:
    right = contract(LINES)
    page = Paper(right)
    wrong = respelled(spoiled(page.read(right)), QUANTITY, "2700")
    _, found = looked(wrong, page, engine)
    repaired = replaced(wrong, QUANTITY, Cited(Decimal(27000), at(wrong, QUANTITY).sources))

    assert proof.kept(found, wrong) == found
    assert proof.kept(found, repaired) == ()
