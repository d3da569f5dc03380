"""The rows of a table that no ruling parts: their anchors, their texts, and the totals below them.

An anchor is where several of a row's texts that never wrap stand on one baseline: its number, its quantity, its prices.
A total, a discount or a tax has a label of its own (`合计`, `优惠后总价`) that may stand across the columns; its anchor
is the label (totals). Each text goes to one anchor (anchors); where one goes to none, or two numbers of one row stand
above each other, the rows are in doubt and none is given.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.layout.anchors import ALIGNS, WITHIN, Align, Dealt, Span, deal, spread
from pipeline.layout.columns import GROUP, Columns, median_height
from pipeline.layout.gutters import flush_end
from pipeline.layout.rowfigures import (
    ORDINAL,
    at_most_one_each,
    baselines,
    counts_on,
    is_number,
    stacked,
    whole_figures,
)
from pipeline.layout.rowtexts import Texts, Way, texts_of
from pipeline.layout.totals import SAME, Tail, labels, names_total
from pipeline.model.page import Line
from pipeline.model.source import around

LONELY = 1.0  # the cost of a row with but one figure
LEFT_OUT = 1.0  # and of a legible text that stands in no row
TORN = 4.0  # and of a column of names, some of which stand around no anchor
MOST_OFF = 5.0  # heights of a text, by which such a line may stand off
BESIDE = 1.5  # heights of a text, by which a heading's words stand behind its numeral
ENOUGH = 3  # figures beside each other that make a row without its name
MOST = 0.65  # of the rows: so many have a figure in a column of which a seal hides some
NUMERAL = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
SUBTOTAL = re.compile(r"\s*(?:小|分)\s*计")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's texts; `label` are those of a label that stands across the columns, of a total or a group of rows, `rest`
    says that its other half is on another page."""

    lines: tuple[Line, ...]
    label: tuple[Line, ...] = ()
    rest: bool = False

    @property
    def tail(self) -> bool:
        return bool(self.label)

    @property
    def total(self) -> bool:
        """Whether the table may end with the row: no rows of its group follow."""
        return self.tail and names_total(self.label[0].text)

    @property
    def closing(self) -> bool:
        """Whether the table surely ends with the row: below a group's own total another group may begin."""
        return self.total and not SUBTOTAL.match(self.label[0].text)

    @property
    def all(self) -> tuple[Line, ...]:
        return (*self.label, *self.lines)

    @property
    def top(self) -> float:
        return min((line.box.y0 for line in self.all), default=0.0)

    @property
    def bottom(self) -> float:
        return max((line.box.y1 for line in self.all), default=0.0)

    @property
    def center(self) -> float:
        centers = sorted(line.box.center[1] for line in self.all)
        return centers[len(centers) // 2] if centers else 0.0

    def figures(self, columns: Columns) -> set[int]:
        """The columns of numbers and figures that have a text in the row."""
        return {columns.of(line) for line in self.lines} & set(columns.steady)


@dataclass(frozen=True, slots=True)
class Rows:
    """A reading of a table's rows; `cost` is how far texts stand off their anchors in all.

    `merged` are the columns whose cells span rows, with the number of rows that each spans; `left` is how many legible
    texts stand in no row.
    """

    rows: tuple[Row, ...]
    cost: float
    merged: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    left: int = 0


def read(lines: Sequence[Line], columns: Columns, rests: bool = False) -> Rows | None:
    """The rows that the lines make, all of them; None where they are in doubt.

    With `rests` the first or the last may be a part of a row that a page break tears.
    """
    if not lines:
        return None
    height = median_height(lines)
    lines = with_numerals(without_strays(lines, columns, height), height)
    tails = labels(lines, columns, height)
    inner = [line for line in lines if not any(line in tail.lines for tail in tails)]
    texts = texts_of(inner, columns, height)
    readings = [
        found
        for items in dict.fromkeys(candidates(inner, tails, columns, height))
        if items or tails
        for align in ALIGNS
        if (found := dealt(inner, texts, tails, items, columns, height, align, rests))
    ]
    return min(readings, key=lambda found: (found.cost, len(found.rows)), default=None)


def without_strays(lines: Sequence[Line], columns: Columns, height: float) -> list[Line]:
    """The lines but what a seal leaves beside a column of figures that all end below each other."""
    figures = [(columns.of(line), line.box.x1) for line in lines if line.text[-1:].isdigit()]
    ends = {each: flush_end([x1 for column, x1 in figures if column == each], height) for each in columns.sums}
    return [line for line in lines if line.box.x0 < (ends.get(columns.of(line)) or math.inf) + height]


def with_numerals(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines, the numeral of a group's heading (四、) joined to its words, which stand alone beside it."""
    joined = list(lines)
    for numeral in [line for line in lines if NUMERAL.fullmatch(line.text.strip())]:
        level = [x for x in lines if x is not numeral and abs(x.box.center[1] - numeral.box.center[1]) < SAME * height]
        if len(level) == 1 and 0 <= level[0].box.x0 - numeral.box.x1 < BESIDE * height:
            words = (*numeral.words, *level[0].words)
            whole = Line(words, around(word.box for word in words), min(numeral.confidence, level[0].confidence))
            joined = [whole if line is numeral else line for line in joined if line is not level[0]]
    return joined


def candidates(
    lines: Sequence[Line], tails: Sequence[Tail], columns: Columns, height: float
) -> Iterator[tuple[float, ...]]:
    """Where the rows' anchors may be: where two texts that don't wrap stand beside each other, or one of a column."""
    mine = [line for line in lines if columns.of(line) in columns.steady]
    apart = [x for x in mine if all(abs(x.box.center[1] - tail.center) >= SAME * height for tail in tails)]
    groups = [({columns.of(line) for line in group}, center_of(group)) for group in baselines(apart, height)]
    yield tuple(center for held, center in groups if len(held) >= 2)
    for column in columns.steady:
        yield tuple(center for held, center in groups if column in held)


def center_of(lines: Sequence[Line]) -> float:
    return sum(line.box.center[1] for line in lines) / len(lines)


def dealt(
    lines: Sequence[Line], texts: Sequence[Texts], tails: Sequence[Tail], items: Sequence[float], columns: Columns,
    height: float, align: Align, rests: bool,
) -> Rows | None:  # fmt: skip
    """The rows that stand around these anchors; None where a text stands around none."""
    labels_at = {tail.center: tail.lines for tail in tails}
    anchors = sorted({*items, *labels_at})
    beside_labels = (x for x in lines for tail in tails if abs(x.box.center[1] - tail.center) < SAME * height)
    others = {id(line) for line in beside_labels}
    sure = stand_at(items, [line for line in lines if id(line) not in others], columns, height)
    found: dict[int, tuple[Way, Dealt | None]] = {}
    for column in sorted(range(len(texts)), key=lambda column: column not in columns.steady):  # figures say no soonest
        full = items if column in columns.full else ()
        way, owned, whole = taken(texts[column], column, columns, anchors, height, align, rests, full, sure)
        if may_merge(column, columns) and (owned is None or is_sparse(owned.owners, anchors, column, columns)):
            owned = None
        elif owned is None and column not in columns.steady:
            way = texts[column].ways[0]
        elif not whole:
            return None
        found[column] = way, owned
    held: list[list[Line]] = [[] for _ in range(len(anchors) + 2)]
    cost, loose, left = 0.0, [], 0
    for column in range(len(texts)):
        way, owned = found[column]
        if owned is None:
            loose.append((column, way.lines))
            continue
        cost += owned.cost
        left += sum(x not in way.lines for x in texts[column].legible)
        for line, owner in zip(way.lines, owned.owners, strict=True):
            held[owner + 1].append(line)
    rows = [Row(tuple(x), labels_at.get(y, ())) for x, y in zip(held[1:-1], anchors, strict=True)]
    if any(not row.tail and len(row.lines) < 2 and not is_group(row) for row in rows):
        return None
    cost += LONELY * sum(is_lonely(row, columns) for row in rows) + LEFT_OUT * left
    found_rows = Rows((*rest_of(held[0]), *rows, *rest_of(held[-1])), cost, left=left)
    return with_merged(found_rows, loose, columns, height, rests)


def taken(
    texts: Texts, column: int, columns: Columns, anchors: Sequence[float], height: float, align: Align, rests: bool,
    full: Sequence[float], sure: bool,
) -> tuple[Way, Dealt | None, bool]:  # fmt: skip
    """The first way to take a column's texts that makes whole figures around the anchors, or the last; the anchors that
    the texts then stand around, if any; and whether the figures are whole."""
    asked = [(way, full, sure and column in columns.sums) for way in texts.ways] + [
        (way, (), False) for way in texts.numbers
    ]
    for way, filled, lone in asked:
        owned = dealt_out(way, anchors, height, align, rests, filled, lone)
        if owned and whole_figures(way.lines, owned.owners, column, columns, sure):
            return way, owned, True
    return way, owned, False


def dealt_out(
    way: Way, anchors: Sequence[float], height: float, align: Align, rests: bool, full: Sequence[float], sure: bool
) -> Dealt | None:
    """The anchors that a column's lines stand around."""
    found = deal(way.spans, anchors, height, align, rests, full, sure)
    if found is None:
        return None
    owner = {id(line): owner for band, owner in zip(way.bands, found.owners, strict=True) for line in band}
    return Dealt(found.cost, tuple(owner[id(line)] for line in way.lines))


def stand_at(items: Sequence[float], lines: Sequence[Line], columns: Columns, height: float) -> bool:
    """Whether several columns have one figure at each of the rows and none beside: the rows are no others. Numbers that
    count the rows speak for two; a seal may hide some figures of all the columns but one."""
    held = (stacked(line for line in lines if columns.of(line) == column) for column in range(len(columns.names)))
    alone = [mine for mine in held if all(map(is_number, mine)) and at_most_one_each(mine, items, height)]
    all_rows = [mine for mine in alone if len(mine) == len(items)]
    nearly = [mine for mine in alone if MOST * len(items) <= len(mine) < len(items)]
    return bool(all_rows) and len(all_rows) + len(nearly) + any(map(counts_on, all_rows)) >= ENOUGH


def is_group(row: Row) -> bool:
    """Whether a row is the heading of those below it (二、装饰工程), which has no figures."""
    return len(row.lines) == 1 and GROUP.match(row.lines[0].text.strip()) is not None


def is_lonely(row: Row, columns: Columns) -> bool:
    """Whether a row has but one figure, as the second line of a wrapped one would."""
    return not row.tail and len(row.figures(columns)) < 2


def may_merge(column: int, columns: Columns) -> bool:
    """Whether cells of a column may be merged over rows: those of figures and the first names are not."""
    return column in columns.categories or (column > 1 and column not in columns.sums)


def is_sparse(owners: Sequence[int], anchors: Sequence[float], column: int, columns: Columns) -> bool:
    """Whether rows of a column of categories are blank, as they are where one cell spans several."""
    return column in columns.categories and len(set(owners)) < len(anchors)


def with_merged(
    rows: Rows, loose: Sequence[tuple[int, Sequence[Line]]], columns: Columns, height: float, rests: bool
) -> Rows | None:
    """The rows with the spans of merged cells; None where a text other than a category's stands between two rows that
    only names tell apart."""
    edges = extents(rows.rows)
    spread_over: dict[int, list[int]] = {}
    whole = rows
    for column, lines in loose:
        cells = [Span(b[0].box.y0, b[-1].box.y1) for b in blocks(lines, height)]
        spans = spread_between(cells, edges, height) if rests else spread(cells, edges, height)
        if (spans is None and column not in columns.categories) or not may_merge(column, columns):
            nearest = with_nearest(whole, lines, columns, height, rests)
            if nearest is None:
                return None
            whole = nearest
        else:
            spread_over[column] = spans or []
    merged = {column: tuple(past_totals(spans, whole.rows)) for column, spans in spread_over.items()}
    return replace(whole, merged=merged)


def with_nearest(rows: Rows, lines: Sequence[Line], columns: Columns, height: float, rests: bool) -> Rows | None:
    """The rows with each of the lines in the one that it stands nearest to; None where figures alone don't make them.

    Of a name below a seal an engine may read but its first line, which stands where no whole name would; of a remark
    that is set one character below the other, any of them. With `rests` what stands far above the first row is the
    rest of one on the page before.
    """
    if any(not row.tail and not row.rest and len(row.figures(columns)) < ENOUGH for row in rows.rows):
        return None
    found = list(rows.rows)
    centers = [row.center for row in rows.rows]
    above: list[Line] = []
    for line in lines:
        offs = [abs(center - line.box.center[1]) for center in centers]
        nearest = offs.index(min(offs))
        far = offs[nearest] > MOST_OFF * height and not min(centers) < line.box.center[1] < max(centers)
        if far and rests and line.box.center[1] < min(centers) and not found[0].rest:
            above.append(line)
        elif found[nearest].tail or far:
            return None
        else:
            found[nearest] = replace(found[nearest], lines=(*found[nearest].lines, line))
    return replace(rows, rows=(*rest_of(above), *found), cost=rows.cost + TORN)


def spread_between(cells: Sequence[Span], edges: Sequence[Span], height: float) -> list[int] | None:
    """The rows that merged cells span where page breaks may cut the first or the last: its text is on another page."""
    for left in range(len(edges)):
        for start in range(left + 1):
            end = len(edges) - (left - start)
            spans = spread(cells, edges[start:end], height)
            if spans:
                return [*[1] * start, *spans, *[1] * (left - start)]
    return None


def past_totals(spans: Sequence[int], rows: Sequence[Row]) -> Iterator[int]:
    """The spans of merged cells with totals between them, or a torn row's rest; single cells where one of those would
    stand in one."""
    ends = set(itertools.accumulate(spans))
    apart = [row.tail or row.rest for row in rows]
    items = list(itertools.accumulate(not alone for alone in apart))
    parted = any(alone and done not in {0, *ends} for alone, done in zip(apart, items, strict=True))
    if parted or items[-1:] != [sum(spans)]:
        yield from (1 for _ in rows)
        return
    left = list(spans)
    done = 0
    for alone in apart:
        if alone:
            yield 1
        elif done == 0:
            yield left[0]
            done = left.pop(0) - 1
        else:
            done -= 1


def extents(rows: Sequence[Row]) -> list[Span]:
    """Where the rows that are no totals, nor the rest of one, begin and end, up to the middle of the white between."""
    items = [row for row in rows if row.lines and not row.tail and not row.rest]
    gap = min((b.top - a.bottom for a, b in itertools.pairwise(items)), default=0.0) / 2
    edges = [items[0].top - gap, *borders(items), items[-1].bottom + gap] if items else []
    return [Span(top, bottom) for top, bottom in itertools.pairwise(edges)]


def borders(rows: Sequence[Row]) -> list[float]:
    """Where the rows after the first begin: in the white between two, or in their middle where a speck fills that, or a
    text that stands around another row."""
    return [
        (above.bottom + below.top) / 2
        if above.bottom <= below.center and above.center <= below.top
        else (above.center + below.center) / 2
        for above, below in itertools.pairwise(rows)
    ]


def blocks(lines: Sequence[Line], height: float) -> Iterator[list[Line]]:
    """Lines that stand close below each other, as those of one cell do."""
    start = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or lines[i].box.y0 - lines[i - 1].box.y1 > WITHIN * height:
            yield list(lines[start:i])
            start = i


def ordinal(row: Row, columns: Columns) -> int | None:
    """The row's number, where it has one."""
    mine = [line.text.strip() for line in row.lines if columns.of(line) == columns.number]
    match = ORDINAL.fullmatch("".join(mine))
    return int(match[1]) if match and columns.number is not None else None


def rest_of(lines: Sequence[Line]) -> tuple[Row, ...]:
    return (Row(tuple(lines), rest=True),) if lines else ()
