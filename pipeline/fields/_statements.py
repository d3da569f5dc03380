"""Finds what a contract states as `label：value`, in paragraphs and in tables with labels in cells.

Contracts print their own data and their parties' as labels: `甲    方：某公司`, `联系人：李某  电话：010-1234`,
`委托人（甲方）：…`, `法定代表人（签字）：`, `乙方项目负责人：…`, or in a signature table as a label cell with its
value to the right. _labels.py has the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.fields._labels import FIELD, KINDS, Tag, nearest, role_of, tag_of
from pipeline.model.document import Cell, Table
from pipeline.model.passage import Passage
from pipeline.text.parties import BRACKET, PARTY

# （盖章） and its like, below a seal often without a bracket or with another sign for it, or for one of its characters
HAN = r"[\u4e00-\u9fff]"
MARRED = rf"(?:单位|加盖)(?:[盖公签印]{HAN}|{HAN}章)|[盖公签印]{HAN}(?=[）)\]】])|单位[^\w，。；:：\s]{{1,2}}"
SEALED = rf"[^，。；:：\u3000 ]?(?:(?:单位|加盖)?(?:[盖公签印]章|签字)|{MARRED})[）)\]】]?"
# What is left of it before a colon, or of （签字） after a person's label
TORN = rf"[（(《](?:签[字名章]?|[盖公]章?)[）)》]?|[（(]{HAN}{{0,2}}(?=[:：])"
# （乙方） whose first bracket was not read, or no more than 方
OPENED = r"[甲乙丙丁]?方[）)]"
LABEL = re.compile(
    rf"(?:(?P<party>{PARTY})(?P<qualifier>(?:{OPENED})?(?:{BRACKET})*)(?:的|指定|指定的)?(?P<field>{FIELD})?|(?P<plain>{FIELD}))"
    rf"(?:(?:及|和|与|、|/)[\u4e00-\u9fff]{{2,6}})?(?P<note>(?:{BRACKET})*(?:{SEALED}|{TORN})?)[:：]"
)
BARE = re.compile(rf"(?P<field>{FIELD})(?P<note>(?:{BRACKET}|{TORN})?[)）\]】]?[，,；;!！.·]?)[^:：。，；]{{2,40}}")
NEARLY = re.compile(rf"(?P<label>[\u4e00-\u9fff]{{4,12}})(?:{BRACKET}|{TORN})?[:：]")
SIGNED = re.compile(
    rf"(?P<party>{PARTY})(?P<qualifier>(?:{BRACKET})*?(?:[（(][甲乙丙丁]方)?)"
    rf"(?:(?:[（(](?:单位|加盖|[单位加])?[盖公签印][章字]{{1,3}}[）)]|{SEALED})[，,;；·.]?|[;；]|章[）)]?[·.])"
    r"(?P<name>[\u4e00-\u9fff][^:：。，；]{3,40})"
)
# A bracket whose words a seal hides, before what can only be a name: 供应商（二）某某有限公司
UNSEALED = re.compile(
    rf"(?P<party>{PARTY})(?P<qualifier>{BRACKET})(?P<name>[\u4e00-\u9fff（）()]{{4,36}}(?:公司|中心|医院|学院|大学|学校|局|所))"
)
# The same before a name that goes on in the next line: whose block it is it tells, not the name
TORN_NAME = re.compile(rf"(?P<party>{PARTY})(?P<qualifier>{BRACKET})[\u4e00-\u9fff（）()]{{2,24}}")
SIDE = re.compile(rf"(?P<party>{PARTY})(?:[（(][甲乙丙丁]方[）)]?)?(?P<sealed>[（(](?:单位|加)?[盖公签善])?")
SENTENCE = re.compile("[，。；、]")
NUMBERING = re.compile(
    r"[.．·,，、'‘’`~_|\-]{0,2}(?:[（(【\[]|\d{1,2}(?:[.．]\d{1,2})+(?!\d)|[0-9一二三四五六七八九十]{1,3}[）)、.．]+|[a-z①-⑳][.)、]?)*"
)
# A person's label whose colon was not read ends the value before it: 某公司授权代理人（签字）何某
SIGNING = re.compile(rf"(?:{FIELD})[（(【\[]签[字名章][）)】\]]")
EDGES = " _＿，,；;。、…—·•"


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


def without_colon(passage: Passage) -> Statement | None:
    """A line of a block whose colon was not read, or misread as a comma or a bracket: 住所某市某路5号; None for a
    sentence or what names no field."""
    match = BARE.fullmatch(passage.text)
    if match is None:
        return None
    label, value = passage[: match.end("field")], passage[match.end("note") :].strip(EDGES + "（(")
    return Statement(KINDS[match["field"]], None, None, label, value)


def misread(passage: Passage) -> Statement | None:
    """A line whose label is a known one but for a character or two: 法定化表：李某; None for other texts."""
    match = NEARLY.match(passage.text)
    kind = nearest(match["label"]) if match else None
    if match is None or kind is None:
        return None
    return Statement(kind, None, None, passage[: match.end("label")], passage[match.end() :].strip(EDGES))


def signature(passage: Passage) -> Statement | None:
    """A party's label whose colon was not read, or misread: 甲方（盖章）某中心, 甲方；某中心; None for other texts.

    A name that its line does not end is left out: `甲方（章）某某系统集成`.
    """
    match = SIGNED.fullmatch(passage.text) or UNSEALED.fullmatch(passage.text)
    torn = None if match else TORN_NAME.fullmatch(passage.text)
    match = match or torn
    if match is None:
        return None
    party = match["party"] + match["qualifier"]
    value = Passage() if torn else passage[match.start("name") :].strip(EDGES)
    return Statement("party", party, role_of(match["party"], party), passage[: match.end("party")], value)


def both_parties(passage: Passage) -> tuple[Statement, ...]:
    """The labels of two parties who sign side by side, in a line that a seal runs together: 甲方（盖章）某乙方(盖章).

    The names beside them, which may wrap, are left out. None where each label has its colon, or in a sentence.
    """
    text = passage.text
    found = list(SIDE.finditer(text))
    if len(found) != 2 or found[0].start() > 0 or SENTENCE.search(text) or not any(x["sealed"] for x in found):
        return ()
    if len(list(labels(text))) > 1:
        return ()
    one, other = (
        Statement("party", x[0], role_of(x["party"], x[0]), passage[x.start() : x.end()], passage[x.end() : x.end()])
        for x in found
    )
    return (one, other) if one.role != other.role else ()


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
    signing = SIGNING.search(passage.text, match.end(), end)
    end = signing.start() if signing else end
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


def in_table(table: Table, party: Cell | None = None) -> tuple[Statement, ...]:
    """Every statement of a table whose cells are labels and values; none where it is a table of another kind.

    `party` is whose the rows were at the end of the page before, if the table may go on from there.
    """
    found = tuple(by_column(table)) or tuple(by_row(table, party))
    return found if len({one.kind for one in found}) > 1 else ()


def last_party(table: Table) -> Cell | None:
    """Whose the table's last rows are."""
    return next((cell for cell in reversed(table.cells) if is_party(cell)), None)


