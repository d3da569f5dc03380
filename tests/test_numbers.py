"""text.numbers: figures, percents and counts are read strictly or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.numbers import parse_decimal, parse_money, parse_percent

DECIMALS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(DECIMALS)
def test_digits_stay_as_written(value: Decimal) -> None:
    assert str(parse_decimal(f"{value:f}")) == f"{value:f}"


@given(DECIMALS, st.sampled_from(["", "¥", "￥", "RMB", "人民币"]), st.sampled_from(["", "元"]))
def test_grouping_and_signs_change_nothing(value: Decimal, sign: str, unit: str) -> None:
    assert parse_decimal(f"{sign}{value:,f}{unit}") == value
    assert parse_decimal(f"{sign}{value:,f}{unit}".replace(",", "，")) == value


@given(st.integers(1, 999), st.integers(0, 99))
def test_illegal_grouping_is_refused(high: int, low: int) -> None:
    assert parse_decimal(f"{high},{low}") is None
    assert parse_decimal(f"{high},{low:02},000") is None


@given(st.text("0123456789,.，。 -%", max_size=12))
def test_a_reading_has_the_digits_of_the_text(text: str) -> None:
    value = parse_decimal(text)
    if value is not None:
        assert [c for c in f"{value:f}" if c.isdigit()] == [c for c in text if c.isdigit()]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234,567.89", "1234567.89"),
        ("674 720.00", "674720.00"),
        ("¥ 23, 040.00", "23040.00"),
        ("V0.3050", "0.3050"),
        ("-1,000.00", "-1000.00"),
        ("０.２２", "0.22"),
    ],
)
def test_decimals_as_contracts_print_them(text: str, value: str) -> None:
    assert str(parse_decimal(text)) == value


@pytest.mark.parametrize(
    "text",
    ["", "1,23", "12 34", "16 120", "1.234.567", "007", "12元3", "1O5", "/", "免费", "12-15", "674720。00", "5%"],
)
def test_what_is_no_clean_number_is_refused(text: str) -> None:
    assert parse_decimal(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1000元", "1000"),
        ("12.50万元", "125000"),
        ("1.5亿元整", "150000000"),
        ("30元/月", "30"),
        ("¥1,000.00元", "1000.00"),
    ],
)
def test_money_in_yuan(text: str, value: str) -> None:
    assert str(parse_money(text)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50%", "50"),
        ("99.90％", "99.90"),
        ("3‰", "0.3"),
        ("千分之三", "0.3"),
        ("万分之五", "0.05"),
        ("百分之三十", "30"),
    ],
)
def test_percents(text: str, value: str) -> None:
    assert str(parse_percent(text)) == value


@pytest.mark.parametrize("text", ["50", "%", "约5%", "百分之若干"])
def test_what_is_no_percent_is_refused(text: str) -> None:
    assert parse_percent(text) is None


@pytest.mark.parametrize(("text", "value"), [("Y12.00", "12.00"), ("V23,040.00", "23040.00")])
def test_a_currency_sign_read_as_a_letter(text: str, value: str) -> None:
    assert str(parse_decimal(text)) == value


@pytest.mark.parametrize("text", ["Y12", "V2.0", "X12.00", "YV12.00"])
def test_a_letter_before_anything_but_yuan_and_fen_is_refused(text: str) -> None:
    assert parse_decimal(text) is None
