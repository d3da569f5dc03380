"""The second witness: what the page's own pixels say about rival texts.

The recogniser that misread a figure would often misread it again from the same pixels. So it is asked differently: how
likely is each rival text, by all of its output, over a crop cut anew and wider than the reading, and over several
preparations of that crop. Only what all of them like best, and clearly, counts as seen.

>>> [best([(-0.1, -9.0), (-0.2, -7.5)]).clear, best([(-0.1, -9.0), (-4.0, -3.0)]).clear, best([(-40.0, -60.0)]).clear]
[True, False, False]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.page import Frame, Page
from pipeline.model.source import Box, Cited, Source
from pipeline.ocr.seals import RED, redness
from pipeline.ocr.second_values import meaning

Pixels: TypeAlias = npt.NDArray[np.uint8]
Score: TypeAlias = Callable[[Pixels, Sequence[str]], tuple[float, ...] | None]

CLEARLY = 2.0  # nats by which a text leads in every preparation (docs/proof.md, "How sure")
LEGIBLE = -6.0  # nats: a text less likely than that is not what stands there
IMPOSSIBLE = -1e6  # nats: of two texts that can't stand there none leads
IN_DOUBT, SEALED_LEAD, LIKELY = 2.5, 4.0, -3.0  # the same where the reading itself is in doubt, or below a red seal
BESIDE = 0.6  # of the line's height: a figure that was lost at either end must be in the crop
RULING_EDGE = 3  # pixels
WIDER = 1.25
SIGMA = 1.0  # pixels of a line 48 pixels high
HEIGHT = 48
PAPER = (255, 255, 255)
STROKE, GAP = 3, 6  # pixels of a line 48 pixels high: the least ink of a stroke's column, the space between two figures
SEALED = 0.03  # of a value's piece of the page: so much red ink lies over its print
DEEP = 0.25  # of the print's darkness, in the red channel
YUAN = "¥"


@dataclass(frozen=True, slots=True)
class Weighing:
    """The text that the views like best together; by how much it leads the next, and how likely it is, in the view that
    likes it least."""

    text: int
    lead: float
    likely: float

    @property
    def clear(self) -> bool:
        return self.lead >= CLEARLY and self.likely >= LEGIBLE

    def leads_by(self, lead: float) -> bool:
        """Whether the text is strong enough to bear out a reading that is in doubt."""
        return self.lead >= lead and self.likely >= LIKELY


@dataclass(frozen=True, slots=True)
class Witness:
    """The pages as read, their pictures as the file shows them, and an engine's score of texts over a crop."""

    pages: Mapping[int, Page]
    shown: Callable[[Page], Pixels]
    score: Score

    def weighed(self, leaf: Cited[Any], texts: Sequence[str]) -> Weighing | None:
        """Which of the texts the pixels like best; None where the leaf has no picture or the engine can't tell."""
        crop = self.crop(leaf)
        rows = [row for view in views(crop) if (row := self.score(view, texts))] if crop is not None else []
        if not rows:
            return None
        firsts, joined = by_meaning(rows, texts)
        found = best(joined)
        return replace(found, text=firsts[found.text])

    def is_text(self, leaf: Cited[Any]) -> bool:
        """Whether the leaf was taken from the file's own text, so that there are no pixels to doubt."""
        pages = [self.pages.get(source.page) for source in leaf.sources]
        return bool(pages) and all(page is not None and page.source == "text" for page in pages)

    def is_covered(self, leaf: Cited[Any]) -> bool:
        """Whether something was taken away from over the leaf, so that part of it may be gone from every reading."""
        return any(
            source.box.overlap(box) > 0
            for source in leaf.sources
            if source.page in self.pages
            for box in self.pages[source.page].covered
        )

    def is_sealed(self, leaf: Cited[Any]) -> bool:
        """Whether a seal lies over the leaf that is so dark on this scan that its strokes may pass for print's."""
        return any(is_sealed(self.piece(source)) for source in leaf.sources if source.page in self.pages)

    def crop(self, leaf: Cited[Any]) -> Pixels | None:
        """The picture of the leaf, its lines side by side; None where it has no place."""
        pieces = [self.piece(source) for source in leaf.sources if source.page in self.pages]
        rows = [piece for piece in pieces if min(piece.shape[:2]) > 1]
        if not rows or len(rows) < len(leaf.sources):
            return None
        scaled = [resized(row, HEIGHT * row.shape[1] / row.shape[0]) for row in rows]
        ends = [(i > 0, i < len(rows) - 1) for i in range(len(rows))]
        return np.hstack([closed(row, *inner) for row, inner in zip(scaled, ends, strict=True)])

    def piece(self, source: Source) -> Pixels:
        """One line of the leaf, upright and straight."""
        page = self.pages[source.page]
        box = widened(source.box, page)
        back = back_to_shown(box, page.frame)
        size = max(1, round(box.width)), max(1, round(box.height))
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        return np.asarray(cv2.warpAffine(self.shown(page), back, size, flags=flags, borderValue=PAPER), np.uint8)


