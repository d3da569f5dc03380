from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.quantities import quantities

READ = [
    ("不低于99.990%", "rate", "99.990", "%"),
    ("日万分之五", "rate", "0.05", "%"),
    ("合同价的百分之零点五（0.5%）", "rate", "0.5", "%"),
    ("按0.5‰计", "rate", "0.05", "%"),
    ("1个小时之内", "duration", "1", "hour"),
    ("两小时内", "duration", "2", "hour"),
    ("半小时内", "duration", "0.5", "hour"),
    ("【30】日内", "duration", "30", "day"),
    ("三（3）个工作日内", "duration", "3", "working_day"),
    ("7个自然日", "duration", "7", "day"),
    ("7*24小时服务", "schedule", "7x24", "schedule"),
    ("7天×24小时", "schedule", "7x24", "schedule"),
    ("5x8技术支持", "schedule", "5x8", "schedule"),
    ("罚款1,000元", "money", "1000", "CNY"),
    ("处以2万元罚款", "money", "20000", "CNY"),
    ("¥500.00的违约金", "money", "500.00", "CNY"),
    ("不少于6名技术人员", "count", "6", "person"),
    ("两（2）名工程师", "count", "2", "person"),
]


@pytest.mark.parametrize(("text", "kind", "value", "unit"), READ)
def test_reads(text: str, kind: str, value: str, unit: str) -> None:
    assert [(q.kind, str(q.value), q.unit) for q in quantities(text)] == [(kind, value, unit)]


@pytest.mark.parametrize("text", ["得80分", "第一人民医院", "提升至1.5倍", "IPv4地址", "人民币____元", "____%"])
def test_leaves_alone(text: str) -> None:
    assert list(quantities(text)) == []


def test_the_day_of_a_date_is_no_duration() -> None:
    assert [q.kind for q in quantities("2031年5月3日至6月1日")] == ["date", "date"]


def test_a_rate_that_disagrees_with_itself_has_no_value() -> None:
    assert [q.value for q in quantities("百分之五（6%）")] == [None]


@given(st.decimals(min_value=0, max_value=100, places=4, allow_nan=False), st.sampled_from(["%", "‰"]))
def test_a_rate_keeps_its_digits(rate: Decimal, sign: str) -> None:
    (found,) = quantities(f"支付合同总额{rate}{sign}的违约金")
    assert found.value == (rate if sign == "%" else rate / 10)


@given(st.text(max_size=40))
def test_places_are_true_and_in_order(text: str) -> None:
    found = list(quantities(text))
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
