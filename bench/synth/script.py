"""The script of a contract: its clauses, paragraphs and tables in order, as the reader of the paper meets them.

Both the paper and the truth are made from it. A `Clause` knows its number as printed; a paragraph knows which facts of
the record it states, so that the truth can say where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text of one look: hand (handwriting), blank (underlined), spaced."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Par:
    """A paragraph; `facts` are the record's pointers that it states; `style` is its class on paper."""

    runs: tuple[Run, ...]
    style: str = ""
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    columns: int = 1
    rows: int = 1
    align: Align = "left"
    breaks: bool = False
    top: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed; a merged cell stands once, where it begins. `widths` are in per cent, 0 where free."""

    key: str
    title: str | None
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ruling: str = "full"
    repeat_header: bool = True
    torn_rows: bool = False
    widths: tuple[int, ...] = ()
    show_title: bool = False
    unit_note: str | None = None

    def spread(self) -> list[list[str]]:
        """The rows with merged cells repeated in each place that they cover."""
        width = sum(cell.columns for cell in (self.header or self.rows[0]))
        taken: dict[tuple[int, int], str] = {}
        for i, row in enumerate(self.rows):
            at = 0
            for cell in row:
                while (i, at) in taken:
                    at += 1
                covered = [(i + down, at + right) for down in range(cell.rows) for right in range(cell.columns)]
                taken.update(dict.fromkeys(covered, cell.text))
        return [[taken.get((i, j), "") for j in range(width)] for i in range(len(self.rows))]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two columns of paragraphs side by side: a signature block."""

    left: tuple[Par, ...]
    right: tuple[Par, ...]


Content: TypeAlias = Par | Grid | Pair


@dataclass(frozen=True, slots=True)
class Clause:
    """A section: heading (number, title), its own content, and the clauses below it."""

    number: str | None
    title: str | None
    content: tuple[Content, ...] = ()
    children: tuple[Clause, ...] = ()
    key: str = ""

    def walk(self, path: tuple[Clause, ...] = ()) -> Iterator[tuple[tuple[Clause, ...], Clause]]:
        """The clause and all below it, each with those above it."""
        yield path, self
        for child in self.children:
            yield from child.walk((*path, self))


@dataclass(frozen=True, slots=True)
class Script:
    """What is printed: cover, head, body, tail (annex list, signatures), annexes."""

    cover: tuple[Par, ...]
    head: tuple[Content, ...]
    body: tuple[Clause, ...]
    tail: tuple[Content, ...]
    annexes: tuple[Clause, ...]

    def clauses(self) -> Iterator[tuple[tuple[Clause, ...], Clause]]:
        for clause in (*self.body, *self.annexes):
            yield from clause.walk()

    def contents(self) -> Iterator[tuple[str, Content]]:
        """Everything printed in reading order, each with the label of its section (第三条 1)."""
        yield from (("", content) for content in (*self.cover, *self.head))
        yield from in_clauses(self.body)
        yield from (("", content) for content in self.tail)
        yield from in_clauses(self.annexes)


def in_clauses(clauses: tuple[Clause, ...]) -> Iterator[tuple[str, Content]]:
    for clause in clauses:
        for path, inner in clause.walk():
            yield from ((label([*path, inner]), content) for content in inner.content)


def label(path: list[Clause]) -> str:
    """The section's name in short: its first number and its own."""
    numbers = [clause.number.strip("、.（）() ") for clause in path if clause.number]
    return " ".join(dict.fromkeys([*numbers[:1], *numbers[-1:]]))


def par(text: str, style: str = "", *facts: str) -> Par:
    return Par((Run(text),), style, facts)
