"""Tables ruled across only: columns from the white between their texts, rows from the rulings.

Papers print tables with three rulings: above and below the header, and below the last row (三线表); companies rule
every row but no column. Such a table has no cells for `grids` to find. Rulings of one length that stand above each
other cut the page into strips. The first strip whose texts are parted like a header's begins a table and gives its
columns; each strip below it is a row, or several where its texts prove it (rowing). Prose ends the table. On the next
page the strips may go on without a header, and a row torn by the page break has no ruling at the tear.

>>> strips([100.0, 140.0, 142.0, 300.0], 20.0)
[Span(top=100.0, bottom=140.0), Span(top=142.0, bottom=300.0)]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.layout import rowgrid, rowing
from pipeline.layout.aligned import beside_texts
from pipeline.layout.anchors import Span
from pipeline.layout.cells import Part, part_of, stands_in
from pipeline.layout.columns import (
    GROUP,
    LEAST,
    TAIL,
    Columns,
    Open,
    cut_at,
    is_price,
    lacks_sums,
    median_height,
    names_of,
    pieces,
    same_names,
)
from pipeline.layout.grids import SHEET, Grid, GridCell
from pipeline.layout.gutters import borders, is_across
from pipeline.layout.headers import DATUM, is_header
from pipeline.layout.lines import on_baselines
from pipeline.layout.naming import LEGIBLE, names_over
from pipeline.layout.rowfigures import stacked
from pipeline.layout.totals import labels
from pipeline.layout.unnamed import with_sums
from pipeline.model.page import Line, Page, Ruling

SAME = 2.0  # millimetres by which the ends of a table's rulings may differ
SHORTEST = 0.4  # of the page's width: what is shorter underlines a blank
WIDTH = 0.03  # of a table's width, by which its part on the next page may differ
LEAST_RULINGS = 2
HEAD = 0.25  # of the page's height: a table that goes on from the page before begins above
FOOT = 0.8  # of the page's height: a row that the page's end tears reaches below
FIGURE = re.compile(r"[¥￥]?[\d,.]+")
BESIDE = re.compile(r"[¥￥]?[\d,.]+\s*[一-鿿]+")
CLOSE = 1.5  # text heights: what stands farther from a ruling is no part of a torn row
EMPTY = 8.0  # text heights: a higher strip without text is no row


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows that stand between two rulings."""

    span: Span
    rows: rowing.Rows


@dataclass(frozen=True, slots=True)
class Striped:
    """A table on one page: its columns and strips; whether it has a header, and where a page break tears a row."""

    columns: Columns
    strips: tuple[Strip, ...] = ()
    headed: bool = True
    torn_above: bool = False
    torn_below: bool = False

    def and_then(self, *more: Strip) -> Striped:
        return replace(self, strips=(*self.strips, *more))

    @property
    def stands(self) -> bool:
        """Whether it has rows besides its header."""
        return len(self.strips) > self.headed


def find(
    page: Page, free: Sequence[Line], closed: Sequence[Part], above: Open | None
) -> tuple[list[Part], Open | None]:
    """The page's tables that are ruled across only; the last of them may go on on the next page."""
    ruled = list(stacks(page, closed))
    texts = pieces(free) if ruled else []
    over = above if above and above.ruled and above.page == page.number - 1 else None
    found = [table for stack in ruled for table in tables_in(stack, texts, page, over)]
    parts = [part_from(table, free, page) for table in found]
    return parts, opening(found[-1], page) if found else None


