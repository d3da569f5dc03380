"""Small whole numbers in digits and numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.counts import parse_count

PLAIN = "零一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"


def numeral(n: int, digits: str, ten: str) -> str:
    tens, units = divmod(n, 10)
    return (digits[tens] if tens > 1 else "") + (ten if tens else "") + (digits[units] if units or not tens else "")


@given(st.integers(0, 99))
def test_every_way_to_write_a_number_reads_the_same(n: int) -> None:
    written = str(n), numeral(n, PLAIN, "十"), numeral(n, FORMAL, "拾")
    assert [parse_count(text) for text in written] == [n, n, n]


@pytest.mark.parametrize("text", ["", "若干", "1.5", "十十", "12个", "-3"])
def test_what_is_no_small_number_is_none(text: str) -> None:
    assert parse_count(text) is None
