"""A bracket that closes a text, found as a line of its own, goes back to that text; the two of a pair are as wide.

Detectors part `（第一批` from `）`, whose left half is white; beside a column's edge the sign then stands with the
figure of the next one. One that stands within another text's box, or right behind a figure, is a stroke of that text:
the round of its last `0`, which runs over the cell's border.

>>> from pipeline.model.source import Box
>>> def line(text, x0, x1): return Line((Word(text, Box(x0, 0, x1, 20), 0.9),), Box(x0, 0, x1, 20), 0.9)
>>> [line.text for line in closed([line("服务（第一批", 0, 120), line("）", 124, 130), line("6", 150, 160)])]
['服务（第一批）', '6']
>>> [line.text for line in closed([line("服务", 0, 40), line("）", 44, 50)])]
['服务', '）']
>>> [line.text for line in closed([line("189.00", 0, 120), line(")", 106, 112)])]
['189.00']
>>> words = (*line(")", 122, 126).words, *line("79,92", 130, 200).words)
>>> [line.text for line in closed([line("¥44,760.00", 0, 120), Line(words, Box(122, 0, 200, 20), 0.9)])]
['¥44,760.00', '79,92']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line, Word
from pipeline.model.source import around

OPENING, CLOSING = "（(", "）)"
NEAR = 0.75  # of the sign's height, that it may stand behind its text
TOUCHING = 0.25  # of the sign's height, that a digit's stroke may stand behind what was read of the digit
FIGURE = re.compile(r"[¥￥]?[\d,.]*\d")


def closed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, each lone bracket joined to the open one that ends right before it, and none that is a digit's."""
    found = list(lines)
    for sign in [line for line in lines if line.text.strip() in tuple(CLOSING)]:
        before = next((line for line in found if is_open(line) and ends_before(line, sign)), None)
        if before:
            found[found.index(before)] = joined(before, sign)
            found.remove(sign)
        elif any(is_stroke_of(line, sign) for line in found if line is not sign):
            found.remove(sign)
    return tuple(paired(without_stroke(line, found)) for line in found)


def paired(line: Line) -> Line:
    """The line, both brackets of a pair wide where one of them was read so: they are printed alike.

    >>> from pipeline.model.source import Box
    >>> words = tuple(Word(char, Box(0, 0, 9, 9), 0.9) for char in "(一）服务(含税)（注")
    >>> paired(Line(words, Box(0, 0, 9, 9), 0.9)).text
    '（一）服务(含税)（注'
    """
    if not any(sign in line.text for sign in "()") or not any(sign in line.text for sign in "（）"):
        return line
    wide, opened = list(line.text), list[int]()
    for at, char in enumerate(line.text):
        if char in OPENING:
            opened.append(at)
        elif char in CLOSING and opened:
            pair = opened.pop(), at
            if any(wide[place] in "（）" for place in pair):
                wide[pair[0]], wide[at] = "（）"
    chars = iter(wide)
    words = (replace(word, text="".join(itertools.islice(chars, len(word.text)))) for word in line.words)
    return replace(line, words=tuple(words))


def is_stroke_of(line: Line, sign: Line) -> bool:
    """Whether a sign stands between a longer text's ends, or right behind a figure, on its level."""
    level = line.box.y0 < sign.box.center[1] < line.box.y1
    inside = len(line.text) > 1 and line.box.x0 < sign.box.x0 and sign.box.x1 < line.box.x1
    behind = line.box.x0 < sign.box.x0 < line.box.x1 + TOUCHING * sign.box.height
    return level and (inside or (behind and FIGURE.fullmatch(line.text.strip()) is not None))


def without_stroke(line: Line, lines: Sequence[Line]) -> Line:
    """A line without a bracket at its beginning that is the last stroke of the figure before it."""
    first, *rest = line.words
    if not rest or first.text.strip() not in tuple(CLOSING):
        return line
    sign = Line((first,), first.box, first.confidence)
    if not any(is_stroke_of(other, sign) for other in lines if other is not line):
        return line
    words = (replace(rest[0], text=rest[0].text.lstrip()), *rest[1:])
    return Line(words, around(word.box for word in words), line.confidence)


def is_open(line: Line) -> bool:
    """Whether the line's last bracket is still open."""
    signs = [char for char in line.text if char in OPENING + CLOSING]
    return bool(signs) and signs[-1] in OPENING


def ends_before(line: Line, sign: Line) -> bool:
    """Whether a line ends on a sign's level right before it."""
    level = line.box.y0 < sign.box.center[1] < line.box.y1
    return level and -NEAR < (sign.box.x0 - line.box.x1) / sign.box.height < NEAR


def joined(line: Line, sign: Line) -> Line:
    words = (*line.words, *(Word(word.text.strip(), word.box, word.confidence) for word in sign.words))
    return Line(words, around((line.box, sign.box)), min(line.confidence, sign.confidence))
