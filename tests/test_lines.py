"""Rows, reading order and running heads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_paper import LEADING, line, pages

from pipeline.layout.lines import Row, rows, running
from pipeline.model.page import Line, Word
from pipeline.model.source import Box


def texts(lines: list[Line]) -> list[str]:
    return [row.text.text for row in rows(lines, page=1)]


def test_pieces_on_one_baseline_are_one_row() -> None:
    assert texts([line("（签字）", 600, 103, 30), line("法定代表人：", 150, 100, 30)]) == ["法定代表人：（签字）"]


def test_two_labels_in_one_row_are_two_rows() -> None:
    assert texts([line("开户行：东湖支行", 150, 100, 30), line("账号：6222", 600, 100, 30)]) == [
        "开户行：东湖支行",
        "账号：6222",
    ]


def test_two_parties_read_as_one_line_are_two_blocks() -> None:
    below = [line("盖章", 150, 160, 30), line("签字", 650, 160, 30)]
    found = texts([line("甲方：青禾公司东湖分公司 乙方：云帆公司", 150, 100, 30), *below])
    assert [text.strip() for text in found] == ["甲方：青禾公司东湖分公司", "盖章", "乙方：云帆公司", "签字"]


def test_the_left_block_of_two_is_read_first() -> None:
    left = ["甲方：青禾公司", "法定代表人：", "日期："]
    right = ["乙方：云帆公司", "法定代表人：", "日期："]
    pairs = [
        line(text, x, 100 + LEADING * n + dy, 30)
        for x, dy, block in ((150, 0, left), (650, 8, right))
        for n, text in enumerate(block)
    ]
    assert texts(pairs) == left + right


def test_a_longer_left_block_ends_before_the_right_one() -> None:
    left = ["甲方：青禾公司", "地址：江城", "电话：1", "日期："]
    pairs = [line(text, 150, 100 + LEADING * n, 30) for n, text in enumerate(left)]
    pairs += [line(text, 650, 100 + LEADING * n, 30) for n, text in enumerate(["乙方：云帆公司", "地址：海城"])]
    assert texts(pairs) == [*left, "乙方：云帆公司", "地址：海城"]


def test_a_label_without_its_colon_begins_a_block() -> None:
    left, right = ["甲方（盖章）：青禾中心", "代表：李明"], ["乙方（盖章）云帆科技股份有限公", "司", "代表：王芳"]
    pairs = [
        line(text, x, 100 + LEADING * n, 30) for x, block in ((150, left), (650, right)) for n, text in enumerate(block)
    ]
    assert texts(pairs) == left + right


def test_a_seal_over_the_first_labels_does_not_join_the_blocks() -> None:
    left = ["限公司", "地址：江城", "电话：1", "日期："]
    right = ["乙方（盖章海城科技", "地址：海城", "电话：2", "日期："]
    pairs = [
        line(text, x, 100 + LEADING * n, 30) for x, block in ((150, left), (650, right)) for n, text in enumerate(block)
    ]
    assert texts(pairs) == left + right


def test_an_isolated_illegible_character_is_no_text() -> None:
    speck = replace(line("的", 900, 100, 30), confidence=0.3)
    assert texts([line("附件2 承诺书", 150, 100, 30), speck]) == ["附件2 承诺书"]
    assert texts([replace(line("5", 205, 100, 30), confidence=0.3), line("共计", 140, 100, 30)]) == ["共计5"]


def set_aside(text: str, head: str, foot: str) -> list[str]:
    sheets: list[tuple[float, tuple[Row, ...]]] = [
        (page.height, rows(page.lines, page.number)) for page in pages(text, head=head, foot=foot)
    ]
    found = running(sheets)
    return [row.text.text for _, sheet in sheets for row in sheet if (row.page, row.box) in found]


def test_page_numbers_and_repeated_heads_are_set_aside() -> None:
    text = "\n---\n".join(
        ("甲方应按期付款。", "乙方提供全部服务及其资料。", "双方友好协商。", "本合同一式两份，各执一份。")
    )
    for foot in ("- {} -", "第{}页 共4页", "{}/4", "第 {} 页"):
        found = set_aside(text, "青禾集团合同文本", foot)
        assert found == [part for n in range(1, 5) for part in ("青禾集团合同文本", foot.format(n))]


def test_a_page_number_between_any_dashes_is_one() -> None:
    assert set_aside("第一条\n---\n第二条", "", "−10-") == ["−10-", "−10-"]


def test_what_two_pages_state_differently_at_one_level_is_no_head() -> None:
    heads = ("合计金额：¥100.00", "合计金额：¥200.00")
    sheets = [
        (1000.0, rows([line(text, 100, 60, 30), line("甲方", 100, 500, 30)], n)) for n, text in enumerate(heads, 1)
    ]
    assert running(sheets) == frozenset()
    same = [(1000.0, rows([line("云平台租用合同", 100, 60, 30), line("甲方", 100, 500, 30)], n)) for n in (1, 2)]
    assert len(running(same)) == 2


def test_text_in_the_margin_of_one_page_stays() -> None:
    assert set_aside("第一条\n---\n第二条", "", "本页由双方签字") == []


def test_a_line_read_over_both_columns_is_cut_at_the_second_label() -> None:
    below = [line("代表：李明", 150, 160, 30), line("代表：王芳", 700, 160, 30)]
    left, right = line("买方（Buyer）：青禾公司", 150, 100, 30), line(" 卖方（Seller）：云帆公司", 700, 100, 30)
    over = Line((*left.words, *right.words), Box(150, 100, 1200, 130), 1.0)
    found = [text.strip() for text in texts([over, *below])]
    assert found == ["买方（Buyer）：青禾公司", "代表：李明", "卖方（Seller）：云帆公司", "代表：王芳"]


def test_a_head_that_states_a_number_is_text_where_it_stands_first() -> None:
    text = "\n---\n".join(["服务合同\n乙方提供服务。"] * 4)
    sheets = [(page.height, rows(page.lines, page.number)) for page in pages(text, head="合同编号：QH-2025-01")]
    heads = running(sheets)
    left = [
        row.page for _, found in sheets for row in found if "编号" in row.text.text and (row.page, row.box) not in heads
    ]
    assert left == [1]


def test_a_title_that_the_heads_repeat_is_no_head() -> None:
    def line(text: str, y: float, size: float) -> Line:
        box = Box(100, y, 100 + size * len(text), y + size)
        return Line((Word(text, box, 1.0),), box, 1.0)

    head, title = line("云服务合同", 20, 10), line("云服务合同", 60, 18)
    sheets = [(1000.0, rows([head, title] if page == 1 else [head], page)) for page in range(1, 5)]
    assert running(sheets) == {(page, head.box) for page in range(1, 5)}


def test_a_head_that_an_engine_boxed_larger_on_one_page_is_one() -> None:
    """One page of a born-digital paper was read by an engine, whose boxes reach beyond the characters."""

    def line(text: str, y: float, size: float) -> Line:
        box = Box(100, y, 100 + size * len(text), y + size)
        return Line((Word(text, box, 1.0),), box, 1.0)

    heads = [line("云服务合同", y, size) for y, size in ((20, 10), (20, 10), (16, 18), (20, 10))]
    feet = [line(str(page), 980, 10) for page in range(1, 5)]
    sheets = [(1000.0, rows(each, page)) for page, each in enumerate(zip(heads, feet, strict=True), 1)]
    assert running(sheets) == {(page, each.box) for lines in (heads, feet) for page, each in enumerate(lines, 1)}


def test_what_is_left_of_a_seal_over_the_page_s_edge_is_no_text() -> None:
    words, figures = line("中标金额为人民币壹仟元整", 190, 100, 30), line("（¥1000.00）。", 190, 150, 30)
    rest = line("小", 130, 155, 28)
    assert texts([words, figures, replace(rest, confidence=0.45)]) == ["中标金额为人民币壹仟元整", "（¥1000.00）。"]
    assert texts([words, figures, rest])[-1] == "小（¥1000.00）。"


@pytest.mark.parametrize("end", ["0", "叁"])
def test_the_end_of_a_sum_that_stands_out_beside_the_text_stays(end: str) -> None:
    words = line("中标金额为人民币¥100", 190, 100, 30)
    out = replace(line(end, words.box.x1 + 4, 100, 30), confidence=0.4)
    assert texts([words, out]) == [f"中标金额为人民币¥100{end}"]


def test_a_speck_before_a_clause_number_is_no_text() -> None:
    speck = Line((Word("·", Box(240, 100, 250, 130), 0.6),), Box(240, 100, 250, 130), 0.6)
    clause = line("四、乙方应予保密。", 272, 100, 30)
    assert texts([speck, clause]) == ["四、乙方应予保密。"]
    assert texts([Line((*speck.words, *clause.words), Box(240, 100, 700, 130), 1.0)]) == ["四、乙方应予保密。"]
    assert texts([line("·保密资料", 272, 100, 30)]) == ["·保密资料"]


def test_a_speck_before_a_colon_does_not_hide_the_label() -> None:
    left, right = line("甲方（盖章）.：", 150, 100, 30), line("乙方（盖章）：", 700, 100, 30)
    below = [line("电话：0571-1234567", 150, 160, 30), line("电话：0571-7654321", 700, 160, 30)]
    assert texts([left, right, *below]) == [
        "甲方（盖章）：",
        "电话：0571-1234567",
        "乙方（盖章）：",
        "电话：0571-7654321",
    ]


def test_a_bracket_that_a_seal_makes_another_does_not_hide_the_label() -> None:
    left, right = line("采购人（单位盖章）：某某学院", 150, 100, 30), line("供应商（单位【）：智联公司", 700, 100, 30)
    below = [line("日期：2021年3月12日", 150, 160, 30), line("日期：2021年3月12日", 700, 160, 30)]
    assert texts([left, right, *below])[2:] == ["供应商（单位【）：智联公司", "日期：2021年3月12日"]


def test_a_head_that_is_misread_on_each_page_in_its_own_way_is_one() -> None:
    read = [
        "合同编号：XM2021-680",
        "合同编号：3M2021-680",
        "合同编号：X02021-680",
        "合网编号：XM2021-680",
        "合网编号：XM2021~680",
    ]
    sheets = [
        (1000.0, rows([line(text, 100, 20, 30), line("乙方提供服务。", 100, 500, 30)], page))
        for page, text in enumerate(read, 1)
    ]
    assert {page for page, _ in running(sheets)} == {2, 3, 4, 5}


def test_labels_that_both_parties_state_on_one_baseline_make_two_blocks() -> None:
    """Seals hide what stood behind the parties' words: 采购人（盖章）, 供应商（盖章）."""
    left, right = ["采购", "据中心", "代表：李明", "日期："], ["供应商", "股份有限公司", "代表：王芳", "日期："]
    pairs = [
        line(text, x, 100 + LEADING * n, 30) for x, block in ((150, left), (650, right)) for n, text in enumerate(block)
    ]
    assert texts(pairs) == left + right
