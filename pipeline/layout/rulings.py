"""Finds the ruling lines of a scanned page: the borders of tables, and the underlines of blanks.

A ruling is a straight stroke, thin for its length and darker than the paper on both of its sides. So a page is looked
at twice, along its rows and along its columns: smoothed along the stroke (noise and short breaks go), searched for what
is dark against both sides (a grey fill, a shadow or a scanner's dark edge is not), and kept where the stroke runs on
with paper beside it. A red seal hardly shows in the red channel, which is what is read. A stroke of a character can be
as long as a short ruling: short ones count only where they hang on other rulings, between two or from one to a cut.

>>> page = np.full((500, 400, 3), 255, np.uint8)
>>> page[100:102, 50:350] = 0
>>> [(round(r.x0), round(r.x1), r.horizontal) for r in find(page, dpi=150)]
[(49, 350, True)]

The method is the classic one of morphological line extraction (Gatos et al., "Automatic table detection in document
images", 2005), with the share of dark pixels in a window in place of a strict opening, which one broken pixel defeats.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.components import components
from pipeline.layout import covered
from pipeline.model.page import Ruling

Image: TypeAlias = npt.NDArray[Any]  # 8 bits a channel
Labels: TypeAlias = npt.NDArray[np.intp]

DPI = 150  # finer images are made smaller: a hairline still shows, and noise averages out
CONTRAST = 16  # grey levels by which a ruling is darker than the paper on both sides
FULL = 0.75  # share of dark pixels along a ruling; the rest may be broken

PAPER = 0.3  # most dark pixels on the cleaner side of a run, within a window
CLEAN = 0.12  # share of dark pixels beside a ruling, on its cleaner side
TOUCHED = 0.4  # and on the other: the text above an underline touches it
CROWDED = 0.6  # and on both sides of a ruling that a seal or a smear covers
STEEP = 0.01  # slope of a ruling on a page that counts as straight

# Millimetres.
WINDOW = 4.0  # what a ruling's run is judged by; a table row is hardly lower
SMOOTH = 0.5  # along the stroke
THICK = 1.3  # the thickest stroke
BREAK = 2.2  # a gap within one ruling; a table's columns are wider
LONG = 14.0  # from here on a stroke needs no other rulings to be one
STUB = 5.0  # from here on one end is enough: a page break cut off the other
TOGETHER = 3  # strokes that begin and end at the same heights
TOUCH = 0.7  # how near a short ruling's ends come to the rulings that they meet
BESIDE = 0.4  # where the paper beside a stroke begins
COVERED = 45.0  # of a ruling below a seal, which is no wider
EDGE = 3.5  # margin of the sheet that holds only the scanner's own edges


@dataclass(frozen=True, slots=True)
class Scale:
    """Pixels of the image searched."""

    dpi: float

    def px(self, mm: float) -> int:
        return max(1, round(mm * self.dpi / 25.4))


def find(image: Image, dpi: int) -> tuple[Ruling, ...]:
    """The ruling lines of an upright, straight page, in pixels of `image`."""
    factor = min(1.0, DPI / dpi)
    grey = shrunk(red(image), factor)
    scale = Scale(dpi * factor)
    rows, columns = runs_of(grey, scale), runs_of(cv2.transpose(grey), scale)
    across, crowded_across = strokes(rows, wide(rows))
    down, crowded_down = strokes(columns, wide(columns))
    for free, crowded, runs, crossing in ((across, crowded_across, rows, down), (down, crowded_down, columns, across)):
        short, crowded_short = strokes(runs, narrow(runs, crossing, free))
        free += short
        crowded += crowded_short
    found = [*merged(across, scale.px(BREAK)), *map(turned, merged(down, scale.px(BREAK)))]
    kept = [ruling for ruling in found if not on_edge(ruling, grey.shape[0], grey.shape[1], scale.px(EDGE))]
    sure = anchored(kept, scale)
    doubtful = [*(ruling for ruling in kept if ruling not in sure), *crowded_across, *map(turned, crowded_down)]
    reach = covered.Reach(scale.px(TOUCH), scale.px(THICK), scale.px(COVERED))
    whole = covered.uncovered(sure, doubtful, grey, reach)
    return tuple(resized(ruling, 1 / factor) for ruling in whole)


def red(image: Image) -> Image:
    """The red channel, in which a red seal is as bright as paper; a grey image as it is."""
    return image if image.ndim == 2 else cv2.extractChannel(image, 2)


def shrunk(grey: Image, factor: float) -> Image:
    return grey if factor == 1.0 else cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of dark pixels along an image's rows: which pixels are dark, and each run's label and box."""

    dark: Image
    labels: npt.NDArray[Any]
    boxes: npt.NDArray[Any]  # x, y, width, height, area; the first is the background's
    scale: Scale


