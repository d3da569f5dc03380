"""Noise: how much of it a page carries, and the blur that makes its text easier to find and to read.

Strong sensor noise costs the recogniser digits; a blur gives them back. On ordinary scans it would cost a hair, so it
is kept to pages that need it. The measure is Immerkær's ("Fast noise variance estimation", 1996), with a median in
place of its mean so that text doesn't count.

A fax has two levels and no such noise, but specks of ink all over its paper, which hide lines from the detector. They
are told by what no print has: nothing around them.

>>> page = np.full((90, 90, 3), 255, np.uint8)
>>> noise_of(page), is_specked(page)
(0.0, False)
>>> page[::9, ::9] = 0
>>> noise_of(page), is_specked(page)
(0.0, True)
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ocr.engine import Pixels

NOISY = 10.0  # grey levels, standard deviation
SIGMA = 1.2  # pixels
BLACK, WHITE = 40, 215  # grey levels of a page that has but two
GREY = 0.1  # of its pixels: so few are between them, at the edges of what was turned
SPECKS = 4e-4  # of its pixels: a page with more specks is specked
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


def is_specked(image: Pixels) -> bool:
    """Whether a page of two levels, as a fax has, is specked all over."""
    band = np.ascontiguousarray(image[image.shape[0] // 3 : 2 * image.shape[0] // 3, :, 1])
    if not band.size or cv2.countNonZero(cv2.inRange(band, BLACK + 1, WHITE - 1)) > GREY * band.size:
        return False
    ink = cv2.threshold(band, (BLACK + WHITE) // 2, 1, cv2.THRESH_BINARY_INV)[1]
    near, around = (cv2.boxFilter(ink, cv2.CV_8U, (side, side), normalize=False) for side in (3, 5))
    alone = (ink > 0) & (near == around)
    return int(np.count_nonzero(alone)) > SPECKS * band.size


def without_specks(image: Pixels) -> Pixels:
    """The page without its single specks, and without its finest strokes."""
    return np.asarray(cv2.medianBlur(image, 3), np.uint8)


def smoothed(piece: Pixels) -> Pixels:
    """The piece, blurred slightly."""
    return np.asarray(cv2.GaussianBlur(piece, (0, 0), SIGMA), np.uint8)
