"""The contract's header from covers, preambles, clauses, lists and signatures."""

import pytest
from helpers_document import Clause, Heading, NewPage, document_of, table

from pipeline.fields import contract
from pipeline.model.record import Contract, Copies, Term


def read(*items: object) -> Contract:
    return contract.read(document_of(*items))  # type: ignore[arg-type]


def value(leaf: object) -> object:
    return getattr(leaf, "value", None)


def term(found: Term | None) -> tuple[object, object, object]:
    return (None, None, None) if found is None else (value(found.start), value(found.end), value(found.months))


def copies(found: Copies | None) -> tuple[object, ...]:
    return (None,) if found is None else tuple(map(value, (found.total, found.party_a, found.party_b, found.other)))


COVER = [
    "合同编号：DJ202405160003",
    Heading("2024年东江市数据中心"),
    Heading("信息化运维项目-云服务"),
    Heading("项目合同"),
    "项目名称：东江市数据中心2024年",
    "云服务项目",
    "甲方：东江市数据中心",
    "乙方：蓝桥软件有限公司",
    "签 订 日 期：2023 年 12 月 28 日",
    "签 订 地 点：东江市",
]


def test_the_cover() -> None:
    found = read(*COVER, NewPage(), Heading("合同书"))
    assert value(found.title) == "2024年东江市数据中心信息化运维项目-云服务项目合同"
    assert value(found.number) == "DJ202405160003"
    assert value(found.project_name) == "东江市数据中心2024年云服务项目"
    assert value(found.sign_date) == "2023-12-28"
    assert value(found.sign_place) == "东江市"


def test_a_month_of_the_calendar_whose_day_was_misread_is_no_duration() -> None:
    found = read(Heading("云服务合同"), "服务期限：自二〇二二年二月二月起至二〇二四年二月二十九日止，共24个月。").term
    assert term(found) == (None, None, 24)


def test_the_title_stands_behind_a_table_of_contents() -> None:
    found = read("目录", "一、服务内容", NewPage(), Heading("东江市云服务合同"), "一、服务内容")
    assert value(found.title) == "东江市云服务合同"


def test_a_blank_number_is_none_and_a_part_belongs_to_the_title() -> None:
    found = read(Heading("东江市云服务合同"), Heading("（第二包）"), "合同编号：", "2025年1月", NewPage(), "第一条")
    assert value(found.title) == "东江市云服务合同（第二包）"
    assert found.number is None
    assert value(found.sign_date) == "2025-01"


