"""The contract's title and the project's name.

The title stands on the cover, or at the top of the first page, set apart and often over several lines:
`2024年某某中心` / `信息化运维项目` / `服务合同` (`（第二包）`). The project's name has a label (`项目名称：`), a
mark in the preamble (`某某采购项目（项目名称）中所需…`), or is what the preamble is about
(`就某某项目（下称“服务”）事宜`).
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable

from pipeline.fields._body import Stated, paragraphs
from pipeline.fields._statements import statements
from pipeline.model.document import Block, Paragraph
from pipeline.model.passage import Passage, joined

ENDS_TITLE = re.compile(r"(?:合同|协议|合同书|协议书|契约|订单|合约)(?:[（(][^（）()]{1,20}[）)])*")
TITLE = re.compile(rf".{{0,80}}{ENDS_TITLE.pattern}")
LOOSE = re.compile(r"[（(].{1,20}[）)]")
BARE = re.compile(r"(?:本?合同书?|协议书?|正文|封面)")
CONTENTS = re.compile(r"目\s*[录次]")
PUNCTUATION = re.compile(r"[，。；！？：:]")
COMPLETE = re.compile(r"(?:项目|工程|服务|采购|系统|合同|平台|[）)])$")
MARK = r"[（(](?:本)?项目名称[）)]"
BEFORE_MARK = re.compile(rf"(?:^|[，。；：]|就|为|关于|根据|在)(?P<name>[^，。；：]{{4,100}}?){MARK}")
AFTER_MARK = re.compile(
    rf"(?:^|[，。；：）)]){MARK}(?P<name>[^，。；：]{{4,100}}?)(?:中?所需|的?(?:招标|采购|中标|相关|事宜)|经|[，。；：])"
)
ABOUT = re.compile(
    r"(?:就|关于|为|实施|承担)(?:[甲乙双方由向为]{2,9}(?:提供|委托|实施|承担|采购|购买|负责)?)?[“《\"]?"
    r"(?P<name>[^，。；：“”《》]{4,100}?(?:项目|工程))[”》\"]?(?:[（(]|的|事宜|相关|有关|，|等|达成|签订|订立)"
)


def title(blocks: Iterable[Block]) -> Passage | None:
    """The largest text on the first page that ends as titles do, with the lines of its size above and below it.

    A page that holds a table of contents is not the first.
    """
    found = paragraphs(tuple(blocks))
    tabled = {paragraph.page for paragraph in found if CONTENTS.fullmatch(paragraph.text.text)}
    page = next((paragraph.page for paragraph in found if paragraph.page not in tabled), None)
    lines = [paragraph for paragraph in found if paragraph.page == page][:30]
    ends = [i for i, line in enumerate(lines) if is_title(line)]
    if not ends:
        return None
    last = max(ends, key=lambda i: (round(size(lines[i].text) / 4), not BARE.fullmatch(lines[i].text.text), -i))
    first = last
    while first and goes_on(lines[first - 1], lines[first]):
        first -= 1
    if last + 1 < len(lines) and LOOSE.fullmatch(lines[last + 1].text.text):
        last += 1
    return joined(line.text for line in lines[first : last + 1])


def is_title(line: Paragraph) -> bool:
    text = line.text.text
    return bool(TITLE.fullmatch(text)) and not PUNCTUATION.search(text)


def goes_on(above: Paragraph, line: Paragraph) -> bool:
    """Whether a title's line continues the one above: Chinese, no label, about the same size."""
    text = above.text.text
    plain = not statements(above.text) and not PUNCTUATION.search(text) and re.search(r"[\u4e00-\u9fff]{2}", text)
    return bool(plain) and 0.75 < size(above.text) / size(line.text) < 1.33 and not ENDS_TITLE.search(text)


def size(text: Passage) -> float:
    return statistics.median(glyph.box.height for glyph in text) or 1.0


def project_name(found: list[Stated], blocks: tuple[Block, ...], heading: Passage | None) -> Passage | None:
    """From the label, else the preamble, else the title without its last word (`某某项目合同`)."""
    for one in found:
        if one.statement.kind == "project_name" and len(one.statement.value) > 3:
            return continued(one)
    for paragraph in paragraphs(blocks)[:40]:
        for pattern in (AFTER_MARK, BEFORE_MARK, ABOUT):
            if match := pattern.search(paragraph.text.text):
                return paragraph.text[match.start("name") : match.end("name")].strip()
    match = re.match(r".{4,}(?:项目|工程)(?=合同|协议)", heading.text) if heading else None
    return heading[: match.end()] if heading and match else None


def continued(one: Stated) -> Passage:
    """A label's value with the line after it, where the value ran on."""
    value, after = one.statement.value, one.after
    if not after or len(after) >= 40 or COMPLETE.search(value.text) or not is_below(value, after):
        return value
    return value if statements(after) or PUNCTUATION.search(after.text) else value + after


def is_below(value: Passage, after: Passage) -> bool:
    """Whether a line stands right below another in print of the same size: a title further down is another's."""
    last, first = value.glyphs[-1], after.glyphs[0]
    close = last.page == first.page and first.box.y0 - last.box.y1 < 1.2 * last.box.height
    return close and 0.85 < size(value) / size(after) < 1.18
