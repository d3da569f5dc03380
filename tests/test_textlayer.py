"""A born-digital page's own text: words, lines, rulings, and what is not text of the contract."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from helpers_pdf import Text, typed_pdf
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.page import Page, Ruling
from pipeline.model.source import Box
from pipeline.ocr import glyphs, pdf, textlayer
from pipeline.ocr.content import content_of
from pipeline.ocr.plumber import Plumber
from pipeline.ocr.textlines import Char, lines
from pipeline.ocr.vectors import merged


def page_of(tmp_path: Path, texts: Sequence[Text], drawing: str = "") -> Page:
    """The page as pdfium reads it, and so as pdfplumber does."""
    path = typed_pdf(tmp_path / "typed.pdf", texts, drawing)
    with pdf.opened(path) as document, pdf.page_of(document, 1) as page, closing(Plumber(path, 1)) as plumber:
        found = textlayer.read(glyphs.read(page, content_of(page), 1))
        typed = plumber.read(1)
    assert found is not None
    assert typed is not None
    same = textlayer.read(typed)
    assert same is not None
    assert texts_of(same) == texts_of(found)
    assert [rounded(line.box) for line in same.lines] == [rounded(line.box) for line in found.lines]
    assert [line_of(ruling) for ruling in same.rulings] == [line_of(ruling) for ruling in found.rulings]
    return found


def rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(side) for side in (box.x0, box.y0, box.x1, box.y1))


def line_of(ruling: Ruling) -> tuple[int, ...]:
    return tuple(round(side) for side in (ruling.x0, ruling.y0, ruling.x1, ruling.y1, ruling.thickness))


def texts_of(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def leaning(degrees: float) -> tuple[float, float]:
    return math.cos(math.radians(degrees)), math.sin(math.radians(degrees))


def test_words_are_characters_and_runs_of_digits(tmp_path: Path) -> None:
    line = page_of(tmp_path, [Text("总价为674720.00元，共12台", 72, 100)]).lines[0]
    assert [word.text for word in line.words] == ["总", "价", "为", "674720.00", "元", "，", "共", "12", "台"]


def test_boxes_are_pixels_at_200_dpi(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Text("甲乙", 72, 144)])
    assert (page.width, page.height, page.dpi, page.source) == (1653, 2339, 200, "text")
    box = page.lines[0].box
    assert (box.x0, box.x1) == pytest.approx((200, 200 + 24 / 72 * 200), abs=0.1)
    assert box.y0 < 400 < box.y1 < 410
    assert page.frame.shown(box) == box


def test_a_space_stays_with_the_word_after_it(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Text("Windows Server 2019版", 72, 100)])
    assert [word.text for word in page.lines[0].words] == ["Windows", " Server", " 2019", "版"]


def test_a_gap_without_a_space_character_is_a_space(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Text("第一条", 72, 100), Text("总则", 118, 100)])
    assert texts_of(page) == ["第一条 总则"]


def test_radicals_become_ideographs(tmp_path: Path) -> None:
    assert texts_of(page_of(tmp_path, [Text("⾦额⻚⻔⼾⻘", 72, 100)])) == ["金额页门户青"]


def test_lines_run_from_top_to_bottom_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    page = page_of(tmp_path, [Text("下行", 72, 200), Text("右栏", 400, 100), Text("左栏", 72, 100)])
    assert texts_of(page) == ["左栏", "右栏", "下行"]


def test_a_line_ends_at_a_table_border(tmp_path: Path) -> None:
    border = "1 w 100 700 m 100 780 l S"
    apart = page_of(tmp_path, [Text("单价", 74, 100), Text("数量", 104, 100)], border)
    assert texts_of(apart) == ["单价", "数量"]
    assert texts_of(page_of(tmp_path, [Text("单价", 74, 100), Text("数量", 104, 100)])) == ["单价 数量"]


def test_a_figure_wider_than_its_cell_stays_one(tmp_path: Path) -> None:
    over = page_of(tmp_path, [Text("20000.50", 74, 100), Text("备注", 130, 100)], "0.5 w 117 700 m 117 780 l S")
    assert texts_of(over)[0] == "20000.50"
    beside = page_of(tmp_path, [Text("12345678", 72, 100), Text("35", 123, 100)], "0.5 w 122 700 m 122 780 l S")
    assert texts_of(beside) == ["12345678", "35"]


def test_a_wide_gap_parts_two_columns(tmp_path: Path) -> None:
    assert texts_of(page_of(tmp_path, [Text("甲方：", 72, 100), Text("乙方：", 300, 100)])) == ["甲方：", "乙方："]


def test_a_leaning_signature_is_read(tmp_path: Path) -> None:
    assert texts_of(page_of(tmp_path, [Text("李小明", 72, 100, 20, leaning(6))])) == ["李小明"]


def test_a_seal_is_not_read(tmp_path: Path) -> None:
    red = "0.83 0.07 0.1"
    turns = [math.radians(angle) for angle in (100, 50, 0, -50, -100)]
    curve = [
        Text(char, 140 - 40 * math.sin(turn), 140 - 40 * math.cos(turn), 12, (math.cos(turn), math.sin(turn)), red)
        for char, turn in zip("某某某公司", turns, strict=True)
    ]
    page = page_of(tmp_path, [*curve, Text("合同专用章", 118, 150, 9, colour=red), Text("日期", 105, 125)])
    assert texts_of(page) == ["日期"]


def test_a_red_heading_is_read(tmp_path: Path) -> None:
    assert texts_of(page_of(tmp_path, [Text("文件", 72, 100, colour="0.8 0 0")])) == ["文件"]


@pytest.mark.parametrize("text", [Text("水印", 200, 400, 40, leaning(45)), Text("微小", 72, 100, 0.8)])
def test_what_no_reader_takes_for_text_is_dropped(tmp_path: Path, text: Text) -> None:
    assert texts_of(page_of(tmp_path, [text, Text("正文", 72, 300)])) == ["正文"]


def test_rulings_of_a_drawn_table(tmp_path: Path) -> None:
    """Stroked cells and thin filled rectangles alike; two cells' common border is one line."""
    page = page_of(tmp_path, [Text("一", 75, 100)], "1 w 72 700 100 40 re S 172 700 100 40 re S 72 600 200 0.7 re f")
    across = sorted((r.x0, r.y0, r.x1) for r in page.rulings if r.horizontal)
    assert [round(y) for _, y, _ in across] == [round(v * 200 / 72) for v in (102, 142, 241.65)]
    assert all(x1 - x0 == pytest.approx(200 / 72 * 200, abs=1) for x0, _, x1 in across)
    assert len([r for r in page.rulings if not r.horizontal]) == 3


