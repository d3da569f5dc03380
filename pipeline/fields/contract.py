"""The contract's header: title, numbers, project, date and place, term, copies, annexes.

Contracts print it on the cover, in the preamble, in clauses near the end and in the signature block. Annexes have
dates, numbers and copies of their own, which are not the contract's: only what stands before the first annex counts.

>>> read(Document((), (), ())).title is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.fields._annexes import read_annexes
from pipeline.fields._body import Stated, as_date, body, paragraphs, stated
from pipeline.fields._copies import read_copies
from pipeline.fields._labels import tag_of
from pipeline.fields._term import read_term
from pipeline.fields._title import project_name, title
from pipeline.model.document import Block, Document, Table
from pipeline.model.passage import Passage
from pipeline.model.record import Contract, Text
from pipeline.text.dates import find_dates, parse_date

CODE = re.compile(
    r"[0-9A-Za-z\u4e00-\u9fff\-—–_/.()（）\[\]〔〕 ]*[0-9][0-9A-Za-z\u4e00-\u9fff\-—–_/.()（）\[\]〔〕 ]*"
)
TENDER = re.compile(
    r"(?<![0-9A-Za-z])(?P<code>[0-9A-Za-z][0-9A-Za-z\-—–_/.()（）]{3,60})号?的?(?:招标|采购|磋商|谈判|询价|比选)文件"
)
SIGNED = re.compile(
    r"本(?:合同|协议)(?:.{0,6}于(?P<date>.{6,20}?(?:日|月(?!.{1,4}日))))?(?:.{0,12}?在(?P<place>[\u4e00-\u9fff]{2,20}?))?(?:签订|签署|订立)(?!后|前|之)"
)
PLACE_IN_PROSE = re.compile(r"签[订署约]地点?为(?P<place>[\u4e00-\u9fff0-9A-Za-z（）()]{2,30})")
PLACE = re.compile(r"[\u4e00-\u9fff0-9A-Za-z（）()]{2,30}")
BARE_DATE = re.compile(r"[0-9年月日号\-./一二三四五六七八九十〇零○O ]{6,16}")
CODE_EDGES = " _】）)、，,。；;"


def read(document: Document) -> Contract:
    """The header, every part None where it is not printed."""
    blocks = body(document)
    found = list(stated(blocks))
    heading = title(blocks)
    return Contract(
        title=cite(heading),
        number=cite(code(found, "number")),
        project_name=cite(project_name(found, blocks, heading)),
        procurement_number=cite(code(found, "procurement_number") or tender(blocks)),
        sign_date=sign_date(found, blocks),
        sign_place=cite(sign_place(found, blocks)),
        term=read_term(found, blocks),
        copies=read_copies(paragraphs(blocks)),
        annexes=read_annexes(document),
    )


def cite(value: Passage | None) -> Text:
    return value.cite() if value else None


def code(found: list[Stated], kind: str) -> Passage | None:
    """The first number with that label; a blank is none. What stands a line below belongs to something else."""
    for one in found:
        if one.statement.kind == kind:
            value = first_line(one.statement.value).strip(CODE_EDGES)
            match = CODE.match(value.text)
            if match:
                return value[: match.end()].strip(CODE_EDGES)
    return None


def first_line(value: Passage) -> Passage:
    return Passage(tuple(glyph for glyph in value if glyph.line == value.glyphs[0].line))


def tender(blocks: tuple[Block, ...]) -> Passage | None:
    """`以BJ-2024-01号招标文件`."""
    for paragraph in paragraphs(blocks):
        match = TENDER.search(paragraph.text.text)
        if match and re.search(r"[0-9]", match["code"]):
            return paragraph.text[match.start("code") : match.end("code")]
    return None


def sign_date(found: list[Stated], blocks: tuple[Block, ...]) -> Text:
    """签订日期, else the preamble's, else the last date of the signatures, else a date alone on the cover."""
    labelled = [one.statement.value for one in found if one.statement.kind == "sign_date"]
    signed = [one.statement.value for one in found if one.statement.kind == "date"]
    first = (*map(dated, labelled), *map(dated, in_preamble(blocks, "date")))
    last = sorted(filter(None, map(dated, signed)), key=lambda date: date.value)[-1:]
    alone = (*map(dated, alone_on(blocks)), *map(dated, in_signature_table(blocks)))
    return next((date for date in (*first, *last, *alone) if date), None)


def dated(value: Passage) -> Text:
    date = next(iter(find_dates(value.text)), None)
    return as_date(value, date) if date else None


def in_preamble(blocks: tuple[Block, ...], part: str) -> Iterator[Passage]:
    """`本合同于2024年5月20日在北京市签订`."""
    for paragraph in paragraphs(blocks):
        match = SIGNED.search(paragraph.text.text)
        if match and match[part]:
            yield paragraph.text[match.start(part) : match.end(part)]


def alone_on(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Dates that are a line of their own: at the foot of the cover, below the signatures."""
    for paragraph in paragraphs(blocks):
        if BARE_DATE.fullmatch(paragraph.text.text) and parse_date(paragraph.text.text):
            yield paragraph.text


def in_signature_table(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """A date in a table that names a party in a cell of its own."""
    for block in blocks:
        table = block.content
        if isinstance(table, Table) and any((tag := tag_of(cell.text.text)) and tag.role for cell in table.cells):
            yield from (cell.text for cell in table.cells if parse_date(cell.text.text))


def in_prose(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """`签订地点为北京市`."""
    for paragraph in paragraphs(blocks):
        for match in PLACE_IN_PROSE.finditer(paragraph.text.text):
            yield paragraph.text[match.start("place") : match.end("place")]


def sign_place(found: list[Stated], blocks: tuple[Block, ...]) -> Passage | None:
    values = [one.statement.value for one in found if one.statement.kind == "sign_place"]
    for value in (*values, *in_preamble(blocks, "place"), *in_prose(blocks)):
        match = PLACE.match(value.text)
        if match and not tag_of(match[0]):
            return value[: match.end()]
    return None
