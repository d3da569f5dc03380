"""What every OCR engine gives: a page's text lines, with a place and a confidence for each character.

An engine is a module of `pipeline.ocr` with a class `Engine` that follows the protocol here; no list names them.
Engines hand their characters to `line_of`, which makes the words that the rest of the house reads: one word a Chinese
character, one word a run of Latin letters or digits.

>>> chars = [Char("共", 0, 20, 0.9), Char(" ", 20, 25, 0.9), Char("1", 25, 35, 0.99), Char("2", 35, 45, 0.8)]
>>> line = line_of(chars, top=0, bottom=30)
>>> [(word.text, word.box.x0, word.box.x1, word.confidence) for word in line.words]
[('共', 0, 20, 0.9), (' 12', 25, 45, 0.8)]

Digits far apart are two words, though the engine saw no space: two columns' figures, or a digit lost between them.

>>> line_of([Char("8", 0, 10, 0.9), Char("1", 12, 20, 0.9), Char("2", 60, 70, 0.9)], top=0, bottom=30).text
'81 2'

A label's colon is a word of its own, however surely it was read.

>>> line = line_of([Char("号", 0, 20, 1.0), Char(":", 22, 25, 0.5), Char("1", 30, 40, 1.0)], top=0, bottom=30)
>>> [(word.text, word.confidence) for word in line.words]
[('号', 1.0), (':', 0.5), ('1', 1.0)]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline.model.page import Line, Word
from pipeline.model.source import Box, around

# A BGR image, rows x columns x 3.
Pixels: TypeAlias = npt.NDArray[np.uint8]

# What stands between the digits of one number or the letters of one code, and never begins a word.
INSIDE = frozenset(",.:/-_@'&+#%‰")
APART = 0.6  # of a line's height: the digits of one number stand nearer, a quarter of it apart at most

PITCH = 1.7  # times that white: from one digit to the next beyond it

# What was read twice and differently, or can't be told apart, is no surer than this: it is always flagged.
DOUBT = 0.79


class Engine(Protocol):
    """Reads upright, straight page images. `version` names all that bears on what it reads."""

    name: str
    version: str

    @property
    def inference(self) -> Mapping[str, float]:
        """Seconds spent so far inside the engine's networks (or the engine's own program), by what they did."""

    @property
    def inference_seconds(self) -> float:
        return sum(self.inference.values())

    def read(self, image: Pixels, cleared: Pixels | None = None) -> tuple[Line, ...]:
        """The page's lines, in pixels of `image`; top to bottom, then left to right.

        `cleared` is the same page without what joins its lines, as a seal's ring: that is where they are looked for.
        """

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        """One line a crop, in the crop's pixels; each crop shows one row of text. No words: nothing was read."""

    def legible(self, crops: Sequence[Pixels]) -> float:
        """How surely the crops' text can be read, 0 to 1: low where the crops stand on their head."""
        lines = self.read_crops(crops)
        return sum(line.confidence for line in lines) / len(lines) if lines else 0.0

    def likelihood(self, crop: Pixels, texts: Sequence[str]) -> tuple[float, ...] | None:
        """The log-likelihood of each text, given the crop of one row; None from engines that can't tell."""
        return None


@dataclass(frozen=True, slots=True)
class Char:
    """One character as an engine reads it; a space has a place too. `at` is where the engine saw it, whatever ink
    stands around; None where it does not say."""

    text: str
    x0: float
    x1: float
    confidence: float
    at: float | None = None


def line_of(chars: Sequence[Char], top: float, bottom: float) -> Line:
    """The line of these characters, grouped into words; its confidence is the mean of theirs, 0 without any."""
    words = tuple(word_of(run, top, bottom, spaced) for run, spaced in runs(chars, APART * (bottom - top)))
    if not words:
        return Line((), Box(0.0, top, 0.0, bottom), 0.0)
    seen = [char.confidence for char in chars if not char.text.isspace()]
    return Line(words, around(word.box for word in words), sum(seen) / len(seen))


def word_of(run: Sequence[Char], top: float, bottom: float, spaced: bool) -> Word:
    """A word is as sure as its least sure character: one wrong digit makes a wrong number."""
    text = " " * spaced + "".join(char.text for char in run)
    return Word(text, Box(run[0].x0, top, run[-1].x1, bottom), min(char.confidence for char in run))


def runs(chars: Iterable[Char], apart: float) -> list[tuple[list[Char], bool]]:
    """The characters of each word, and whether a space stands before it (not at the start of the line): one that was
    read, or white as wide as `apart` within a number or a code, be there a fax's noise in it."""
    found: list[tuple[list[Char], bool]] = []
    spaced = False
    for char in chars:
        if char.text.isspace():
            spaced = bool(found)
        elif found and not spaced and joins([before.text for before in found[-1][0]], char.text):
            last = found[-1][0][-1]
            if char.x0 - last.x1 < apart and not seen_apart(last, char, apart):
                found[-1][0].append(char)
            else:
                found.append(([char], True))
        else:
            found.append(([char], spaced))
            spaced = False
    return found


def seen_apart(left: Char, right: Char, apart: float) -> bool:
    """Whether two digits were seen so far from each other that white as wide as `apart` stands between them."""
    digits = left.text.isdecimal() and right.text.isdecimal()
    return digits and left.at is not None and right.at is not None and right.at - left.at > PITCH * apart


def joins(word: Sequence[str], char: str) -> bool:
    """Whether a character goes on a word: letters and digits do, and the signs inside numbers and codes; not behind the
    colon of a label, which says nothing of how surely they were read."""
    *_, left = word
    if [*word] == [":"]:
        return False
    return (is_latin(left) and (is_latin(char) or char in INSIDE)) or (left in INSIDE and is_latin(char))


def is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def moved(line: Line, dx: float, dy: float, scale: float = 1.0) -> Line:
    """The line scaled, then shifted: from a crop's pixels to the page's.

    >>> moved(line_of([Char("元", 0, 20, 1.0)], 0, 24), 100, 50, 0.5).box
    Box(x0=100.0, y0=50.0, x1=110.0, y1=62.0)
    """

    def place(box: Box) -> Box:
        return Box(box.x0 * scale + dx, box.y0 * scale + dy, box.x1 * scale + dx, box.y1 * scale + dy)

    words = tuple(Word(word.text, place(word.box), word.confidence) for word in line.words)
    return Line(words, place(line.box), line.confidence)
