"""A character that two lines' boxes share, kept in one of them.

The detector's boxes of two columns that stand close may both hold the character between them. Read twice at its place,
it stays in the line whose kind it is, or in the figure that ends with it. Where a figure beside took it in, white
parts it from that figure's own digits, which are read again without it.

>>> def line(text: str, x: float) -> Line:
...     words = tuple(Word(char, Box(x + 10 * i, 0, x + 10 * i + 10, 20), 1.0) for i, char in enumerate(text))
...     return Line(words, Box(x, 0, x + 10 * len(text), 20), 1.0)
>>> left, right = line("9.50", 0), line("0免费", 30)
>>> [line.text for line in once([left, right])]
['9.50', '免费']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from pipeline.model.page import Line, Word
from pipeline.model.source import Box, around
from pipeline.ocr import figures
from pipeline.ocr.confirm import read_line, with_confidence
from pipeline.ocr.engine import DOUBT, Engine, Pixels
from pipeline.ocr.ink import crop, ink_of

SAME = 0.5  # of a character's box: two boxes that share more hold the same character
FIGURE = re.compile(r"[\d.,，]")
LEVEL = 0.5  # of a line's height, by which the middles of two on one baseline differ at most
OVER = 0.25  # of a line's height: boxes that reach farther into each other hold the same ink
WHITE = 0.4  # of a line's height: no two digits of a figure stand farther apart


def once(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines; characters that two boxes share (1720.00 beside 0含安装调试) stay in that whose kind they are."""
    for line in lines:
        level = [other for other in lines if other.box.y0 < line.box.y1 and line.box.y0 < other.box.y1]
        first = max((shared(other, line) for other in level if goes_with_left(other, line)), default=0)
        first = first or int(any(repeats_end(other, line) for other in level if are_level(other, line)))
        last = max((shared(line, other) for other in level if not goes_with_left(line, other)), default=0)
        last = last or int(any(repeats_start(other, line) for other in level if are_level(other, line)))
        kept = line.words[first : len(line.words) - last]
        yield line_of_words(kept) if kept and (first or last) else line


def are_level(line: Line, other: Line) -> bool:
    """Whether two lines stand on one baseline; the boxes of those below each other may reach into each other."""
    return line is not other and abs(line.box.center[1] - other.box.center[1]) < LEVEL * min(
        line.box.height, other.box.height
    )


def line_of_words(words: Sequence[Word]) -> Line:
    first = replace(words[0], text=words[0].text.lstrip())
    return Line((first, *words[1:]), around(w.box for w in words), float(np.mean([w.confidence for w in words])))


# ---- read twice at its place


def shared(left: Line, right: Line) -> int:
    """How many of the last characters of one line are the first of the other, seen twice."""
    if min(len(left.words), len(right.words)) < 3 or not left.box.x0 < right.box.x0 < left.box.x1 < right.box.x1:
        return 0
    most = min(len(left.words), len(right.words)) - 1
    return next((count for count in range(1, most + 1) if are_same(left.words[-count:], right.words[:count])), 0)


def are_same(first: Sequence[Word], second: Sequence[Word]) -> bool:
    """Whether two lines' words are the same at the same places."""
    return all(
        one.text.strip() == other.text.strip() and one.box.overlap(other.box) > SAME * min(one.box.area, other.box.area)
        for one, other in zip(first, second, strict=True)
    )


def goes_with_left(left: Line, right: Line) -> bool:
    """Whether shared characters belong to the left line: unless they are of the right line's kind alone."""
    count = shared(left, right)
    if not count:
        return False
    kind = is_figure(right.words[count - 1])
    return is_figure(left.words[-count - 1]) == kind or is_figure(right.words[count]) != kind


def is_figure(word: Word) -> bool:
    return FIGURE.search(word.text) is not None


def repeats_end(figure: Line, line: Line) -> bool:
    """Whether a line of several words begins with the last digit of a figure, on the figure's own place."""
    digit, whole = line.words[0], figure.words[-1]
    on_it = whole.box.x0 < digit.box.x0 and digit.box.center[0] < whole.box.x1
    return len(line.words) > 1 and on_it and is_digit_of(digit, whole) and ends_with(whole, digit)


def repeats_start(figure: Line, line: Line) -> bool:
    """Whether a line of several words ends with the first digit of a figure, on the figure's own place."""
    digit, whole = line.words[-1], figure.words[0]
    on_it = digit.box.x1 < whole.box.x1 and whole.box.x0 < digit.box.center[0]
    return len(line.words) > 1 and on_it and is_digit_of(digit, whole) and starts_with(whole, digit)


def is_digit_of(digit: Word, whole: Word) -> bool:
    """Whether one word is a digit or few, and the other a figure of more."""
    few = digit.text.strip()
    return few.isdecimal() and few != whole.text.strip() and is_figure(whole)


def ends_with(whole: Word, digit: Word) -> bool:
    return whole.text.strip().endswith(digit.text.strip())


def starts_with(whole: Word, digit: Word) -> bool:
    return whole.text.strip().startswith(digit.text.strip())


# ---- read as a part of the figure beside it


def own(lines: Sequence[Line], shown: Callable[[Line], Pixels], engine: Engine) -> Iterator[Line]:
    """The lines, no figure with a digit of the one beside it: where its box reaches over that one's end, and it begins
    as that ends (or over its start, and it ends as that begins), it is read again without what white parts from it."""
    for line in lines:
        first, last = taken(line, lines) if figures.is_figure(line.text) else (0, 0)
        yield without_taken(line, first, last, shown(line), engine) if first or last else line


def taken(line: Line, lines: Sequence[Line]) -> tuple[int, int]:
    """How many of a figure's first and of its last digits may be those of the lines beside it."""
    near = OVER * line.box.height
    level = [other for other in lines if are_level(line, other)]
    before = (x for x in level if x.box.x0 < line.box.x0 < x.box.x1 - near)
    behind = (x for x in level if line.box.x0 < x.box.x0 < line.box.x1 - near)
    return any(x.text[-1] == line.text[0] for x in before), any(x.text[0] == line.text[-1] for x in behind)


def without_taken(line: Line, first: int, last: int, image: Pixels, engine: Engine) -> Line:
    """The figure without so many digits that white parts from the others; in doubt where another reading says neither
    this nor the same."""
    inked = np.flatnonzero(ink_of(crop(image, line.box)).sum(axis=0) > 1)
    runs = np.split(inked, np.flatnonzero(np.diff(inked) > WHITE * line.box.height) + 1)
    kept = runs[first : len(runs) - last]
    if not kept or not inked.size:
        return line
    x0 = max(0, int(line.box.x0))
    box = Box(x0 + int(kept[0][0]), line.box.y0, x0 + int(kept[-1][-1]) + 1, line.box.y1)
    second = read_line(box, image, engine)
    said = figures.digits(second.text) if second else ""
    if second and said == figures.digits(line.text[first : len(line.text) - last]):
        return second
    return line if said == figures.digits(line.text) else with_confidence(line, min(line.confidence, DOUBT))
