"""Service levels that clauses promise: availability, response and repair times, hours of support, people on site.

Contracts print a level as a noun and its bound (`故障定位排除时限不超过30分钟`, `可用性应不低于99.99%`), as a promise
(`对故障15分钟内响应，2小时内到达现场`), or as a schedule or head count (`7*24小时热线`, `不少于3名驻场工程师`). What
is said as a breach (`可用性低于99.9%的`, `30分钟内未响应`) belongs to the penalties; so do tables, which this module
doesn't read. Deadlines to notify, pay or deliver and warranty periods are no service levels.

Source of the rules: docs/record.md, "sla". Example:

>>> [(s.label, s.quantity.text) for s in levels("乙方对故障15分钟内响应，1小时内到达现场，恢复时间不超过半小时。")]
[('response_time', '15分钟'), ('onsite_time', '1小时'), ('recovery_time', '半小时')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from pipeline.fields._clauses import after_number
from pipeline.fields._scope import scope_of
from pipeline.model.document import Block, Document, Paragraph
from pipeline.model.record import Sla
from pipeline.text.patterns import Match, Rules, part_of, sentence_of

NAMES = {
    "within": "内|以内|之内|及时|左右",
    "upto": (
        "应|须|需|为|在|是|应在|应为|均|一般|原则上|控制在|不超过|不得超过|不应超过|不能超过|不大于|不得大于|"
        "不高于|不多于|不长于|不晚于|小于|少于|低于|小于等于|≤|<|=|<=|＜|：|:|最长|最多|上限|的|（|）|(|)|要求|"
        "承诺"
    ),
    "atleast": (
        "应|须|需|为|在|是|应在|应为|均|保证|达到|达|达到了|不低于|不得低于|不应低于|不能低于|不少于|不得少于|"
        "不小于|大于|大于等于|高于|超过|优于|不劣于|≥|>|=|>=|＞|：|:|指标|水平|要求|承诺|的|（|）|(|)|SLA"
    ),
    "available": (
        "可用性|可用率|可用度|可用时间|在线率|正常运行率|正常运行时间比例|无故障运行率|SLA|服务可用性|系统可用性"
    ),
    "reliable": (
        "数据可靠性|数据可用性|数据持久性|数据持久度|数据存储可靠性|数据存储持久性|数据存储可用性|数据安全可靠性|"
        "存储可靠性"
    ),
    "respond": "响应|应答|回应|受理",
    "arrive": (
        "到达现场|到达|到场|到现场|赶到|赶到现场|赶赴|赶赴现场|抵达|抵达现场|上门|到位|现场支持|现场服务|"
        "现场响应|现场处理|现场处置|现场解决|现场维修|现场维护|现场技术支持|现场排查|达到现场|到岗"
    ),
    "locate": "定位|定位排除|排除|排障|排查|排除故障|故障排除|诊断|查明",
    "recover": (
        "恢复|修复|解决|处理完毕|处置完毕|处理完成|处置完成|维修|维修完毕|维修完成|修好|抢修|完成修复|处理|处置"
    ),
    "grow": "扩容|扩展|弹性伸缩|扩充|扩容需求|伸缩",
    "time": "时间|时限|时长|速度|期限|时效|周期|完成",
    "staff": (
        "人员|工程师|项目经理|经理|主管|技术员|保安|保安员|保洁|保洁员|管理员|驻场|负责人|客服|讲师|顾问|专员|"
        "专家|队员|团队|技师|司机|厨师|维修工|电工|绿化工|护理员|服务员|值守|成员|员工"
    ),
    "bound": "不低于|不得低于|不少于|不得少于|至少|达到|≥|>=|不超过|不得超过|不大于|≤|<=",
    "no": "未|未能|没有|没能|无法|不能|不可|未在|未及时|无",
    "over": "超过|大于|多于|逾|逾期|超出|高于|延误|延迟|迟于|晚于|≥|>|每|每隔|满|累计|连续|中断|提前",
    "under": "低于|小于|少于|达不到|不足|不到|不满|未达到|未达|没达到|未能达到|<|≤|下降|不超过",
}

# Words that turn a promise round, or make a promise of something else (解决方案 in 2 hours is no repair in 2 hours).
BARRIERS = (
    "未",
    "未能",
    "无法",
    "不能",
    "没有",
    "无",
    "解决方案",
    "解决办法",
    "处理方案",
    "处理意见",
    "处置方案",
    "恢复方案",
    "书面",
    "报告",
    "通知",
)

BREACH = "breach"
AGAIN = "again"  # a bound whose metric only the bound before it names: 可用性不低于99.9%，核心系统不低于99.95%
RULES = Rules(
    (
        (
            BREACH,
            [
                "@under <rate>",
                "@over 了? <duration>",
                "@no …12 <duration>",
                "<duration> @within? …6 @no",
                "@no …6 <schedule>",
            ],
        ),
        (
            "data_reliability",
            ["@reliable …6 @atleast* <rate>", "数据|存储|硬盘|备份 …8 可靠性|持久性 …4 @atleast* <rate>"],
        ),
        ("availability", ["@available …8 @atleast* <rate>", "可靠性 …4 @atleast* <rate>"]),
        ("availability", ["<rate> 以上? 的? …4 @available"]),
        ("support_hours", ["<schedule>"]),
        ("onsite_time", ["@arrive 现场? 的? @time @upto* <duration>"]),
        ("fault_location_time", ["@locate 故障? 的? @time @upto* <duration>"]),
        ("response_time", ["@respond 的? @time @upto* <duration>"]),
        ("recovery_time", ["@recover …2 的? @time @upto* <duration>", "RTO …6 @upto* <duration>"]),
        ("scaling_time", ["@grow 的? @time @upto* <duration>"]),
        ("onsite_time", ["<duration> @within? …12 @arrive", "<duration> @within? …12 到|至|赴|达 …8 现场"]),
        ("scaling_time", ["<duration> @within? …10 @grow", "@grow …10 <duration> @within"]),
        ("response_time", ["<duration> @within? …10 @respond"]),
        ("fault_location_time", ["<duration> @within? …10 @locate"]),
        ("recovery_time", ["<duration> @within? …10 @recover"]),
        ("onsite_time", ["<duration> @within ，|, …10 @arrive"]),
        ("response_time", ["<duration> @within ，|, …6 @respond"]),
        ("recovery_time", ["<duration> @within ，|, …6 @recover"]),
        ("response_time", ["@respond @upto* <duration>"]),
        ("recovery_time", ["恢复|修复 @upto* <duration>"]),
        ("staffing", ["@staff …4 @atleast* <count>", "<count> 以上? …10 @staff"]),
        ("onsite_time", ["@arrive 现场? 的? @time ：|: …6 @upto* <duration>"]),
        ("response_time", ["@respond 的? @time ：|: …6 @upto* <duration>"]),
        ("recovery_time", ["@recover …2 的? @time ：|: …6 @upto* <duration>"]),
        (AGAIN, ["@bound <rate>", "@bound <count>", "@bound <duration>"]),
    ),
    NAMES,
    BARRIERS,
)

# Deadlines in days are service levels only where something is broken, and not in quarrels, payments and building work.
BROKEN = re.compile(
    "故障|报修|问题|事件|宕机|损坏|缺陷|异常|中断|保修|维修|投诉|咨询|扩容|现场|上门|到场|响应时间|服务请求|漏洞"
)
ELSEWHERE = re.compile("安装|调试|到货|交货|争议|协商|纠纷|不可抗力|仲裁|诉讼|付款|支付|发票|侵权|退还|解除")
# Heads that are counted for another purpose than doing the work.
NOT_STAFF = re.compile(
    "甲方(?:委派|指派|指定|派|安排|应|须)|双方|各方|各(?:指|派|委)|培训|参训|考核|评审|专家组|伤|亡|离职|"
    "罚|扣|更换|调整|简历|受益|容纳|用户|代表|联系人|联络|对接"
)
PROVIDED = re.compile(
    "提供|派|配|安排|投入|设|驻|不少于|不低于|至少|组建|成立|保证|确保|须|需|应|≥|为|共|负责|值守|以上"
)
# The subject of a bound that names a metric of its own, or that no service level has.
OWN_METRIC = re.compile("RPO|率|度|性|时间|时长|时限|期限|周期|培训|付款|支付|质保|保修|报告|人数|数量")
AT_LEAST = re.compile("不少于|不低于|不得少于|不得低于|至少|≥|>=|不小于|以上|最少|超过|大于")


def read(document: Document) -> tuple[Sla, ...]:
    """One entry for each statement of a level in the paragraphs of body and annexes."""
    return tuple(
        entry for _, block in document.paragraphs() for entry in in_paragraph(Paragraph(block.own_text), block)
    )


def in_paragraph(paragraph: Paragraph, block: Block) -> Iterator[Sla]:
    text = paragraph.text.text
    scope: tuple[int, int] | None = None
    first = after_number(text, block)
    for level in levels(text):
        own = scope_of(text, level, first)
        scope = own or scope
        yield entry(paragraph, level, scope, clause_of(text, level, own, first), block.label)


def clause_of(text: str, match: Match, own: tuple[int, int] | None, first: int) -> tuple[int, int]:
    """The part of the clause that states the level, with the part before where that names its occasion."""
    left, right = part_of(text, match.start, match.end)
    if own and own[0] < left:
        left, _ = part_of(text, *own)
    return max(left, first), right


def levels(text: str) -> Iterator[Match]:
    """The claims of a text that are service levels."""
    last: Match | None = None
    for match in RULES.find(text):
        level = resumed(text, match, last) if match.label == AGAIN else match
        if level and level.label != BREACH and level.quantity.value is not None and is_level(text, level):
            yield level
        last = level


def resumed(text: str, match: Match, last: Match | None) -> Match | None:
    """A bound under the metric of the one before it in the sentence, where its own subject names none."""
    left, _ = part_of(text, match.start, match.end)
    if last is None or last.quantity.kind != match.quantity.kind or OWN_METRIC.search(text, left, match.start):
        return None
    return replace(match, label=last.label) if sentence_of(text, match.start)[0] <= last.start else None


def is_level(text: str, match: Match) -> bool:
    """Whether the sentence around speaks of service, where the words of the claim alone don't tell."""
    left, right = sentence_of(text, match.start)
    sentence = text[left:right]
    part = text[slice(*part_of(text, match.start, match.end))]
    if match.label == "staffing":
        return bool(PROVIDED.search(sentence)) and not NOT_STAFF.search(part)
    if match.quantity.kind != "duration":
        return True
    if match.quantity.unit in {"minute", "hour"}:
        return not around_the_clock(text, match)
    return bool(BROKEN.search(sentence)) and not ELSEWHERE.search(sentence)


