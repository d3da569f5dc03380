"""A mesh: how a flat sheet lies bent in a picture, as the picture's points under evenly spaced points of the sheet.

Between the knots a point is found bilinearly, so a mesh can follow perspective, a lens, or a page that bulges.

>>> bulging = Mesh(100, 100, (((0, 0), (50, 4), (100, 0)), ((0, 100), (50, 104), (100, 100))))
>>> bulging.place(25, 50), bulging.place(50, 100)
((25.0, 52.0), (50.0, 104.0))
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mesh:
    """`points[row][column]` are places in the picture; the first and last lie under the sheet's corners."""

    width: float
    height: float
    points: tuple[tuple[Point, ...], ...]

    def place(self, x: float, y: float) -> Point:
        """The place in the picture of a point of the sheet; beyond the sheet's edges the mesh goes on as at them."""
        column, right = knot(x / self.width, len(self.points[0]))
        row, down = knot(y / self.height, len(self.points))
        above, below = (
            between(line[column], line[column + 1], right) for line in (self.points[row], self.points[row + 1])
        )
        return between(above, below, down)


def knot(share: float, count: int) -> tuple[int, float]:
    """The knot before a place along a side, and how far it is from there to the next.

    >>> knot(0.75, 3), knot(1.0, 3), knot(1.5, 3)
    ((1, 0.5), (1, 1.0), (1, 2.0))
    """
    at = share * (count - 1)
    first = min(max(math.floor(at), 0), count - 2)
    return first, at - first


def between(first: Point, second: Point, share: float) -> Point:
    return first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1])
