"""The names over columns that no ruling parts, put right by the rows below them."""

from __future__ import annotations

import pytest
from helpers_sheets import line, sheet, texts_of

from pipeline.layout.naming import names_over
from pipeline.model.page import Line

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
