"""Ruling lines -> grids: the cells of a page's tables, merged cells and tables cut by a page break included.

Rulings that touch make one grid. Their places give its columns and rows; two neighbouring fields without a ruling
between them are one merged cell. Contracts break tables over pages in two ways: word processors close the part on each
page with a border, browsers cut straight through, so that the vertical rulings run on to the cut and nothing closes
the cells. Such a side counts as the grid's edge, and its cells are marked open.

>>> across = [Ruling(0, y, 200, y) for y in (0, 20, 40)]
>>> down = [Ruling(0, 0, 0, 40), Ruling(80, 20, 80, 40), Ruling(200, 0, 200, 40)]
>>> [(c.row, c.column, c.row_end, c.column_end) for c in grids([*across, *down], 210, 297)[0].cells]
[(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 2, 2)]

The steps edges -> intersections -> cells -> tables are those of Nurminen, "Algorithmic Extraction of Data in Tables in
PDF Documents" (2013), which pdfplumber and Tabula follow.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pipeline.model.page import Ruling
from pipeline.model.source import Box

SHEET = 210.0  # millimetres: a contract's sheet is A4, and its shorter side gives the scale

# Millimetres.
SAME = 1.6  # rulings nearer than this are one: a double border, a line drawn twice
TOUCH = 1.0  # how near rulings come that meet
GAP = 2.6  # a gap in a broken ruling; a cell is wider and higher
STUB = 2.6  # rulings that end farther beyond the last ruling across them run to the cut of a page break
LEAST_DOWN = 4  # rulings down the page that make columns though none crosses them
LEAST_ENDS = 3  # rulings that end together where no ruling crosses them
LEAST_LEVELS = 3  # rulings across the page, in each of two tables side by side that are one
LEAST_STACKED = 5  # rulings with the same ends that make a table without rulings down the page
CLOSED = 0.6  # share of a cell's side that a ruling covers where the side is closed

Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GridCell:
    """Rows and columns spanned (end exclusive); `open_above` and `open_below`: a page break cuts the cell there."""

    row: int
    column: int
    row_end: int
    column_end: int
    box: Box
    open_above: bool = False
    open_below: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table's cells on one page; `xs` and `ys` are the places of its rulings, one more than columns and rows."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling without its direction: its place across the page, and the stretch that it covers along it."""

    at: float
    start: float
    end: float


def grids(rulings: Sequence[Ruling], width: float, height: float) -> tuple[Grid, ...]:
    """The page's grids from top to bottom; a single box is one too (of one cell)."""
    mm = min(width, height) / SHEET
    across = merged((Edge((r.y0 + r.y1) / 2, *sorted((r.x0, r.x1))) for r in rulings if r.horizontal), mm)
    down = merged((Edge((r.x0 + r.x1) / 2, *sorted((r.y0, r.y1))) for r in rulings if not r.horizontal), mm)
    down = [d for d in down if not is_lone(d, down, across, mm)]
    across = [a for a in across if not is_rest(a, across, down, mm) and not shines_through(a, across, down, mm)]
    across += unruled(across, down, mm)
    free = [d for d in down if not any(cross(a, d, TOUCH * mm) for a in across)]
    crossed = [with_loose(*group, free, mm) for group in beside(groups(across, down, TOUCH * mm), SAME * mm)]
    together = [*crossed, *uncrossed([d for d in free if not any(d in group for _, group in crossed)], mm)]
    found = (grid for group in together if (grid := grid_of(*group, mm)))
    return tuple(sorted(found, key=lambda grid: (grid.ys[0], grid.xs[0])))


def cell_boxes(rulings: Sequence[Ruling], width: float, height: float) -> tuple[Box, ...]:
    """Where the page's cells are, for a reader that must not read over a cell's border."""
    return tuple(cell.box for grid in grids(rulings, width, height) if len(grid.cells) > 1 for cell in grid.cells)


