"""Tables ruled down only: rows from their texts, merged categories, totals and pages without a ruling across."""

from __future__ import annotations

from helpers_sheets import sheet, texts_of

HEAD = {120: "序号", 210: "类别", 340: "名称", 520: "数量", 660: "单价", 860: "金额"}
EDGES = (100, 200, 300, 500, 640, 840, 1100)


def item(number: int, name: str, quantity: int, price: int) -> dict[float, str]:
    return {130: str(number), 340: name, 520: str(quantity), 660: f"{price}.00", 860: f"{price * quantity}.00"}


def test_a_category_merged_over_its_rows() -> None:
    page = sheet(
        {
            110: HEAD,
            160: {**item(1, "调研", 1, 80), 210: "前期"},
            210: item(2, "设计", 2, 30),
            235: {210: "实施"},
            260: item(3, "开发", 1, 50),
        },
        across=(100, 145, 300),
        down=[(x, 100, 300) for x in EDGES],
    )
    assert [row[1] for row in texts_of(page)] == ["类别", "前期", "实施", "实施"]
    assert [row[-1] for row in texts_of(page)] == ["金额", "80.00", "60.00", "50.00"]


def test_totals_without_a_ruling_above() -> None:
    rows = {110: HEAD, 160: item(1, "调研", 1, 80), 210: item(2, "设计", 2, 30)}
    totals = {260: {400: "不含税金额", 860: "132.08"}, 310: {400: "税额", 860: "7.92"}}
    inner = [(x, 100, 245) for x in EDGES[1:-2]]
    outer = [(x, 100, 350) for x in (100, 840, 1100)]
    found = texts_of(sheet({**rows, **totals}, across=(100, 145, 350), down=[*inner, *outer]))
    assert [(row[0], row[-1]) for row in found[3:]] == [("不含税金额", "132.08"), ("税额", "7.92")]


def test_the_name_of_a_torn_row_below_a_repeated_header() -> None:
    first = sheet(
        {110: HEAD, 160: item(1, "调研", 1, 80), 1600: item(2, "设计", 2, 30) | {340: ""}},
        across=(100, 145),
        down=[(x, 100, 1650) for x in EDGES],
    )
    rows = {
        70: HEAD,
        120: {340: "设计及"},
        145: {340: "评审"},
        195: item(3, "开发", 1, 50),
        245: item(4, "测试", 1, 40),
    }
    second = sheet(rows, across=(50, 105, 300), down=[(x, 50, 300) for x in EDGES], number=2)
    found = texts_of(first, second)
    assert [(row[0], row[2], row[-1]) for row in found[2:]] == [
        ("2", "设计及评审", "60.00"),
        ("3", "开发", "50.00"),
        ("4", "测试", "40.00"),
    ]


def test_a_page_in_the_middle_of_a_table_has_rulings_down_only() -> None:
    first = sheet(
        {110: HEAD, 160: item(1, "调研", 1, 80), 1600: item(2, "设计", 2, 30)},
        across=(100, 145),
        down=[(x, 100, 1650) for x in EDGES],
    )
    second = sheet(
        {70: {340: "（第二批）"}, 160: item(4, "开发", 1, 50), 1600: item(5, "测试", 1, 40)},
        down=[(x, 50, 1650) for x in EDGES],
        number=2,
    )
    found = texts_of(first, second)
    assert [row[0] for row in found] == ["序号", "1", "2", "4", "5"]
    assert found[2][2] == "设计（第二批）"


def test_instalments_below_each_other_in_one_box() -> None:
    rows = {
        110: {120: "款项", 340: "付款节点", 860: "比例"},
        160: {120: "首付款", 340: "合同签订后10日内", 860: "30%"},
        200: {340: "合同履行过半并经甲方"},
        215: {120: "中期款", 860: "60%"},
        230: {340: "考核合格后5日内"},
        280: {120: "尾款", 340: "合同期满后5日内", 860: "10%"},
    }
    edges = [(x, 100, 310) for x in (100, 300, 840, 1100)]
    found = texts_of(sheet(rows, across=(100, 145, 265, 310), down=edges))
    assert found[1:] == [
        ["首付款", "合同签订后10日内", "30%"],
        ["中期款", "合同履行过半并经甲方考核合格后5日内", "60%"],
        ["尾款", "合同期满后5日内", "10%"],
    ]


def test_texts_that_wrap_in_every_column_are_one_row() -> None:
    rows = {
        110: {120: "款项", 340: "付款节点", 860: "比例"},
        160: {120: "首付", 340: "合同签订后", 860: "百分之"},
        185: {120: "款", 340: "10日内", 860: "三十"},
    }
    found = texts_of(sheet(rows, across=(100, 145, 220), down=[(x, 100, 220) for x in (100, 300, 840, 1100)]))
    assert found[1] == ["首付款", "合同签订后10日内", "百分之三十"]


def test_rows_below_a_name_of_sums_that_a_seal_hides() -> None:
    head = {x: "在工监理方" if name == "金额" else name for x, name in HEAD.items()}
    rows = {110: head, 160: item(1, "调研", 1, 80), 210: item(2, "设计", 2, 30), 260: item(3, "开发", 1, 50)}
    found = texts_of(sheet(rows, across=(100, 145, 300), down=[(x, 100, 300) for x in EDGES]))
    assert [row[-1] for row in found] == ["在工监理方", "80.00", "60.00", "50.00"]


def test_totals_whose_sums_break_at_their_commas_are_rows() -> None:
    rows = {110: HEAD, 160: item(1, "调研", 1, 80), 210: item(2, "设计", 2, 30)}
    sums = {260: "7,899", 285: ",", 310: "495.4", 335: "8", 370: "473,9", 395: "69.73"}
    totals = {y: {860: text} for y, text in sums.items()}
    totals |= {297: {400: "不含税合计"}, 382: {400: "增值税（税率6%）"}}
    inner = [(x, 100, 245) for x in EDGES[1:-2]]
    outer = [(x, 100, 430) for x in (100, 840, 1100)]
    found = texts_of(sheet({**rows, **totals}, across=(100, 145, 430), down=[*inner, *outer]))
    assert [(row[0], row[-1]) for row in found[3:]] == [
        ("不含税合计", "7,899,495.48"),
        ("增值税（税率6%）", "473,969.73"),
    ]


def test_a_sum_in_words_that_wraps_beside_its_label_is_one_row() -> None:
    head = {120: "序号", 210: "名称", 420: "工程量", 560: "单位", 700: "报价（元）", 900: "总价"}
    rows = [{120: str(i), 210: "巡检", 430: "2", 560: "次", 710: "10.00", 900: "20.00"} for i in (1, 2)]
    total = {255: {420: "大写：壹佰肆拾圆肆角"}, 269: {230: "总计", 900: "40.00"}, 283: {420: "伍分"}}
    inner = [(x, 100, 245) for x in (200, 500, 680)]
    outer = [(x, 100, 320) for x in (100, 400, 860, 1100)]
    texts = {110: head, 160: rows[0], 210: rows[1], **total}
    found = texts_of(sheet(texts, across=(100, 145, 245, 320), down=[*inner, *outer]))
    assert [(row[0], row[2], row[-1]) for row in found[3:]] == [("总计", "大写：壹佰肆拾圆肆角伍分", "40.00")]
