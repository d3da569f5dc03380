"""Parts of tables on following pages -> one table: repeated headers dropped, torn rows and cut cells mended.

Two parts are one table if nothing but running heads stands between them, their columns' borders agree and the lower
one has no header of its own. What breaks at the page break depends on what made the document:

- Cut straight through (browsers): cells that go on over the break are open. If all are, the row itself is torn (`2700`
  on one page, its last `0` on the next) and its halves are one row; if only some are, those are merged cells.
- Closed on both pages (word processors): nothing shows but the text. A row without its number, most of whose cells are
  blank though those above are not, is the rest of the row above; a blank cell below a merged one goes on with it.

>>> same_places((0.0, 0.3, 1.0), (0.0, 0.1, 0.3, 1.0))
True
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.layout.cells import Part, texts
from pipeline.layout.columns import TAIL
from pipeline.layout.headers import header_rows, is_header
from pipeline.model.document import Cell
from pipeline.text.fold import fold

NEAR = 0.015  # of a table's width: borders nearer than this are the same
WIDTH = 0.03  # of the page's width, by which two parts of one table may differ
MOST = 0.6  # of a repeated header's names are read the same
LEAST = 0.4  # where its rows' numbers go on, too, or only totals follow: a seal may lie on it
ALIKE = 0.85  # likeness of a repeated header, which OCR may read differently
SEQUENCE = re.compile(r"[(（]?(\d{1,3})[)）.、．]?")
TOTAL = re.compile(r"(?:总|合|小|共|累)\s*[计价]|总额|总金额|大写")


def join(upper: Part, lower: Part) -> Part | None:
    """Both parts as one table, `lower` on the page after `upper`; None if they are two tables."""
    repeated = repeated_rows(upper, lower)
    is_header_alone = upper.rows == 1 and is_header(list(texts(upper.row(0))))
    carried = upper.names != () and upper.names == lower.names
    same = (repeated > 0 or is_header_alone or carried) and upper.columns == lower.columns
    as_wide = is_header_alone or carried or abs(upper.width - lower.width) <= WIDTH
    if not as_wide or not (same or columns_agree(upper, lower)):
        return None
    if not repeated and header_rows(lower):
        return None
    lower = replace(lower, xs=upper.xs) if same else lower
    xs = united(upper.xs, lower.xs)
    above, below = on_columns(upper, xs), on_columns(without_rows(lower, repeated), xs)
    return stacked(above, below) if below.rows else above_with(above, lower, above.cells, above.rows)


def columns_agree(upper: Part, lower: Part) -> bool:
    """Whether the borders of one are among the other's; a cut part goes on whatever columns its rows have."""
    cut = bool(upper.open_below) or lower.cut
    return cut or same_places(upper.xs, lower.xs) or same_places(lower.xs, upper.xs)


def same_places(few: Sequence[float], many: Sequence[float]) -> bool:
    return all(any(abs(x - other) <= NEAR for other in many) for x in few)


def united(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...]:
    """The borders of both, each once."""
    return tuple(sorted([*first, *(x for x in second if not same_places((x,), first))]))


def on_columns(part: Part, xs: tuple[float, ...]) -> Part:
    """The same cells on finer columns."""
    places = [nearest(x, xs) for x in part.xs]
    cells = tuple(replace(c, column=places[c.column], column_end=places[c.column_end]) for c in part.cells)
    opened = frozenset(i for c in part.open_below for i in range(places[c], places[c + 1]))
    return replace(part, xs=xs, cells=cells, open_below=opened)


def nearest(x: float, places: Sequence[float]) -> int:
    return min(range(len(places)), key=lambda i: abs(places[i] - x))


def repeated_rows(upper: Part, lower: Part) -> int:
    """How many rows of `lower` repeat the header of `upper`."""
    height = header_rows(upper) or (1 if all(texts(upper.row(0))) else 0)
    if not height or height > lower.rows:
        return 0
    pairs = [(list(texts(upper.row(row))), list(texts(lower.row(row)))) for row in range(height)]
    most = LEAST if numbers_go_on(upper, lower, height) or is_closing(lower, height) else MOST
    return height if all(alike(*map(plain, a_b)) or mostly_same(*a_b, most) for a_b in pairs) else 0


def plain(names: Sequence[str]) -> str:
    """The names of a header's columns as one text, brackets and commas in one width."""
    return unicodedata.normalize("NFKC", "|".join(names))


def alike(first: str, second: str) -> bool:
    return first == second or SequenceMatcher(None, first, second).ratio() >= ALIKE


def mostly_same(first: Sequence[str], second: Sequence[str], most: float) -> bool:
    """Whether so many names of two headers are the same, name by name; the others may be misread."""
    same = sum(plain([a]) == plain([b]) for a, b in zip(first, second, strict=False))
    return len(first) == len(second) and same >= most * len(first)


