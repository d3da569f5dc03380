"""Figures that run over a cell's border, in drawn tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.cells import Part
from pipeline.layout.overrun import apart, with_own_digits
from pipeline.model.document import Cell
from pipeline.model.page import Line, Word
from pipeline.model.passage import Passage
from pipeline.model.source import Box

TERM = "12个月"


def part(rows: list[tuple[str, ...]], gap: float = 0.0) -> Part:
    """The rows with the texts of the first column `gap` before the border, those of the others right behind theirs."""

    def left(text: str, column: int) -> float:
        return 100 * column if column else 100 - gap - 8 * len(text)

    cells = tuple(
        Cell(
            r,
            c,
            r + 1,
            c + 1,
            passage(text, left(text, c), 20 * r),
            1,
            Box(100 * c, 20 * r, 100 * c + 100, 20 * r + 20),
        )
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    columns = len(rows[0])
    xs = tuple(c / columns for c in range(columns + 1))
    return Part((1,), Box(0, 0, 100 * columns, 20 * len(rows)), 1.0, xs, len(rows), cells, frozenset(), False, ())


def passage(text: str, x: float, y: float) -> Passage:
    words = tuple(Word(char, Box(x + 8 * i, y, x + 8 * i + 8, y + 16), 1.0) for i, char in enumerate(text))
    return Passage.of(Line(words, Box(x, y, x + 100, y + 16), 1.0), 1) if text else Passage()


def read(rows: list[tuple[str, ...]], gap: float = 0.0) -> list[tuple[str, ...]]:
    found = with_own_digits(part(rows, gap))
    return [tuple(cell.text.text for cell in found.row(row)) for row in range(found.rows)]


PLAIN = [("数量", "期限"), ("196.38", TERM), ("9.88", TERM), ("17.95", TERM)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("38596.1612", "个月"), ("38596.16", TERM)),
        (("24766.6", "212个月"), ("24766.62", TERM)),
        (("11200.5", "512个月"), ("11200.55", TERM)),  # all others have two decimals: both digits are printed
        (("38596.16", "36个月"), ("38596.16", "36个月")),  # another term
        (("38596.161", "12个月"), ("38596.161", TERM)),
        (("38596.16", ""), ("38596.16", "")),
        (("5012", ""), ("5012", "")),
        (("38596.165", "个月"), ("38596.165", "个月")),
    ],
)
def test_the_digits_of_two_cells_are_dealt_out_by_what_the_column_says(
    row: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert read([*PLAIN, row]) == [*PLAIN, expected]


def test_a_digit_that_may_have_been_read_twice_stays_in_doubt() -> None:
    rows = [*PLAIN, ("3", TERM), ("11200.5", "512个月")]
    assert read(rows) == rows


@given(st.decimals("0.01", "99999.99", places=2), st.integers(0, 3))
def test_wherever_the_border_parts_them_the_figure_comes_out(figure: object, moved: int) -> None:
    whole = f"{figure}{TERM}"
    cut = len(whole) - len(TERM) + moved - 1
    place = apart(whole[:cut], whole[cut:], TERM, {2})
    assert place is None or whole[:place] == str(figure)
    assert place is not None or moved == 3


def test_digits_before_a_sum_s_sign_are_the_figure_s_beside_it() -> None:
    plain = [("数量", "单价"), ("38.58", "¥9.16"), ("9.56", "¥348.50")]
    assert read([*plain, ("10036.6", "7¥0.29")], gap=-4)[-1] == ("10036.67", "¥0.29")
    assert read([*plain, ("10036.67", "7¥0.29")], gap=-4)[-1] == ("10036.67", "¥0.29")
    assert read([*plain, ("373520", "0 0.0021")], gap=-4)[-1] == ("3735200", "0.0021")


def test_what_is_dealt_out_by_its_place_is_in_doubt() -> None:
    found = with_own_digits(part([("数量", "单价"), ("38.58", "¥9.16"), ("10036.6", "7¥0.29")], gap=-4))
    assert all(cell.text.cite().confidence < 0.8 for cell in found.row(2))
    assert all(cell.text.cite().confidence == 1.0 for cell in found.row(1))


def test_a_border_that_was_read_as_a_digit_before_a_sum_s_sign_is_no_figure_s() -> None:
    plain = [("数量", "单价"), ("38", "¥9.16"), ("9", "¥348.50")]
    assert read([*plain, ("3", "1¥500.00")], gap=20)[-1] == ("3", "¥500.00")
    assert read([*plain, ("3", "1 500.00")], gap=20)[-1] == ("3", "1 500.00")


def test_without_figures_beside_it_a_cell_keeps_its_digits() -> None:
    plain = [("数量", "单价"), ("38.58", "¥9.16"), ("9.56", "¥348.50")]
    assert read([*plain, ("GB", "7¥0.29")])[-1] == ("GB", "7¥0.29")


def test_letters_of_a_unit_behind_the_border_are_the_unit_s() -> None:
    plain = [("数量", "期限（月）"), ("154核", "36"), ("14TB", "36")]
    assert read([*plain, ("19952G", "B 36")])[-1] == ("19952GB", "36")
    assert read([*plain, ("20个", "B 36")])[-1] == ("20个", "B 36")
