"""Reads crops of one text row each: a network gives each narrow column's likeliest character, this makes text of it.

Half precision errs where it is all but undecided: a row with a figure in doubt is read again in full precision, and
likelihoods are always computed in it.

The network's output is decoded greedily by the CTC rule (Graves et al., ICML 2006): equal neighbours are one character,
blanks part characters. A character's column gives its place, which is then drawn tight around the ink.

>>> steps = np.array([[0.9, 0.1], [0.2, 0.8], [0.1, 0.9], [0.9, 0.1], [0.3, 0.7]], np.float32)
>>> [(peak.text, peak.at) for peak in peaks(steps, ["", "1"])]
[('1', 16.0), ('1', 36.0)]
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.page import Line
from pipeline.ocr import permille
from pipeline.ocr.ctc import NUMERALS, log_likelihoods
from pipeline.ocr.engine import Char, Pixels, line_of
from pipeline.ocr.network import DEFAULT, Array, Compute, Network, opened, opened_in_full

HEIGHT = 48  # the network's fixed input height
SQUEEZE = 0.8  # lines are narrowed: a fifth less work, and slightly more accurate on hard scans
NARROWEST = 96  # columns: a lone character in less is read worse
DECIDED = 0.9  # how sure a figure's characters are that full precision reads the same
FIGURE = NUMERALS | set(".,")
BLANK = 0
STRIDE = 8  # columns a step of the output
REACH = 20  # columns: half a character's width at most
RULING = 0.9  # of the row's height that is ink in one column: a ruling, since paper is left around a line's text


@dataclass(frozen=True, slots=True)
class Peak:
    """A character that the network saw: where it saw it (columns of the row) and how surely."""

    text: str
    at: float
    confidence: float


class Recogniser:
    """Reads rows of text with a CTC network that carries its own character list."""

    def __init__(self, model: Path, compute: Compute = DEFAULT) -> None:
        self.network = opened(model, compute)
        self.exact = opened_in_full(model, compute, self.network)
        self.charset = ("", *self.network.metadata("character").split("\n"), " ")

    def read(
        self, crops: Sequence[Pixels], squeeze: float = SQUEEZE, inked: Sequence[Pixels] | None = None
    ) -> tuple[Line, ...]:
        """One line a crop, in the crop's pixels; one at a time, since batches gain nothing on few cores.

        Each character's place is where `inked`, the same crops without what is no print, has ink.
        """
        printed = inked or crops
        return tuple(self.read_one(crop, squeeze, ink) for crop, ink in zip(crops, printed, strict=True))

    def read_one(self, crop: Pixels, squeeze: float = SQUEEZE, inked: Pixels | None = None) -> Line:
        height, width = crop.shape[:2]
        row = resized(crop, max(STRIDE, round(HEIGHT * width / height * squeeze)))
        found = peaks(steps(self.network, row), self.charset)
        if self.exact is not self.network and in_doubt(found):
            found = peaks(steps(self.exact, row), self.charset)
        printed = row if inked is None or inked is crop else resized(inked, row.shape[1])
        chars = placed(found, ink_of(printed), width / row.shape[1])
        return line_of(permille.mended(chars, crop), 0.0, float(height))

    def likelihood(self, crop: Pixels, texts: Sequence[str], squeeze: float = 1.0) -> tuple[float, ...]:
        """The log-likelihood of each text, by all of the network's output and not only its best characters."""
        height, width = crop.shape[:2]
        row = resized(crop, max(STRIDE, round(HEIGHT * width / height * squeeze)))
        return log_likelihoods(steps(self.exact, row), texts, self.charset)

    @property
    def seconds(self) -> float:
        """Spent inside the networks so far."""
        return sum(network.seconds for network in {self.network, self.exact})


def steps(network: Network, row: Pixels) -> Array:
    """Steps x characters of probabilities."""
    scores: Array = network(blob_of(row, network.roomy(max(NARROWEST, row.shape[1]))))[0]
    return scores


