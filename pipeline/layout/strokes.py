"""Strokes that pass for rulings: heads and feet of figures, strokes of characters, the straight parts of a seal's ring.

`rulings` finds what is straight, thin and long enough by itself; only the boxes of texts and seals show that it rules
nothing.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Ruling
from pipeline.model.source import Box

FOOT = 0.2  # of a text's height: white below the feet of its figures in an engine's box
HEAD = 0.25  # and above their heads
AT_SIDE = 0.05  # of a seal's width: from its side to the straight part of its ring
ARC = 0.4  # of a seal's height: what of its ring runs straight, and not far from the middle
BOLD = 0.07  # of a text's height: so thick are strokes of bold characters, borders are thinner
TITLE = 1.2  # times the usual height of the page's texts
INSIDE = 0.25  # of a text's height, from each of its edges: a border stands in no text
CHARACTER = 0.85  # of a text's height: its characters
COVERING = 0.8  # share of a ruling that a text covers


def outside_seals(found: Sequence[Ruling], seals: Sequence[Box]) -> tuple[Ruling, ...]:
    """The rulings but those that are what is left of a seal's ring, which runs straight at its four outermost places.

    >>> ring, border = Ruling(101, 180, 101, 230), Ruling(130, 180, 130, 230)
    >>> outside_seals([ring, border], [Box(100, 100, 300, 300)]) == (border,)
    True
    """
    return tuple(ruling for ruling in found if not any(is_of_ring(ruling, seal) for seal in seals))


def is_of_ring(ruling: Ruling, seal: Box) -> bool:
    """Whether a short ruling stands amid one of the seal's sides."""
    x, y = (ruling.x0 + ruling.x1) / 2, (ruling.y0 + ruling.y1) / 2
    across, along = (y - seal.y0, x - seal.x0) if ruling.horizontal else (x - seal.x0, y - seal.y0)
    wide, high = (seal.height, seal.width) if ruling.horizontal else (seal.width, seal.height)
    at_side = min(abs(across), abs(across - wide)) < AT_SIDE * wide
    return at_side and ruling.length < ARC * high and abs(along - high / 2) < ARC * high / 2


def outside_texts(found: Sequence[Ruling], boxes: Sequence[Box]) -> tuple[Ruling, ...]:
    """The rulings but those across the page that are the feet or heads of a text's figures, which may run from one
    border of a narrow cell to the other, and those that are strokes of a text's characters: of a title's, or bold ones.

    >>> feet, border = Ruling(10, 38, 90, 38), Ruling(0, 52, 100, 52)
    >>> outside_texts([feet, border], [Box(8, 20, 92, 48)]) == (border,)
    True
    >>> stroke, border = Ruling(50, 24, 50, 46), Ruling(50, 12, 50, 56)
    >>> texts = [Box(8, y, 92, y + 12) for y in (60, 80)]
    >>> outside_texts([stroke, border], [Box(8, 20, 92, 48), *texts]) == (border,)
    True
    >>> outside_texts([Ruling(30, 24, 60, 24), Ruling(0, 24, 99, 24)], [Box(8, 20, 92, 48), *texts])
    (Ruling(x0=0, y0=24, x1=99, y1=24, thickness=1.0),)
    """
    usual = statistics.median(box.height for box in boxes) if boxes else 0.0
    return tuple(
        without_stroke(ruling, found, boxes)
        for ruling in found
        if not any(is_foot(ruling, box, usual) or is_stroke(ruling, box, found, usual) for box in boxes)
    )


def without_stroke(ruling: Ruling, found: Sequence[Ruling], boxes: Sequence[Box]) -> Ruling:
    """The ruling down the page without its end below the last one across that it meets, where that end is a stroke of a
    character in line with it: amid a text, and short of the next one across."""
    if ruling.horizontal:
        return ruling
    across = [r for r in found if r.horizontal and r.x0 < ruling.x1 < r.x1]
    last = max((r.y1 for r in across if r.y1 < ruling.y1 - r.thickness), default=None)
    closed = any(r.y0 > ruling.y1 + r.thickness for r in across)
    if last is None or not closed or last <= ruling.y0:
        return ruling
    amid = any(
        box.x0 + INSIDE * box.height < ruling.x1 < box.x1 - INSIDE * box.height
        and box.y0 <= ruling.y1 <= box.y1
        and last - INSIDE * box.height <= box.y0 <= last + box.height
        for box in boxes
    )
    return replace(ruling, y1=last) if amid else ruling


def is_foot(ruling: Ruling, box: Box, usual: float) -> bool:
    """Whether a ruling stands within a text, which covers most of it, but not in the white above and below; in a box
    that may hold two lines, only below its middle."""
    top = HEAD if box.height <= TITLE * usual else 0.5
    if not ruling.horizontal or not box.y0 + top * box.height < ruling.y0 < box.y1 - FOOT * box.height:
        return False
    return min(ruling.x1, box.x1) - max(ruling.x0, box.x0) > COVERING * ruling.length


def is_stroke(ruling: Ruling, box: Box, found: Sequence[Ruling], usual: float) -> bool:
    """Whether a ruling across the page begins and ends within a text, or one down it is as high as the text's
    characters: a border is higher than what it parts, ends at a ruling that runs on past the text, or stands in line
    with one of its column. The text is higher than usual, or the stroke is thick."""
    if not box.x0 < ruling.x0 <= ruling.x1 < box.x1:
        return False
    if box.height <= TITLE * usual and ruling.thickness < BOLD * box.height:
        return False
    if ruling.horizontal:
        return box.y0 < ruling.y0 < box.y1
    top, bottom = sorted((ruling.y0, ruling.y1))
    near = FOOT * box.height
    past = [other.y0 for other in found if other.horizontal and other.x0 < box.x0 and box.x1 < other.x1]
    meets = any(abs(y - end) < near for y in past for end in (top, bottom))
    column = any(
        not other.horizontal and other.length > 2 * box.height and abs(other.x0 - ruling.x0) < BOLD * box.height
        for other in found
    )
    return box.y0 <= top and bottom <= box.y1 and ruling.length < CHARACTER * box.height and not (meets or column)
