"""Ruling lines drawn in a PDF: borders of tables and cells, underlines of blanks.

Word processors draw one border many times over (once for each cell, as a stroked line, a stroked rectangle or a thin
filled one); browsers draw filled rectangles less than a point thick. All become straight centre lines, and pieces of
one line become one.

>>> halves = (Ruling(10, 50, 60, 50, 2), Ruling(59, 51, 120, 51, 2))
>>> merged(halves)
(Ruling(x0=10, y0=50.5, x1=120, y1=50.5, thickness=2),)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.model.page import Ruling

THICKEST = 3.0  # points; a filled rectangle that is thicker is an area (a shaded header), not a line
SHORTEST = 4.0  # points; shorter strokes are parts of drawings
JOIN = 2.0  # pixels between pieces of one line, along it and across it
WHITE = 0.9


def rulings(pdf_page: Any, scale: float) -> tuple[Ruling, ...]:
    """The page's ruling lines in pixels, `scale` pixels a point; `pdf_page` is pdfplumber's."""
    shapes = [*pdf_page.lines, *pdf_page.rects]
    pieces = (piece for shape in shapes if is_drawn(shape) for piece in pieces_of(shape))
    long_enough = (piece for piece in pieces if piece.length >= SHORTEST)
    return merged(scaled(piece, scale) for piece in long_enough)


def is_drawn(shape: dict[str, Any]) -> bool:
    """Whether the shape leaves dark ink: white ones only cover what lies below."""
    colour = shape["stroking_color"] if shape["stroke"] else shape["non_stroking_color"]
    return bool(shape["stroke"] or shape["fill"]) and not is_white(colour)


def is_white(colour: Any) -> bool:
    """Whether a colour as pdfplumber gives it (grey, RGB or CMYK components; None is black) is about white."""
    parts = tuple(colour) if isinstance(colour, (tuple, list)) else (colour,)
    if not all(isinstance(part, (int, float)) for part in parts):
        return False
    return bool(max(parts) < 1 - WHITE if len(parts) == 4 else min(parts) > WHITE)


def pieces_of(shape: dict[str, Any]) -> Iterator[Ruling]:
    """A thin shape's centre line; a stroked rectangle's four sides; nothing of an area or a slanting line."""
    x0, top, x1, bottom = (float(shape[key]) for key in ("x0", "top", "x1", "bottom"))
    width, height, pen = x1 - x0, bottom - top, max(0.5, float(shape.get("linewidth") or 0))
    if min(width, height) <= THICKEST:
        yield centre_line(x0, top, x1, bottom, pen)
    elif shape["object_type"] == "rect" and shape["stroke"]:
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
