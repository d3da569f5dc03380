"""Rows from their texts: wrapped names and figures, totals, missing and skipped numbers, and rows in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from helpers_sheets import line
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import rowing
from pipeline.layout.columns import Columns
from pipeline.model.page import Line

COLUMNS = Columns((0, 150, 450, 600, 800, 1100), ("序号", "名称", "数量", "单价", "金额"))
WITH_CATEGORY = Columns((0, 150, 450, 600, 800, 1100), ("序号", "类别", "数量", "单价", "金额"))
X = {"序号": 100, "名称": 200, "数量": 500, "单价": 650, "金额": 900}


def read(*rows: tuple[float, Mapping[str, str]], rests: bool = False) -> list[list[str]] | None:
    """The texts of each row that is found."""
    lines = [line(text, X[name], y) for y, row in rows for name, text in row.items()]
    found = rowing.read(lines, COLUMNS, rests)
    return [[x.text for x in row.all] for row in found.rows] if found else None


def row(number: str, name: str, quantity: str, price: str, amount: str) -> dict[str, str]:
    cells = {"序号": number, "名称": name, "数量": quantity, "单价": price, "金额": amount}
    return {column: text for column, text in cells.items() if text}


def test_a_name_and_a_figure_that_wrap() -> None:
    found = read(
        (86, {"名称": "数据质量", "金额": "1,200,0"}),
        (100, row("1", "", "12", "100.00", "")),
        (114, {"名称": "核查服务", "金额": "00.00"}),
        (160, row("2", "巡检", "1", "80.00", "80.00")),
    )
    assert found == [
        ["1", "数据质量", "核查服务", "12", "100.00", "1,200,0", "00.00"],
        ["2", "巡检", "1", "80.00", "80.00"],
    ]


def test_a_figure_that_wraps_and_whose_sign_was_read_as_a_letter() -> None:
    found = read(
        (86, {"金额": "Y2,6"}),
        (100, row("2", "容器集群", "22", "¥120.50", "")),
        (114, {"金额": "51.00"}),
        (160, row("3", "巡检", "1", "80.00", "80.00")),
    )
    assert found is not None
    assert [len(cells) for cells in found] == [6, 5]


def test_totals_and_discounts_are_rows_of_their_own() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (150, {"名称": "合计", "金额": "80.00"}),
        (200, {"名称": "优惠后总价", "金额": "75.00"}),
    )
    assert found is not None
    assert found[1:] == [["合计", "80.00"], ["优惠后总价", "75.00"]]


def test_a_discount_whose_label_was_misread_is_a_row_of_its_own() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (150, {"名称": "合计", "金额": "80.00"}),
        (200, {"名称": "优息金额", "金额": "5.00"}),
        (250, {"名称": "优惠后总价", "金额": "75.00"}),
    )
    assert found is not None
    assert found[1:] == [["合计", "80.00"], ["优息金额", "5.00"], ["优惠后总价", "75.00"]]


def test_numbers_may_be_missing_or_skip_one() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (150, row("", "维修", "2", "30.00", "60.00")),
        (200, row("4", "培训", "1", "50.00", "50.00")),
    )
    assert found is not None
    assert [cells[0] for cells in found] == ["1", "维修", "4"]


def test_a_figure_between_two_rows_puts_them_in_doubt() -> None:
    first, second = row("1", "巡检", "1", "80.00", ""), row("2", "维修", "2", "30.00", "60.00")
    assert read((100, first), (125, {"金额": "80.00"}), (150, second)) is None


def test_two_figures_never_make_one() -> None:
    assert read((100, row("1", "巡检", "1", "80.00", "80.00")), (128, {"金额": "60.00"})) is None


def test_the_rest_of_a_torn_row() -> None:
    found = read((100, {"名称": "（第二批）"}), (190, row("2", "维修", "2", "30.00", "60.00")), rests=True)
    assert found is not None
    assert found[0] == ["（第二批）"]


TEXTS = st.sampled_from(
    ["1", "2", "12", "80.00", "1,200.00", "计算服务", "巡检", "小计", "合计", "优惠后总价", "壹佰元整"]
)


@given(
    st.lists(st.tuples(TEXTS, st.sampled_from([*X.values(), 300]), st.integers(0, 30)), min_size=1, max_size=14),
    st.sampled_from([COLUMNS, WITH_CATEGORY]),
    st.booleans(),
)
def test_whatever_stands_in_a_table_goes_to_one_row_at_most(
    placed: list[tuple[str, int, int]], columns: Columns, rests: bool
) -> None:
    lines = [line(text, x, 100 + 17 * y) for text, x, y in placed]
    found = rowing.read(lines, columns, rests)
    given_to_rows = Counter(x.text for row in found.rows for x in row.all) if found else Counter()
    assert given_to_rows <= Counter(text for text, _, _ in placed)


def test_a_figure_that_wraps_with_its_unit() -> None:
    found = read(
        (86, {"数量": "6606平"}),
        (100, row("1", "绿化", "", "5.64", "37,257.84")),
        (114, {"数量": "方米"}),
        (160, row("2", "巡检", "1项", "80.00", "80.00")),
    )
    assert found is not None
    assert found[0] == ["1", "绿化", "6606平", "方米", "5.64", "37,257.84"]


def test_what_a_seal_leaves_in_a_column_of_figures_is_no_figure() -> None:
    rows = ((100, row("1", "巡检", "12", "100.00", "1200.00")), (160, row("2", "维修", "1", "80.00", "80.00")))
    lines = [line(text, X[name], y) for y, cells in rows for name, text in cells.items()]
    speck = replace(line("分", 500, 130), confidence=0.3)
    found = rowing.read([*lines, speck], COLUMNS)
    assert found is not None
    assert [len(row.lines) for row in found.rows] == [5, 5]


def test_the_first_line_of_a_name_below_a_seal_stays_with_its_figures() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (205, {"名称": "云主机内存"}),
        (240, row("2", "", "1", "80.00", "80.00")),
    )
    assert found is not None
    assert found[1] == ["2", "1", "80.00", "80.00", "云主机内存"]


def test_what_an_engine_read_apart_on_one_baseline_is_one_line() -> None:
    rows = [
        *(line(text, X[name], 100) for name, text in row("1", "", "1", "80.00", "80.00").items()),
        *(line("云主机内", 200, 76), line("存", 200, 100), line("（第一", 260, 97), line("批）", 200, 124)),
        *(line(text, X[name], 176) for name, text in row("2", "", "1", "80.00", "80.00").items()),
        *(line("云主机内", 200, 152), line("存二批", 200, 176), line("次）", 200, 200)),
    ]
    found = rowing.read(rows, COLUMNS, True)
    assert found is not None
    assert found.cost < 1
    assert {x.text for x in found.rows[0].lines} >= {"云主机内", "存", "（第一", "批）"}


def test_the_last_character_of_a_name_is_its_own_though_hardly_read() -> None:
    faint = replace(line("运", 200, 112), confidence=0.3)
    lines = [
        *(line(text, X[name], 100) for name, text in row("1", "", "1", "80.00", "80.00").items()),
        *(line("垃圾清", 200, 85), faint),
        *(line(text, X[name], 160) for name, text in row("2", "绿化", "1", "80.00", "80.00").items()),
    ]
    found = rowing.read(lines, COLUMNS)
    assert found is not None
    assert faint in found.rows[0].lines


def test_a_speck_beside_a_column_set_flush_right_is_in_no_row() -> None:
    rows = [(100 + 50 * n, row(str(n), "巡检", "1", "80.00", "80.00")) for n in (1, 2, 3)]
    lines = [line(text, X[name], y) for y, each in rows for name, text in each.items()]
    found = rowing.read([*lines, line("8", 1000, 200)], COLUMNS)
    assert found is not None
    assert [[x.text for x in each.lines] for each in found.rows] == [list(each.values()) for _, each in rows]


def test_a_point_read_as_a_colon_parts_no_wrapped_sum() -> None:
    found = read(
        (90, {"金额": "137.0"}),
        (100, row("1", "巡检", "1", "80.00", "")),
        (112, {"金额": "40:00"}),
        (160, row("2", "维修", "1", "80.00", "80.00")),
    )
    assert found is not None
    assert [len(cells) for cells in found] == [6, 5]


def test_half_of_a_total_s_label_is_one() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (150, row("2", "维修", "1", "80.00", "80.00")),
        (200, {"名称": "合", "金额": "160.00"}),
    )
    assert found is not None
    assert found[2] == ["合", "160.00"]


def test_one_figure_read_in_two_pieces_leaves_the_rows() -> None:
    rows = [line(t, X[n], 50 * i) for i in range(1, 5) for n, t in row(str(i), "巡检", "1", "80.00", "80.00").items()]
    assert rowing.read([*rows, line(".00", 940, 102)], COLUMNS) is not None
    assert rowing.read([*rows, line(".00", 940, 102), line(".00", 940, 152)], COLUMNS) is None


def test_the_last_character_of_a_remark_is_no_total() -> None:
    columns = Columns((0, 150, 450, 600, 800, 1000, 1300), (*COLUMNS.names, "备注"))
    first = [line(text, X[name], 100) for name, text in row("1", "巡检", "1", "80.00", "80.00").items()]
    second = [line(text, X[name], 160) for name, text in row("2", "维修", "1", "80.00", "80.00").items()]
    found = rowing.read([*first, line("按实际开通日", 1020, 90), line("计", 1020, 112), *second], columns)
    assert found is not None
    assert [each.total for each in found.rows] == [False, False]


def test_the_last_character_of_a_category_beside_the_first_line_of_a_sum_is_no_total() -> None:
    columns = Columns((0, 100, 250, 450, 600, 800, 1000), ("序号", "类别", *COLUMNS.names[1:]))
    rows = {
        86: {940: "¥54,1"},
        100: {10: "1", 260: "架构设计", 520: "2", 740: "27,050.00"},
        114: {940: "00.00"},
        116: {110: "需求与设"},
        148: {150: "计"},
        152: {940: "¥51,9"},
        166: {10: "2", 260: "数据库设计", 520: "3", 740: "17,310.00"},
        180: {940: "30.00"},
        232: {10: "3", 260: "巡检", 520: "1", 740: "80.00", 940: "80.00"},
    }
    found = rowing.read([line(text, x, y) for y, row in rows.items() for x, text in row.items()], columns)
    assert found is not None
    assert [each.tail for each in found.rows] == [False, False, False]


def test_a_sum_that_wraps_without_the_line_of_its_comma() -> None:
    found = read(
        *((y + dy, {"金额": text}) for y in (200, 400) for dy, text in ((-47, "¥407"), (15, "643.5"), (45, "0"))),
        *((y, row(str(n), "巡检", "2", "203821.75", "")) for n, y in enumerate((200, 400), 1)),
    )
    assert found is not None
    assert [cells[-3:] for cells in found] == [["¥407", "643.5", "0"]] * 2


def test_a_figure_misread_over_two_lines_leaves_rows_that_all_others_show() -> None:
    rows = [line(t, X[n], 50 * i) for i in range(1, 5) for n, t in row(str(i), "巡检", "2", "80.00", "").items()]
    sums = [line(t, X["金额"], 50 * i + dy) for i in range(1, 5) for dy, t in ((-10, "¥1,2"), (10, "80.00"))]
    torn = [*sums[:-1], line("8/00", X["金额"], 210)]
    found = rowing.read([*rows, *torn], COLUMNS)
    assert found is not None
    assert [len(each.lines) for each in found.rows] == [6] * 4
    assert rowing.read([x for x in (*rows, *torn) if x.text != "3"], COLUMNS) is not None
    assert rowing.read([x for x in (*rows, *torn) if not x.text.isdigit() or x.text == "2"], COLUMNS) is None


def test_numbers_that_count_the_rows_and_one_column_more_show_them() -> None:
    head = Columns((0, 150, 450, 600, 800, 1100), ("序号", "名称", "采购数员", "单价", "金额"))
    rows = [line(t, X[n], 50 * i) for i in range(1, 5) for n, t in row(str(i), "巡检", "2", "80.00", "").items()]
    sums = [line(t, X["金额"], 50 * i + dy) for i in range(1, 5) for dy, t in ((-10, "¥1,2"), (10, "80.00"))]
    torn = [*sums[:-1], line("8/00", X["金额"], 210)]
    assert rowing.read([*rows, *torn], head) is not None
    other = [line({"3": "7", "2": "若干"}.get(x.text, x.text), x.box.x0, x.box.center[1]) for x in rows]
    assert rowing.read([*other, *torn], head) is None


def test_a_total_in_words_that_go_through_the_columns_of_figures() -> None:
    first = [line(t, X[n], 100) for n, t in row("1", "巡检", "1", "80.00", "80.00").items()]
    total = [
        line(t, x, 150) for t, x in (("总计：人民币（大写）", 100), ("捌拾元陆角伍分（小写：", 600), ("80.65）", 520))
    ]
    found = rowing.read([*first, *total], COLUMNS)
    assert found is not None
    assert [[x.text for x in each.label] for each in found.rows] == [
        [],
        ["总计：人民币（大写）", "捌拾元陆角伍分（小写：", "80.65）"],
    ]


def test_figures_behind_a_total_in_words_are_its_own_in_however_many_pieces() -> None:
    first = [line(t, X[n], 100) for n, t in row("1", "巡检", "1", "80.00", "80.00").items()]
    pieces = (("合计金额：人民币（大写）捌拾元", 100), ("（小写：¥", 455), ("80", 610), (".00）", 680))
    found = rowing.read([*first, *(line(t, x, 150) for t, x in (*pieces, ("80.00", 900)))], COLUMNS)
    assert found is not None
    assert "".join(x.text for x in found.rows[1].label) == "合计金额：人民币（大写）捌拾元（小写：¥80.00）"
    assert [x.text for x in found.rows[1].lines] == ["80.00"]


def test_a_remark_set_one_character_below_the_other_over_the_page_break() -> None:
    """Its characters stand far from the rows, those at the head belong to the page before."""
    columns = Columns((0, 150, 450, 600, 800, 1000, 1300), (*COLUMNS.names, "备注"))
    rows = [
        line(t, X[n], y) for i, y in ((8, 300), (9, 420)) for n, t in row(str(i), "巡检", "1", "80.00", "80.00").items()
    ]
    stacks = [
        line(char, 1020, y) for char, y in zip("日计按实际开通日计安装", (100, 122, *range(232, 560, 36)), strict=False)
    ]
    found = rowing.read([*rows, *stacks], columns, rests=True)
    assert found is not None
    assert [(each.rest, len(each.figures(columns))) for each in found.rows] == [(True, 0), (False, 4), (False, 4)]
    assert "".join(x.text for each in found.rows for x in each.lines if columns.of(x) == 5) == "日计按实际开通日计安装"


def test_a_text_that_reaches_from_one_row_into_two_others_moves_no_border_over_their_figures() -> None:
    def figures(y: float) -> tuple[Line, ...]:
        return tuple(line(text, x, y) for x, text in ((100, "12"), (200, "3.00"), (300, "36.00")))

    rows = [rowing.Row(figures(100)), rowing.Row((*figures(200), *(line("无", 400, y) for y in (90, 150, 250, 310))))]
    first, second = rowing.borders([*rows, rowing.Row(figures(300))])
    assert rows[0].lines[0].box.y1 < first < 200
    assert rows[1].lines[0].box.y1 < second < 300


def test_the_last_character_of_a_name_that_wraps_beside_a_broken_sum_is_no_total() -> None:
    columns = Columns((0, 100, 250, 450, 600, 800, 1000), ("序号", "类别", *COLUMNS.names[1:]))
    rows = {
        90: {110: "需求与设", 260: "需求调研与", 940: "12.16"},
        101: {10: "1", 520: "6", 740: "2.028"},
        112: {150: "计", 300: "分析", 970: "8"},
        180: {10: "2", 110: "应用开发", 260: "业务模块", 520: "3", 740: "2.076", 940: "6.228"},
    }
    found = rowing.read([line(text, x, y) for y, row in rows.items() for x, text in row.items()], columns)
    assert found is not None
    assert [len(each.all) for each in found.rows] == [9, 6]


def test_a_sum_in_words_that_wraps_around_its_label_is_one_total() -> None:
    found = read(
        (100, row("1", "巡检", "1", "80.00", "80.00")),
        (150, row("2", "维修", "1", "80.00", "80.00")),
        (190, {"单价": "人民币玖拾玖万叁仟玖佰壹拾叁元"}),
        (203, {"名称": "总价（大写）"}),
        (216, {"单价": "伍角正"}),
    )
    assert found is not None
    assert found[2:] == [["总价（大写）", "人民币玖拾玖万叁仟玖佰壹拾叁元", "伍角正"]]


def test_a_heading_whose_numeral_was_read_apart_is_one() -> None:
    columns = Columns((0, 150, 450, 600, 800, 1100), COLUMNS.names)
    rows = {
        100: {100: "1", 200: "巡检", 500: "1", 650: "80.00", 900: "80.00"},
        150: {105: "二、", 152: "室外工程"},
        200: {100: "2", 200: "维修", 500: "1", 650: "80.00", 900: "80.00"},
        250: {100: "3", 200: "培训", 500: "1", 650: "80.00", 900: "80.00"},
    }
    found = rowing.read([line(text, x, y) for y, row in rows.items() for x, text in row.items()], columns)
    assert found is not None
    assert ["".join(x.text for x in each.all) for each in found.rows if each.tail] == ["二、室外工程"]
    assert len(found.rows) == 4


def test_what_a_seal_leaves_among_row_numbers_is_no_row_s() -> None:
    names = (None, "数量", "单价", "金额")
    rows = {100 + 50 * i: row(str(i + 1), "巡检", "1", "80.00", "80.00") for i in range(4)}
    lacking = {
        y: {k: v for k, v in cells.items() if k != name} for name, (y, cells) in zip(names, rows.items(), strict=True)
    }
    found = read(*(lacking | {111: {"序号": "+1S"}}).items())
    assert found is not None
    assert [cells[0] for cells in found] == ["1", "2", "3", "4"]


def test_sums_broken_over_lines_whose_comma_was_not_read() -> None:
    rows = [line(t, X[n], 200 * i) for i in range(1, 5) for n, t in row(str(i), "巡检", "9", "4,530.00", "").items()]
    sums = [
        line(t, X["金额"], 200 * i + dy) for i in range(1, 5) for dy, t in ((-47, "1,467"), (15, "720.0"), (45, "0"))
    ]
    found = rowing.read([*rows, *sums], COLUMNS)
    assert found is not None
    assert [[x.text for x in each.lines if x.box.x0 == X["金额"]] for each in found.rows] == [
        ["1,467", "720.0", "0"]
    ] * 4


def test_a_figure_that_a_seal_moves_a_little_is_its_row_s_where_others_and_a_subtotal_show_the_rows() -> None:
    rows = [line(t, X[n], 100 * i) for i in range(1, 5) for n, t in row(str(i), "巡检", "", "80.00", "160.00").items()]
    counted = [line("2", X["数量"], 100 * i + (14 if i == 2 else 0)) for i in range(1, 5)]
    label = [line("小计", X["名称"], 450), line("640.00", X["金额"], 450)]
    found = rowing.read([*rows, *counted, *label], COLUMNS)
    assert found is not None
    assert [len(each.all) for each in found.rows] == [5, 5, 5, 5, 2]
