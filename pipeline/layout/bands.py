"""Tables whose rows no ruling parts: rows from the white between their bands, columns from white under a header.

A header row names its columns. Below it each row is a band: the texts that stand beside each other, with white between
it and the next band that is wider than the white between the lines of a cell. A band is a row only where it proves it:
it has the next number of the sequence, or one figure in the columns of sums, or it is a total. One band that proves
nothing leaves the table unread, for a figure in a neighbour's row is worse than a table that a check misses.

>>> spans((0, 10), [(0.0, 4.0), (6.0, 10.0)])
[0, 1]
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.layout.cells import line_of
from pipeline.layout.grids import Grid, GridCell
from pipeline.layout.headers import NUMBERING, is_header
from pipeline.model.page import Line
from pipeline.model.source import Box, around

Span: TypeAlias = tuple[float, float]
Band: TypeAlias = list[Line]

GAP = 0.55  # of a text's height: what stands farther apart on a line stands in two columns
STEP = 0.15  # of a text's height, by which the white between rows is wider than between a cell's lines
FAR = 3.0  # text heights: what stands farther below is no row of the table
SUMS = re.compile(r"(?:单价|总价|合价|小计|金额|费用|价格|报价|合计|租金|数量)(?:[（(].*)?$")
PRICES = re.compile(r"(?:总价|合价|小计|金额|费用|价格|报价|合计|租金)(?:[（(].*)?$")
TAIL = re.compile(
    r"[\W\d]*(?:总|合|小|共|累)\s*[计价]|总额|总金额|大写|人民币|(?:不含|含|价)税|增值税|税[额金]|优惠|折[扣后]|抹零|减免|让利"
)
FIGURE = re.compile(r"[¥￥$]?-?\d[\d,，]*(?:\.\d*)?%?(?:元|万元)?|[-—－/／]+|[^\d]{1,6}")
BROKEN = re.compile(r"[¥￥$]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d{1,2})?")
ORDINAL = re.compile(r"[(（]?(\d{1,3})[)）.、．]?")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns' borders, which one numbers the rows, which hold figures, and which of these the row's sum."""

    xs: tuple[float, ...]
    number: int | None
    sums: tuple[int, ...]
    price: int

    def of(self, line: Line) -> int:
        return bisect.bisect(self.xs[1:-1], line.box.center[0])

    def crossed(self, line: Line) -> bool:
        """Whether a text stands over a border by more than its edge."""
        edge = 0.3 * line.box.height
        return any(line.box.x0 + edge < x < line.box.x1 - edge for x in self.xs[1:-1])


def pieces(lines: Sequence[Line]) -> list[Line]:
    """The lines, cut where a gap parts two columns."""
    return [piece for line in lines for piece in cut(line)]


def cut(line: Line) -> Iterator[Line]:
    words = [word for word in line.words if word.text.strip()]
    start = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or words[i].box.x0 - words[i - 1].box.x1 > GAP * words[i].box.height:
            yield line_of(tuple(words[start:i]), line)
            start = i


def banded(lines: Sequence[Line], white: float) -> list[Band]:
    """The lines in bands with more than `white` between them, from top to bottom."""
    found: list[Band] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: line.box.y0):
        if found and line.box.y0 - bottom <= white:
            found[-1].append(line)
        else:
            found.append([line])
        bottom = max(bottom, line.box.y1) if len(found[-1]) > 1 else line.box.y1
    return found


def whites(lines: Sequence[Line]) -> list[float]:
    """Widths of white that tell rows from lines: none, and each that lies well between two that occur."""
    height = median_height(lines)
    bands = banded(lines, -0.35 * height)
    gaps = sorted(below_of(bands))
    jumps = [(a + b) / 2 for a, b in itertools.pairwise(gaps) if b - a >= STEP * height and b <= FAR * height]
    return [-0.35 * height, *jumps]


def below_of(bands: Sequence[Band]) -> list[float]:
    return [box_of(below).y0 - box_of(above).y1 for above, below in itertools.pairwise(bands)]


