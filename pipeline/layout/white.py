"""Tables without rulings: rows and columns from the white between their texts.

Only a price table's header says plainly enough that a table begins. Its names give the columns; below it every text
must go to a row (rowing) up to the prose that ends the table, or the table stays unread, for a figure in a neighbour's
row is worse than a table that a check misses. On the next page it may go on, with its header again or without.

The header `序号 | 名称 | 数量 | 单价（元） | 合价（元）` begins a table; `甲方 | 乙方` does not: it prices nothing.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.layout import rowgrid, rowing
from pipeline.layout.aligned import aligned
from pipeline.layout.cells import Part, part_of, stands_in
from pipeline.layout.columns import (
    LEAST,
    Band,
    Columns,
    Open,
    Stretch,
    bare,
    box_of,
    cut_at,
    is_character,
    is_price,
    is_price_header,
    lacks_sums,
    median_height,
    names_columns,
    names_of,
    pieces,
    same_names,
)
from pipeline.layout.grids import Grid
from pipeline.layout.gutters import borders, is_across
from pipeline.layout.headers import LONGEST, is_name
from pipeline.layout.lines import on_baselines
from pipeline.layout.naming import names_over
from pipeline.layout.totals import labels
from pipeline.layout.unnamed import with_sums
from pipeline.model.page import Line, Page

HEAD = 0.14  # of the page's height, in which running heads stand and the page's text begins
FAR = 3.0  # text heights: what stands farther below is no row of the table
FARTHEST = 4.5  # but for a row below one whose sum lost its last line
MOST_AFTER = 6  # baselines below a table that may stand near enough to be taken for its own
MOST_LINES = 5  # baselines in a header: a name of three lines, beside others in their middle or of two
MOST_NUMBERS = 0.6  # of the rows' numbers, which follow on those of the page before though others are misread
NEAR = 1.75  # text heights from one line of a name to the next


def find(
    page: Page, free: Sequence[Line], closed: Sequence[Part], above: Open | None
) -> tuple[list[Part], Open | None]:
    """The page's tables that only white parts, from top to bottom; the last of them may go on on the next page."""
    texts = pieces(free)
    over = above if above and above.page == page.number - 1 and not above.ruled else None
    heads = heads_in(texts)
    stop = min((box_of(head).y0 for head in heads), default=float(page.height))
    found = [grid for grid in [continued(texts, page, closed, over, stop) if over else None] if grid]
    for head in heads:
        if not found or box_of(head).y0 >= found[-1][0].ys[-1]:
            table = below(head, texts, page, closed, over)
            found += [table] if table else []
    return [part_from(grid, opened, free, page) for grid, opened in found], found[-1][1] if found else None


def part_from(grid: Grid, opened: Open, free: Sequence[Line], page: Page) -> Part:
    """The grid's cells, and the names that say of which table they are a part."""
    part = part_of(grid, [line for line in free if stands_in(line, grid.box)], page)
    return replace(part, names=opened.columns.names)


def heads_in(texts: Sequence[Line]) -> list[Band]:
    """The headers of price tables; where none names their sums, those that a seal may have taken them from."""
    named = ([(head, texts_of(head)) for head in group] for group in windows(texts))
    naming = [[(head, names) for head, names in group if names_columns(names)] for group in named]
    for says in (is_price_header, lacks_sums):
        if found := [head for group in naming for head in plainest([head for head, names in group if says(names)])]:
            return found
    return []


def plainest(heads: Sequence[Band]) -> list[Band]:
    """The headers that begin on one baseline, those that name most columns first."""
    return sorted(heads, key=told, reverse=True)


def windows(texts: Sequence[Line]) -> Iterator[list[Band]]:
    """Of each baseline the bands of texts that begin there, with as many baselines below as a name's lines may take,
    the highest first; without what is too long for a name, or too little for a table."""
    bands = on_baselines(texts)
    prose = [any(is_long(text) for text in band) for band in bands]
    for start in range(len(bands)):
        ends = range(start + 1, reaching(bands, prose, start) + 1)
        heads = [list(itertools.chain(*bands[start:end])) for end in reversed(ends)]
        yield [head for head in heads if len(head) >= LEAST]


