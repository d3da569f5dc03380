"""Look-alikes of simplified characters, and the sign of money that a worn scan turns into a letter."""

from __future__ import annotations

import pytest

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr.variants import as_money, mended


def line(*texts: str) -> Line:
    words = tuple(Word(text, Box(20 * i, 0, 20 * i + 20, 20), 0.95) for i, text in enumerate(texts))
    return Line(words, Box(0, 0, 20 * len(texts), 20), 0.95)


@pytest.mark.parametrize("read", ["f1,200.00", "Y1,200.00", "F1,200.00"])
def test_letter_before_a_sum_is_the_sign_of_money(read: str) -> None:
    assert as_money(read) == "¥1,200.00"
    assert as_money(" " + read) == " ¥1,200.00"


def test_letter_before_thousands_that_are_not_parted_is_the_sign_too() -> None:
    assert as_money("V700436.50") == "¥700436.50"
    assert as_money("Y¥110.50") == "¥110.50"


@pytest.mark.parametrize(
    ("read", "printed"), [("¥O.2038", "¥0.2038"), ("o.35", "0.35"), ("RO.35", "RO.35"), ("O.5", "O.5")]
)
def test_letter_before_the_point_is_nought(read: str, printed: str) -> None:
    assert as_money(read) == printed


def test_border_behind_a_sum_goes() -> None:
    assert [read.text for read in mended([line("72,489.84", "|"), line("12", "|")])] == ["72,489.84", "12|"]


@pytest.mark.parametrize(
    "text",
    ["F1.5", "V2.10", "V2.10.3", "Y1200", "VF1,200.00", "¥1,200.00", "t12.0", "1,200.00"],
)
def test_versions_and_codes_stay(text: str) -> None:
    assert as_money(text) == text


def test_taking_a_letter_for_the_sign_is_doubtful() -> None:
    (read,) = mended([line("共", "f1,200.00")])
    assert read.text == "共¥1,200.00"
    assert [word.confidence < 0.8 for word in read.words] == [False, True]


def test_look_alikes_are_simplified_except_on_a_traditional_page() -> None:
    assert [read.text for read in mended([line("含", "稅")])] == ["含税"]
    assert [read.text for read in mended([line("稅", "額"), line("國")])] == ["稅額", "國"]


@pytest.mark.parametrize(("read", "printed"), [("金額", "金额"), ("貳萬圓", "貳萬圓"), ("后於乾", "后於乾")])
def test_traditional_forms_are_simplified_but_for_sums_in_words(read: str, printed: str) -> None:
    assert mended([line(*read), *[line("乙", "方")] * 20])[0].text == printed


def test_one_line_that_looks_traditional_makes_no_traditional_page() -> None:
    lines = [line("違", "約", "金"), *[line("乙", "方", "提", "供")] * 20]
    assert mended(lines)[0].text == "违约金"
