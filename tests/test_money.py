"""text.money: figures and words of one sum are found together, in any order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.amounts import to_words
from pipeline.text.money import statements


def parts(text: str) -> list[tuple[str | None, str | None]]:
    return [
        (s.words and text[s.words.start : s.words.end], s.figures and text[s.figures.start : s.figures.end])
        for s in statements(text)
    ]


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        ("人民币（大写）叁佰元伍角（小写：¥300.5元）", "叁佰元伍角", "300.5"),
        ("人民币小写：300元，大写：人民币叁佰元整，含税", "叁佰元整", "300"),
        ("¥1,300.00（大写：壹仟叁佰元整）", "壹仟叁佰元整", "1,300.00"),
        ("共计3.5万元（大写：叁万伍仟元整）", "叁万伍仟元整", "3.5万"),
        ("大写：叁拾肆万伍仟，¥345000", "叁拾肆万伍仟", "345000"),
        ("（大写）：贰拾万任陆佰元整，小写：201,600元", "贰拾万任陆佰元整", "201,600"),
        ("大写：陆拾万零玖仟障障佰玖拾柒元柒角，小写6.7元", "陆拾万零玖仟障障佰玖拾柒元柒角", "6.7"),
        ("合同总价叁拾万元整分期支付", "叁拾万元整", None),
        ("合同总价为1536万元整", None, "1536万"),
        ("合同金额为人民币_叁佰元整_（￥_300.00_元）", "叁佰元整", "300.00"),
    ],
)
def test_one_sum(text: str, words: str | None, figures: str | None) -> None:
    assert parts(text) == [(words, figures)]


@given(st.integers(100, 10**11).map(lambda fen: Decimal(fen) / 100))
def test_words_and_figures_of_one_sum_are_one_statement(value: Decimal) -> None:
    words = to_words(value)
    assert parts(f"总价：人民币（大写）{words}（¥{value:,.2f}）。") == [(words, f"{value:,.2f}")]
    assert parts(f"总价：¥{value:.2f}元（大写：{words}）。") == [(words, f"{value:.2f}")]


def test_two_sums_stay_apart() -> None:
    assert parts("首付款¥100元，尾款¥200元") == [(None, "100"), (None, "200")]


@pytest.mark.parametrize(
    "text", ["第三条", "十分重要", "一式三份", "2024年5月20日", "GB/T22239-2019", "12个月", "一分为二"]
)
def test_what_is_no_money(text: str) -> None:
    assert parts(text) == []


def test_a_speck_among_numerals_leaves_no_shorter_sum() -> None:
    text = "支付人民币叁拾肆万叁仟·贰佰叁拾元零壹角伍分（¥343230.15）。"
    (found,) = statements(text)
    assert found.words is not None
    assert text[found.words.start : found.words.end] == "叁拾肆万叁仟·贰佰叁拾元零壹角伍分"


@pytest.mark.parametrize(
    "words", ["肆合臺萬陸仟伍佰玖拾壹元壹角陸分", "肆拾合臺陸仟元整", "壹佰万臺陸仟元整", "万删杆肆佰捌拾玖元壹角伍分"]
)
def test_misread_numerals_before_words_are_their_beginning(words: str) -> None:
    text = f"合同总价：人民币{words}（¥416,591.16元）。"
    (found,) = statements(text)
    assert found.words is not None
    assert text[found.words.start : found.words.end] == words


@pytest.mark.parametrize(
    "words", ["肆万玖仟元叁角肆象", "伍佰壹拾元金角伍分", "伍佰壹拾元叁甬伍分", "伍佰元叁", "伍佰元啥分"]
)
def test_misread_numerals_behind_words_are_their_end(words: str) -> None:
    text = f"总价为¥49510.34元，大写：人民币{words}。"
    (found,) = statements(text)
    assert found.words is not None
    assert text[found.words.start : found.words.end] == words


@pytest.mark.parametrize("text", ["支付伍佰元整分三期", "伍佰贰拾元分三次支付", "伍佰贰拾元的部分"])
def test_a_word_behind_words_is_none_of_them(text: str) -> None:
    (found,) = statements(text)
    assert found.words is not None
    assert text[found.words.end - 1] in "元整"


def test_words_and_figures_between_which_a_character_of_their_label_was_lost_are_one_sum() -> None:
    (found,) = statements("总金额为人民币（大写）叁拾玖万壹仟捌佰拾壹（写：¥391,861.00）。")
    assert found.words is not None
    assert found.figures is not None


def test_words_after_other_words_begin_with_their_own_numerals() -> None:
    text = "首付款陆仟元整，于3日内付；尾款壹万元整。"
    assert [text[found.words.start : found.words.end] for found in statements(text) if found.words] == [
        "陆仟元整",
        "壹万元整",
    ]
