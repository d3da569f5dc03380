"""Tables without rulings: where they begin and end, how they go on over pages, and what is left unread."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_sheets import line, sheet, texts_of

from pipeline.layout import lines, tables

HEAD = {120: "序号", 220: "名称", 520: "数量", 650: "单价", 860: "小计"}
PROSE = {140: "乙方应当按照本合同的约定提供服务，并接受甲方的监督检查和考核评价。"}


def item(number: int, name: str) -> dict[float, str]:
    return {120: str(number), 220: name, 520: "12", 650: "100.00", 860: "1200.00"}


@pytest.mark.parametrize("across", [(), (100, 300)])
def test_white_alone_parts_rows_and_columns(across: tuple[float, ...]) -> None:
    rows = {110: HEAD, 160: item(1, "巡检"), 210: item(2, "维修"), 260: {400: "合计", 860: "2400.00"}, 330: PROSE}
    found = texts_of(sheet(rows, across))
    assert found[1] == ["1", "巡检", "12", "100.00", "1200.00"]
    assert (found[3][0], found[3][-1]) == ("合计", "2400.00")


def test_a_header_of_three_lines() -> None:
    head = {
        85: {520: "采购数"},
        110: {120: "序号", 220: "名称", 520: "量", 650: "单价", 860: "小计"},
        135: {520: "（台）"},
    }
    assert texts_of(sheet({**head, 190: item(1, "巡检"), 240: item(2, "维修")}))[0][2] == "采购数量（台）"


@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_goes_on_over_the_page(repeated: bool) -> None:
    head = {110: HEAD} if repeated else {}
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")})
    second = sheet({**head, 160: item(3, "培训"), 210: {400: "合计", 860: "3600.00"}}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "合计"]


def test_a_figure_between_two_rows_leaves_the_table_unread() -> None:
    rows = {110: HEAD, 160: item(1, "巡检"), 185: {860: "900.00"}, 210: item(2, "维修")}
    assert tables.find([sheet(rows)]) == ()


def test_a_list_of_people_is_no_table() -> None:
    rows = {110: {120: "序号", 220: "姓名", 520: "职务", 650: "电话"}, 160: {120: "1", 220: "周某", 520: "工程师"}}
    assert tables.find([sheet(rows)]) == ()


def test_dust_before_a_unit_hides_no_name() -> None:
    head = {**HEAD, 860: "小计.（元）"}
    assert len(texts_of(sheet({110: head, 160: item(1, "巡检"), 210: item(2, "维修")}))) == 3


def test_a_table_goes_on_though_the_next_page_lies_to_the_side() -> None:
    head = {120: "序号", 170: "名称", 420: "数量", 500: "单价", 590: "小计"}
    rows = [{120: str(n), 170: "数据库运维服务内容", 420: "120", 500: "100.00", 570: "12000.00"} for n in (1, 2, 3, 4)]
    first = sheet({1500: head, 1550: rows[0], 1600: rows[1]})
    aside = {160: rows[2], 210: rows[3]}
    second = sheet({y: {x - 28: text for x, text in row.items()} for y, row in aside.items()}, number=2)
    assert texts_of(first, second)[3] == ["3", "数据库运维服务内容", "120", "100.00", "12000.00"]


def test_the_rest_of_a_seal_among_the_words_leaves_the_rows() -> None:
    page = sheet({110: HEAD, 160: item(1, "巡检"), 210: item(2, "维修")})
    seal = replace(line("专用章", 240, 185), confidence=0.6)
    found = texts_of(replace(page, lines=(*page.lines, seal)))
    assert [(row[0], row[-1]) for row in found[1:]] == [("1", "1200.00"), ("2", "1200.00")]


def test_a_header_is_repeated_though_a_name_was_misread_and_a_border_stands_elsewhere() -> None:
    first = sheet({1500: {**HEAD, 650: "单价（元）"}, 1550: item(1, "巡检"), 1600: item(2, "维修服务项目")})
    second = sheet({110: {**HEAD, 120: "房号", 650: "单价(元)"}, 160: item(3, "培训"), 210: item(4, "咨询")}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "4"]


def test_a_header_alone_at_the_foot_of_a_page_names_the_columns_of_the_next() -> None:
    first = sheet({1500: {120: "序号", 260: "名称", 520: "数量", 650: "单价", 860: "小计"}, 1640: {600: "1"}})
    rows = {160: item(1, "数据库运维服务"), 210: item(2, "巡检"), 260: {400: "合计", 860: "2400.00"}}
    found = texts_of(first, sheet(rows, number=2))
    assert found[:2] == [["序号", "名称", "数量", "单价", "小计"], ["1", "数据库运维服务", "12", "100.00", "1200.00"]]
    assert (found[-1][0], found[-1][-1]) == ("合计", "2400.00")


def test_headings_of_groups_among_the_rows() -> None:
    """They stand over the border of the first columns and have no figures."""
    groups = {145: {110: "一、设备检修及维护"}, 245: {110: "二、人员培训"}}
    rows = {100: HEAD, 195: item(1, "巡检"), 295: item(2, "上岗培训"), 345: {400: "合计", 860: "2400.00"}}
    first = sheet({**groups, **rows})
    assert [row[1] for row in texts_of(first) if row[0].isdigit()] == ["巡检", "上岗培训"]


def test_a_price_by_another_name() -> None:
    head = {120: "序号", 220: "名称", 520: "数量", 650: "单价", 860: "总额"}
    assert len(texts_of(sheet({110: head, 160: item(1, "巡检"), 210: item(2, "维修")}))) == 3


def test_the_rest_of_a_torn_row_below_a_repeated_header() -> None:
    """The break leaves the row's number on one page, its name and sum on the next."""
    first = sheet({1450: HEAD, 1500: item(1, "巡检"), 1550: {120: "2", 520: "12", 650: "100.00"}})
    second = sheet(
        {
            100: HEAD,
            150: {220: "设备及线路", 860: "120"},
            178: {220: "检修", 860: "0.00"},
            225: item(3, "培训"),
            275: {400: "合计", 860: "3600.00"},
        },
        number=2,
    )
    found = texts_of(first, second)
    assert found[2] == ["2", "设备及线路检修", "12", "100.00", "1200.00"]
    assert [row[0] for row in found] == ["序号", "1", "2", "3", "合计"]


