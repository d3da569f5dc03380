"""Whole contracts, set and laid out: what their sections are.

Names and texts are invented.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from helpers_contracts import (
    BUILD,
    BUILD_OUTLINE,
    CONSULT,
    CONSULT_OUTLINE,
    GOODS,
    GOODS_OUTLINE,
    LEASE,
    LEASE_OUTLINE,
)
from helpers_paper import pages

from pipeline.layout import layout
from pipeline.model.document import Document, Paragraph, Section

CONTRACTS = {
    "lease": (LEASE, LEASE_OUTLINE),
    "goods": (GOODS, GOODS_OUTLINE),
    "building": (BUILD, BUILD_OUTLINE),
    "consulting": (CONSULT, CONSULT_OUTLINE),
}


def document(text: str) -> Document:
    return layout(pages(text))


def outline(sections: Iterable[Section]) -> list[str]:
    """Number and title of each section, indented by its level; `-` for no number."""
    found = []
    for section in sections:
        number, title = section.number.text or "-", section.title.text
        found += [f"{'  ' * (section.level - 1)}{number} {title}".rstrip(), *outline(section.children)]
    return found


@pytest.mark.parametrize("noise", [0.0, 8.0])
@pytest.mark.parametrize("indent", [0, 2])
@pytest.mark.parametrize("name", CONTRACTS)
def test_outline(name: str, indent: int, noise: float) -> None:
    text, expected = CONTRACTS[name]
    found = layout(pages(text, head="青禾集团合同文本", foot="第{}页 共9页", indent=indent, noise=noise))
    assert outline(found.sections) == expected.strip("\n").splitlines()


def test_blocks_hold_everything_in_order_with_their_sections() -> None:
    found = document(LEASE)
    labels = [(block.label, block.content.text.text) for block in found.blocks if isinstance(block.content, Paragraph)]
    assert ("第三条 3.2 （2）", "（2）乙方应在每季度首月5日前支付，逾期按第七条约定承担违约责任。") in labels
    assert labels[0] == ("", "房屋租赁合同")
    front = itertools.takewhile(lambda block: not block.path, found.blocks)
    assert [block.content.text.text for block in front if isinstance(block.content, Paragraph)][-1].startswith("根据")


def test_signatures_belong_to_no_clause_and_are_read_block_by_block() -> None:
    blocks = document(LEASE).blocks[-7:]
    assert all(block.path == () for block in blocks)
    texts = [block.content.text.text for block in blocks if isinstance(block.content, Paragraph)]
    assert texts[1:3] == ["甲方（盖章）：", "法定代表人："]
    assert texts[4:6] == ["乙方（盖章）：", "法定代表人："]


def test_a_sections_content_leaves_out_its_number_and_title() -> None:
    first = document(LEASE).sections[0]
    texts = [item.text.text for item in first.content if isinstance(item, Paragraph)]
    assert len(texts) == 1
    assert texts[0].startswith("甲方将位于江城市东湖路8号")
    assert texts[0].endswith("120.5平方米。")


def test_a_list_of_annexes_is_no_annex_and_annexes_have_their_kind() -> None:
    found = document(GOODS)
    assert [(section.number.text, section.kind) for section in found.sections[-2:]] == [
        ("附件1", "annex"),
        ("附件2", "annex"),
    ]


BODIES = """
^^合同书
双方根据招标结果订立本合同。
1、合同文件
下列文件构成本合同。
2、付款方式
1、首付款为合同总价的50%。
2、尾款为合同总价的50%。
3、乙方应开具发票。
3、服务期限
自签订之日起一年。
---
^^合同条款
第一条 释义
甲方：指采购单位。
第二条 附则
本条款与合同书具有同等效力。
附件1 服务清单
附件2 保密协议
---
<附件1 服务清单
提供下列服务。
---
^^保密协议
一、保密范围
双方的商业秘密。
"""


def test_two_bodies_and_an_annex_under_its_title_only() -> None:
    found = document(BODIES)
    assert [(section.number.text, section.title.text, section.kind) for section in found.sections] == [
        ("", "合同书", "body"),
        ("", "合同条款", "body"),
        ("附件1", "服务清单", "annex"),
        ("", "保密协议", "annex"),
    ]


def test_a_list_below_a_clause_of_its_own_style() -> None:
    body = document(BODIES).sections[0]
    assert outline(body.children) == [
        "  1、 合同文件",
        "  2、 付款方式",
        "    1、",
        "    2、",
        "    3、",
        "  3、 服务期限",
    ]


PLAN = """
^^服务合同
第一条 服务内容
乙方按附件1提供服务。
---
<附件1 应急预案
事件定义
事件是指对系统造成危害的情况，由双方共同认定。
事件分级
事件按影响分为下列两级，由甲方认定：
I级事件：影响范围大，需要立即处置。
①全网中断两小时以上；
②重要系统被篡改。
II级事件：影响范围较小，可以限期处置。
预警
预警由甲方发布，乙方应当立即响应。
红色预警
乙方应当全员到岗，随时报告处置情况。
"""


def test_headings_without_a_number_and_graded_definitions() -> None:
    assert outline(document(PLAN).sections)[1:] == [
        "附件1 应急预案",
        "  - 事件定义",
        "  - 事件分级",
        "    - I级事件",
        "      ①",
        "      ②",
        "    - II级事件",
        "  - 预警",
        "    - 红色预警",
    ]


def test_a_bare_list_has_no_titles_but_headings_over_text_do() -> None:
    text = (
        "第一条 文件\na. 本合同书\nb. 中标通知书\n第二条 服务\n1、 维护\n乙方应做好维护。\n2、 备份\n乙方应做好备份。"
    )
    assert outline(document(text).sections) == [
        "第一条 文件",
        "  a.",
        "  b.",
        "第二条 服务",
        "  1、 维护",
        "  2、 备份",
    ]


def test_a_misread_number_continues_its_list() -> None:
    text = "第一条 秘密\n-、工作秘密指工作信息。\n二、技术秘密指技术资料。\n(1)双方保密。\n2)不得披露。\n三、其他。"
    assert outline(document(text).sections) == ["第一条 秘密", "  一、", "  二、", "    (1)", "    2)", "  三、"]


def test_empty_pages() -> None:
    assert document("").blocks == ()
    assert layout(()).sections == ()


COMPANY = """
^^平台服务协议
本协议由以下双方签订：
（1）青禾港务有限公司，一家依照中国法律设立的有限责任公司（以下简称“甲方”）；及
（2）云图数智科技有限公司，一家依照中国法律设立的有限责任公司（以下简称“乙方”）。
鉴于：
A. 甲方拟采购调度平台的订阅服务及配套的实施服务；
B. 乙方具备提供上述服务的资质和能力。
因此，双方达成协议如下：
1. 服务水平
1.1 乙方按下列要求响应：
(i)紧急事件十五分钟内响应；
(ii)一般事件一小时内响应。
1.2 报酬由甲方分三次支付给乙方：
(a)签订后支付一半；
(b)验收后支付一半。
---
<附件A 服务明细
1. 平台的使用与维护。
"""


def test_a_company_s_agreement() -> None:
    assert outline(document(COMPANY).sections) == [
        "A.", "B.", "1. 服务水平", "  1.1", "    (i)", "    (ii)", "  1.2", "    (a)", "    (b)",
        "附件A 服务明细", "  1.",
    ]  # fmt: skip


CONTENTS = """
^目录
第一章 总则
第二章 服务内容 3
第一章 总则
1.1 本合同适用中华人民共和国法律。
第二章 服务内容
2.1 乙方按约定提供服务。
"""


def test_a_table_of_contents_that_lost_its_page_numbers() -> None:
    assert outline(document(CONTENTS).sections) == ["第一章 总则", "  1.1", "第二章 服务内容", "  2.1"]


LEADERS = """
^目录
第一条 服务内容...
第二条 服务期限。
第三条 其他.
---
第一条 服务内容
乙方应当按照本合同的约定向甲方提供云资源租赁服务和运行维护服务，并接受甲方的监督检查。
第二条 服务期限
服务期限为一年，自本合同签订之日起计算，期满前三十日双方可以书面约定延长本合同的期限。
第三条 其他
双方协商解决。
"""


def test_a_leader_read_as_the_end_of_a_sentence_ends_no_table_of_contents() -> None:
    assert outline(document(LEADERS).sections) == ["第一条 服务内容", "第二条 服务期限", "第三条 其他"]


TWICE = """
^目录
第一章 服务内容.
第二章 服务期限...
第二章 验收标准。
第三章 违约责任.
第四章 其他......5第五章 保密....6
---
第一章 服务内容
乙方应当按照本合同的约定向甲方提供云资源租赁服务和运行维护服务，并接受甲方的监督检查。
第二章 服务期限
服务期限为一年，自本合同签订之日起计算，期满前三十日双方可以书面约定延长本合同的期限。
第二章 验收标准
验收标准由双方另行约定，并以书面形式作为本合同的附件，与本合同具有同等的法律效力。
第三章 违约责任
违约方应当承担由此给对方造成的损失。
第四章 其他
双方协商解决。
第五章 保密
双方应当保守秘密。
"""


PAGED = """第一章 服务内容 2
第二章 服务期限 2
第二章 验收标准 3
第三章 违约责任
第四章 其他......5第五章 保密....6
---
"""


@pytest.mark.parametrize("listed", [TWICE, "\n^目录\n" + PAGED + TWICE.partition("---\n")[2]])
def test_a_number_given_twice_ends_no_table_of_contents(listed: str) -> None:
    found = outline(document(listed).sections)
    assert found == [
        "第一章 服务内容",
        "第二章 服务期限",
        "第二章 验收标准",
        "第三章 违约责任",
        "第四章 其他",
        "第五章 保密",
    ]


def test_a_measure_may_follow_a_clause_number() -> None:
    text = """
