"""What a service level speaks of: the phrase of its clause that names the thing, as printed.

A noun stands before its bound (`云平台整体|可用性不低于99.9%`), a promise has its occasion before it
(`对故障|15分钟内响应`, `系统发生宕机时，|应在5分钟内响应`), a schedule or head count has its service after it
(`7*24小时|热线支持服务`) or, in brackets, before it (`服务热线（7*24小时）`). Where a part names nothing, the level
shares the scope of the one before.

>>> from pipeline.text.quantities import quantities
>>> text = "乙方提供的云平台整体可用性应不低于99.99%"
>>> text[slice(*scope_of(text, Match("availability", 10, len(text), next(quantities(text))), 0))]
'云平台整体'
"""

from __future__ import annotations

import re

from pipeline.text.patterns import Match, part_of, sentence_of

# Words that lead to the thing, unless they begin the thing's own name (应用系统, 对象存储, 在线服务).
LEAD = re.compile(
    r"^(?:乙方|甲方|供应商|服务商|承包[方人]|中标[方人]|投标人|卖方|出租[方人]|应当|应(?![用急答变力收付])|必?须|需(?!求)|要(?!求|素)|能够?(?!源|力)"
    r"|可(?![用靠视])|将|并|且|则|若|如果?|在(?![线建途])|对于|对(?![象外接公])|针对|为|由于|由|确保|保证(?!金)|保障|所?提供的?(?!商)|负责(?!人)|安排|承诺"
    r"|实行|进行|具备|具有|派驻?|配备|不少于|不低于|至少|向(?!量)|给(?![水排])|本项目的?|按照|接到|收到|一旦|发生|当(?![地前事])|使(?!用)|遇到?|每天|其中|平均"
    r"|[的、，：:（(“\s])+"
)
TAIL = re.compile(
    r"(?:(?:的|年度?|月度?)?平均|年度?|月度|发生问题|问题|发生|出现|时候|之?时|(?<![供响])应|须|可?按需|需|在|于|为|可|的|后|要|以|进行|提供|能够?"
    r"|[≤≥<>=（(，、：:”\s])+$"
)
AFTER = re.compile(r"^(?:个?小时|全天候|不间断|全天|制|的|[×*x、）)，\s])+")
SERVICE_END = re.compile(r"[（(，。；：]")
HEAD_END = re.compile(r"及|以及|和|并|[（(，。；：、\d]")
HEAD_LEAD = re.compile(r".*(?:的|安排|提供|配备|派驻|派遣|投入|设置?|其中|、)")
HEAD_TAIL = re.compile(r"(?:不少于|不低于|不得少于|至少|[≥：:为共])+$")
# What is done within the time, not what the time is for.
ACTION = re.compile(
    r"^(?:应当?|须|需|要|将|能够?|并|且|在|立即|及时|迅速|乙方|负责)*(?:协调|派|安排|指派|组织|委派|接到|收到|接|自)"
)
ACTOR = re.compile(r"(?<!响)应(?=[在于当])|须在|须于|需在|需于")
OWN = re.compile(
    "可用性|可用率|可用度|可用时间|在线率|正常运行|SLA|RTO|数据|存储|可靠性|持久性|定位|排除|排障|排查|响应|应答|受理|到达|到场|到现场|恢复|修复|解决|扩容|现场"
)


def scope_of(text: str, level: Match, first: int) -> tuple[int, int] | None:
    """The bounds of the phrase that names what `level` speaks of, after character `first`; None where none does."""
    left, right = part_of(text, level.start, level.end)
    left = max(left, first)
    before = trimmed(text, left, subject_end(text, left, level))
    match level.quantity.kind:
        case "count":
            return head(text, left, right, level)
        case "schedule":
            after = phrase_after(text, level.quantity.end, right, SERVICE_END)
            return before if before and in_brackets(text, level) else after or before
        case "duration":
            return occasion(text, left, first, level) if not before or ACTION.match(text[left:right]) else before
        case _:
            return before


def subject_end(text: str, left: int, match: Match) -> int:
    """Where the subject ends: before the metric's own noun, before the verb's 应, or before the quantity."""
    if match.quantity.kind in {"schedule", "count"}:
        return match.quantity.start
    own = OWN.search(text, left, match.quantity.start) or ACTOR.search(text, left, match.quantity.start)
    return own.start() if own else match.quantity.start


def in_brackets(text: str, match: Match) -> bool:
    return text[match.quantity.end : match.quantity.end + 3].lstrip("小时")[:1] in tuple("）)")


def head(text: str, left: int, right: int, level: Match) -> tuple[int, int] | None:
    """The noun of a head count, before it or after it: `具备资质的|专业人员|6名`, `6名|技术人员|`."""
    after = text[level.quantity.end : level.quantity.end + 1]
    if re.match(r"[\u4e00-\u9fff]", after) and not after.startswith("以"):
        return phrase_after(text, level.quantity.end, right, HEAD_END)
    before = text[left : level.quantity.start]
    lead, tail = HEAD_LEAD.match(before), HEAD_TAIL.search(before)
    return trimmed(text, left + (lead.end() if lead else 0), left + (tail.start() if tail else len(before)))


def phrase_after(text: str, start: int, end: int, stops: re.Pattern[str]) -> tuple[int, int] | None:
    lead = AFTER.match(text[start:end])
    start += lead.end() if lead else 0
    stop = stops.search(text, start, end)
    return trimmed(text, start, stop.start() if stop else end)


def occasion(text: str, left: int, first: int, match: Match) -> tuple[int, int] | None:
    """The part before in the same sentence, if it states no level of its own."""
    sentence, _ = sentence_of(text, match.start)
    if left <= max(sentence, first):
        return None
    start, end = part_of(text, left - 2, left - 1)
    part = text[max(start, first) : end]
    return None if ACTION.match(part) or re.search(r"\d|小时|分钟", part) else trimmed(text, max(start, first), end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The phrase without the words that only lead to it or from it; None where fewer than two characters stay."""
    lead = LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    tail = TAIL.search(text[start:end])
    end = start + tail.start() if tail else end
    return (start, end) if end - start >= 2 else None