def test_prose_below_the_rest_of_a_table_moves_no_column() -> None:
    clauses = {
        300 + 40 * n: {97: "乙方应当按照本合同的约定向甲方提供服务，并接受甲方的监督检查和考核评价。"} for n in range(9)
    }
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")})
    second = sheet({110: item(3, "外墙清洗"), 160: {400: "合计", 860: "3600.00"}, **clauses}, number=2)
    assert texts_of(first, second)[3][:3] == ["3", "外墙清洗", "12"]


def test_a_misread_number_ends_no_table_at_the_page() -> None:
    first = sheet({1450: HEAD, 1500: item(1, "巡检"), 1550: item(21, "维修"), 1600: item(3, "培训")})
    rows = {110: item(4, "测试"), 160: item(5, "部署"), 210: item(61, "开发"), 260: item(7, "调研")}
    found = texts_of(first, sheet({**rows, 310: {400: "合计", 860: "8400.00"}}, number=2))
    assert [row[0] for row in found] == ["序号", "1", "21", "3", "4", "5", "61", "7", "合计"]


def test_a_repeated_header_too_worn_to_be_one_stands_above_the_rest() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")})
    worn = {120: "序号", 220: "名称", 520: "数量", 650: "单介", 860: "小"}
    second = sheet({110: worn, 160: item(3, "培训"), 210: {400: "合计", 860: "3600.00"}}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "合计"]


@pytest.mark.parametrize("name", ["单价(元)", "单介（元）"])
def test_a_repeated_header_may_be_misread_by_a_sign(name: str) -> None:
    """The rest of a torn name stands below it; it is no line of the next row."""
    first = sheet({1500: {**HEAD, 650: "单价（元）"}, 1550: item(1, "巡检"), 1600: item(2, "")})
    rows = {160: {220: "维修服务"}, 210: item(3, "培训"), 260: {400: "合计", 860: "3600.00"}}
    found = texts_of(first, sheet({110: {**HEAD, 650: name}, **rows}, number=2))
    assert [row[1] for row in found[1:4]] == ["巡检", "维修服务", "培训"]


@pytest.mark.parametrize("heading", ["一、人员和管理费用", "、人员和管理费用"])
def test_a_heading_of_a_group_stands_across_the_columns(heading: str) -> None:
    """Its numeral may be lost, and it may be the last text of a page."""
    rows = {160: {120: heading}, 210: item(1, "巡检"), 260: item(2, "维修"), 310: {120: "二、其他有关的费用"}}
    first = sheet({110: HEAD, **rows})
    second = sheet({110: item(3, "培训"), 160: {400: "合计", 860: "3600.00"}}, number=2)
    found = texts_of(first, second)
    assert [row[0] for row in found] == ["序号", heading, "1", "2", "二、其他有关的费用", "3", "合计"]