def is_long(text: Line) -> bool:
    """Whether a text has more characters than a column's name."""
    return len(text.text) > LONGEST and sum(map(is_character, text.text)) > LONGEST


def told(head: Band) -> int:
    """How many columns a header names: what stands below a name by itself is the first row's."""
    return sum(map(is_name, texts_of(head)))


def texts_of(head: Band) -> list[str]:
    return [text for _, text in names_of(head)]


def reaching(bands: Sequence[Band], prose: Sequence[bool], start: int) -> int:
    """Where the baselines end that stand as near below each other as the lines of a name, none of them prose."""
    end = start
    while end < min(len(bands), start + MOST_LINES) and not prose[end]:
        if end > start and step(bands[end - 1], bands[end]) >= NEAR:
            break
        end += 1
    return end


def step(above: Band, below: Band) -> float:
    """How many text heights one baseline stands below another."""
    return (box_of(below).center[1] - box_of(above).center[1]) / median_height(below)


def below(
    head: Band, texts: Sequence[Line], page: Page, closed: Sequence[Part], above: Open | None
) -> tuple[Grid, Open] | None:
    """The table below a header, the columns at the places of the page before where they are the same."""
    top = box_of(head).y1
    stop = min((part.box.y0 for part in closed if part.box.y0 > top), default=float(page.height))
    body = [text for text in texts if top < text.box.center[1] < stop]
    names = names_over(head, body)
    if not any(is_price(name) for _, name in names):
        names = with_sums(names_of(head), body)
    if not any(is_price(name) for _, name in names):
        return None
    names = with_lost_number(known_names(names, above), above) if above else names
    named = tuple(name for _, name in names)
    places = [borders(names, body)]
    repeated = above is not None and same_names(above.columns.names, named)
    if above and repeated:
        places.insert(0, [x + names[0][0][0] - above.names[0][0][0] for x in above.columns.xs[1:-1]])
    for inner in places:
        columns = Columns((0.0, *inner, float(page.width)), named)
        found = read(body, columns, top, rests=repeated)
        if found:
            rows = [rowing.Row(tuple(head)), *found.rows]
            return placed(rows, found, columns, page, tuple(names), above)
    at_foot = all(text.box.center[1] > (1 - HEAD) * page.height for text in body)
    return alone(head, names, page) if at_foot else None


def known_names(names: list[tuple[Stretch, str]], above: Open) -> list[tuple[Stretch, str]]:
    """The names of a repeated header without what a seal left between them."""
    known = set(map(bare, above.columns.names))
    kept = [name for name in names if bare(name[1]) in known]
    return kept if same_names(above.columns.names, [name for _, name in kept]) else names


def with_lost_number(names: list[tuple[Stretch, str]], above: Open) -> list[tuple[Stretch, str]]:
    """The names of a repeated header with that of the rows' numbers where it was not read."""
    known = above.columns.names
    if above.columns.number is None or not above.names or not same_names(known[1:], [name for _, name in names]):
        return names
    shift = names[0][0][0] - above.names[1][0][0]
    (start, end), number = above.names[0]
    return [((start + shift, end + shift), number), *names]


def alone(head: Band, names: Sequence[tuple[Stretch, str]], page: Page) -> tuple[Grid, Open]:
    """A header at the page's foot: the rows below it, which show where its columns are, stand on the next page."""
    box, pad = box_of(head), median_height(head) / 2
    columns = Columns((box.x0 - pad, *borders(names, []), box.x1 + pad), tuple(name for _, name in names))
    ys = (box.y0 - pad / 2, box.y1 + pad / 2)
    cells = tuple(rowgrid.cells(rowing.Rows((rowing.Row(tuple(head)),), 0.0), ys, columns))
    return Grid(columns.xs, ys, cells), Open(page.number, columns, names=tuple(names), alone=True)


