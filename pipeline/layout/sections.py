"""Paragraphs and tables to sections: what is a clause's title and what its text, and the finished tree.

`第三条 服务内容` has a title; `1、 乙方应…` goes straight into its text; `2、 存储服务` in a row of its own is a
title where text stands below it, as below most of its list, but `b. 中标通知书` in a bare list is text. `4、
收款账号如下：` announces and is no title, `2. 技术支持要求：` is.

>>> [is_short(text) for text in ("存储服务", "技术支持要求：", "收款账号如下：", "乙方应予配合。")]
[True, True, False, False]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from pipeline.layout.headings import Item, is_phrase
from pipeline.layout.numbering import readings
from pipeline.layout.outline import UNITS, Kind, Node, Outline
from pipeline.layout.paragraphs import SENTENCE_END, Typeset
from pipeline.layout.parts import Role, annex_number, roles
from pipeline.model.document import Block, Paragraph, Section, Table
from pipeline.model.passage import Passage

INLINE = re.compile(r"[^，。；：:、]{2,12}(?=[：:].)")
ANNOUNCES = re.compile(r"(?:如下|下列|以下).*[：:]$|(?:包括|承诺|约定|规定|同意|为|应|情形)[：:]$|如下$|由.{2,}[：:]$")
INNER_STOP = re.compile(r"[，。；;：:！？]")
NO_TITLE = ("。", "；", ";", "，", "！", "？")
DASH_FOR_ONE = re.compile(r"[-—–ー_]")


def build(flow: Sequence[Item]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Everything in reading order with the sections it stands in, and the sections as a tree."""
    outline = Outline()
    places = [place(outline, item, role) for item, role in zip(flow, roles(flow), strict=True)]
    sections = tuple(frozen(child) for child in outline.root.children)
    paths = dict(paths_below(outline.root, sections, ()))
    blocks = (Block(content_of(item), paths.get(id(node), ())) for item, node in zip(flow, places, strict=True))
    return tuple(blocks), sections


def place(outline: Outline, item: Item, role: Role) -> Node:
    """The section that `item` opens or, if none, stands in."""
    if isinstance(item, Typeset):
        node = opened(outline, item, role)
        if node is not None:
            node.line = item
            return node
    if role in ("closing", "listed"):
        outline.close()
    outline.innermost.content.append(item)
    return outline.innermost


def opened(outline: Outline, item: Typeset, role: Role) -> Node | None:
    if role == "annex":
        return outline.begin("annex", item.text, annex_number(item))
    if role == "body":
        return outline.begin("body", item.text)
    if role == "heading":
        return outline.heading(item.text)
    if role == "graded":
        return outline.graded(item.text)
    numbers = readings(item.text) if role in ("text", "chapter") else ()
    return outline.clause(
        item.text, [replace(number, marked=True) for number in numbers] if role == "chapter" else numbers
    )


def content_of(item: Item) -> Paragraph | Table:
    return item.paragraph if isinstance(item, Typeset) else item


def frozen(node: Node, level: int = 1) -> Section:
    """The finished section, with all below it."""
    line = node.line.paragraph.text if node.line else Passage()
    number, rest = line[: len(node.printed)], line[len(node.printed) :].strip(" ：:" if node.kind == "annex" else " ")
    end = title_length(node, rest.text)
    title, own = rest[:end].strip("：: "), rest[end:].strip("：: ")
    content = list(node.content)
    if not rest and content and isinstance(first := content[0], Typeset) and may_be_title(first, node):
        title = first.paragraph.text
        content.pop(0)
    parts = (*([Paragraph(own)] if own else []), *map(content_of, content))
    children = tuple(frozen(child, level + 1) for child in node.children)
    return Section(level, as_printed(number, node), title, line.page or 0, parts, children, part_of(node.kind))


def part_of(kind: Kind) -> Literal["clause", "annex", "body"]:
    return kind if kind == "annex" or kind == "body" else "clause"


def as_printed(number: Passage, node: Node) -> Passage:
    """The number without what only parts it from the title; a 一 that was read as a dash is 一 again."""
    if node.style == "一":
        number = number.fold(lambda char: "一" if DASH_FOR_ONE.fullmatch(char) else char)
    return number.strip(" ：:、" if node.kind == "annex" or node.style in UNITS else " ：:")


def paths_below(
    node: Node, sections: Sequence[Section], above: tuple[Section, ...]
) -> Iterator[tuple[int, tuple[Section, ...]]]:
    """Every node below `node`, by identity, with the sections from the outermost to its own."""
    for child, section in zip(node.children, sections, strict=True):
        path = (*above, section)
        yield id(child), path
        yield from paths_below(child, section.children, path)


def may_be_title(item: Typeset, node: Node) -> bool:
    """A heading or phrase right below a number that stands alone in its row."""
    if node.kind != "annex" and node.style not in UNITS:
        return False
    return (item.paragraph.heading or is_phrase(item.text)) and not SENTENCE_END.search(item.text.rstrip("）) "))


def title_length(node: Node, rest: str) -> int:
    """How many characters of a section's own line, without its number, are its title."""
    inline = INLINE.match(rest)
    if node.kind == "graded" or (node.style in UNITS and not is_short(rest)):
        return inline.end() if inline else 0
    if node.kind != "clause" or node.style in UNITS:
        return len(rest)
    return len(rest) if is_short(rest) and heads_text(node) else 0


def is_short(text: str) -> bool:
    """Can a clause's whole line be a title: short, no sentence, no list's announcement?"""
    return (
        0 < len(text) <= 30
        and not INNER_STOP.search(text[:-1])
        and not text.endswith(NO_TITLE)
        and not ANNOUNCES.search(text)
    )


def heads_text(node: Node) -> bool:
    """Do the short members of the node's list have text below them, most of them?"""
    siblings = [child for child in node.parent.children if child.style == node.style] if node.parent else []
    short = [child for child in siblings if is_short(child.text)]
    with_text = [child for child in short if child.content or child.children]
    return 2 * len(with_text) >= len(short)