def by_row(table: Table, before: Cell | None = None) -> Iterator[Statement]:
    """`委托人(甲方) | 名称 | 某公司 | 邮政编码 | 100000`: a value stands to the right of its label.

    A label belongs to the party at its left, in its row or above it: parties stand one below the other or side by side.
    """
    parties: tuple[Cell, ...] = (before,) if before and not table.cells[0].text else ()
    for row, cells in enumerate(table.grid()):
        cells = tuple(dict.fromkeys(cells))
        parties = tuple(cell for cell in cells if is_party(cell)) or parties
        for left, cell, right in zip((None, *cells), cells, (*cells[1:], None), strict=False):
            if cell.row != row:
                continue
            party = next((p for p in reversed(parties) if p.column <= cell.column), None)
            tag = tag_of(cell.text.text)
            if tag is None:
                yield from inside(cell, party, left)
            elif right and right.text and right.row == row and not tag_of(right.text.text):
                yield told(tag, party.text if party else None, cell.text, right.text)


def is_party(cell: Cell) -> bool:
    tag = tag_of(cell.text.text)
    return tag is not None and tag.role is not None and tag.kind is None


def told(tag: Tag, heading: Passage | None, label: Passage, value: Passage) -> Statement:
    """A label cell's statement; the party is the label's own, else that of `heading`, the party's cell."""
    party = tag_of(heading.text) if heading else None
    role = tag.role or (party.role if party else None)
    named = label if tag.role else heading
    word = named.text if named else None
    if tag.kind is None or (tag.kind == "name" and heading):
        return Statement("party", word, role, party_word(heading or label), value)
    return Statement(tag.kind, word, role, label, value)


def party_word(label: Passage) -> Passage:
    """A party's cell without its brackets: `甲方（公章）`."""
    match = re.match(PARTY, label.text)
    return label[: match.end()] if match else label


def inside(cell: Cell, party: Cell | None, left: Cell | None) -> Iterator[Statement]:
    """A cell that holds labels and values together, as two-column signature blocks do.

    Right of a label (`联系人 | 甲方：王某；乙方：李某`) the parties' values are of its kind.
    """
    heading = tag_of(party.text.text) if party else None
    about = tag_of(left.text.text) if left else None
    role = heading.role if heading else None
    bare = without_colon(cell.text) if cell.column_end - cell.column > 1 else None
    for one in (bare,) if bare else statements(cell.text):
        role = one.role or role
        kind = about.kind if about and about.kind and one.kind == "party" else one.kind
        yield Statement(kind, one.party, role, one.label, one.value)


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
                    yield told(tag, head.text, cells[0].text, cells[c].text)
