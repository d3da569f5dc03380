"""Grids of ruling lines: merged cells, page breaks, and lines drawn badly."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.grids import Grid, cell_boxes, grids
from pipeline.model.page import Ruling

WIDTH, HEIGHT = 2100.0, 2970.0  # ten pixels a millimetre


def across(y: float, x0: float = 200, x1: float = 1800) -> Ruling:
    return Ruling(x0, y, x1, y)


def down(x: float, y0: float = 300, y1: float = 900) -> Ruling:
    return Ruling(x, y0, x, y1)


def only(rulings: list[Ruling]) -> Grid:
    (grid,) = grids(rulings, WIDTH, HEIGHT)
    return grid


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.row_end, c.column_end) for c in grid.cells]


FRAME = [across(300), across(900), down(200), down(1800)]


def test_a_plain_grid() -> None:
    grid = only([*FRAME, across(600), down(1000)])
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]
    assert not any(cell.open_above or cell.open_below for cell in grid.cells)


def test_cells_merged_over_rows_and_columns() -> None:
    grid = only([*FRAME, across(600, 1000, 1800), down(1000), down(1400, 600, 900)])
    assert spans(grid) == [(0, 0, 2, 1), (0, 1, 1, 3), (1, 1, 2, 2), (1, 2, 2, 3)]


def test_a_table_cut_by_page_breaks_above_and_below() -> None:
    grid = only([across(600), down(200, 200), down(1000, 200), down(1800, 200)])
    assert grid.ys == (200, 600, 900)
    assert [cell.open_above for cell in grid.cells] == [True, True, False, False]
    assert [cell.open_below for cell in grid.cells] == [False, False, True, True]


def test_only_the_cells_without_a_border_are_open() -> None:
    grid = only([across(300), across(900, 1000, 1800), down(200), down(1000), down(1800)])
    assert [cell.open_below for cell in grid.cells] == [True, False]


def test_pieces_overshoots_breaks_and_double_borders_make_one_grid() -> None:
    pieces = [Ruling(200, 600, 700, 600), Ruling(690, 601, 1000, 601), Ruling(1018, 600, 1809, 600)]
    double = [across(308), down(208), down(1792)]
    overshot = [down(1000, 288, 914)]
    assert len(only([*FRAME, *pieces, *double, *overshot]).cells) == 4


def test_missing_outer_borders_left_and_right() -> None:
    grid = only([across(300), across(600), across(900), down(800), down(1300)])
    assert grid.xs == (200, 800, 1300, 1800)
    assert len(grid.cells) == 6


def test_an_underline_in_a_cell_parts_nothing() -> None:
    assert len(only([*FRAME, down(1000), across(700, 1100, 1600)]).cells) == 2
    assert len(only([*FRAME, down(1000), across(700, 1005, 1300)]).cells) == 2


def test_two_tables_on_a_page_stay_two() -> None:
    below = [across(1300), across(1900), down(200, 1300, 1900), down(1800, 1300, 1900), down(900, 1300, 1900)]
    assert [len(grid.cells) for grid in grids([*below, *FRAME, down(1000)], WIDTH, HEIGHT)] == [2, 2]


def test_underlines_and_single_boxes_have_no_cells_to_read() -> None:
    assert cell_boxes([across(300), across(600)], WIDTH, HEIGHT) == ()
    assert cell_boxes(FRAME, WIDTH, HEIGHT) == ()


@given(
    st.lists(st.integers(60, 300), min_size=1, max_size=5),
    st.lists(st.integers(60, 300), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=98, max_size=98),
)
def test_cells_tile_the_grid_whatever_is_merged(widths: list[int], heights: list[int], drawn: list[bool]) -> None:
    is_drawn = iter(drawn)
    xs = list(itertools.accumulate(widths, initial=100))
    ys = list(itertools.accumulate(heights, initial=100))
    frame = [across(ys[0], xs[0], xs[-1]), across(ys[-1], xs[0], xs[-1]), down(xs[0], ys[0], ys[-1])]
    inner = [across(y, *pair) for y in ys[1:-1] for pair in itertools.pairwise(xs) if next(is_drawn)]
    inner += [down(x, *pair) for x in xs[1:-1] for pair in itertools.pairwise(ys) if next(is_drawn)]
    for grid in grids([*frame, down(xs[-1], ys[0], ys[-1]), *inner], WIDTH, HEIGHT):
        covered = [
            field
            for cell in grid.cells
            for field in itertools.product(range(cell.row, cell.row_end), range(cell.column, cell.column_end))
        ]
        assert sorted(covered) == list(itertools.product(range(len(grid.ys) - 1), range(len(grid.xs) - 1)))


def test_a_ruling_that_a_seal_parts_from_those_across_ends_at_the_cut_with_the_others() -> None:
    down_to_cut = [down(x, 300, 1200) for x in (200, 1000, 1800)]
    grid = only([across(300), across(600), *down_to_cut, down(600, 700, 1200)])
    assert grid.xs == (200, 600, 1000, 1800)
    assert spans(grid) == [(0, 0, 1, 2), (0, 2, 1, 3), (1, 0, 2, 1), (1, 1, 2, 2), (1, 2, 2, 3)]


def test_a_merged_cell_cut_above_and_below_parts_no_table() -> None:
    """A category over all rows of a page: no ruling there crosses its column."""
    levels = (300, 600, 900)
    left = [*(across(y, 200, 400) for y in levels), down(200), down(400)]
    right = [*(across(y, 800, 1800) for y in levels), down(800), down(1800)]
    grid = only([*left, *right])
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 2, 2), (0, 2, 1, 3), (1, 0, 2, 1), (1, 2, 2, 3)]
    assert [(c.open_above, c.open_below) for c in grid.cells if c.column == 1] == [(True, True)]


def test_what_a_seal_leaves_between_two_rows_makes_no_grid() -> None:
    rows = [across(y) for y in range(300, 901, 100)]
    assert grids([*rows, down(1300, 500, 600)], WIDTH, HEIGHT) == ()
    assert len(grids([*rows, down(1300, 300, 900)], WIDTH, HEIGHT)) == 1
    assert len(grids([*rows, down(200, 500, 600), down(1800, 500, 600)], WIDTH, HEIGHT)) == 1


def test_a_ruling_above_some_columns_of_a_table_cut_by_the_page_parts_none_of_them() -> None:
    columns = [down(x, 300, 2700) for x in (200, 500, 800, 1100, 1400, 1800)]
    grid = only([*columns, across(300, 700, 1130)])
    assert spans(grid) == [(0, column, 1, column + 1) for column in range(5)]
    assert only([*columns, across(300, 200, 1400), across(600, 200, 1800)]).ys[:2] == (300.0, 600.0)


def test_a_ruling_of_the_page_s_back_parts_no_columns_of_the_middle_of_a_long_table() -> None:
    columns = [down(x, 300, 2700) for x in (200, 500, 800, 1100, 1400, 1800)]
    assert spans(only([*columns, across(700, 500, 800)])) == [(0, i, 1, i + 1) for i in range(5)]
