"""Turns a scanned page upright and straight.

Sheets go through the feeder sideways, upside down and a little askew. Printed lines leave gaps between each other, so
the page's ink, projected along them, has the sharpest profile: that tells their direction and the skew. Chinese commas
and full stops stand alone at the foot of a line; at its head, the page is upside down. Where a page has too few of
them (tables, covers), the caller's recogniser tells which way round a few lines are more legible.

>>> page = np.full((300, 400, 3), 255, np.uint8)
>>> page[40:260:40, 60:340] = page[50:270:40, 60:340] = 0
>>> upright(page).skew
0.0
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.source import Box
from pipeline.ocr.bands import footing, ink_of, line_crops, lines_of, print_of, stands_close
from pipeline.scaling import shrunk

Image: TypeAlias = NDArray[np.uint8]
Legible: TypeAlias = Callable[[Sequence[Image]], float]
Affine: TypeAlias = tuple[float, float, float, float, float, float]

WORKING_SIDE = 1800  # pixels on the longer side while measuring: commas of small print are 5 pixels high
POINTS = 30_000  # of ink that are projected at most
STEEPEST = 5.0  # degrees of skew that are looked for
LEAST_POINTS = 300  # of ink, or nothing can be measured
SHARPER = 1.01  # times as sharp as unturned: what a skew must bring
COARSE, FINE = 0.25, 0.02
FEW = 3  # one point in so many says about which angle it is
PEAKED = 6  # power that a peak's flanks are raised to before its middle is taken
GOLDEN = 0.618  # spreads points over their pixel, or whole pixels would favour an angle of exactly 0
NEGLIGIBLE = 0.05  # degrees; straightening less only blurs
TILE = 128  # pixels: a few lines of print
PLAINLY = 1.5  # times as sharp on a picture of half the size: there is no need to look at the whole
CLEARLY = 1.2  # times as sharp: the profile along the lines against the one across them
ENOUGH_MARKS = 6  # of punctuation, to tell head from foot
SPARSE = 8  # one pixel in so many, each way
TINT = 24  # levels between the channels of tinted paper; a seal's are far more apart
MOSTLY = 0.6  # of the page: where so much is coloured, light alone saves no work
MORE_LEGIBLE = 0.05  # by how much more legible a page must be when turned over
SIDEWAYS = 0.1  # and when turned aside: figures below each other, which are columns of a table, are legible too
A_LITTLE = 0.01  # the same, where the profiles speak for turning: single characters below each other are legible too
LONGER = 1.5  # times as long as the page's longest lines are those of the page turned aside
FAR_LONGER = 5.0  # and so much longer that theirs are no lines: a digit or two, however legible
SHORTEST = 150  # pixels: fewer of print, a seal's character or two, speak for no turning
DECIDED = 0.25  # by how much more legible one line is, that no other needs to be asked

IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Upright:
    """The page as it is read, by how much it lay turned and askew (degrees clockwise), the way back to it, and the
    lines of print that were seen on it, in its pixels."""

    pixels: Image
    rotation: int = 0
    skew: float = 0.0
    matrix: Affine = IDENTITY
    printed: tuple[Box, ...] = ()


class Lie(NamedTuple):
    """How a page lies, and the lines of print on it once it is upright, in shares of its width and height."""

    rotation: int
    skew: float
    printed: tuple[Box, ...]


def upright(pixels: Image, legible: Legible | None = None) -> Upright:
    """The page turned upright and straightened; `legible` scores how well a recogniser reads some lines."""
    rotation, skew, shares = lie(pixels, legible)
    turned = np.ascontiguousarray(np.rot90(pixels, rotation // 90)) if rotation else pixels
    back = turn_matrix(rotation, *turned.shape[1::-1])
    if abs(skew) < NEGLIGIBLE:
        return Upright(turned, rotation, 0.0, back, on_page(shares, turned))
    straight, tilt = straightened(turned, skew)
    return Upright(straight, rotation, skew, composed(back, tilt), on_page(shares, straight))


def on_page(shares: Sequence[Box], page: Image) -> tuple[Box, ...]:
    height, width = page.shape[:2]
    return tuple(Box(box.x0 * width, box.y0 * height, box.x1 * width, box.y1 * height) for box in shares)


def lie(pixels: Image, legible: Legible | None = None) -> Lie:
    """By how many degrees clockwise the page lies turned (0, 90, 180, 270) and how far askew."""
    small = reduced(grey(pixels))
    rotation = 90 if runs_down(small, legible) else 0
    skew = measured_skew(ink_of(np.ascontiguousarray(np.rot90(small, rotation // 90))))
    straight = turned_straight(small, rotation, skew)
    ink = print_of(straight)
    lines = lines_of(ink)
    height, width = straight.shape[:2]
    shares = [Box(line.x0 / width, line.y0 / height, line.x1 / width, line.y1 / height) for line in lines]
    if is_upside_down(straight, ink, lines, legible):
        rotation += 180
        shares = [Box(1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0) for box in shares]
    return Lie(rotation, round(skew, 2), tuple(shares))


def grey(pixels: Image) -> Image:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def runs_down(pixels: Image, legible: Legible | None) -> bool:
    """Whether the lines run down the page instead of across it.

    No profile turns a page on its own word, and a page higher than wide only if it is far more legible then: in narrow
    columns of a table single characters stand below each other, and are read as well turned as upright. Of two ways to
    read a page wider than high, its own is that with the longer lines, for figures below each other in a table make
    short ones, or the one in which characters stand close.
    """
    half = shrunk(pixels, max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2))
    if across_to_down(print_of(half)) >= PLAINLY:
        return False
    evenness = across_to_down(print_of(pixels))
    if legible is None or evenness >= CLEARLY:
        return evenness < 1
    high = pixels.shape[0] > pixels.shape[1]
    turned, as_is = (most_legible(way, legible) for way in (turned_straight(pixels, 90, 0.0), pixels))
    less = SIDEWAYS if turned.length > FAR_LONGER * as_is.length else A_LITTLE
    as_well = evenness < 1 and not high and turned.share > as_is.share - less
    if as_well and (turned.length > LONGER * as_is.length or (turned.close and not as_is.close)):
        return True
    lead = turned.share - as_is.share
    return lead > SIDEWAYS and turned.length >= SHORTEST if evenness >= 1 or high else lead > A_LITTLE


def across_to_down(ink: NDArray[np.bool_]) -> float:
    """How much sharper the ink's profile is along rows than along columns, tile by tile.

    Tiles, because columns of a table hold lines at different heights.
    """
    rows, columns = (n // TILE * TILE for n in ink.shape)
    tiles = ink[:rows, :columns].reshape(rows // TILE, TILE, columns // TILE, TILE)
    along_rows, along_columns = (tiles.sum(axis=axis, dtype=np.int64) for axis in (3, 1))
    return float((along_rows**2).sum() + 1) / float((along_columns**2).sum() + 1)


class Legibility(NamedTuple):
    """How surely a page's longest lines can be read (0 to 1), how long they are (pixels), and whether in any of all its
    lines characters stand close."""

    share: float
    length: int
    close: bool


def most_legible(pixels: Image, legible: Legible) -> Legibility:
    """The better of both ways round."""
    ink = print_of(pixels)
    lines = lines_of(ink)
    close = [line for line in lines if stands_close(ink, line)]
    crops = line_crops(pixels, close or lines)
    share = max(legible(crops), legible(overturned(crops))) if crops else 0.0
    return Legibility(share, sum(crop.shape[1] for crop in crops), bool(close))


def overturned(crops: Sequence[Image]) -> list[Image]:
    return [np.ascontiguousarray(np.rot90(crop, 2)) for crop in crops]


def turned_straight(pixels: Image, rotation: int, skew: float) -> Image:
    turned = np.ascontiguousarray(np.rot90(pixels, rotation // 90))
    return straightened(turned, skew, cv2.INTER_LINEAR)[0] if abs(skew) >= NEGLIGIBLE else turned


def reduced(pixels: Image) -> Image:
    """A copy that is small enough to be measured quickly."""
    factor = WORKING_SIDE / max(pixels.shape[:2])
    if factor >= 1:
        return pixels
    return shrunk(pixels, max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))


def measured_skew(ink: NDArray[np.bool_]) -> float:
    """The angle in degrees at which the ink's feet fall into the sharpest profile."""
    feet = ink[:-1] & ~ink[1:]
    y, x = np.nonzero(feet)
    if len(y) < LEAST_POINTS:
        return 0.0
    step = max(1, len(y) // POINTS)
    y, x = y[::step].astype(np.float32), x[::step].astype(np.float32)
    y = y + (np.arange(len(y)) * GOLDEN % 1).astype(np.float32)

    def sharpness(angle: float, every: int = 1) -> float:
        return profile_sharpness(y[::every] - x[::every] * math.tan(math.radians(angle)))

    coarse = max(np.arange(-STEEPEST, STEEPEST + COARSE, COARSE), key=lambda angle: sharpness(angle, FEW))
    angles = np.arange(coarse - COARSE, coarse + COARSE + FINE / 2, FINE)
    peak = np.array([sharpness(angle) for angle in angles])
    if peak.max() < SHARPER * sharpness(0.0) or abs(coarse) >= STEEPEST:
        return 0.0
    weight = ((peak - peak.min()) / max(1e-9, float(np.ptp(peak)))) ** PEAKED
    return float((angles * weight).sum() / weight.sum())


def profile_sharpness(heights: NDArray[np.float32]) -> float:
    """How much the points gather in rows; a point counts for the two rows that it lies between."""
    shifted = heights - heights.min()
    row = np.floor(shifted).astype(np.int64)
    share = shifted - row
    size = int(row.max()) + 2
    counts = np.bincount(row, 1 - share, size) + np.bincount(row + 1, share, size)
    return float((counts**2).sum())


def is_upside_down(pixels: Image, ink: NDArray[np.bool_], lines: Sequence[Box], legible: Legible | None) -> bool:
    """By where the punctuation stands or, where that doesn't tell, by what is more legible; dust above lines is no
    punctuation, so that a page is not turned over if it is more legible as it is."""
    feet, heads = footing(ink, lines)
    told = max(feet, heads) >= ENOUGH_MARKS and not 1 / 3 < (feet + 1) / (heads + 1) < 3
    if told and (feet > heads or legible is None):
        return heads > feet
    return legible is not None and lead_overturned(line_crops(pixels, lines), legible) > (0 if told else MORE_LEGIBLE)


def lead_overturned(crops: Sequence[Image], legible: Legible) -> float:
    """By how much more legible the lines are when turned over; the first that leaves no doubt decides, and so does one
    that could hardly be more legible."""
    leads: list[float] = []
    for crop in crops:
        as_is = legible([crop])
        if as_is > 1 - MORE_LEGIBLE:
            return 0.0
        leads.append(legible(overturned([crop])) - as_is)
        if abs(leads[-1]) > DECIDED:
            return leads[-1]
    return sum(leads) / len(leads) if leads else 0.0


def straightened(pixels: Image, skew: float, how: int = cv2.INTER_CUBIC) -> tuple[Image, Affine]:
    """The page turned back by `skew` degrees on a sheet large enough for all of it, and the way back."""
    height, width = pixels.shape[:2]
    cos, sin = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    wide = math.ceil(width * cos + height * abs(sin))
    high = math.ceil(height * cos + width * abs(sin))
    c = width / 2 - cos * wide / 2 + sin * high / 2
    f = height / 2 - sin * wide / 2 - cos * high / 2
    back = (cos, -sin, c, sin, cos, f)
    out = turned_on(pixels, back, (wide, high), how | cv2.WARP_INVERSE_MAP)
    return out, back


def turned_on(pixels: Image, back: Affine, size: tuple[int, int], flags: int) -> Image:
    """The picture on a white sheet of width x height, `back` leading from there to it. Outside its coloured part its
    light alone, a third of the work, says all of it."""
    part = coloured(pixels) if pixels.ndim == 3 else None
    if pixels.ndim == 2 or (part and part.area > MOSTLY * pixels.shape[0] * pixels.shape[1]):
        return warped(pixels, back, size, flags)
    out = np.asarray(cv2.cvtColor(warped(grey(pixels), back, size, flags), cv2.COLOR_GRAY2BGR), np.uint8)
    if part:
        rows, columns = (slice(*span) for span in reached(part, back, size))
        a, b, c, d, e, f = back
        left, top = columns.start, rows.start
        shifted = (a, b, c + a * left + b * top, d, e, f + d * left + e * top)
        out[rows, columns] = warped(pixels, shifted, (columns.stop - left, rows.stop - top), flags)
    return out


def warped(pixels: Image, back: Affine, size: tuple[int, int], flags: int) -> Image:
    white = (255, 255, 255)
    return np.asarray(cv2.warpAffine(pixels, between_centres(back), size, flags=flags, borderValue=white), np.uint8)


def coloured(pixels: Image) -> Box | None:
    """The part of the page that has more hues than that of its paper, if any."""
    blue, green, red = (pixels[::SPARSE, ::SPARSE, channel] for channel in range(3))
    highest, lowest = (bound(bound(blue, green), red) for bound in (np.maximum, np.minimum))
    tints = highest - lowest > TINT
    rows, columns = (np.flatnonzero(tints.any(axis=axis)) * SPARSE for axis in (1, 0))
    if not len(rows):
        return None
    return Box(columns[0] - SPARSE, rows[0] - SPARSE, columns[-1] + 2 * SPARSE, rows[-1] + 2 * SPARSE)


def reached(part: Box, back: Affine, size: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The rows and columns of a sheet of this width and height that show the part, `back` leading from it there."""
    corners = np.array([(x, y, 1.0) for x in (part.x0, part.x1) for y in (part.y0, part.y1)])
    spans = []
    for places, most in zip((np.linalg.inv(as_matrix(back)) @ corners.T)[:2], size, strict=True):
        spans.append((max(0, math.floor(places.min())), min(most, math.ceil(places.max()) + 1)))
    return spans[1], spans[0]


def between_centres(matrix: Affine) -> NDArray[np.float64]:
    """The matrix for OpenCV, which counts from pixels' centres where a `Frame` counts from their corners."""
    a, b, c, d, e, f = matrix
    return np.array([[a, b, c + (a + b - 1) / 2], [d, e, f + (d + e - 1) / 2]])


def turn_matrix(rotation: int, width: int, height: int) -> Affine:
    """From the upright image (width x height) to the page that lies turned clockwise by `rotation`."""
    return {
        0: IDENTITY,
        90: (0.0, -1.0, float(height), 1.0, 0.0, 0.0),
        180: (-1.0, 0.0, float(width), 0.0, -1.0, float(height)),
        270: (0.0, 1.0, 0.0, -1.0, 0.0, float(width)),
    }[rotation]


def composed(outer: Affine, inner: Affine) -> Affine:
    """First `inner`, then `outer`."""
    product: NDArray[Any] = as_matrix(outer) @ as_matrix(inner)
    a, b, c, d, e, f = (float(v) for v in product[:2].ravel())
    return a, b, c, d, e, f


def as_matrix(affine: Affine) -> NDArray[np.float64]:
    return np.array([affine[:3], affine[3:], (0.0, 0.0, 1.0)])