def read(body: Sequence[Line], columns: Columns, top: float, rests: bool) -> rowing.Rows | None:
    """The rows below a place, up to where the table ends; None where they are in doubt."""
    bands = reach(body, columns, top)
    for end in range(len(bands), max(0, len(bands) - MOST_AFTER), -1):
        found = rowing.read(cut_at(columns, list(itertools.chain(*bands[:end]))), columns, rests)
        if found and any(rests or not row.tail for row in found.rows if not row.rest):
            return found if not any(is_row(band, columns) for band in bands[end:]) else None
        if is_row(bands[end - 1], columns):
            return None
    return None


def reach(body: Sequence[Line], columns: Columns, top: float) -> list[list[Line]]:
    """The baselines below a place that may be the table's: up to prose or wide white."""
    if not body:
        return []
    height = median_height(body)
    label = {id(line) for tail in labels(body, columns, height) for line in tail.lines}
    found: list[list[Line]] = []
    bands = on_baselines(body)
    for i, band in enumerate(bands):
        white = (box_of(band).y0 - top) / height
        if is_clause([x for x in band if id(x) not in label], columns) or white > FARTHEST:
            break
        if white > FAR and not (found and begins_row(bands[i:], columns)):
            break
        found.append(band)
        top = max(top, box_of(band).y1)
    return found


def begins_row(bands: Sequence[Band], columns: Columns) -> bool:
    """Whether a row begins, with the first line of its sum perhaps: the white above is wider where the last of the sum
    before was not read."""
    first = "".join(text.text for text in bands[0])
    return re.search(r"\d", first) is not None and any(is_row(cut_at(columns, band), columns) for band in bands[:2])


def before_prose(body: Sequence[Line], columns: Columns) -> list[Line]:
    """The texts above the first baseline of prose."""
    bands = on_baselines(body)
    ends = (box_of(band).y0 for band in bands if is_clause(band, columns))
    end = next(ends, math.inf)
    return [text for text in body if text.box.center[1] < end]


def is_clause(band: Sequence[Line], columns: Columns) -> bool:
    """Whether prose stands across the columns."""
    return any(is_across(text, columns) for text in band)


def is_row(band: Band, columns: Columns) -> bool:
    """Whether a baseline has a price in the table's columns, and another figure beside it."""
    figures = {columns.of(x) for x in band if re.search(r"\d", x.text) and not columns.crossed(x)}
    return columns.price in figures and len(figures & set(columns.steady)) > 1


def continued(
    texts: Sequence[Line], page: Page, closed: Sequence[Part], above: Open, stop: float
) -> tuple[Grid, Open] | None:
    """The rest of a table at the head of the next page, below running heads."""
    stop = min((stop, *(part.box.y0 for part in closed)))
    body = [text for text in texts if text.box.center[1] < stop]
    readings: list[tuple[int, tuple[Grid, Open]]] = []
    for columns in carried(above, body, page):
        found = rest(body, columns, page, above)
        readings += [found] if found else []
        if found and found[0] == 0:
            break
    return min(readings, key=lambda reading: reading[0])[1] if readings else None


def carried(above: Open, body: Sequence[Line], page: Page) -> Iterator[Columns]:
    """Where the columns of the page before may be on this one: at the places they had there; or where this page's rows
    say, for that one may have had too few."""
    columns = replace(above.columns, xs=(0.0, *above.columns.xs[1:-1], float(page.width)))
    if not above.alone:
        yield aligned(columns, before_prose(body, columns))
    yield replace(columns, xs=(0.0, *borders(above.names, body), float(page.width)))


def rest(body: Sequence[Line], columns: Columns, page: Page, above: Open) -> tuple[int, tuple[Grid, Open]] | None:
    """The rows at a page's head that stand in the columns and go on from those of the page before, and how many texts
    stand in none."""
    head = repeated_header(body, columns.names, page)
    start = box_of(head).y1 if head else 0.0
    body = [text for text in body if text.box.y0 >= start]
    for top in tops(body, HEAD * page.height, start):
        found = read([text for text in body if text.box.y0 >= top], columns, top, rests=True)
        made = found and all(row.tail for row in found.rows)  # of the total: its tax, what a discount leaves
        if found and goes_on(found.rows, columns, above.last) and (made or not above.totalled):
            rows = [*([rowing.Row(tuple(head))] if head else []), *found.rows]
            return found.left, placed(rows, found, columns, page, above.names, above)
    return None