def in_doubt(found: Sequence[Peak]) -> bool:
    """Whether a character of a figure is less than sure."""
    return any(peak.confidence < DECIDED and peak.text in FIGURE for peak in found)


def resized(crop: Pixels, width: int) -> Pixels:
    return np.asarray(cv2.resize(crop, (width, HEIGHT)), np.uint8)


def blob_of(row: Pixels, room: int) -> Array:
    """The row as the network wants it: values -1 to 1, filled up with mid-grey to `room` columns."""
    width = row.shape[1]
    blob = np.zeros((1, 3, HEIGHT, room), np.float32)
    blob[0, :, :, :width] = row.transpose(2, 0, 1)
    blob[0, :, :, :width] /= 127.5
    blob[0, :, :, :width] -= 1.0
    return blob


def peaks(scores: Array, charset: Sequence[str]) -> list[Peak]:
    """Greedy CTC decoding of steps x characters: runs of one character, each at its middle, sure as its best step."""
    best = scores.argmax(axis=1)
    steps = np.flatnonzero(best != BLANK)
    if not steps.size:
        return []
    goes_on = (np.diff(steps) == 1) & (np.diff(best[steps]) == 0)
    return [peak(run, best, scores, charset) for run in np.split(steps, np.flatnonzero(~goes_on) + 1)]


def peak(run: npt.NDArray[np.intp], best: npt.NDArray[np.intp], scores: Array, charset: Sequence[str]) -> Peak:
    label = int(best[run[0]])
    at = (float(run[0] + run[-1]) / 2 + 0.5) * STRIDE
    return Peak(charset[label], at, float(scores[run, label].max()))


def ink_of(row: Pixels) -> npt.NDArray[np.float64]:
    """How many pixels of each column are ink; ruling lines don't count."""
    _, bits = cv2.threshold(row[:, :, 1], 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    ink: npt.NDArray[np.float64] = np.asarray(bits).sum(axis=0, dtype=np.float64)
    ruled = np.flatnonzero(ink > RULING * HEIGHT)
    ink[np.clip(ruled[:, None] + (-1, 0, 1), 0, len(ink) - 1)] = 0
    return ink


def placed(found: Sequence[Peak], ink: npt.NDArray[np.float64], scale: float) -> list[Char]:
    """The characters with their places in the crop, `scale` of its pixels a column."""
    seen = [p for p in found if not p.text.isspace()]
    inner = [cut(a.at, b.at, ink) for a, b in itertools.pairwise(seen)]
    cuts = [column(seen[0].at - REACH, ink), *inner, column(seen[-1].at + REACH, ink)] if seen else []
    spans = iter(itertools.pairwise(cuts))
    return [char_of(p, None if p.text.isspace() else next(spans), ink, scale) for p in found]


def column(at: float, ink: npt.NDArray[np.float64]) -> int:
    return int(min(max(at, 0.0), float(len(ink))))


def cut(left: float, right: float, ink: npt.NDArray[np.float64]) -> int:
    """The column between two characters with the least ink; of equal ones that in the middle."""
    start, stop = column(left, ink), column(right, ink)
    if stop - start < 2:
        return stop
    middle = np.abs(np.arange(start, stop) - (left + right) / 2)
    return start + int(np.argmin(ink[start:stop] + middle / len(ink)))


def char_of(p: Peak, span: tuple[int, int] | None, ink: npt.NDArray[np.float64], scale: float) -> Char:
    """A character tight around the ink of its span; a space has no width."""
    if span is None:
        return Char(" ", p.at * scale, p.at * scale, p.confidence)
    start, stop = span
    inked = np.flatnonzero(ink[start:stop])
    if inked.size:
        start, stop = start + int(inked[0]), start + int(inked[-1]) + 1
    return Char(p.text, start * scale, stop * scale, p.confidence, p.at * scale)