def median_height(lines: Sequence[Line]) -> float:
    heights = sorted(line.box.height for line in lines)
    return heights[len(heights) // 2]


def box_of(band: Band) -> Box:
    return around(line.box for line in band)


def text_of(band: Band) -> str:
    return "".join(line.text for line in sorted(band, key=lambda line: line.box.x0)).strip()


def grown(row: Band, lines: Sequence[Line]) -> Band:
    """A band and what stands beside it, or above or below it no farther than the lines of one cell."""
    height = median_height(row)
    whole = list(row)
    while True:
        box, held = box_of(whole), set(map(id, whole))
        near = [x for x in lines if box.y0 - x.box.y1 < 0.35 * height > x.box.y0 - box.y1 and id(x) not in held]
        if not near or len(whole) > 60:
            return whole
        whole += near


# ---- the header ------------------------------------------------------------------------------------------------------


def names_of(band: Band) -> list[tuple[Span, str]]:
    """The names of a header's columns, each with the stretch that it stands in; lines of one name stand together."""
    found: list[tuple[Span, list[Line]]] = []
    for line in sorted(band, key=lambda line: line.box.x0):
        if found and (line.box.x0 < found[-1][0][1] or is_unit(line, found[-1][1][-1])):
            (start, end), held = found[-1]
            found[-1] = ((start, max(end, line.box.x1)), [*held, line])
        else:
            found.append(((line.box.x0, line.box.x1), [line]))
    return [
        (span, "".join(x.text.strip() for x in sorted(held, key=lambda x: (x.box.y0, x.box.x0))))
        for span, held in found
    ]


def is_unit(line: Line, before: Line) -> bool:
    """Whether a text is the unit in brackets after the name before it: 单价 （元）."""
    beside = abs(line.box.center[1] - before.box.center[1]) < line.box.height / 2
    return beside and line.text.lstrip().startswith(("（", "(")) and line.box.x0 - before.box.x1 < line.box.height


def is_price_header(texts: Sequence[str]) -> bool:
    """Whether names of columns are a price table's, so plainly that no ruling is needed to say so."""
    return len(texts) >= 3 and is_header(texts) and any(PRICES.search(text) for text in texts)


def columns_of(xs: Sequence[float], texts: Sequence[str]) -> Columns | None:
    sums = tuple(i for i, text in enumerate(texts) if SUMS.search(text))
    prices = [i for i in sums if PRICES.search(texts[i])]
    if not prices:
        return None
    return Columns(tuple(xs), 0 if NUMBERING.fullmatch(texts[0]) else None, sums, prices[-1])


def spans(box: Span, columns: Sequence[Span]) -> list[int]:
    """The columns that a stretch covers."""
    return [i for i, (start, end) in enumerate(columns) if box[0] < end and start < box[1]]


# ---- rows ------------------------------------------------------------------------------------------------------------


def is_tail(band: Band, columns: Columns) -> bool:
    """Whether a band is a total, a discount or a tax below the rows; its label and figure stand on their own."""
    first = min(band, key=lambda line: line.box.x0)
    if not TAIL.match(first.text.strip()) or ordinal(band, columns) is not None:
        return False
    wide = columns.crossed(first) and len(first.text) > 12
    in_price = [line for line in band if columns.of(line) == columns.price and line is not first]
    return wide or (len(in_price) == 1 and not any(columns.crossed(line) for line in in_price))


def ordinal(band: Band, columns: Columns) -> int | None:
    if columns.number is None:
        return None
    mine = [line for line in band if columns.of(line) == columns.number]
    match = ORDINAL.fullmatch(mine[0].text.strip()) if len(mine) == 1 else None
    return int(match[1]) if match else None


def is_item(band: Band, columns: Columns) -> bool:
    """Whether a band has one figure in each column of figures, and none of its texts stands over a border."""
    if any(columns.crossed(line) for line in band):
        return False
    found = {i: stack(line for line in band if columns.of(line) == i) for i in columns.sums}
    texts = {i: "".join(line.text.strip() for line in lines) for i, lines in found.items() if lines}
    if columns.price not in texts or not any(re.search(r"\d", text) for text in texts.values()):
        return False
    if not all(FIGURE.fullmatch(text) for text in texts.values()):
        return False
    numbered = columns.number is not None
    return all(len(found[i]) == 1 or (numbered and BROKEN.fullmatch(texts[i])) for i in texts)


def stack(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.box.y0, line.box.x0))


