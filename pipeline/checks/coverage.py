"""coverage.sums and coverage.pages: what is printed as money is a value of the record, or somebody is told.

A rule compares only what was read as a value. A deposit that no field reads, a price table that was taken for running
text, a page that came out blank: no equation would miss them. So every sum that a clause states must be claimed by a
value of the record, and every page must have been read. What isn't so is `unverified`; these rules never find a
mismatch. Limits, budgets and prices for one of a thing bind nobody to pay a sum, and are passed over.

>>> [printed.text for printed in sums("押金¥5000.00元；每次扣除300元以上500元以下；注册资本1000万元。")]
['5000.00']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._stated import Printed, printed_sum, text_of, walk
from pipeline.model.check import Check, Message, Missing, passed, rule, unverified
from pipeline.model.lower import cited
from pipeline.model.record import Amount, Installment, Record, SectionRecord
from pipeline.model.source import Cited
from pipeline.text.money import Statement, statements
from pipeline.text.numbers import parse_money

NO_DUTY_BEFORE = re.compile(
    r"(?:不[超高]过|不[低少]于|不得?[超高低少][过于]|超过|至少|上限|下限|限额|最高|最低|限价|控制价|预算|概算|投资|注册资[本金]|保险|保额|单价"
    r"|每(?:一|个)*[一-龥㎡])[^，,。；;\d]{0,12}$"
)
# Formal numerals without their 元: a sum whose end was not read. 壹式肆份 and 柒仟 are too short to be one.
UNENDED = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]{4,}(?![零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆圓角分整正])")
NO_DUTY_AFTER = re.compile(r"(?:元|人民币|整|[）)])*(?:以上|以下|以内|至|[/／~～—-])")
LISTED = 5  # more sums than a person wants to read in one sentence
TABLE_LIKE = 8  # so many sums in one clause are a price table that was read as text
ILLEGIBLE = 0.85  # a page's mean confidence; even a poor fax that is read well stays above 0.9


@rule("coverage.sums", "warning")
def coverage_sums(record: Record) -> Iterator[Check]:
    """Every sum that a clause states is a value of the record."""
    claimed = claimed_values(record)
    printed = [(section, found) for section in walk(record.sections) if (found := sums(text_of(section)))]
    lost = [(section, open_) for section, found in printed if (open_ := [p for p in found if not p.values & claimed])]
    for section, found in lost:
        yield overlooked(record, section, found)
    if printed and not lost:
        count = sum(len(found) for _, found in printed)
        message = Message(f"条款中的{count}处金额均已归入记录", f"{count} sums in clauses are values of the record")
        yield passed(tuple(section for section, _ in printed), message)


def sums(text: str) -> list[Printed]:
    """The sums that a clause binds someone to."""
    stated = statements(text)
    binding = [printed_sum(text, statement) for statement in stated if binds(text, statement)]
    spans = [(statement.start, statement.end) for statement in stated]
    unended = [w for w in UNENDED.finditer(text) if not any(start <= w.start() < end for start, end in spans)]
    return [*binding, *(Printed(words.group(), frozenset()) for words in unended)]


def binds(text: str, statement: Statement) -> bool:
    """Whether the sum is to be paid: no limit, no budget, no price for one of a thing."""
    before, after = text[max(0, statement.start - 30) : statement.start], text[statement.end :]
    return not NO_DUTY_BEFORE.search(before.rstrip("¥￥")) and not NO_DUTY_AFTER.match(after)


def claimed_values(record: Record) -> frozenset[Decimal]:
    """All that the record holds as money, and the figures of its tables."""
    entries: tuple[Amount | Installment, ...] = (*record.amounts, *record.installments)
    leaves: list[Cited[Decimal] | None] = [leaf for e in entries for leaf in (e.figures, e.words_value)]
    leaves += [penalty.value for penalty in record.penalties]
    leaves += [table.total for table in record.line_item_tables]
    cells = (cell.value for table in record.tables for row in table.rows for cell in row)
    return frozenset({leaf.value for leaf in leaves if leaf}.union(*(values_in(cell) for cell in cells)))


def values_in(cell: str) -> frozenset[Decimal]:
    """The sums that a cell states, bare or in running text."""
    bare = parse_money(cell)
    stated = (value for statement in statements(cell) for value in printed_sum(cell, statement).values)
    return frozenset(stated) | (frozenset() if bare is None else {bare})


def overlooked(record: Record, section: SectionRecord, found: list[Printed]) -> Check:
    """Sums of one clause that no value claims; so many of them are a price table that wasn't recognised."""
    listed = "、".join(dict.fromkeys(printed.text for printed in found[:LISTED]))
    more = len(found) > LISTED
    message = Message(
        f"条款中的金额{listed}{f'等{len(found)}处' if more else ''}未归入记录，请确认",
        f"sums in a clause are no value of the record: {listed}{f' and others, {len(found)} in all' if more else ''}",
    )
    table = (Missing(record, "line_item_tables"),) if len(found) >= TABLE_LIKE else ()
    refs = (Missing(record, "amounts"), Missing(record, "installments"), *table, section.text)
    return unverified(refs, message, severity="warning" if table else "info")


@rule("coverage.pages", "warning")
def coverage_pages(record: Record) -> Iterator[Check]:
    """Every page was read, all of its lines, and read well enough."""
    filled = {source.page for leaf in cited(record) for source in leaf.sources}
    doubtful = [page for page in record.document.pages if page.confidence < ILLEGIBLE]
    blank = [page for page in record.document.pages if page.number not in filled and page not in doubtful]
    for page in doubtful:
        message = Message(f"第{page.number}页识别质量很差，其内容未经核实", f"page {page.number} was read badly")
        yield unverified((page, *lists(record)), message)
    parted = [page for page in record.document.pages if page.unread_lines and page not in doubtful]
    for page in parted:
        message = Message(
            f"第{page.number}页有{page.unread_lines}行文字没有读出，请核对原件",
            f"{page.unread_lines} lines of page {page.number} could not be read",
        )
        yield unverified((page, *lists(record)), message)
    for page in blank:
        message = Message(
            f"第{page.number}页没有内容归入记录（空白页或目录等），请确认",
            f"nothing on page {page.number} is part of the record (blank, or a table of contents)",
        )
        yield unverified((page, *lists(record)), message, severity="info")
    if record.document.pages and not (doubtful or parted or blank):
        count = len(record.document.pages)
        yield passed((), Message(f"全部{count}页均已读出", f"all {count} pages were read"))


def lists(record: Record) -> tuple[Missing, ...]:
    """Where what stands on a page that was not read would belong."""
    return tuple(Missing(record, name) for name in ("amounts", "installments", "line_item_tables"))
