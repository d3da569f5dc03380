"""The labels of totals below a table's rows: 合计, 优惠后总价, 税额, with the words that a label goes on in; and the
headings of groups of rows (一、硬件维护) that stand across the columns.

A label stands first on its baseline, may stand across the columns, and wraps; a sum in words (`壹佰元整`) stands beside
it or below. What has a number or a price of one thing beside it is a row.

>>> TAIL.match("总价（元）") is not None, TAIL.match("总体架构设计") is not None
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.layout.columns import GROUP, TAIL, Columns, box_of, widths
from pipeline.model.page import Line

SAME = 0.45  # of a text's height: centres nearer than this stand on one baseline
TORN = re.compile(r"[合总共计]$")  # of 合计 the other character was not read
SUM_IN_WORDS = 5  # Chinese characters at least: 壹佰元整 and its like


class Tail(NamedTuple):
    """The label of a total, over as many lines as it takes."""

    lines: tuple[Line, ...]

    @property
    def center(self) -> float:
        return box_of(self.lines).center[1]


def labels(lines: Sequence[Line], columns: Columns, height: float) -> list[Tail]:
    """The labels of totals, each with the lines that it goes on in, and headings across the columns."""
    found: list[Tail] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        if not any(line in tail.lines for tail in found) and is_label(line, lines, columns, height):
            found.append(Tail((line, *going_on(line, lines, columns, height))))
    return found + [Tail((line,)) for line in lines if is_heading(line, lines, columns, height)]


def is_heading(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text heads a group of rows: across the columns, alone on its baseline."""
    if not GROUP.match(line.text) or not columns.crossed(line):
        return False
    return not any(abs(x.box.center[1] - line.box.center[1]) < SAME * height for x in lines if x is not line)


def is_label(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text begins a total: first on its baseline, which has no number and no price of one thing."""
    whole, torn = (pattern.match(line.text.strip()) for pattern in (TAIL, TORN))
    if not (whole or torn) or columns.of(line) == columns.price:
        return False
    beside = [x for x in lines if x is not line and abs(x.box.center[1] - line.box.center[1]) < SAME * height]
    before = [x for x in beside if x.box.x0 < line.box.x0 and columns.of(x) not in columns.categories]
    figures = [columns.of(x) for x in beside if columns.of(x) in columns.sums]
    others = [column for column in figures if column != columns.price]
    if not whole and (columns.price not in figures or others or columns.of(line) > columns.price):
        return False
    return not before and len(others) <= 1


def going_on(first: Line, lines: Sequence[Line], columns: Columns, height: float) -> Iterator[Line]:
    """What a label goes on in: sums in words beside it, and the lines below it where it stands across the columns."""
    last = first
    for line in sorted(lines, key=lambda line: line.box.y0):
        below = line.box.center[1] - last.box.center[1]
        beside = abs(below) < SAME * height and line.box.x0 >= first.box.x1 and len(widths([line])) >= SUM_IN_WORDS
        near = 0 < below < 2 * height and line.box.x0 < columns.xs[1] and not TAIL.match(line.text.strip())
        if beside:
            yield line
        elif columns.crossed(first) and near:
            yield line
            last = line
