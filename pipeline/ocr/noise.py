"""Noise: how much of it a page carries, and the blur that makes its text easier to read.

Strong sensor noise costs the recogniser digits; a blur gives them back. On ordinary scans it would cost a hair, so it
is kept to pages that need it. The measure is Immerkær's ("Fast noise variance estimation", 1996), with a median in
place of its mean so that text doesn't count.

>>> noise_of(np.full((90, 90, 3), 200, np.uint8))
0.0
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ocr.engine import Pixels

NOISY = 10.0  # grey levels, standard deviation
SIGMA = 1.2  # pixels
SAMPLE = 3  # every third row and column is enough to tell
TO_DEVIATION = 1 / (6 * 0.6745)  # the mask's gain, and the median of a normal distribution's absolute value
MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)


def noise_of(image: Pixels) -> float:
    """The standard deviation of the image's noise, in grey levels."""
    band = image[image.shape[0] // 3 : 2 * image.shape[0] // 3, :, 1]
    if not band.size:
        return 0.0
    response = cv2.filter2D(np.ascontiguousarray(band), cv2.CV_16S, MASK)[::SAMPLE, ::SAMPLE]
    return float(np.median(np.abs(response))) * TO_DEVIATION


def smoothed(piece: Pixels) -> Pixels:
    """The piece, blurred slightly."""
    return np.asarray(cv2.GaussianBlur(piece, (0, 0), SIGMA), np.uint8)