def stacks(page: Page, closed: Sequence[Part]) -> Iterator[list[Ruling]]:
    """Long rulings across the page that begin and end at the same places, from top to bottom."""
    near = SAME * min(page.width, page.height) / SHEET
    outside = (r for r in page.rulings if not any(part.box.y0 - near <= r.y0 <= part.box.y1 + near for part in closed))
    across = [r for r in outside if r.horizontal]
    drawn = {over_gaps(r, across, near) for r in across if r.length >= SHORTEST * page.width}
    long = sorted(drawn, key=lambda r: (r.y0, r.x0))
    while long:
        ends = [r for r in long if min(abs(r.x0 - long[0].x0), abs(r.x1 - long[0].x1)) <= near]
        first = max(ends, key=lambda r: r.length)
        same = [r for r in long if is_same(r, first, near)]
        half = [r for r in long if r not in same and is_part(r, same, near)]
        goes_on = len(same) >= LEAST_RULINGS and same[0].y0 < HEAD * page.height
        others = [r for r in long if r not in same and r not in half]
        half += beside_merged(others, same[0], near, 1 if goes_on else LEAST_RULINGS + 1)
        half += [r for r in long if r not in same and r not in half and any(is_same(r, other, near) for other in half)]
        long = [r for r in long if r not in same and r not in half]
        if len(same) >= LEAST_RULINGS or len(half) > LEAST_RULINGS:
            yield sorted([*same, *half], key=lambda r: r.y0)


def is_same(ruling: Ruling, other: Ruling, near: float) -> bool:
    """Whether two rulings begin and end at the same places."""
    return abs(ruling.x0 - other.x0) <= near and abs(ruling.x1 - other.x1) <= near


def over_gaps(ruling: Ruling, across: Sequence[Ruling], near: float) -> Ruling:
    """A ruling with what goes on from it on its level, where the rulings of another level begin and end as these do
    together: a merged cell, or a seal, parts them."""
    ends = ends_at(ruling.y0, across, near)
    whole = replace(ruling, x0=ends[0], x1=ends[1])
    levels = (ends_at(other.y0, across, near) for other in across if abs(other.y0 - ruling.y0) > near)
    others = (replace(ruling, x0=x0, x1=x1) for x0, x1 in levels)
    return whole if any(is_same(whole, other, near) for other in others) else ruling


def ends_at(level: float, across: Sequence[Ruling], near: float) -> tuple[float, float]:
    """Where the rulings on a level begin and end."""
    there = [ruling for ruling in across if abs(ruling.y0 - level) <= near]
    return min(ruling.x0 for ruling in there), max(ruling.x1 for ruling in there)


def is_part(ruling: Ruling, whole: Sequence[Ruling], near: float) -> bool:
    """Whether a ruling is what a seal or a merged cell leaves of one of a stack: below the first, it begins or ends
    where that does."""
    first = whole[0]
    inside = first.x0 - near <= ruling.x0 and ruling.x1 <= first.x1 + near and first.y0 < ruling.y0
    return inside and min(abs(ruling.x0 - first.x0), abs(ruling.x1 - first.x1)) <= near


def beside_merged(rulings: Sequence[Ruling], whole: Ruling, near: float, least: int) -> list[Ruling]:
    """The rulings above the first whole one that end where it does and begin together, where there are so many: on a
    page whose first category goes on from the page before, they part the rows beside it."""
    above = [r for r in rulings if r.y0 < whole.y0 and abs(r.x1 - whole.x1) <= near and r.x0 > whole.x0 + near]
    alike = [r for r in above if is_same(r, above[0], near)]
    return alike if len(alike) >= least else []


def strips(ys: Sequence[float], height: float) -> list[Span]:
    """What stands between the rulings, but for those drawn double."""
    return [Span(above, below) for above, below in itertools.pairwise(ys) if below - above > height / 2]


def tables_in(stack: Sequence[Ruling], texts: Sequence[Line], page: Page, above: Open | None) -> Iterator[Striped]:
    """The tables between the rulings of one stack."""
    edge = max(stack, key=lambda ruling: ruling.length)
    mine = [text for text in texts if edge.x0 < text.box.center[0] < edge.x1]
    height = median_height(mine) if mine else 0.0
    spans = strips([(ruling.y0 + ruling.y1) / 2 for ruling in stack], height) if mine else []
    carried = carried_columns(above, edge) if above else None
    carried = beside_texts(carried, within(mine, Span(spans[0].top, spans[-1].bottom))) if carried and spans else None
    table = begun(spans[0], mine, carried, page, above) if spans and carried and above else None
    for span in spans:
        inside = within(mine, span)
        named = header(inside, within(mine, Span(span.bottom, spans[-1].bottom)), edge, carried)
        if named or (table and is_outside(inside, table.columns, span, height)):
            yield from [table] if table and table.stands else []
            table = Striped(named, (Strip(span, whole(inside)),)) if named else None
        elif table:
            table = table.and_then(Strip(span, rows_in(inside, table.columns, only=len(spans) == 2)))
    if table:
        torn = rest_below(table, mine, page, height)
        yield from [replace(table.and_then(*torn), torn_below=bool(torn))] if table.stands else []