def rows_of(bands: Sequence[Band], columns: Columns, after: int | None = None) -> list[Band]:
    """The bands from the first on that are the table's rows; `after` is the number of the row before them."""
    found: list[Band] = []
    height = median_height([line for band in bands for line in band])
    closed = False
    for band in bands:
        if found and box_of(band).y0 - box_of(found[-1]).y1 > FAR * height:
            break
        if is_tail(band, columns):
            closed = True
        elif closed or not is_item(band, columns) or not is_next(band, columns, after):
            break
        else:
            after = ordinal(band, columns)
        found.append(band)
    return found


def is_next(band: Band, columns: Columns, after: int | None) -> bool:
    if columns.number is None:
        return True
    number = ordinal(band, columns)
    return number is not None and (after is None or number == after + 1)


def ends(following: Sequence[Band], rows: Sequence[Band], columns: Columns) -> bool:
    """Whether the bands after the last row are plainly outside the table."""
    if not following or is_tail(rows[-1], columns):
        return True
    band, height = following[0], median_height(following[0])
    numbers = [number for row in rows if (number := ordinal(row, columns)) is not None]
    if any(is_item(later, columns) and numbers and ordinal(later, columns) == numbers[-1] + 1 for later in following):
        return False
    far = box_of(band).y0 - box_of(rows[-1]).y1 > FAR * height
    priced = any(columns.of(x) == columns.price and re.search(r"\d", x.text) and not columns.crossed(x) for x in band)
    return far or (not priced and any(map(columns.crossed, band)) and len(banded(band, -0.35 * height)) == 1)


def read(body: Sequence[Line], columns: Columns, after: int | None = None) -> list[Band]:
    """The rows of a table in the texts below its header; none where any of them is in doubt."""
    for white in whites(body) if body else ():
        bands = banded(body, white)
        rows = rows_of(bands, columns, after)
        if any(is_item(row, columns) for row in rows) and ends(bands[len(rows) :], rows, columns):
            return rows
    return []


# ---- the grid --------------------------------------------------------------------------------------------------------


def borders(rows: Sequence[Band]) -> list[float]:
    """Where the rows after the first begin."""
    return [(box_of(above).y1 + box_of(below).y0) / 2 for above, below in itertools.pairwise(rows)]


def grid(rows: Sequence[Band], ys: Sequence[float], columns: Columns) -> Grid:
    cells = [cell for i, row in enumerate(rows) for cell in cells_of(i, row, ys, columns)]
    return Grid(columns.xs, tuple(ys), tuple(cells))


def cells_of(i: int, row: Band, ys: Sequence[float], columns: Columns) -> Iterator[GridCell]:
    """A row's cells; the label of a total takes in the columns before its figure."""
    edges = label_edges(row, columns) if is_tail(row, columns) else range(len(columns.xs))
    for start, end in itertools.pairwise(edges):
        yield GridCell(i, start, i + 1, end, Box(columns.xs[start], ys[i], columns.xs[end], ys[i + 1]))


def label_edges(row: Band, columns: Columns) -> list[int]:
    last = len(columns.xs) - 1
    first = min(row, key=lambda line: line.box.x0)
    others = [columns.of(line) for line in row if line is not first]
    start = min(others, default=last)
    if columns.of(first) == 0 and not columns.crossed(first):
        return list(range(last + 1))
    return [0, *range(max(start, 1), last + 1)]