@pytest.mark.parametrize(
    ("preamble", "name"),
    [
        ("2024年运维硬件采购项目（项目名称）中所需云服务经公开招标", "2024年运维硬件采购项目"),
        ("（项目名称）东江市云服务（第二包）中所需服务经公开招标", "东江市云服务（第二包）"),
        ("经友好协商，就乙方为甲方提供东江市监管系统租用项目（下称“服务”）事宜订立以下合同", "东江市监管系统租用项目"),
    ],
)
def test_a_project_s_name_in_the_preamble(preamble: str, name: str) -> None:
    assert value(read(Heading("服务合同"), NewPage(), preamble).project_name) == name


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("经某公司以DJPC-G24221.1B.1C号招标文件在国内公开招标", "DJPC-G24221.1B.1C"),
        ("采购编号：DJCG[2024]123号", "DJCG[2024]123号"),
        ("根据中标通知（项目编号：1100-XM001），签订本合同", "1100-XM001"),
        ("按照招标文件的要求", None),
    ],
)
def test_procurement_numbers(text: str, number: str | None) -> None:
    assert value(read(text).procurement_number) == number


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("服务期限", "为期12个月，自2023年12月28日起至2024年12月27日止。", ("2023-12-28", "2024-12-27", 12)),
        ("租赁期限", "租赁期叁年，从2024年1月1日到2026年12月31日。", ("2024-01-01", "2026-12-31", 36)),
        ("服务期限", "合同有效期自双方签字盖章之日起一年。", (None, None, 12)),
        ("服务期限", "服务期限：2024年05月24日至2025年05月23日", ("2024-05-24", "2025-05-23", None)),
        (
            "服务期限",
            "服务期限：24个月，自2021年12月28日起算，至2023年12月27日届满。",
            ("2021-12-28", "2023-12-27", 24),
        ),
        ("服务期限", "自2024年3月1日起生效，有效期至2025年2月28日。", ("2024-03-01", "2025-02-28", None)),
        ("租赁期限", "租期自2024年3月1日起计算，直至2025年2月28日终止。", ("2024-03-01", "2025-02-28", None)),
        ("保密期限", "保密期限为合同终止后五年。", (None, None, None)),
        ("付款", "甲方应于2024年9月付款。", (None, None, None)),
    ],
)
def test_terms(title: str, text: str, expected: tuple[object, object, object]) -> None:
    assert term(read(Clause("第五条", title, [text])).term) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本合同一式柒份，甲方执肆份，乙方执叁份，具有同等法律效力。", (7, 4, 3, None)),
        ("本合同一式6份，甲乙双方各执叁份。", (6, 3, 3, None)),
        ("本合同一式【陆】份，甲方持有叁份，乙方贰份，采购代理机构一份。", (6, 3, 2, 1)),
        ("本协议一式四份，双方各执正本一份、副本一份，具有同等法律效力。", (4, 2, 2, None)),
        ("本合同正本若干份。", (None,)),
        ("本协议一式玖份，甲、乙、丙三方各执叁份", (9, 3, 3, 3)),
        ("本合同一式伍份，甲方执叁份、乙方执壹份、采购代理机构执壹份", (5, 3, 1, 1)),
        ("正本一式贰份、副本一式陆份，甲方执正本壹份、副本肆份，乙方执正本壹份、副本贰份", (8, 5, 3, None)),
        ("本合同共陆份，双方各执叁份", (6, 3, 3, None)),
        ("本合同正本两份，副本四份，双方各执正本一份、副本二份", (6, 3, 3, None)),
        ("本合同正本一式两份，双方各执一份；副本四份，双方各执两份", (6, 3, 3, None)),
        ("一式六份，正本贰份，双方各执壹份；副本肆份，甲方执叁份、乙方执壹份", (6, 4, 2, None)),
        ("一式三份，正本一份由甲方保存，副本两份由乙方保存", (3, 1, 2, None)),
    ],
)
def test_copies(text: str, expected: tuple[object, ...]) -> None:
    assert copies(read(text).copies) == expected


def test_the_contract_s_copies_are_not_those_of_a_report() -> None:
    found = read("咨询报告一式十二份。", "本合同正本一式四份，双方各执两份。")
    assert copies(found.copies) == (4, 2, 2, None)


ANNEX = Clause("附件2", "价格表", ["本协议一式两份，双方各执一份。", "签订日期：2020年1月1日"], kind="annex")


def annexes(found: Contract) -> list[tuple[object, ...]]:
    return [(value(a.number), value(a.title), a.listed, a.present, a.page) for a in found.annexes]


def test_annexes_listed_and_bound_in() -> None:
    found = read(
        "附件1：中标通知书",
        "附件2：分项价格表",
        "附件3：保密协议",
        NewPage(),
        ANNEX,
        NewPage(),
        Heading("保密协议"),
        Clause("附件4", "廉政协议", [], kind="annex"),
    )
    assert annexes(found) == [
        (1, "中标通知书", True, False, None),
        (2, "分项价格表", True, True, 2),
        (3, "保密协议", True, True, 3),
        (4, "廉政协议", False, True, 3),
    ]
    assert found.copies is None
    assert found.sign_date is None


def test_a_list_below_its_heading_and_one_among_the_documents() -> None:
    assert annexes(read("附件：", "1、中标通知书", "2、报价表", "其他事项另行约定。")) == [
        (1, "中标通知书", True, False, None),
        (2, "报价表", True, False, None),
    ]
    assert annexes(read("a.本合同书", "b.中标通知书（附件1）")) == [(1, "中标通知书", True, False, None)]


def test_references_to_annexes_are_no_list() -> None:
    assert (
        annexes(read("附件1、附件2为本合同不可分割的组成部分，与合同具有同等法律效力。", "详见附件5故障预案。")) == []
    )


