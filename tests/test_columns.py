"""Columns by their names and the white below: spaced and wrapped names, borders, boxes that are too high."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_sheets import line

from pipeline.layout.columns import is_price_header, names_of, pieces
from pipeline.layout.gutters import borders, gutter
from pipeline.model.page import Line, Word
from pipeline.model.source import Box, around


def test_names_that_wrap_or_are_spaced() -> None:
    band = [line("序", 100, 50), line("号", 140, 50), line("综合单价", 200, 40), line("（元）", 210, 65)]
    assert [name for _, name in names_of(band)] == ["序号", "综合单价（元）"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([(110, 120), (180, 260)], 160),  # a long name begins far left of its centred header
        ([(100, 190), (330, 370)], 245),  # a text reaches right of its name; a short one stands under its own
        ([], 220),
    ],
)
def test_the_border_stands_in_the_white_between_two_columns(texts: list[tuple[float, float]], expected: float) -> None:
    assert gutter((100, 140), (300, 400), texts) == pytest.approx(expected)


def test_the_last_words_of_a_text_belong_to_it_though_a_comma_parts_them() -> None:
    assert gutter((100, 140), (340, 370), [(90, 280), (285, 315), (345, 380)]) == pytest.approx(327.5)


def test_a_number_behind_the_last_words_of_a_text_belongs_to_it_though_white_parts_the_text() -> None:
    texts = [(90, 160), (165, 280), (292, 306), (345, 380)]
    assert gutter((100, 140), (340, 370), texts) == pytest.approx(323)


def test_a_remark_right_after_a_figure_is_another_column() -> None:
    names = [((100.0, 160.0), "金额"), ((260.0, 300.0), "备注")]
    read_as_one = line("1,200.00含税费", 90, 80)
    (border,) = borders(names, [line("340.00", 90, 50), read_as_one])
    assert 168 < border < 172


def test_prose_tells_nothing_of_columns() -> None:
    names = [((100.0, 140.0), "数量"), ((300.0, 340.0), "金额")]
    prose = line("乙方应当按照本合同的约定提供服务并接受检查。", 100, 300)
    assert borders(names, [line("12", 110, 50), prose, line("三二一零", 160, 400)]) == borders(
        names, [line("12", 110, 50)]
    )


def test_boxes_are_as_high_as_their_characters_are_wide() -> None:
    tall = line("机械密封", 100, 50)
    tall = Line(tall.words, Box(100, 30, 180, 90), 1.0)
    (piece,) = pieces([tall])
    assert (piece.box.y0, piece.box.y1) == (50, 70)


def test_a_header_of_prices() -> None:
    assert is_price_header(["序号", "名称", "数量", "单价", "合价（元）"])
    assert not is_price_header(["序号", "姓名", "职务", "电话"])


def test_a_closing_bracket_ends_a_name_but_an_opening_one_does_not_begin_it() -> None:
    units, price = line("（月）（元）", 100, 50), line("大写（元）", 100, 50)
    apart = [moved(word, 14 * (i > 2)) for i, word in enumerate(units.words)]
    spaced = [moved(word, 14 * (i > 1)) for i, word in enumerate(price.words)]
    assert [piece.text for piece in pieces([Line(tuple(apart), Box(100, 50, 234, 70), 1.0)])] == ["（月）", "（元）"]
    assert [piece.text for piece in pieces([Line(tuple(spaced), Box(100, 50, 214, 70), 1.0)])] == ["大写（元）"]


def moved(word: Word, by: float) -> Word:
    return replace(word, box=Box(word.box.x0 + by, word.box.y0, word.box.x1 + by, word.box.y1))


def test_a_name_that_was_read_in_two_pieces_is_one() -> None:
    band = [line("项目内", 100, 50), line("容", 168, 50), line("数量", 260, 50)]
    assert [name for _, name in names_of(band)] == ["项目内容", "数量"]


def test_a_short_name_of_narrow_characters_is_not_cut() -> None:
    places = [("项", 329, 352), ("目", 360, 378), ("内", 389, 409), ("容", 417, 441)]
    name = tuple(Word(char, Box(x0, 338, x1, 391), 1.0) for char, x0, x1 in places)
    body = tuple(
        Word(char, Box(x, 465, x + 26, 511), 1.0) for char, x in zip("形成需求规格", range(488, 700, 30), strict=False)
    )
    lines = [Line(words, around(word.box for word in words), 1.0) for words in (name, body)]
    assert [piece.text for piece in pieces(lines)] == ["项目内容", "形成需求规格"]


def test_a_sign_that_was_seen_in_the_white_between_two_names_parts_them() -> None:
    def spelled(confidence: float) -> Line:
        words = [
            Word(char, Box(100 + 22 * i, 50, 120 + 22 * i, 70), confidence if char == "☑" else 1.0)
            for i, char in enumerate("计量单☑综合单价")
        ]
        return Line(tuple(words), Box(100, 50, 276, 70), 0.9)

    assert [piece.text for piece in pieces([spelled(0.46)])] == ["计量单", "综合单价"]
    assert [piece.text for piece in pieces([spelled(0.95)])] == ["计量单☑综合单价"]


def test_sums_whose_boxes_reach_into_those_of_the_remarks_beside_them() -> None:
    names = [((100.0, 190.0), "总价（元）"), ((300.0, 340.0), "备注")]
    body: list[Line] = []
    for y, reach in zip(range(80, 380, 50), (5, 6, 6, 5, 6, 4), strict=True):
        sum_, remark = line("51300.00", 150, y), line("按实际开通日计", 246 - reach, y)
        wide = replace(sum_.words[0], box=replace(sum_.words[0].box, x1=246.0))
        body += [Line((wide,), wide.box, 0.99), remark]
    (border,) = borders(names, body)
    assert 238 < border < 248


@pytest.mark.parametrize(("drawn", "spaced"), [(22.0, False), (12.0, True)])
def test_names_that_an_engine_drew_out_into_the_white_between_them(drawn: float, spaced: bool) -> None:
    """Amid a fax's noise each character's box reaches up to the next one's."""
    words = [*line("综合单价", 100, 50).words, *line("价格", 100 + 80 + 2 * drawn, 50).words]
    left, right = words[3], words[4]
    words[3] = replace(left, box=replace(left.box, x1=left.box.x1 + drawn))
    words[4] = replace(right, text=" " * spaced + right.text, box=replace(right.box, x0=right.box.x0 - drawn))
    read_as_one = Line(tuple(words), around(word.box for word in words), 0.99)
    other = line("单位名称数量", 400, 50)
    names = [name for _, name in names_of(pieces([read_as_one, other]))]
    assert names[:2] == ["综合单价", "价格"]
