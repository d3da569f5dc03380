"""Characters that are typed over others: a bold look, a blank's underscores, or what somebody has painted over.

Who edits a PDF covers a figure with white and types another in its place: the covered one is still in the file, and no
less inked, for the new one stands there. What a reader sees, a text layer can't say then. Underscores below a filled
blank (`____12____`) and characters typed twice to look bold are no such thing.

>>> from pipeline.model.source import Box
>>> row = [Char(text, Box(10 * i, 0, 10 * i + 10, 20)) for i, text in enumerate("1000")]
>>> is_overprinted(row), is_overprinted([row[0], Char("2", Box(1, 0, 11, 20)), *row[1:]])
(False, True)
>>> blank = [Char("_", Box(8 * i, 0, 8 * i + 8, 20)) for i in range(6)]
>>> "".join(char.text for char in once(sorted([*blank, *row[1:3]], key=lambda char: char.box.x0)))
'_00__'
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence

from pipeline.ocr.textlines import Char

UNDERSCORES = frozenset("_＿‗ˍ﹍﹎﹏")
BOLD = 0.2  # of a character's height, by which it is typed again beside itself
# How far, in heights, a character of these kinds at least stands behind the one before it.
IDEOGRAPH, DIGIT, OTHER = 0.45, 0.3, 0.12


def once(run: Sequence[Char]) -> list[Char]:
    """A line's characters without underscores below others and without those typed a second time."""
    kept: list[Char] = []
    for char in run:
        if kept and typed_again(kept[-1], char):
            continue
        if kept and kept[-1].text in UNDERSCORES and not char.blank and covers(char, kept[-1]):
            kept.pop()
        if kept and char.text in UNDERSCORES and not kept[-1].blank and covers(kept[-1], char):
            continue
        kept.append(char)
    return kept


def typed_again(last: Char, char: Char) -> bool:
    return char.text == last.text and char.box.x0 - last.box.x0 < min(BOLD * char.box.height, char.box.width / 2)


def covers(char: Char, underscore: Char) -> bool:
    """Whether a character stands over half an underscore or more."""
    shared = min(char.box.x1, underscore.box.x1) - max(char.box.x0, underscore.box.x0)
    return char.text not in UNDERSCORES and shared >= underscore.box.width / 2


def is_overprinted(run: Sequence[Char]) -> bool:
    """Whether two different characters stand in one place."""
    printed = [char for char in once(run) if not char.blank and not is_mark(char.text[0])]
    return any(b.box.x0 - a.box.x0 < step(a) * min(a.box.height, b.box.height) for a, b in itertools.pairwise(printed))


def is_mark(char: str) -> bool:
    """Whether a character may stand on another: an accent, a tick in its box."""
    return unicodedata.category(char)[0] in "MSC" or char in UNDERSCORES


def step(char: Char) -> float:
    if char.text.isdigit():
        return DIGIT
    return IDEOGRAPH if "\u3400" <= char.text[0] <= "\u9fff" else OTHER
