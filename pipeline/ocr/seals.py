"""Red seals: where they are, and the page without them.

A company stamps its round red seal over its name, the date, even the amounts. In the red channel of the image the seal
is almost as light as paper, and print below it stays dark. So the red channel replaces the colours where a seal is, and
the grey that the seal leaves in it is lifted in proportion to the redness, once that is as sharp as the page's light.
Print in red (a red heading) and blue or violet ink stay as they are.

>>> page = np.full((300, 300, 3), 255, np.uint8)
>>> cv2.circle(page, (150, 150), 90, (40, 30, 210), 8) is page
True
>>> find(page), int(without_seals(page).min()) > 240
((Box(x0=56, y0=56, x1=248, y1=248),), True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.model.source import Box

Image: TypeAlias = NDArray[np.uint8]

RED = 30  # levels by which a seal's red exceeds its green and blue
STRONG = 70  # levels; surely the seal's own ink
SPARSE = 8  # one pixel in so many, each way: many of a seal's are among them
SHRINK = 4  # how much smaller the page is when seals are looked for
LEAST_RED = 0.0003  # of the page, or there is nothing to look for
LEAST_HEIGHT = 0.42  # inches of a seal (or of what stands of it on this page); print is lower
TOGETHER = 0.08  # inches between the parts of one seal
FRINGE = 0.03  # inches around red ink where the scan still mixes it with paper
LEAST_DARK = 6.0  # grey levels: noise of the paper, in which no redness gathers
CHROMA_BLUR = 1.0  # pixels
RED_OF_REDNESS = 0.7  # of the redness stands in the red channel, if the light stays the same (ITU-R BT.601)
MOST_LIFT = 1.0  # grey levels for each level of redness


def find(pixels: Image, dpi: int = 200) -> tuple[Box, ...]:
    """The seals on the page, from top to bottom; not exact to the pixel."""
    if not (redness(pixels[::SPARSE, ::SPARSE]) > RED).any():
        return ()
    small = redness(shrunk(pixels)) > RED
    if small.mean() < LEAST_RED:
        return ()
    reach = max(1, round(TOGETHER * dpi / SHRINK))
    grown = cv2.dilate(small.astype(np.uint8), np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    labels = np.asarray(cv2.connectedComponents(grown)[1], np.int32)
    labels[~small] = 0
    return tuple(box for box in boxes_of(labels) if box.height >= LEAST_HEIGHT * dpi)


def shrunk(pixels: Image) -> Image:
    """The page's squares of SHRINK pixels, each one's mean; by whole squares it takes an eighth of the time."""
    height, width = (max(1, side // SHRINK) for side in pixels.shape[:2])
    squares = pixels[: height * SHRINK, : width * SHRINK]
    return np.asarray(cv2.resize(squares, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def boxes_of(labels: NDArray[np.int32]) -> Iterator[Box]:
    """The box of each label in pixels of the page."""
    for label in range(1, int(labels.max()) + 1):
        y, x = np.nonzero(labels == label)
        if len(y):
            corners = (int(x.min()), int(y.min()), int(x.max()) + 1, int(y.max()) + 1)
            yield Box(*(corner * SHRINK for corner in corners))


def redness(pixels: Image) -> NDArray[np.int16]:
    """By how many levels red exceeds both green and blue."""
    blue, green, red = cv2.split(pixels)
    return np.asarray(cv2.subtract(red, cv2.max(green, blue)), np.int16)


def without_seals(pixels: Image, dpi: int = 200, found: Sequence[Box] | None = None) -> Image:
    """The page with grey print where seals were; the same array where there are none. `found` spares looking again."""
    boxes = find(pixels, dpi) if found is None else found
    if not boxes:
        return pixels
    out = pixels.copy()
    for box in boxes:
        margin = round(FRINGE * dpi) + SHRINK
        y0, y1 = max(0, int(box.y0) - margin), int(box.y1) + margin
        x0, x1 = max(0, int(box.x0) - margin), int(box.x1) + margin
        out[y0:y1, x0:x1] = unstamped(out[y0:y1, x0:x1], dpi)
    return out


def unstamped(stamped: Image, dpi: int) -> Image:
    """One seal's surroundings without the seal."""
    blurred = redness(stamped)
    side = 2 * max(1, round(FRINGE * dpi)) + 1
    near = cv2.dilate((blurred > RED).astype(np.uint8), np.ones((side, side), np.uint8)).astype(np.bool_)
    if not near.any():  # a neighbouring seal's surroundings held all of it
        return stamped
    colour = np.percentile(stamped, 90, axis=(0, 1))
    paper = float(colour[2])
    red = sharpened(blurred, stamped)
    light = stamped[..., 2] + RED_OF_REDNESS * (red - blurred)
    grey = lifted(light, red, paper)
    out = stamped.copy()
    out[near] = np.clip(grey[near][:, None] * (colour / max(paper, 1.0)), 0, 255)
    return out


def sharpened(red: NDArray[np.int16], stamped: Image) -> NDArray[np.float32]:
    """The redness as it was before JPEG, which keeps colour at half the resolution, blurred it.

    Light is kept sharp: a seal's stroke is as red as it is dark, so redness gathers where its neighbourhood is darkest.
    """
    light = cv2.cvtColor(stamped, cv2.COLOR_BGR2GRAY).astype(np.float32)
    dark = np.maximum(np.percentile(light, 75) - light, 0) + LEAST_DARK
    gathered = red * (dark / cv2.GaussianBlur(dark, (0, 0), CHROMA_BLUR))
    return np.asarray(np.minimum(gathered, np.percentile(red, 99.5)), np.float32)


def lifted(light: NDArray[np.float32], red: NDArray[np.float32], paper: float) -> NDArray[np.float32]:
    """The red channel, lifted so that pure seal ink becomes paper; black ink, which has no redness, stays."""
    pure = red > STRONG
    lift = float(np.median((paper - light[pure]) / red[pure])) if pure.any() else 0.0
    return np.minimum(light + min(max(lift, 0.0), MOST_LIFT) * red, np.maximum(light, paper))