def numbers_go_on(upper: Part, lower: Part, height: int) -> bool:
    """Whether the number of the first row below a header, or of that below the rest of a torn one, follows that of the
    last row of the page before."""
    last = upper.row(upper.rows - 1)[0]
    return any(is_next(last, lower.row(row)[0]) for row in range(height, min(height + 2, lower.rows)))


def is_closing(part: Part, height: int) -> bool:
    """Whether a header stands over nothing but totals, which are those of rows on the page before."""
    rows = [part.row(row) for row in range(height, part.rows)]
    return bool(rows) and all(TAIL.match(row[0].text.text) for row in rows)


def without_rows(part: Part, count: int) -> Part:
    """The part without its first rows."""
    if not count:
        return part
    kept = (cell for cell in part.cells if cell.row_end > count)
    cells = tuple(replace(c, row=max(0, c.row - count), row_end=c.row_end - count) for c in kept)
    return replace(part, rows=part.rows - count, cells=cells, cut=False)


def stacked(upper: Part, lower: Part) -> Part:
    """`lower` set below `upper`, its cells fused with those that they go on from."""
    torn = is_torn(upper, lower)
    offset = upper.rows - torn
    going_on = {below: above for above, below in meeting(upper, lower) if torn or goes_on(upper, lower, above, below)}
    fused = [fuse(above, below, offset) for below, above in going_on.items()]
    kept = [cell for cell in upper.cells if cell not in going_on.values()]
    moved = [moved_down(cell, offset) for cell in lower.cells if cell not in going_on]
    return above_with(upper, lower, (*kept, *fused, *moved), offset + lower.rows)


def above_with(upper: Part, lower: Part, cells: tuple[Cell, ...], rows: int) -> Part:
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(
        upper,
        pages=(*upper.pages, *lower.pages),
        rows=rows,
        cells=ordered,
        open_below=lower.open_below,
        lines=upper.lines + lower.lines,
    )


def meeting(upper: Part, lower: Part) -> Iterator[tuple[Cell, Cell]]:
    """The cells of the last and the first row that have the same columns."""
    below = {(cell.column, cell.column_end): cell for cell in lower.row(0)}
    for above in upper.row(upper.rows - 1):
        if (above.column, above.column_end) in below:
            yield above, below[above.column, above.column_end]


def is_torn(upper: Part, lower: Part) -> bool:
    """Whether the first row of `lower` is the rest of the last row of `upper`."""
    pairs = list(meeting(upper, lower))
    if sum(above.column_end - above.column for above, _ in pairs) < upper.columns or is_next(*pairs[0]):
        return False
    if upper.open_below:
        whole = all(above.text and below.text for above, below in pairs)
        return len(upper.open_below) == upper.columns and not whole
    return reads_on(pairs, filled_columns(upper))


def is_next(above: Cell, below: Cell) -> bool:
    """Whether two cells hold a number and one that follows it: 序号 of two rows, which may skip one."""
    numbers = [SEQUENCE.fullmatch(cell.text.text) for cell in (above, below)]
    first, second = (int(match[1]) if match else None for match in numbers)
    return first is not None and second is not None and second > first


def filled_columns(part: Part) -> frozenset[int]:
    """The columns in which most rows have a text."""
    counts = Counter(cell.column for cell in part.cells if cell.text)
    return frozenset(column for column, count in counts.items() if 2 * count > part.rows)


def reads_on(pairs: Sequence[tuple[Cell, Cell]], filled_above: Collection[int]) -> bool:
    """Whether a row without a number, and with little else, goes on from the row above, which has one; or has what that
    lacks though the rows above it do not (`filled_above`)."""
    number, rest = pairs[0]
    above = [cell for cell, _ in pairs if cell.text]
    filled = [(cell, part) for cell, part in pairs if part.text]
    if not SEQUENCE.fullmatch(number.text.text) or rest.text or any(map(TOTAL.search, texts(p for _, p in filled))):
        return False
    going_on = [cell for cell, _ in filled if cell.text]
    lacking = [cell for cell, _ in filled if not cell.text]
    return bool(filled) and 2 * len(going_on) <= len(above) and all(cell.column in filled_above for cell in lacking)


def goes_on(upper: Part, lower: Part, above: Cell, below: Cell) -> bool:
    """Whether a merged cell goes on over the page break."""
    if 0 < len(upper.open_below) < upper.columns:
        return above.column in upper.open_below
    merged = above.row_end - above.row > 1 or below.row_end - below.row > 1
    return merged and (bool(upper.open_below) or not lower.cut) and bool(above.text) and not below.text


def fuse(above: Cell, below: Cell, offset: int) -> Cell:
    return replace(above, row_end=below.row_end + offset, text=fold(above.text + below.text))


def moved_down(cell: Cell, rows: int) -> Cell:
    return replace(cell, row=cell.row + rows, row_end=cell.row_end + rows)
