"""Service levels and penalties in the many wordings of contracts; each sentence says exactly what the record keeps."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Literal, NamedTuple

from bench.synth.deal import Breach, Level


class Metric(NamedTuple):
    operator: Literal[">=", "<=", "="]
    unit: str
    values: tuple[str, ...]
    wordings: tuple[str, ...]


METRICS: dict[str, tuple[Metric, ...]] = {
    "availability": (
        Metric(">=", "%", ("99.9", "99.95", "99.99", "99.5"), (
            "系统可用性不低于{}%", "平台年可用率应达到{}%以上", "系统整体可用性应不低于{}%", "平台可用性≥{}%",
        )),
    ),
    "data_reliability": (
        Metric(">=", "%", ("99.999", "99.9999", "99.99999"), (
            "数据可靠性不低于{}%", "数据持久性应达到{}%", "存储数据可靠性不得低于{}%",
        )),
    ),
    "response_time": (
        Metric("<=", "minute", ("10", "15", "30"), (
            "接到故障报告后{}分钟内响应", "故障响应时间不超过{}分钟", "对甲方的服务请求应在{}分钟内作出响应",
        )),
        Metric("<=", "hour", ("1", "2", "4"), ("接到甲方报修通知后{}小时内响应", "响应时间不超过{}小时")),
    ),
    "onsite_time": (
        Metric("<=", "hour", ("1", "2", "4", "24"), (
            "需要现场处理的，技术人员应在{}小时内到达现场", "接到通知后{}小时内到场处理", "到达现场时间不超过{}小时",
        )),
    ),
    "fault_location_time": (
        Metric("<=", "minute", ("30", "45", "60"), ("故障定位时间不超过{}分钟", "{}分钟内完成故障定位")),
    ),
    "recovery_time": (
        Metric("<=", "hour", ("2", "4", "8", "24"), (
            "一般故障{}小时内修复", "系统中断的，应在{}小时内恢复正常运行", "故障恢复时间不超过{}小时",
        )),
    ),
    "scaling_time": (
        Metric("<=", "working_day", ("2", "3", "5"), ("接到甲方扩容申请后{}个工作日内完成扩容",)),
    ),
    "support_hours": (
        Metric("=", "schedule", ("7x24", "5x8"), ("乙方提供{}小时技术支持服务", "乙方提供{}小时热线电话支持")),
    ),
    "staffing": (
        Metric(">=", "person", ("2", "3", "5"), (
            "乙方派驻不少于{}名专业技术人员", "项目组配备的工程师不少于{}人",
        )),
    ),
}  # fmt: skip
TIMES = ("×", "*", "x")


def draw_levels(rng: Random, metrics: tuple[str, ...]) -> tuple[Level, ...]:
    """One level a metric, in random order; some contracts have none."""
    if rng.random() < 0.1:
        return ()
    chosen = [metric for metric in metrics if rng.random() < 0.75]
    rng.shuffle(chosen)
    return tuple(level(rng, metric) for metric in chosen)


def level(rng: Random, name: str, value: str | None = None) -> Level:
    metric = rng.choice(METRICS[name])
    value = value or rng.choice(metric.values)
    printed = value.replace("x", rng.choice(TIMES)) if metric.unit == "schedule" else value
    return Level(name, metric.operator, value, metric.unit, rng.choice(metric.wordings).format(printed))


def sentence(levels: tuple[Level, ...]) -> str:
    return "，".join(level.text for level in levels) + "。"


DAILY = (("万分之五", "0.05"), ("千分之一", "0.1"), ("0.05%", "0.05"), ("0.5‰", "0.05"), ("1‰", "0.1"), ("0.3%", "0.3"))
LATE = ("乙方逾期履行的，每逾期一日", "因乙方原因延期交付的，每延期一日", "乙方未按约定期限完成工作的，每迟延一日")
WRONGS = (
    "乙方擅自转包或者分包的",
    "乙方违反保密义务的",
    "乙方提供的{thing}不符合合同约定，经催告后仍不改正的",
    "乙方无正当理由单方解除合同的",
    "乙方提供虚假材料的",
)
EACH = ("乙方人员未经甲方同意擅自离岗的，每次", "乙方未按时提交报告的，每次", "甲方考核不合格的，每次")
GRAVE = (
    "因乙方原因造成数据丢失且无法恢复",
    "因乙方原因造成系统中断超过24小时",
    "因乙方原因发生信息泄露事件",
    "未按要求完成漏洞整改并造成重大影响",
    "未经批准擅自变更系统配置造成重大影响",
    "现场无人值守造成故障未及时处理",
    "未按约定提交运维报告经催告仍不提交",
    "冒用他人身份登录系统",
)


def draw_breaches(rng: Random, thing: str) -> tuple[Breach, ...]:
    """Clauses of penalties, in the order in which they are printed."""
    out = []
    if rng.random() < 0.8:
        printed, value = rng.choice(DAILY)
        trigger = rng.choice(LATE)
        cap = rng.choice(["", "", "，违约金累计不超过合同总价的10%"])
        text = f"{trigger}，应按合同总价的{printed}向甲方支付违约金{cap}。"
        out.append(Breach("percent_per_day", Decimal(value), trigger, text))
    for wrong in rng.sample(WRONGS, rng.randint(0, 2)):
        percent, trigger = rng.choice([5, 10, 15, 20, 30]), wrong.format(thing=thing)
        text = f"{trigger}，应向甲方支付合同总价{percent}%的违约金。"
        out.append(Breach("percent_of_total", Decimal(percent), trigger, text))
    for trigger in rng.sample(EACH, rng.randint(0, 1)):
        sum_ = rng.choice([500, 1000, 2000, 5000])
        out.append(Breach("fixed", Decimal(sum_), trigger, f"{trigger}扣除违约金{sum_}元。"))
    return tuple(out)


def draw_coefficients(rng: Random) -> tuple[Breach, ...]:
    """The rows of an annexed table of coefficients."""
    chosen = rng.sample(GRAVE, rng.randint(4, len(GRAVE)))
    return tuple(Breach("coefficient", Decimal(rng.choice([50, 100, 200, 300, 600])), text, text) for text in chosen)
