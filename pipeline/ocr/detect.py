"""Finds the text lines of an upright, straight page: a network paints where text stands, this boxes the patches.

Post-processing follows "Real-time Scene Text Detection with Differentiable Binarization" (Liao et al., AAAI 2020): its
network shrinks each line by a fixed share; `grown` undoes that. Boxes are upright, since pages are straightened before.

>>> grown(Box(0, 0, 30, 10))
Box(x0=-6.0, y0=-6.0, x1=36.0, y1=16.0)
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.components import components
from pipeline.model.source import Box
from pipeline.ocr.engine import Pixels
from pipeline.ocr.extent import STRIDE, part_printed
from pipeline.ocr.network import DEFAULT, Array, Compute, opened
from pipeline.scaling import shrunk

Painted: TypeAlias = npt.NDArray[np.float32]

LONG_SIDE = 1280  # more gains nothing, 960 loses table digits on worn pages
TEXT = 0.3  # a pixel is text
TEXT_RAW = math.log(TEXT / (1 - TEXT))  # the same before the sigmoid
SURE = 0.5  # a patch is text: the mean over its box
FULL = 0.75  # of its box: a bar, as the patch of one line is
LONG = 0.5  # of a patch's longest pixel row: part of a line and not of what hangs from it
SMALLEST = 3  # pixels of the painted map: less is a speck
LEVELS = np.arange(256).astype(np.float32) / np.float32(127.5) - np.float32(1.0)  # the network's of each grey level
GROWTH = 1.6  # how far a patch falls short of its line, as a ratio of area to circumference


class Detector:
    """Finds text lines with a DB network."""

    def __init__(self, model: Path, compute: Compute = DEFAULT, long_side: int = LONG_SIDE) -> None:
        self.network = opened(model, compute)
        self.long_side = long_side

    def find(self, image: Pixels) -> tuple[Box, ...]:
        """The boxes of text lines, top to bottom, then left to right."""
        height, width = image.shape[:2]
        small = reduced(image, self.long_side)
        rows, columns = part_printed(small)
        painted = self.network(blob_of(small[rows, columns]))[0, 0]
        across, down = width / small.shape[1], height / small.shape[0]
        found = (moved(grown(box), columns.start, rows.start) for box in patches(painted, self.network.raw))
        boxes = (scaled(box, across, down, width, height) for box in found)
        return tuple(sorted(boxes, key=lambda box: (box.y0, box.x0)))


def reduced(image: Pixels, long_side: int) -> Pixels:
    """The image's light, at most `long_side` long, its sides multiples of STRIDE."""
    height, width = image.shape[:2]
    scale = min(1.0, long_side / max(height, width))
    wide, high = (max(STRIDE, round(side * scale / STRIDE) * STRIDE) for side in (width, height))
    return shrunk(np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8), wide, high)


def blob_of(grey: Pixels) -> Array:
    """The picture as the network wants it: three channels of values -1 to 1."""
    blob = np.empty((1, 3, *grey.shape), np.float32)
    cv2.LUT(grey, LEVELS, blob[0, 0])
    blob[0, 1:] = blob[0, 0]
    return blob


def patches(painted: Painted, raw: bool = False) -> Iterator[Box]:
    """The upright boxes around the map's patches of text; `raw`: the map lacks its sigmoid."""
    text = cv2.dilate((painted > (TEXT_RAW if raw else TEXT)).view(np.uint8), np.ones((2, 2), np.uint8))
    labels, boxes = components(text, 8)
    for label, (x, y, width, height, area) in enumerate(boxes.tolist()):
        if label and min(width, height) >= SMALLEST:
            box = Box(x, y, x + width, y + height)
            rows = [box] if area >= FULL * box.area else rows_of(np.asarray(crop(labels, box) == label), box)
            yield from (row for row in rows if sureness(crop(painted, row), raw) > SURE)


def sureness(painted: Painted, raw: bool) -> float:
    """How sure the network is of a patch, on average."""
    return float((1 / (1 + np.exp(-painted)) if raw else painted).mean())


def rows_of(patch: npt.NDArray[np.bool_], box: Box) -> Iterator[Box]:
    """The rows of a patch that is no bar: two rows that touch, or one from which part of a seal hangs."""
    counts = patch.sum(axis=1)
    long = np.flatnonzero(counts >= LONG * counts.max())
    for run in np.split(long, np.flatnonzero(np.diff(long) > 1) + 1):
        if len(run) >= SMALLEST:
            left, *_, right = np.flatnonzero(patch[run[0] : run[-1] + 1].any(axis=0))
            yield Box(box.x0 + int(left), box.y0 + int(run[0]), box.x0 + int(right) + 1, box.y0 + int(run[-1]) + 1)


def crop(painted: npt.NDArray[Any], box: Box) -> npt.NDArray[Any]:
    return painted[int(box.y0) : int(box.y1), int(box.x0) : int(box.x1)]


def grown(box: Box) -> Box:
    """The box around the whole line whose shrunken core is `box`."""
    by = box.area * GROWTH / (2 * (box.width + box.height))
    return Box(box.x0 - by, box.y0 - by, box.x1 + by, box.y1 + by)


def moved(box: Box, dx: int, dy: int) -> Box:
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def scaled(box: Box, across: float, down: float, width: float, height: float) -> Box:
    """The box of the painted map on the page, within the page."""
    return Box(
        max(0.0, box.x0 * across), max(0.0, box.y0 * down), min(width, box.x1 * across), min(height, box.y1 * down)
    )
