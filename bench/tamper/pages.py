"""A contract as it was read, and its pages with words changed, lost or moved.

A harm is made where an engine or a layout makes it: on the page, with full confidence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pipeline.model.page import Line, Page, Word
from pipeline.model.result import Result
from pipeline.model.source import Box

Json: TypeAlias = Any
Pages: TypeAlias = tuple[Page, ...]
Place: TypeAlias = tuple[int, int, int]
Change: TypeAlias = Callable[[int, int, int, Word], "Word | None"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A word on a page, by its place in the pages, that a figure of the record was read from."""

    page: int
    line: int
    word: int
    pointer: str


@dataclass(frozen=True, slots=True)
class Case:
    """One contract as it was read: its pages and the words under its figures."""

    name: str
    result: Result
    truth: Json
    spots: tuple[Spot, ...]

    @property
    def pages(self) -> Pages:
        return self.result.pages

    def word(self, spot: Spot) -> Word:
        return self.pages[spot.page].lines[spot.line].words[spot.word]

    def of(self, *parts: str) -> list[Spot]:
        """The spots whose figure belongs to one of the parts, or has one of the names."""
        return [spot for spot in self.spots if {*spot.pointer.split("/")} & {*parts}]


def with_words(pages: Pages, change: Change) -> Pages:
    """The pages with every word changed, or left out where `change` gives None; lines without words fall away."""
    return tuple(
        replace(page, lines=tuple(kept(line, p, n, change) for n, line in enumerate(page.lines)))
        if page.lines
        else page
        for p, page in enumerate(pages)
    )


def kept(line: Line, p: int, n: int, change: Change) -> Line:
    words = (change(p, n, w, word) for w, word in enumerate(line.words))
    return replace(line, words=tuple(word for word in words if word is not None))


def without_blank(pages: Pages) -> Pages:
    return tuple(replace(page, lines=tuple(line for line in page.lines if line.words)) for page in pages)


def changed(pages: Pages, texts: dict[Place, str | None]) -> Pages:
    """The pages with some words' texts replaced, None: the word is lost."""

    def change(p: int, n: int, w: int, word: Word) -> Word | None:
        text = texts.get((p, n, w), word.text)
        return None if text is None else replace(word, text=text, confidence=1.0)

    return without_blank(with_words(pages, change))


def at(spot: Spot) -> Place:
    return spot.page, spot.line, spot.word


def without_band(pages: Pages, page: int, box: Box) -> Pages:
    """The page without what stands at a height."""
    y0, y1 = box.y0, box.y1

    def change(p: int, n: int, w: int, word: Word) -> Word | None:
        return None if p == page and y0 <= word.box.center[1] <= y1 else word

    return without_blank(with_words(pages, change))
