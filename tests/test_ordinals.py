"""text.ordinals: what clauses, annexes and rows are numbered with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.ordinals import chinese, numbering, ordinal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("第一百零三条", 103), ("第3章", 3), ("二十一、", 21), ("（十一）", 11), ("1、", 1), ("10.", 10), ("5", 5),
        ("3)", 3), ("(7)、", 7), ("⑫", 12), ("㉑", 21), ("a.", 1), ("c)", 3), ("Ⅳ", 4), ("III", 3), ("2.10", (2, 10)),
        ("1.2.3", (1, 2, 3)), ("附件3", 3), ("附件二：", 2), ("附表 4", 4),
        ("(i)", 1), ("(v)", 5), ("(a)", 1), ("１．", 1), ("第五部分", 5),
    ],
)  # fmt: skip
def test_numbers(text: str, value: int | tuple[int, ...]) -> None:
    assert ordinal(text) == value


@pytest.mark.parametrize("text", ["", "合计", "99.9%", "7x24", "第条", "附件", "十十", "GW-07", "1234", "二〇二四年"])
def test_anything_else_is_none(text: str) -> None:
    assert ordinal(text) is None


def test_styles_that_count_together() -> None:
    def style(text: str) -> str:
        found = numbering(text)
        assert found is not None
        return found.style

    assert style("1、") == style("2.") == style("5")
    assert style("（一）") == style("(二)、")
    assert style("附件一") == style("附件2")
    assert (
        len({style(text) for text in ("1.", "1)", "(1)", "①", "一、", "(一)", "a.", "I", "1.1", "第一条", "第一章")})
        == 11
    )


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read_back(value: int) -> None:
    digits, places = "零一二三四五六七八九", ("千", "百", "十", "")
    spoken = "".join(
        digits[int(d)] + (place if d != "0" else "") for d, place in zip(f"{value:04d}", places, strict=True)
    )
    assert chinese(spoken.lstrip("零")) == value
