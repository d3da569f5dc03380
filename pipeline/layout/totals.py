"""The labels of totals below a table's rows: 合计, 优惠后总价, 税额, with the words that a label goes on in; and the
headings of groups of rows (一、硬件维护) that stand across the columns.

A label stands first on its baseline, may stand across the columns, and wraps; a sum in words (`壹佰元整`) stands beside
it or below. What has a number or a price of one thing beside it is a row.

>>> TAIL.match("总价（元）") is not None, TAIL.match("总体架构设计") is not None
(True, False)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.layout.columns import GROUP, TAIL, Columns, box_of, widths
from pipeline.model.page import Line
from pipeline.text.roles import nearly_beside_total

HEADING = re.compile(r"[一-鿿]{2,12}")  # of a group, its numeral lost
PROSE = re.compile(r"[，。；：《》]|.{25}")  # a clause below the table, numbered as groups are
LEAST = 3  # texts of a column that show where its texts begin, and figures that show how far rows stand apart
OUTDENT = 0.4  # of a text's height, by which a heading begins left of those
APART = 0.85  # of the step from row to row: a heading stands on a row of its own
SAME = 0.45  # of a text's height: centres nearer than this stand on one baseline
TORN = re.compile(r"[合总共计抹优惠税]$")  # of 合计, 抹零 or their like the other character was not read
WRAPPED = 1.8  # text heights from one line of words to the next, at most
IN_WORDS = "大写"  # what announces such a sum, and its figures behind it
WORDS = re.compile(r"(?:人民币)?[零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸萬億元圆圓角分整正]+")
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


def names_total(text: str) -> bool:
    """Whether a label is a total's, not the heading of a group.

    >>> names_total("合计（元）"), names_total("二、合计工程"), names_total("拆除工程")
    (True, False, False)
    """
    whole, torn = (pattern.match(text.strip()) for pattern in (TAIL, TORN))
    return bool(whole or torn) and not GROUP.match(text)


def is_heading(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text that is no clause heads a group of rows: across the columns, or left of where a column's texts
    begin where its numeral was not read, alone on its baseline."""
    if GROUP.match(line.text):
        across = columns.crossed(line) > 0 and not PROSE.search(line.text)
        return across and is_alone(line, lines, height)
    if not HEADING.fullmatch(line.text.strip()) or not is_alone(line, lines, height):
        return False
    return is_outdented(line, lines, columns, height) and stands_apart(line, lines, columns, height)


def is_alone(line: Line, lines: Sequence[Line], height: float) -> bool:
    """Whether nothing else stands on a text's baseline."""
    level = line.box.center[1]
    return not any(abs(x.box.center[1] - level) < SAME * height for x in lines if x is not line)


def is_outdented(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether words of a name begin left of all others in their column but such."""
    if names_total(line.text):
        return False
    edges = sorted(x.box.x0 for x in lines if columns.of(x) == columns.of(line) and x is not line)
    inner = [x0 for x0 in edges if x0 - line.box.x0 > OUTDENT * height]
    others = [x0 for x0 in edges if x0 not in inner]
    return len(inner) >= LEAST and len(others) < LEAST and columns.of(line) not in columns.steady


def stands_apart(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text stands as far from the nearest row's sum as rows do: no line of a name that wraps."""
    rows = sorted(x.box.center[1] for x in lines if columns.of(x) == columns.price)
    if len(rows) < LEAST:
        return False
    step = min((b - a for a, b in itertools.pairwise(rows) if b - a > SAME * height), default=0.0)
    return min(abs(y - line.box.center[1]) for y in rows) > max(APART * step, height)


def is_label(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text begins a total: first on its baseline, which has no number and no price of one thing; a label that
    was misread has a sum beside it, and nothing else."""
    whole = TAIL.match(line.text.strip())
    torn = TORN.match(line.text.strip()) or nearly_beside_total(line.text.strip())
    if not (whole or torn) or columns.of(line) == columns.price:
        return False
    y = line.box.center[1]
    beside = [x for x in lines if x is not line and abs(x.box.center[1] - y) < SAME * height]
    before = [x for x in beside if x.box.x0 < line.box.x0 and columns.of(x) not in columns.categories]
    if whole and IN_WORDS in line.text and columns.crossed(line):
        return not before
    figures = [columns.of(x) for x in beside if columns.of(x) in columns.sums and re.search(r"\d", x.text)]
    others = [column for column in figures if column != columns.price]
    if not whole and (columns.price not in figures or others or columns.of(line) > columns.price):
        return False
    if not whole and (any(columns.of(x) != columns.price for x in beside) or ends_words(line, lines, columns, height)):
        return False
    return not before and len(others) <= 1


def ends_words(line: Line, lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether a text stands as near below words of its column as their last line does: 需求与设 above 计."""
    above = [x for x in lines if columns.of(x) == columns.of(line) and re.search("[一-龥]", x.text)]
    return any(0 < line.box.center[1] - x.box.center[1] < WRAPPED * height for x in above)


def going_on(first: Line, lines: Sequence[Line], columns: Columns, height: float) -> Iterator[Line]:
    """What a label goes on in: sums in words beside it, with their figures where the label announces both across the
    columns, itself or in a text beside it, and the lines below it where it stands across them."""
    level = [x for x in lines if abs(x.box.center[1] - first.box.center[1]) < SAME * height]
    beside = sorted((x for x in level if x.box.x0 > first.box.x1), key=lambda line: line.box.x0)
    announced = IN_WORDS in "".join(x.text.strip() for x in beside)
    last, both = first, announced or (IN_WORDS in first.text and columns.crossed(first) > 0)
    for line in sorted(lines, key=lambda line: line.box.y0):
        below = line.box.center[1] - last.box.center[1]
        words = len(widths([line])) >= SUM_IN_WORDS or (both and columns.of(line) != columns.price)
        at_its_right = abs(below) < SAME * height and line.box.x0 >= first.box.x1 and words
        around = IN_WORDS in first.text and abs(line.box.center[1] - first.box.center[1]) < height
        wraps = around and line.box.x0 >= first.box.x1 and WORDS.fullmatch(line.text.strip()) is not None
        near = 0 < below < 2 * height and line.box.x0 < columns.xs[1] and not TAIL.match(line.text.strip())
        if at_its_right or wraps:
            yield line
        elif columns.crossed(first) and near:
            yield line
            last = line
