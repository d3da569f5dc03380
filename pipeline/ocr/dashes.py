"""Tells the dash `—` from the numeral `一`: recognisers read 云服务—内存 as 云服务一内存.

In Song print the numeral swells at its right end and the dash does not; in Hei print both are plain strokes. So a
page is looked at as a whole: a plain stroke is a dash if it touches Latin text (服务一x86), or if the page prints its
numerals with a swelling or has such a dash, unless its neighbours make a word of the numeral (统一, 一致).

>>> is_word("统", "管"), is_word("务", "内")
(True, False)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.model.page import Line, Word
from pipeline.ocr.engine import Pixels
from pipeline.ocr.ink import ink_of

NUMERAL, DASH = "一", "—"
SWELLING = 1.6  # times the stroke's thickness at the numeral's right end
END = 0.25  # of the stroke's length
SHORTEST = 5  # columns of ink, or there is nothing to measure

# What makes a word with the numeral: before it and after it.
BEFORE = frozenset("第之统唯单同万任某每十百千零〇二三四五六七八九两有如逐另合归专不其这那进初星期周（(【[")
AFTER = frozenset(
    "、，。：:.）)】]个种次名位家份台套件张页处块部组批旦面边贯致切般定式方期年月日天律并同些起直样条项款级类二三四五六七八九十百千万"
)


@dataclass(frozen=True, slots=True)
class Stroke:
    """One 一 of the page: its place among the lines' words, its neighbours, and whether it swells at its end."""

    line: int
    word: int
    before: str
    after: str
    swells: bool


def mended(lines: Sequence[Line], image: Pixels) -> tuple[Line, ...]:
    """The page's lines with `—` where the image shows a dash."""
    strokes = list(strokes_of(lines, image))
    plain = [stroke for stroke in strokes if not stroke.swells]
    sure = [stroke for stroke in plain if touches_latin(stroke)]
    if not sure and not any(stroke.swells for stroke in strokes):
        return tuple(lines)
    dashes = {(s.line, s.word) for s in plain if s in sure or not is_word(s.before, s.after)}
    return tuple(with_dashes(line, {word for at, word in dashes if at == i}) for i, line in enumerate(lines))


def strokes_of(lines: Sequence[Line], image: Pixels) -> Iterator[Stroke]:
    for i, line in enumerate(lines):
        for j, word in enumerate(line.words):
            if word.text.strip() == NUMERAL and (swells := swelling(word, image)) is not None:
                before = line.words[j - 1].text[-1] if j else ""
                after = line.words[j + 1].text.strip()[:1] if j + 1 < len(line.words) else ""
                yield Stroke(i, j, before, after, swells >= SWELLING)


def swelling(word: Word, image: Pixels) -> float | None:
    """How much thicker the stroke is at its right end than usual; None where there is too little ink to tell."""
    box = word.box
    piece = image[int(box.y0) : int(np.ceil(box.y1)), max(0, int(box.x0) - 2) : int(np.ceil(box.x1)) + 2]
    if min(piece.shape[:2]) < SHORTEST:
        return None
    thick = np.asarray(ink_of(piece), bool).sum(axis=0)
    thick = thick[thick > 0]
    if len(thick) < SHORTEST:
        return None
    return float(thick[int(len(thick) * (1 - END)) :].max() / np.median(thick))


def touches_latin(stroke: Stroke) -> bool:
    return any(char.isascii() and char.isalpha() for char in (stroke.before, stroke.after))


def is_word(before: str, after: str) -> bool:
    """Whether the numeral makes a word with its neighbours, or begins or ends a line."""
    return not before or not after or before in BEFORE or after in AFTER


def with_dashes(line: Line, words: set[int]) -> Line:
    if not words:
        return line
    changed = (
        replace(word, text=word.text.replace(NUMERAL, DASH)) if j in words else word
        for j, word in enumerate(line.words)
    )
    return replace(line, words=tuple(changed))
