"""Tables ruled across only: their columns and rows, and what is no table though ruled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from helpers_sheets import sheet, texts_of

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


def test_a_header_and_figures_that_wrap() -> None:
    head = {120: "序号", 220: "名称", 520: "数量", 650: "含税单价", 860: "小计"}
    rows = {
        105: {650: "含税单价", 860: "小计"},
        117: {120: "序号", 220: "名称", 520: "数量"},
        130: {650: "（元）", 860: "（元）"},
        206: {860: "1,200,0"},
        220: {120: "1", 220: "数据库", 520: "12", 650: "100,000.00"},
        234: {860: "00.00"},
        310: {120: "总价：人民币（大写）壹佰贰拾万元整（小写：¥1200000.00）"},
    }
    found = texts_of(sheet(rows, across=(95, 160, 290, 340)))
    assert found[0] == [name + "（元）" * (x > 600) for x, name in head.items()]
    assert found[1] == ["1", "数据库", "12", "100,000.00", "1,200,000.00"]
    assert len(set(found[2])) == 1


def item(number: int, name: str) -> dict[float, str]:
    return {120: str(number), 220: name, 520: "12", 650: "100.00", 860: "1200.00"}


HEAD = {120: "序号", 220: "名称", 520: "数量", 650: "单价", 860: "小计"}


def test_a_table_goes_on_without_a_header() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")}, across=(1490, 1540, 1590, 1640))
    second = sheet({110: item(3, "培训"), 160: {400: "合计", 860: "3600.00"}}, across=(100, 150, 200), number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "合计"]


def test_a_total_in_pieces_moves_no_border_of_the_next_page() -> None:
    """What stands over a border there is no text of a row, whatever white it leaves beside a quantity."""
    head = {120: "序号", 220: "名称", 540: "数量", 650: "单价", 860: "小计"}

    def priced(number: int, quantity: dict[float, str]) -> dict[float, str]:
        return {120: str(number), 220: "巡检", 650: "100.00", 860: "1200.00"} | quantity

    rows = {1550: priced(1, {560: "12"}), 1600: priced(2, {560: "12"})}
    first = sheet({1500: head, **rows}, across=(1490, 1540, 1590, 1640))
    total = {112: "合计（含税价）：人民币（大写）叁仟贰佰元零角整", 592: "（小写：¥3200.00）"}
    second = sheet({110: priced(3, {586: "8"}), 160: total}, across=(100, 150, 200), number=2)
    assert [row[2:4] for row in texts_of(first, second)[1:4]] == [["12", "100.00"], ["12", "100.00"], ["8", "100.00"]]


def test_below_a_total_at_the_foot_of_a_page_goes_on_what_is_made_of_it() -> None:
    first = sheet(
        {1500: HEAD, 1550: item(1, "巡检"), 1600: {400: "总价", 860: "1200.00"}}, across=(1490, 1540, 1590, 1640)
    )
    lower = {110: {400: "优惠金额", 860: "-200.00"}, 160: {400: "优惠后总价", 860: "1000.00"}}
    second = sheet({**lower, 260: {120: "一、乙方应予保密。"}}, across=(100, 150, 200), number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "总价", "优惠金额", "优惠后总价"]


def test_a_torn_row_has_no_ruling_at_the_tear() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "")}, across=(1490, 1540, 1590))
    second = sheet({110: HEAD, 160: {220: "维修服务"}, 210: item(3, "培训")}, across=(100, 150, 200, 250), number=2)
    assert [row[1] for row in texts_of(first, second)] == ["名称", "巡检", "维修服务", "培训"]


def test_a_remark_right_beside_a_figure_does_not_end_a_torn_row() -> None:
    head, rows = {**HEAD, 1000: "备注"}, {120: "1", 220: "巡检", 520: "12", 650: "100.00", 915: "1200.00", 1000: "含税"}
    torn = {920: "1200.00含税", 120: "2", 520: "12", 650: "100.00"}
    first = sheet({1500: head, 1550: rows, 1600: torn}, across=(1490, 1540, 1590))
    second = sheet({110: head, 160: {220: "维修服务"}, 210: item(3, "培训")}, across=(100, 150, 200, 250), number=2)
    assert texts_of(first, second)[2] == ["2", "维修服务", "12", "100.00", "1200.00", "含税"]


def test_prose_between_rulings_ends_a_table() -> None:
    prose = {
        300: {120: "乙方应当按照本合同的约定提供服务，并接受甲方的监督检查和考核评价。"},
        330: {120: "费用由乙方承担。"},
    }
    page = sheet({110: HEAD, 160: item(1, "巡检"), **prose}, across=(100, 150, 200, 400))
    assert [row[0] for row in texts_of(page)] == ["序号", "1"]


def test_a_ruling_that_a_seal_cuts_still_parts_its_rows() -> None:
    whole = sheet({110: HEAD, 160: item(1, "巡检"), 210: item(2, "维修"), 235: {220: "服务"}}, across=(100, 150, 260))
    cut = replace(whole, rulings=(*whole.rulings, Ruling(500, 200, 1100, 200)))
    assert [row[1] for row in texts_of(cut)] == ["名称", "巡检", "维修服务"]


def test_a_total_whose_label_was_misread_is_a_row_of_its_own() -> None:
    rows = {
        110: HEAD,
        160: item(1, "巡检"),
        210: item(2, "维修"),
        255: {860: "2,4"},
        268: {560: "份计金额"},
        280: {860: "00.00"},
    }
    found = texts_of(sheet(rows, across=(100, 150, 200, 245, 310)))
    assert [row[0] for row in found[1:3]] == ["1", "2"]
    assert found[3][-1] == "2,400.00"


def test_rulings_that_a_merged_cell_parts_go_on_over_the_page() -> None:
    """A category over rows of two pages: no ruling at the first page's foot or the second's head is whole."""
    head = {120: "序号", 220: "类别", 340: "名称", 560: "数量", 700: "单价", 900: "金额"}

    def row(number: int) -> dict[float, str]:
        return {120: str(number), 340: "巡检", 560: "12", 700: "100.00", 900: "1200.00"}

    first = sheet({110: head, 160: row(1) | {220: "服务"}, 210: row(2)}, across=(100, 145))
    second = sheet({80: row(3), 130: row(4), 180: {400: "合计", 900: "4800.00"}}, across=(170, 210), number=2)
    parted = [
        replace(
            one, rulings=(*one.rulings, *(r for y in ys for r in (Ruling(100, y, 200, y), Ruling(320, y, 1100, y))))
        )
        for one, ys in ((first, (195, 245)), (second, (65, 120)))
    ]
    assert [row[0] for row in texts_of(*parted)] == ["序号", "1", "2", "3", "4", "合计"]


def test_a_category_over_all_rows_of_a_page_leaves_no_ruling_whole() -> None:
    head = {120: "序号", 220: "类别", 340: "名称", 560: "数量", 700: "单价", 900: "金额"}

    def row(number: int) -> dict[float, str]:
        return {120: str(number), 340: "巡检", 560: "12", 700: "100.00", 900: "1200.00"}

    first = sheet({1500: head, 1550: row(1) | {220: "服务"}, 1600: row(2)}, across=(1490, 1540))
    second = sheet({80: row(3), 130: row(4), 180: row(5)}, across=(), number=2)
    third = sheet({80: row(6), 130: {400: "合计", 900: "7200.00"}}, across=(120, 160), number=3)
    parted = [
        replace(
            one, rulings=(*one.rulings, *(r for y in ys for r in (Ruling(100, y, 200, y), Ruling(320, y, 1100, y))))
        )
        for one, ys in ((first, (1590, 1640)), (second, (65, 120, 170, 220)), (third, (65,)))
    ]
    assert [row[0] for row in texts_of(*parted)] == ["序号", "1", "2", "3", "4", "5", "6", "合计"]


def test_a_first_category_leaves_one_short_ruling_above_the_last_row_on_a_page_of_its_own() -> None:
    head = {120: "类别", 220: "序号", 340: "名称", 560: "数量", 700: "单价", 900: "金额"}

    def row(number: int) -> dict[float, str]:
        return {220: str(number), 340: "巡检", 560: "12", 700: "100.00", 900: "1200.00"}

    first = sheet({1500: head, 1550: row(1) | {120: "服务"}, 1600: row(2)}, across=(1490, 1540, 1640))
    first = replace(first, rulings=(*first.rulings, Ruling(200, 1590, 1100, 1590)))
    second = sheet({80: row(3), 130: {400: "合计", 900: "3600.00"}}, across=(120, 160), number=2)
    second = replace(second, rulings=(*second.rulings, Ruling(200, 65, 1100, 65)))
    assert [cells[1:3] for cells in texts_of(first, second)] == [
        ["序号", "名称"], ["1", "巡检"], ["2", "巡检"], ["3", "巡检"], ["合计", "合计"],
    ]  # fmt: skip


def test_the_next_pages_texts_say_where_the_last_columns_stand() -> None:
    """On the first page a column is empty, so that its border stands amid the white between two names."""
    head = {120: "序号", 220: "名称", 420: "数量", 520: "单价", 640: "小计", 900: "说明"}
    rows = [{120: str(n), 220: "巡检", 420: "12", 520: "100.00", 620: "1200.00"} for n in (1, 2, 3, 4)]
    first = sheet({1410: head, 1460: rows[0], 1510: rows[1]}, across=(1400, 1445, 1495, 1545))
    second = sheet(
        {160: {**rows[2], 770: "按实际开通日"}, 210: {**rows[3], 770: "含"}}, across=(145, 195, 245), number=2
    )
    assert [row[-2:] for row in texts_of(first, second)[3:]] == [["1200.00", "按实际开通日"], ["1200.00", "含"]]


def test_a_total_in_words_and_in_a_figure_over_two_lines() -> None:
    head = {120: "序号", 220: "分类", 420: "名称", 620: "数量", 720: "单价", 860: "小计"}
    row = {120: "1", 220: "计算", 420: "巡检", 620: "12", 720: "100.00", 860: "1200.00"}
    total = {247: {860: "76639"}, 260: {230: "合计"}, 262: {420: "大写：柒拾陆万元整"}, 273: {860: "3.32"}}
    found = texts_of(sheet({110: head, 160: row, **total}, across=(100, 145, 195, 305)))
    assert found[-1][-1] == "766393.32"


def test_a_total_in_words_whose_label_is_spaced_ends_no_table() -> None:
    head = {120: "序号", 220: "型号", 420: "名称", 620: "数量", 720: "单价", 860: "小计"}
    row = {120: "1", 220: "计算", 420: "巡检", 620: "12", 720: "100.00", 860: "1200.00"}
    page = sheet({110: head, 160: row, 310: {430: "合计（小写）", 860: "1234.00"}}, across=(100, 145, 195, 245, 345))
    words = line("大写", 240, 210).words
    apart = (words[0], replace(words[1], box=Box(290, 210, 310, 230), text=" 写"))
    label = Line(apart, Box(240, 210, 310, 230), 1.0)
    page = replace(page, lines=(*page.lines, label, line("人民币壹仟贰佰元整（含全部税费在内）", 350, 210)))
    assert texts(page)[-1][-1] == "1234.00"


def test_cells_that_an_engine_read_together_are_no_prose() -> None:
    words = line("2软件支撑服务内容商用操作系统", 120, 210)
    together = replace(
        words,
        words=tuple(replace(word, text=" " + word.text) if i in (1, 9) else word for i, word in enumerate(words.words)),
    )
    page = sheet(
        {
            110: {120: "序号", 220: "类别", 320: "名称", 520: "数量", 860: "小计"},
            160: {120: "1", 220: "运维", 320: "巡检", 520: "12", 860: "12.00"},
            210: {520: "12", 860: "12.00"},
        },
        across=(100, 150, 200, 250),
    )
    found = texts_of(replace(page, lines=(*page.lines, together)))
    assert [row[-1] for row in found] == ["小计", "12.00", "12.00"]


def test_sums_whose_name_a_seal_hides_have_a_column_and_so_have_words_behind_them() -> None:
    head = ("序号", "名称", "数量", "单价(元)", "公云市同")
    body = [(str(n), "巡检", "12", "480.00", "5,760.00") for n in range(1, 4)]
    behind = [line("无偏离", 1030, 160 + 50 * n) for n in range(3)]
    found = texts(page((head, *body), (100, 145, 195, 245, 300), behind))
    assert [row[4:] for row in found[1:]] == [["5,760.00", "无偏离"]] * 3
