"""Rows joined to paragraphs, within a page and over page breaks.

Chinese contracts indent a paragraph's first row by two characters and fill every row but the last to the right
margin, so a row belongs to the paragraph above it when that row is full and it is not indented itself. Numbered
clauses, labels (`甲方：…`) and centred or larger headings begin paragraphs of their own. A scan's margins move by
some pixels from row to row and from page to page: they are measured page by page, in characters.

>>> from pipeline.layout.lines import Row
>>> from pipeline.layout.measures import Measure
>>> from pipeline.model.page import Line, Word
>>> from pipeline.model.passage import Passage
>>> from pipeline.model.source import Box
>>> def row(text, x, y):
...     words = tuple(Word(char, Box(x + 10 * i, y, x + 10 * i + 10, y + 10), 1.0) for i, char in enumerate(text))
...     box = Box(x, y, x + 10 * len(text), y + 10)
...     return Row(1, Passage.of(Line(words, box, 1.0), 1), box, 10)
>>> page = [row("乙方应于每月的五日前", 20, 0), row("向甲方提交上一月的月报。", 0, 20), row("甲方应予确认。", 20, 40)]
>>> [each.text for each in paragraphs(page, Measures({1: Measure(left=0, right=120, em=10)}, {1: 10}))]
['乙方应于每月的五日前向甲方提交上一月的月报。', '甲方应予确认。']
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.layout.lines import LABEL, Row
from pipeline.layout.measures import Measures
from pipeline.layout.numbering import readings
from pipeline.model.document import Paragraph
from pipeline.model.passage import joined
from pipeline.text.fold import fold

SENTENCE_END = re.compile(r"(?:[。；;！？!?：:…]|(?<=[A-Za-z])(?<!No)\.)[”’」』）)\]】\s]*$")
CLINGING = re.compile(r"[，。；：、）)》”】]|[（(]\s*(?:[¥￥]|大写|小写|人民币|RMB)|元\s*[整正]?\s*[，。；）)（(]")
OPEN = re.compile(r"[（(][^（()）]{0,20}$|《[^《》]{0,30}$")
CLOSES = re.compile(r"[^（()）]{0,20}[）)]|[^《》]{0,30}》")
SUM = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸萬億元圆角"
# What a sum that is set unbroken leaves behind on the row above, and what it begins with.
TORN = re.compile(
    rf"人民\n币|[大小]\n写|[{SUM}]\n[{SUM}分整正]|(?:人民币|[大小]写[）)]?[：:]?|[计即])\n[¥￥\d{SUM}]"
    rf"|[{SUM}分整正\d]\n[（(]\s*(?:[¥￥]|[大小]写|人民币)"
)
PARTY_LABEL = re.compile(
    r"(?:甲|乙|丙|丁)\s*方|委托|受托|采购|供应|承包|发包|出租|承租|地\s*址|住\s*所|通讯|电\s*话|联系|邮\s*[编政箱]|传\s*真"
    r"|开户|户\s*名|[账帐]\s*[号户]|税\s*号|纳税人|统一社会|法定|法\s*人|负责人|授权|签[订署字约]|日\s*期|项目|合同|编\s*号"
    r"|名\s*称|身份证|经办|单位"
)
CODE = re.compile(r"[0-9A-Z]{15,25}")
LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司")  # the end of a company's name, which begins nothing
PHRASE = re.compile(r"\s*[一-龥、]{2,20}")  # all that stands beside the bare number of a heading: 4 竣工验收
TITLED = ("条", "章")  # styles of numbers that a title follows
# What is a clause referred to after, at the end of the row above it: 按照本合同 / 第六条约定执行
REFERRING = re.compile(r"(?:[同照据按见反于和与及或、，的]|规定|约定)$")
FIRST_WORD = re.compile(r"\s*(?P<word>[!-~]+|.)(?P<sign>[，。；：、）]?)")
DATE = re.compile(r"年.*月.*日")


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paragraph and what its print tells of it.

    Does it begin its page (`top`), how many rows has it, how far is it indented (in characters)?
    """

    paragraph: Paragraph
    page: int
    top: bool
    rows: int
    indent: float

    @property
    def text(self) -> str:
        return self.paragraph.text.text


