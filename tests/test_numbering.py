"""Numbers that paragraphs begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.numbering import integer, readings
from pipeline.text.ordinals import roman

CHINESE = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "style", "value", "printed"),
    [
        ("第三条 服务内容", "条", (3,), "第三条"),
        ("第二十一条其他", "条", (21,), "第二十一条"),
        ("第 12 条 人员安排", "条", (12,), "第 12 条"),
        ("第一章总则", "章", (1,), "第一章"),
        ("第二部分 通用合同条款", "部分", (2,), "第二部分"),
        ("附件1 ：中标通知书", "附件", (1,), "附件1"),
        ("附件二 服务清单", "附件", (2,), "附件二"),
        ("十二、争议", "一", (12,), "十二、"),
        ("-、工作秘密", "一", (1,), "-、"),
        ("（三）验收", "(一)", (3,), "（三）"),
        ("10、乙方应", "1", (10,), "10、"),
        ("1.2024年5月", "1", (1,), "1."),
        ("2.1.3 付款", "1.1", (2, 1, 3), "2.1.3"),
        ("(2)、攻击", "(1)", (2,), "(2)、"),
        ("（4）违约", "(1)", (4,), "（4）"),
        ("3）其他", "1)", (3,), "3）"),
        ("④其他", "①", (4,), "④"),
        ("c.投标文件", "a", (3,), "c."),
        ("Ⅱ、范围", "I", (2,), "Ⅱ、"),
    ],
)
def test_the_likeliest_reading(text: str, style: str, value: tuple[int, ...], printed: str) -> None:
    number = readings(text)[0]
    assert (number.style, number.value, number.printed) == (style, value, printed)


@pytest.mark.parametrize(
    "text",
    [
        "第三条约定的期限",
        "第五条第2款",
        "第三条、第四条",
        "2024年5月",
        "1.5倍",
        "99.99%",
        "甲方",
        "",
        "（2024）14号",
        "8000元",
        "a@b.cn",
    ],
)
def test_references_quantities_and_dates_are_no_numbers(text: str) -> None:
    assert not any(number.marked for number in readings(text))


def test_a_bare_number_says_so() -> None:
    assert [(number.value, number.marked) for number in readings("5如因乙方原因")] == [((5,), False)]


@pytest.mark.parametrize("text", ["11 人员管理", "2项目概况", "4 时间安排", "9 分包"])
def test_a_heading_may_begin_with_the_sign_of_a_counter(text: str) -> None:
    assert [number.marked for number in readings(text)] == [False]


@pytest.mark.parametrize("text", ["11人", "2项服务", "4 份合同", "9分"])
def test_what_counts_is_no_number(text: str) -> None:
    assert readings(text) == ()


@given(st.integers(1, 99))
def test_chinese_numerals_below_a_hundred(value: int) -> None:
    tens, units = divmod(value, 10)
    numeral = ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (CHINESE[units] if units else "")
    assert integer(numeral) == value


@given(st.integers(1, 39))
def test_roman_numerals(value: int) -> None:
    tens, units = divmod(value, 10)
    numeral = "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][units]
    assert roman(numeral) == value


@given(st.text(alphabet="第一二三十条章附件（(1290).、①aIVx—- 年元", max_size=12))
def test_any_beginning_can_be_read(text: str) -> None:
    for number in readings(text):
        assert text.startswith(number.printed)
        assert all(figure > 0 for figure in number.value)