def within(texts: Sequence[Line], span: Span) -> list[Line]:
    return [text for text in texts if span.top < text.box.center[1] < span.bottom]


def header(inside: Sequence[Line], below: Sequence[Line], ruling: Ruling, carried: Columns | None) -> Columns | None:
    """The columns that a strip's texts name; those of the page before where the names are the same."""
    names = names_of(inside)
    if any(DATUM.fullmatch(name) for _, name in names_of([text for text in inside if text.confidence >= LEGIBLE])):
        return None
    names = names_over(inside, below) if len(names) >= LEAST else names
    texts = tuple(name for _, name in names)
    if not any(map(is_price, texts)) and lacks_sums(texts):
        names = with_sums(names_of(inside), below)
        texts = tuple(name for _, name in names)
    if len(names) < LEAST or not is_header(texts) or TAIL.match(texts[0]) or is_group(inside):
        return None
    if carried and same_names(carried.names, texts):
        return carried
    return Columns((ruling.x0, *borders(names, below), ruling.x1), texts)


def is_group(inside: Sequence[Line]) -> bool:
    """Whether a strip holds the heading of a group of rows, a seal's words beside it perhaps."""
    return GROUP.match("".join(line.text.strip() for line in sorted(inside, key=lambda line: line.box.x0))) is not None


def carried_columns(above: Open, ruling: Ruling) -> Columns | None:
    """The columns of the table on the page before, at the places that they have between this page's rulings."""
    xs = above.columns.xs
    width, share = xs[-1] - xs[0], (ruling.x1 - ruling.x0) / (xs[-1] - xs[0])
    if abs(share - 1) > WIDTH or width <= 0:
        return None
    return replace(above.columns, xs=tuple(ruling.x0 + (x - xs[0]) * share for x in xs))


def begun(span: Span, texts: Sequence[Line], columns: Columns, page: Page, above: Open) -> Striped | None:
    """A table that goes on from the page before, with the rest of a row that the page break tore; below its total only
    with what is made of that (优惠后总价)."""
    inside = within(texts, span)
    if span.top > HEAD * page.height or (above.totalled and not is_total(inside, columns)):
        return None
    rest = list(
        reach(
            [text for text in reversed(stacked(texts)) if text.box.y1 <= span.top + text.box.height / 4],
            columns,
            span.top,
        )
    )
    if not above.torn or not rest:
        return Striped(columns, headed=False)
    top = min(text.box.y0 for text in rest) - rest[0].box.height / 4
    strip = Strip(Span(top, span.top), rowing.Rows((rowing.Row(tuple(rest), rest=True),), 0.0))
    return Striped(columns, (strip,), headed=False, torn_above=True)


def is_total(inside: Sequence[Line], columns: Columns) -> bool:
    """Whether a strip holds a total and nothing else."""
    found = rowing.read(inside, columns)
    return found is not None and all(row.total for row in found.rows)


def rest_below(table: Striped, texts: Sequence[Line], page: Page, height: float) -> list[Strip]:
    """The beginning of a row that the page's end tears: it has no ruling below it."""
    last = table.strips[-1]
    bottom = last.span.bottom
    if last.rows.rows[-1].total:
        return []
    below = cut_remarks(table.columns, [text for text in texts if text.box.center[1] > bottom])
    held = list(reach(stacked(below), table.columns, bottom))
    steady = {*table.columns.sums, table.columns.number}
    if not any(table.columns.of(text) in steady for text in held) or held[-1].box.y1 < FOOT * page.height:
        return []
    return [Strip(Span(bottom, held[-1].box.y1 + height / 4), rows_in(held, table.columns, only=False))]