def test_the_last_signature_dates_the_contract() -> None:
    found = read("甲方：东江市数据中心", "日期：2024年5月20日", "乙方：蓝桥软件有限公司", "日期：2024年5月22日")
    assert value(found.sign_date) == "2024-05-22"


def test_date_and_place_in_clauses() -> None:
    found = read("本合同于2024年2月20日签订。", "本合同在东江市签订。", "本合同自签订之日起生效。")
    assert (value(found.sign_date), value(found.sign_place)) == ("2024-02-20", "东江市")


def test_a_date_in_the_signature_table() -> None:
    found = read(
        table(
            ["委托人(甲方)", "名称", "东江市数据中心", "合同专用章2023年12月28日"],
            ["^", "电话", "010-1111222", "^"],
        )
    )
    assert value(found.sign_date) == "2023-12-28"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("服务期限：36个月。", (None, None, 36)),
        ("服务期：2024.05.01-2025.04.30", ("2024-05-01", "2025-04-30", None)),
        ("维护期限：从2024年6月1日0时起至2025年5月31日24时止", ("2024-06-01", "2025-05-31", None)),
        ("工期：180日历天，开工日期2024年3月1日，竣工日期2024年8月27日", ("2024-03-01", "2024-08-27", None)),
    ],
)
def test_terms_under_a_label(text: str, expected: tuple[object, object, object]) -> None:
    assert term(read(text).term) == expected


def test_first_and_last_day_under_labels_of_their_own() -> None:
    assert term(read("（1）起始日期：2025年5月6日，完成日期：2026年5月5日。").term) == (
        "2025-05-06",
        "2026-05-05",
        None,
    )


def test_annexes_named_in_one_sentence() -> None:
    found = read("本协议附件为：附件一《设备清单》、附件二《考核办法》，均为本协议不可分割的组成部分。")
    assert annexes(found) == [(1, "设备清单", True, False, None), (2, "考核办法", True, False, None)]


def test_the_preamble_s_date_has_its_day() -> None:
    found = read("本协议由以下双方于2024年11月8日在明州市签订：")
    assert (value(found.sign_date), value(found.sign_place)) == ("2024-11-08", "明州市")


def test_the_place_in_prose() -> None:
    assert value(read("签订地点为东江市市民中心。").sign_place) == "东江市市民中心"


def test_annexes_named_amid_a_clause() -> None:
    found = read("第九条 本合同附件为本合同的组成部分：附件1《价格清单》、附件2《验收标准》。")
    assert [(value(annex.number), value(annex.title)) for annex in found.annexes] == [(1, "价格清单"), (2, "验收标准")]


@pytest.mark.parametrize("text", ["附件1《价格清单》、附件2《验收标准", "附件1《价格清单、附件2《验收标准》。"])
def test_annexes_of_which_a_title_s_end_was_not_read(text: str) -> None:
    found = read(f"第九条 本合同附件为本合同的组成部分：{text}")
    assert [(value(annex.number), value(annex.title)) for annex in found.annexes] == [(1, "价格清单"), (2, "验收标准")]


def test_an_annex_whose_number_was_misread_follows_the_one_before() -> None:
    found = read("3.本合同附件为本合同的组成部分：附件1《价格清单》、附件？《验收标准》、附件3《廉洁协议》。")
    assert [value(annex.number) for annex in found.annexes] == [1, 2, 3]


@pytest.mark.parametrize("part", ["附件为本合同的组成部分", "附件认合同的组成部分", "附件力本含同不可分割的组成部分"])
def test_one_annex_named_as_a_part_of_the_contract_is_a_list(part: str) -> None:
    found = read(f"3.本合同{part}：附件1《廉洁协议》。")
    assert annexes(found) == [(1, "廉洁协议", True, False, None)]


def test_a_table_of_contents_lists_no_annexes() -> None:
    assert annexes(read("目录", "附件1：设计任务书……………………6", "附件2：报价表7")) == []
    assert annexes(read("目录", "1.服务内容.", "附件1设计任务书.", "附件2报价表")) == []
