"""Statements of money in running text: figures and words (大写), together or alone, in any order.

Contracts print one sum as 人民币（大写）X（¥Y）, 小写：Y元，大写：X, ¥Y（大写：X） or Y元整; a statement is such a
group, and nothing but glue (人民币, 小写, brackets, commas) stands between its parts.

>>> [(s.words, s.figures) for s in statements("总价：人民币（大写）叁佰元整（¥300.00），另付12元。")]
[(Span(start=10, end=14), Span(start=16, end=22)), (None, Span(start=26, end=28))]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.text.amounts import parse_words

DIGIT = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖貳參陸弍弐貮叄叅参"
PLACE = "十百千拾佰仟万亿萬億兆"
NUMERAL = DIGIT + PLACE
# A misread numeral (one Chinese character among numerals, or a speck) stays part of the words: better a sum that can't
# be read than a shorter one that can.
RUN = rf"[负{DIGIT}拾](?:[{NUMERAL}]|[一-龥·•.'`‘’](?=[{NUMERAL}]{{2}}|[{NUMERAL}][元圆圓]))*"
DUST = "[·•.'`‘’]?"
TAIL = rf"(?:{DUST}零?[{DIGIT}]角)?(?:{DUST}零?[{DIGIT}]分)?(?:[整正])?"
# A speck behind the sign of a unit, where the next numeral follows, hides none.
SPECK = re.compile(rf"(?<=[元圆圓万萬亿億角])[·•.'`‘’](?=[{DIGIT}])")
WORDS = re.compile(rf"{RUN}(?:[元圆圓]{TAIL}|角(?:零?[{DIGIT}]分)?[整正]?|分|[整正])")
# Formal numerals before words, and misread ones among them (肆合臺萬 before 陸仟元, 万删杆 before 肆佰元), are their
# beginning.
FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸"
BEFORE = re.compile(rf"(?:[{FORMAL}]|万(?!元))(?:[一-龥]{{0,2}}[{FORMAL}])*[一-龥]{{0,2}}$")
# So are their end those behind them, or misread ones before 角 and 分: 元叁角 before 肆象, 佰元 before 金角伍分.
END = r"(?![一-龥])"
BEHIND = re.compile(
    rf"(?<=[元圆圓角])(?:[壹贰叁肆伍陆柒捌玖貳參陸][一-龥]{{0,3}}|[一-龥]角(?:[一-龥]{{1,2}}分)?|[一-龥]分)[整正]?{END}"
)
# What runs on after them belongs to words that were misread in several places.
LABELLED_WORDS = re.compile(rf"大写[：:]?[）)]?[：:]?(?:人民币)?[：:]?({RUN}[一-龥]*)")

NOTE = "[ _⁰¹²³⁴-⁹①-⑳]*"  # behind a number, where the mark of a note may stand
NUMBER = r"\d(?:[\d,，.]|[ ](?=\d))*(?<=\d)"
FIGURES = re.compile(
    rf"(?:(?:[¥￥]|RMB|小写[：:]?[）)]?[：:]?(?:人民币)?[：:]?)[ _]*(?P<signed>{NUMBER}){NOTE}(?:[万亿]?元)?"
    rf"|(?<![\d.A-Za-z-])(?P<plain>{NUMBER}){NOTE}[万亿]?元)(?P<exact>人民币)?整?"
)
GLUE = re.compile(
    r"(?:[\s_，,、：:；（）()\[\]【】¥￥/·•'`‘’]|人民币|[大小]?写|数字|金额|即|计|为|合|RMB|元|整|正|含税|税)*"
)
# In place of a sum: what is given for nothing
FREE = re.compile(
    r"[（(]?(?:免费?|赠送|无偿|赠品|免收(?:费用)?|不另?行?(?:收费|计费|计价|收取)|[已均包]?含[在入](?:总价|合同价|其他项)?[中内]?|已包?含)"
    r"(?:赠送|提供|服务)?[）)]?"
)
LONGEST_GLUE = 16


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sum: where its words and its figures stand (the figures with their 万元, without signs)."""

    words: Span | None
    figures: Span | None

    @property
    def start(self) -> int:
        return min(span.start for span in (self.words, self.figures) if span)

    @property
    def end(self) -> int:
        return max(span.end for span in (self.words, self.figures) if span)


def statements(text: str) -> tuple[Statement, ...]:
    """All statements of money in `text`, in order."""
    out: list[Statement] = []
    for part in sorted((*words_in(text), *figures_in(text)), key=lambda part: part.start):
        if out and (both := together(text, out[-1], part)):
            out[-1] = both
        else:
            out.append(part)
    return tuple(out)


def together(text: str, first: Statement, second: Statement) -> Statement | None:
    """The two parts as one statement, if one is words, the other figures and only glue stands between."""
    between = text[first.end : second.start]
    if len(between) > LONGEST_GLUE or not GLUE.fullmatch(between):
        return None
    if first.figures is None and second.words is None:
        return Statement(first.words, second.figures)
    if first.words is None and second.figures is None:
        return Statement(second.words, first.figures)
    return None


def without_specks(words: str) -> str:
    """The words of a sum without dust between them.

    >>> without_specks("壹万·贰仟元.叁角"), without_specks("壹仟·贰拾元")
    ('壹万贰仟元叁角', '壹仟·贰拾元')
    """
    return SPECK.sub("", words)


def words_in(text: str) -> Iterator[Statement]:
    labelled = {match.start(1): match.end(1) for match in LABELLED_WORDS.finditer(text)}
    at = last = 0
    while match := WORDS.search(text, at):
        at = match.end()
        labelled.pop(match.start(), None)
        in_others = any(start < match.start() < end for start, end in labelled.items())
        if is_sum(match.group()) and not in_others:
            before, behind = BEFORE.search(text, last, match.start()), BEHIND.match(text, match.end())
            last = at = behind.end() if behind else match.end()
            yield Statement(Span(before.start() if before else match.start(), last), None)
    for start, end in labelled.items():
        yield Statement(Span(start, end), None)


def is_sum(words: str) -> bool:
    """Words that read as a sum, or formal enough to be one that was misread; not 一分 or 三角 in running text."""
    formal = sum(char in "壹贰叁肆伍陆柒捌玖拾佰仟貳參陸" for char in words)
    return formal >= 2 or (parse_words(words) is not None and words[-1] in "元圆圓整正" and len(words) > 2)


def figures_in(text: str) -> Iterator[Statement]:
    for match in FIGURES.finditer(text):
        group = "signed" if match["signed"] else "plain"
        start, end = match.span(group)
        scale = re.match(r"[ _]*[万亿](?=元)", text[end:])
        yield Statement(None, Span(start, end + (scale.end() if scale else 0)))
