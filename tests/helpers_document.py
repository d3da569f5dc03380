"""Documents for tests, made from strings: `document_of("甲方：某公司", table(["序号", "名称"], ["1", "服务"]))`.

Every paragraph is one line of its own on a page 1000 pixels wide; characters are 20 pixels wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.model.document import Block, Cell, Document, Paragraph, Section, Table
from pipeline.model.page import Frame, Line, Page, Word
from pipeline.model.passage import Passage
from pipeline.model.source import Box
from pipeline.text.fold import fold

STEP = 20.0


def passage_of(text: str, page: int = 1, row: int = 0, left: float = 100.0, confidence: float = 0.99) -> Passage:
    """One line of `text`, folded, as layout leaves it; a newline begins the next line."""
    glyphs: Passage = Passage()
    for offset, part in enumerate(text.split("\n")):
        top = 40.0 * (row + offset)
        words = tuple(
            Word(char, Box(left + STEP * i, top, left + STEP * (i + 1), top + STEP), confidence)
            for i, char in enumerate(part)
        )
        glyphs += Passage.of(Line(words, Box(left, top, left + STEP * len(part), top + STEP), confidence), page)
    return fold(glyphs)


@dataclass(frozen=True)
class Heading:
    """A paragraph that the print sets apart."""

    text: str


@dataclass(frozen=True)
class Clause:
    """A section: `Clause("第一条", "服务内容", ["1、…"])`; children are Clauses among `content`."""

    number: str
    title: str
    content: Sequence[Item] = ()
    kind: Literal["clause", "annex", "body"] = "clause"


@dataclass(frozen=True)
class Grid:
    """A table: rows of cell texts; "<" repeats the cell to the left (spans it), "^" the cell above."""

    rows: Sequence[Sequence[str]]
    header_rows: int = 0
    title: str = ""


@dataclass(frozen=True)
class NewPage:
    """What follows stands on the next page."""


Item = str | Heading | Clause | Grid | NewPage


def table(*rows: Sequence[str], header_rows: int = 0, title: str = "") -> Grid:
    return Grid(rows, header_rows, title)


def document_of(
    *items: Item, paragraphs: Sequence[str] = (), tables: Sequence[Sequence[Sequence[str]]] = ()
) -> Document:
    """A document of `items` in reading order, then `paragraphs`, then `tables`."""
    builder = Builder()
    grids = tuple(Grid(rows) for rows in tables)
    blocks, sections = builder.lay((*items, *paragraphs, *grids), (), 1)
    pages = tuple(Page(number, 1000, 1400, 100, "text", Frame(1000, 1400), ()) for number in range(1, builder.page + 1))
    return Document(pages, tuple(blocks), tuple(sections))


class Builder:
    """Keeps the place on paper while items are laid one below the other."""

    def __init__(self) -> None:
        self.page, self.row, self.tables = 1, 1, 0

    def lay(self, items: Sequence[Item], path: tuple[Section, ...], level: int) -> tuple[list[Block], list[Section]]:
        blocks: list[Block] = []
        sections: list[Section] = []
        for item in items:
            if isinstance(item, NewPage):
                self.page, self.row = self.page + 1, 1
            elif isinstance(item, Clause):
                inner, section = self.clause(item, path, level)
                blocks += inner
                sections.append(section)
            else:
                blocks.append(Block(self.content(item), path))
        return blocks, sections

    def clause(self, item: Clause, path: tuple[Section, ...], level: int) -> tuple[list[Block], Section]:
        page = self.page
        line = self.passage(item.number + item.title)
        cut = len(fold(passage_of(item.number)))
        bare = Section(level, line[:cut], line[cut:], page, (), (), item.kind)
        inner, children = self.lay(item.content, (*path, bare), level + 1)
        own = tuple(block.content for block in inner if block.path == (*path, bare))
        section = replace(bare, content=own, children=tuple(children))
        moved = [Block(b.content, tuple(section if s == bare else s for s in b.path)) for b in inner]
        return [Block(Paragraph(line, heading=True), (*path, section)), *moved], section

    def content(self, item: str | Heading | Grid) -> Paragraph | Table:
        if isinstance(item, Grid):
            return self.table(item)
        if isinstance(item, Heading):
            return Paragraph(self.passage(item.text), heading=True)
        return Paragraph(self.passage(item))

    def passage(self, text: str, left: float = 100.0) -> Passage:
        passage = passage_of(text, self.page, self.row, left)
        self.row += 1 + text.count("\n")
        return passage

    def table(self, grid: Grid) -> Table:
        self.tables += 1
        cells = tuple(
            cell for r, row in enumerate(grid.rows) for c, _ in enumerate(row) if (cell := self.cell(grid, r, c))
        )
        self.row += len(grid.rows)
        title = self.passage(grid.title) if grid.title else Passage()
        return Table(f"t{self.tables}", title, (self.page,), cells, len(grid.rows), len(grid.rows[0]), grid.header_rows)

    def cell(self, grid: Grid, row: int, column: int) -> Cell | None:
        """The cell that begins here; None inside a merged cell."""
        text = grid.rows[row][column]
        if text in {"<", "^"}:
            return None
        right = column + 1
        while right < len(grid.rows[row]) and grid.rows[row][right] == "<":
            right += 1
        below = row + 1
        while below < len(grid.rows) and grid.rows[below][column] == "^":
            below += 1
        box = Box(100.0 + 200 * column, 40.0 * (self.row + row), 100.0 + 200 * right, 40.0 * (self.row + below))
        passage = passage_of(text, self.page, self.row + row, 100.0 + 200 * column)
        return Cell(row, column, below, right, passage, self.page, box)
