"""Dust on the scanner's glass: black specks that are read as points (.6 for 6, 196.00. for 196.00), taken away.

A worn or pale print is grey all over, and what is small in it is greyer still, for a scanner blurs: no point is darker
than the strokes and ruling lines around it. Dust is. So a tiny spot that stands alone and is clearly darker than all
the print near it was never printed, and is filled with what lies around it. A speck on a stroke stays, and so does
every speck beside deep black print, which is as dark, and what has ink on its left and on its right: a thin font's
points are darker than its strokes.

>>> page = np.full((400, 400, 3), 190, np.uint8)
>>> page[100:104, 50:350] = 110
>>> page[200:202, 200:202] = 40
>>> int(without_specks(page).min())
110
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.components import components

Image: TypeAlias = NDArray[np.uint8]
Place: TypeAlias = tuple[slice, slice]

SAMPLE = 3  # every third row and column is enough to tell
RIM = 0.08  # of the page at each side: shadows and the scanner's lid are darker than any print
DARKEST = 0.1  # per cent of the page's middle that is darker than its print at most: dust, and noise
DARKER = 0.2  # of the contrast between paper and print by which a speck is darker than the print
FAINTEST = 40.0  # grey levels between paper and print, or there is nothing to compare with
LARGEST = 0.03  # inches; a speck
SPREAD = 0.4  # of a speck's darkness, to which it reaches: a stroke's core is in the midst of larger ink at this level
NEAR = 0.4  # inches: within this there is print that a speck can be compared with, or no harm in it
FEW = 15  # pixels as dark as a speck that may lie near it: other specks, on strokes
BESIDE = 0.05  # inches: within this a point of a figure has its digits on both sides
AROUND = np.ones((5, 5), np.uint8)  # two pixels around a speck that are mixed with paper
MOST = 2000  # specks; a page with more is no dusty page but a picture or a screen


@dataclass(frozen=True, slots=True, eq=False)
class Spot:
    """A small spot of ink that stands alone: its surroundings, where in them it is (1), and how dark."""

    place: Place
    mask: Image
    level: int


def without_specks(pixels: Image, dpi: int = 200) -> Image:
    """The page without the spots that are too small to be so dark; the same array where there are none."""
    grey = np.ascontiguousarray(pixels[:, :, 1])
    spots = list(spots_of(grey, max(2, round(LARGEST * dpi))))
    print_alone = filled(grey, spots)
    specks = [spot for spot in spots if is_speck(spot, print_alone, dpi)]
    if not specks:
        return pixels
    out = pixels.copy()
    for speck in specks:
        out[speck.place] = cv2.inpaint(out[speck.place], speck.mask, AROUND.shape[0] // 2, cv2.INPAINT_TELEA)
    return out


def spots_of(grey: Image, reach: int) -> Iterator[Spot]:
    """The spots up to this size that are darker than the page's print usually is."""
    for x, y, width, height in dark_cores(grey, darker_than_print(grey), reach):
        left, top = max(0, x - 2 * reach), max(0, y - 2 * reach)
        place = slice(top, y + height + 2 * reach), slice(left, x + width + 2 * reach)
        core = slice(y - top, y - top + height), slice(x - left, x - left + width)
        mask = alone(grey[place], core, reach)
        if mask is not None:
            yield Spot(place, np.asarray(cv2.dilate(mask, AROUND), np.uint8), int(grey[place][core].min()))


def darker_than_print(grey: Image) -> float:
    """The level below which little is printed; 0 on a page in deep black."""
    height, width = grey.shape
    rows, columns = (slice(round(RIM * side), side - round(RIM * side), SAMPLE) for side in (height, width))
    middle = grey[rows, columns]
    darkest, paper = (float(level) for level in np.percentile(middle, (DARKEST, 50))) if middle.size else (0.0, 0.0)
    return max(0.0, darkest - DARKER * (paper - darkest)) if paper - darkest >= FAINTEST else 0.0


def dark_cores(grey: Image, limit: float, reach: int) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of each small patch below the limit; none on a page that is full of them."""
    dark = cv2.threshold(grey, limit - 1, 1, cv2.THRESH_BINARY_INV)[1] if limit >= 1 else np.zeros((1, 1), np.uint8)
    if not cv2.countNonZero(dark):
        return []
    boxes = components(dark, 8).boxes[1:]
    small = boxes[(boxes[:, 2:4] <= reach).all(axis=1), :4].tolist()
    return [(x, y, width, height) for x, y, width, height in small] if len(small) <= MOST else []


def alone(piece: Image, place: Place, reach: int) -> Image | None:
    """The spot (1) at this place of the piece; None where it is the core of a stroke, or touches one."""
    core = piece[place]
    paper, darkest = float(np.median(piece)), float(core.min())
    inked = (piece < paper - SPREAD * (paper - darkest)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    label = int(labels[place][core == core.min()][0])
    left, top, width, height = (int(v) for v in stats[label, :4])
    cut_off = min(left, top) == 0 or left + width == piece.shape[1] or top + height == piece.shape[0]
    small = label > 0 and max(width, height) <= reach
    return np.asarray(labels == label, np.uint8) if small and not cut_off else None


def filled(grey: Image, spots: Iterable[Spot]) -> Image:
    """The page's light without the spots."""
    out = grey.copy()
    for spot in spots:
        out[spot.place][spot.mask > 0] = 255
    return out


def is_speck(spot: Spot, print_alone: Image, dpi: int) -> bool:
    """Whether the spot is darker than the print near it, and stands where no figure has its point."""
    return is_darker(spot, print_alone, round(NEAR * dpi)) and not is_between(spot, print_alone, round(BESIDE * dpi))


def is_darker(spot: Spot, print_alone: Image, near: int) -> bool:
    """Whether the spot is darker than all the print near it."""
    rows, columns = (slice(max(0, side.start - near), side.stop + near) for side in spot.place)
    around = print_alone[rows, columns]
    darkest = float(np.partition(around, FEW, axis=None)[FEW]) if around.size > FEW else 0.0
    paper = float(np.median(around))
    return spot.level < darkest - DARKER * (paper - darkest)


def is_between(spot: Spot, print_alone: Image, beside: int) -> bool:
    """Whether ink stands close to the spot on its left and on its right, as it does beside the point of a figure."""
    rows, columns = spot.place
    y, x = np.nonzero(spot.mask)
    band = slice(max(0, rows.start + int(y.min()) - beside), rows.start + int(y.max()) + 1)
    left, right = columns.start + int(x.min()), columns.start + int(x.max()) + 1
    around = print_alone[band, max(0, left - beside) : right + beside]
    paper = float(np.median(around))
    inked = paper - max(SPREAD * (paper - float(around.min())), FAINTEST / 2)
    sides = print_alone[band, max(0, left - beside) : left], print_alone[band, right : right + beside]
    return all(side.size > 0 and float(side.min()) < inked for side in sides)
