"""Round seals on pages without colour: where their rings are, and the page without them.

A fax or a black and white copy turns the red of a seal into black, the same as the print below it. What sets a seal
apart then is its shape: a ring of 30 to 48 mm (公章 have 40 or 42 mm, 国发〔1999〕25号), one stroke of even thickness.
Left as it is, it joins rows of print, so that they are not found. Where they are looked for it is painted over with
paper; strokes of print that cross it, with ink on both its sides, and ruling lines along it stay. They are read with
the ring in sight, for painting over takes print as well, and what stands under the seal is doubtful. A seal across the
edges of pages (骑缝章) leaves an arc on each: that is enough.

>>> page = np.full((600, 600, 3), 255, np.uint8)
>>> _ = cv2.circle(page, (300, 280), 160, (0, 0, 0), 8)
>>> len(find(page)), int(without_rings(page, find(page)).min())
(1, 255)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.source import Box
from pipeline.scaling import shrunk

Image: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[Any]
Grey: TypeAlias = NDArray[np.float32]

COARSE_DPI = 25  # at which a ring is a pixel thick, and quickly looked for
SMALLEST, LARGEST = 14.0, 24.5  # millimetres; radii of seals
SIZES = 32  # coarse pixels: framed pages are filled up to a multiple
PAPER_REACH = 15  # coarse pixels within which paper shows between print
LIKELY = 0.42  # darkness along a coarse ring; lines of print reach half of it
SEALS = 8  # on one page at most
ON_PAGE = 0.25  # of a ring: less of it is not recognised on the edge of a page
INK = 0.6  # of the paper's light
ANGLES = 720
NEAR = (0.07, 0.04, 0.02)  # inches between a stroke and the ring's curve, as the curve is laid closer
THICKEST = 0.09  # inches
RING = 0.55  # of the angles on the page at which the stroke is seen
EVEN = 0.5  # of its thickness, by which a ring's stroke may differ from it at one angle
FRINGE = 2.5  # pixels of grey at either side of the stroke
OUTMOST = 1.1  # of the radius: a box is larger than its text
LONGER, GAP = 1.4, 7  # times the ring's level stroke: a ruling; pixels that may be missing in it
CROSSING = 1.4  # times the ring's width: the way on which a slanting stroke crosses it


@dataclass(frozen=True, slots=True, eq=False)
class Ring:
    """A ring: its middle, the radius of its stroke's middle at each angle, and the stroke's thickness, in pixels."""

    x: float
    y: float
    radii: Floats
    thickness: float

    @property
    def box(self) -> Box:
        """The box around the ring, stroke and all."""
        x, y = self.outline(self.thickness / 2)
        return Box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))

    @property
    def radius(self) -> float:
        return float(self.radii.mean())

    def holds(self, box: Box) -> bool:
        """Whether all of the box lies inside the ring, or on its stroke."""
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.y0, box.y1)]
        return all(np.hypot(x - self.x, y - self.y) <= OUTMOST * self.radius for x, y in corners)

    def touches(self, box: Box) -> bool:
        """Whether the box reaches into the ring."""
        x, y = min(max(self.x, box.x0), box.x1), min(max(self.y, box.y0), box.y1)
        return bool(np.hypot(x - self.x, y - self.y) <= self.radius + self.thickness)

    def outline(self, outwards: float = 0.0) -> tuple[Floats, Floats]:
        """Points along the stroke's middle, or so far outwards of it."""
        radii = self.radii + outwards
        return self.x + np.cos(turn()) * radii, self.y + np.sin(turn()) * radii


def without_rings(pixels: Image, found: Sequence[Ring]) -> Image:
    """The page with paper where the rings' strokes were; the same array where there are none."""
    if not found:
        return pixels
    out = pixels.copy()
    paper = np.median(pixels[::7, ::7].reshape(-1, pixels.shape[2]), axis=0)
    ink = ink_of(pixels)
    for ring in found:
        rows, columns = window(ring, ink)
        out[rows, columns][stroke_of(ring, ink)] = paper
    return out


