"""Sets plain text as the pages of a contract, for tests of the layout: no engine, no PDF.

One source line is one paragraph, set as Chinese contracts are: 30 characters a row, the first row indented by two.
Marks at a line's start change that: `^` centred, `^^` centred and larger, `<` not indented, `>` at the right margin,
`|` two pieces side by side (`|left|right`), `---` a new page. `noise` moves each row by up to so many pixels, as
scans do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import TypeAlias

from pipeline.model.page import Frame, Line, Page, Word
from pipeline.model.source import Box

EM, LEADING, LEFT, TOP, COLUMNS = 30.0, 54.0, 150.0, 160.0, 30
WIDTH, HEIGHT = 1200, 2400

# One row's pieces: text, left edge and size of characters.
Row: TypeAlias = list[tuple[str, float, float]]


def pages(text: str, *, head: str = "", foot: str = "", indent: int = 2, noise: float = 0.0) -> tuple[Page, ...]:
    """The pages of a contract; `foot` may hold `{}` for the page's number."""
    sheets = re.split(r"\n\s*---\s*\n", text.strip("\n"))
    return tuple(page(n, sheet, head, foot.format(n), indent, noise) for n, sheet in enumerate(sheets, 1))


def page(number: int, text: str, head: str, foot: str, indent: int, noise: float) -> Page:
    chance = random.Random(number)
    lines = [line(head, LEFT, 60.0, EM * 0.8)] if head else []
    y = TOP
    for paragraph in text.splitlines():
        for row in rows(paragraph.strip(), indent):
            lines += [line(piece, x + chance.uniform(-noise, noise), y, size) for piece, x, size in row]
            y += LEADING * row[0][2] / EM
    if y > HEIGHT - 120:
        raise ValueError(f"page {number} is too full")
    lines += [line(foot, WIDTH / 2 - 40, HEIGHT - 80.0, EM * 0.8)] if foot else []
    return Page(number, WIDTH, HEIGHT, 144, "scan", Frame(WIDTH, HEIGHT), tuple(lines))


def rows(paragraph: str, indent: int) -> Iterator[Row]:
    if paragraph.startswith("^"):
        size = EM * (1.5 if paragraph.startswith("^^") else 1.0)
        text = paragraph.lstrip("^")
        yield [(text, LEFT + (COLUMNS * EM - width(text) * size) / 2, size)]
    elif paragraph.startswith("|"):
        left, right = paragraph[1:].split("|")
        yield [(text, x, EM) for text, x in ((left, LEFT), (right, LEFT + 16 * EM)) if text]
    elif paragraph.startswith(">"):
        yield [(paragraph[1:], LEFT + (COLUMNS - width(paragraph[1:])) * EM, EM)]
    elif paragraph:
        first = 0 if paragraph.startswith("<") else indent
        for n, text in enumerate(wrapped(paragraph.lstrip("<"), first)):
            yield [(text, LEFT + (0 if n else first) * EM, EM)]


def wrapped(text: str, indent: int) -> Iterator[str]:
    row, room = "", COLUMNS - indent
    for char in text:
        if width(row + char) > room and char not in "，。；：、）":
            yield row
            row, room = "", COLUMNS
        row += char
    yield row


def width(text: str) -> float:
    """In full-width characters."""
    return sum(0.5 if char < "\u2e80" else 1.0 for char in text)


def line(text: str, x: float, y: float, size: float) -> Line:
    words, at = [], x
    for run in re.findall(r"\s*[!-~]+|\s*.", text):
        step = width(run) * size
        words.append(Word(run, Box(at, y, at + step, y + size), 0.99))
        at += step
    return Line(tuple(words), Box(x, y, at, y + size), 0.99)