def tops(body: Sequence[Line], head: float, start: float) -> list[float]:
    """Where the first baselines of a page begin."""
    first = [text for text in body if text.box.y0 < max(head, start + text.box.height)]
    return [box_of(band).y0 for band in on_baselines(first)]


def repeated_header(body: Sequence[Line], names: Sequence[str], page: Page) -> list[Line]:
    """The header at a page's head that repeats most of the names, misread so far that it is none by itself."""
    found: list[Line] = []
    for band in on_baselines(body):
        words = [word for text in band if (word := bare(text.text))]
        named = sum(any(word in bare(name) for name in names) for word in words)
        if box_of(band).y0 > 2 * HEAD * page.height or any(map(str.isdigit, "".join(text.text for text in band))):
            break
        if len(words) > 1 and 2 * named > len(words):
            found += band
    return found


def goes_on(rows: Sequence[rowing.Row], columns: Columns, last: int | None) -> bool:
    """Whether the numbers of the rows with figures go on from the last one, or most of them are what they must be;
    without numbers, every row has figures."""
    items = [row for row in rows if not row.tail and not row.rest]
    if columns.number is None:
        return all(len({columns.of(x) for x in row.lines} & set(columns.steady)) > 1 for row in items)
    heading = rows[0].tail and not rows[0].total
    if not rows[0].rest and not heading and not any(char.isdigit() for x in rows[0].all for char in x.text):
        return False
    items = [row for row in items if {columns.of(x) for x in row.lines} & set(columns.sums)]
    numbers = [rowing.ordinal(row, columns) for row in items]
    read = [number for number in numbers if number is not None]
    rising = len(read) == len(items) and all(a < b for a, b in itertools.pairwise([last or 0, *read]))
    right = sum(number == place for place, number in enumerate(numbers, (last or 0) + 1))
    again = len(items) > 1 and read == list(range(last or 0, (last or 0) + len(items)))  # the last number printed twice
    return rising or again or right > MOST_NUMBERS * len(items)


def last_number(numbers: Sequence[int]) -> int | None:
    """The last row's number: the last that follows on the one before it, for others may be misread.

    >>> last_number([1, 21, 3, 4, 51]), last_number([7]), last_number([])
    (4, 7, None)
    """
    following = [b for a, b in itertools.pairwise(numbers) if b == a + 1]
    return next(reversed(following or list(numbers)), None)


def placed(
    rows: Sequence[rowing.Row], found: rowing.Rows, columns: Columns, page: Page,
    names: Sequence[tuple[Stretch, str]], above: Open | None,
) -> tuple[Grid, Open]:  # fmt: skip
    """The grid between the outermost texts; columns keep their shares of the width over pages."""
    box = box_of([line for row in rows for line in row.all])
    pad = median_height(rows[-1].all) / 2
    x0, x1 = box.x0 - pad, box.x1 + pad
    if above and not above.alone and same_names(above.columns.names, columns.names):
        shift = columns.xs[1] - above.columns.xs[1]
        x0, x1 = above.columns.xs[0] + shift, above.columns.xs[-1] + shift
    whole = replace(columns, xs=(min(x0, columns.xs[1] - pad), *columns.xs[1:-1], max(x1, columns.xs[-2] + pad)))
    ys = [box.y0 - pad / 2, *rowing.borders(rows), box.y1 + pad / 2]
    heads = len(rows) - len(found.rows)
    cells = [*rowgrid.cells(rowing.Rows(tuple(rows[:heads]), 0.0), ys, whole)] if heads else []
    cells += rowgrid.cells(found, ys[heads:], whole, first=heads)
    numbers = [number for row in rows if (number := rowing.ordinal(row, whole)) is not None]
    torn_above = found.rows[0].rest
    marked = tuple(replace(cell, open_above=torn_above and cell.row == 0) for cell in cells)
    opened = Open(page.number, whole, last_number(numbers), totalled=rows[-1].closing, names=tuple(names))
    return Grid(whole.xs, tuple(ys), marked), opened
