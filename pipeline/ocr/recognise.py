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
        """One line a crop, in the crop's pixels; one at a time, since batches gain nothing on few cores, but those of
        like width one after the other: a network lays its memory out anew for each change.

        Each character's place is where `inked`, the same crops without what is no print, has ink.
        """
        printed = inked or crops
        narrow_first = sorted(range(len(crops)), key=lambda i: crops[i].shape[1] / crops[i].shape[0])
        found = {i: self.read_one(crops[i], squeeze, printed[i]) for i in narrow_first}
        return tuple(found[i] for i in range(len(crops)))

    def read_one(self, crop: Pixels, squeeze: float = SQUEEZE, inked: Pixels | None = None) -> Line:
        height, width = crop.shape[:2]
        row = resized(crop, max(STRIDE, round(HEIGHT * width / height * squeeze)))
        found = seen_by(self.network, row, self.charset)
        if self.exact is not self.network and in_doubt(found):
            found = seen_by(self.exact, row, self.charset)
        printed = row if inked is None or inked is crop else resized(inked, row.shape[1])
        chars = placed(found, ink_of(printed), width / row.shape[1])
        return line_of(permille.mended(chars, crop), 0.0, float(height))

    def likelihood(self, crop: Pixels, texts: Sequence[str], squeeze: float = 1.0) -> tuple[float, ...]:
        """The log-likelihood of each text, by all of the network's output and not only its best characters."""
        height, width = crop.shape[:2]
        row = resized(crop, max(STRIDE, round(HEIGHT * width / height * squeeze)))
        scores = steps(self.exact, row)
        return log_likelihoods(probabilities(scores) if self.exact.raw else scores, texts, self.charset)

    @property
    def seconds(self) -> float:
        """Spent inside the networks so far."""
        return sum(network.seconds for network in {self.network, self.exact})


def seen_by(network: Network, row: Pixels, charset: Sequence[str]) -> list[Peak]:
    return peaks(steps(network, row), charset, network.raw)


def steps(network: Network, row: Pixels) -> Array:
    """Steps x characters: how likely each step shows them, before the softmax where the network leaves it out."""
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


def peaks(scores: Array, charset: Sequence[str], raw: bool = False) -> list[Peak]:
    """Greedy CTC decoding of steps x characters: runs of one character, each at its middle, sure as its best step;
    `raw`: the scores lack their softmax."""
    best = scores.argmax(axis=1)
    steps = np.flatnonzero(best != BLANK)
    if not steps.size:
        return []
    sure = highest(scores[steps]) if raw else scores[steps, best[steps]]
    goes_on = (np.diff(steps) == 1) & (np.diff(best[steps]) == 0)
    runs = np.split(np.arange(len(steps)), np.flatnonzero(~goes_on) + 1)
    return [peak(steps[run], charset[best[steps[run[0]]]], float(sure[run].max())) for run in runs]


def peak(run: npt.NDArray[np.intp], text: str, sure: float) -> Peak:
    return Peak(text, (float(run[0] + run[-1]) / 2 + 0.5) * STRIDE, sure)


def highest(scores: Array) -> Array:
    """The softmax of each row's highest score."""
    scores -= scores.max(axis=1, keepdims=True)
    return np.asarray(1 / np.exp(scores, out=scores).sum(axis=1), np.float32)


def probabilities(scores: Array) -> Array:
    """The softmax of each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


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