def merged(edges: Iterable[Edge], mm: float) -> list[Edge]:
    """Pieces of one ruling, or rulings drawn beside each other, as one edge each."""
    whole: list[Edge] = []
    for edge in sorted(edges, key=lambda edge: edge.start):
        same = next((w for w in whole if abs(w.at - edge.at) <= SAME * mm and edge.start - w.end <= GAP * mm), None)
        if same is None:
            whole.append(edge)
        else:
            whole[whole.index(same)] = longest_of(same, edge)
    return whole


def longest_of(first: Edge, second: Edge) -> Edge:
    """Both edges as one, at the place of the longer."""
    longer = max(first, second, key=lambda edge: edge.end - edge.start)
    return Edge(longer.at, min(first.start, second.start), max(first.end, second.end))


def groups(across: Sequence[Edge], down: Sequence[Edge], reach: float) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """The rulings that hang together, those across the page and those down."""
    left_across, left_down = list(across), list(down)
    while left_across:
        mine_across, mine_down, fresh = [], [], [left_across.pop()]
        while fresh:
            mine_across += fresh
            new_down = [d for d in left_down if any(cross(a, d, reach) for a in fresh)]
            left_down = [d for d in left_down if d not in new_down]
            mine_down += new_down
            fresh = [a for a in left_across if any(cross(a, d, reach) for d in new_down)]
            left_across = [a for a in left_across if a not in fresh]
        yield mine_across, mine_down


def beside(apart: Iterable[tuple[list[Edge], list[Edge]]], near: float) -> list[tuple[list[Edge], list[Edge]]]:
    """The groups, those with rulings on all the same levels as one: a merged cell that page breaks cut above and below
    parts a table's columns from each other."""
    found: list[tuple[list[Edge], list[Edge]]] = []
    for across, down in apart:
        same = next((group for group in found if on_levels(group[0], across, near)), None)
        if same is None:
            found.append((across, down))
        else:
            found[found.index(same)] = ([*same[0], *across], [*same[1], *down])
    return found


def on_levels(across: Sequence[Edge], others: Sequence[Edge], near: float) -> bool:
    """Whether rulings stand on the same levels as others, from the first to the last."""
    mine, theirs = places(across, near), places(others, near)
    return len(mine) == len(theirs) >= LEAST_LEVELS and all(
        abs(a - b) <= near for a, b in zip(mine, theirs, strict=True)
    )


def with_loose(across: list[Edge], down: list[Edge], free: Sequence[Edge], mm: float) -> tuple[list[Edge], list[Edge]]:
    """A group with the rulings down the page that a seal parts from it: they stand between its own and end at the cut
    where two of those end."""
    places = [edge.at for edge in down]
    ends = [edge.end for edge in down]
    mine = (d for d in free if places and min(places) < d.at < max(places))
    return across, [*down, *(d for d in mine if sum(abs(d.end - end) <= STUB * mm for end in ends) > 1)]


