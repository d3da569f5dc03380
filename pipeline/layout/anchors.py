"""Rows that no ruling parts: each text goes to the row whose anchor it stands around.

A row of a price table has texts that never wrap: its number, its quantity, its price. They stand on one baseline, the
row's anchor, and the texts that do wrap stand around it (centred, as word processors set tables) or hang below it. So
the lines of a column, from top to bottom, are dealt out to the anchors such that each cell's lines stand as near to
where they should as they can. A line that no anchor explains leaves the table unread, for a figure in a neighbour's row
is worse than a table that a check misses.

>>> offset([Span(0, 10), Span(14, 24)], 12.0, "middle"), offset([Span(0, 10), Span(14, 24)], 5.0, "top")
(0.0, 0.0)

The assignment is the dynamic programme of sequence alignment (Needleman and Wunsch, 1970).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

Align: TypeAlias = Literal["middle", "top"]

ALIGNS: tuple[Align, ...] = ("middle", "top")
NEAR = 0.62  # of a text's height, by which a cell's lines may stand off where they should
LOST_LINE = 0.85  # and those of a cell that wraps, of which one may not have been read
NEARER = 0.35  # of the way to the next row, by which a line may stand off that is all that was read of two
WITHIN = 1.0  # of a text's height: white between two lines of one cell is hardly ever wider
FAR = 2.0  # of a text's height: white between two lines of one cell is narrower
FARTHEST = 3.0  # even where one between was not read: its height, and white on both sides
TORN = 2.0  # of a text's height, by which what a page break leaves of a cell may stand off
MOST_LINES = 12
EVEN = 0.25  # of a text's height, by which the white between a cell's lines may differ
UNEVEN = 4.0  # the cost of a text's height more: those are two cells
OUTSIDE = 1.0  # the cost of what stands above the first or below the last row, and of each further line there
FURTHER = 0.1
LOST = 0.5  # the cost of a line that was not read
BLANK = 2.5  # the cost of a row without a text in a column where each has one
EMPTY = 0.3  # and in others: of two readings that which fills more rows
LEFT = 0.25  # of the usual cost for a cell that a page break may have torn


class Span(NamedTuple):
    """Where a line stands down the page."""

    top: float
    bottom: float

    @property
    def center(self) -> float:
        return (self.top + self.bottom) / 2


class Dealt(NamedTuple):
    """For each line of a column the anchor that it stands around: -1 above the first, len(anchors) below the last."""

    cost: float
    owners: tuple[int, ...]


def offset(lines: Sequence[Span], anchor: float, align: Align) -> float:
    """How far a cell's lines stand below where they should; negative if above."""
    if align == "top":
        return lines[0].center - anchor
    return (lines[0].top + lines[-1].bottom) / 2 - anchor


def deal(
    lines: Sequence[Span], anchors: Sequence[float], height: float, align: Align, rests: bool,
    filled: Collection[float] = (), sure: bool = False,
) -> Dealt | None:  # fmt: skip
    """A column's lines dealt out to the anchors at the least cost; None where one stands near none.

    With `rests`, lines above the first anchor or below the last may belong to rows of the neighbouring pages. `filled`
    are the anchors of the rows that should have a text in this column. Where other columns make the rows `sure`, a line
    may be all that was read of two.
    """
    above = sum(line.center < min(anchors, default=math.inf) for line in lines) if rests else 0
    states: dict[int, Dealt] = {k: Dealt(outside(k), (-1,) * k) for k in range(above + 1)}
    lowest = [reach(lines, start, align) for start in range(len(lines))]
    for row, anchor in enumerate(anchors):
        up = TORN if rests and row == len(anchors) - 1 else NEAR
        down = TORN if rests and row == 0 else NEAR
        weight = LEFT if max(up, down) == TORN else 1.0
        left_out = BLANK if anchor in filled else EMPTY
        following = {
            at: Dealt(before.cost + left_out, before.owners)
            for at, before in states.items()
            if at == len(lines) or lowest[at] >= anchor - TORN * height  # else its line stands above all rows to come
        }
        for start, before in states.items():
            if start == len(lines) or lines[start].center - anchor > TORN * height:
                continue
            lone = nearer(anchors, row, height) if sure else 0.0
            for end, off, white in cells_from(lines, start, anchor, height, align, up, down, lone):
                better = before.cost + weight * off + white
                if end not in following or better < following[end].cost:
                    following[end] = Dealt(better, (*before.owners, *[row] * (end - start)))
        states = following
    if rests:
        dealt = sum(line.center <= max(anchors, default=-math.inf) for line in lines)
        ends = (closed(state, at, len(lines), len(anchors)) for at, state in states.items() if at >= dealt)
        return min(ends, key=lambda state: state.cost, default=None)
    return states.get(len(lines))


