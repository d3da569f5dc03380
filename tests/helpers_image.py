"""Draws small pieces of a page for tests of the engines: text in OpenCV's own font, ruling lines, `%` and `‰`."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model.source import Box
from pipeline.ocr.engine import Pixels

INK = (20, 20, 20)
BASE = 30  # pixels from a text's top to its baseline


def paper(height: int, width: int) -> Pixels:
    return np.full((height, width, 3), 250, np.uint8)


def write(image: Pixels, text: str, x: int, y: int, size: float = 1.2) -> None:
    """Writes the text with its left edge at x and its baseline BASE below y."""
    cv2.putText(image, text, (x, y + BASE), cv2.FONT_HERSHEY_DUPLEX, size, INK, 2, cv2.LINE_AA)


def rule(image: Pixels, box: Box) -> Box:
    """Draws the cell's borders."""
    corners = (int(box.x0), int(box.y0)), (int(box.x1), int(box.y1))
    cv2.rectangle(image, *corners, INK, 3)
    return box


def sign(loops: int) -> Pixels:
    """A `%` (one low loop) or `‰` (two)."""
    image = paper(60, 90)
    cv2.circle(image, (15, 20), 7, INK, 3, cv2.LINE_AA)
    cv2.line(image, (12, 48), (34, 12), INK, 3, cv2.LINE_AA)
    for i in range(loops):
        cv2.circle(image, (36 + 20 * i, 40), 7, INK, 3, cv2.LINE_AA)
    return image


def inked(image: Pixels) -> Box:
    """The box around all ink."""
    ys, xs = np.nonzero(image[:, :, 1] < 128)
    return Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
