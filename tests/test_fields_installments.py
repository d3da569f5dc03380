"""fields.installments: payment clauses and payment tables, instalment by instalment."""

from __future__ import annotations

from typing import Any

import pytest
from helpers_document import Clause, document_of, table

from pipeline.fields import installments
from pipeline.model.check import value_of
from pipeline.model.record import Installment


def facts(entry: Installment) -> tuple[Any, ...]:
    numbers = tuple(leaf and f"{leaf.value:f}" for leaf in (entry.percent, entry.figures))
    return value_of(entry.label), *numbers, value_of(entry.condition), value_of(entry.due_days), entry.due_day_kind


def read(*items: Any) -> list[tuple[Any, ...]]:
    return [facts(entry) for entry in installments.read(document_of(*items))]


def test_one_instalment_a_clause() -> None:
    clause = "甲方应于本合同签订后15个工作日内，向乙方支付合同服务费用的70%，计人民币小写：70元，大写：柒拾元整。"
    assert read(clause) == [(None, "70", "70", "本合同签订后15个工作日内", 15, "working")]


def test_several_in_one_paragraph() -> None:
    paragraph = (
        "自合同签订之日起20日内，甲方向乙方支付合同金额50%首付款（人民币）叁佰元整（¥300.00）。甲方在2024年第三季度末前支付"
        "乙方合同金额50%尾款（人民币）叁佰元整（¥300.00）。乙方应在甲方每次付款前开具发票。"
    )
    assert read(paragraph) == [
        ("首付款", "50", "300.00", "自合同签订之日起20日内", 20, "calendar"),
        ("尾款", "50", "300.00", "在2024年第三季度末前", None, None),
    ]


@pytest.mark.parametrize(
    ("words", "figures"), [("叁拾陆万捌仟玖佰捌拾陆元整", "368986.00"), ("叁拾陆万捌仟玖佰捌拾柒元整", None)]
)
def test_a_comma_before_the_fen_is_a_point_where_the_words_say_so(words: str, figures: str | None) -> None:
    found = read(f"第一期人民币368,986,00元（大写：{words}），自本合同签订之日起20个工作日内由甲方支付。")
    assert [entry[2] for entry in found] == [figures]


def test_labels_before_colons() -> None:
    paragraph = (
        "支付方式：分期支付。首期付款：合同生效后，甲方收到发票后30个工作日内，甲方向乙方支付项目首款，即人民币（大写）叁佰元整"
        "（小写：¥300元）；尾款：乙方提交成果并经验收合格，甲方向乙方支付项目尾款，人民币（大写）贰佰元整（小写：¥200元）。"
    )
    assert read(paragraph) == [
        ("首期付款", None, "300", "合同生效后，甲方收到发票后30个工作日内", 30, "working"),
        ("尾款", None, "200", "乙方提交成果并经验收合格", None, None),
    ]


def test_a_label_is_without_its_clause_number_and_a_payer_may_be_a_unit() -> None:
    assert read(
        "第十三条第一期：本合同签订且收到发票后5日内，采购单位向服务单位支付首付款，为合同总价的20%，即7,960.62元。"
    ) == [("第一期", "20", "7960.62", "本合同签订且收到发票后5日内", 5, "calendar")]


def test_percents_alone_count() -> None:
    sentence = "合同签订后支付合同总价的30%，验收合格后支付65%，质保期满后支付5%。"
    assert [entry[1] for entry in read(sentence)] == ["30", "65", "5"]


def test_the_rest_is_an_instalment_without_figures() -> None:
    assert read("预付款：合同签订后五日内支付合同总价的30%；余款于验收合格后付清。") == [
        ("预付款", "30", None, "合同签订后五日内", 5, "calendar"),
        ("余款", None, None, "验收合格后", None, None),
    ]


def test_a_percent_reached_together_is_no_instalments_own() -> None:
    assert [entry[1] for entry in read("合同签订后支付合同总价的30%；完工后付至合同总价的80%。")] == ["30", None]


