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
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipeline.layout import bands
from pipeline.layout.cells import Part, part_of, stands_in
from pipeline.layout.grids import SHEET, Grid, GridCell
from pipeline.layout.headers import is_header
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line, Page, Ruling, Word
from pipeline.model.source import Box

Span: TypeAlias = tuple[float, float]

SAME = 2.0  # millimetres by which the ends of a table's rulings may differ
WIDEST_SHARE = 0.4  # of the page's width: what is shorter underlines a blank
HEAD_SHARE = 0.14  # of the page's height, in which running heads stand and the page's text begins
LEAST_COLUMNS = 3
LEAST_RULINGS = 3


@dataclass(frozen=True, slots=True)
class Open:
    """A table that the page's end may have cut: its columns, its last number, and its place."""

    page: int
    columns: bands.Columns
    last: int | None
    left: float
    totalled: bool


def open_parts(page: Page, closed: Sequence[Part], above: Open | None = None) -> tuple[tuple[Part, ...], Open | None]:
    """The page's tables without rulings down the page, outside those that have them; the one that may go on."""
    taken = {line for part in closed for _, line in part.lines}
    free = [line for line in page.lines if line not in taken]
    found, going_on = white_parts(page, free, closed, above)
    mine = {line for part in found for _, line in part.lines}
    free = [line for line in free if line not in mine]
    grids = [grid_of(stack, free, page) for stack in stacks(page, [*closed, *found])]
    ruled = [part_of(grid, [line for line in free if stands_in(line, grid.box)], page) for grid in grids if grid]
    return (*found, *ruled), going_on


def white_parts(
    page: Page, free: Sequence[Line], closed: Sequence[Part], above: Open | None
) -> tuple[list[Part], Open | None]:
    """The tables whose rows and columns only white parts, from top to bottom."""
    pieces = bands.pieces(free)
    found: list[Part] = []
    grid, going_on = continued(pieces, page, closed, above) if above else (None, None)
    heads = headers(pieces)
    start = 0.0
    while True:
        if grid is not None:
            found.append(part_of(grid, [line for line in free if stands_in(line, grid.box)], page))
            start = grid.ys[-1]
        head = next(heads, None)
        while head is not None and bands.box_of(head).y0 < start:
            head = next(heads, None)
        if head is None:
            return found, going_on
        top = bands.box_of(head).y1
        stop = min((part.box.y0 for part in closed if part.box.y0 > top), default=page.height)
        grid, fresh = below_header(head, [p for p in pieces if top < p.box.center[1] < stop], page, above)
        going_on = fresh if grid is not None else going_on


def headers(pieces: Sequence[Line]) -> Iterator[list[Line]]:
    """Bands that name a price table's columns, whole: a name's second line above or beside the others counts."""
    for row in on_baselines(pieces):
        whole = bands.grown(row, pieces)
        own = set(map(id, row))
        rest = [piece for piece in whole if id(piece) not in own]
        below = all(piece.box.center[1] > row[0].box.center[1] + 0.8 * row[0].box.height for piece in rest)
        for band in [whole, row] if rest and below else [whole]:
            if bands.is_price_header([text for _, text in bands.names_of(band)]):
                yield band


def below_header(
    head: list[Line], body: Sequence[Line], page: Page, above: Open | None
) -> tuple[Grid | None, Open | None]:
    names = bands.names_of(head)
    if not body:
        return None, None
    texts, height = [text for _, text in names], bands.median_height(head)
    words = [list(piece.words) for piece in body_of(names, body)]
    inner = [gutter(left, right, words) for (left, _), (right, _) in itertools.pairwise(names)]
    tried = [inner]
    if above and len(above.columns.xs) == len(names) + 1:
        tried.insert(0, [x + names[0][0][0] - above.left for x in above.columns.xs[1:-1]])
    for places in tried:
        columns = bands.columns_of((0.0, *places, page.width), texts)
        rows = bands.read(body, columns) if columns else []
        if columns and rows:
            return finished([head, *rows], columns, page, body, names[0][0][0], height, above)
    return None, None


def body_of(names: Sequence[tuple[Span, str]], body: Sequence[Line]) -> list[Line]:
    """The texts that tell where columns are: none that reaches over two names' centres."""
    centers = [(span[0] + span[1]) / 2 for span, _ in names]
    kept: list[Line] = []
    for row in on_baselines(body):
        if any(sum(p.box.x0 < c < p.box.x1 for c in centers) > 1 for p in row):
            if not any(bands.TAIL.match(p.text.strip()) for p in row):
                break
            continue
        kept += row
    return kept


def finished(
    rows: list[list[Line]], columns: bands.Columns, page: Page, body: Sequence[Line], left: float, height: float,
    above: Open | None,
) -> tuple[Grid, Open]:  # fmt: skip
    """The grid, between the outermost texts; columns keep their shares of the width over pages."""
    box = bands.box_of([piece for row in rows for piece in row])
    x0, x1 = box.x0 - height / 2, box.x1 + height / 2
    if above and len(above.columns.xs) == len(columns.xs):
        shift = columns.xs[1] - above.columns.xs[1]
        if all(abs(a + shift - b) < height / 4 for a, b in zip(above.columns.xs[1:-1], columns.xs[1:-1], strict=True)):
            x0, x1 = above.columns.xs[0] + shift, above.columns.xs[-1] + shift
    whole = replace(columns, xs=(x0, *columns.xs[1:-1], x1))
    ys = [box.y0 - height / 4, *bands.borders(rows), box.y1 + height / 4]
    numbers = [n for row in rows if (n := bands.ordinal(row, columns)) is not None]
    totalled = bands.is_tail(rows[-1], columns)
    going_on = Open(page.number, whole, numbers[-1] if numbers else None, left, totalled)
    return bands.grid(rows, ys, whole), going_on


def continued(
    pieces: Sequence[Line], page: Page, closed: Sequence[Part], above: Open
) -> tuple[Grid | None, Open | None]:
    """The rest of a table at the head of the next page, below running heads."""
    if page.number != above.page + 1 or above.totalled:
        return None, None
    stop = min((part.box.y0 for part in closed), default=page.height)
    body = [piece for piece in pieces if piece.box.center[1] < stop]
    columns = replace(above.columns, xs=(0.0, *above.columns.xs[1:-1], page.width))
    tops = sorted({piece.box.y0 for piece in body if piece.box.y0 < HEAD_SHARE * page.height})
    for top in tops:
        rest = [piece for piece in body if piece.box.y0 >= top]
        rows = bands.read(rest, columns, above.last)
        if rows:
            height = bands.median_height(rows[0])
            return finished(rows, columns, page, rest, above.left, height, above)
    return None, None


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
