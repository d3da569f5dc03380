"""penalty.rate: a rate in figures and in words is one rate, and a daily rate is one that courts would allow.

`每逾期一日，按合同总价的0.05%（万分之五）支付违约金`. Engines read ‰ as %, ten times too much, and nothing else in the
contract says how much it should be: the words in brackets do, and so does custom, for hardly a contract asks for one
percent a day or more.

>>> [(pair.group(), agree(pair)) for pair in PAIR.finditer("按0.05%（万分之五）、3%（千分之三）计")]
[('0.05%（万分之五）', True), ('3%（千分之三）', False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import present
from pipeline.checks._stated import walk
from pipeline.model.check import Check, Message, mismatch, passed, plain, rule, unverified
from pipeline.model.record import Penalty, Record, SectionRecord
from pipeline.model.source import Cited
from pipeline.text.numbers import parse_percent

FIGURES = r"\d+(?:\.\d+)?\s*[%％‰]"
WORDS = r"[百千万]分之[零〇一二三四五六七八九十百点壹贰叁肆伍陆柒捌玖拾]+"
PAIR = re.compile(
    rf"(?P<figures>{FIGURES})[（(](?:即)?(?P<words>{WORDS})[）)]|(?P<said>{WORDS})[（(](?:即)?(?P<shown>{FIGURES})[）)]"
)
UNUSUAL = Decimal(1)  # percent a day; 0.05 and 0.3 are usual, and ten times 0.1 is a ‰ that was read as %
# A % that was read badly may be a ‰ from here on: 0.1% a day is printed as often as 0.1‰, 0.5% hardly ever.
DOUBTED, SURELY = Decimal("0.2"), 0.9


@rule("penalty.rate", "warning")
def penalty_rate(record: Record) -> Iterator[Check]:
    """Rates said twice, then daily rates that are too high."""
    for section in walk(record.sections):
        for pair in PAIR.finditer(section.text.value if section.text else ""):
            yield from said_twice(record, section, pair)
    for penalty in record.penalties:
        if penalty.kind == "percent_per_day" and penalty.value and is_doubtful(penalty.value):
            yield too_high(penalty)


def is_doubtful(rate: Cited[Decimal]) -> bool:
    """A rate a day that custom speaks against, more so where its sign was read badly."""
    sign = any(source.text.rstrip().endswith(("%", "％")) for source in rate.sources)
    return rate.value >= UNUSUAL or (sign and rate.value >= DOUBTED and rate.confidence < SURELY)


def readings(pair: re.Match[str]) -> tuple[Decimal | None, Decimal | None]:
    """What figures and words say, in percent; None for what can't be read."""
    return parse_percent(pair["figures"] or pair["shown"]), parse_percent(pair["words"] or pair["said"])


def agree(pair: re.Match[str]) -> bool:
    figures, words = readings(pair)
    return figures == words


def said_twice(record: Record, section: SectionRecord, pair: re.Match[str]) -> Iterator[Check]:
    figures, words = readings(pair)
    if figures is None or words is None:
        return
    meant = [penalty.value for penalty in record.penalties if penalty.value and penalty.value.value in (figures, words)]
    refs = present(*meant, section.text)
    if figures == words:
        yield passed(refs, Message(f"比例{pair.group()}前后一致", f"the rate {pair.group()} agrees with itself"))
        return
    message = Message(
        f"比例{pair.group()}：数字为{plain(figures)}%，文字为{plain(words)}%",
        f"the rate {pair.group()}: {plain(figures)}% in figures, {plain(words)}% in words",
    )
    yield mismatch(refs, message, words, figures)


def too_high(penalty: Penalty) -> Check:
    assert penalty.value is not None
    rate = plain(penalty.value.value)
    message = Message(
        f"违约金每日{rate}%高于常见比例，请核对是否为{rate}‰", f"a penalty of {rate}% a day is unusual: is it {rate}‰?"
    )
    return unverified((penalty.value,), message, severity="info")
