"""Rulings that something covers: a seal, a smear or a word that was written over them.

What covers a ruling crowds its sides, so a run of dark pixels is no longer known for a ruling by the paper beside it.
Two things still tell. A character never reaches from one ruling to the next: a straight stroke that does is a border,
whatever stands beside it. And a border goes on to the next ruling across it: where the pixels on its line stay as dark
as the ruling itself all the way there, it does so below what covers it. How dark that is depends on the light: a
photographed page's shaded edge is as dark as a ruling in its middle, so the pixels are judged by the paper around them.

>>> page = np.full((100, 100), 250, np.uint8)
>>> page[10:90, 49:51] = page[89:91, 10:90] = page[40:80, 30:70] = 0
>>> seen = [Ruling(49.5, 10, 49.5, 40), Ruling(10, 89.5, 90, 89.5)]
>>> extended(seen, page, Reach(touch=2, beside=4, farthest=60))[0]
Ruling(x0=49.5, y0=10, x1=49.5, y1=89.5, thickness=1.0)
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.page import Ruling

Image: TypeAlias = npt.NDArray[Any]

FILLED = 0.8  # share of dark pixels on a ruling's line: it goes on there
SPANNED = 0.9  # of the way between two rulings: a stroke that reaches from one to the other
STRAIGHT = 3  # times as long as the farthest way on: only such a ruling's slope can be carried on
ROUNDS = 3  # each may find the rulings at which those of the next end
COARSE = 8  # pixels of the picture in one of that in which its light is measured
AROUND = 9  # of those: so wide a window shows paper beside all that is printed


@dataclass(frozen=True, slots=True)
class Reach:
    """Pixels: how near ends come that meet, how far beside a ruling paper lies, how much of a ruling may be covered."""

    touch: float
    beside: float
    farthest: float


def uncovered(seen: Sequence[Ruling], crowded: Sequence[Ruling], grey: Image, reach: Reach) -> list[Ruling]:
    """The rulings seen, taken on below what covers them, and the crowded strokes so far as they join two of them."""
    rulings = list(seen)
    if not rulings:  # none to which a stroke could lead
        return rulings
    lit = evenly_lit(grey)
    for _ in range(ROUNDS):
        longer = extended([*rulings, *joining(crowded, rulings, reach)], lit, reach)
        if longer == rulings:
            break
        rulings = longer
    return rulings


def evenly_lit(grey: Image) -> Image:
    """The picture as it would be if all its paper were white.

    >>> shaded = np.repeat(np.linspace(80, 240, 160).astype(np.uint8)[:, None], 160, axis=1)
    >>> shaded[:, 80:82] //= 2
    >>> lit = evenly_lit(shaded)
    >>> bool(lit[40:, :70].min() > 240), bool(lit[40:, 80:82].max() < 150)
    (True, True)
    """
    height, width = grey.shape
    coarse = cv2.resize(grey, (-(-width // COARSE), -(-height // COARSE)), interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(coarse, cv2.MORPH_CLOSE, np.ones((AROUND, AROUND), np.uint8))
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, light, scale=255)


# ---- strokes from one ruling to another


def joining(crowded: Sequence[Ruling], rulings: Sequence[Ruling], reach: Reach) -> list[Ruling]:
    """What the crowded strokes add to the rulings."""
    parts = (joining_part(stroke, rulings, reach) for stroke in crowded)
    return [part for part in parts if part and not is_known(part, rulings, reach.touch)]


def is_known(part: Ruling, rulings: Sequence[Ruling], touch: float) -> bool:
    """Whether one of the rulings covers the part."""
    line = along(part)
    others = (along(ruling) for ruling in rulings if ruling.horizontal == part.horizontal)
    return any(
        abs(other.at(line.start) - line.level) <= touch
        and other.start <= line.start + touch
        and other.end >= line.end - touch
        for other in others
    )


def joining_part(stroke: Ruling, rulings: Sequence[Ruling], reach: Reach) -> Ruling | None:
    """The part of the stroke that reaches from one ruling across it to the next, and on to those after it."""
    line = along(stroke)
    crossings = crossed(line, rulings, reach.touch)
    gaps = [(a, b) for a, b in itertools.pairwise(crossings) if b - a > reach.beside and spans(line, a, b)]
    return drawn(stroke, line, gaps[0][0], gaps[-1][1]) if gaps else None


def spans(line: Line, start: float, end: float) -> bool:
    """Whether the line reaches over nearly all of the way: smears hide the corners."""
    return min(line.end, end) - max(line.start, start) >= SPANNED * (end - start)


# ---- rulings that go on


def extended(rulings: Sequence[Ruling], grey: Image, reach: Reach) -> list[Ruling]:
    """The rulings, each taken on to those across it that its dark line leads to."""
    return [extended_one(ruling, rulings, grey, reach) for ruling in rulings]


def extended_one(ruling: Ruling, rulings: Sequence[Ruling], grey: Image, reach: Reach) -> Ruling:
    line = along(ruling, STRAIGHT * reach.farthest)
    crossings = crossed(line, rulings, reach.touch)
    picture = grey if ruling.horizontal else grey.T
    ahead = [place for place in crossings if line.end + reach.touch < place <= line.end + reach.farthest]
    behind = [place for place in crossings if line.start - reach.farthest <= place < line.start - reach.touch]
    if not ahead and not behind:
        return ruling
    limit = darkness(line, picture, reach.beside)
    end = goes_on(line, picture, [line.end, *ahead], limit)
    start = goes_on(line, picture, [line.start, *reversed(behind)], limit)
    return ruling if (start, end) == (line.start, line.end) else drawn(ruling, line, start, end)


def goes_on(line: Line, picture: Image, places: Sequence[float], limit: float) -> float:
    """The last of the places to which the line is dark all the way: a cell without it ends it."""
    steps = itertools.pairwise(places)
    reached = itertools.takewhile(lambda step: is_dark(line, picture, min(step), max(step), limit), steps)
    return max((step[1] for step in reached), key=lambda place: abs(place - places[0]), default=places[0])


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling as a line along its direction: from `start` to `end`, at `level` across it where it starts."""

    horizontal: bool
    start: float
    end: float
    level: float
    slope: float

    def at(self, place: Any) -> Any:
        return self.level + self.slope * (place - self.start)


