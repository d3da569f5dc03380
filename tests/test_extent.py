"""The part of a page that holds its print: nothing printed is left out, wherever it stands."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.extent import EDGE, MARGIN, SHORTEST, STRIDE, Image, part_printed

HIGH, WIDE = 1280, 896


def page(*marks: tuple[int, int, int, int]) -> Image:
    """White paper with black marks: top, left, height and width of each."""
    sheet = np.full((HIGH, WIDE), 240, np.uint8)
    for top, left, height, width in marks:
        sheet[top : top + height, left : left + width] = 20
    return sheet


@given(st.lists(st.tuples(st.integers(EDGE, HIGH - 30), st.integers(EDGE, WIDE - 30)), min_size=1, max_size=4))
def test_every_character_on_the_page_is_in_its_part(places: list[tuple[int, int]]) -> None:
    rows, columns = part_printed(page(*((top, left, 12, 9) for top, left in places)))

    for top, left in places:
        assert rows.start <= max(0, top - MARGIN)
        assert min(HIGH, top + 12 + MARGIN) <= rows.stop
        assert columns.start <= max(0, left - MARGIN)
        assert min(WIDE, left + 9 + MARGIN) <= columns.stop


@given(st.integers(EDGE, HIGH - 30), st.integers(EDGE, WIDE - 30), st.integers(1, 600), st.integers(1, 400))
def test_the_network_sees_whole_strides(top: int, left: int, height: int, width: int) -> None:
    for part in part_printed(page((top, left, height, width))):
        assert part.start % STRIDE == (part.stop - part.start) % STRIDE == 0
        assert part.stop - part.start >= SHORTEST


def test_margins_are_left_out_and_so_are_the_sheet_s_shadows_and_specks() -> None:
    text = (100, 80, 1000, 700)
    shadows = (0, 0, HIGH, 6), (0, 0, 14, WIDE), (HIGH - 5, 300, 5, 40)
    rows, columns = part_printed(page(text, *shadows, (1230, 60, 3, 3)))

    assert (rows, columns) == part_printed(page(text))
    assert rows.stop - rows.start < HIGH
    assert columns.stop - columns.start < WIDE


def test_a_page_number_at_the_foot_is_print() -> None:
    rows, _ = part_printed(page((100, 80, 800, 700), (1250, 440, 12, 6)))

    assert rows.stop == HIGH


def test_a_smeared_line_beside_the_sheet_s_edge_is_print() -> None:
    rows, _ = part_printed(page((100, 80, 800, 700), (HIGH - 22, 300, 12, 200)))

    assert rows.stop == HIGH


@pytest.mark.parametrize("sheet", [page(), page((0, 0, HIGH, 5)), np.full((64, 96), 255, np.uint8)])
def test_of_a_page_without_print_all_is_looked_at(sheet: Image) -> None:
    assert part_printed(sheet) == (slice(0, sheet.shape[0]), slice(0, sheet.shape[1]))
