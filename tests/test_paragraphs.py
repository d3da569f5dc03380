"""Rows joined to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from helpers_paper import LEADING, line, pages

from pipeline.layout import tables
from pipeline.layout.flow import flow
from pipeline.layout.lines import Row
from pipeline.layout.measures import Measure, Measures
from pipeline.layout.paragraphs import Typeset, paragraphs
from pipeline.model.page import Line, Page, Word
from pipeline.model.passage import Passage
from pipeline.model.source import Box

LONG = (
    "乙方应当按照本合同约定的服务内容和质量标准向甲方提供服务，"
    "并于每月五日之前提交上一个月的服务报告，由甲方确认后存档备查。"
)
FULL = (
    "甲方应当在收到发票之后的十五个工作日内向乙方指定的账户支付当期的全部服务费用，"
    "逾期支付的，每日按未付金额的万分之一支付违约金。"
)


def flowed(sheets: Sequence[Page]) -> tuple[object, ...]:
    return flow(sheets, *tables.parted(sheets))


def set_text(text: str, indent: int = 2, noise: float = 0.0) -> list[str]:
    return set_text_of(pages(text, indent=indent, noise=noise))


def set_text_of(sheets: Sequence[Page]) -> list[str]:
    return [item.text for item in flowed(sheets) if isinstance(item, Typeset)]


@pytest.mark.parametrize("noise", [0.0, 9.0])
@pytest.mark.parametrize("indent", [0, 2])
def test_rows_are_joined_and_paragraphs_parted(indent: int, noise: float) -> None:
    text = f"第一条 服务\n{LONG}\n1、{FULL}\n2、{LONG}\n第二条 期限\n{FULL}"
    assert set_text(text, indent, noise) == [part.replace("条 ", "条") for part in text.splitlines()]


def test_a_sentence_broken_by_a_page_break_is_one_paragraph() -> None:
    text = f"{LONG}\n{LONG}\n{FULL[:58]}\n---\n<{FULL[58:]}\n{LONG}\n{LONG}"
    assert set_text(text) == [LONG, LONG, FULL, LONG, LONG]


def test_labels_stand_alone_and_a_long_value_goes_on() -> None:
    name = "江城市东湖新技术开发区管理委员会政务服务和大数据管理局信息中心"
    text = f"{LONG}\n<甲方：{name}\n<地址：江城市东湖路8号\n<电话：027-12345678\n{LONG}"
    assert set_text(text) == [LONG, f"甲方：{name}", "地址：江城市东湖路8号", "电话：027-12345678", LONG]


def test_centred_and_larger_rows_are_headings() -> None:
    items = flowed(pages(f"^^服务合同\n^补充条款\n{LONG}\n<甲方：青禾公司\n{LONG}"))
    found = [(item.text, item.paragraph.heading) for item in items if isinstance(item, Typeset)]
    assert found[:3] == [("服务合同", True), ("补充条款", True), (LONG, False)]
    assert ("甲方：青禾公司", False) in found


def test_the_first_text_of_a_page_is_its_top() -> None:
    items = flowed(pages(f"{LONG}\n---\n附件1 清单\n{LONG}", head="", foot="- {} -"))
    assert [item.top for item in items if isinstance(item, Typeset)] == [True, True, False]


def test_a_name_too_long_for_its_block_goes_on_below_in_the_block() -> None:
    left = [
        "甲方（盖章）：青禾市水务投资集团有限",
        "公司",
        "法定代表人：",
        "2025年3月18日",
        "税号：",
        "11370000MB28410X7G",
    ]
    right = ["乙方（盖章）：蓝岸信息技术股份有限公", "司", "法定代表人：", "2025年3月18日"]
    columns = [
        line(text, x, 100 + LEADING * n, 30) for x, block in ((150, left), (850, right)) for n, text in enumerate(block)
    ]
    page = replace(pages(LONG)[0], lines=tuple(columns))
    found = [item.text for item in flowed([page]) if isinstance(item, Typeset)]
    assert found == [
        "甲方（盖章）：青禾市水务投资集团有限公司", "法定代表人：", "2025年3月18日", "税号：11370000MB28410X7G",
        "乙方（盖章）：蓝岸信息技术股份有限公司", "法定代表人：", "2025年3月18日",
    ]  # fmt: skip


def test_a_legal_form_in_larger_print_goes_on_with_the_name_above() -> None:
    """A seal's character beside it makes its row higher, as a heading's is."""
    left = ["甲方（盖章）：青禾市水务投资局", "授权代理人：", "税号：11370000MB28410X7G"]
    right = ["乙方（盖章）：蓝岸信息技术", "股份有限公司", "授权代理人："]
    columns = [
        line(text, x, 100 + LEADING * n, 42 if text.startswith("股份") else 30)
        for x, block in ((150, left), (850, right))
        for n, text in enumerate(block)
    ]
    page = replace(pages(LONG)[0], lines=tuple(columns))
    found = [item.text for item in flowed([page]) if isinstance(item, Typeset)]
    assert "乙方（盖章）：蓝岸信息技术股份有限公司" in found


def test_a_bracket_of_either_width_may_begin_the_rest_of_a_name() -> None:
    left = ["供应商（单位盖章）：智联物业管理服务", "(锦川）有限公司", "日期：2025年3月18日"]
    right = ["采购人（单位盖章）：望海市职业技术学", "院", "日期：2025年3月18日"]
    columns = [
        line(text, x, 100 + LEADING * n, 30) for x, block in ((150, left), (850, right)) for n, text in enumerate(block)
    ]
    found = [item.text for item in flowed([replace(pages(LONG)[0], lines=tuple(columns))]) if isinstance(item, Typeset)]
    assert found[0] == "供应商（单位盖章）：智联物业管理服务(锦川）有限公司"


def test_the_rows_of_a_table_of_contents_stay_apart() -> None:
    rows = [("第一章 总则", "3"), ("第二章 服务内容", "4"), ("第三章 违约责任", "6")]
    lines = [
        piece
        for n, (title, number) in enumerate(rows)
        for piece in (line(title, 150, 100 + LEADING * n, 30), line(number, 1480, 100 + LEADING * n, 30))
    ]
    page = replace(pages(LONG)[0], lines=tuple(lines))
    found = [item.text for item in flowed([page]) if isinstance(item, Typeset)]
    assert found == ["第一章总则3", "第二章服务内容4", "第三章违约责任6"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("合同总价：人民币玖拾玖万贰仟圆捌角捌分", "（¥992,000.88），含税。"),
        ("总金额为（大写）陆拾贰万肆仟元伍角整（小写：", "¥624,000.50）。"),
        ("计人民币壹佰玖拾柒万贰仟伍佰柒拾捌", "元 。"),
        ("支付第二期，为合同总价的20%，即人民币（大", "写）陆拾陆万壹仟元整（小写：661,000.00元）。"),
        ("即人民币（大", "写）陆拾陆万壹仟元整（小写：661,000.00元）。"),
        ("1、合同总额（人民币）：大", "写：壹佰陆拾柒万零柒拾玖元；小写：1,670,079.00元。"),
        ("费用共计小写：238919.00元，大写：人民", "币贰拾叁万捌仟玖佰壹拾玖元整。"),
        ("支付合同总价的25%，大写：玖仟玖佰伍拾元柒角柒", "分。"),
        ("首付款，验收合格后付清，", "逾期的按约定处理。"),
    ],
)
def test_what_belongs_to_a_sum_begins_no_paragraph(above: str, below: str) -> None:
    text = f"1、{LONG}\n2、{above}\n<{below}\n3、{LONG}"
    assert set_text(text) == [f"1、{LONG}", f"2、{above}{below.replace(' ', '')}", f"3、{LONG}"]


def test_the_figures_of_a_sum_go_on_below_a_row_in_another_print() -> None:
    text = f"{LONG}\n^^2.1合同总额为壹佰元整\n<（小写：¥100.00）。\n{LONG}"
    assert set_text(text)[1] == "2.1合同总额为壹佰元整（小写：¥100.00）。"


@pytest.mark.parametrize(("above", "parted"), [("付420735.00元", True), ("，按照本合同", False)])
def test_a_clause_with_its_title_begins_anew_though_the_end_of_the_row_above_was_not_read(
    above: str, parted: bool
) -> None:
    row = "甲方应当在收到发票之后的十五个工作日内向乙方指定的账户支付当期的全部服务费用并在付款之后"
    found = set_text(f"1、{LONG}\n2、{row}三日{above}\n<第六条 逾期付款\n{LONG}")
    assert ("第六条逾期付款" in found) is parted


def test_a_clause_begins_anew_though_a_bracket_above_is_open() -> None:
    text = f"{LONG}\n（一）甲方应提供下列资料（含电子版\n（二）{LONG}"
    assert set_text(text) == text.splitlines()


@pytest.mark.parametrize("comma", ["，", ","])
def test_a_sentence_that_stops_short_of_its_sum_is_no_heading(comma: str) -> None:
    begun = f"签订后三十日内{comma}甲方支付合同总额的一半{comma}金额为"
    rest = "257412.60元（大写：人民币贰拾伍万柒仟肆佰壹拾贰圆陆角）。"
    sheets = pages(f"{LONG}\n{LONG}\n{begun}\n<{rest}", indent=3)
    assert set_text_of(sheets)[-1] == begun + rest


def test_a_figure_that_ends_a_sentence_is_no_heading_however_wide_its_signs() -> None:
    def row(text: str, y: float, wide: float) -> Row:
        words = tuple(Word(c, Box(wide * i, y, wide * (i + 1), y + wide), 1.0) for i, c in enumerate(text))
        box = Box(0, y, wide * len(text), y + wide)
        return Row(1, Passage.of(Line(words, box, 1.0), 1), box, wide)

    above = row("甲方向乙方支付合同总价的", 0, 10)
    measures = Measures({1: Measure(left=0, right=120, em=10)}, {1: 10})
    for text, together in (("30%。", True), ("515259.50元", True), ("补充条款", False)):
        found = [each.text for each in paragraphs([above, row(text, 20, 12.5)], measures)]
        assert (found == [above.text.text + text]) is together


def test_a_word_that_no_row_had_room_for_takes_the_sign_behind_it_along() -> None:
    def row(text: str, y: float) -> Row:
        words = tuple(Word(c, Box(10.0 * i, y, 10.0 * (i + 1), y + 10), 1.0) for i, c in enumerate(text))
        box = Box(0, y, 10.0 * len(text), y + 10)
        return Row(1, Passage.of(Line(words, box, 1.0), 1), box, 10)

    above = row("甲方向乙方支付合同总价的", 0)
    measures = Measures({1: Measure(left=0, right=146, em=10)}, {1: 10})
    assert len(paragraphs([above, row("60%，计人民币", 20)], measures)) == 1
    assert len(paragraphs([above, row("计，人民币", 20)], measures)) == 2
