"""Tables ruled across only: columns from the gutters between their texts, rows from their baselines.

Papers and some companies print tables with three rulings: above and below the header, and below the last row (三线表).
Such a table has no cells for `grids` to find. Where rulings of one length stand above each other, and the texts
between the first two are parted like a header's, the gutters stand in for the rulings down the page. A row begins
where the first or the last column holds text: names wrap, numbers and sums don't.

>>> groups([(0, 10), (11, 20), (60, 80)], gap=8)
[(0, 20), (60, 80)]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from pipeline.layout.cells import Part, part_of, stands_in
from pipeline.layout.grids import SHEET, Grid, GridCell
from pipeline.layout.headers import is_header
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line, Page, Ruling, Word
from pipeline.model.source import Box

Span: TypeAlias = tuple[float, float]

SAME = 2.0  # millimetres by which the ends of a table's rulings may differ
WIDEST_SHARE = 0.4  # of the page's width: what is shorter underlines a blank
LEAST_COLUMNS = 3
LEAST_RULINGS = 3


def open_parts(page: Page, closed: Sequence[Part]) -> tuple[Part, ...]:
    """The page's tables without rulings down the page, outside those that have them."""
    taken = {line for part in closed for _, line in part.lines}
    free = [line for line in page.lines if line not in taken]
    found = (grid_of(stack, free, page) for stack in stacks(page, closed))
    return tuple(part_of(grid, [line for line in free if stands_in(line, grid.box)], page) for grid in found if grid)


def stacks(page: Page, closed: Sequence[Part]) -> Iterator[list[Ruling]]:
    """Long rulings across the page that begin and end at the same places, from top to bottom."""
    near = SAME * min(page.width, page.height) / SHEET
    outside = (r for r in page.rulings if not any(part.box.y0 - near <= r.y0 <= part.box.y1 + near for part in closed))
    long = sorted((r for r in outside if r.horizontal and r.length >= WIDEST_SHARE * page.width), key=lambda r: r.y0)
    while long:
        first = long[0]
        same = [r for r in long if abs(r.x0 - first.x0) <= near and abs(r.x1 - first.x1) <= near]
        long = [r for r in long if r not in same]
        if len(same) >= LEAST_RULINGS:
            yield same


def grid_of(stack: Sequence[Ruling], lines: Sequence[Line], page: Page) -> Grid | None:
    """The grid that a stack of rulings and the texts between them make; None where they make no table."""
    box = Box(stack[0].x0, stack[0].y0, stack[0].x1, stack[-1].y0)
    inside = [row for row in on_baselines(lines) if any(box.holds(*line.box.center) for line in row)]
    words = [[word for line in row for word in line.words] for row in inside]
    head = [row for row in words if row[0].box.center[1] < stack[1].y0]
    body = [row for row in words if row[0].box.center[1] >= stack[1].y0]
    if len(head) != 1 or not body:
        return None
    names = groups([(w.box.x0, w.box.x1) for w in head[0]], gap=height_of(head[0]))
    texts = ["".join(w.text for w in head[0] if x0 <= w.box.center[0] <= x1).strip() for x0, x1 in names]
    if len(names) < LEAST_COLUMNS or not is_header(texts):
        return None
    xs = (box.x0, *(gutter(left, right, body) for left, right in itertools.pairwise(names)), box.x1)
    ys = (box.y0, stack[1].y0, *starts(body, xs), box.y1)
    return Grid(xs, ys, tuple(fields(xs, ys)))


def groups(spans: Iterable[Span], gap: float) -> list[Span]:
    """Stretches with the gaps between them wider than `gap`."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def height_of(words: Sequence[Word]) -> float:
    return max(word.box.height for word in words)


def gutter(left: Span, right: Span, body: Sequence[Sequence[Word]]) -> float:
    """The middle of the widest stretch between two names' centres that the fewest words stand in."""
    start, end = (left[0] + left[1]) / 2, (right[0] + right[1]) / 2
    words = [word.box for row in body for word in row if word.box.x1 > start and word.box.x0 < end]
    places = sorted({start, end, *(x for box in words for x in (box.x0, box.x1) if start < x < end)})
    stretches = [
        (sum(box.x0 < (a + b) / 2 < box.x1 for box in words), a - b, (a + b) / 2) for a, b in itertools.pairwise(places)
    ]
    return min(stretches)[2]


def starts(body: Sequence[Sequence[Word]], xs: Sequence[float]) -> Iterator[float]:
    """Where the rows below the first begin: between two baselines, the lower with text in an outer column."""
    for above, below in itertools.pairwise(body):
        if any(word.box.center[0] < xs[1] or word.box.center[0] > xs[-2] for word in below):
            yield (max(word.box.y1 for word in above) + min(word.box.y0 for word in below)) / 2


def fields(xs: Sequence[float], ys: Sequence[float]) -> Iterator[GridCell]:
    for row, column in itertools.product(range(len(ys) - 1), range(len(xs) - 1)):
        box = Box(xs[column], ys[row], xs[column + 1], ys[row + 1])
        yield GridCell(row, column, row + 1, column + 1, box)
