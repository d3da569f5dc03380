"""rows.sequence and sections.sequence: numbers run without a gap or a repeat.

Tables number their rows in a column headed 序号 or 编号, sometimes on two levels (一 / 1 / 2, or 1 / 1.1) and afresh in
each category; clauses number themselves on each level of the tree, and 条 run on through 章. A number that could not be
read is a doubt, not a gap.

>>> [found.expected for found in breaks([Step(numbering(text)) for text in ("1", "2", "4", "5")], {})]
[3]
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.checks._operands import present, trusted
from pipeline.model.check import Check, Message, mismatch, passed, rule, unverified
from pipeline.model.record import Record, SectionRecord, TableRecord
from pipeline.model.source import Cited
from pipeline.text.ordinals import Numbering, numbering
from pipeline.text.roles import SEQ, nearly

LEAST_STEPS = 3
MOST = 0.75  # of the steps are by one
ARABIC = "1"  # the style of plain figures
LETTER = re.compile(r"\s*[A-Za-z]\s*")
TOTALS = re.compile(r"[合总小共]\s*[计价]|总额")

Key = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One place in a sequence: its number (None: blank or unreadable), its leaf; `fresh` if counting may start anew,
    `total` if it never had a number."""

    number: Numbering | None
    leaf: Cited[str] | None = None
    fresh: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A number that does not follow; `doubtful` where unread numbers stand in the gap, `borne_out` where the next one
    goes on from it: so it stands there, however faint."""

    step: Step
    expected: int
    doubtful: bool
    borne_out: bool = False


@dataclass(slots=True)
class Counter:
    """The levels that are being counted, outermost first, with the numbers after which each may go on."""

    carry: dict[str, int]
    last: dict[Key, set[int]] = field(default_factory=dict)
    blanks: int = 0
    fresh: bool = False

    def take(self, step: Step) -> Break | None:
        """Counts one step; a break where its number does not follow."""
        self.fresh |= step.fresh
        if step.number is None:
            self.blanks += not step.total
            return None
        key = (step.number.style, step.number.parts[:-1])
        allowed = self.allowed(key)
        value, expected = step.number.last, min(allowed)
        follows = value in allowed
        found = None if follows else Break(step, expected, expected < value <= expected + self.blanks)
        self.last[key] = {value} if follows else {value, expected}
        self.carry[step.number.style] = value
        self.blanks, self.fresh = 0, False
        return found

    def allowed(self, key: Key) -> set[int]:
        """The numbers that may come next on this level; the levels below it end here."""
        if key not in self.last:
            return {1, self.carry.get(key[0], 0) + 1} if not key[1] else {1}
        for below in list(self.last)[list(self.last).index(key) + 1 :]:
            del self.last[below]
        following = {value + 1 for value in self.last[key]}
        return following | {1} if self.fresh else following


def breaks(steps: Sequence[Step], carry: dict[str, int]) -> list[Break]:
    """Every number that does not follow; `carry` holds the last number of each style and is moved on."""
    counter = Counter(carry)
    taken = [(counter.take(step), after) for step, after in itertools.zip_longest(steps, steps[1:])]
    return [replace(found, borne_out=goes_on(found.step, after)) for found, after in taken if found]


def goes_on(step: Step, after: Step | None) -> bool:
    """Whether a number is followed by the next one of its kind, surely read."""
    if step.number is None or after is None or after.number is None or after.leaf is None or not trusted(after.leaf):
        return False
    alike = (step.number.style, step.number.parts[:-1]) == (after.number.style, after.number.parts[:-1])
    return alike and after.number.last == step.number.last + 1


@rule("rows.sequence", "warning")
def rows_sequence(record: Record) -> Iterator[Check]:
    """序号 of every numbered table; a table may go on where the one before it stopped."""
    carry: dict[str, int] = {}
    for table in record.tables:
        column = number_column(table)
        if column is not None:
            steps = row_steps(table, column)
            yield from judge(steps, carry, Message(f"表{table.id}的序号", f"table {table.id}"))


def number_column(table: TableRecord) -> int | None:
    """The column headed 序号, or the first one where its cells count under a misread header; one of codes (编号 XM-001)
    is none."""
    for column, cell in enumerate(table.header):
        if SEQ.fullmatch(folded(cell.value)):
            return column if 2 * len(numbers_in(table, column)) >= len(texts_in(table, column)) else None
    return 0 if table.header and is_misread(table.header[0].value) and counts(numbers_in(table, 0)) else None


def is_misread(header: str) -> bool:
    """Whether a header may be 序号: one character of it, or both but for one."""
    return len(header) == 1 or nearly(header, "seq")


def texts_in(table: TableRecord, column: int) -> list[str]:
    """A column's texts, without the labels that stand across it and the next one; equal figures may stand beside each
    other."""
    beside = ([cell.value for cell in row[column : column + 2]] for row in table.rows if column < len(row))
    return [text for text, *after in beside if text.strip() and (after != [text] or numbering(text))]


def numbers_in(table: TableRecord, column: int) -> list[Numbering]:
    return [number for text in texts_in(table, column) if (number := numbering(text))]


def counts(numbers: Sequence[Numbering]) -> bool:
    """Whether numbers go from one on, most of them by one."""
    steps = [after.last == before.last + 1 for before, after in itertools.pairwise(numbers)]
    return len(steps) >= LEAST_STEPS and numbers[0].last == 1 and sum(steps) >= MOST * len(steps)


def row_steps(table: TableRecord, column: int) -> list[Step]:
    """The column from top to bottom; merged cells once, headings and totals as places to start anew, a lone letter
    among figures as a number that was not read."""
    steps: list[Step] = []
    figures = sum(number.style == ARABIC for number in numbers_in(table, column))
    counted = 2 * figures > len(texts_in(table, column))
    before: Cited[str] | None = None
    group: tuple[str, ...] = ()
    for row in (row for row in table.rows if column < len(row)):
        cell, left = row[column], tuple(leaf.value for leaf in row[:column])
        number = numbering(cell.value)
        if counted and LETTER.fullmatch(cell.value):
            steps.append(Step(None, cell))
        elif between(row, cell, number):
            steps.append(Step(None, None, fresh=True, total=is_total(row)))
        elif not (cell.sources and cell == before):
            steps.append(Step(number, cell, fresh=left != group))
        before, group = cell, left
    return steps


def between(row: Sequence[Cited[str]], cell: Cited[str], number: Numbering | None) -> bool:
    """Is the row a heading or a total?"""
    heading = number is None and bool(cell.value.strip())
    return heading or (number is None and is_total(row))


def is_total(row: Sequence[Cited[str]]) -> bool:
    return any(TOTALS.search(leaf.value) for leaf in row)


@rule("sections.sequence", "warning")
def sections_sequence(record: Record) -> Iterator[Check]:
    """Clause numbers among their siblings; a style may go on from an earlier branch (第四条 after 第一章's 第三条)."""
    found = list(siblings(record.sections, {}, Message("合同各部分的编号", "the contract's parts")))
    runs = [check for check in found if check.status == "pass"]
    yield from (check for check in found if check.status != "pass")
    if runs:
        message = Message(f"{len(runs)}组条款编号连续", f"{len(runs)} runs of clause numbers have no gap")
        yield passed(tuple(ref for check in runs for ref in check.refs), message)


def siblings(sections: Sequence[SectionRecord], carry: dict[str, int], label: Message) -> Iterator[Check]:
    """One group of clauses, then the groups below each of them."""
    yield from judge([section_step(section) for section in sections], carry, label)
    for section in sections:
        name = section.number or section.title
        text = name.value if name else ""
        yield from siblings(section.children, carry, Message(f"「{text}」下的编号", f"the clauses of {text}"))


def section_step(section: SectionRecord) -> Step:
    if section.number is None:
        return Step(None, None, fresh=True)
    return Step(numbering(section.number.value), section.number)


def judge(steps: Sequence[Step], carry: dict[str, int], label: Message) -> Iterator[Check]:
    """A check for each break; one pass where there is none, one doubt where numbers could not be read."""
    leaves = present(*(step.leaf for step in steps))
    numbered = [step for step in steps if step.number]
    found = breaks(steps, carry)
    if len(leaves) < 2:
        return
    yield from (broken(item, label, len(numbered)) for item in found)
    unread = present(*(step.leaf for step in steps if step.number is None))
    if unread and not found:
        message = Message(f"{label.zh}有{len(unread)}处无法读出", f"{label.en}: {len(unread)} numbers can't be read")
        yield unverified(unread, message)
    elif not found:
        message = Message(f"{label.zh}连续，共{len(leaves)}个", f"{label.en}: {len(leaves)} numbers run on")
        yield passed((leaves[0], leaves[-1]), message)


def broken(item: Break, label: Message, count: int) -> Check:
    """A gap or a repeat; not proven by a doubtful reading, nor by a number that stands alone."""
    number, leaf = item.step.number, item.step.leaf
    assert number is not None
    assert leaf is not None
    message = Message(
        f"{label.zh}应为{item.expected}，实为{leaf.value}",
        f"{label.en}: {item.expected} should come, {leaf.value} does",
    )
    if item.doubtful or count < 2 or not (trusted(leaf) or item.borne_out):
        return unverified((leaf,), message)
    return mismatch((leaf,), message, str(item.expected), str(number.last))


def folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
