"""The number that a clause begins with, as Chinese contracts print it.

A paragraph can begin with 第三条, 第一章, 一、, （一）, 1、, 1., 1.1, (1), 1), ①, a., II. or 附件2; what looks like
a number may also be a reference (第三条约定的…), a quantity (1.5倍) or a date (2024年). `readings` gives every
number that a paragraph's beginning can be read as, likeliest first; whether it is one is decided by its place in the
sequence (layout.outline). Scans read 一、 as -、 and 1、 as 1. or 1,; a style therefore does not depend on the mark
that ends the number.

>>> [(number.style, number.value, number.printed) for number in readings("(2)、网络攻击事件分为…")]
[('(1)', (2,), '(2)、')]
>>> [(number.style, number.value) for number in readings("2.1响应时间")]
[('1.1', (2, 1))]
>>> readings("第三条约定的期限")
()
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.text.ordinals import chinese, roman

CHINESE = "〇零一二三四五六七八九十百"

# What follows a number of an article that is only referred to: 第三条约定的, 第三条第2款, 第三条、第四条.
REFERENCE = rf"(?!\s*(?:规定|约定|所[述列约指]|中[的所]|之|的|[、和及与或至到]\s*第|第\s*[{CHINESE}\d]+\s*[款项]))"
# What follows a figure that measures (1.5倍, 30日内), and besides, where no mark sets it off, one that counts (7名).
MEASURE = r"(?!\s*(?:[%％‰倍吨米]|[万亿]?元|个(?:月|工作日|自然日|小时)|[日天][内前]|小时|分钟|平方|公[斤里]|[GMTK]B))"
COUNTED = "个名人次份家万亿元台套件张吨米年月日天时分秒号级楼层间岁周季项条款页栋幢"
# Headings begin with words that begin with such a counter: 人员管理, 项目概况, 时间安排.
WORDS = (
    "人[员力工]|项目|时[间限效]|分[包项工期]|日[常期]|名[称词]|条[件款]|款项|[年月季]度|[级类]别|周[期边]"
    "|份数|台账|层级|件数|号码"
)
WHOLE = "(?![期方式同致经切旦般定些])"  # 一致, 一般 and their like are words
COUNT = rf"(?!\s*(?!{WORDS})[{COUNTED}])"


@dataclass(frozen=True, slots=True)
class Number:
    """A clause number: its style, its value (more than one figure for 1.1), and the text as printed.

    `marked` says that a mark or bracket sets the number off from the text; `7 乙方…` has none.
    """

    style: str
    value: tuple[int, ...]
    printed: str
    marked: bool = True

    @property
    def last(self) -> int:
        return self.value[-1]


def integer(numeral: str) -> int:
    """A numeral in Chinese or Arabic digits; 0 for what is none (十十).

    >>> [integer(numeral) for numeral in ("十", "三十一", "一百零五", "17", "二〇", "十十")]
    [10, 31, 105, 17, 20, 0]
    """
    return int(numeral) if numeral.isdigit() else chinese(numeral) or 0


@dataclass(frozen=True, slots=True)
class Form:
    """One printed form of a number: the style it gives and the pattern, whose group `n` holds the numeral."""

    style: str
    pattern: re.Pattern[str]
    marked: bool = True


def form(style: str, pattern: str, marked: bool = True) -> Form:
    return Form(style, re.compile(pattern), marked)


ARTICLE = rf"第\s*(?P<n>[{CHINESE}]{{1,4}}|\d{{1,3}})\s*"
FORMS = (
    *(form(unit, ARTICLE + unit + REFERENCE + r"[、:：.]?") for unit in ("部分", "编", "篇", "章", "节", "条")),
    form("附件", rf"附\s*[件录表]\s*(?P<n>[{CHINESE}]{{1,3}}|\d{{1,2}})(?:-\d{{1,2}})?(?![\d年月日.、和及与或])"),
    form("附件", r"附\s*[件录表]\s*(?P<n>[A-Z])(?![A-Za-z\d.、和及与或])"),
    form("附件", rf"附\s*[件录表]\s*(?P<n>[{CHINESE}]{{1,3}}|\d{{1,2}})(?=\s*[.、]\s*[^附\s])"),
    form("一", rf"(?P<n>[{CHINESE}]{{1,3}}|[-—–ー_])\s*、"),
    form("一", rf"(?P<n>[{CHINESE}]{{1,3}})\s*[.．,，](?!\d)"),
    form("(一)", rf"[（(]\s*(?P<n>[{CHINESE}]{{1,3}})\s*[)）]\s*[、.]?"),
    form("(1)", r"[（(]\s*(?P<n>\d{1,2})\s*[)）]\s*[、.]?"),
    form("1)", r"(?P<n>\d{1,2})\s*[)）]\s*[、.]?"),
    form("1.1", rf"(?P<n>\d{{1,2}}(?:\s*\.\s*\d{{1,2}}){{1,3}})(?![\d.]){MEASURE}[、.]?"),
    form("1", r"(?P<n>\d{1,2})\s*、"),
    form("1", r"(?P<n>\d{1,2})\s*[.,，](?!\d)"),
    form("1", r"(?P<n>\d{1,2})\s*\.(?=\s+\d|\d{4}\s*年)"),
    # 2. 1小时内, its space gone: a number where the list before it stands at 1; a lone 1.5小时 is none.
    form("1", r"(?P<n>[2-9]|\d{2})\s*\.(?=[1-9]\d?\s*(?:个?(?:小时|工作日)|分钟|[日天]内))"),
    form("①", r"(?P<n>[①-⑳])\s*[、.]?"),
    form("i", r"(?P<n>[ivx]{1,5})\s*[.、)）]"),
    form("I", r"(?P<n>[IVX]{1,5}|[Ⅰ-Ⅹ])\s*[.、)）]"),
    form("a", r"(?P<n>[a-z])\s*[.、)）](?![a-z]*[@.])"),
    form("A", r"(?P<n>[A-Z])\s*[.、)）]"),
    form("(a)", r"[（(]\s*(?P<n>[a-zA-Z])\s*[)）]"),
    form("(i)", r"[（(]\s*(?P<n>[ivx]{1,5})\s*[)）]"),
    form("1", rf"(?P<n>\d{{1,2}})(?![\d.,:：/\-~A-Za-z*+]){MEASURE}{COUNT}\s*(?=[\u4e00-\u9fff])", marked=False),
    # 五合同价款, its 、 not read: a heading alone in its line; 二期工程 and 三方责任 count.
    form("一", rf"(?P<n>[{CHINESE}]{{1,3}}){MEASURE}{COUNT}{WHOLE}(?=[\u4e00-\u9fff]{{2,16}}$)", marked=False),
)


def value_of(style: str, numeral: str) -> tuple[int, ...]:
    """The numeral's value in its style.

    >>> value_of("1.1", "2.10"), value_of("①", "③"), value_of("a", "c"), value_of("一", "-")
    ((2, 10), (3,), (3,), (1,))
    """
    if style == "1.1":
        return tuple(int(part) for part in numeral.split("."))
    if style == "①":
        return (ord(numeral) - ord("①") + 1,)
    if style == "附件" and numeral.isascii() and numeral.isalpha():
        return (ord(numeral) - ord("A") + 1,)
    if style in ("I", "i", "(i)"):
        return (roman(unicodedata.normalize("NFKC", numeral).upper()),)
    if style in ("a", "A", "(a)"):
        return (ord(numeral.lower()) - ord("a") + 1,)
    return (1,) if numeral in "-—–ー_" else (integer(numeral),)


def matches(text: str) -> Iterator[Number]:
    for each in FORMS:
        if found := each.pattern.match(text):
            numeral = re.sub(r"\s", "", found["n"])
            yield Number(each.style, value_of(each.style, numeral), found.group().rstrip(), each.marked)


@lru_cache(maxsize=1024)
def readings(text: str) -> tuple[Number, ...]:
    """Every number that the beginning of a paragraph can be read as, likeliest first; none is zero."""
    return tuple(number for number in matches(text) if all(number.value))
