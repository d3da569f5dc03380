"""Borders of a header that a seal hides: two names in one cell, and names that truly stand over several columns."""

from __future__ import annotations

import pytest
from helpers_sheets import line

from pipeline.layout.grids import grids
from pipeline.layout.hidden import with_parted_heads
from pipeline.model.page import Line, Ruling

# Three columns, the border between the last two drawn below the header only.
RULINGS = (
    *(Ruling(100, y, 700, y) for y in (100, 150, 300)),
    *(Ruling(x, 100, x, 300) for x in (100, 300, 700)),
    Ruling(500, 150, 500, 300),
)


def header(*texts: Line) -> list[tuple[int, int]]:
    (grid,) = grids(RULINGS, 1200, 1700)
    return [(cell.column, cell.column_end) for cell in with_parted_heads(grid, texts).cells if cell.row == 0]


@pytest.mark.parametrize("names", [("数量", "单价"), ("号", "项目名称")])
def test_two_names_apart_are_two_cells(names: tuple[str, str]) -> None:
    assert header(line(names[0], 380, 115), line(names[1], 560, 115)) == [(0, 1), (1, 2), (2, 3)]


@pytest.mark.parametrize("name", [("费用", 480), ("服务费用", 460), ("费 用", 470)])
def test_a_name_over_both_columns_stays_one(name: tuple[str, float]) -> None:
    assert header(line(name[0], name[1], 115)) == [(0, 1), (1, 3)]


def test_a_header_without_names_stays_as_it_is() -> None:
    assert header() == [(0, 1), (1, 3)]
