"""Tables of drawn pages: cells, headers, titles, and tables that run over page breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.layout.headers import is_header
from pipeline.layout.tables import PlacedTable, find
from pipeline.model.page import Frame, Line, Page, Ruling, Word
from pipeline.model.source import Box

STEP = 20.0
ROW = 60.0
LEFT = 100.0
HEADER = ["序号", "服务项", "数量", "金额(元)"]
WIDTHS = (100.0, 400.0, 200.0, 200.0)


def line(text: str, x: float, y: float) -> Line:
    words = tuple(Word(char, Box(x + STEP * i, y, x + STEP * (i + 1), y + STEP), 0.99) for i, char in enumerate(text))
    return Line(words, Box(x, y, x + STEP * len(text), y + STEP), 0.99)


class Sheet:
    """A page 1,100 pixels wide, written from top to bottom."""

    def __init__(self, number: int = 1) -> None:
        self.number, self.y = number, 100.0
        self.lines: list[Line] = []
        self.rulings: list[Ruling] = []

    def text(self, *texts: str) -> Sheet:
        for text in texts:
            self.lines.append(line(text, LEFT, self.y))
            self.y += 40
        self.y += 10
        return self

    def table(
        self, *rows: Sequence[str], widths: Sequence[float] = WIDTHS, top: bool = True, bottom: bool = True
    ) -> Sheet:
        """Rows of texts: "<" goes on with the cell to the left, "^" with the one above, a newline breaks a text."""
        xs = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        ys = [self.y + ROW * i for i in range(len(rows) + 1)]
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                self.cell(text, Box(xs[c], ys[r], xs[c + 1], ys[r + 1]), top or r > 0)
        if bottom:
            self.rulings.append(Ruling(xs[0], ys[-1], xs[-1], ys[-1]))
        self.rulings.append(Ruling(xs[-1], ys[0], xs[-1], ys[-1]))
        self.y = ys[-1] + 30
        return self

    def cell(self, text: str, box: Box, top: bool) -> None:
        if text != "<":
            self.rulings.append(Ruling(box.x0, box.y0, box.x0, box.y1))
        if text != "^" and top:
            self.rulings.append(Ruling(box.x0, box.y0, box.x1, box.y0))
        if text not in {"<", "^"}:
            parts = [part for part in text.split("\n") if part]
            self.lines += [line(part, box.x0 + 5, box.y0 + 5 + 25 * i) for i, part in enumerate(parts)]

    def page(self) -> Page:
        foot = line(f"- {self.number} -", 500, 1400)
        return Page(self.number, 1100, 1480, 130, "text", Frame(1100, 1480), (*self.lines, foot), tuple(self.rulings))


def tables(*sheets: Sheet) -> list[PlacedTable]:
    return list(find([sheet.page() for sheet in sheets]))


def rows(placed: PlacedTable) -> list[list[str]]:
    return [[cell.text.text for cell in row] for row in placed.table.grid()]


def test_cells_header_title_and_place() -> None:
    sheet = Sheet().text("附件2：分项报价表").table(HEADER, ["1", "云主机", "2", "24.00"], ["合计", "<", "<", "24.00"])
    (placed,) = tables(sheet)
    assert rows(placed) == [HEADER, ["1", "云主机", "2", "24.00"], ["合计", "合计", "合计", "24.00"]]
    assert (placed.table.id, placed.table.title.text, placed.table.header_rows) == ("t1", "分项报价表", 1)
    assert (placed.page, placed.top, placed.table.pages) == (1, 150.0, (1,))
    assert "附件2：分项报价表" not in {line.text for _, line in placed.lines}


def test_text_broken_over_lines_is_joined() -> None:
    (placed,) = tables(Sheet().table(HEADER, ["1", "云主机Linux\nServer", "2500\n0", ""]))
    assert rows(placed)[1] == ["1", "云主机Linux Server", "25000", ""]


def test_a_line_read_over_a_border_goes_to_both_cells() -> None:
    sheet = Sheet().table(HEADER, ["1", "", "", ""])
    sheet.lines.append(line("云主机一二三四五六七八九十甲乙丙丁戊己庚", 205, 165))
    (placed,) = tables(sheet)
    assert rows(placed)[1] == ["1", "云主机一二三四五六七八九十甲乙丙丁戊己庚", "", ""]
    sheet.lines[-1] = line("云主机一二三四五六七八九十甲乙丙丁戊己庚辛", 205, 165)
    (placed,) = tables(sheet)
    assert rows(placed)[1] == ["1", "云主机一二三四五六七八九十甲乙丙丁戊己庚", "辛", ""]


def test_a_blank_cell_keeps_its_place() -> None:
    (placed,) = tables(Sheet().table(HEADER, ["1", "云主机", "2", ""]))
    blank = placed.table.grid()[1][3]
    assert not blank.text
    assert (blank.page, blank.box) == (1, Box(800, 160, 1000, 220))


def test_strips_of_boxes_and_frames_are_no_tables() -> None:
    strip = Sheet().table([""] * 8, widths=(50.0,) * 8)
    numbered = Sheet().table(list("12345678"), widths=(50.0,) * 8)
    frame = Sheet().table(["一段放在框里的话"], widths=(900.0,))
    assert tables(strip) == tables(numbered) == tables(frame) == []


def test_a_table_over_two_pages_with_and_without_repeated_header() -> None:
    first = Sheet().table(HEADER, ["1", "云主机", "2", "24.00"])
    again = Sheet(2).table(HEADER, ["2", "云硬盘", "3", "6.00"])
    bare = Sheet(2).table(["2", "云硬盘", "3", "6.00"])
    for second in (again, bare):
        (placed,) = tables(first, second)
        assert rows(placed) == [HEADER, ["1", "云主机", "2", "24.00"], ["2", "云硬盘", "3", "6.00"]]
        assert placed.table.pages == (1, 2)
        assert len(placed.lines) == sum(len(sheet.lines) for sheet in (first, second))


def test_a_row_torn_by_a_cut_is_mended() -> None:
    first = Sheet().table(HEADER, ["1", "高性能", "2700", "71280"], bottom=False)
    second = Sheet(2).table(["", "存储", "0", ""], ["2", "内存", "3", "6"], top=False)
    (placed,) = tables(first, second)
    assert rows(placed)[1:] == [["1", "高性能存储", "27000", "71280"], ["2", "内存", "3", "6"]]


def test_a_row_torn_between_closed_borders_is_mended() -> None:
    first = Sheet().table(HEADER, ["1", "采用高性能", "2", "24.00"])
    second = Sheet(2).table(["", "固态存储", "", ""], ["2", "内存", "3", "6.00"])
    (placed,) = tables(first, second)
    assert rows(placed)[1:] == [["1", "采用高性能固态存储", "2", "24.00"], ["2", "内存", "3", "6.00"]]


def test_a_total_below_a_page_break_is_a_row_of_its_own() -> None:
    first = Sheet().table(HEADER, ["1", "云主机", "2", "24.00"])
    for total in (["合计", "<", "<", "24.00"], ["", "合计", "", "24.00"]):
        (placed,) = tables(first, Sheet(2).table(total))
        assert len(rows(placed)) == 3


def test_merged_cells_go_on_over_a_page_break() -> None:
    header = ["类别", "事项", "数量", "级别"]
    first = Sheet().table(header, ["安全", "巡检", "1", "A级"], ["^", "演练", "2", "^"])
    for second in (
        Sheet(2).table(["", "备份", "3", ""], ["^", "加固", "4", "^"]),
        Sheet(2).table(header, ["", "备份", "3", ""], ["^", "加固", "4", "^"]),
    ):
        (placed,) = tables(first, second)
        assert [row[0] for row in rows(placed)[1:]] == ["安全"] * 4
        assert [row[3] for row in rows(placed)[1:]] == ["A级"] * 4


def test_the_last_page_may_hold_only_the_total() -> None:
    first = Sheet().table(HEADER, ["1", "云主机", "2", "24.00"])
    second = Sheet(2).table(["总价（元）", "24.00"], widths=(700.0, 200.0))
    (placed,) = tables(first, second)
    assert rows(placed)[-1] == ["总价（元）", "总价（元）", "总价（元）", "24.00"]


@pytest.mark.parametrize(
    "second",
    [
        Sheet(2).text("二、另一段正文在两表之间。").table(["2", "云硬盘", "3", "6.00"]),
        Sheet(2).table(["序号", "考核指标", "分值", "扣分"], ["1", "及时率", "10", "2"]),
        Sheet(2).table(["甲", "乙"], widths=(300.0, 600.0)),
    ],
    ids=["text between", "header of its own", "other columns"],
)
def test_two_tables_are_not_joined(second: Sheet) -> None:
    assert len(tables(Sheet().table(HEADER, ["1", "云主机", "2", "24.00"]), second)) == 2


def test_a_signature_block_has_no_header() -> None:
    block = (
        Sheet()
        .text("（此页无正文，为合同签署页）")
        .table(["甲方", "名称(或姓名)", "某某中心", ""], ["^", "法定代表人", "", ""])
    )
    (placed,) = tables(block)
    assert placed.table.header_rows == 0
    assert placed.table.title.text == "合同签署页"
    assert [row[0] for row in rows(placed)] == ["甲方"] * 2


def test_a_header_of_two_rows() -> None:
    (placed,) = tables(
        Sheet().table(["序号", "名称", "费用", "<"], ["^", "^", "单价", "金额"], ["1", "云主机", "2", "24.00"])
    )
    assert placed.table.header_rows == 2


def test_a_title_within_the_table_is_its_title_and_no_row() -> None:
    (placed,) = tables(Sheet().table(["设备清单", "<", "<", "<"], HEADER, ["1", "云主机", "2", "24.00"]))
    assert placed.table.title.text == "设备清单"
    assert (rows(placed)[0], placed.table.header_rows) == (HEADER, 1)


def test_a_register_of_labels_and_values_has_no_header() -> None:
    register = Sheet().table(["项目名称", "办公项目"], ["联系电话", "01000000000"], widths=(300.0, 600.0))
    assert tables(register)[0].table.header_rows == 0


def test_a_title_stands_above_notes_and_pointing_sentences() -> None:
    for between in ("单位：元", "乙方提供的服务内容如下表："):
        (placed,) = tables(Sheet().text("(2) 安全服务", between).table(HEADER, ["1", "云主机", "2", "24.00"]))
        assert placed.table.title.text == "安全服务"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["序号", "货物名称", "规格型号", "单位", "数量", "单价（元）", "总价（元）", "备注"], True),
        (["付款节点", "付款条件", "付款比例", "付款金额（元）"], True),
        (["", "服务级别", "响应时间", "到场时间"], True),
        (["名称", "某某科技有限公司"], False),
        (["户名：", "某某科技有限公司", "账号：", "6222000011112222"], False),
        (["1", "服务器", "台", "2"], False),
        (["项目名称", "某某信息系统运行维护与云资源租用服务项目"], False),
    ],
)
def test_what_a_header_looks_like(row: list[str], expected: bool) -> None:
    assert is_header(row) is expected


def test_the_rest_of_a_seal_between_two_pages_parts_no_table() -> None:
    upper = Sheet(1).table(HEADER, ["1", "云主机", "2", "20.00"])
    lower = Sheet(2).table(["2", "云硬盘", "3", "30.00"])
    speck = line("兰", 500, 900)
    upper.lines.append(Line(tuple(replace(word, confidence=0.2) for word in speck.words), speck.box, 0.65))
    assert len(tables(upper, lower)) == 1


@pytest.mark.parametrize(
    ("names", "width", "count"), [(("国印", "潘建"), 60, 0), (("国印", "潘建"), 200, 1), (("甲方", "12"), 60, 1)]
)
def test_a_name_seal_s_frame_is_no_table(names: tuple[str, str], width: float, count: int) -> None:
    assert len(tables(Sheet(1).table(names, widths=(width, width)))) == count


@pytest.mark.parametrize(("label", "rows"), [("优惠金额", 4), ("云硬盘", 5)])
def test_a_repeated_header_half_misread_is_one_over_totals_alone(label: str, rows: int) -> None:
    upper = Sheet(1).table(HEADER, ["1", "云主机", "2", "20.00"])
    lower = Sheet(2).table(["编号", "服方名格", *HEADER[2:]], ["合计", "<", "<", "20.00"], [label, "<", "<", "1.00"])
    assert sum(placed.table.rows for placed in tables(upper, lower)) == rows


@pytest.mark.parametrize(("text", "count"), [("心", 1), ("心得", 2)])
def test_a_hair_read_as_one_character_parts_no_table(text: str, count: int) -> None:
    upper = Sheet(1).table(HEADER, ["1", "云主机", "2", "20.00"])
    upper.lines.append(line(text, 500, 900))
    assert len(tables(upper, Sheet(2).table(["2", "云硬盘", "3", "30.00"]))) == count


@pytest.mark.parametrize(("below", "count"), [(-8.0, 1), (4.0, 2)])
def test_characters_torn_off_the_last_row_of_a_page_part_no_table(below: float, count: int) -> None:
    """The second lines of two cells side by side, read as one text across their columns."""
    upper = Sheet(1).table(HEADER, ["1", "云主机", "2", "20.00"])
    bottom = max(ruling.y1 for ruling in upper.rulings)
    upper.lines.append(line("服里", 500, bottom + below))
    assert len(tables(upper, Sheet(2).table(["2", "云硬盘", "3", "30.00"]))) == count


@pytest.mark.parametrize(("number", "tables_found"), [("3", 1), ("1", 2)])
def test_a_repeated_header_half_misread_goes_on_where_the_numbers_do(number: str, tables_found: int) -> None:
    upper = Sheet(1).table(HEADER, ["1", "云主机", "2", "20.00"], ["2", "云硬盘", "3", "30.00"])
    lower = Sheet(2).table(["编号", "服方名格", *HEADER[2:]], [number, "带宽", "1", "10.00"])
    assert len(tables(upper, lower)) == tables_found
