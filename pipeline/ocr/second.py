"""A second reader: one row of text read again, in other preparations and by another engine.

A reading's own confidence protects nothing: recognisers lose digits and stay sure. But a wrong digit seldom survives
every preparation of its crop (without the seal's red, softened, drawn out, squeezed), and an engine of another kind
seldom errs at the same place. So a figure in doubt is read several times, and what differs is a rival reading.

Preparations start from the red channel, in which a seal is almost as light as paper. The other engine is asked about
all crops at once, for starting a program costs more than a reading; without it the preparations have to do.

>>> crop = np.full((48, 90, 3), (90, 90, 250), np.uint8)
>>> [prepare(crop).shape[1] for prepare in PREPARATIONS.values()]
[90, 90, 112, 72]
>>> int(PREPARATIONS["red"](crop).min())
250
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np

from pipeline.errors import EngineError
from pipeline.ocr.engine import Engine, Pixels

Preparation: TypeAlias = Callable[[Pixels], Pixels]

SIGMA = 1.2 / 48  # of the row's height: what takes sensor noise away and leaves strokes
WIDER, NARROWER = 1.25, 0.8
MARGIN = 0.3  # of the row's height: Tesseract wants paper around a row
PAPER = 90  # percentile of the crop's light
PLAIN = "red"
MARKS = frozenset(":：。；")
OTHER, OTHERWISE = {"tesseract": "rapid"}, "tesseract"  # which engine is asked besides the first


@dataclass(frozen=True, slots=True)
class Reading:
    """What one engine read on one preparation of a crop, as sure as its least sure word but for a label's marks."""

    text: str
    engine: str
    preparation: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SecondReader:
    """The engine that read the page, and one of another kind, loaded when it is first needed (None: not installed)."""

    first: Engine
    other: Callable[[], Engine | None] = lambda: None

    def glance(self, crop: Pixels) -> Reading:
        """The crop read once more at full width by the engine that read the page."""
        return self.read([crop], self.first, PLAIN)[0]

    def readings(self, crops: Sequence[Pixels]) -> tuple[tuple[Reading, ...], ...]:
        """Each crop's readings: every preparation by the first engine, and one by the other."""
        columns = [self.read(crops, self.first, name) for name in PREPARATIONS]
        other = self.other() if crops else None
        if other is not None:
            columns.append(self.heard(crops, other))
        return tuple(zip(*columns, strict=True))

    def heard(self, crops: Sequence[Pixels], other: Engine) -> tuple[Reading, ...]:
        """The other engine's readings; empty ones where its program fails: a second opinion must not end a run."""
        try:
            return self.read([framed(crop) for crop in crops], other, PLAIN)
        except EngineError:
            return tuple(Reading("", other.name, PLAIN, 0.0) for _ in crops)

    def read(self, crops: Sequence[Pixels], engine: Engine, preparation: str) -> tuple[Reading, ...]:
        lines = engine.read_crops([PREPARATIONS[preparation](crop) for crop in crops])
        sure = (min((word.confidence for word in line.words if is_told(word.text)), default=0.0) for line in lines)
        return tuple(
            Reading(line.text, engine.name, preparation, confidence)
            for line, confidence in zip(lines, sure, strict=True)
        )


def is_told(text: str) -> bool:
    """Whether a word says anything: the colon of a label does not, nor the stop behind it."""
    return text.strip() not in MARKS


def unstamped(crop: Pixels) -> Pixels:
    """The red channel as a grey image."""
    return np.repeat(crop[:, :, 2:], 3, axis=2)


def softened(crop: Pixels) -> Pixels:
    return np.asarray(cv2.GaussianBlur(unstamped(crop), (0, 0), max(SIGMA * crop.shape[0], 0.1)), np.uint8)


def stretched(crop: Pixels, by: float) -> Pixels:
    width = max(1, round(by * crop.shape[1]))
    return np.asarray(cv2.resize(unstamped(crop), (width, crop.shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)


def framed(crop: Pixels) -> Pixels:
    """The crop with a margin of its own paper."""
    margin = max(2, round(MARGIN * crop.shape[0]))
    paper = [float(level) for level in np.percentile(crop.reshape(-1, 3), PAPER, axis=0)]
    return np.asarray(
        cv2.copyMakeBorder(crop, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=paper), np.uint8
    )


PREPARATIONS: Mapping[str, Preparation] = {
    PLAIN: unstamped,
    "soft": softened,
    "wide": lambda crop: stretched(crop, WIDER),
    "narrow": lambda crop: stretched(crop, NARROWER),
}
