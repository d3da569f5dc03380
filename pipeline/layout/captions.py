"""The title of a table: the caption, heading or announcement right above it.

Contracts announce a table by a heading (`附件2：分项报价表`, `(1) 基础服务`), by the end of a sentence
(`…更换人员。项目团队成员：`) or by a notice on its page (`(此页无正文，为合同签署页)`). A sentence that only points at
it (`具体内容如下表：`) has no name for it, nor has a note (`单位：元`): then the next heading above counts.

>>> announced = ("附件2：分项报价表", "(1)基础服务", "附表为I级事件明细：", "此页无正文，为签署页")
>>> [TITLE.fullmatch(text)["title"] for text in announced]
['分项报价表', '基础服务', 'I级事件明细', '签署页']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.lines import Row
from pipeline.model.passage import Passage, joined
from pipeline.text.fold import fold

NUMBER = r"(?:\d{1,3}(?:[.\-－]\d{1,2})*|[IVX]{1,4}|[一二三四五六七八九十]{1,3})"
COUNTED = (
    rf"(?!附表[为是])(?:附[件表录]|表格?|附)\s*{NUMBER}?\s*[：:、.．\-—]*\s*|第{NUMBER}[条章节部分]+[、：:]?"
    rf"|[（(]{NUMBER}[)）]|{NUMBER}[、.．)）：:]|[①-⑳]"
)
TITLE = re.compile(
    rf"[（(]?(?:{COUNTED})?\s*(?:附表[为是]|.*无正文.*[,，、]?为)?(?P<title>[^。；;，,：:=]{{2,30}}?)[)）]?[：:]?"
)
POINTS = re.compile(r"如下|下表|以下|下列|见下|上述|所示")
NOTE = re.compile(r"[（(]?(?:金额|价格|货币|计量)?(?:单位|币种)[：:].{1,12}")
SENTENCE_END = re.compile(r"[。；;！!]")
HEADING = re.compile(rf"(?:附[件表录]|表|第?{NUMBER}|[（(]{NUMBER}|[①-⑳])")
FULL = 0.93  # of the text's width: a row that ends farther right goes on in the next


def title_of(above: Sequence[Row]) -> Passage:
    """The title in the rows above a table (on its page, below any other table); empty where they name none."""
    rows = [row for row in above if not NOTE.fullmatch(row.text.text.strip())]
    if not rows:
        return Passage()
    nearest = title_in(announcement(rows))
    if nearest:
        return nearest
    headings = (fold(row.text) for row in reversed(rows) if HEADING.match(row.text.text.strip()))
    return next((title for heading in headings if (title := title_in(heading))), Passage())


def announcement(rows: Sequence[Row]) -> Passage:
    """The last sentence above the table, over as many rows as it takes."""
    right, left = max(row.box.x1 for row in rows), min(row.box.x0 for row in rows)
    first = len(rows) - 1
    while first and rows[first - 1].box.x1 >= left + FULL * (right - left) and len(rows) - first < 3:
        first -= 1
    text = fold(joined(row.text for row in rows[first:]))
    ends = [match.end() for match in SENTENCE_END.finditer(text.text)]
    return text[ends[-1] :] if ends else text


def title_in(text: Passage) -> Passage:
    """The title without what counts or announces it; empty if the text is no title."""
    match = TITLE.fullmatch(text.text)
    if not match or POINTS.search(match["title"]):
        return Passage()
    return text[match.start("title") : match.end("title")].strip()
