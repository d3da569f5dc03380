"""Lines of print that the detector passed over: read from their own crops, or named as unread.

A network finds lines; what it doesn't find, nobody misses. When the page was turned upright its lines of print were
seen by another way (bands), which knows nothing of text and overlooks none that stands by itself. A line of those of
which nothing was read, though it has several pieces as high as characters (the dots of a table of contents are none),
is read from its crop, in doubt. If it can't be, the page says so.

>>> import cv2
>>> page = np.full((200, 400, 3), 255, np.uint8)
>>> _ = cv2.putText(page, "4096 pages", (60, 110), cv2.FONT_HERSHEY_DUPLEX, 1, (0, 0, 0), 2)
>>> line = Box(60, 86, 240, 118)
>>> len(list(passed_over([line], [], [], page))), len(list(passed_over([line], [Box(50, 80, 250, 120)], [], page)))
(1, 0)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from pipeline.components import components
from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr.confirm import read_line, with_confidence
from pipeline.ocr.engine import DOUBT, Engine, Pixels
from pipeline.ocr.ink import crop, ink_of

COVERED = 0.5  # of a line's box that lies in lines that were read: the rest is no line of its own
STAMPED = 0.5  # of it that lies in a seal: the seal's own name
HIGH = 0.5  # of the line's height: what is lower is a dot or a dash
CHARACTERS = 3  # pieces so high: fewer may be a scratch
MARGIN = 0.2  # of the line's height around it that is read with it
LEGIBLE = 0.8  # confidence of a reading that is text
TEXT = re.compile(r"\w\W*\w")
MOST = 60  # lines that are read so; of a page with more, a picture perhaps, the rest is unread


def found(
    printed: Sequence[Box], lines: Sequence[Line], seals: Sequence[Box], image: Pixels, engine: Engine
) -> tuple[tuple[Line, ...], tuple[Box, ...]]:
    """What was read of the lines that were passed over, in doubt; and those of which nothing was."""
    boxes = list(passed_over(printed, [line.box for line in lines], seals, image))
    added: list[Line] = []
    unread = boxes[MOST:]
    for box in boxes[:MOST]:
        line = read_line(grown(box), image, engine)
        if line and line.confidence >= LEGIBLE and TEXT.search(line.text):
            added.append(with_confidence(line, min(line.confidence, DOUBT)))
        else:
            unread.append(box)
    return tuple(added), tuple(unread)


def passed_over(printed: Sequence[Box], lines: Sequence[Box], seals: Sequence[Box], image: Pixels) -> Iterator[Box]:
    """The lines of print of which nothing was read."""
    for box in printed:
        if sum(box.overlap(line) for line in lines) > COVERED * box.area:
            continue
        if any(box.overlap(seal) > STAMPED * box.area for seal in seals):
            continue
        if characters(box, lines, image) >= CHARACTERS:
            yield box


def characters(box: Box, lines: Sequence[Box], image: Pixels) -> int:
    """How many pieces of ink as high as characters stand in the box, but in no line."""
    ink = ink_of(crop(image, box)).astype(np.uint8)
    left, top = int(box.x0), int(box.y0)
    for line in lines:
        ink[
            max(0, int(line.y0) - top) : max(0, int(line.y1) - top),
            max(0, int(line.x0) - left) : max(0, int(line.x1) - left),
        ] = 0
    boxes = components(ink, 8).boxes[1:]
    return int((boxes[:, 3] >= HIGH * box.height).sum())


def grown(box: Box) -> Box:
    margin = MARGIN * box.height
    return Box(box.x0 - margin, box.y0 - margin, box.x1 + margin, box.y1 + margin)