def with_rings(cleared: Image, pixels: Image, found: Sequence[Ring]) -> Image:
    """The cleared page with the rings' strokes as `pixels` shows them: what was print below them is print again.

    A recogniser reads strokes below a ring better than strokes of which a ring's width is gone.
    """
    if not found:
        return cleared
    out = cleared.copy()
    ink = ink_of(pixels)
    for ring in found:
        place = window(ring, ink)
        stroke = stroke_of(ring, ink)
        out[place][stroke] = pixels[place][stroke]
    return out


def find(pixels: Image, dpi: int = 200) -> tuple[Ring, ...]:
    """The rings on the page, clearest first."""
    candidates = list(likely(coarse(pixels, dpi)))
    if not candidates:
        return ()
    ink, scale = ink_of(pixels), dpi / COARSE_DPI
    followed = (ring_at(ink, x * scale, y * scale, radius * scale, dpi) for x, y, radius in candidates)
    return tuple(ring for ring in followed if ring)


def ink_of(pixels: Image) -> Mask:
    light = pixels[..., 1]
    return np.asarray(light < INK * float(np.median(light[::7, ::7])), np.bool_)


# ---- where rings are likely


def coarse(pixels: Image, dpi: int) -> Grey:
    """How dark the page is against the paper around, 0 to 1, at COARSE_DPI."""
    size = tuple(max(1, round(side * COARSE_DPI / dpi)) for side in pixels.shape[1::-1])
    light = shrunk(cv2.extractChannel(pixels, 1), *size)
    paper = cv2.dilate(light, np.ones((PAPER_REACH, PAPER_REACH), np.uint8)).astype(np.float32)
    return np.asarray(1 - light / np.maximum(paper, 1), np.float32)