def around_the_clock(text: str, match: Match) -> bool:
    """`提供24小时电话响应服务` says when, `24小时内响应` how soon."""
    quantity = match.quantity
    promised_after = match.start == quantity.start
    return promised_after and quantity.text.startswith("24") and text[quantity.end : quantity.end + 1] not in "内以之"


def entry(
    paragraph: Paragraph, match: Match, scope: tuple[int, int] | None, clause: tuple[int, int], section: str
) -> Sla:
    quantity = match.quantity
    value = paragraph.text.cite(quantity.start, quantity.end).map(lambda _: written(quantity.value))
    return Sla(
        metric=match.label,
        operator=operator(paragraph.text.text, match),
        value=value,
        unit=quantity.unit,
        scope=paragraph.text.cite(*scope) if scope else None,
        section=section or None,
        text=paragraph.text.cite(*clause),
        page=value.page,
    )


def operator(text: str, match: Match) -> Literal[">=", "<=", "="]:
    """Which way the level is bound; a schedule and a bare head count are what they say."""
    if match.quantity.kind == "rate":
        return ">="
    if match.quantity.kind == "duration":
        return "<="
    near = text[max(0, match.quantity.start - 6) : match.quantity.end + 2]
    return ">=" if match.quantity.kind == "count" and AT_LEAST.search(near) else "="


def written(value: Decimal | str | None) -> str:
    """A decimal with the digits as written; a schedule as it is."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)
