"""Finds the quantities that a clause states: rates, durations, sums of money, head counts and weekly schedules.

Contracts print them in figures, in Chinese numerals, in both, or in a form's brackets: `99.99%`, `万分之五`, `0.5‰`,
`2个小时`, `半小时`, `两（2）名`, `【30】日`, `人民币5,000元`, `7*24小时`. A date is a quantity too, so that its last
part (`5月3日`) is not taken for a duration. Values keep the digits as written; what can't be read is None.

>>> [(q.kind, q.text, str(q.value), q.unit) for q in quantities("对故障15分钟内响应，可用性达到99.90%")]
[('duration', '15分钟', '15', 'minute'), ('rate', '99.90%', '99.90', '%')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from pipeline.text.amounts import parse_number, parse_words
from pipeline.text.numbers import parse_decimal, parse_money, parse_percent

Kind: TypeAlias = Literal["date", "schedule", "rate", "money", "duration", "count"]

FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMERALS = "[零〇一二两三四五六七八九十百千万点壹贰叁肆伍陆柒捌玖拾佰仟]+"
FORMAL = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]"
OPEN, CLOSE = r"[（(【\[〔]", r"[）)】\]〕]"
# A number, set in a form's brackets or said twice: 30, 三十, 【30】, 两（2）, 2（两）.
NUMBER = rf"(?:{OPEN}{FIGURES}{CLOSE}|(?:{FIGURES}|{NUMERALS})(?:{OPEN}(?:{FIGURES}|{NUMERALS}){CLOSE})?)"

UNITS = {
    "minute": r"分钟|[mM]in(?:utes?|s)?(?![A-Za-z])",
    "hour": r"个?小时|个钟头|[hH](?:ours?)?(?![A-Za-z])",
    "working_day": r"个?工作[日天]",
    "day": r"个?(?:自然|日历)?[日天](?![*×xX前])",
}
TIMES = "[*×xX✕·＊]"

LEXER = re.compile(
    "|".join(
        (
            r"(?P<date>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日)",
            rf"(?P<schedule>(?<![\d.])(?:365[天日][，,、]?(?:每[天日]|{TIMES})?24小时|[57][天日]?{TIMES}?(?:24|8)(?:小时|[hH](?![A-Za-z]))|[57][天日]?{TIMES}(?:24|8)(?!\d)"
            rf"|24(?:小时)?{TIMES}7(?:天|(?!\d)))(?:个?小时)?)",
            rf"(?P<rate>[百千万]分之(?:{OPEN}{FIGURES}{CLOSE}|{FIGURES}|{NUMERALS})"
            rf"(?:{OPEN}{FIGURES}[%‰]{CLOSE})?|(?:{OPEN}{FIGURES}{CLOSE}|(?<![\d.]){FIGURES})[%‰]"
            rf"(?:{OPEN}[百千万]分之{NUMERALS}{CLOSE})?)",
            rf"(?P<money>¥{FIGURES}万?元?|(?:{OPEN}{FIGURES}{CLOSE}|{FIGURES})万?元(?!件)|{FORMAL}+[元圆](?:[{FORMAL[1:-1]}角分]*[整正]?)"
            rf"|{NUMERALS}元)",
            *(rf"(?P<{unit}>(?:{NUMBER}|半(?=个?(?:小时|工作日|天|日)))(?:{words}))" for unit, words in UNITS.items()),
            rf"(?P<count>{NUMBER}(?:[名位]|人(?![民次员身工为均格天大])))",
        )
    )
)
RESTATED = re.compile(rf"{OPEN}[^）)】\]〕]*{CLOSE}$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity and where it stands in its text. A rate's unit is "%", whatever sign was printed; money's is "CNY"."""

    kind: Kind
    text: str
    start: int
    end: int
    value: Decimal | str | None
    unit: str


def quantities(text: str) -> Iterator[Quantity]:
    """Every quantity of a text, in order."""
    for match in LEXER.finditer(text):
        yield quantity(str(match.lastgroup), match)


def quantity(group: str, match: re.Match[str]) -> Quantity:
    text, start, end = match.group(), match.start(), match.end()
    match group:
        case "date":
            return Quantity("date", text, start, end, None, "")
        case "schedule":
            return Quantity("schedule", text, start, end, schedule(text), "schedule")
        case "rate":
            return Quantity("rate", text, start, end, rate(text), "%")
        case "money":
            return Quantity("money", text, start, end, money(text), "CNY")
        case "count":
            return Quantity("count", text, start, end, number(text[:-1]), "person")
        case unit:
            return Quantity("duration", text, start, end, number(re.sub(f"(?:{UNITS[unit]})$", "", text)), unit)


def number(text: str) -> Decimal | None:
    """A number in figures or numerals; the figures where both stand.

    >>> number("两(2)"), number("【30】"), number("四十八"), number("半")
    (Decimal('2'), Decimal('30'), Decimal('48'), Decimal('0.5'))
    """
    if text == "半":
        return Decimal("0.5")
    figures = re.search(FIGURES, text)
    return parse_decimal(figures.group()) if figures else parse_number(text)


def rate(text: str) -> Decimal | None:
    """A rate as its percent figure; None where a rate said twice disagrees with itself.

    >>> rate("万分之五"), rate("百分之零点五（0.5%）"), rate("1‰"), rate("5%（百分之六）")
    (Decimal('0.05'), Decimal('0.5'), Decimal('0.1'), None)
    """
    again = RESTATED.search(text)
    if not again or again.start() == 0 or re.fullmatch(rf".分之{OPEN}.*", text):
        return parse_percent(text)
    first, second = parse_percent(text[: again.start()]), parse_percent(again.group()[1:-1])
    return first if first == second else None


def money(text: str) -> Decimal | None:
    """A sum in yuan, in figures or words.

    >>> money("5,000元"), money("2万元"), money("壹仟元整"), money("五百元")
    (Decimal('5000'), Decimal('20000'), Decimal('1000'), Decimal('500'))
    """
    if re.search(r"\d", text):
        return parse_money(re.sub(rf"{OPEN}|{CLOSE}", "", text))
    words = parse_words(text)
    return words if words is None or words != words.to_integral_value() else words.quantize(Decimal(1))


def schedule(text: str) -> str:
    """Days a week x hours a day: 7*24小时, 24×7 and 365天每天24小时 are 7x24.

    >>> schedule("7天×24小时"), schedule("24*7"), schedule("5×8小时")
    ('7x24', '7x24', '5x8')
    """
    numbers = sorted(re.findall(r"\d+", text.replace("365", "7")), key=int)
    return "x".join(numbers) if len(numbers) == 2 else numbers[0][0] + "x" + numbers[0][1:]