def back_to_shown(box: Box, frame: Frame) -> npt.NDArray[np.float64]:
    """The affine matrix from the box's own pixels to the shown page; so small a piece of a bent page is even."""
    origin, right, below = (
        np.array(frame.place(x, y)) for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1))
    )
    return np.stack([(right - origin) / box.width, (below - origin) / box.height, origin], axis=1)


def by_meaning(rows: Iterable[Sequence[float]], texts: Sequence[str]) -> tuple[list[int], list[list[float]]]:
    """The first text of each meaning, and the rows with one likelihood a meaning: a comma that may be a point leaves no
    doubt about the value, nor does the sign before it.

    >>> firsts, [row] = by_meaning([[-1.0, -1.0, -9.0]], ["2,260.00", "¥2.260.00", "2,200.00"])
    >>> firsts, [round(value, 2) for value in row]
    ([0, 2], [-0.31, -9.0])
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        groups[meaning(text).replace(YUAN, "")].append(i)
    joined = [[float(np.logaddexp.reduce([row[i] for i in group])) for group in groups.values()] for row in rows]
    return [group[0] for group in groups.values()], joined


def best(rows: Sequence[Sequence[float]]) -> Weighing:
    """The text with the largest lead in the view that likes it least."""
    table = np.maximum(rows, IMPOSSIBLE)
    weighings = (Weighing(i, lead_of(table, i), float(table[:, i].min())) for i in range(table.shape[1]))
    return max(weighings, key=lambda weighing: weighing.lead)


def lead_of(rows: npt.NDArray[np.float64], text: int) -> float:
    """By how much the text is likelier than the next, in the view where that is least; alone it has no rival."""
    rest = np.delete(rows, text, axis=1)
    return float((rows[:, text] - rest.max(axis=1)).min()) if rest.size else np.inf


def widened(box: Box, page: Page) -> Box:
    """The box with room for what may have been lost at its ends, but not beyond a ruling line."""
    left, right = box.x0 - BESIDE * box.height, box.x1 + BESIDE * box.height
    middle_x, middle_y = box.center
    for ruling in page.rulings:
        if not ruling.horizontal and min(ruling.y0, ruling.y1) <= middle_y <= max(ruling.y0, ruling.y1):
            edge = ruling.thickness / 2 + RULING_EDGE
            left = max(left, ruling.x0 + edge) if ruling.x0 < middle_x else left
            right = min(right, ruling.x0 - edge) if ruling.x0 > middle_x else right
    return Box(max(0.0, left), box.y0, min(float(page.width), right), box.y1)


def closed(row: Pixels, left: bool, right: bool) -> Pixels:
    """The row without the blank at its inner ends, where a figure goes on in the next row: no gap is to look like one
    that was lost."""
    _, ink = cv2.threshold(cv2.GaussianBlur(row[:, :, 2], (0, 0), SIGMA), 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    columns = np.flatnonzero(np.asarray(ink).sum(axis=0) >= STROKE)
    if not columns.size:
        return row
    x0 = max(0, int(columns[0]) - GAP) if left else 0
    x1 = int(columns[-1]) + GAP + 1 if right else row.shape[1]
    return row[:, x0:x1]


def views(crop: Pixels) -> Iterator[Pixels]:
    """The crop as it is, softened, and drawn out, each in its red channel, where a seal is almost as light as paper."""
    grey = np.repeat(crop[:, :, 2:], 3, axis=2)
    yield grey
    yield np.asarray(cv2.GaussianBlur(grey, (0, 0), SIGMA), np.uint8)
    yield resized(grey, WIDER * grey.shape[1])


def is_sealed(piece: Pixels) -> bool:
    """Whether red ink covers much of a piece, and is more than a faint grey beside its print in the red channel.

    >>> piece = np.full((40, 200, 3), 240, np.uint8)
    >>> piece[10:30, 20:30], piece[10:30, 60:80] = 40, (60, 60, 150)
    >>> is_sealed(piece), is_sealed(piece[:, :50]), is_sealed(np.where(piece == 150, 220, piece).astype(np.uint8))
    (True, False, False)
    """
    red = redness(piece) > RED
    if red.mean() < SEALED:
        return False
    level = piece[:, :, 2].astype(np.float64)
    paper, print_, seal = np.percentile(level, 90), np.percentile(level, 2), np.median(level[red])
    return bool(paper - seal >= DEEP * (paper - print_))


def resized(row: Pixels, width: float) -> Pixels:
    return np.asarray(cv2.resize(row, (max(1, round(width)), HEIGHT), interpolation=cv2.INTER_CUBIC), np.uint8)