def test_a_shaded_area_is_no_ruling(tmp_path: Path) -> None:
    assert page_of(tmp_path, [Text("一", 75, 100)], "0.9 g 72 700 200 40 re f").rulings == ()


def test_a_white_line_is_no_ruling(tmp_path: Path) -> None:
    assert page_of(tmp_path, [Text("一", 75, 100)], "1 1 1 RG 72 700 m 300 700 l S").rulings == ()


@given(st.lists(st.sampled_from("合同总价12.5 A"), min_size=1, max_size=40), st.floats(0, 5, allow_subnormal=False))
def test_lines_keep_every_character_in_order(chars: list[str], jitter: float) -> None:
    """Whatever stands on one baseline comes out as one line with its words in order."""
    row = [Char(c, Box(20 * i, jitter * (i % 2), 20 * i + 20, 20 + jitter * (i % 2))) for i, c in enumerate(chars)]
    text = "".join(chars).strip()
    got = "".join(line.text for line in lines(reversed(row), ()))
    assert got.replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(5, 40)), min_size=1, max_size=12))
def test_merging_rulings_keeps_what_they_cover(pieces: list[tuple[int, int]]) -> None:
    rulings = [Ruling(x, 10, x + length, 10) for x, length in pieces]
    out = merged(rulings)
    covered = {x for ruling in out for x in range(int(ruling.x0), int(ruling.x1))}
    assert {x for start, length in pieces for x in range(start, start + length)} <= covered
    assert merged(out) == out
