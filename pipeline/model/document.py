"""A contract's layout: paragraphs and tables in reading order, under a tree of sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.model.page import Page
from pipeline.model.passage import Passage
from pipeline.model.source import Box


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, joined over its lines and over page breaks; text folded (text.fold).

    `heading` says that the print sets it apart (centred, or larger than the text around it).
    """

    text: Passage
    heading: bool = False

    @property
    def page(self) -> int | None:
        return self.text.page


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table's grid: the rows and columns it spans (end exclusive), its text and its place.

    `page` and `box` are where its first part stands; a blank cell has them too.
    """

    row: int
    column: int
    row_end: int
    column_end: int
    text: Passage
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """One table, joined over pages: a repeated header dropped, a row torn by a page break mended.

    The first `header_rows` rows are its header (0: none).
    """

    id: str
    title: Passage
    pages: tuple[int, ...]
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    header_rows: int

    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """rows x columns; a merged cell stands in each place it spans."""
        at = {
            (r, c): cell
            for cell in self.cells
            for r in range(cell.row, cell.row_end)
            for c in range(cell.column, cell.column_end)
        }
        return tuple(tuple(at[r, c] for c in range(self.columns)) for r in range(self.rows))


@dataclass(frozen=True, slots=True)
class Section:
    """A clause or heading with its own paragraphs and tables, and the sections below it.

    `number` is as printed (第三条, 一、, 1., 1.1, (1), ①, a., 附件2), empty where a heading has none; `title` is empty
    for a clause that goes straight into its text. `content` is in reading order and excludes the children's.
    """

    level: int
    number: Passage
    title: Passage
    page: int
    content: tuple[Paragraph | Table, ...]
    children: tuple[Section, ...]
    kind: Literal["clause", "annex", "body"] = "clause"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or table with the sections it stands in, outermost first (empty: before the first section).

    A clause's or heading's own line stands as a paragraph of its section: number, title and text as printed.
    """

    content: Paragraph | Table
    path: tuple[Section, ...]

    @property
    def own_text(self) -> Passage:
        """A paragraph's text without the clause number that begins it; empty for a table."""
        if not isinstance(self.content, Paragraph):
            return Passage()
        number = self.path[-1].number.text if self.path else ""
        starts = bool(number) and self.content.text.text.startswith(number)
        return self.content.text[len(number) :].strip() if starts else self.content.text

    @property
    def label(self) -> str:
        """The path as people cite it: "第八条 1", "附件2 第三条", "2.1" (not "2 2.1"); end marks are left off."""
        numbers = [n for n in (section.number.text.rstrip("、.．,。:： ") for section in self.path) if n]
        return " ".join(
            n for i, n in enumerate(numbers) if not any(m.startswith(f"{n}.") for m in numbers[i + 1 : i + 2])
        )


@dataclass(frozen=True, slots=True)
class Document:
    """All of a contract's pages, laid out.

    `blocks` is everything in reading order with the headings' own lines; `sections` is the same as a tree.
    """

    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block.content for block in self.blocks if isinstance(block.content, Table))

    def paragraphs(self) -> Iterator[tuple[Paragraph, Block]]:
        for block in self.blocks:
            if isinstance(block.content, Paragraph):
                yield block.content, block
