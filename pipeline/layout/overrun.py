"""Figures that run over a cell's border into the next cell: which digits are whose.

A figure that is set unbroken and wider than its cell (`38596.16`) runs on to what stands in the next one (`12个月`), so
that an engine reads both as one and the border parts them anywhere: `38596.1612 | 个月`, `24766.6 | 212个月`. Where a
column says the same in most rows, the two cells together end in just that, and the rest is a figure no finer than its
column's others. A digit that both cells may have been read to hold is one of its own only where all those are as fine.
What stands before a sum's own sign (`10036.6 | 7¥0.29`) is never the sum's: it is the figure's at its left where it
stands nearer to that, and else the border between them. Nor is the sum's what stands nearer to the figure before it
without a sign (`373520 | 0 0.0021`).

>>> apart("38596.1612", "个月", "12个月", {2}), apart("24766.6", "212个月", "12个月", {0, 2})
(8, 8)
>>> apart("24766.6", "612个月", "12个月", {0, 2}), apart("24766.6", "612个月", "12个月", {2})
(None, 8)
>>> apart("38596.1612", "个月", "12个月", {1}), apart("312", "", "12", {0})
(None, None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import replace

from pipeline.layout.cells import Part
from pipeline.model.document import Cell
from pipeline.text.fold import fold

FIGURE = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")
REPEATED = re.compile(r"\d+\D+")
# Digits before a sum's sign, or set apart from a figure
SIGNED = re.compile(r"(?P<over>\d{1,3})(?:[¥￥](?=\d)| (?=\d))")
# A unit in Latin letters, cut by the border: 19952G | B 36
UNIT, UNIT_S_END = re.compile(r"\d[\d,.]*[A-Za-z]{1,4}"), re.compile(r"(?P<over>[A-Za-z]{1,3}) (?=\d)")
DOUBT = 0.79  # what was dealt out by its place is no surer
LEAST = 3  # rows in which a column says the same, and half of all at least


def with_own_digits(part: Part) -> Part:
    """The table with the digits of such cells dealt out anew."""
    columns = [(column, repeated(part, column)) for column in range(1, part.columns)]
    changed = {old: new for column, said in columns if said for old, new in dealt(part, column, said)}
    changed |= {old: new for column, said in columns if not said for old, new in before_signs(part, column)}
    return replace(part, cells=tuple(changed.get(cell, cell) for cell in part.cells)) if changed else part


def repeated(part: Part, column: int) -> str | None:
    """What a column says in most of its rows: a number with its unit."""
    said = Counter(cell.text.text for cell in standing(part, column) if cell.text)
    text, count = said.most_common(1)[0] if said else ("", 0)
    return text if count >= LEAST and 2 * count >= said.total() and REPEATED.fullmatch(text) else None


def standing(part: Part, column: int) -> Iterator[Cell]:
    """The cells of one column and one row."""
    return (c for c in part.cells if c.column == column == c.column_end - 1 and c.row_end - c.row == 1)


def dealt(part: Part, column: int, said: str) -> Iterator[tuple[Cell, Cell]]:
    """The cells of a column and of the one before that change, each with what it becomes."""
    before = {cell.row: cell for cell in standing(part, column - 1)}
    beside = {cell.row: cell for cell in standing(part, column)}
    usual = [before[row].text.text for row, cell in beside.items() if row in before and cell.text.text == said]
    fine = {decimals(text) for text in usual if FIGURE.fullmatch(text)}
    for row, cell in beside.items():
        if row not in before or not cell.text or cell.text.text == said:
            continue
        both = fold(before[row].text + cell.text)
        place = apart(before[row].text.text, cell.text.text, said, fine)
        if place is not None and len(both) == len(before[row].text) + len(cell.text):
            yield before[row], replace(before[row], text=both[:place])
            yield cell, replace(cell, text=both[place:])


def before_signs(part: Part, column: int) -> Iterator[tuple[Cell, Cell]]:
    """The cells of a column of sums that begin with digits of the figure beside them, and those of that figure, dealt
    out anew; in doubt, for one of those may as well have been read twice, or a border as a digit."""
    before = {cell.row: cell for cell in standing(part, column - 1)}
    figures = [cell.text.text for cell in before.values() if FIGURE.fullmatch(cell.text.text)]
    for cell in standing(part, column):
        left = before.get(cell.row)
        unit = left is not None and UNIT.fullmatch(left.text.text) is not None
        match = (UNIT_S_END if unit else SIGNED).match(cell.text.text)
        if match is None or left is None or not (unit or FIGURE.fullmatch(left.text.text)):
            continue
        near = unit or is_nearer(left, cell, match.end("over"))
        if match[0].endswith(" ") and not near:
            continue
        yield cell, replace(cell, text=cell.text[match.end("over") :].strip().no_surer(DOUBT))
        whole = (left.text + cell.text[: match.end("over")]).fold(lambda char: char.strip())
        if near and decimals(whole.text) <= max(map(decimals, figures), default=0):
            yield left, replace(left, text=whole.no_surer(DOUBT))


def is_nearer(left: Cell, cell: Cell, end: int) -> bool:
    """Whether a cell's first digits stand nearer to what ends the cell at its left than to what follows them."""
    digits, rest = cell.text[:end].glyphs, cell.text[end:].strip().glyphs
    return digits[0].box.x0 - left.text.glyphs[-1].box.x1 < rest[0].box.x0 - digits[-1].box.x1


def decimals(text: str) -> int:
    match = FIGURE.fullmatch(text)
    return len(match["decimals"] or "") if match else 0


def apart(figure: str, beside: str, said: str, fine: Set[int]) -> int | None:
    """How many characters of two cells are the first one's figure, if the other is to say `said`; None if they are not
    parted so, or in doubt. `fine` are the decimals of the column's other figures."""
    whole = figure + beside
    if not beside or not whole.endswith(said) or not (said.endswith(beside) or beside.endswith(said)):
        return None
    own = whole.removesuffix(said)
    moved = own[len(figure) :]
    if not FIGURE.fullmatch(own) or decimals(own) > max(fine, default=0):
        return None
    twice = moved != "" and figure.endswith(moved)
    return None if twice and fine != {decimals(own)} else len(own)
