"""Puts a value back to the label or the name that a line break tore it from.

>>> rejoined(Document((), (), ()))
[]
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.fields._labels import tag_of
from pipeline.fields._statements import statements
from pipeline.model.document import Block, Document, Paragraph
from pipeline.model.passage import Passage
from pipeline.text.parties import BRACKET

CONTINUED = re.compile(rf"(?:{BRACKET})?[:：]")


def rejoined(document: Document) -> list[Block]:
    """The blocks, with a value put back to the label or the name that a line break tore it from."""
    blocks: list[Block] = []
    for block in document.blocks:
        last = blocks[-1].content if blocks else None
        content = block.content
        if isinstance(last, Paragraph) and isinstance(content, Paragraph) and is_torn(last.text, content.text):
            blocks[-1] = replace(blocks[-1], content=replace(last, text=last.text + content.text))
        else:
            blocks.append(block)
    return blocks


def is_torn(last: Passage, text: Passage) -> bool:
    tag = tag_of(last.text)
    if tag and tag.kind:
        return bool(CONTINUED.match(text.text))
    is_open = max(last.text.rfind("（"), last.text.rfind("(")) > max(last.text.rfind("）"), last.text.rfind(")"))
    closes = re.match(r"[^（()）]*[）)]", text.text)
    return bool(is_open and closes and statements(last) and not statements(text) and len(last) < 80)
