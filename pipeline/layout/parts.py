"""The parts that a document is bound from: one body or two, and the annexes; and what each paragraph is for.

An annex is headed `附件2 服务明细` (or `附件2` with the title in the next row) or, bound in without its number, by its title alone at the top of
a page. The contract's own list of annexes looks the same but for its place: its entries follow one another, or stand below
`附件：`. Two bodies in one document (合同书, 合同条款) are each headed by a title at the top of a page, and each has clauses.

>>> LIST_OF_ANNEXES.match("附件清单：") is not None, BODY_TITLE.fullmatch("合同专用条款") is not None
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from pipeline.layout.headings import Item, at, closing, contents, graded, headings, is_phrase, numbers, text_of
from pipeline.layout.lines import LABEL
from pipeline.layout.numbering import Number, readings
from pipeline.layout.paragraphs import SENTENCE_END, Typeset

Role: TypeAlias = Literal["text", "annex", "body", "heading", "graded", "listed", "contents", "closing"]

LIST_OF_ANNEXES = re.compile(r"(?:本?合同)?附\s*件\s*(?:清单|目录|列表|如下|包括)?\s*[：:]")
BODY_TITLE = re.compile(r"(?!.*(?:保密|廉[政洁]|安全|责任|承诺)).{0,28}(?:合同|合同书|协议书|条款|条件|合同文本)(?:[（(].{1,12}[）)])?")
ANNEX_TITLE = re.compile(
    r".{2,28}(?:协议书?|承诺[书函]|责任[书状]|通知书|委托书|授权书|保证书|保函|声明|备忘录|确认函)(?:[（(].{1,12}[）)])?"
)


def roles(flow: Sequence[Item]) -> tuple[Role, ...]:
    """The role of every paragraph and table of the document."""
    found: dict[int, Role] = {}
    for indices, role in parts(flow):
        for i in indices:
            found.setdefault(i, role)
    starts = [0, *sorted(i for i, role in found.items() if role in ("annex", "body")), len(flow)]
    for start, end in zip(starts, starts[1:], strict=False):
        first = after_title(flow, start, end)
        for i in headings(flow, first, end):
            found.setdefault(i, "heading")
        for i in graded(flow, first, end):
            found.setdefault(i, "graded")
        for i in closing(flow, first, end):
            found.setdefault(i, "closing")
    return tuple(found.get(i, "text") for i in range(len(flow)))
