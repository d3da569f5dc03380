"""A page as it was read: words in lines, ruling lines, and how its pixels lie on the page that the file shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.mesh import Mesh, Point
from pipeline.model.source import Box


@dataclass(frozen=True, slots=True)
class Word:
    """The smallest unit with a place of its own: one Chinese character, or a run of Latin letters or digits.

    A word that was printed after a space carries the space as its first character, so that the texts of a line's words,
    joined, are the line's text.
    """

    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one baseline, as found by the engine; never wider than a table cell where rulings are known."""

    words: tuple[Word, ...]
    box: Box
    confidence: float
    text: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", "".join(word.text for word in self.words))


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight ruling line, horizontal or vertical: its centre line from (x0, y0) to (x1, y1), and its thickness."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float = 1.0

    @property
    def horizontal(self) -> bool:
        return abs(self.x1 - self.x0) >= abs(self.y1 - self.y0)

    @property
    def length(self) -> float:
        return max(abs(self.x1 - self.x0), abs(self.y1 - self.y0))


@dataclass(frozen=True, slots=True)
class Frame:
    """How the image that was read lies on the page as the file shows it (after the PDF's /Rotate).

    `width` and `height` are the shown page's, in pixels. `matrix` (a, b, c, d, e, f) takes a point of the read image to
    the shown page: x' = a x + b y + c, y' = d x + e y + f; where a photographed sheet was laid flat, it leads to the
    flat sheet, and `mesh` from there to the photograph. `rotation` is by how many degrees clockwise the shown page
    lies turned (0, 90, 180, 270), `skew` by how many degrees it lies askew besides.
    """

    width: int
    height: int
    rotation: int = 0
    skew: float = 0.0
    matrix: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)
    mesh: Mesh | None = None

    def place(self, x: float, y: float) -> Point:
        """The place on the shown page of a point of the read image."""
        a, b, c, d, e, f = self.matrix
        flat = a * x + b * y + c, d * x + e * y + f
        return self.mesh.place(*flat) if self.mesh else flat

    def shown(self, box: Box) -> Box:
        """The upright box around `box` in pixels of the shown page, within the page."""
        corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
        places = [self.place(x, y) for x, y in corners]
        xs = [min(max(x, 0.0), float(self.width)) for x, _ in places]
        ys = [min(max(y, 0.0), float(self.height)) for _, y in places]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number (from 1), the read image's size in pixels, and all that was read on it.

    `covered` are places of words on which something lay that was taken away before they were read: what was beneath is
    gone, so that no second reading can tell. `unread` are lines of print of which nothing was read.
    """

    number: int
    width: int
    height: int
    dpi: int
    source: Literal["scan", "text"]
    frame: Frame
    lines: tuple[Line, ...]
    rulings: tuple[Ruling, ...] = ()
    covered: tuple[Box, ...] = ()
    unread: tuple[Box, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean of the words' confidences, weighted by their length; 1 for an empty page."""
        weights = [(len(word.text), word.confidence) for line in self.lines for word in line.words]
        total = sum(n for n, _ in weights)
        return sum(n * c for n, c in weights) / total if total else 1.0
