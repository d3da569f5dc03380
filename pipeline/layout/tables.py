"""Pages -> the tables of a contract, each one over all of its pages.

Reads ruled tables: their cells (grids, cells), joined over page breaks (joining), with header rows (headers) and a
title (captions). A single box is a frame, not a table, unless a table goes on in it. Tables ruled across only have
their columns from the white under their header (striped, columns); price tables ruled down only, or not at all, have
their rows from the texts that stand on one baseline (undivided, white, rowing), and where these are in doubt stay
undivided, or paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.layout import grids, joining, striped, white
from pipeline.layout.captions import title_of
from pipeline.layout.cells import Part, parts, texts
from pipeline.layout.columns import Open
from pipeline.layout.headers import banner_rows, header_rows
from pipeline.layout.lines import Row, is_running, rows, running
from pipeline.layout.overrun import with_own_digits
from pipeline.layout.undivided import divided, names_of
from pipeline.model.document import Table
from pipeline.model.page import Line, Page
from pipeline.model.source import Box

RESIDUE = 3  # characters at most
LETTERING = 6  # characters at most that an engine reads of a seal's name at once
SAME = 0.5  # of a box: two that share more are in the same place
STAMP = 0.13  # of the page's width: a name seal is narrower, a table wider
DOUBT = 0.8
CONTINUED = ("续表", "续上表", "接上页", "接上表")


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, where it begins, and the lines (with their pages) that stand in it and so in no paragraph."""

    table: Table
    page: int
    top: float
    lines: tuple[tuple[int, Line], ...]


def find(pages: Sequence[Page]) -> tuple[PlacedTable, ...]:
    """The tables in reading order, ids t1, t2 ..."""
    return parted(pages)[0]


def parted(pages: Sequence[Page]) -> tuple[tuple[PlacedTable, ...], dict[int, list[Row]]]:
    """The tables, and each page's rows of text outside them."""
    found = parts_by_page(pages)
    text, heads = body(pages, found)
    freed = tuple(without_heads(page, found[page.number], heads) for page in pages)
    if any(page.lines != own.lines for page, own in zip(pages, freed, strict=True)):
        found = parts_by_page(freed)
        text, _ = body(freed, found)
    between = {page.number: [row for row in text[page.number] if not stands_under_seal(row, page)] for page in pages}
    tables = [with_own_digits(part) for part in joined(found, between) if len(part.cells) > 1 and not is_stamp(part)]
    return tuple(placed(part, f"t{n}", above(part, found, text)) for n, part in enumerate(tables, 1)), text


def is_stamp(part: Part) -> bool:
    """Whether a part is the frame of a name seal, which holds a name's two to four characters and 印: 国印 | 潘建."""
    return part.width < STAMP and re.fullmatch("[一-龥]{0,5}", "".join(texts(part.cells))) is not None


def parts_by_page(pages: Sequence[Page]) -> dict[int, tuple[Part, ...]]:
    """Each page's tables and boxes from top to bottom, with or without rulings down the page."""
    found: dict[int, tuple[Part, ...]] = {}
    going_on: Open | None = None
    names: list[str] = []
    left_open = False
    for page in pages:
        closed: list[Part] = []
        for part in parts(page):
            closed.append(divided(part, page, names, left_open and not closed))
            names = names_of(part) or names
        left_open = bool(closed and closed[-1].open_below)
        across, ruled = striped.find(page, outside(page, closed), closed, going_on)
        open_parts, opened = white.find(page, outside(page, [*closed, *across]), [*closed, *across], going_on)
        found[page.number] = tuple(sorted((*closed, *across, *open_parts), key=lambda part: part.box.y0))
        going_on = opened or ruled
    return found


def cell_boxes(page: Page) -> tuple[Box, ...]:
    """Where the cells of a page's tables are, ruled or not, for a second look at what stands in them."""
    found = [part for part in parts_by_page([page])[page.number] if len(part.cells) > 1]
    ruled = grids.cell_boxes(page.rulings, page.width, page.height)
    blank = (box for box in ruled if not any(part.box.holds(*box.center) for part in found))
    return (*(cell.box for part in found for cell in part.cells), *blank)


