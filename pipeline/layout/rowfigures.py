"""The figures of a table's rows: which texts are figures, and whether those of a column make one a cell.

>>> [BROKEN.fullmatch(text) is not None for text in ("1,200,000.00", "Y2,651.00", "6606平方米", "12台8", "19250,00")]
[True, True, True, False, True]
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterable, Iterator, Sequence

from pipeline.layout.columns import Columns, median_height
from pipeline.layout.lines import on_baselines
from pipeline.layout.totals import SAME
from pipeline.model.page import Line

FEW = 4  # cells with a whole figure to one that was read in pieces
# A figure over several lines, with its unit; an engine may read its sign as a letter, its commas as points, and its
# point as a colon or not at all.
BROKEN = re.compile(r"[¥￥$A-Z]?-?(?:\d{1,3}(?:[,，.]\d{3})+|\d+)(?:[.:：]\d{1,4}|[,，]?\d{2})?[㎡³²一-鿿]{0,4}|\D*")
NUMBER = re.compile(r"[¥￥$A-Z]?-?\d[\d,，.]*\D{0,4}|\D{0,2}\d[\d,，.]*")
ORDINAL = re.compile(r"[(（]?(\d{1,3})[)）.、．]?")


def baselines(lines: Sequence[Line], height: float) -> Iterator[list[Line]]:
    """Lines whose centres stand on one baseline, from top to bottom."""
    ordered = sorted(lines, key=lambda line: line.box.center[1])
    start = 0
    for i in range(1, len(ordered) + 1):
        if i == len(ordered) or ordered[i].box.center[1] - ordered[i - 1].box.center[1] > SAME * height:
            yield ordered[start:i]
            start = i


def is_number(line: Line) -> bool:
    """Whether a text has figures, and words for no more than a unit."""
    return NUMBER.fullmatch(line.text.strip()) is not None


def at_most_one_each(lines: Sequence[Line], items: Sequence[float], height: float) -> bool:
    """Whether each of the lines stands at a row, and no two at one."""
    rows = [item for line in lines for item in items if abs(line.box.center[1] - item) < SAME * height]
    return len(rows) == len(lines) == len(set(rows))


def counts_on(lines: Sequence[Line]) -> bool:
    """Whether texts are numbers each of which follows on the one above."""
    numbers = [int(text) if (text := line.text.strip()).isdecimal() else None for line in lines]
    return len(lines) > 1 and all(b is not None and a == b - 1 for a, b in itertools.pairwise(numbers))


def may_be_figure(line: Line, column: int, columns: Columns) -> bool:
    """Whether a text of a column of figures has any: however faint, it is none of a seal's."""
    return column in columns.steady and re.search(r"\d", line.text) is not None


def whole_figures(lines: Sequence[Line], owners: Sequence[int], column: int, columns: Columns, sure: bool) -> bool:
    """Whether what stands in each cell of a column of figures is one figure, wrapped or not; row numbers never are.

    One of few may have been read in two pieces beside each other, which is no other row's; or below each other where
    the rows are `sure`.
    """
    if column not in columns.steady:
        return True
    groups = itertools.groupby(zip(lines, owners, strict=True), key=lambda pair: pair[1])
    cells = [[line for line, _ in group] for _, group in groups]
    if column == columns.number and any(len(cell) > 1 for cell in map(numbered, cells)):
        return False
    odd = [cell for cell in cells if not is_figure(cell)]
    level = (len(list(baselines(cell, median_height(cell)))) == 1 for cell in odd)
    return len(odd) * FEW <= len(cells) and (sure or all(level))


def numbered(cell: Sequence[Line]) -> list[Line]:
    """A cell's lines that may be a row's number."""
    return [line for line in cell if ORDINAL.fullmatch(line.text.strip())]


def one_a_row(numbers: Sequence[Line], height: float) -> list[Line]:
    """Of row numbers beside each other, as a hair makes them, the one below most of the others."""
    bands = list(baselines(numbers, height))
    usual = statistics.median(line.box.center[0] for line in numbers) if numbers else 0.0
    return [min(band, key=lambda line: abs(line.box.center[0] - usual)) for band in bands]


def is_figure(cell: Sequence[Line]) -> bool:
    """Whether a cell's lines are one, or one figure that is broken over them; specks don't count, but for a comma that
    stands in a line of its own, and which may not have been read."""
    texts = [line.text.strip() for line in itertools.chain(*on_baselines(cell))]
    signs = [text for text in texts if re.search(r"\w", text)]
    with_comma = (",".join(map("".join, (signs[:i], signs[i:]))) for i in range(1, len(signs)))
    return len(signs) <= 1 or any(map(BROKEN.fullmatch, ("".join(signs), "".join(texts), *with_comma)))


def stacked(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: line.box.y0)