def cut_remarks(columns: Columns, texts: Sequence[Line]) -> list[Line]:
    """The texts, a figure and the remark right beside it as two: an engine may see no white between them."""
    beside = {id(text) for text in texts if columns.crossed(text) == 1 and BESIDE.fullmatch(text.text.strip())}
    return [part for text in texts for part in (cut_at(columns, [text]) if id(text) in beside else [text])]


def reach(texts: Sequence[Line], columns: Columns, edge: float) -> Iterator[Line]:
    """The texts, nearest first, that no white parts from an edge, up to one that stands across the columns.

    A figure is no such text: an engine may draw its box too wide.
    """
    last = Span(edge, edge)
    for text in texts:
        white = max(text.box.y0 - last.bottom, last.top - text.box.y1)
        if white > CLOSE * text.box.height or (columns.crossed(text) and not FIGURE.fullmatch(text.text.strip())):
            return
        last = Span(min(last.top, text.box.y0), max(last.bottom, text.box.y1))
        yield text


def is_outside(inside: Sequence[Line], columns: Columns, span: Span, height: float) -> bool:
    """Whether a strip is no row of the table: prose, or white."""
    if not inside:
        return span.bottom - span.top > EMPTY * height
    label = {id(line) for tail in labels(inside, columns, height) for line in tail.lines}
    prose = [text for text in inside if id(text) not in label and is_across(text, columns)]
    return len(prose) > 0 and len(inside) > 1


def whole(lines: Sequence[Line]) -> rowing.Rows:
    return rowing.Rows((rowing.Row(tuple(lines)),), 0.0)


def rows_in(inside: Sequence[Line], columns: Columns, only: bool) -> rowing.Rows:
    """The rows of a strip; `only` says that it is the table's only one, so that rulings tell nothing of its rows."""
    found = rowing.read(inside, columns)
    if found or not inside:
        return found or whole(inside)
    if only and columns.price is None:
        return rowing.Rows(tuple(hanging(inside, columns)), 0.0)
    height = median_height(inside)
    label = [line for tail in labels(inside, columns, height) for line in tail.lines]
    return rowing.Rows((rowing.Row(tuple(line for line in inside if line not in label), tuple(label)),), 0.0)


def hanging(inside: Sequence[Line], columns: Columns) -> Iterator[rowing.Row]:
    """Rows that begin where the first or the last column holds text: names wrap, numbers and results don't."""
    held: list[Line] = []
    for beside in on_baselines(inside):
        if held and any(columns.of(line) in (0, len(columns.names) - 1) for line in beside):
            yield rowing.Row(tuple(held))
            held = []
        held += beside
    yield rowing.Row(tuple(held))


def part_from(table: Striped, free: Sequence[Line], page: Page) -> Part:
    """The table's cells."""
    ys: list[float] = []
    cells: list[GridCell] = []
    for strip in table.strips:
        edges = [strip.span.top, *rowing.borders(strip.rows.rows), strip.span.bottom]
        cells += rowgrid.cells(strip.rows, edges, table.columns, first=len(ys))
        ys += edges[:-1]
    ys.append(table.strips[-1].span.bottom)
    marked = tuple(
        replace(c, open_above=table.torn_above and c.row == 0, open_below=table.torn_below and c.row_end == len(ys) - 1)
        for c in cells
    )
    grid = Grid(table.columns.xs, tuple(ys), marked)
    part = part_of(grid, [line for line in free if stands_in(line, grid.box)], page)
    return replace(part, names=table.columns.names)


def opening(table: Striped, page: Page) -> Open:
    """What the next page needs to know where the table goes on there."""
    rows = table.strips[-1].rows.rows
    return Open(page.number, table.columns, torn=table.torn_below, totalled=rows[-1].closing, ruled=True)
