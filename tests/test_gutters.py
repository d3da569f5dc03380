"""Tables ruled across only: their columns and rows, and what is no table though ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.layout import tables
from pipeline.model.page import Frame, Line, Page, Ruling, Word
from pipeline.model.source import Box

SIZE = 20.0
ROWS = (
    ("序号", "名称", "数量", "单价(元)", "金额(元)"),
    ("1", "机械密封", "12", "480.00", "5,760.00"),
    ("2", "深沟球轴承，含润滑脂", "24", "165.00", "3,960.00"),
    ("合计", "", "", "", "9,720.00"),
)
LEFTS = (120, 220, 520, 660, 860)


def line(text: str, x: float, y: float) -> Line:
    words = tuple(Word(c, Box(x + SIZE * i, y, x + SIZE * (i + 1), y + SIZE), 1.0) for i, c in enumerate(text))
    return Line(words, Box(x, y, x + SIZE * len(text), y + SIZE), 1.0)


def page(rows: Sequence[Sequence[str]], across: Sequence[float], extra: Sequence[Line] = ()) -> Page:
    """The rows from y = 110, one every 50 pixels, and rulings across from 100 to 1100."""
    texts = [
        line(text, x, 110 + 50 * n) for n, row in enumerate(rows) for text, x in zip(row, LEFTS, strict=True) if text
    ]
    rulings = tuple(Ruling(100, y, 1100, y) for y in across)
    return Page(1, 1200, 1700, 145, "scan", Frame(1200, 1700), (*texts, *extra), rulings)


def texts(one: Page) -> list[list[str]]:
    (found,) = tables.find([one])
    return [[cell.text.text for cell in row] for row in found.table.grid()]


def test_three_rulings_make_a_table() -> None:
    (found,) = tables.find([page(ROWS, (100, 145, 300))])
    assert found.table.header_rows == 1
    assert texts(page(ROWS, (100, 145, 300))) == [list(row) for row in ROWS]


def test_rows_that_are_ruled_too() -> None:
    assert texts(page(ROWS, (100, 145, 195, 245, 300))) == [list(row) for row in ROWS]


def test_a_name_that_wraps_stays_in_its_row() -> None:
    wrapped = page((*ROWS[:3], ("", "防腐型", "", "", ""), ROWS[3]), (100, 145, 350))
    assert texts(wrapped)[2] == ["2", "深沟球轴承，含润滑脂防腐型", "24", "165.00", "3,960.00"]


@pytest.mark.parametrize(
    ("rows", "across"),
    [
        ((("序号", "名称", "数量", "单价(元)", "备注"), *ROWS[1:]), (100, 300)),
        ((("本合同由双方", "", "", "", ""), ROWS[1]), (100, 145, 300)),
        ((("甲方", "", "某中心", "", "盖章"), ROWS[1]), (100, 145, 300)),
    ],
)
def test_what_is_no_table(rows: Sequence[Sequence[str]], across: Sequence[float]) -> None:
    assert tables.find([page(rows, across)]) == ()


@pytest.mark.parametrize("across", [(), (100, 300)])
def test_white_alone_parts_rows_and_columns(across: Sequence[float]) -> None:
    assert [row[-1] for row in texts(page(ROWS, across))] == [row[-1] for row in ROWS]
    assert [row[1] for row in texts(page(ROWS, across))][1:3] == [row[1] for row in ROWS[1:3]]


@pytest.mark.parametrize(
    "doubtful",
    [
        ("3", "深沟球轴承", "24", "165.00", "3,960.00"),
        ("", "深沟球轴承", "24", "165.00", "3,960.00"),
        ("2", "深沟球轴承", "24", "165.00", ""),
    ],
)
def test_a_row_in_doubt_leaves_the_table_unread(doubtful: Sequence[str]) -> None:
    assert tables.find([page((*ROWS[:2], doubtful, ROWS[3]), ())]) == ()


def test_rows_between_rulings_down_the_page() -> None:
    open_rows = page(ROWS, (100, 145, 245, 300))
    down = tuple(Ruling(x, 100, x, 300) for x in (100, 200, 500, 640, 840, 1100))
    assert texts(replace(open_rows, rulings=(*open_rows.rulings, *down))) == [list(row) for row in ROWS]
