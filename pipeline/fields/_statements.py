"""Finds what a contract states as `label：value`, in paragraphs and in tables with labels in cells.

Contracts print their own data and their parties' as labels: `甲    方：某公司`, `联系人：李某  电话：010-1234`,
`委托人（甲方）：…`, `法定代表人（签字）：`, `乙方项目负责人：…`, or in a signature table as a label cell with its
value to the right. _labels.py has the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.fields._labels import BRACKET, FIELD, KINDS, PARTY, Tag, role_of, tag_of
from pipeline.model.document import Cell, Table
from pipeline.model.passage import Passage

LABEL = re.compile(
    rf"(?:(?P<party>{PARTY})(?P<qualifier>(?:{BRACKET})*)(?:的|指定|指定的)?(?P<field>{FIELD})?|(?P<plain>{FIELD}))"
    rf"(?:(?:及|和|与|、|/)[\u4e00-\u9fff]{{2,6}})?(?P<note>(?:{BRACKET})*)[:：]"
)
NUMBERING = re.compile(r"(?:[（(【\[]|[0-9一二三四五六七八九十]{1,3}[）)、.．]+|[a-z①-⑳][.)、]?)*")
EDGES = " _＿，,；;。、…—"


@dataclass(frozen=True, slots=True)
class Statement:
    """A label and its value.

    `party`: the party's word in the label or beside it, with its brackets.

    kind: a key of LABELS, or "party" for a label that only names a party.
    """

    kind: str
    party: str | None
    role: str | None
    label: Passage
    value: Passage


def statements(passage: Passage) -> tuple[Statement, ...]:
    """Every statement of a paragraph.

    >>> from pipeline.model.page import Line, Word
    >>> from pipeline.model.source import Box
    >>> box = Box(0, 0, 1, 1)
    >>> line = Line((Word("乙方联系人：王某电话：010-1234", box, 1.0),), box, 1.0)
    >>> [(s.kind, s.role, s.value.text) for s in statements(Passage.of(line, 1))]
    [('contact', 'party_b', '王某'), ('phone', None, '010-1234')]
    """
    found = list(labels(passage.text))
    ends = [*(match.start() for match in found), len(passage)]
    return tuple(statement(passage, match, end) for match, end in zip(found, ends[1:], strict=True))


def labels(text: str) -> Iterator[re.Match[str]]:
    """The labels of a text. Chinese before a label makes it another word, unless it ends the value before."""
    lead = NUMBERING.match(text)
    at, first = lead.end() if lead else 0, True
    for match in LABEL.finditer(text):
        if match.start() <= at or not first or not is_chinese(text[match.start() - 1]):
            yield match
            first = False


def is_chinese(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def statement(passage: Passage, match: re.Match[str], end: int) -> Statement:
    field = match["field"] or match["plain"]
    party = match["party"]
    label = passage[match.start() : match.end() - 1]
    role = role_of(party, label.text) if party else None
    return Statement(
        KINDS[field] if field else "party",
        party + match["qualifier"] if party else None,
        role,
        passage[match.start() : match.start() + len(party)] if party and not field else label,
        passage[match.end() : match.end() + unclosed(passage.text[match.end() : end])].strip(EDGES),
    )


def unclosed(text: str) -> int:
    """Where a value ends: before a bracket that its label's own bracket opened, as in （项目编号：A-1）.

    >>> unclosed("A-1）协商一致"), unclosed("某某（北京）公司")
    (3, 8)
    """
    depth = 0
    for i, char in enumerate(text):
        depth += (char in "（(【") - (char in "）)】")
        if depth < 0:
            return i
    return len(text)


def in_table(table: Table) -> tuple[Statement, ...]:
    """Every statement of a table whose cells are labels and values; none where it is a table of another kind."""
    found = tuple(by_column(table)) or tuple(by_row(table))
    return found if len({one.kind for one in found}) > 1 else ()


def by_row(table: Table) -> Iterator[Statement]:
    """`委托人(甲方) | 名称 | 某公司 | 邮政编码 | 100000`: a value stands to the right of its label."""
    party: Tag | None = None
    heading: Passage | None = None
    for row, cells in enumerate(table.grid()):
        cells = tuple(dict.fromkeys(cells))
        for cell, right in zip(cells, (*cells[1:], None), strict=True):
            tag = tag_of(cell.text.text)
            if tag and tag.role and not tag.kind:
                party, heading = tag, cell.text
            if cell.row != row:
                continue
            if tag is None:
                yield from inside(cell, party)
            elif right and right.text and right.row == row and not tag_of(right.text.text):
                yield told(tag, party, heading, cell.text, right.text)


def told(tag: Tag, party: Tag | None, heading: Passage | None, label: Passage, value: Passage) -> Statement:
    """A label cell's statement; the party is the label's own, else that of the row."""
    role = tag.role or (party.role if party else None)
    named = label if tag.role else heading
    word = named.text if named else None
    if tag.kind is None or (tag.kind == "name" and heading):
        return Statement("party", word, role, heading or label, value)
    return Statement(tag.kind, word, role, label, value)


def inside(cell: Cell, party: Tag | None) -> Iterator[Statement]:
    """A cell that holds labels and values together, as two-column signature blocks do."""
    for one in statements(cell.text):
        if one.role:
            party = Tag(one.role, None)
        yield Statement(one.kind, one.party, one.role or (party.role if party else None), one.label, one.value)


def by_column(table: Table) -> Iterator[Statement]:
    """`| 甲方 | 乙方` above `名称 | 某中心 | 某公司`: a party has a column."""
    heads: dict[int, Cell] = {}
    for cells in table.grid():
        tags = {c: tag_of(cell.text.text) for c, cell in enumerate(cells)}
        parties = {c: cells[c] for c, tag in tags.items() if tag and tag.role and not tag.kind}
        if len({cell.text.text for cell in parties.values()}) > 1 and len(parties) >= len(cells) - 1:
            heads = parties
        elif heads and (tag := tags[0]) and tag.kind:
            for c, head in heads.items():
                if c and cells[c].text and not tags[c]:
                    yield told(tag, tag_of(head.text.text), head.text, cells[0].text, cells[c].text)
