"""The parts of a payment clause around its percent and sum: its label, its condition, and the days it allows.

甲方应于验收合格后15个工作日内，向乙方支付合同金额的30%: the condition is what stands before payer, payee and verb;
the days are the last that it allows.

>>> text = "尾款：甲方应于验收合格后15个工作日内，向乙方支付合同金额的30%"
>>> span = condition_span(text, 0, text.index("30%"))
>>> text[span.start : span.end]
'验收合格后15个工作日内'
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from pipeline.fields._sums import INSTALLMENT
from pipeline.model.passage import Passage
from pipeline.model.record import Count
from pipeline.text.counts import parse_count
from pipeline.text.money import Span

DayKind: TypeAlias = Literal["calendar", "working"]

PARTY = (
    r"(?:[甲乙丙丁]方|业主|(?:委托|受托|采购|供应|供货|供|需|买|卖|发包|承包|出租|承租|招标|中标|建设|施工|监理|设计|咨询|服务|使用|用户|承接)"
    r"(?:单位|[人方商]))"
)
SHOULD = r"(?:应当|应该|应|须|需|将|可|即|再)?"
LABEL = re.compile(INSTALLMENT)
CLAUSE = (
    r"(?:第[一二三四五六七八九十百\d]+条|\d+(?:[.．]\d+)+(?![\d%％‰倍个年月日天元万])"
    r"|[（(]?[一二三四五六七八九十\d]+[）)、.．]+)"
)
HEAD = rf"[\s，,、）)元整]*(?:(?:支付|付款)方式(?:如下)?[：:])?(?:{CLAUSE}\s*)?"
PREFIX = re.compile(rf"{HEAD}(?:(?P<label>[^，,。；;：:]{{0,6}}(?:{INSTALLMENT}|付款))[：:])?")
OPENING = re.compile(
    rf"^(?:作为[一-龥]{{2,8}}[，,])?(?:{PARTY}(?:(?:应当|应该|应|须|需|将|可)于?|于|(?=[在自待]))|(?:应当|应|须|需)?于|且|并|待)?"
)
VERB = re.compile(r"(?:支付|拨付|付清|付至|付给|给付|结清|(?<![首预尾余期])付款|预付(?!款)|(?<![首预])付(?!款))")
PAYER = re.compile(
    rf"[，,]?(?:由)?{PARTY}?{SHOULD}(?:一次性?|分期)?(?:将|按|以)?(?:向|给|为)?{PARTY}?(?:一次性|全额)?$"
)
DAYS = re.compile(
    r"[【\[（(_ ]*(?P<count>\d+|[零一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]+)[】\]）)_ ]*个?"
    r"(?P<kind>工作日|自然日|日历日|日历天|天|日)(?:以|之)?内"
)


def label_span(text: str, begin: int, anchor: Span, stop: int) -> Span | None:
    """The instalment's name: before a colon at the clause's head, else the last one named up to `stop`."""
    prefix = PREFIX.match(text, begin)
    if prefix and prefix["label"]:
        return Span(*prefix.span("label"))
    named = list(LABEL.finditer(text, begin, stop))
    after = [match for match in named if match.end() > anchor.start]
    chosen = after[0] if after else named[-1] if named else None
    return Span(*chosen.span()) if chosen else None


def condition_span(text: str, begin: int, end: int) -> Span | None:
    """The text of when, between the clause's head and the words for who pays whom; None where nothing stands there."""
    prefix = PREFIX.match(text, begin, end)
    start = prefix.end() if prefix else begin
    verbs = list(VERB.finditer(text, start, end))
    head = text[start : verbs[-1].start()] if verbs else text[start:end].rpartition("，")[0]
    head = PAYER.sub("", head).rstrip("，,、：: ")
    opening = OPENING.match(head)
    skipped = opening.end() if opening else 0
    return Span(start + skipped, start + len(head)) if len(head) > skipped else None


def condition_after(text: str, begin: int) -> Span | None:
    """The text of when that follows percent or sum, up to the verb: 余款，验收合格后付清."""
    sentence = re.match(r"[^。；;%％]*", text[begin:])
    end = begin + (sentence.end() if sentence else 0)
    return condition_span(text, begin, end) if VERB.search(text, begin, end) else None


def due(condition: Passage) -> tuple[Count, DayKind | None]:
    """The days that a condition allows, the last where it names several: 30个工作日内 -> 30, working."""
    found = list(DAYS.finditer(condition.text))
    count = parse_count(found[-1]["count"]) if found else None
    if count is None:
        return None, None
    cited = condition.cite(*found[-1].span("count")).map(lambda _: count)
    return cited, "working" if found[-1]["kind"] == "工作日" else "calendar"
