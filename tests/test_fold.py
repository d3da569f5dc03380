"""Folding of widths, radicals and layout spaces."""

import pytest
from helpers_document import passage_of
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.page import Line, Word
from pipeline.model.passage import Passage
from pipeline.model.source import Box
from pipeline.text.fold import fold, fold_char, fold_text


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("甲    方：", "甲方："),
        ("２０２４年　５月", "2024年5月"),
        ("Windows   Server 套餐", "Windows Server套餐"),
        ("Windows\nServer", "Windows Server"),
        ("（1）“服务”，好！", "（1）“服务”，好！"),
        ("⾦⼭云⺠法", "金山云民法"),
        ("99．99％", "99.99%"),
        ("￥1,200.00", "¥1,200.00"),
    ],
)
def test_folds_to_the_record_s_text(printed: str, folded: str) -> None:
    assert fold_text(printed) == folded


def test_a_number_torn_by_a_line_break_is_one_number() -> None:
    assert passage_of("账号020001\n0009").text == "账号0200010009"
    assert passage_of("提供Windows\nServer").text == "提供Windows Server"


@given(st.characters())
def test_a_character_stays_one_character(char: str) -> None:
    assert len(fold_char(char)) == 1
    assert fold_char(fold_char(char)) == fold_char(char)


@given(st.text(alphabet="甲方A1 　，Ｂ２（%"))
def test_a_passage_folds_like_its_text(text: str) -> None:
    words = tuple(Word(char, Box(10.0 * i, 0, 10.0 * i + 10, 10), 1.0) for i, char in enumerate(text))
    passage = Passage.of(Line(words, Box(0, 0, 10.0 * len(text) + 1, 10), 1.0), 1)
    assert fold(passage).text == fold_text(text)
    assert fold(fold(passage)) == fold(passage)
