"""fields.amounts: the total and the award wherever a clause states them, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_document import Clause, document_of, table

from pipeline.fields import amounts
from pipeline.model.check import value_of
from pipeline.model.document import Block, Paragraph
from pipeline.model.page import Line, Word
from pipeline.model.passage import Passage
from pipeline.model.record import Amount
from pipeline.model.source import Box


def only(*items: str | Clause) -> Amount:
    (entry,) = amounts.read(document_of(*items))
    return entry


def test_a_total_that_can_t_be_read_is_an_entry_all_the_same() -> None:
    entry = only("中标金额为人民币1,303,85250元。")
    assert (entry.kind, entry.figures, entry.words) == ("award", None, None)


@pytest.mark.parametrize(
    ("text", "kind", "figures", "words"),
    [
        ("本合同总价：人民币（大写）叁佰元整（¥300.00）。", "contract_total", "300.00", "叁佰元整"),
        (
            "服务费用共计人民币小写：300.5元，大写：人民币叁佰元伍角整，不另收费",
            "contract_total",
            "300.5",
            "叁佰元伍角整",
        ),
        ("5.1本合圖用共计人民币：94.34元，大写：玖拾肆元叁角肆分", "contract_total", "94.34", "玖拾肆元叁角肆分"),
        ("本合同总价为玖拾肆元·叁角肆分（¥94.34）", "contract_total", "94.34", "玖拾肆元叁角肆分"),
        ("项目服务费用（含税）为：人民币（大写）叁佰元整（小写：¥300元）", "contract_total", "300", "叁佰元整"),
        ("签约合同价为：¥1,536万元", "contract_total", "15360000", None),
        ("租赁期内租金总额为人民币叁万元整。", "contract_total", None, "叁万元整"),
        ("甲方一次性支付合同总价款人民币50000元", "contract_total", "50000", None),
        ("经评审，你单位中标，中标金额：¥674.00（大写：陆佰柒拾肆元整）", "award", "674.00", "陆佰柒拾肆元整"),
        ("确定你单位为中标单位标金额为人民币陆佰柒拾肆元整（¥674.00）", "award", "674.00", "陆佰柒拾肆元整"),
        ("确定你单位为中標单位，中標金额为人民币叁佰元整", "award", None, "叁佰元整"),
        ("成交价：200000元（大写：贰拾万元整）", "award", "200000", "贰拾万元整"),
        ("不含税价为：¥94.34元（大写：玖拾肆元叁角肆分）", "other", "94.34", "玖拾肆元叁角肆分"),
    ],
)
def test_one_statement(text: str, kind: str, figures: str | None, words: str | None) -> None:
    entry = only(text)
    assert entry.kind == kind
    assert (entry.figures and f"{entry.figures.value:f}", value_of(entry.words)) == (figures, words)


@pytest.mark.parametrize(
    "text",
    [
        "甲方向乙方支付合同金额50%首付款（人民币）叁佰元整（¥300.00）",
        "每逾期一日，乙方支付违约金人民币1000元（大写：壹仟元整）",
        "房屋租金为每月人民币10000元（大写：壹万元整）",
        "向甲方支付合同总金额10%的违约金",
        "造成500万元以上经济损失",
        "乙方承担的商标费用为30000元",
        "乙方应在签订合同前交纳履约保证金5000元",
        "本项目预算为人民币30000元（大写：叁万元整）",
    ],
)
def test_other_money_is_no_amount(text: str) -> None:
    assert amounts.read(document_of(text)) == ()


def test_a_notice_of_award_labels_its_sum() -> None:
    """A seal or a fold hides 中标 before 金额."""
    text = "确定你单位为某项目的中标单位金额为人民币叁佰元整（¥300.00）。"
    entry = only(Clause("附件1", "中标通知书", [text], "annex"))
    assert (entry.kind, value_of(entry.figures)) == ("award", 300)


def test_a_sum_without_a_label_is_no_entry_so_that_a_check_asks_for_it() -> None:
    assert amounts.read(document_of("某某费人民币叁佰元整（¥300.00）。")) == ()


def test_a_heading_labels_the_sum_below_it() -> None:
    entry = only(Clause("三、", "合同金额", ["人民币（大写）壹万元整（¥10000.00）"]))
    assert (entry.kind, entry.section, entry.page) == ("contract_total", "三", 1)


def test_words_that_cannot_be_read_are_kept_without_a_value() -> None:
    entry = only("合同总价（大写）：贰拾万任陆佰元整，小写：201,600元")
    assert (value_of(entry.words), entry.words_value) == ("贰拾万任陆佰元整", None)


def test_figures_in_illegal_grouping_are_none() -> None:
    entry = only("合同总价：¥201,60.00（大写：贰拾万壹仟陆佰元整）")
    assert entry.figures is None
    assert str(value_of(entry.words_value)) == "201600.00"


def test_a_citation_covers_the_value_and_nothing_more() -> None:
    entry = only("合同总价：¥300.00（大写：叁佰元整）")
    assert entry.figures is not None
    assert entry.words is not None
    assert [source.text for source in (*entry.figures.sources, *entry.words.sources)] == ["300.00", "叁佰元整"]


def test_totals_of_tables_are_no_clauses() -> None:
    assert amounts.read(document_of(table(["名称", "合价"], ["合同总价", "¥300.00"], header_rows=1))) == ()


def test_the_total_of_a_price_table_whose_header_is_unread_is_no_clause() -> None:
    rows = [
        ["字号", "名称", "单价", "数量", "合计"],
        ["1", "巡检", "100.00", "3", "300.00"],
        ["", "", "", "总价（元）", "¥300.00"],
    ]
    assert amounts.read(document_of(table(*rows, header_rows=0))) == ()


def test_a_register_states_the_total_beside_its_label() -> None:
    register = table(["项目名称", "某系统维护"], ["合同金额", "人民币（大写）叁佰元整（小写：¥300.00）"])
    (entry,) = amounts.read(document_of(register))
    assert entry.figures is not None
    assert (entry.kind, f"{entry.figures.value}", value_of(entry.words)) == ("contract_total", "300.00", "叁佰元整")


def test_a_fee_agreed_on_signing() -> None:
    assert only("签约酬金（大写）：贰拾万元整（¥20万元）。").kind == "contract_total"


def test_blanks_that_were_filled_in() -> None:
    entry = only("合同总价为_48.6_万元（大写：_肆拾捌万陆仟元整_）。")
    assert entry.figures is not None
    assert f"{entry.figures.value}" == "486000"


def kinds(*items: str | Clause) -> list[tuple[str, str]]:
    return [(entry.kind, f"{entry.figures.value:f}") for entry in amounts.read(document_of(*items)) if entry.figures]


@pytest.mark.parametrize("lead", ["实施及运维服务费", "其他服务费用", "设备价款"])
def test_parts_of_the_total_are_no_second_total(lead: str) -> None:
    text = f"本合同总金额为人民币叁佰元整（¥300.00），其中软件购置费¥180.00，{lead}¥120.00。"
    assert kinds(text) == [("contract_total", "300.00")]


def test_a_whole_after_its_parts_is_the_total() -> None:
    assert kinds("其中货物费6元，服务费3元，含税总价9元。") == [("contract_total", "9")]


def test_the_parts_that_a_form_lists_below_the_total() -> None:
    clause = Clause(
        "四、",
        "签约合同价与合同价格形式",
        [
            "1.签约合同价为：人民币（大写）叁佰元整（¥300.00元）；",
            "其中：",
            "（1）安全文明施工费：人民币（大写）贰拾元整（¥20.00元）；",
            "（2）服务费：人民币（大写）叁拾元整（¥30.00元）。",
            "2.合同总价：人民币（大写）叁佰元整（¥300.00元）。",
        ],
    )
    assert [kind for kind, _ in kinds(clause)] == ["contract_total", "other", "other", "contract_total"]


def test_a_sum_with_its_own_name_under_the_heading_of_the_total() -> None:
    clause = Clause(
        "四、", "合同价款", ["暂列金额：人民币（大写）叁拾元整（¥30.00）", "人民币（大写）叁佰元整（¥300.00）"]
    )
    assert kinds(clause) == [("other", "30.00"), ("contract_total", "300.00")]


def test_a_supplement_tells_the_former_total_and_the_change_from_the_new_total() -> None:
    text = (
        "原合同金额为人民币300.00元（大写：叁佰元整）。本次变更净增加合同金额人民币壹佰元整（¥100.00），"
        "变更后合同总金额为人民币肆佰元整（¥400.00）。"
    )
    assert kinds(text) == [("other", "300.00"), ("other", "100.00"), ("contract_total", "400.00")]


@pytest.mark.parametrize(("gap", "read"), [(24.0, "1081129.20"), (44.0, None)])
def test_a_speck_between_numerals_that_leaves_room_for_no_other_hides_none(gap: float, read: str | None) -> None:
    """壹佰零捌.万: were a 拾 lost there, the numerals would stand farther apart."""
    words, at = [], 100.0
    for char in "合同总价为人民币壹佰零捌.万壹仟壹佰贰拾玖元贰角整。":
        words.append(Word(char, Box(at, 100, at + (4 if char == "." else 20), 120), 1.0))
        at += gap / 2 if char in "捌." else 24.0
    line = Line(tuple(words), Box(100, 100, at, 120), 1.0)
    document = replace(document_of(), blocks=(Block(Paragraph(Passage.of(line, 1)), ()),))
    (entry,) = amounts.read(document)
    assert (str(value_of(entry.words_value)) if entry.words_value else None) == read