def along(ruling: Ruling, straight: float = 0.0) -> Line:
    """A ruling shorter than `straight` is taken for level: its slope is mostly noise."""
    if ruling.horizontal:
        start, end, first, last = ruling.x0, ruling.x1, ruling.y0, ruling.y1
    else:
        start, end, first, last = ruling.y0, ruling.y1, ruling.x0, ruling.x1
    if end - start < max(straight, 1.0):
        return Line(ruling.horizontal, start, end, (first + last) / 2, 0.0)
    return Line(ruling.horizontal, start, end, first, (last - first) / (end - start))


def crossed(line: Line, rulings: Sequence[Ruling], touch: float) -> list[float]:
    """Where along the line, or its way on, rulings across it pass."""
    across = [along(ruling) for ruling in rulings if ruling.horizontal != line.horizontal]
    middles = ((other, float(other.at((other.start + other.end) / 2))) for other in across)
    return sorted(place for other, place in middles if other.start - touch <= line.at(place) <= other.end + touch)


def darkness(line: Line, picture: Image, beside: float) -> float:
    """The grey level half-way between the ruling and the paper beside it."""
    places = np.arange(round(line.start), round(line.end) + 1)
    paper = np.maximum(level_at(line, picture, places, -beside), level_at(line, picture, places, beside))
    return float(np.median(darkest_at(line, picture, places)) + np.median(paper)) / 2


def is_dark(line: Line, picture: Image, start: float, end: float, limit: float) -> bool:
    """Whether the line is as dark as that nearly all the way."""
    places = np.arange(round(start), round(end) + 1)
    return bool((darkest_at(line, picture, places) <= limit).mean() >= FILLED)


def darkest_at(line: Line, picture: Image, places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The darkest of three neighbours across the line: a ruling is never quite straight."""
    near = np.stack([level_at(line, picture, places, away) for away in (-1.0, 0.0, 1.0)])
    return np.asarray(near.min(axis=0))


def level_at(line: Line, picture: Image, places: npt.NDArray[Any], away: float) -> npt.NDArray[Any]:
    rows = np.clip(np.rint(line.at(places) + away).astype(int), 0, picture.shape[0] - 1)
    found: npt.NDArray[np.float32] = picture[rows, np.clip(places, 0, picture.shape[1] - 1)].astype(np.float32)
    return found


def drawn(ruling: Ruling, line: Line, start: float, end: float) -> Ruling:
    """The ruling from a new start to a new end."""
    first, last = float(line.at(start)), float(line.at(end))
    if line.horizontal:
        return replace(ruling, x0=start, y0=first, x1=end, y1=last)
    return replace(ruling, x0=first, y0=start, x1=last, y1=end)