def body(pages: Sequence[Page], found: Mapping[int, Sequence[Part]]) -> tuple[dict[int, list[Row]], list[Row]]:
    """Each page's rows of text outside its tables, without running heads and page numbers; and all of these."""
    free = {page.number: rows(outside(page, found[page.number]), page.number) for page in pages}
    heads = running([(page.height, free[page.number]) for page in pages])
    text = {n: [row for row in page_rows if (n, row.box) not in heads] for n, page_rows in free.items()}
    return text, [row for n, page_rows in free.items() for row in page_rows if (n, row.box) in heads]


def without_heads(page: Page, found: Sequence[Part], heads: Sequence[Row]) -> Page:
    """The page without a running head that a table took for the rest of the row on the page before."""
    taken = [line for part in found if len(part.cells) > 1 for _, line in part.lines]
    swallowed = {id(line) for line in taken if is_running(line, page, heads)}
    return replace(page, lines=tuple(line for line in page.lines if id(line) not in swallowed)) if swallowed else page


def outside(page: Page, inside: Sequence[Part]) -> list[Line]:
    taken = {id(line) for part in inside if len(part.cells) > 1 for _, line in part.lines}
    return [line for line in page.lines if id(line) not in taken]


def joined(found: Mapping[int, Sequence[Part]], text: Mapping[int, Sequence[Row]]) -> Iterator[Part]:
    """All parts in reading order, those of one table joined."""
    last: Part | None = None
    for part in (part for page in sorted(found) for part in found[page]):
        whole = joining.join(last, part) if last and follows(last, part, found, text) else None
        if last and not whole:
            yield last
        last = whole or part
    if last:
        yield last


def follows(upper: Part, lower: Part, found: Mapping[int, Sequence[Part]], text: Mapping[int, Sequence[Row]]) -> bool:
    """Whether `lower` stands on the page after `upper` with no text between."""
    page, following = upper.pages[-1], lower.pages[0]
    if following != page + 1:
        return False
    bottom = found[page][-1].box.y1
    between = [row for row in text[page] if row.box.center[1] > bottom and not is_torn_off(row, bottom)]
    between += [row for row in text[following] if row.box.center[1] < lower.box.y0]
    return all(row.text.text.strip("（()）： ").startswith(CONTINUED) or is_residue(row) for row in between)


def is_torn_off(row: Row, bottom: float) -> bool:
    """Whether a row is what an engine read of the last lines of a table's last row: a few characters that reach into
    it."""
    return row.box.y0 < bottom and len(row.text.text.strip()) <= RESIDUE


def stands_under_seal(row: Row, page: Page) -> bool:
    """Whether a row is a few characters that stand under a seal, of its own name perhaps: (白河)."""
    words = [box for box in page.covered if row.box.overlap(box) > SAME * box.area]
    text = row.text.text.strip()
    under = sum(row.box.overlap(box) for box in words) > SAME * row.box.area
    return under and len(text) <= LETTERING and not any(map(str.isdigit, text))


def is_residue(row: Row) -> bool:
    """Whether a row is a single character, as a hair on the glass is read, or two or three that were hardly read: what
    is left of a seal."""
    length = len(row.text.text.strip())
    return length <= 1 or (length <= RESIDUE and row.text.cite().confidence < DOUBT)


def above(part: Part, found: Mapping[int, Sequence[Part]], text: Mapping[int, Sequence[Row]]) -> list[Row]:
    """The rows of text between a table and the one above it on its page."""
    page, top = part.pages[0], part.box.y0
    start = max((other.box.y1 for other in found[page] if other.box.y1 <= top), default=0.0)
    return [row for row in text[page] if start <= row.box.center[1] < top]


def placed(part: Part, name: str, before: Sequence[Row]) -> PlacedTable:
    header, banner = header_rows(part), banner_rows(part)
    title = part.row(0)[0].text if header and banner else title_of(before)
    rest = joining.without_rows(part, banner) if header else part
    rows_of_header = header - banner if header else 0
    table = Table(name, title, rest.pages, rest.cells, rest.rows, rest.columns, rows_of_header)
    return PlacedTable(table, part.pages[0], part.box.y0, part.lines)
