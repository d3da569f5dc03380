"""Lines dealt out to the rows that they stand around, and merged cells spread over rows."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.anchors import Span, deal, spread

SIZE = 20.0


def stack(middle: float, count: int) -> list[Span]:
    """So many lines of one cell, 8 pixels of white between them, around a place."""
    top = middle - (count * 28 - 8) / 2
    return [Span(top + 28 * i, top + 28 * i + SIZE) for i in range(count)]


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
def test_cells_of_any_height_go_to_their_rows(counts: list[int]) -> None:
    bottoms = itertools.accumulate((max(1, count) * 28 + 20 for count in counts), initial=100)
    anchors = [bottom + max(1, count) * 14 + 10 for bottom, count in zip(bottoms, counts, strict=False)]
    lines = [line for anchor, count in zip(anchors, counts, strict=True) for line in stack(anchor, count)]
    dealt = deal(lines, anchors, SIZE, "middle", rests=False)
    assert dealt is not None
    assert dealt.owners == tuple(row for row, count in enumerate(counts) for _ in range(count))


def test_a_line_between_two_rows_is_in_doubt() -> None:
    assert deal(stack(130, 1), [100, 160], SIZE, "middle", rests=False) is None


def test_what_hangs_below_its_row() -> None:
    lines = [Span(100, 120), Span(128, 148), Span(180, 200)]
    dealt = deal(lines, [110, 190], SIZE, "top", rests=False)
    assert dealt is not None
    assert dealt.owners == (0, 0, 1)


def test_the_rest_of_a_torn_row_stands_above_the_first() -> None:
    dealt = deal([*stack(40, 1), *stack(130, 1)], [130, 180], SIZE, "middle", rests=True)
    assert dealt is not None
    assert dealt.owners == (-1, 0)
    assert deal(stack(40, 1), [130, 180], SIZE, "middle", rests=False) is None


def test_two_lines_of_a_torn_row_are_not_the_next_row_s_name() -> None:
    """The break leaves a cell's lower lines to the page that begins with it: they never stand above its middle."""
    lines = [*stack(40, 2), *stack(108, 2), *stack(176, 2)]
    dealt = deal(lines, [108, 176], SIZE, "middle", rests=True, filled=(108, 176))
    assert dealt is not None
    assert dealt.owners == (-1, -1, 0, 0, 1, 1)


def test_merged_cells_stand_in_the_middle_of_their_rows() -> None:
    rows = [Span(y, y + 50) for y in (0, 50, 100, 150, 200)]
    assert spread([*stack(25, 1), *stack(100, 1), Span(180, 220)], rows, SIZE) == [1, 2, 2]
    assert spread(stack(25, 1), rows, SIZE) is None


def test_only_what_stands_above_the_first_row_is_a_rest_of_the_page_before() -> None:
    between, above = (
        deal(stack(300, 1), [100, 500], SIZE, "middle", rests=True),
        deal(stack(40, 1), [100], SIZE, "middle", True),
    )
    assert between is None
    assert above is not None
    assert above.owners == (-1,)


def test_a_cell_that_lost_one_of_its_lines_stays_in_its_row() -> None:
    lines = [*stack(200, 3)[:2], *stack(300, 3)]
    dealt = deal(lines, [200, 300], SIZE, "middle", rests=False)
    assert dealt is not None
    assert dealt.owners == (0, 0, 1, 1, 1)
