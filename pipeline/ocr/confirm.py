"""A figure in doubt, read a second time inside its cell.

A line's box may hold the border of its cell, which is read as `1`, `|` or `]` behind the figure, or cut off the digit
beside it. So a figure that was read unsurely, that is set as no figure is, or that ends in what may be a border is read
again from the part of its row that lies inside the rulings. Where both readings agree it is sure; where they differ a
third decides what is kept, in doubt. What is surely no figure's own is mended, in doubt too: a second point behind
`0.06.` is a speck, and the comma of `7,850,00`, alone in its cell, is the point.

>>> bool(SPECKED.fullmatch("0.06.")), bool(WORN_POINT.fullmatch("7,850,00")), bool(WORN_POINT.fullmatch("7,850"))
(True, True, False)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr import figures
from pipeline.ocr.engine import DOUBT, Engine, Pixels, moved
from pipeline.ocr.ink import crop, inside_rulings

SURE = 0.9  # a figure below is read again
STROKES = frozenset("|[]【】1lI丨!")
BORDERS = "|[]【】()（）丨! "  # what a border behind a figure is read as, besides 1
NEAR_BORDER = 0.6  # of a line's height: boxes reach as far beyond their text
BESIDE = 0.4  # of a line's height: how far beside its box a digit may stand that was cut off
WIDER = 1.25  # times the width: equal digits side by side are kept apart
PADDING = 0.25  # of a row's height: paper around a row that is read again
EQUAL = re.compile(r"(\d)\1+")
SPECKED = re.compile(r"[¥￥]?\d[\d,]*\.\d{2,}\.")  # a figure and a speck behind it: a second point parts nothing
BEHIND_FEN = re.compile(r"[¥￥]?[\d,]+\.\d{2}1")
# A comma before the last two digits of a sum is its point, for thousands have three; so is a colon.
WORN_POINT = re.compile(r"([¥￥]?(?:\d+|\d{1,3}(?:[,，]\d{3})*))[,，:：](\d{2})['`‘’·,，]?")


def confirmed(line: Line, cell: Box, image: Pixels, engine: Engine) -> Line:
    """The line; a figure in doubt is read again inside its cell, and is sure only if both readings agree."""
    if not figures.is_figure(without_signs(line.text)):
        return line
    inner = inside_rulings(image, cell)
    ends_at_border, hides = may_hold_border(line, cell), figures.hides_digits(line, image, inner)
    if not (ends_at_border or hides or in_doubt(line)):
        return line
    inside = row_inside(line.box, inner)
    second = read_line(inside, image, engine)
    if second is None or not second.words:
        return with_confidence(line, min(line.confidence, DOUBT))
    if ends_at_border and is_without_border(second, line) and not figures.hides_digits(second, image, inner):
        # a 1 that ended a whole figure may have been printed; behind the fen it can't be
        is_border = not line.text.endswith("1") or BEHIND_FEN.fullmatch(line.text) is not None
        return second if is_border else with_confidence(second, min(second.confidence, DOUBT))
    if figures.digits(second.text) == figures.digits(line.text) and not hides:
        return with_confidence(line, max(line.confidence, second.confidence))
    third = read_line(inside, image, engine, WIDER)
    return with_confidence(likeliest([line, second, *([third] if third else [])], image, inner), DOUBT)


def without_speck(line: Line) -> Line:
    """The figure without the second point behind it."""
    return in_doubt_as(line.text[:-1], line) if SPECKED.fullmatch(line.text) else line


def with_point(line: Line) -> Line:
    """The figure of a cell's only line with a point before its fen where a comma or a colon was read.

    Where a sum wraps in its cell, 7,45 may go on below.
    """
    whole = WORN_POINT.fullmatch(line.text)
    return in_doubt_as(f"{whole[1]}.{whole[2]}", line) if whole and len(line.words) == 1 else line


def in_doubt_as(text: str, line: Line) -> Line:
    """The line of one word with another text, in doubt."""
    return with_confidence(replace(line, words=(replace(line.words[0], text=text),)), min(line.confidence, DOUBT))


def likeliest(readings: Sequence[Line], image: Pixels, inner: Box) -> Line:
    """The reading that is a figure, is said most often, and has as many digits as its ink has pieces; before those that
    lack one of equal digits side by side, the one that has it as surely as its ink does."""

    def worth(reading: Line) -> tuple[bool, bool, int, bool, float]:
        said = figures.digits(reading.text)
        votes = sum(figures.digits(other.text) == said for other in readings)
        whole = not figures.hides_digits(reading, image, inner)
        kept = whole and reading.confidence >= SURE and any(lacks_equal(other.text, said) for other in readings)
        return figures.is_well_formed(reading.text), kept, votes, whole, reading.confidence

    return max(readings, key=worth)


def lacks_equal(text: str, other: str) -> bool:
    """Whether a figure is another but for digits lost among equal ones, as a narrow picture merges them.

    >>> lacks_equal("6000.00", "60000.00"), lacks_equal("6000.00", "6100.00"), lacks_equal("60000.00", "6000.00")
    (True, False, False)
    """
    said = figures.digits(text)
    return len(said) < len(other) and EQUAL.sub(r"\1", said) == EQUAL.sub(r"\1", other)


def without_signs(text: str) -> str:
    """The text without the signs that a border behind it was read as."""
    return text.rstrip(BORDERS)


def is_without_border(second: Line, line: Line) -> bool:
    """Whether the second reading says what the first does but for a border behind it."""
    return second.text in (without_signs(line.text), line.text.removesuffix("1"))


def may_hold_border(line: Line, cell: Box) -> bool:
    """Whether the figure's last sign stands so near its cell's border that it may be the border."""
    near = NEAR_BORDER * line.box.height
    return line.text[-1:] in STROKES and line.words[-1].box.x1 > cell.x1 - near


def row_inside(box: Box, inner: Box) -> Box:
    """The row around the line's box inside its cell's rulings: a border that was read with it is cut off, and a digit
    beside the border that was not is in it."""
    more = BESIDE * box.height
    return figures.inside(Box(box.x0 - more, box.y0, box.x1 + more, box.y1), inner)


def in_doubt(line: Line) -> bool:
    return sureness(line) < SURE or not figures.is_well_formed(line.text)


def sureness(line: Line) -> float:
    """The least confidence of the words with digits: what the currency sign is like says nothing about them."""
    return min((word.confidence for word in line.words if any(map(str.isdigit, word.text))), default=line.confidence)


def with_confidence(line: Line, confidence: float) -> Line:
    """The line with all its words as sure as that."""
    words = tuple(replace(word, confidence=confidence) for word in line.words)
    return Line(words, line.box, confidence)


# ---- crops


def read_box(box: Box, image: Pixels, engine: Engine, stretch: float = 1.0) -> Line | None:
    """What stands in the box, read from a crop padded with paper, so that nothing of its neighbours is in sight."""
    piece = crop(image, box)
    if min(piece.shape[:2]) < 2:
        return None
    pad = max(2, round(PADDING * piece.shape[0]))
    paper = np.percentile(piece.reshape(-1, 3), 90, axis=0)
    padded = np.empty((piece.shape[0] + 2 * pad, piece.shape[1] + 2 * pad, 3), np.uint8)
    padded[:] = paper.astype(np.uint8)
    padded[pad:-pad, pad:-pad] = piece
    wide = np.asarray(cv2.resize(padded, None, fx=stretch, fy=1.0), np.uint8) if stretch != 1 else padded
    line = engine.read_crops([wide])[0]
    return moved(narrowed(line, stretch), box.x0 - pad, box.y0 - pad) if line.words else None


def read_line(box: Box, image: Pixels, engine: Engine, stretch: float = 1.0) -> Line | None:
    """What stands in a line's box, read again and no higher than the box: the lines above and below are near."""
    line = read_box(box, image, engine, stretch)
    if line is None:
        return None

    def level(own: Box) -> Box:
        return Box(own.x0, max(own.y0, box.y0), own.x1, min(own.y1, box.y1))

    return Line(tuple(replace(word, box=level(word.box)) for word in line.words), level(line.box), line.confidence)


def narrowed(line: Line, stretch: float) -> Line:
    """The line of a crop that was drawn out, in the crop's own pixels."""

    def place(box: Box) -> Box:
        return Box(box.x0 / stretch, box.y0, box.x1 / stretch, box.y1)

    return Line(tuple(replace(word, box=place(word.box)) for word in line.words), place(line.box), line.confidence)
