"""Columns whose name was not read, in tables without rulings down the page."""

from __future__ import annotations

import pytest
from helpers_sheets import line, sheet, texts_of

from pipeline.layout.columns import names_of
from pipeline.layout.unnamed import with_number, with_sums, with_unnamed

HEAD = {120: "序号", 220: ",名称", 650: "单价", 860: "小计"}


def item(number: int) -> dict[float, str]:
    return {120: str(number), 220: "巡检", 520: "12", 650: "100.00", 860: "1200.00"}


@pytest.mark.parametrize("across", [(), (100, 150, 300)])
def test_a_column_without_a_name_keeps_its_figures(across: tuple[float, ...]) -> None:
    found = texts_of(sheet({110: HEAD, 160: item(1), 210: item(2), 260: item(3)}, across))
    assert [row[2] for row in found] == ["", "12", "12", "12"]


def test_names_that_wrap_make_no_more_rows_of_which_a_column_is_judged() -> None:
    names = names_of([line(text, x, 110) for x, text in HEAD.items()])
    rows = [line(text, x, y) for y in (200, 350, 500) for x, text in item(1).items() if x != 220]
    wrapped = [line("原有隔墙", 220, y + dy) for y in (200, 350, 500) for dy in (-50, 0, 50)]
    assert [name for _, name in with_unnamed(names, [*rows, *wrapped])] == ["序号", "名称", "", "单价", "小计"]


def test_a_remark_in_one_row_makes_no_column() -> None:
    names = names_of([line(text, x, 110) for x, text in HEAD.items()])
    row = {120: "1", 650: "100.00", 860: "1200.00"}
    rows = [line(text, x, y) for y in (160, 210, 260, 310) for x, text in row.items()]
    assert with_unnamed(names, [*rows, line("旧", 520, 160)]) == names


def test_specks_beside_a_name_are_no_part_of_it() -> None:
    assert [name for _, name in names_of([line(",名称", 220, 110)])] == ["名称"]


def test_long_texts_left_of_their_name_s_middle_make_no_column() -> None:
    names = names_of([line(text, x, 110) for x, text in {120: "序号", 500: "名称", 650: "单价", 860: "小计"}.items()])
    row = {120: "1", 220: "成果印制", 650: "100.00", 860: "1200.00"}
    assert with_unnamed(names, [line(text, x, y) for y in (160, 210, 260) for x, text in row.items()]) == names


def test_money_beside_the_prices_is_the_sums_whose_name_is_lost() -> None:
    names = names_of([line(text, x, 110) for x, text in {120: "序号", 220: "名称", 650: "单价"}.items()])
    rows = [line(text, x, y) for y in (160, 210, 260) for x, text in item(1).items() if x != 520]
    assert [name for _, name in with_sums(names, rows)] == ["序号", "名称", "单价", "合价"]
    assert with_sums(names, [x for x in rows if x.box.x0 != 860]) == names


def test_numbers_left_of_all_names_number_the_rows() -> None:
    head = {x: name for x, name in HEAD.items() if name != "序号"}
    found = texts_of(sheet({110: head, 160: item(1), 210: item(2), 260: item(3)}))
    assert [row[0] for row in found] == ["", "1", "2", "3"]
    assert [row[-1] for row in found[1:]] == ["1200.00"] * 3


def test_a_column_without_a_name_right_of_names_that_end_before_theirs() -> None:
    """Names set to the left under a name in the middle of its wide column, and numbers that have no name either."""
    names = names_of([line(text, x, 110) for x, text in {500: "名称", 750: "单价", 860: "小计"}.items()])
    row = {220: "成果印制", 650: "6%", 750: "100.00", 860: "1200.00"}
    rows = [line(text, x, y) for n, y in enumerate((160, 210, 260), 1) for x, text in {120: str(n), **row}.items()]
    assert [name for _, name in with_number(with_unnamed(names, rows), rows)] == ["序号", "名称", "", "单价", "小计"]