def test_a_heading_whose_numeral_was_not_read_begins_left_of_the_names() -> None:
    heading = {160: {195: "人员费用"}, 360: {195: "其他费用"}}
    rows = {110: HEAD, **{y: item(n, "巡检") for n, y in enumerate((210, 260, 310, 410, 460), 1)}}
    found = texts_of(sheet({**rows, **heading}))
    assert [row[0] for row in found] == ["序号", "人员费用", "1", "2", "3", "其他费用", "4", "5"]


@pytest.mark.parametrize("heading", [{160: {220: "人员费用"}}, {185: {195: "人员费用"}}])
def test_words_between_rows_are_no_heading_where_a_name_may_stand(heading: dict[float, dict[float, str]]) -> None:
    rows = {110: HEAD, **{y: item(n, "巡检") for n, y in enumerate((210, 260, 310), 1)}}
    assert all(len(set(row)) > 1 for row in texts_of(sheet({**rows, **heading})) or [["", "1"]])


def test_the_words_of_a_torn_row_head_the_next_page() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修及")})
    second = sheet({110: {220: "保养服务"}, 160: item(3, "培训"), 210: {400: "合计", 860: "3600.00"}}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "合计"]


def test_the_next_page_says_where_the_columns_are_if_the_page_before_had_one_row() -> None:
    """Its name stands on the next page, where names begin far left of the header's."""
    first = sheet({1500: {**HEAD, 220: "", 380: "名称"}, 1550: {**item(1, ""), 220: ""}})
    second = sheet({160: item(2, "机械密封维护保养服务"), 210: item(3, "巡检"), 260: item(4, "培训")}, number=2)
    assert [row[1] for row in texts_of(first, second)][2:] == ["机械密封维护保养服务", "巡检", "培训"]


def test_a_longer_name_moves_its_columns_border_alone() -> None:
    first = sheet({1450: HEAD, 1500: item(1, "巡检"), 1550: item(2, "维修")})
    second = sheet({160: item(3, "消防控制室值班员和安保员"), 210: item(4, "培训")}, number=2)
    assert texts_of(first, second)[3][:3] == ["3", "消防控制室值班员和安保员", "12"]


@pytest.mark.parametrize(("label", "rows"), [("小计", 6), ("合计", 4)])
def test_a_group_s_own_total_at_the_foot_of_a_page_ends_no_table(label: str, rows: int) -> None:
    total = {400: label, 860: "1200.00"}
    first = sheet({1450: HEAD, 1500: {140: "一、硬件"}, 1550: item(1, "巡检"), 1600: total})
    second = sheet({110: {140: "二、软件维护服务"}, 160: item(2, "维修")}, number=2)
    assert len(texts_of(first, second)) == rows


def test_a_page_begins_with_the_heading_of_a_group() -> None:
    first = sheet({1450: HEAD, 1500: item(1, "巡检"), 1550: item(2, "维修")})
    second = sheet({160: {120: "二、装饰工程"}, 210: item(3, "培训"), 260: item(4, "吊顶")}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "二、装饰工程", "3", "4"]


def test_a_total_whose_name_was_misread_prices_a_table() -> None:
    head = {110: {**HEAD, 860: "会额（元）"}}
    assert len(texts_of(sheet({**head, 160: item(1, "巡检"), 210: item(2, "维修")}))) == 3


def test_a_seals_word_among_figures_stands_in_no_row() -> None:
    rows = {110: HEAD, 160: item(1, "巡检"), 185: {690: "司"}, 210: item(2, "维修")}
    assert [row[0] for row in texts_of(sheet(rows))] == ["序号", "1", "2"]


def test_sums_whose_name_a_seal_hides_stand_where_the_money_does() -> None:
    head = {x: name for x, name in HEAD.items() if name != "小计"}
    rows = {160: item(1, "巡检"), 210: {**item(2, "维修"), 960: "含税"}, 260: {**item(3, "培训"), 960: "含税"}}
    found = texts_of(sheet({110: {**head, 1040: "产地"}, **rows, 310: {400: "合计", 860: "3600.00"}}))
    assert found[0] == ["序号", "名称", "数量", "单价", "", "", "产地"]
    assert found[2] == ["2", "维修", "12", "100.00", "1200.00", "含税", ""]
    assert found[4][4] == "3600.00"