^^设备维护合同
一、服务要求
1. 乙方设立服务热线。
2. 1小时内安排技术人员上门服务。
二、服务期限
服务期限为一年。
二、其他
双方协商解决。
"""
    assert outline(document(text).sections) == ["一、 服务要求", "  1.", "  2.", "二、 服务期限", "二、 其他"]


def test_a_repeated_number_is_seen_beside_a_heading_that_a_seals_word_runs_into() -> None:
    text = """
^^设备维护合同
一、服务要求
乙方应当按照本合同的约定为甲方的全部设备提供巡检服务。
二、合同金额及支付方式(长桥)
甲方付款。
二、服务水平
乙方应答复。
三、其他
双方协商解决。
"""
    numbers = [line.split()[0] for line in outline(document(text).sections)]
    assert numbers == ["一、", "二、", "二、", "三、"]


def test_chapters_whose_bare_numbers_have_points_below_are_sections() -> None:
    text = """
^^设备维护合同
甲乙双方经协商订立本合同。
1 维护范围
双方确认的设备见清单。
1.1 乙方维护甲方的全部设备。
2 人员管理
2.1 乙方指派两名工程师。
3 验收
乙方完成后由甲方验收。
"""
    assert outline(document(text).sections) == ["1 维护范围", "  1.1", "2 人员管理", "  2.1", "3 验收"]


def test_a_heading_that_lost_the_mark_behind_its_number() -> None:
    text = (
        "一、范围\n乙方提供服务。\n二工期\n工期为三个月。\n二、付款\n甲方付款。\n"
        "二保密义务\n双方保密。\n三方确认\n三、其他"
    )
    assert outline(document(text).sections) == ["一、 范围", "二 工期", "二、 付款", "二 保密义务", "三、 其他"]


def test_headings_of_which_the_first_lost_their_numbers() -> None:
    text = (
        "监理范围\n1.乙方控制工程的质量。\n2.监理包括三个阶段。\n监理人的义务\n1.乙方按标准监理。\n"
        "三、委托人的义务\n1.甲方提供资料。\n四、监理期限\n期限为一年。"
    )
    found = outline(document(text).sections)
    assert found[-3:] == ["三、 委托人的义务", "  1.", "四、 监理期限"]
