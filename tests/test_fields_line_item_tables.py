"""fields.line_item_tables: price tables line by line, whatever their columns are called."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from helpers_document import document_of, passage_of, table

from pipeline.fields import line_item_tables
from pipeline.fields._cells import number_in
from pipeline.model.check import value_of
from pipeline.model.passage import joined
from pipeline.model.record import LineItemTable, Number


def only(*rows: Sequence[str], header_rows: int = 1, title: str = "", before: Sequence[str] = ()) -> LineItemTable:
    (found,) = line_item_tables.read(document_of(*before, table(*rows, header_rows=header_rows, title=title)))
    return found


def plain(number: Number) -> str | None:
    return number and f"{number.value:f}"


def numbers(priced: LineItemTable) -> list[tuple[str | None, ...]]:
    return [tuple(map(plain, (i.unit_price, i.quantity, i.periods, i.amount))) for i in priced.items]


def test_categories_units_periods_and_total() -> None:
    priced = only(
        ["序号", "服务类别", "服务项", "计价单位", "单价(元)", "数量", "期限(月)", "总价(元)"],
        ["1", "计算服务", "vCPU", "1CPU", "1", "494", "12", "5928"],
        ["2", "^", "内存", "1GB", "0.50", "100", "12", "600"],
        ["合计（元）", "<", "<", "<", "<", "<", "<", "6528"],
    )
    assert numbers(priced) == [("1", "494", "12", "5928"), ("0.50", "100", "12", "600")]
    assert [tuple(leaf.value for leaf in item.category) for item in priced.items] == [("计算服务",), ("计算服务",)]
    assert [value_of(item.name) for item in priced.items] == ["vCPU", "内存"]
    assert (value_of(priced.items[0].unit), priced.items[0].period_unit) == ("1CPU", "month")
    assert plain(priced.total) == "6528"


def test_signs_and_separators() -> None:
    priced = only(
        ["序号", "分项名称", "单价（元）", "数量", "合价（元）", "备注/说明"],
        ["1.", "扩展服务：主机杀毒", "¥1,200.00", "20", "¥24,000.00", "无"],
        ["总价（元）", "<", "<", "<", "¥24,000.00", ""],
    )
    assert numbers(priced) == [("1200.00", "20", None, "24000.00")]
    assert (value_of(priced.items[0].seq), value_of(priced.items[0].remark)) == ("1", "无")
    assert plain(priced.total) == "24000.00"


@pytest.mark.parametrize(
    ("cell", "periods", "unit"),
    [
        ("12个月", "12", "month"),
        ("8次", "8", "time"),
        ("1年", "1", "year"),
        ("365天", "365", "day"),
        ("一年", "1", "year"),
    ],
)
def test_periods_with_their_unit(cell: str, periods: str, unit: str) -> None:
    priced = only(["服务项", "单价(元)", "数量", "周期", "合价(元)"], ["漏扫", "2", "3", cell, "72"])
    assert (plain(priced.items[0].periods), priced.items[0].period_unit) == (periods, unit)


def test_a_quantity_with_its_unit() -> None:
    priced = only(["货物名称", "数量", "单价", "金额"], ["服务器", "16台", "100元", "1600元"])
    assert numbers(priced) == [("100", "16", None, "1600")]
    assert value_of(priced.items[0].unit) == "台"


@pytest.mark.parametrize("cell", ["/", "-", "免费", "赠送", "1,23", "1O0", ""])
def test_what_is_no_number_is_none(cell: str) -> None:
    priced = only(["名称", "单价", "数量", "合价"], ["甲项", "5", "2", "10"], ["乙项", cell, "2", "10"])
    assert priced.items[1].unit_price is None


def test_ten_thousands_in_header_cell_or_caption() -> None:
    rows = ["设备", "12.5", "2", "25"]
    by_header = only(["名称", "单价（万元）", "数量", "总价（万元）"], rows)
    by_caption = only(["名称", "单价", "数量", "总价"], rows, before=["单位：万元"])
    by_cell = only(["名称", "单价", "数量", "总价"], ["设备", "12.5万元", "2", "25万元"])
    assert numbers(by_header) == numbers(by_caption) == numbers(by_cell) == [("125000", "2", None, "250000")]


def test_subtotals_and_group_heads_are_no_lines() -> None:
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["一、硬件", "<", "<", "<", "<"],
        ["1", "服务器", "2", "10", "20"],
        ["小计", "<", "<", "<", "20"],
        ["二、软件", "<", "<", "<", "<"],
        ["2", "数据库", "1", "5", "5"],
        ["小计", "<", "<", "<", "5"],
        ["总计", "<", "<", "<", "25"],
    )
    assert numbers(priced) == [("10", "2", None, "20"), ("5", "1", None, "5")]
    assert plain(priced.total) == "25"


@pytest.mark.parametrize("end", ["计", "卜", "十"])
def test_a_subtotal_whose_name_a_border_parts_is_no_line(end: str) -> None:
    """A stroke of 计 in line with a border of the rows above and below."""
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["1", "服务器", "2", "10", "20"],
        ["小", "<", end, "<", "20"],
        ["2", "数据库", "1", "5", "5"],
        ["总计", "<", "<", "<", "25"],
    )
    assert numbers(priced) == [("10", "2", None, "20"), ("5", "1", None, "5")]


@pytest.mark.parametrize(("gross", "total"), [("177179.76.00", None), ("106.00", "106.00")])
def test_a_sum_before_tax_is_no_total_where_the_one_with_tax_was_not_read(gross: str, total: str | None) -> None:
    priced = only(
        ["名称", "数量", "单价", "合价"],
        ["服务", "2", "53", "106.00"],
        ["不含税金额", "<", "<", "100.00"],
        ["税额（税率6%）", "<", "<", "6.00"],
        ["含税总价", "<", "<", gross],
    )
    assert plain(priced.total) == total


def test_a_total_in_words_and_figures() -> None:
    priced = only(
        ["名称", "单价", "数量", "合价"],
        ["服务", "10", "3", "30"],
        ["合计（大写）：叁拾元整（小写：¥30.00）", "<", "<", "<"],
    )
    assert plain(priced.total) == "30.00"
    assert len(priced.items) == 1


def test_the_price_that_explains_the_amount_is_taken() -> None:
    priced = only(
        ["名称", "不含税单价", "含税单价", "数量", "税率", "金额"],
        ["甲项", "100", "106", "2", "6%", "212"],
        ["乙项", "200", "212", "1", "6%", "212"],
    )
    assert numbers(priced) == [("106", "2", None, "212"), ("212", "1", None, "212")]


def test_stacked_headers() -> None:
    priced = only(
        ["序号", "品名", "数量", "价格（元）", "<"],
        ["^", "^", "^", "单价", "合价"],
        ["1", "打印机", "2", "800.00", "1600.00"],
        header_rows=2,
    )
    assert numbers(priced) == [("800.00", "2", None, "1600.00")]


def test_the_total_of_the_column_that_was_read() -> None:
    priced = only(
        ["名称", "单价", "数量", "含税金额"],
        ["甲项", "106", "2", "212"],
        ["不含税合计", "<", "<", "200"],
        ["含税合计", "<", "<", "212"],
    )
    assert plain(priced.total) == "212"


@pytest.mark.parametrize(
    "rows",
    [
        (["序号", "问题描述", "惩罚系数"], ["1", "服务中断", "200%"]),
        (["期次", "付款条件", "付款金额"], ["1", "签订后", "100"]),
        (["序号", "姓名", "职务"], ["1", "张三", "经理"]),
        (["项目名称", "业主", "合同金额"], ["某平台", "某局", "300"]),
    ],
)
def test_what_is_no_price_table(rows: tuple[list[str], ...]) -> None:
    assert line_item_tables.read(document_of(table(*rows, header_rows=1))) == ()


def test_an_amount_that_two_lines_share_counts_once() -> None:
    priced = only(["名称", "数量", "合价"], ["甲项", "1", "300"], ["乙项", "2", "^"])
    assert numbers(priced) == [(None, "1", None, "300"), (None, "2", None, None)]


def test_citations_cover_the_figures() -> None:
    item = only(["名称", "单价", "数量", "合价"], ["甲项", "¥1,000.00元", "2台", "2000"]).items[0]
    assert [leaf.sources[0].text for leaf in (item.unit_price, item.quantity) if leaf] == ["1,000.00", "2"]


def test_net_prices_beside_gross_amounts() -> None:
    priced = only(
        ["序号", "货物名称", "数量", "不含税单价", "税率", "税额", "含税金额"],
        ["1", "推车", "2", "100.00", "13%", "26.00", "226.00"],
        ["合计", "<", "<", "<", "<", "26.00", "226.00"],
    )
    assert numbers(priced) == [("100.00", "2", None, "226.00")]
    assert plain(priced.total) == "226.00"


def test_a_months_rent_and_a_years() -> None:
    priced = only(
        ["租赁年度", "租赁期间", "月租金（元）", "月数", "年租金（元）"],
        ["第一年", "2031年", "8,000.00", "12", "96,000.00"],
        ["租金总计", "<", "<", "<", "96,000.00"],
    )
    assert numbers(priced) == [("8000.00", None, "12", "96000.00")]
    assert value_of(priced.items[0].name) == "第一年"


def test_the_amount_of_the_whole_term_is_taken() -> None:
    priced = only(
        ["区域", "面积（㎡）", "单价（元/㎡·月）", "月租金（元）", "年租金（元）"],
        ["一层", "320.50", "45", "14422.50", "173070.00"],
        ["合计", "320.50", "", "14422.50", "173070.00"],
    )
    assert numbers(priced) == [("45", "320.50", None, "173070.00")]
    assert plain(priced.total) == "173070.00"


def test_prices_by_the_month_without_the_word_price() -> None:
    priced = only(
        ["岗位", "人数（人）", "月服务费标准（元/人·月）", "年度费用（元）"], ["保洁员", "6", "3,950", "284,400"]
    )
    assert numbers(priced) == [("3950", "6", None, "284400")]


def test_times_a_year() -> None:
    by_header = only(
        ["设备", "台数", "单价（元/次）", "次数（次/年）", "年费用（元）"], ["路由器", "4", "50", "12", "2400"]
    )
    by_cell = only(["服务项目", "频次", "单次费用（元）", "年费用（元）"], ["巡检", "12次/年", "1000", "12000"])
    assert numbers(by_header) == [("50", "4", "12", "2400")]
    assert numbers(by_cell) == [("1000", None, "12", "12000")]
    assert (by_header.items[0].period_unit, by_cell.items[0].period_unit) == ("time", "time")


def test_a_discount_is_neither_line_nor_total() -> None:
    priced = only(
        ["名称", "单价", "数量", "合价"],
        ["甲项", "5", "2", "10"],
        ["合计", "<", "<", "10"],
        ["优惠", "", "", "-1"],
        ["优惠后总价", "<", "<", "9"],
    )
    assert numbers(priced) == [("5", "2", None, "10")]
    assert plain(priced.total) == "10"


def test_subtotals_within_a_category() -> None:
    priced = only(
        ["类别", "名称", "单价", "数量", "合价"],
        ["硬件", "服务器", "5", "2", "10"],
        ["^", "小计", "<", "<", "10"],
        ["合计", "<", "<", "<", "10"],
    )
    assert numbers(priced) == [("5", "2", None, "10")]


def test_sums_of_groups_are_no_lines() -> None:
    priced = only(
        ["序号", "项目", "数量", "单价", "金额"],
        ["一", "教材印刷", "", "", "20"],
        ["1", "胶装", "4", "5", "20"],
        ["总计", "<", "<", "<", "20"],
    )
    assert numbers(priced) == [("5", "4", None, "20")]


def test_a_list_of_unit_prices() -> None:
    priced = only(["序号", "服务项目", "规格", "单位", "单价（元）"], ["1", "胶装", "含封面", "本", "2.50"])
    assert numbers(priced) == [("2.50", None, None, None)]
    assert priced.total is None


def test_a_wrong_figure_never_costs_its_column() -> None:
    header = ["序号", "名称", "单价", "数量", "金额"]
    right = ["1", "胶装", "10", "1", "10"]
    for wrong in (["2", "裁切", "20", "8", "20"], ["2", "裁切", "20", "1", "28"]):
        priced = only(header, right, wrong)
        assert numbers(priced)[1] == (wrong[2], wrong[3], None, wrong[4])


def test_a_wrong_figure_never_moves_the_amount_to_another_column() -> None:
    priced = only(
        ["序号", "岗位", "单价（元/人·月）", "人数", "月费用（元）", "年费用（元）"],
        ["1", "保洁", "3000", "4", "12000", "144000"],
        ["2", "安保", "4000", "2", "8000", "95000"],
        ["3", "维修", "5000", "1", "5000", "60000"],
    )
    assert [row[3] for row in numbers(priced)] == ["144000", "95000", "60000"]


def test_an_amount_column_whose_header_was_misread_is_known_by_the_products() -> None:
    header = ["序号", "名称", "单价", "数量", "小（元"]
    lines = [["1", "胶装", "10", "3", "30"], ["2", "裁切", "20", "2", "40"], ["3", "封面", "5", "7", "35"]]
    assert [row[3] for row in numbers(only(header, *lines))] == ["30", "40", "35"]
    strange = [[*line[:4], "9"] for line in lines]
    assert [row[3] for row in numbers(only(header, *strange))] == [None, None, None]


def test_a_quantity_whose_header_was_not_read_is_known_by_the_products() -> None:
    priced = only(
        ["序号", "名称", "单位", "单价（元）", "", "合计（元）"],
        ["1", "服务器", "台", "3810.00", "102", "388620.00"],
        ["2", "交换机", "台", "3960.00", "16", "63360.00"],
        ["3", "光模块", "个", "408.50", "80", "32680.00"],
    )
    assert [item[1] for item in numbers(priced)] == ["102", "16", "80"]


def test_a_column_without_a_header_that_explains_nothing_is_no_quantity() -> None:
    priced = only(
        ["序号", "名称", "单位", "单价（元）", "", "合计（元）"],
        ["1", "服务器", "台", "3810.00", "7", "388620.00"],
        ["2", "交换机", "台", "3960.00", "5", "63360.00"],
        ["3", "光模块", "个", "408.50", "9", "32680.00"],
    )
    assert [item[1] for item in numbers(priced)] == [None, None, None]


def test_a_header_of_which_only_the_unit_was_read_counts_time() -> None:
    priced = only(
        ["编号", "名称", "数量", "单价(元)", "J910(年)", "合计（元）"],
        ["1", "一层大厅", "219", "504.00", "1", "110376.00"],
        ["2", "二层大厅", "237", "672.00", "1", "159264.00"],
    )
    assert [item[2] for item in numbers(priced)] == ["1", "1"]


def test_a_column_of_terms_whose_header_was_not_read_holds_the_periods() -> None:
    priced = only(
        ["序号", "名称", "采购数量", "综合单价（元）", "JOIM", "合价（元）"],
        *[[str(n), "存储", "5", "20.00", "24个月", "100.00"] for n in (1, 2, 3)],
    )
    assert [item[2] for item in numbers(priced)] == ["24", "24", "24"]


@pytest.mark.parametrize("header", ["采购量", "需求量", "订货量", "预估量", "数量", "工程量"])
def test_quantities_have_many_names(header: str) -> None:
    priced = only(("序号", "名称", header, "单价", "合价"), ("1", "交换机", "3", "200.00", "600.00"))
    assert [plain(item.quantity) for item in priced.items] == ["3"]


def test_numbers_of_which_one_was_misread_still_count_the_rows() -> None:
    rows = [[str(i), f"货物{i}", "2", "10.00", "20.00"] for i in range(1, 8)]
    rows[3][0] = "A"
    priced = only(["房号", "名称", "数量", "单价", "合价"], *rows)
    assert [value_of(item.seq) for item in priced.items] == ["1", "2", "3", None, "5", "6", "7"]


def test_numbers_among_subtotals_of_which_the_last_repeats_count_the_rows() -> None:
    rows = [[str(min(i, 5)), f"货物{i}", "2", "10.00", "20.00"] for i in range(1, 7)]
    subtotal = ["小计", "<", "<", "<", "60.00"]
    priced = only(["房号", "名称", "数量", "单价", "合价"], *rows[:3], subtotal, *rows[3:], subtotal)
    assert [value_of(item.seq) for item in priced.items] == ["1", "2", "3", "4", "5", "5"]


TWO_MISREAD = (
    ["1", "主机", "11.42", "268", "24", "73453.44"],
    ["2", "内存", "6.85", "373", "24", "61321.20"],
    ["3", "存储", "9.38", "504", "24", "113460.48"],
)


def test_a_misread_name_of_a_column_is_known_by_the_products() -> None:
    priced = only(["序号", "名称", "单价（元）", "采购数贷", "租期（月）", "合计（元）"], *TWO_MISREAD)
    assert numbers(priced)[0] == ("11.42", "268", "24", "73453.44")


def test_of_two_misread_names_the_nearer_one_is_the_quantity() -> None:
    priced = only(["序号", "名称", "单价（元）", "采购数贷", "扯期木", "合计（元）"], *TWO_MISREAD)
    assert numbers(priced)[0] == ("11.42", "268", "24", "73453.44")


def test_columns_that_the_products_cant_tell_apart_stay_unread() -> None:
    lines = [
        ["1", "主机", "10", "6", "24", "1440"],
        ["2", "内存", "5", "7", "24", "840"],
        ["3", "存储", "8", "9", "24", "1728"],
    ]
    priced = only(["序号", "名称", "单价（元）", "甲栏", "乙栏", "合计（元）"], *lines)
    assert [line[1:3] for line in numbers(priced)] == [(None, None)] * 3


def test_a_column_that_says_something_else_is_no_quantity_though_the_products_hold() -> None:
    lines = [["1", "甲", "10", "3", "30"], ["2", "乙", "20", "2", "40"], ["3", "丙", "5", "7", "35"]]
    assert [line[1] for line in numbers(only(["序号", "名称", "单价", "税率", "合价"], *lines))] == [None, None, None]


@pytest.mark.parametrize("label", ["份计金额", "台计"])
def test_a_row_of_nothing_but_the_sum_of_the_lines_is_their_total(label: str) -> None:
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["1", "巡检", "2", "10.00", "20.00"],
        ["2", "维修", "3", "10.00", "30.00"],
        ["", label, "", "", "50.00"],
    )
    assert (len(priced.items), plain(priced.total)) == (2, "50.00")


@pytest.mark.parametrize(("term", "expected"), [("12", "12"), ("13", None)])
def test_a_header_of_which_only_brackets_were_read_counts_a_term_in_months(term: str, expected: str | None) -> None:
    lines = [[str(i), "云主机", "10.00", "2", term, "20.00"] for i in (1, 2, 3)]
    priced = only(["序号", "名称", "单价（元）", "数量", "191()", "金额"], *lines)
    assert [line[2] for line in numbers(priced)] == [expected] * 3


def test_of_totals_that_the_lines_dont_make_the_nearest_is_theirs() -> None:
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["1", "巡检", "2", "10.00", "20.00"],
        ["2", "维修", "3", "10.00", "31.00"],
        ["不含税合计", "<", "<", "<", "50.00"],
        ["增值税", "<", "<", "<", "3.00"],
        ["价税合计", "<", "<", "<", "53.00"],
    )
    assert plain(priced.total) == "50.00"


def test_numbers_of_which_one_is_repeated_still_count_the_rows() -> None:
    rows = [[str(i - (i > 3)), f"货物{i}", "2", "10.00", "20.00"] for i in range(1, 8)]
    priced = only(["房", "名称", "数量", "单价", "合价"], *rows)
    assert [value_of(item.seq) for item in priced.items] == ["1", "2", "3", "3", "4", "5", "6"]


def test_of_totals_the_one_that_prices_and_quantities_make_where_an_amount_was_not_read() -> None:
    priced = only(
        ["序号", "名称", "单价", "数量", "期限（年）", "合价"],
        ["1", "大厅", "10.00", "2", "3", "60.00"],
        ["2", "车位", "10.00", "4", "3", "1.7664661.7"],
        ["不含税价", "<", "<", "<", "<", "178.22"],
        ["税额", "<", "<", "<", "<", "1.78"],
        ["含税价", "<", "<", "<", "<", "180.00"],
    )
    assert plain(priced.total) == "180.00"


def test_of_totals_the_one_that_prices_and_quantities_make_where_an_amount_was_misread() -> None:
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["1", "大厅", "10.24", "42,840.00", "438.68160"],
        ["2", "车位", "2", "1,000.00", "2,000.00"],
        ["不含税价", "<", "<", "<", "427,846.21"],
        ["另计费", "<", "<", "<", "12,835.39"],
        ["含税价", "<", "<", "<", "440,681.60"],
    )
    assert plain(priced.total) == "440681.60"


def test_of_totals_the_one_that_the_months_of_the_other_lines_make() -> None:
    priced = only(
        ["序号", "名称", "单价（元/月）", "数量", "合价"],
        ["1", "一层大厅", "50.50", "69", "41,814.00"],
        ["2", "二层", "56.00", "43", "28,8市.00"],
        ["3", "库房", "25.87", "205", "63,640.20"],
        ["不含税合计", "<", "<", "<", "118,894.00"],
        ["价税合计", "<", "<", "<", "134,350.20"],
    )
    assert plain(priced.total) == "134350.20"


def test_prices_whose_unit_a_seal_hides_are_in_that_of_the_amounts() -> None:
    header = ["序号", "名称", "数量", "综合单价四9", "合计（万元）"]
    rows = [[str(i), f"岗位{i}", "3", f"0.6{i}0", f"{3 * (600 + 10 * i) / 1000:.2f}"] for i in range(1, 4)]
    assert numbers(only(header, *rows))[0] == ("6100", "3", None, "18300")
    in_yuan = only([*header[:3], "综合单价（元）", header[4]], *rows)
    assert numbers(in_yuan)[0] == ("0.610", "3", None, "18300")


def test_a_speck_behind_the_name_of_a_column_is_none_of_it() -> None:
    priced = only(["序号", "费用名称.", "数量", "单价", "合计（元）"], ["1", "巡检", "2", "10.00", "20.00"])
    assert numbers(priced) == [("10.00", "2", None, "20.00")]


def test_a_point_read_as_a_comma_after_others_is_in_doubt() -> None:
    found = number_in(passage_of("¥127,725,61", 1, 9, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("127725.61"), True)
    assert number_in(passage_of("725,61", 1, 9, 500.0)) is None


def test_a_tax_is_no_total_though_it_is_the_nearest_to_what_was_read() -> None:
    priced = only(
        ["序号", "名称", "数量", "单价", "合价"],
        ["1", "大厅", "2", "", ""],
        ["2", "车位", "2", "10.00", "20.00"],
        ["不含税价", "<", "<", "<", "1,000.00"],
        ["增值税额（3%）", "<", "<", "<", "30.00"],
        ["含税价", "<", "<", "<", "1,030.00"],
    )
    assert plain(priced.total) == "1000.00"


def test_a_sum_that_broke_at_a_comma_which_was_not_read() -> None:
    upper, lower = passage_of("1,291", 1, 9, 500.0), passage_of("656.00", 1, 10, 500.0)
    found = number_in(upper + lower)
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("1291656.00"), True)
    assert number_in(passage_of("1,291656.00", 1, 9, 500.0)) is None
    assert number_in(upper + passage_of("65.00", 1, 10, 500.0)) is None


def test_dust_where_a_sum_broke_is_no_second_point() -> None:
    found = number_in(passage_of("¥144", 1, 9, 500.0) + passage_of(".00.00", 1, 10, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("14400.00"), True)
    assert number_in(passage_of("¥144.00.00", 1, 9, 500.0)) is None


def test_a_point_read_as_a_comma_where_a_sum_broke() -> None:
    found = number_in(passage_of("97680", 1, 9, 500.0) + passage_of(",00", 1, 10, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("97680.00"), True)
    assert number_in(passage_of("97680,00", 1, 9, 500.0)) is None
    assert number_in(passage_of("7,45", 1, 9, 500.0) + passage_of("68", 1, 10, 500.0)) is None


@pytest.mark.parametrize(("text", "expected"), [("2年¥3,410.00", "3410.00"), ("2¥3,410.00", None), ("2年3,410", None)])
def test_a_term_read_with_the_price_beside_it_leaves_that_in_doubt(text: str, expected: str | None) -> None:
    found = number_in(passage_of(text, 1, 9, 500.0))
    assert (found and f"{found.value:f}") == expected
    assert found is None or found.confidence < 0.8


@pytest.mark.parametrize(("number", "quantity"), [("2", "I"), ("2", ""), ("", ""), ("Z", "I")])
def test_what_is_given_for_nothing_is_a_line_though_little_of_it_was_read(number: str, quantity: str) -> None:
    header = ["序号", "名称", "数量", "单位", "单价", "合价"]
    rows = [["1", "巡检", "2", "次", "10.00", "20.00"], [number, "交通", quantity, "项", "不另收费", "不另收费"]]
    priced = only(header, *rows, ["合计", "<", "<", "<", "<", "20.00"])
    assert [value_of(item.name) for item in priced.items] == ["巡检", "交通"]
    assert priced.items[1].quantity is None


def test_the_heading_of_a_group_is_no_line() -> None:
    header = ["序号", "名称", "数量", "单位", "单价", "合价"]
    priced = only(header, ["一", "其他费用", "", "", "", ""], ["1", "交通", "1", "项", "5.00", "5.00"])
    assert [value_of(item.name) for item in priced.items] == ["交通"]


def test_a_point_with_a_speck_above_it_is_in_doubt() -> None:
    header = ["序号", "名称", "单价", "数量", "合价"]
    item = only(header, ["1", "带宽", "43.00", "207:87Mbps", "8938.41"]).items[0]
    assert item.quantity is not None
    assert (item.quantity.value, item.quantity.confidence < 0.8) == (Decimal("207.87"), True)
    assert value_of(item.unit) == "Mbps"
    found = number_in(passage_of("8938:41", 1, 9, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("8938.41"), True)
    assert number_in(passage_of("8:30:00", 1, 9, 500.0)) is None


@pytest.mark.parametrize(("rows", "doubtful"), [((9, 10, 11), False), ((9, 11, 12), True)])
def test_a_sum_between_whose_lines_another_may_have_stood_is_doubtful(rows: tuple[int, ...], doubtful: bool) -> None:
    found = number_in(
        joined(passage_of(text, 1, at, 500.0) for text, at in zip(("407", "643.5", "0"), rows, strict=True))
    )
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("407643.50"), doubtful)


UNSURE = "单价"  # for 总价


def test_of_two_columns_of_prices_the_products_say_which_is_the_sums() -> None:
    lines = [[str(i), "涂料", str(i + 1), "10.00", f"{10 * (i + 1)}.00"] for i in (1, 2, 3)]
    head = ["序号", "项目名称", "数量", "综合单价（元）", UNSURE]
    assert numbers(only(head, *lines)) == [("10.00", str(i + 1), None, f"{10 * (i + 1)}.00") for i in (1, 2, 3)]


def test_a_misread_name_of_sums_beside_a_price_that_may_be_a_line_s() -> None:
    lines = [[str(i), "云主机", str(i + 1), "10.00", f"{10 * (i + 1)}.00"] for i in (1, 2, 3)]
    priced = only(["序号", "名称", "采购数员", "报价(元)", "小州(元)"], *lines)
    assert numbers(priced) == [("10.00", str(i + 1), None, f"{10 * (i + 1)}.00") for i in (1, 2, 3)]


def test_a_name_of_sums_that_a_seal_hides_beside_a_price_that_may_be_a_line_s() -> None:
    lines = [[str(i), "云主机", str(i + 1), "10.00", f"{10 * (i + 1)}.00"] for i in (1, 2, 3)]
    priced = only(["序号", "名称", "数量", "报价(元)", "~"], *lines)
    assert numbers(priced) == [("10.00", str(i + 1), None, f"{10 * (i + 1)}.00") for i in (1, 2, 3)]
    lines = [[str(i), "云主机", str(i + 1), "10.00", f"{17 * (i + 1)}.00"] for i in (1, 2, 3)]
    assert numbers(only(["序号", "名称", "数量", "报价(元)", "~"], *lines))[0] == (None, "2", None, "10.00")


def test_a_point_that_was_not_read_where_a_sum_broke() -> None:
    found = number_in(passage_of("60,703", 1, 9, 500.0) + passage_of("73", 1, 10, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8) == (Decimal("60703.73"), True)
    assert number_in(passage_of("60,703", 1, 9, 500.0) + passage_of("7", 1, 10, 500.0)) is None


def test_prices_with_and_without_tax_are_no_sums() -> None:
    lines = [[str(i), "涂料", str(i + 1), "10.00", "10.60"] for i in (1, 2, 3)]
    priced = only(["序号", "项目名称", "数量", "不含税单价", UNSURE], *lines)
    assert numbers(priced) == [("10.60", str(i + 1), None, None) for i in (1, 2, 3)]


def test_the_one_column_of_money_left_is_the_sums_though_few_products_hold() -> None:
    lines = [
        ["1", "调研", "20.00", "器", "9920.00"],
        ["2", "设计", "30.00", "1", "31.00"],
        ["3", "评审", "5.00", "2", "10.00"],
    ]
    head = ["序号", "名称", "单价", "数量"]
    assert [line[-1] for line in numbers(only([*head, "（）"], *lines))] == ["9920.00", "31.00", "10.00"]
    assert [line[-1] for line in numbers(only([*head, "上年参考"], *lines))] == [None] * 3


def test_a_column_merged_into_its_neighbour_is_none() -> None:
    """A stroke between two rows cuts one cell in two."""
    rows = [[str(i), "云主机", "10.00", str(i), f"{10 * i}.00", "<"] for i in (1, 2, 3, 4)]
    rows[1][4:] = ["", "2C.00"]
    priced = only(["序号", "名称", "单价", "数量", "临", "<"], *rows)
    assert [line[-1] for line in numbers(priced)] == ["10.00", None, "30.00", "40.00"]


def test_dust_before_a_sum_with_a_point_of_its_own() -> None:
    found = number_in(passage_of(".7,610.00", 1, 9, 500.0))
    assert found is not None
    assert (found.value, found.confidence < 0.8, found.sources[0].text) == (Decimal("7610.00"), True, "7,610.00")
    assert number_in(passage_of(".7610", 1, 9, 500.0)) is None
    assert number_in(passage_of(".76.10.00", 1, 9, 500.0)) is None


def test_a_quantity_whose_name_a_seal_hides_is_proven_by_one_factor_of_all_lines() -> None:
    header = ["序号", "名称", "税率", "综合单价(元)", "采财故è", "合计（元）"]
    rows = [[str(i), f"云主机{i}", "9%", "10.00", str(i + 1), f"{(i + 1) * 360}.00"] for i in range(1, 6)]
    assert numbers(only(header, *rows))[0] == ("10.00", "2", None, "720.00")


def test_a_quantity_whose_name_was_misread_by_a_character_is_proven_by_most_lines() -> None:
    header = ["序号", "名称", "单价", "采购数址", "合计（元）"]
    rows = [[str(i), f"模块{i}", "10.00", str(i), f"{i * 10}.00" if i > 2 else "999.00"] for i in range(1, 8)]
    assert numbers(only(header, *rows))[3] == ("10.00", "4", None, "40.00")


def test_a_price_by_the_name_of_either_whose_bracket_is_open() -> None:
    header = ["编号", "服务内容", "报价（元", "数量", "金额（元）"]
    rows = [[str(i), f"岗位{i}", "10.00", str(i), f"{i * 10}.00"] for i in range(1, 5)]
    assert numbers(only(header, *rows))[1] == ("10.00", "2", None, "20.00")
