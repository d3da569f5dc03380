from __future__ import annotations

import pytest
from helpers_document import Clause, document_of, table

from pipeline.fields import sla


def levels(text: str) -> list[str]:
    return [
        f"{s.metric} {s.operator} {s.value.value if s.value else None} {s.unit}" for s in sla.read(document_of(text))
    ]


STATED = [
    (
        "平台可用性应不低于99.95%，数据可靠性达到99.9999%。",
        ["availability >= 99.95 %", "data_reliability >= 99.9999 %"],
    ),
    ("系统年可用率≥99.9%", ["availability >= 99.9 %"]),
    ("对故障10分钟内响应，并在2小时内到达现场。", ["response_time <= 10 minute", "onsite_time <= 2 hour"]),
    ("响应时间不超过30分钟，修复时限为4小时以内", ["response_time <= 30 minute", "recovery_time <= 4 hour"]),
    (
        "一级故障30分钟响应，2小时恢复；二级故障1小时内响应。",
        ["response_time <= 30 minute", "recovery_time <= 2 hour", "response_time <= 1 hour"],
    ),
    (
        "应在收到通知两小时内，派技术人员到场；半小时内排除故障。",
        ["onsite_time <= 2 hour", "fault_location_time <= 0.5 hour"],
    ),
    ("资源扩容应在3个工作日内完成", ["scaling_time <= 3 working_day"]),
    ("提供7×24小时热线和5*8现场服务", ["support_hours = 7x24 schedule", "support_hours = 5x8 schedule"]),
    ("平台可用率达到99.9%以上，消费子系统不低于99.95%。", ["availability >= 99.9 %", "availability >= 99.95 %"]),
    ("响应时间：一级≤15分钟，二级≤30分钟。", ["response_time <= 15 minute", "response_time <= 30 minute"]),
    ("系统RTO≤30分钟，RPO≤15分钟。", ["recovery_time <= 30 minute"]),
    ("设备到货后，乙方应在3日内到现场安装调试。", []),
    ("驻场工程师2名，假期不少于1名。", ["staffing = 2 person", "staffing >= 1 person"]),
    ("平台可用性不低于99.9%，网络连通率不低于99%。", ["availability >= 99.9 %"]),
    ("关键系统可用性（Availability）≥99.95%", ["availability >= 99.95 %"]),
    ("一般事件：3个工作日内解决。", ["recovery_time <= 3 working_day"]),
    ("派驻不少于3名驻场工程师，项目经理1名。", ["staffing >= 3 person", "staffing = 1 person"]),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_reads(text: str, expected: list[str]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "可用性低于99.9%的，乙方应支付违约金。",
        "系统可用性达不到99.9%的，按次扣款。",
        "超过30分钟未响应的，每次扣除500元。",
        "故障发生后2小时内不能恢复的，视为违约。",
        "乙方应在24小时内书面通知甲方。",
        "甲方应在收到发票后30日内付款，质保期为12个月。",
        "双方应在30日内协商解决争议。",
        "货物应在30日内到达甲方指定地点。",
        "应在48小时内提出解决方案。",
        "双方各指定1名联系人，培训不少于20人次。",
        "各部门实行24小时值班。",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert levels(text) == []


def test_a_clause_number_is_no_part_of_the_level() -> None:
    found = sla.read(document_of(Clause("2.", "", ["2.1小时内安排技术人员上门服务。"])))
    assert [level.value.value for level in found if level.value] == ["1"]


def test_tables_are_not_read() -> None:
    assert sla.read(document_of(table(["序号", "内容"], ["1", "7*24小时值守"], header_rows=1))) == ()


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("乙方提供的备份平台可用性不低于99.9%，数据可靠性不低于99.99%", ["备份平台", "备份平台"]),
        ("系统发生宕机时，乙方应在5分钟内响应，在1小时内恢复正常", ["系统发生宕机", "系统发生宕机"]),
        ("乙方应提供服务热线（7*24小时）", ["服务热线"]),
        ("提供7*24小时的巡检服务", ["巡检服务"]),
        ("安排具备经验的专业人员6名", ["专业人员"]),
    ],
)
def test_scope_is_what_the_level_speaks_of(text: str, scopes: list[str]) -> None:
    assert [s.scope.value if s.scope else None for s in sla.read(document_of(text))] == scopes


def test_an_entry_cites_its_clause_part_and_place() -> None:
    document = document_of(Clause("第四条", "服务标准", [Clause("1、", "", ["接报后15分钟内响应，随后处理。"])]))
    (entry,) = sla.read(document)
    assert entry.text is not None
    assert entry.value is not None
    assert (entry.section, entry.page) == ("第四条 1", 1)
    assert entry.text.value == "接报后15分钟内响应"
    assert entry.value.value == "15"
    assert entry.value.sources[0].text == "15分钟"