def reach(lines: Sequence[Span], start: int, align: Align) -> float:
    """The lowest place that a cell which begins at a line can stand around."""
    if align == "top":
        return lines[start].center
    return (lines[start].top + max(line.bottom for line in lines[start : start + MOST_LINES])) / 2


def nearer(anchors: Sequence[float], row: int, height: float) -> float:
    """By how many text heights a line may stand off a row so that it is clearly nearer to it than to the next ones."""
    ways = [abs(other - anchors[row]) for other in (*anchors[max(0, row - 1) : row], *anchors[row + 1 : row + 2])]
    return min(LOST_LINE, NEARER * min(ways, default=0.0) / height)


def closed(state: Dealt, at: int, lines: int, anchors: int) -> Dealt:
    """The state with the lines that are left below the last row."""
    left = lines - at
    return Dealt(state.cost + outside(left), (*state.owners, *[anchors] * left))


def outside(count: int) -> float:
    """The cost of so many lines above the first or below the last row."""
    return OUTSIDE + FURTHER * (count - 1) if count else 0.0


def cells_from(
    lines: Sequence[Span], start: int, anchor: float, height: float, align: Align, up: float, down: float, lone: float
) -> Iterator[tuple[int, float, float]]:  # fmt: skip
    """The ends of the cells that may begin at a line and stand around the anchor, how far they stand off, and the cost
    of their white.

    They may stand so many text heights above (`up`) or below where they should: what the page's end leaves of a cell is
    its upper lines, what its beginning does its lower ones. A line alone may stand off by `lone`, one of two lost.
    """
    read: list[float] = []
    most = max(down, LOST_LINE, lone)
    for end in range(start + 1, min(len(lines), start + MOST_LINES) + 1):
        if align == "middle" and (lines[start].top + lines[end - 1].center) / 2 - anchor > most * height:
            return  # and so does a cell of more lines
        if end - start > 1:
            read.append((lines[end - 1].top - lines[end - 2].bottom) / height)
            if read[-1] > FARTHEST:
                return
        whites = with_lost_line(read)
        if max(whites, default=0.0) > FAR:
            continue
        loose = sum(max(0.0, white - WITHIN) for white in whites) + LOST * (whites != read)
        off = offset(lines[start:end], anchor, align) / height
        worn = LOST_LINE if end - start > 1 else lone
        if -max(up, worn) <= off <= max(down, worn):
            loose += LOST * (not -up <= off <= down)
            uneven = max(whites, default=0.0) - min(whites, default=0.0) - EVEN
            yield end, abs(off), loose + UNEVEN * max(0.0, uneven)


def with_lost_line(whites: list[float]) -> list[float]:
    """The white between a cell's lines, in text heights; where as much more stands as a line takes that was not read
    (the comma of a sum that breaks before it and behind it), what would stand above and below that line.

    >>> with_lost_line([2.0, 0.5]), with_lost_line([2.0]), with_lost_line([1.2, 0.5])
    ([0.5, 0.5], [2.0], [1.2, 0.5])
    """
    least = min(whites, default=0.0)
    return [(w - 1) / 2 if w > WITHIN and abs((w - 1) / 2 - least) < EVEN and len(whites) > 1 else w for w in whites]


def spread(blocks: Sequence[Span], edges: Sequence[Span], height: float) -> list[int] | None:
    """How many rows each merged cell spans, so that its text stands in its middle; None where they can't."""
    states: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for block in blocks:
        following: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, spans) in states.items():
            for end in range(start + 1, len(edges) + 1):
                off = abs(block.center - (edges[start].top + edges[end - 1].bottom) / 2) / height
                if off <= NEAR and (end not in following or cost + off < following[end][0]):
                    following[end] = (cost + off, [*spans, end - start])
        states = following
    return states[len(edges)][1] if blocks and len(edges) in states else None