def uncrossed(free: Sequence[Edge], mm: float) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Rulings down the page that begin and end together and that none crosses: the middle of a long table."""
    free = list(free)
    while free:
        first = max(free, key=lambda edge: edge.end - edge.start)
        same = [d for d in free if abs(d.start - first.start) <= STUB * mm and abs(d.end - first.end) <= STUB * mm]
        free = [d for d in free if d not in same]
        if len(same) >= LEAST_DOWN:
            yield [], same


def unruled(across: Sequence[Edge], down: Sequence[Edge], mm: float) -> list[Edge]:
    """Rulings that are not drawn, where rulings down the page end together between two that go on: there begins a row
    of merged cells.

    Contracts that rule no rows leave out the ruling above a total, too, but its label stands across the columns.
    """
    found: list[Edge] = []
    for at in sorted({place for edge in down for place in (edge.start, edge.end)}):
        there = sorted((d for d in down if d.start - SAME * mm <= at <= d.end + SAME * mm), key=lambda edge: edge.at)
        ending = [d for d in there if min(abs(d.end - at), abs(d.start - at)) <= SAME * mm]
        ruled = any(abs(edge.at - at) <= STUB * mm for edge in (*across, *found))
        if ruled or len(ending) < LEAST_ENDS or 2 * len(ending) < len(there) - 2:
            continue
        if there[0] not in ending and there[-1] not in ending:
            found.append(Edge(at, there[0].at, there[-1].at))
    return found


def is_lone(edge: Edge, down: Sequence[Edge], across: Sequence[Edge], mm: float) -> bool:
    """Whether a ruling down the page is what a seal left between two rows of a table that is ruled across only: it
    joins two of many rulings that end together, which nothing else crosses; the seal may part those."""
    joined = [a for a in across if cross(a, edge, TOUCH * mm)]
    if len(joined) != 2 or any(cross(a, other, TOUCH * mm) for a in joined for other in down if other is not edge):
        return False
    stack = [a for a in across if all(min(abs(a.start - b.start), abs(a.end - b.end)) < SAME * mm for b in joined)]
    return len(stack) >= LEAST_STACKED


def is_rest(edge: Edge, across: Sequence[Edge], down: Sequence[Edge], mm: float) -> bool:
    """Whether a ruling across the page is what is drawn above some columns of a table that a page break cuts and no
    ruling crosses: it stands where they begin, with as many others that it doesn't reach."""
    crossed = [d for d in down if cross(edge, d, TOUCH * mm)]
    level = [d for d in down if abs(d.start - edge.at) <= STUB * mm]
    if not crossed or any(d not in level for d in crossed) or len(level) < max(LEAST_DOWN, 2 * len(crossed)):
        return False
    return not any(cross(other, d, TOUCH * mm) for other in across if other is not edge for d in level)


def shines_through(edge: Edge, across: Sequence[Edge], down: Sequence[Edge], mm: float) -> bool:
    """Whether a ruling across few columns of the middle of a long table is of the page's back: nothing else crosses its
    rulings down the page, which begin and end together."""
    crossed = [d for d in down if cross(edge, d, TOUCH * mm)]
    if not crossed:
        return False
    first = max(crossed, key=lambda d: d.end - d.start)
    same = [d for d in down if max(abs(d.start - first.start), abs(d.end - first.end)) <= STUB * mm]
    if any(cross(other, d, TOUCH * mm) for other in across if other is not edge for d in same):
        return False
    inside = first.start + STUB * mm < edge.at < first.end - STUB * mm
    return inside and len(same) >= max(LEAST_DOWN, 2 * len(crossed))


def cross(across: Edge, down: Edge, reach: float) -> bool:
    """Whether a ruling across the page and one down it touch."""
    return across.start - reach <= down.at <= across.end + reach and down.start - reach <= across.at <= down.end + reach


def grid_of(across: list[Edge], down: list[Edge], mm: float) -> Grid | None:
    """The grid that rulings draw; None where they enclose nothing."""
    xs = with_cuts(places(down, SAME * mm), across, STUB * mm)
    ys = with_cuts(places(across, SAME * mm), down, STUB * mm) if across else ends_of(down)
    if not down or len(xs) < 2 or len(ys) < 2:
        return None
    sides = parting(Sides(xs, ys, tuple(across), tuple(down), SAME * mm))
    return Grid(sides.xs, sides.ys, tuple(cells_of(sides)))


def ends_of(down: Sequence[Edge]) -> tuple[float, ...]:
    """Where rulings that none crosses begin and end, by a median."""
    return statistics.median(edge.start for edge in down), statistics.median(edge.end for edge in down)


def places(edges: Sequence[Edge], near: float) -> tuple[float, ...]:
    """Where the rulings stand: one place for all that stand within `near`, weighted by their length."""
    found: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda edge: edge.at):
        if found and edge.at - found[-1][-1].at <= near:
            found[-1].append(edge)
        else:
            found.append([edge])
    return tuple(weighted(group) for group in found)