def runs_of(grey: Image, scale: Scale) -> Runs:
    dark = darker_than_sides(grey, scale)
    found = components(running(dark, scale), 8)
    return Runs(dark, found.labels, found.boxes, scale)


def running(dark: Image, scale: Scale) -> Image:
    """255 in the middle of every run of dark pixels that has paper on one side at least."""
    share = cv2.blur(dark, (scale.px(WINDOW), 1), borderType=cv2.BORDER_CONSTANT)
    found = cv2.threshold(share, int(255 * FULL), 255, cv2.THRESH_BINARY)[1]
    away = scale.px(THICK / 2 + BESIDE / 2)
    if len(dark) <= 2 * away:  # too low a picture to hold a ruling with paper beside it
        return np.zeros_like(found)
    beside = cv2.min(share[: -2 * away], share[2 * away :])
    paper = cv2.threshold(beside, int(255 * PAPER), 255, cv2.THRESH_BINARY_INV)[1]
    found[away:-away] = cv2.bitwise_and(found[away:-away], paper)
    return found


def wide(runs: Runs) -> Labels:
    """The runs that may be rulings, or large pieces of one, by themselves."""
    return np.flatnonzero(thin(runs) & (runs.boxes[:, 2] >= runs.scale.px(LONG / 2)))


def narrow(runs: Runs, across: Sequence[Ruling], along: Sequence[Ruling]) -> Labels:
    """The shorter runs, where a ruling across them passes near one of their ends, or one along them stands in line; the
    others are characters' strokes.

    `across` are strokes of the transposed image.
    """
    x, y, width, height, _ = runs.boxes.T
    reach = runs.scale.px(WINDOW)
    near = np.zeros(len(x), bool)
    for ruling in across:
        at_end = np.minimum(np.abs(x - ruling.y0), np.abs(x + width - ruling.y0)) <= reach
        near |= at_end & (y + height >= ruling.x0 - reach) & (y <= ruling.x1 + reach)
    touch = runs.scale.px(TOUCH)
    for ruling in along:
        near |= (y + height >= min(ruling.y0, ruling.y1) - touch) & (y <= max(ruling.y0, ruling.y1) + touch)
    return np.flatnonzero(near & thin(runs) & (width >= reach // 4) & (width < runs.scale.px(LONG / 2)))


def thin(runs: Runs) -> npt.NDArray[Any]:
    """Which runs are as thin as a stroke and no steeper than a page that lies a little askew."""
    _, _, width, height, area = runs.boxes.T
    thickest = runs.scale.px(THICK)
    chosen: npt.NDArray[Any] = (area <= thickest * width) & (height <= thickest + width * STEEP)
    return chosen


def strokes(runs: Runs, labels: Labels) -> tuple[list[Ruling], list[Ruling]]:
    """The chosen runs as horizontal strokes: those with paper beside them, and those that something crowds."""
    found = [stroke(runs, int(label)) for label in labels]
    free = [ruling for ruling in found if stands_free(ruling, runs)]
    return free, [ruling for ruling in found if ruling not in free and shines_through(ruling, runs)]


def stands_free(ruling: Ruling, runs: Runs) -> bool:
    """Whether paper lies along both sides of a stroke; along a line of characters their other strokes do."""
    least, most = sides(ruling, runs)
    return least <= CLEAN and most <= TOUCHED


def shines_through(ruling: Ruling, runs: Runs) -> bool:
    """Whether a stroke that something covers can still be told from what lies beside it."""
    return sides(ruling, runs)[1] <= CROWDED and dark_share(runs.dark, *line_of(ruling)) >= FULL


def sides(ruling: Ruling, runs: Runs) -> tuple[float, float]:
    """The share of dark pixels on a stroke's cleaner side, and on the other."""
    columns, level = line_of(ruling)
    away = ruling.thickness / 2 + runs.scale.px(BESIDE)
    least, most = sorted(dark_share(runs.dark, columns, level + side * away) for side in (-1, 1))
    return least, most


def line_of(ruling: Ruling) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """The columns of a stroke, and its row in each."""
    columns = np.arange(round(ruling.x0), round(ruling.x1) + 1)
    return columns, np.linspace(ruling.y0, ruling.y1, len(columns))


def dark_share(dark: Image, columns: npt.NDArray[Any], rows: npt.NDArray[Any]) -> float:
    inside = np.minimum(np.maximum(np.rint(rows).astype(np.intp), 0), dark.shape[0] - 1)
    return float(np.count_nonzero(dark[inside, columns]) / len(columns))


def darker_than_sides(grey: Image, scale: Scale) -> Image:
    """255 where a pixel is darker than something above and something below it, no farther than a stroke's thickness."""
    smooth = cv2.blur(grey, (scale.px(SMOOTH), 1))
    reach = np.ones((2 * scale.px(THICK) + 1, 1), np.uint8)
    hollow = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, reach)
    return cv2.threshold(hollow, CONTRAST, 255, cv2.THRESH_BINARY)[1]


def stroke(runs: Runs, label: int) -> Ruling:
    """The centre line of a run, taken on to where the dark pixels end."""
    x, y, w, h, area = (int(v) for v in runs.boxes[label])
    window = runs.scale.px(WINDOW)
    rows, columns = np.nonzero(runs.labels[y : y + h, x : x + w] == label)
    slope, level = map(float, np.polyfit(columns, rows, 1)) if w > 2 * window else (0.0, float(rows.mean()))
    left = reach_of(runs.dark, x, y + level, -1, window)
    right = reach_of(runs.dark, x + w - 1, y + level + slope * (w - 1), +1, window)
    return Ruling(left, y + level + slope * (left - x), right, y + level + slope * (right - x), area / w)


def reach_of(dark: Image, x: int, y: float, step: int, window: int) -> float:
    """How far the dark pixels go on from (x, y), at most a window."""
    row = min(max(round(y), 0), dark.shape[0] - 1)
    end = min(max(x + step * window, 0), dark.shape[1] - 1)
    band = dark[max(0, row - 1) : row + 2, x : end + step : step] if end else dark[row : row + 1, x::step]
    blank = np.flatnonzero(band.max(axis=0) == 0)
    run = int(blank[0]) if len(blank) else band.shape[1]
    return float(x + step * max(0, run - 1))


def merged(found: Sequence[Ruling], gap: float) -> list[Ruling]:
    """Horizontal strokes with the pieces of one broken ruling put together."""
    whole: list[Ruling] = []
    for ruling in sorted(found, key=lambda r: r.x0):
        before = next((r for r in reversed(whole) if continues(r, ruling, gap)), None)
        if before is None:
            whole.append(ruling)
        else:
            whole[whole.index(before)] = spliced(before, ruling)
    return whole


def continues(before: Ruling, after: Ruling, gap: float) -> bool:
    return -gap <= after.x0 - before.x1 <= gap and abs(after.y0 - before.y1) <= max(2.0, gap / 4)


def spliced(before: Ruling, after: Ruling) -> Ruling:
    last = after if after.x1 >= before.x1 else before
    return Ruling(before.x0, before.y0, last.x1, last.y1, max(before.thickness, after.thickness))


def turned(ruling: Ruling) -> Ruling:
    """A ruling of the transposed image in the image itself."""
    return Ruling(ruling.y0, ruling.x0, ruling.y1, ruling.x1, ruling.thickness)


def on_edge(ruling: Ruling, height: int, width: int, margin: int) -> bool:
    """Whether a ruling runs along the sheet's edge, where only the scanner draws."""
    if ruling.horizontal:
        return not margin <= (ruling.y0 + ruling.y1) / 2 <= height - margin
    return not margin <= (ruling.x0 + ruling.x1) / 2 <= width - margin


def anchored(found: Sequence[Ruling], scale: Scale) -> list[Ruling]:
    """Without the short strokes that hang on no ruling: they are parts of characters."""
    long = [r for r in found if r.length >= scale.px(LONG)]
    kept = long + row_alone([r for r in found if scale.px(STUB) <= r.length < scale.px(LONG)], long, scale.px(TOUCH))
    short = [r for r in found if r not in kept]
    while joining := [r for r in short if hangs_on(r, kept, scale)]:
        kept += joining
        short = [r for r in short if r not in joining]
    return kept


def row_alone(short: Sequence[Ruling], long: Sequence[Ruling], touch: float) -> list[Ruling]:
    """The short strokes down the page that part the only row between two that stand across the columns: several begin
    and end together, each in line with a ruling of its column."""
    down = [
        ruling
        for ruling in short
        if not ruling.horizontal
        and any(not other.horizontal and abs(other.x0 - ruling.x0) <= 2 * touch for other in long)
    ]
    return [
        ruling
        for ruling in down
        if sum(max(abs(o.y0 - ruling.y0), abs(o.y1 - ruling.y1)) <= 2 * touch for o in down) >= TOGETHER
    ]


def hangs_on(ruling: Ruling, others: Sequence[Ruling], scale: Scale) -> bool:
    """Whether a short stroke goes from one ruling to another, or from one towards the cut of a page break, or stands
    under one of its column and ends at the cut."""
    free = [end for end in ends(ruling) if not meets(end, ruling, others, scale.px(TOUCH))]
    cut = len(free) == 1 and ruling.length >= scale.px(STUB) and not enclosed(free[0], ruling, others)
    return not free or cut or is_cut(ruling, others, scale)


def is_cut(ruling: Ruling, others: Sequence[Ruling], scale: Scale) -> bool:
    """Whether a short stroke down the page is the only row of its column below a merged cell, or the last one above,
    that a page break leaves: other columns end where it ends, one of its own stands in line with it."""
    if ruling.horizontal or ruling.length < scale.px(STUB):
        return False
    along = [other for other in others if not other.horizontal]
    touch = scale.px(TOUCH)
    level = [
        any(abs(end[1] - theirs[1]) <= 2 * touch for end in ends(ruling))
        for other in along
        for theirs in ends(other)
        if abs(other.x0 - ruling.x0) > touch
    ]
    return sum(level) > 1 and any(abs(other.x0 - ruling.x0) <= 2 * touch for other in along)


def enclosed(end: tuple[float, float], ruling: Ruling, others: Sequence[Ruling]) -> bool:
    """Whether another ruling across stands a little beyond a stroke's free end, as a cell's border does beyond its
    tallest characters."""
    middle_x, middle_y = (ruling.x0 + ruling.x1) / 2, (ruling.y0 + ruling.y1) / 2
    beyond = (end[0] + 2 * (end[0] - middle_x), end[1] + 2 * (end[1] - middle_y))
    return meets(beyond, ruling, others, math.dist(end, beyond))


def ends(ruling: Ruling) -> tuple[tuple[float, float], tuple[float, float]]:
    return (ruling.x0, ruling.y0), (ruling.x1, ruling.y1)


def meets(end: tuple[float, float], ruling: Ruling, others: Sequence[Ruling], reach: float) -> bool:
    """Whether a ruling across `ruling` passes its end."""
    x, y = end
    return any(
        other.horizontal != ruling.horizontal
        and min(other.x0, other.x1) - reach <= x <= max(other.x0, other.x1) + reach
        and min(other.y0, other.y1) - reach <= y <= max(other.y0, other.y1) + reach
        for other in others
    )


def resized(ruling: Ruling, factor: float) -> Ruling:
    """In pixels of the image given, whose pixels are `factor` times finer."""
    shift = (factor - 1) / 2
    x0, y0, x1, y1 = (v * factor + shift for v in (ruling.x0, ruling.y0, ruling.x1, ruling.y1))
    return replace(ruling, x0=x0, y0=y0, x1=x1, y1=y1, thickness=ruling.thickness * factor)