def paragraphs(rows: Iterable[Row], measures: Measures) -> tuple[Typeset, ...]:
    """The rows of an uninterrupted piece of text (no table in between), in reading order, as paragraphs."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and continues(groups[-1], row, measures):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(typeset(group, measures) for group in groups)


def typeset(rows: Sequence[Row], measures: Measures) -> Typeset:
    first = rows[0]
    text = fold(joined(row.text for row in rows))
    top = first.box.y0 <= measures.tops.get(first.page, first.box.y0) + 0.5 * first.size
    heading = all(measures.heading(row) for row in rows)
    return Typeset(Paragraph(text, heading), first.page, top, len(rows), measures.pages[first.page].indent(first))


def continues(group: Sequence[Row], row: Row, measures: Measures) -> bool:
    """Does `row` go on with the paragraph that `group` holds so far?"""
    last, text = group[-1], row.text.text.strip()
    measure = measures.pages[row.page]
    if torn(last, row) or (row.edge == last.edge and LEGAL_FORM.match(text) and LABEL.match(last.text.text)):
        return True
    if measures.heading(last) or measures.heading(row):
        return wrapped_heading(last, row, measures)
    if abs(row.size - last.size) > 0.3 * last.size and measures.large(row) != measures.large(last):
        return False
    if last.page == row.page and row.box.y0 - last.box.y1 > 1.8 * max(row.size, last.size):
        return False
    if row.edge is None and clings(last, row, measures):
        return True
    ended = SENTENCE_END.search(last.text.text) is not None
    if ends_in_page_number(last) or begins_anew(text, ended, group[0].text.text):
        return False
    if heads_clause(text) and not REFERRING.search(last.text.text.strip()):
        return False
    if row.page != last.page and is_annex(text):
        return False
    if row.edge is not None:
        return row.edge == last.edge and wraps_in_block(last, row)
    if measure.indent(row) > 1.2:
        return hanging(group, row, measures) and reaches(last, row, measures)
    return reaches(last, row, measures) or (not ended and lost_its_end(group, measures))


def reaches(last: Row, row: Row, measures: Measures) -> bool:
    """Is `last` as full as it can be: would the first word of `row`, with the sign that no row begins with, not have
    fitted?"""
    first = FIRST_WORD.match(row.text.text)
    word = 0.5 * len(first["word"]) + len(first["sign"]) if first else 0.0
    return measures.pages[last.page].slack(last) < max(1.0, word) + 1.0


def clings(last: Row, row: Row, measures: Measures) -> bool:
    """Can `row` begin no paragraph: its first sign belongs to a sum or a sentence above, or a bracket above is open?

    Sums are set apart by hand (玖 拾 万 元, with the figures in brackets below) or set unbroken, so the row above need
    not be full.
    """
    text = row.text.text.strip()
    above, measure = last.text.text.strip(), measures.pages[last.page]
    if any(number.marked for number in readings(text)):
        return False
    if (
        OPEN.search(above)
        and not begins_label(text)
        and (measure.slack(last) < 0.5 * measure.columns or CLOSES.match(text))
    ):
        return True
    return CLINGING.match(text) is not None or (above.endswith("，") and not re.match("[A-Z0-9]", text))


def torn(last: Row, row: Row) -> bool:
    """Does a sum that begins in the row above go on in this one, whatever its print?"""
    return TORN.search(f"{last.text.text.strip()}\n{row.text.text.strip()}") is not None


def ends_in_page_number(row: Row) -> bool:
    """A row of a table of contents, full though it is: a number stands at its end, behind a gap."""
    text = row.text.strip()
    digits = re.search(r"\d{1,4}$", text.text)
    if digits is None or digits.start() == 0:
        return False
    before, first = text.glyphs[digits.start() - 1], text.glyphs[digits.start()]
    return first.box.x0 - before.box.x1 > 2 * row.size


def wraps_in_block(last: Row, row: Row) -> bool:
    """Of blocks side by side: does a label's value, in Chinese and as long as its block is wide, go on in `row`?

    A code is not parted: it stands in `row` where its label left too little room.
    """
    before, after = last.text.text.strip(), row.text.text.strip()
    label = LABEL.match(before)
    if label and label.end() == len(before):
        return CODE.fullmatch(after) is not None
    if last.edge is None or last.box.x1 < last.edge - last.size:
        return False
    return before[-1] > "\u2e80" and (after[0] > "\u2e80" or after[0] == "(") and not DATE.search(after)


def lost_its_end(group: Sequence[Row], measures: Measures) -> bool:
    """A row of an indented paragraph that stops early without an end of sentence: its end was not read."""
    first, last = group[0], group[-1]
    measure = measures.pages[last.page]
    usual_indent = 1.2 < measures.pages[first.page].indent(first) < 3.5
    return usual_indent and not LABEL.match(first.text.text) and measure.slack(last) < 0.3 * measure.columns


def hanging(group: Sequence[Row], row: Row, measures: Measures) -> bool:
    """Is `row` part of a block that is indented as a whole, or hung on its first row's number?"""
    indent = measures.pages[row.page].indent(row)
    first, last = (measures.pages[part.page].indent(part) for part in (group[0], group[-1]))
    if len(group) > 1:
        return abs(indent - last) < 0.8
    numbered = bool(readings(fold(group[0].text).text))
    if indent > first + 0.8:
        return numbered or LABEL.match(group[0].text.text) is not None
    before, after = group[0].text.text.rstrip(), row.text.text.lstrip()
    if abs(indent - first) > 0.8 or SENTENCE_END.search(before):
        return False
    return not LABEL.match(before) or (before[-1] > "\u2e80" and after[0] > "\u2e80")


def begins_anew(text: str, ended: bool, before: str) -> bool:
    """Does the row's text begin a clause, or the next line of a list of labels?"""
    if begins_label(text):
        return ended or LABEL.match(before) is not None
    return ended and any(number.marked or PHRASE.fullmatch(text, len(number.printed)) for number in readings(text))


def heads_clause(text: str) -> bool:
    """Is the row nothing but a clause's number and title (第六条 逾期付款), whatever was read of the row above?"""
    return any(number.style in TITLED and PHRASE.fullmatch(text, len(number.printed)) for number in readings(text))


def begins_label(text: str) -> bool:
    return bool(LABEL.match(text) and PARTY_LABEL.match(text.lstrip("（( ")))


def is_annex(text: str) -> bool:
    return any(number.style == "附件" for number in readings(text))


def wrapped_heading(last: Row, row: Row, measures: Measures) -> bool:
    """A heading, or a label in large print, that is too wide for one row goes on in the next."""
    above = measures.heading(last) or (measures.large(last) and LABEL.match(last.text.text) is not None)
    alike = above and measures.heading(row) and abs(last.size - row.size) < 0.1 * last.size
    return alike and last.page == row.page and measures.pages[last.page].slack(last) < 4
