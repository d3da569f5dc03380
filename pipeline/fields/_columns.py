"""What the columns of a price table hold, from their headers (text.roles).

Contracts print prices with and without tax side by side, and stack headers (价格 over 单价 and 合价). A header claims
one role; where several columns claim one role, all keep it, and where none does, columns of figures under words that
say nothing may: the table's arithmetic chooses (_price_layout).

>>> counts_rows(["1", "2", "3", "合计"])
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from pipeline.fields._cells import TERM
from pipeline.model.document import Cell
from pipeline.text.numbers import parse_money
from pipeline.text.roles import (
    IN_TIME,
    NOTE,
    PLAIN,
    Role,
    allows,
    differs_by_one,
    ends,
    is_doubtful,
    is_known,
    nearly,
    role_of,
)

Grid: TypeAlias = tuple[tuple[Cell, ...], ...]

DOUBT = 0.95
TIMED = re.compile(r"\d{1,3}(?:个月|年)")
EMPTY_UNIT = re.compile(r"[（(][^）)\u4e00-\u9fff%％‰]{0,2}[)）]$")
TERMS = ("12", "24", "36", "48", "60")  # months of a contract; none is a rate of tax
LEAST_COUNTED = 3  # rows by whose numbers a column is known
SELDOM = 5  # one number in so many may be misread
# How surely a header names the item itself: 货物名称 beside 服务内容 is the name.
NAME_STRENGTH = ("内容|明细|事项", "项目|货物|产品|商品|设备|标的|材料|岗位|人员", "服务项|分项|品名|品目", "名称")
WORDS: frozenset[Role] = frozenset({"name", "unit", "remark"})  # what no column of figures holds


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in the grid, its header's text and what it holds.

    `hidden`: the header can't be read; `open`: it says nothing, and most of the column's cells are figures.
    """

    index: int
    header: str
    role: Role
    hidden: bool = False
    open: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the header prices one thing in one contract and the whole line in another."""
        return is_doubtful(self.header)

    def may_hold(self, role: Role) -> bool:
        """Whether the header allows the role."""
        return role == self.role or allows(self.header, role)

    def nearly(self, role: Role) -> bool:
        """Whether the header names the role but for one character, or for its beginning."""
        return nearly(self.header, role) or ends(self.header, role)


def columns_of(grid: Grid, header_rows: int) -> tuple[Column, ...]:
    """Every column with its role; stacked headers are read top down as one."""
    stacks = [[grid[row][i].text.text for row in range(header_rows)] for i in range(len(grid[0]))]
    headers = ["".join(dict.fromkeys(stack)) for stack in stacks]
    columns = [Column(i, header, role_of(header)) for i, header in enumerate(headers)]
    for column in [column for column in columns if column.role == "other"]:
        hidden = is_hidden(column, grid[:header_rows])
        role = hidden_role(column, grid[header_rows:], {other.role for other in columns}, hidden)
        open_ = role == "other" and not is_known(column.header) and holds_figures(column, grid[header_rows:])
        columns[column.index] = replace(column, role=role, hidden=hidden, open=open_)
    return tuple(columns)


def holds_figures(column: Column, body: Grid) -> bool:
    """Whether most cells of the column that hold anything hold figures; a merged cell's are its first column's."""
    texts = [text for row in body if (text := row[column.index].text.text)]
    figures = sum(number_at(row, column) is not None for row in body if row[column.index].column == column.index)
    return figures > 0 and 2 * figures >= len(texts)


def number_at(row: tuple[Cell, ...], column: Column) -> Decimal | None:
    """The cell's number without the words around it (12个月, 16台), nor the term of the column before it."""
    return parse_money(re.sub(r"[^\d.,，-]", "", TERM.sub("", row[column.index].text.text)))


def is_hidden(column: Column, head: Grid) -> bool:
    """Whether the header was not read, or not surely: it has no word, or one in doubt."""
    texts = [row[column.index].text for row in head]
    wordless = not re.search(r"[\u4e00-\u9fff]", NOTE.sub("", column.header))
    return wordless or min((text.cite().confidence for text in texts if text), default=1.0) < DOUBT


def hidden_role(column: Column, body: Grid, claimed: set[Role], hidden: bool) -> Role:
    """The role of a column whose header says nothing: it counts the rows, or its header was misread by a character,
    or all but its unit: J910(年)."""
    own = [row[column.index] for row in body]
    cells = [cell.text.text for cell in own if cell.column_end - cell.column == 1]  # labels of totals span several
    if "seq" not in claimed and counts_rows(cells, misread=0 if column.index else len(cells) // SELDOM):
        return "seq"
    if not hidden:
        return "other"
    if "periods" not in claimed and (IN_TIME.search(column.header) or counts_months(column, cells)):
        return "periods"
    bare = NOTE.sub("", column.header).replace(" ", "")
    near = (
        role for role, words in PLAIN.items() if role not in claimed and any(differs_by_one(bare, w) for w in words)
    )
    figures = holds_figures(column, body)
    return next((role for role in near if role != "seq" and not (figures and role in WORDS)), "other")


def counts_months(column: Column, cells: list[str]) -> bool:
    """Whether a header of which nothing was read stands over terms with their unit (24个月), or one of which nothing
    but the brackets of a unit were read over one term in whole years."""
    if sum(TIMED.fullmatch(text) is not None for text in cells) >= max(LEAST_COUNTED, len(cells) // 2):
        return True
    numbers = [text for text in cells if text.isdecimal()]
    one = len(set(numbers)) == 1 and numbers[0] in TERMS
    return EMPTY_UNIT.search(column.header) is not None and one and len(numbers) >= max(LEAST_COUNTED, len(cells) // 2)


def counts_rows(cells: list[str], misread: int = 0) -> bool:
    """1, 2, 3 ... down the column, but for rows of another kind at its end; some of them may be misread or repeated."""
    numbers = [text.rstrip("、.") for text in cells]
    counted = [
        n == str(i) or follows(n, before) for i, (n, before) in enumerate(zip(numbers, ["", *numbers], strict=False), 1)
    ]
    end = max((i for i, right in enumerate(counted, 1) if right), default=0)
    wrong = end - sum(counted) + sum(map(str.isdecimal, numbers[end:]))
    return sum(counted) >= LEAST_COUNTED and wrong <= misread


def follows(number: str, before: str) -> bool:
    """Whether a number is the next one after the one above it."""
    return number.isdecimal() and before.isdecimal() and int(number) == int(before) + 1


def name_column(columns: tuple[Column, ...], body: Grid) -> Column | None:
    """The column that names the items: one that isn't merged over rows, and of those the surest by its header."""
    names = [c for c in columns if c.role == "name"]
    if not names:
        return next((c for c in columns if c.role in ("category", "spec", "other")), None)
    single = [c for c in names if not any(row[c.index].row_end - row[c.index].row > 1 for row in body)]
    return max(single or names, key=lambda c: (strength(c.header), c.index))


def strength(header: str) -> int:
    return max((i for i, words in enumerate(NAME_STRENGTH, 1) if re.search(words, header)), default=0)