def test_a_name_of_sums_that_was_misread_hides_no_table() -> None:
    found = texts_of(
        sheet({110: {**HEAD, 860: "合元"}, 160: item(1, "巡检"), 210: item(2, "维修"), 260: item(3, "培训")})
    )
    assert [row[-1] for row in found[1:]] == ["1200.00"] * 3


def test_a_table_whose_numbers_and_sums_both_have_other_names_as_read() -> None:
    head = {**HEAD, 120: "房号", 860: "单价"}
    rows = {
        y: {120: str(n), 220: "巡检", 520: "12", 650: "100.00", 860: "1200.00"}
        for n, y in enumerate((160, 210, 260), 1)
    }
    found = texts_of(sheet({110: head, **rows}))
    assert [(row[0], row[-1]) for row in found[1:]] == [("1", "1200.00"), ("2", "1200.00"), ("3", "1200.00")]


def test_clauses_numbered_as_groups_are_end_a_table() -> None:
    page = {110: HEAD, 160: item(1, "巡检"), 210: item(2, "维修"), 260: {400: "合计", 860: "2400.00"}}
    clauses = {
        320: {140: "（一）乙方提供的货物见本合同《设备清单及价格表》"},
        370: {140: "（二）货物应为全新原装正品，并符合标准。"},
    }
    assert len(texts_of(sheet({**page, **clauses}))) == 4


def test_a_list_without_sums_is_no_table() -> None:
    rows = {y: {120: str(n), 220: "巡检", 520: "12"} for n, y in enumerate((160, 210, 260), 1)}
    assert not tables.find([sheet({110: {120: "序号", 220: "名称", 520: "数量"}, **rows})])


def test_a_repeated_header_with_two_names_beyond_knowing_above_the_rest_of_a_torn_row() -> None:
    head = {120: "序号", 190: "名称", 400: "单位", 500: "数量", 620: "单价", 760: "小计", 900: "备注"}

    def full(number: int) -> dict[float, str]:
        return {120: str(number), 190: "巡检", 400: "台", 500: "12", 620: "100.00", 760: "1200.00"}

    torn = {x: text for x, text in full(2).items() if x != 190}
    first = sheet({1500: head, 1550: full(1), 1600: torn})
    second = sheet(
        {110: {**head, 120: "17号", 500: "は"}, 150: {190: "数据核查"}, 200: full(3), 250: full(4)}, number=2
    )
    found = texts_of(first, second)
    assert [row[0] for row in found] == ["序号", "1", "2", "3", "4"]
    assert [row[5] for row in found[1:]] == ["1200.00"] * 4


def test_a_number_that_the_next_page_begins_with_again_ends_no_table() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")})
    second = sheet({160: item(2, "培训"), 210: item(3, "咨询"), 260: {400: "合计", 860: "4800.00"}}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "2", "3", "合计"]


def test_a_sentence_with_white_behind_its_comma_is_no_header() -> None:
    rows = {
        100: {100: "(2)", 160: "上述单价为不含税单价，", 640: "合同总价为价税合计金额。"},
        150: {100: "(3)", 160: "签订之日起5日内支付50%，", 640: "即1000.00元"},
        200: {100: "(4)", 160: "验收之日起5日内支付50%，", 640: "即1000.00元"},
    }
    assert tables.find([sheet(rows)]) == ()


def test_a_first_row_s_lines_right_below_the_header_are_none_of_its_names() -> None:
    rows = {
        110: HEAD,
        140: {220: "云主机处"},
        165: {220: "理器", 120: "1", 520: "12", 650: "100.00", 860: "1200.00"},
        220: item(2, "巡检"),
        270: item(3, "维修"),
    }
    assert texts_of(sheet(rows))[0] == ["序号", "名称", "数量", "单价", "小计"]


@pytest.mark.parametrize("lost", [True, False])
def test_a_repeated_header_whose_number_s_name_was_not_read_or_with_a_seals_words(lost: bool) -> None:
    first = sheet({1450: HEAD, 1500: item(1, "巡检"), 1550: item(2, "维修"), 1600: item(3, "培训")})
    head = {x: name for x, name in HEAD.items() if name != "序号"} if lost else {**HEAD, 360: "同合"}
    second = sheet(
        {110: head, 160: item(4, "咨询"), 210: item(5, "演练"), 260: {400: "合计", 860: "6000.00"}}, number=2
    )
    assert len(tables.find([first, second])) == 1


