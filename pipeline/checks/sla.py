"""sla.consistent: one metric of one scope has one value in the whole document, penalty tables included.

A clause promises `云平台整体可用性应不低于99.9%`, a penalty table punishes `云服务可用性低于99.99%`: the two disagree.
A table may punish in grades (below 99.9 %: 10 %, below 99 %: 25 %); then its highest grade must be the promise. A
clause that gives one metric two values means two cases, and is compared as a whole with other clauses.

>>> thresholds("所提供的云服务可用性低于99.99%，或数据可用性低于99.9999%，造成损失的")
{'availability': [Decimal('99.99')], 'data_reliability': [Decimal('99.9999')]}
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pipeline.checks._operands import present, trusted
from pipeline.model.check import Check, Message, Ref, mismatch, passed, plain, rule, unverified
from pipeline.model.record import Penalty, Record, Sla

METRICS = {
    "availability": ("可用性", "availability"),
    "data_reliability": ("数据可靠性", "data reliability"),
    "response_time": ("响应时间", "response time"),
    "onsite_time": ("到场时间", "on-site time"),
    "fault_location_time": ("故障定位时间", "fault location time"),
    "recovery_time": ("恢复时间", "recovery time"),
    "support_hours": ("服务时间", "support hours"),
    "scaling_time": ("扩容时间", "scaling time"),
    "staffing": ("人员数量", "staffing"),
}
ZH = {"minute": "分钟", "hour": "小时", "day": "天", "working_day": "个工作日", "person": "人", "schedule": ""}
EN = {unit: f" {unit}" for unit in ("minute", "hour", "day", "working_day", "person")} | {"schedule": ""}
MINUTES = {"minute": 1, "hour": 60, "day": 1440}
PERCENTS = ("availability", "data_reliability")
METRIC = re.compile(r"(?P<data>数据的?(?:可靠性|可用性|持久性))|(?P<service>可用(?:性|率))")
PERCENT = re.compile(r"(\d{2,3}(?:\.\d+)?)%")
LEAST = Decimal(50)

Value = tuple[str, Decimal | str]
Group = tuple[str, str]


@rule("sla.consistent", "warning")
def sla_consistent(record: Record) -> Iterator[Check]:
    """Clauses against clauses, then penalty tables against clauses."""
    groups: dict[Group, list[Sla]] = defaultdict(list)
    for statement in record.sla:
        if value(statement) is not None:
            groups[statement.metric, scope(statement)].append(statement)
    for (metric, where), statements in groups.items():
        yield from clauses(metric, where, statements)
    for metric in PERCENTS:
        yield from penalties(metric, [s for s in record.sla if s.metric == metric and number(s) is not None], record)


def scope(statement: Sla) -> str:
    """The scope for comparison: letters and digits only; empty where none is stated."""
    words = statement.scope.value if statement.scope else ""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", words)).lower()


def number(statement: Sla) -> Decimal | None:
    try:
        return Decimal(statement.value.value) if statement.value else None
    except InvalidOperation:
        return None


def value(statement: Sla) -> Value | None:
    """The value in a common unit (minutes for times); a schedule is compared as text."""
    if statement.value is None:
        return None
    amount = number(statement)
    if amount is None:
        return statement.unit, statement.value.value.lower()
    return ("minute", amount * MINUTES[statement.unit]) if statement.unit in MINUTES else (statement.unit, amount)


def clauses(metric: str, where: str, statements: list[Sla]) -> Iterator[Check]:
    """The values of one metric and scope, section by section."""
    if metric == "staffing" and not where:
        return
    sections: dict[str | None, list[Sla]] = defaultdict(list)
    for statement in statements:
        sections[statement.section].append(statement)
    (_, first), *others = sections.items()
    for _, other in others:
        differing = values(other) ^ values(first)
        yield unequal(metric, where, first, other) if differing else equal(metric, first + other)


def values(statements: list[Sla]) -> set[Value]:
    return {found for statement in statements if (found := value(statement)) is not None}


def refs(statements: list[Sla]) -> tuple[Ref, ...]:
    return present(*(statement.value for statement in statements))


def shown(statements: list[Sla], units: dict[str, str]) -> str:
    """The values as printed, for a message."""
    texts = (f"{s.value.value}{units.get(s.unit, s.unit)}" for s in statements if s.value)
    return "、".join(dict.fromkeys(texts))


def equal(metric: str, statements: list[Sla]) -> Check:
    zh, en = METRICS.get(metric, (metric, metric))
    count = len(statements)
    message = Message(
        f"{zh}在{count}处一致：{shown(statements, ZH)}", f"{en} is the same in {count} places: {shown(statements, EN)}"
    )
    return passed(refs(statements), message)


def unequal(metric: str, where: str, first: list[Sla], other: list[Sla]) -> Check:
    """Two clauses with different values; without a stated scope two times may be two cases."""
    zh, en = METRICS.get(metric, (metric, metric))
    here, there = first[0].section or "", other[0].section or ""
    message = Message(
        f"{zh}不一致：「{here}」为{shown(first, ZH)}，「{there}」为{shown(other, ZH)}",
        f"{en} differs: {shown(first, EN)} in {here}, {shown(other, EN)} in {there}",
    )
    every = refs(first) + refs(other)
    if (not where and metric not in PERCENTS) or not trusted(*every):
        return unverified(every, message)
    return mismatch(every, message, shown(first, EN).strip(), shown(other, EN).strip())


def penalties(metric: str, promises: list[Sla], record: Record) -> Iterator[Check]:
    """Every table or clause of penalties that punishes `metric`, against what was promised."""
    for _, group in itertools.groupby(record.penalties, key=lambda p: (p.section, p.table and p.table.value)):
        punished = [(found, penalty) for penalty in group for found in of_metric(metric, penalty)]
        if punished and promises:
            yield against(metric, punished, relevant(promises, [penalty for _, penalty in punished]))


def of_metric(metric: str, penalty: Penalty) -> list[Decimal]:
    return thresholds(penalty.trigger.value).get(metric, []) if penalty.trigger else []


def thresholds(trigger: str) -> dict[str, list[Decimal]]:
    """The percents that a penalty's trigger names, by metric: those between the metric's name and the next one."""
    text = unicodedata.normalize("NFKC", trigger)
    found: dict[str, list[Decimal]] = {}
    matches = list(METRIC.finditer(text))
    for match, after in itertools.zip_longest(matches, matches[1:]):
        percents = [Decimal(p) for p in PERCENT.findall(text[match.end() : after.start() if after else len(text)])]
        named = "data_reliability" if match["data"] else "availability"
        found.setdefault(named, []).extend(percent for percent in percents if LEAST <= percent <= 100)
    return {metric: percents for metric, percents in found.items() if percents}


def relevant(promises: list[Sla], punished: list[Penalty]) -> list[Sla]:
    """The promises whose scope the triggers name; all of them where they name none."""
    words = "".join(penalty.trigger.value for penalty in punished if penalty.trigger)
    named = [promise for promise in promises if promise.scope and promise.scope.value in words]
    return named or promises


def against(metric: str, punished: list[tuple[Decimal, Penalty]], promises: list[Sla]) -> Check:
    """The highest grade of one table against the promises."""
    highest = max(threshold for threshold, _ in punished)
    triggers = present(*(penalty.trigger for threshold, penalty in punished if threshold == highest))
    promised = {amount for promise in promises if (amount := number(promise)) is not None}
    every = refs(promises) + triggers
    zh, en = METRICS[metric]
    text = shown(promises, ZH)
    below = f"{plain(highest)}%"
    if highest in promised:
        message = Message(f"{zh}{text}与违约条款的{below}一致", f"{en} {text} agrees with the penalty below {below}")
        return passed(every, message)
    message = Message(
        f"{zh}不一致：承诺{text}，但违约条款以{below}为界",
        f"{en} differs: {text} promised, but the penalty starts at {below}",
    )
    return mismatch(every, message, text, below) if trusted(*every) else unverified(every, message)