def weighted(edges: Sequence[Edge]) -> float:
    lengths = [max(edge.end - edge.start, 1e-6) for edge in edges]
    return sum(edge.at * length for edge, length in zip(edges, lengths, strict=True)) / sum(lengths)


def with_cuts(found: tuple[float, ...], crossing: Sequence[Edge], stub: float) -> tuple[float, ...]:
    """The places, and where the rulings across them end that run on beyond the first and the last.

    One ruling alone that runs on was drawn too long; a cut lets at least two run on.
    """
    if not found or len(crossing) < 2:
        return found
    first, last = sorted(edge.start for edge in crossing)[1], sorted(edge.end for edge in crossing)[-2]
    before = (first,) if first < found[0] - stub else ()
    after = (last,) if last > found[-1] + stub else ()
    return (*before, *found, *after)


@dataclass(frozen=True, slots=True)
class Sides:
    """Which sides of a grid's elementary fields a ruling closes."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: tuple[Edge, ...]
    down: tuple[Edge, ...]
    near: float

    def above(self, row: int, column: int) -> bool:
        """A ruling closes the field's upper side; its lower side is the upper one of the next row."""
        return covered(self.across, self.ys[row], (self.xs[column], self.xs[column + 1]), self.near)

    def left(self, row: int, column: int) -> bool:
        return covered(self.down, self.xs[column], (self.ys[row], self.ys[row + 1]), self.near)


def parting(sides: Sides) -> Sides:
    """Without the places that part no two cells: a stroke of a character, an underline that meets a border."""
    columns, rows = range(len(sides.xs) - 1), range(len(sides.ys) - 1)
    ys = [y for r, y in enumerate(sides.ys) if r in (0, len(rows)) or any(sides.above(r, c) for c in columns)]
    xs = [x for c, x in enumerate(sides.xs) if c in (0, len(columns)) or any(sides.left(r, c) for r in rows)]
    return replace(sides, xs=tuple(xs), ys=tuple(ys))


def covered(edges: Iterable[Edge], at: float, span: Span, near: float) -> bool:
    """Whether rulings at a place cover most of a stretch."""
    beside = (edge for edge in edges if abs(edge.at - at) <= near)
    length = sum(max(0.0, min(edge.end, span[1]) - max(edge.start, span[0])) for edge in beside)
    return length >= CLOSED * (span[1] - span[0])


def cells_of(sides: Sides) -> Iterator[GridCell]:
    """Cells from top left to bottom right; each takes in the fields to its right and below that no ruling parts."""
    rows, columns = len(sides.ys) - 1, len(sides.xs) - 1
    taken: set[tuple[int, int]] = set()
    for row, column in itertools.product(range(rows), range(columns)):
        if (row, column) in taken:
            continue
        right = column + 1
        while right < columns and (row, right) not in taken and not sides.left(row, right):
            right += 1
        below = row + 1
        while below < rows and goes_on(sides, below, column, right, taken):
            below += 1
        taken |= set(itertools.product(range(row, below), range(column, right)))
        yield cell_of(sides, row, column, below, right)


def goes_on(sides: Sides, row: int, column: int, right: int, taken: set[tuple[int, int]]) -> bool:
    """Whether a cell that spans column..right takes in the row's fields too."""
    fields = range(column, right)
    return not any((row, c) in taken or sides.above(row, c) or (c > column and sides.left(row, c)) for c in fields)


def cell_of(sides: Sides, row: int, column: int, below: int, right: int) -> GridCell:
    last, columns = len(sides.ys) - 1, range(column, right)
    open_above = row == 0 and not any(sides.above(0, c) for c in columns)
    open_below = below == last and not any(sides.above(last, c) for c in columns)
    box = Box(sides.xs[column], sides.ys[row], sides.xs[right], sides.ys[below])
    return GridCell(row, column, below, right, box, open_above, open_below)