def test_a_total_in_words_that_an_engine_cut_amid_its_label_is_one_cell() -> None:
    total = {120: "总计：", 220: "人民币（大", 360: "写）贰仟", 520: "肆佰元整", 700: "（小写：¥", 860: "2400.00）"}
    found = texts_of(sheet({110: HEAD, 160: item(1, "巡检"), 210: item(2, "维修"), 260: total}))
    assert found[-1] == ["总计：人民币（大写）贰仟肆佰元整（小写："] * 4 + ["¥2400.00）"]


@pytest.mark.parametrize("pages", [1, 2])
def test_a_head_that_both_pages_show_is_no_text_between_a_table_s_parts(pages: int) -> None:
    head = {40: {500: "云平台租用合同"}}
    first = sheet({**head, 1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")})
    second = sheet({**(head if pages == 2 else {}), 160: item(3, "培训"), 210: {400: "合计", 860: "3600.00"}}, number=2)
    assert [row[0] for row in texts_of(first, second)] == ["序号", "1", "2", "3", "合计"]


def test_a_running_head_is_no_rest_of_the_row_on_the_page_before() -> None:
    head = {60: {500: "合同编号：HT2025-01"}}
    prose = [sheet({**head, 300: {100: f"本合同第{n}页的条款"}}, number=n) for n in range(1, 5)]
    first = sheet({**head, 1500: HEAD, 1550: item(1, "巡检"), 1600: item(2, "维修")}, number=5)
    second = sheet({**head, 160: item(3, "培训"), 210: {400: "合计", 860: "3600.00"}}, number=6)
    rows = texts_of(*prose, first, second)
    assert [row[1] for row in rows] == ["名称", "巡检", "维修", "培训", "合计"]
    assert "合同编号" not in "".join(map("".join, rows))


@pytest.mark.parametrize(
    ("text", "running"), [("合同编号：HT2025-01", True), ("本页小计：5000.00", False), ("12", False)]
)
def test_a_sum_or_a_bare_number_is_no_running_head(text: str, running: bool) -> None:
    heads = [row for n in (1, 2, 3) for row in lines.rows([line(text, 500, 60)], n)]
    assert lines.is_running(line(text, 500, 60), sheet({}, number=4), heads) is running


@pytest.mark.parametrize("under_seal", [True, False])
def test_a_few_characters_of_a_seal_below_a_table_part_it_from_its_rest(under_seal: bool) -> None:
    first = sheet({1400: HEAD, 1450: item(1, "巡检"), 1500: item(2, "维修"), 1580: {860: "（白河）"}})
    lettering = tuple(word.box for line in first.lines for word in line.words if line.box.y0 == 1580)
    first = replace(first, covered=lettering if under_seal else ())
    second = sheet({80: item(3, "培训"), 130: {400: "合计", 860: "3600.00"}}, number=2)
    assert len(tables.find([first, second])[0].table.grid()) == (5 if under_seal else 3)


def test_a_hair_read_as_a_figure_beside_a_row_s_number() -> None:
    rows = {110: HEAD, 160: item(1, "巡检"), 210: {**item(2, "维修"), 80: "0"}, 260: item(3, "培训")}
    assert [row[1] for row in texts_of(sheet(rows))[1:]] == ["巡检", "维修", "培训"]


def test_a_row_below_one_whose_sum_lost_its_last_line_ends_no_table() -> None:
    def wrapped(y: int, number: int, name: str) -> dict[float, dict[float, str]]:
        return {y - 20: {860: "¥12,"}, y: {**item(number, name), 860: "000.0"}, y + 20: {890: "0"}}

    whole = {100: HEAD, **wrapped(160, 1, "巡检"), **wrapped(250, 2, "维修"), **wrapped(360, 3, "培训")}
    lost = {y: row for y, row in whole.items() if y != 270}
    assert [row[1] for row in texts_of(sheet(lost))[1:]] == ["巡检", "维修", "培训"]


def test_what_is_made_of_a_total_goes_on_on_the_next_page() -> None:
    first = sheet({1500: HEAD, 1550: item(1, "巡检"), 1600: {400: "不含税合计", 860: "1200.00"}})
    taxed = {160: {400: "税金（税率9%）", 860: "108.00"}, 210: {400: "价税合计", 860: "1308.00"}}
    found = texts_of(first, sheet({**taxed, 300: PROSE}, number=2))
    assert [(row[0], row[-1]) for row in found[2:]] == [
        ("不含税合计", "1200.00"),
        ("税金（税率9%）", "108.00"),
        ("价税合计", "1308.00"),
    ]
    another = sheet({160: item(2, "维修"), 210: item(3, "培训")}, number=2)
    assert len(texts_of(first, another)) == 3
