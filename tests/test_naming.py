"""The names over columns that no ruling parts, put right by the rows below them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_sheets import line, sheet, texts_of

from pipeline.layout.columns import pieces
from pipeline.layout.naming import names_over
from pipeline.model.page import Line, Word
from pipeline.model.source import Box

# Two names that the engine read as one line, as their units below: 期限 | 总价 over （月）|（元）.
HEAD = {120: "序号", 220: "名称", 520: "单价", 650: "数量"}
JOINED = [line("期限", 760, 90), line("总价", 820, 90), line("（月）（元）", 750, 115)]


def item(number: int) -> dict[float, str]:
    return {120: str(number), 220: "巡检", 520: "10.00", 650: "5", 770: "12", 820: "600.00"}


def body(*rows: dict[float, str]) -> list[Line]:
    return [line(text, x, 160 + 50 * i) for i, row in enumerate(rows) for x, text in row.items()]


def names(head: list[Line], below: list[Line]) -> list[str]:
    return [name for _, name in names_over(head, below)]


@pytest.mark.parametrize("rows", [2, 3, 6])
def test_names_read_as_one_are_parted_where_white_runs_down_the_rows(rows: int) -> None:
    head = [*(line(text, x, 110) for x, text in HEAD.items()), *JOINED]
    assert names(head, body(*map(item, range(1, rows + 1))))[-2:] == ["期限（月）", "总价（元）"]


def test_a_name_stays_whole_where_no_white_runs_down_the_rows() -> None:
    head = [*(line(text, x, 110) for x, text in HEAD.items()), *JOINED]
    assert names(head, body(item(1), item(2) | {770: "每年三万元整"}))[-1] == "期限总价（月）（元）"


def test_a_currency_sign_apart_from_its_figure_parts_no_name() -> None:
    head = [line(text, x, 110) for x, text in (HEAD | {760: "总价（元）"}).items()]
    rows = [item(n) | {770: "¥"} for n in (1, 2, 3)]
    assert names(head, body(*rows))[-1] == "总价（元）"


@pytest.mark.parametrize("across", [(), (80, 150, 300)])
def test_figures_under_names_read_as_one_have_a_column_each(across: tuple[float, ...]) -> None:
    head = {90: {760: "期限", 820: "总价"}, 110: HEAD, 115: {750: "（月）（元）"}}
    found = texts_of(sheet({**head, 160: item(1), 210: item(2), 260: item(3)}, across))
    assert [row[-2:] for row in found[1:]] == [["12", "600.00"]] * 3


def test_three_names_read_as_one_are_parted_where_each_half_is_a_name() -> None:
    head = [line("序号", 120, 110), line("名称", 220, 110), line("含税单价采购数服务月", 520, 90)]
    units = [line("（元）", 525, 115), line("量", 620, 115), line("数", 680, 115), line("小计", 900, 110)]
    rows = [{120: str(n), 220: "巡检", 520: "100.00", 625: "5", 680: "12", 900: "6000.00"} for n in (1, 2, 3)]
    assert names([*head, *units], body(*rows))[2:] == ["含税单价（元）", "采购数量", "服务月数", "小计"]


def test_a_narrow_character_has_no_white_beside_it() -> None:
    """项目内容 in a spaced font: the boxes of 目 and 内 end well inside their squares."""
    words = [("项", 476, 511), ("目", 526, 547), ("内", 568, 595), ("容", 609, 644)]
    glyphs = tuple(Word(text, Box(x0, 100, x1, 137), 1.0) for text, x0, x1 in words)
    assert len(pieces([Line(glyphs, Box(476, 100, 644, 137), 1.0)])) == 1


def test_names_that_may_be_parted_in_two_places_are_where_the_engine_saw_a_space() -> None:
    """工程 | 量报价 would do as well as 工程量 | 报价."""
    glyphs = tuple(
        Word(c, Box(500 + 20 * i, 110, 520 + 20 * i, 130), 1.0) for i, c in enumerate(["工", "程", "量", " 报", "价"])
    )
    head = [
        line("序号", 120, 110),
        line("名称", 220, 110),
        Line(glyphs, Box(500, 110, 600, 130), 1.0),
        line("小计", 900, 110),
    ]
    rows = [{120: str(n), 220: "巡检", 515: "5", 560: "100.00", 900: "500.00"} for n in (1, 2, 3)]
    assert names(head, body(*rows))[2:] == ["工程量", "报价", "小计"]


def test_a_name_over_words_with_white_at_their_brackets_stays_whole() -> None:
    """服务 and 名称 are names of their own, and each row has white before its bracket."""
    head = [
        line(text, x, 110) for x, text in {120: "序号", 260: "服务名称", 520: "单价", 650: "数量", 860: "小计"}.items()
    ]

    def named(y: float) -> Line:
        words = [
            Word(c, Box(220 + 20 * i + 14 * (i > 3), y, 240 + 20 * i + 14 * (i > 3), y + 20), 1.0)
            for i, c in enumerate("隔墙拆除（一期）")
        ]
        return Line(tuple(words), Box(220, y, 400, y + 20), 1.0)

    rows = [{120: str(n), 520: "10.00", 650: "5", 860: "50.00"} for n in (1, 2, 3)]
    assert names(head, [*body(*rows), *(named(160 + 50 * i) for i in range(3))])[1] == "服务名称"


def test_what_a_seal_lays_between_two_names_is_left_out() -> None:
    """服务月数 | 总价（元） under a seal, whose letters stand below the names in place of their second lines."""
    seal = replace(line("（北溪）", 775, 120), confidence=0.5)
    head = [*(line(text, x, 110) for x, text in HEAD.items()), line("期限", 755, 97), line("总价", 825, 97), seal]
    assert names(head, body(*map(item, range(1, 7))))[-2:] == ["期限", "总价"]


def test_a_number_read_with_its_name_ends_no_body() -> None:
    joined = line("1 巡检含系统运行状态检查和日志分析", 120, 160)
    words = tuple(replace(word, text=" 巡") if word.text == "巡" else word for word in joined.words if word.text != " ")
    rows = [
        replace(joined, words=words),
        *body({520: "10.00", 650: "5", 770: "12", 820: "600.00"}),
        *body(*[item(1)] * 4),
    ]
    head = [*(line(text, x, 110) for x, text in HEAD.items()), *JOINED]
    assert names(head, rows)[-2:] == ["期限（月）", "总价（元）"]


def test_two_texts_that_nearly_touch_are_parted_between_them() -> None:
    head = [*(line(text, x, 110) for x, text in HEAD.items() if x < 600), line("工程量", 650, 110)]
    rows = [{120: str(n), 220: "巡检", 520: "¥1000.0000000", 655: "12345", 740: "600.00"} for n in (1, 2, 3)]
    assert names([*head, line("总价（元）", 715, 110)], body(*rows))[-2:] == ["工程量", "总价（元）"]