def test_the_whole_at_once() -> None:
    assert read("验收后10日内，甲方一次性向乙方支付合同总价款人民币5000元。") == [
        (None, None, "5000", "验收后10日内", 10, "calendar")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "乙方应向甲方支付合同总金额5%的违约金",
        "乙方在收到合同总价50%的资金30日内，需提供金额为合同总价5%的履约保函",
        "逾期付款的，每日支付应付款0.05%的滞纳金",
        "合同总价：人民币叁佰元整（¥300.00）",
        "乙方开具税率为6%的增值税专用发票，甲方收到后付款",
        "验收不合格的，甲方有权拒绝支付尾款",
        "乙方擅自轉包或者分包的，應向甲方支付合同總價20%的達約金",
    ],
)
def test_what_is_no_instalment(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("total", ["合约金额", "签约金额", "合同总价"])
def test_an_instalment_beside_breaches_is_one(total: str) -> None:
    paid = f"甲方应于验收后15日内支付{total}的30%，计人民币300元。"
    assert [entry[1:3] for entry in read(Clause("三", "价款支付与违约责任", [paid]))] == [("30", "300")]


def test_a_payment_table() -> None:
    plan = table(
        ["期次", "付款条件", "付款比例", "付款金额（元）"],
        ["第一期", "合同签订后7日内", "40%", "4,000.00"],
        ["第二期", "验收后10个工作日内", "60%", "6,000.00"],
        ["合计", "", "100%", "10,000.00"],
        header_rows=1,
    )
    assert read(plan) == [
        ("第一期", "40", "4000.00", "合同签订后7日内", 7, "calendar"),
        ("第二期", "60", "6000.00", "验收后10个工作日内", 10, "working"),
    ]


@pytest.mark.parametrize(("header", "percents"), [("比阴", ["25", "75"]), ("累计比阴", []), ("税率", [])])
def test_shares_under_a_misread_header(header: str, percents: list[str]) -> None:
    rows = [["第一期", "签订之日起7日内", "25%"], ["第二期", "验收合格后30日内", "75%"]]
    found = installments.read(document_of(table(["款项", "付款节点", header], *rows, header_rows=1)))
    assert [str(entry.percent.value) for entry in found if entry.percent] == percents


def test_what_a_second_body_repeats_counts_once() -> None:
    clause = "合同签订后支付合同总价的30%；验收后支付合同总价的70%。"
    first, second = Clause("", "合同书", [clause], "body"), Clause("", "合同条款", [clause], "body")
    entries = installments.read(document_of(first, second))
    assert [entry.seq for entry in entries] == [1, 2]


def test_citations_cover_the_values() -> None:
    (entry,) = installments.read(document_of("验收后【30】日内，甲方支付合同价款的40%，即¥400.00元。"))
    leaves = (entry.percent, entry.figures, entry.due_days, entry.condition)
    assert [leaf.sources[0].text for leaf in leaves if leaf] == ["40", "400.00", "30", "验收后【30】日内"]


def test_what_is_paid_this_time_belongs_to_the_share_reached_together() -> None:
    (entry,) = read("结构封顶后15日内，委托人支付至酬金的50%，本次支付金额为78.5万元；")
    assert entry[1:4] == (None, "785000", "结构封顶后15日内")


def test_a_plan_may_begin_with_a_share_reached_together() -> None:
    text = "竣工验收合格后付至合同价的80%，审计完成后付至97%，剩余3%作为质保金，两年后付清。"
    assert [(entry[1], entry[3]) for entry in read(text)] == [
        (None, "竣工验收合格后"),
        (None, "审计完成后"),
        ("3", "两年后"),
    ]


@pytest.mark.parametrize(
    ("text", "percents", "figures"),
    [
        ("验收合格后，甲方再付合同总金额的65%，计¥650元；", ["65"], ["650"]),
        ("签订合同付30%，验收后付70%。", ["30", "70"], [None, None]),
        ("货物验收后_30_日内支付合同金额的_50_%，即人民币_600_元。", ["50"], ["600"]),
        ("发货款60%，计600元，设备到场后15日内支付；", ["60"], ["600"]),
        ("于6月30日前支付第一笔款项500元（50%），于年底前支付第二笔款项500元（50%）。", ["50", "50"], ["500", "500"]),
        ("收到发票后15日内将合同款5000元一次性支付至乙方账户。", [None], ["5000"]),
    ],
)
def test_short_forms(text: str, percents: list[str | None], figures: list[str | None]) -> None:
    assert [(entry[1], entry[2]) for entry in read(text)] == list(zip(percents, figures, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "服务费每季度支付一次，每次支付合同总额的25%，即120元。",
        "甲方按月支付上月服务费255100元。",
        "经考核合格后，甲方于次月10日前支付上月服务费人民币2000元。",
    ],
)
def test_a_payment_that_recurs_is_no_instalment(text: str) -> None:
    assert read(text) == []


def test_the_clause_number_is_no_part_of_the_condition() -> None:
    assert [entry[3] for entry in read("3.1 合同生效后7日内，甲方支付合同总价的30%。")] == ["合同生效后7日内"]


def test_a_payment_table_in_ten_thousands_with_percents_in_its_header() -> None:
    plan = table(
        ["序号", "款项名称", "支付节点", "支付比例（%）", "支付金额"],
        ["1", "预付款", "进场后10日内", "20", "97.27"],
        header_rows=1,
    )
    assert read("金额单位：万元", plan) == [("预付款", "20", "972700", "进场后10日内", 10, "calendar")]


def test_a_rent_schedule() -> None:
    plan = table(["期数", "应付日期", "应付租金（元）"], ["1", "2031年1月5日", "30,000.00"], header_rows=1)
    assert read(plan) == [(None, None, "30000.00", "2031年1月5日", None, None)]