def likely(dark: Grey) -> Iterator[tuple[float, float, float]]:
    """Middle and radius of the circles along which the page is darkest."""
    reach = radii()[-1] + 2
    found = along_circles(dark, reach)
    best = found.max(axis=0)
    for _ in range(SEALS):
        y, x = (int(v) for v in np.unravel_index(int(best.argmax()), best.shape))
        if best[y, x] < LIKELY:
            return
        radius = radii()[int(found[:, y, x].argmax())]
        yield x - reach + 0.5, y - reach + 0.5, float(radius)
        cv2.circle(best, (x, y), radius // 3, 0.0, -1)


def along_circles(dark: Grey, reach: int) -> Grey:
    """For each radius the mean darkness along the circle around each pixel, as far as it lies on the page.

    The page is framed by `reach` pixels, since middles of circles may lie beside it. A circle's mean is a convolution;
    by way of the spectrum all radii take the time of two.
    """
    size = framed_size(dark.shape, reach)
    shown = spectrum(np.pad(dark, reach), size)
    rows, columns = dark.shape[0] + 2 * reach, dark.shape[1] + 2 * reach
    means = (
        np.where(share >= ON_PAGE, convolved(shown, circle)[:rows, :columns] / np.maximum(share, ON_PAGE), 0.0)
        for circle, share in zip(circle_spectra(size), shares(dark.shape, reach), strict=True)
    )
    return np.stack(list(means))


@lru_cache(maxsize=4)
def shares(shape: tuple[int, int], reach: int) -> tuple[Grey, ...]:
    """For each radius which share of the circle around each pixel lies on a page of this size."""
    size = framed_size(shape, reach)
    page = spectrum(np.pad(np.ones(shape, np.float32), reach), size)
    rows, columns = shape[0] + 2 * reach, shape[1] + 2 * reach
    return tuple(convolved(page, circle)[:rows, :columns] for circle in circle_spectra(size))


def framed_size(shape: tuple[int, ...], reach: int) -> tuple[int, int]:
    """A size that a spectrum is quickly made of; pages of almost the same size share one."""
    rows, columns = (cv2.getOptimalDFTSize(-(-(side + 2 * reach) // SIZES) * SIZES) for side in shape)
    return rows, columns


def spectrum(picture: Grey, size: tuple[int, int]) -> Grey:
    out = np.zeros(size, np.float32)
    out[: picture.shape[0], : picture.shape[1]] = picture
    return np.asarray(cv2.dft(out), np.float32)


def convolved(one: Grey, other: Grey) -> Grey:
    product = cv2.mulSpectrums(one, other, 0)
    return np.asarray(cv2.dft(product, flags=cv2.DFT_INVERSE | cv2.DFT_REAL_OUTPUT | cv2.DFT_SCALE), np.float32)


@lru_cache(maxsize=4)
def circle_spectra(size: tuple[int, int]) -> tuple[Grey, ...]:
    """The spectrum of each radius's circle, its middle in the corner."""
    return tuple(centred(circle(radius), size) for radius in radii())


def centred(kernel: Grey, size: tuple[int, int]) -> Grey:
    half, out = kernel.shape[0] // 2, np.zeros(size, np.float32)
    out[: kernel.shape[0], : kernel.shape[1]] = kernel
    return np.asarray(cv2.dft(np.roll(out, (-half, -half), axis=(0, 1))), np.float32)


def radii() -> range:
    """In coarse pixels."""
    pixels = COARSE_DPI / 25.4
    return range(round(SMALLEST * pixels), round(LARGEST * pixels) + 1)


def circle(radius: int) -> Grey:
    """The pixels of a circle, adding up to one."""
    y, x = np.mgrid[-radius - 1 : radius + 2, -radius - 1 : radius + 2]
    weight = np.maximum(0.0, 1 - np.abs(np.hypot(x, y) - radius)).astype(np.float32)
    return np.asarray(weight / weight.sum(), np.float32)


# ---- a ring's stroke


def ring_at(ink: Mask, x: float, y: float, radius: float, dpi: int) -> Ring | None:
    """The ring near that circle, its stroke followed around; None where there is no even stroke."""
    reach = 2 * NEAR[0] * dpi
    steps = np.arange(round(radius - reach), round(radius + reach))
    if not steps.size:
        return None
    rows, columns = y + np.sin(turn())[:, None] * steps, x + np.cos(turn())[:, None] * steps
    at, middles, lengths = strokes(sampled(ink, rows, columns), steps)
    thin = lengths <= THICKEST * dpi
    on_page = int(sampled(np.ones_like(ink), rows, columns)[:, len(steps) // 2].sum())
    found = laid_through(at[thin], middles[thin], radius, dpi, round(RING * on_page))
    if found is None or np.abs(found[0] - radius).max() > reach:
        return None
    radii, close = found
    thickness = float(np.median(lengths[thin][close]))
    even = np.abs(lengths[thin] - thickness) <= max(2.0, EVEN * thickness)
    return Ring(x, y, radii, thickness) if len(np.unique(at[thin][close & even])) >= RING * on_page else None


def laid_through(
    at: NDArray[np.intp], middles: Floats, radius: float, dpi: int, least: int
) -> tuple[Floats, Mask] | None:
    """The almost round curve through most strokes, as a radius for each angle, and which strokes lie on it."""
    waves = np.stack([np.ones(ANGLES), *(f(n * turn()) for n in (1, 2) for f in (np.cos, np.sin))], axis=1)
    radii, close = np.full(ANGLES, radius), np.zeros(len(at), np.bool_)
    for near in NEAR:
        close = np.asarray(np.abs(middles - radii[at]) <= near * dpi, np.bool_)
        if close.sum() < max(least, waves.shape[1]):
            return None
        radii = waves @ np.linalg.lstsq(waves[at[close]], middles[close], rcond=None)[0]
    return np.asarray(radii, np.float64), close


def turn() -> Floats:
    """The angles at which a ring is looked at."""
    return np.arange(ANGLES) * (2 * np.pi / ANGLES)


def sampled(ink: Mask, rows: Floats, columns: Floats) -> Mask:
    """The ink at these places; none beside the page."""
    row, column = np.floor(rows).astype(np.intp), np.floor(columns).astype(np.intp)
    inside = (row >= 0) & (row < ink.shape[0]) & (column >= 0) & (column < ink.shape[1])
    found = ink[np.clip(row, 0, ink.shape[0] - 1), np.clip(column, 0, ink.shape[1] - 1)]
    return np.asarray(found & inside, np.bool_)


def strokes(seen: Mask, steps: NDArray[np.intp]) -> tuple[NDArray[np.intp], Floats, Floats]:
    """Angle, middle radius and length of each run of ink along a radius."""
    edges = np.diff(np.pad(seen, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    at, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    return at, steps[0] + (starts + ends - 1) / 2, (ends - starts).astype(np.float64)


# ---- what is painted over


def window(ring: Ring, ink: Mask) -> tuple[slice, slice]:
    """The rows and columns of the page that the ring reaches."""
    box = ring.box
    rows = slice(max(0, int(box.y0) - 4), min(ink.shape[0], int(box.y1) + 5))
    return rows, slice(max(0, int(box.x0) - 4), min(ink.shape[1], int(box.x1) + 5))


def stroke_of(ring: Ring, ink: Mask) -> Mask:
    """The ring's own pixels in its window; where print crosses the ring it is left."""
    rows, columns = window(ring, ink)
    y, x = np.mgrid[rows, columns] + 0.5
    angle = (np.round(np.arctan2(y - ring.y, x - ring.x) * (ANGLES / (2 * np.pi))) % ANGLES).astype(np.intp)
    away = np.abs(np.hypot(x - ring.x, y - ring.y) - ring.radii[angle])
    band = np.asarray(away <= ring.thickness / 2 + FRINGE, np.bool_)
    around = ink[rows, columns]
    return band & ~crossing(around, band, ring.thickness + 2 * FRINGE) & ~along_rulings(around, ring)


def along_rulings(ink: Mask, ring: Ring) -> Mask:
    """The ink of ruling lines: straight for longer than the ring's own stroke is where it lies level or upright."""
    length = round(LONGER * 2 * float(np.sqrt(2 * ring.radius * ring.thickness)))
    inked = ink.astype(np.uint8)
    across, down = np.ones((1, GAP), np.uint8), np.ones((GAP, 1), np.uint8)
    level = cv2.morphologyEx(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, across), cv2.MORPH_OPEN, np.ones((1, length)))
    upright = cv2.morphologyEx(cv2.morphologyEx(inked, cv2.MORPH_CLOSE, down), cv2.MORPH_OPEN, np.ones((length, 1)))
    return np.asarray((np.maximum(level, upright) > 0) & ink, np.bool_)


def crossing(ink: Mask, band: Mask, width: float) -> Mask:
    """What of the band's ink joins strokes on both its sides, along a straight line."""
    beside = (ink & ~band).astype(np.uint8)
    strokes_across = directions(round(CROSSING * width))
    joined = np.stack([cv2.morphologyEx(beside, cv2.MORPH_CLOSE, kernel) for kernel in strokes_across])
    return np.asarray(joined.any(axis=0) & ink & band, np.bool_)


def directions(length: int) -> Iterator[Image]:
    """Straight strokes of that length in eight directions."""
    for angle in np.arange(8) * (np.pi / 8):
        across, down = (round(float(f(angle)) * length / 2) for f in (np.cos, np.sin))
        side = length // 2 + 1
        kernel = np.zeros((2 * side + 1, 2 * side + 1), np.uint8)
        yield np.asarray(cv2.line(kernel, (side - across, side - down), (side + across, side + down), 1), np.uint8)
