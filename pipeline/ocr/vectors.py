"""Ruling lines drawn in a PDF: borders of tables and cells, underlines of blanks.

Word processors draw one border many times over (once for each cell, as a stroked line, a stroked rectangle or a thin
filled one); browsers draw filled rectangles less than a point thick. All become straight centre lines, and pieces of
one line become one.

>>> halves = (Ruling(10, 50, 60, 50, 2), Ruling(59, 51, 120, 51, 2))
>>> merged(halves)
(Ruling(x0=10, y0=50.5, x1=120, y1=50.5, thickness=2),)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from pipeline.model.page import Ruling
from pipeline.ocr.typed import Shape

THICKEST = 3.0  # points; a filled rectangle that is thicker is an area (a shaded header), not a line
SHORTEST = 4.0  # points; shorter strokes are parts of drawings
THINNEST = 0.5  # points; what is drawn thinner is shown as a hairline
JOIN = 2.0  # pixels between pieces of one line, along it and across it


def rulings(shapes: Iterable[Shape], scale: float) -> tuple[Ruling, ...]:
    """The ruling lines that a page's shapes are, in pixels, `scale` pixels a point."""
    placed = (shape for shape in shapes if math.isfinite(shape.box.area + shape.box.x0 + shape.box.y0 + shape.pen))
    pieces = (piece for shape in placed for piece in pieces_of(shape))
    long_enough = (piece for piece in pieces if piece.length >= SHORTEST)
    return merged(scaled(piece, scale) for piece in long_enough)


def pieces_of(shape: Shape) -> Iterator[Ruling]:
    """A thin shape's centre line; a stroked rectangle's four sides; nothing of an area or a slanting line."""
    x0, top, x1, bottom = shape.box.x0, shape.box.y0, shape.box.x1, shape.box.y1
    pen = max(THINNEST, shape.pen)
    if min(x1 - x0, bottom - top) <= THICKEST:
        yield centre_line(x0, top, x1, bottom, pen)
    elif shape.rectangle and shape.stroked:
        yield Ruling(x0, top, x1, top, pen)
        yield Ruling(x0, bottom, x1, bottom, pen)
        yield Ruling(x0, top, x0, bottom, pen)
        yield Ruling(x1, top, x1, bottom, pen)


def centre_line(x0: float, top: float, x1: float, bottom: float, pen: float) -> Ruling:
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    if x1 - x0 >= bottom - top:
        return Ruling(x0, y, x1, y, max(pen, bottom - top))
    return Ruling(x, top, x, bottom, max(pen, x1 - x0))


def scaled(ruling: Ruling, scale: float) -> Ruling:
    x0, y0, x1, y1 = (v * scale for v in (ruling.x0, ruling.y0, ruling.x1, ruling.y1))
    return Ruling(x0, y0, x1, y1, max(1.0, ruling.thickness * scale))


def merged(pieces: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Pieces of one straight line joined, horizontal lines first; each kind from top left to bottom right."""
    every = list(pieces)
    across = chains([piece for piece in every if piece.horizontal])
    down = chains([flipped(piece) for piece in every if not piece.horizontal])
    return (*across, *(flipped(piece) for piece in down))


def flipped(ruling: Ruling) -> Ruling:
    """Mirrored at the diagonal, so that vertical lines are horizontal ones and back."""
    return Ruling(ruling.y0, ruling.x0, ruling.y1, ruling.x1, ruling.thickness)


def chains(pieces: list[Ruling]) -> list[Ruling]:
    """Horizontal pieces, joined where one goes on from another at the same height."""
    levels: list[list[Ruling]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y0):
        if levels and piece.y0 - levels[-1][0].y0 <= JOIN:
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return [line for level in levels for line in joined(level)]


def joined(level: list[Ruling]) -> Iterator[Ruling]:
    """Pieces at one height, joined where they touch."""
    height = sum(piece.y0 for piece in level) / len(level)
    start, end, thickness = level[0].x0, float("-inf"), 0.0
    for piece in sorted(level, key=lambda piece: piece.x0):
        if piece.x0 > end + JOIN:
            if end > start:
                yield Ruling(start, height, end, height, thickness)
            start, end, thickness = piece.x0, piece.x1, piece.thickness
        end, thickness = max(end, piece.x1), max(thickness, piece.thickness)
    if end > start:
        yield Ruling(start, height, end, height, thickness)
