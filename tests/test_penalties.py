from __future__ import annotations

from decimal import Decimal

import pytest
from helpers_document import Clause, document_of, table

from pipeline.fields import penalties


def stated(text: str) -> list[str]:
    found = penalties.read(document_of(text))
    return [f"{p.kind} {p.value.value if p.value else None} {p.unit}" for p in found]


STATED = [
    (
        "每逾期一日，应按合同总价的千分之五支付违约金，逾期超过30日的，支付合同总额20%的违约金。",
        ["percent_per_day 0.5 %", "percent_of_total 20 %"],
    ),
    ("每日按未付金额的万分之五支付违约金，但累计不超过5%。", ["percent_per_day 0.05 %"]),
    ("每延误一个工作日（不足一日的，按一日计算）支付合同总额0.3‰的违约金", ["percent_per_day 0.03 %"]),
    ("误期赔偿费每周按货价的百分之零点五（0.5%）计收。", ["percent_of_total 0.5 %"]),
    ("未到岗的，每人每天罚款200元。", ["fixed 200 CNY"]),
    ("违反保密义务的，应支付违约金人民币50000元（大写：伍万元整）。", ["fixed 50000 CNY"]),
    ("一方违约的，应承担20%的违约责任。", ["percent_of_total 20 %"]),
    ("扣减当季服务费的5%；情节严重的，扣减10%。", ["percent_of_total 5 %", "percent_of_total 10 %"]),
    ("甲方有权从履约保证金中扣除合同总额3%的违约金。", ["percent_of_total 3 %"]),
    ("甲方逾期付款的，每日按逾期付款金额的万分之一支付违约金。", ["percent_per_day 0.01 %"]),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_reads(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "违约金累计不超过合同总额的10%。",
        "违约金总额达到合同总价的10%时，甲方有权解除合同。",
        "签订后支付合同总额的30%作为预付款，剩余5%作为质保金。",
        "履约保证金为合同总额的5%，违约的不予退还。",
        "逾期利息按同期LPR的130%计算。",
        "逾期竣工违约金的上限为签约合同价的5%。",
        "预付款比例：签约合同价（扣除暂列金额）的10%，开工前7天内支付，逾期另计。",
        "扣除违约金后支付合同总额的40%，增值税税率为6%。",
        "按照附件约定比例支付违约金，不足以弥补损失的应予补足。",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("如因乙方造成延迟，每延迟一日给予甲方合同总额0.01%的违约金", "如因乙方造成延迟，每延迟一日"),
        ("发生重大事故的，甲方有权解除合同。乙方同时应支付合同总额5%的违约金。", "发生重大事故的"),
        ("未履行任一条款均视为违约，违约方应支付合同总额10%的违约金", "未履行任一条款"),
        ("乙方违反保密义务的，乙方需按照合同总金额的20%向甲方支付违约金", "乙方违反保密义务的"),
    ],
)
def test_trigger_is_what_stands_before_the_consequence(text: str, trigger: str) -> None:
    (penalty,) = penalties.read(document_of(text))
    assert penalty.trigger is not None
    assert penalty.trigger.value == trigger


BREACHES = table(
    ["序号", "问题描述", "惩罚系数"],
    ["1", "平台中断超过1小时的", "200%"],
    ["2", "数据丢失的", "6OO"],
    header_rows=1,
    title="违约行为表",
)


def test_each_row_of_a_table_of_breaches_is_a_penalty() -> None:
    first, second = penalties.read(document_of(Clause("附件2", "", [BREACHES], kind="annex")))
    assert first.value is not None
    assert first.trigger is not None
    assert first.table is not None
    assert first.seq is not None
    assert (first.kind, first.value.value, first.unit) == ("coefficient", Decimal("200"), "%")
    assert (first.trigger.value, first.table.value, first.seq.value) == ("平台中断超过1小时的", "违约行为表", "1")
    assert first.section == "附件2"
    assert second.value is None


def test_a_column_of_sums_is_fixed_and_a_price_table_is_none() -> None:
    fines = table(["序号", "违约情形", "扣款标准"], ["1", "迟到", "200元/次"], header_rows=1)
    prices = table(["序号", "名称", "单价", "折扣"], ["1", "服务", "100元", "90%"], header_rows=1)
    (penalty,) = penalties.read(document_of(prices, fines))
    assert penalty.value is not None
    assert (penalty.kind, penalty.value.value, penalty.unit) == ("fixed", Decimal("200"), "CNY")


def test_a_table_of_what_is_credited_when_a_level_is_missed() -> None:
    credits = table(
        ["序号", "当月网络可用性", "减免比例"],
        ["1", "99%—99.9%", "当月费用的5%"],
        ["2", "99%以下", "当月费用的30%"],
        header_rows=1,
    )
    found = penalties.read(document_of(credits))
    assert [(p.kind, str(p.value.value)) for p in found if p.value] == [
        ("percent_of_total", "5"),
        ("percent_of_total", "30"),
    ]
