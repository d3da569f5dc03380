"""What a black seal leaves among a page's lines: pieces of its own lettering, and words in doubt.

A seal's name runs around inside its ring, turned, so engines read scraps of it: a character here, four letters there,
mostly unsurely. As lines they would part the rows of the table below the seal, and move the margin of the text beside
one that runs over the page's edge (骑缝章). And whatever is read under a seal may lack a digit that went with its ring,
or hold a leg of its star.

>>> import numpy as np
>>> box = Box(100, 40, 130, 70)
>>> ring = Ring(100, 100, np.full(720, 80.0), 8)
>>> legible([Line((Word("公", box, 0.6),), box, 0.6), Line((Word("24", box, 1.0),), box, 1.0)], [ring], 900)[0].text
'24'
"""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr.engine import DOUBT
from pipeline.ocr.rings import Ring

UNREADABLE, ILLEGIBLE = 0.6, 0.7  # confidence; of a few characters, and of one
FEW = 4
LONE = re.compile(r"[一-鿿]")
LEAST = 3  # characters of a name that runs round
EVEN = 0.08  # of the ring's radius, by which their distances from its middle may differ
INNERMOST = 0.5  # of the radius: the star stands within


def legible(lines: Sequence[Line], found: Sequence[Ring], width: int) -> tuple[Line, ...]:
    """The lines of a page of this width without those that are the seals' own lettering.

    What can't be read under a seal is lettering that runs around it: left among the lines, it would part the rows of
    the table below it, and move the text's margin.
    """
    round_about = {id(line) for ring in found for line in running_round(lines, ring)}
    rest = [line for line in lines if id(line) not in round_about]
    return tuple(line for line in rest if not any(is_lettering(line, ring, width) for ring in found))


def running_round(lines: Sequence[Line], ring: Ring) -> list[Line]:
    """Single characters that stand equally far from the ring's middle: those of its name, though clearly read."""
    lone = [line for line in lines if LONE.fullmatch(line.text.strip()) and ring.holds(line.box)]
    far = [math.hypot(line.box.center[0] - ring.x, line.box.center[1] - ring.y) / ring.radius for line in lone]
    usual = statistics.median(far) if far else 0.0
    level = [line for line, distance in zip(lone, far, strict=True) if abs(distance - usual) < EVEN]
    return level if len(level) >= LEAST and INNERMOST < usual < 1.0 else []


def covered(lines: Sequence[Line], found: Sequence[Ring]) -> tuple[Box, ...]:
    """The places of the words under a seal: a digit may have gone with its ring, or be part of its star."""
    boxes = (word.box for line in lines for word in line.words)
    return tuple(box for box in boxes if any(ring.touches(box) for ring in found))


def doubted(lines: Sequence[Line], places: Sequence[Box]) -> tuple[Line, ...]:
    """The page's lines, the words at `places` no surer than doubt."""

    def judged(word: Word) -> Word:
        return replace(word, confidence=min(word.confidence, DOUBT)) if word.box in places else word

    return tuple(replace(line, words=tuple(map(judged, line.words))) for line in lines)


def is_lettering(line: Line, ring: Ring, width: int) -> bool:
    """Whether the line is a piece of what runs around inside the ring, which engines seldom read: it is turned.

    Beside the text, where a seal runs over the page's edge, hardly anything else is printed.
    """
    count = len(line.text)
    unreadable = line.confidence < (ILLEGIBLE if count == 1 else UNREADABLE)
    over_edge = (ring.box.x0 < 0 or ring.box.x1 > width) and not any(map(str.isdigit, line.text))
    return count <= FEW and (unreadable or over_edge) and ring.holds(line.box)
