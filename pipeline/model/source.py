"""Where a value was read: boxes, sources, and values that carry their sources.

A `Box` is in pixels of the page image that was read (upright and straight); `model.lower` turns it into pixels of the
page as the file shows it when the record leaves the house.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

MISSED = 1.5  # times the usual step from line to line: between two such lines another stood

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom, in pixels; x grows to the right, y downwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def center(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def __or__(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def overlap(self, other: Box) -> float:
        """The area that both cover, in square pixels."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(0.0, width) * max(0.0, height)

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`; ValueError if there are none."""
    sides = [(box.x0, box.y0, box.x1, box.y1) for box in boxes]
    if not sides:
        raise ValueError("no boxes to go around")
    lefts, tops, rights, bottoms = zip(*sides, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Source:
    """One text line's worth of evidence: page number (from 1), place, text as read, confidence 0..1."""

    page: int
    box: Box
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Cited(Generic[T]):
    """A value with the places it was read from, one source a text line."""

    value: T
    sources: tuple[Source, ...]

    def map(self, change: Callable[[T], U]) -> Cited[U]:
        """The changed value on the same evidence."""
        return Cited(change(self.value), self.sources)

    @property
    def confidence(self) -> float:
        """The least of the sources' confidences; 0 without sources."""
        return min((s.confidence for s in self.sources), default=0.0)

    @property
    def page(self) -> int | None:
        """The page where the value begins."""
        return self.sources[0].page if self.sources else None


def line_steps(leaf: Cited[Any]) -> list[float]:
    """How far the lines of a value stand below each other, in pixels."""
    pairs = itertools.pairwise(leaf.sources)
    return [b.box.center[1] - a.box.center[1] for a, b in pairs if a.page == b.page and b.box.y0 > a.box.center[1]]
