"""Dates in digits, numerals, to the day and to the month."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.dates import find_dates, parse_date

DATES = st.dates(datetime.date(1990, 1, 1), datetime.date(2099, 12, 31))
NUMERALS = "〇一二三四五六七八九"


def numeral(n: int) -> str:
    tens, units = divmod(n, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[units] if units else "")


@given(
    DATES,
    st.sampled_from(
        ["{0}年{1}月{2}日", "{0} 年 {1:02} 月 {2:02} 日", "{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}.{1}.{2}"]
    ),
)
def test_a_date_in_digits_reads_back(date: datetime.date, form: str) -> None:
    assert parse_date(f"自{form.format(date.year, date.month, date.day)}起") == date.isoformat()


@given(DATES)
def test_a_date_in_numerals_reads_back(date: datetime.date) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in str(date.year))
    assert parse_date(f"{year}年{numeral(date.month)}月{numeral(date.day)}日") == date.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二零二四年十二月三十一日", "2024-12-31"),
        ("2024年05月", "2024-05"),
        ("2025年1月  日", "2025-01"),
        ("2025-01", "2025-01"),
        ("签订日期：2024年5月2 0日", "2024-05-20"),
        ("    年  月  日", None),
        ("2024年2月30日", None),
        ("2024年13月1日", None),
        ("2024.5", None),
        ("GB/T 22239-2019", None),
        ("11000024210200081439-XM001", None),
        ("", None),
    ],
)
def test_what_is_printed(text: str, expected: str | None) -> None:
    assert parse_date(text) == expected


def test_a_range_has_two_dates_with_their_places() -> None:
    text = "自2023年12月28日起至2024年12月27日止"
    first, last = find_dates(text)
    assert (text[first.start : first.end], first.iso) == ("2023年12月28日", "2023-12-28")
    assert (text[last.start : last.end], last.iso) == ("2024年12月27日", "2024-12-27")


@given(st.text())
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or datetime.date.fromisoformat(found + "-01" * (len(found) == 7))


def test_a_worn_character_between_year_and_month_is_a_year_s() -> None:
    assert parse_date("自2022乐4月1日起至2022年9月30日止") == "2022-04-01"
    assert parse_date("规格2022乐4月") is None
