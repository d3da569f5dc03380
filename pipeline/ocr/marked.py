"""How characters of a line are marked: struck through, which a reader leaves out, or raised, as a note's number is.

>>> from pipeline.model.source import Box
>>> price = [Char(text, Box(10 * i, 0, 10 * i + 10, 20)) for i, text in enumerate("200")]
>>> "".join(char.text for char in raised([*price, Char("1", Box(30, -2, 35, 8))]))
'200¹'
>>> "".join(char.text for char in unstruck([*price], [Ruling(-1, 10, 21, 10)]))
'0'
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Ruling
from pipeline.ocr.textlines import Char

MIDDLE = 0.3  # of a character's height, from its upper and lower edge, between which a line strikes it through
COVERED = 0.7  # of a character's width, over which the line goes
BEYOND = 1.5  # heights by which it may go beyond the line's text; a table's border goes further
SMALL = 0.9  # of the height of the character before it, which a raised one is lower than
RAISED = 0.2  # of that height, by which its foot stands higher
LONGEST = 2  # digits of a note's number
CLOSE = 0.15  # heights behind the character before it
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def unstruck(run: Sequence[Char], rulings: Sequence[Ruling]) -> list[Char]:
    """The line's characters but those that a line strikes through."""
    left, right = min(char.box.x0 for char in run), max(char.box.x1 for char in run)
    reach = BEYOND * run[0].box.height
    strokes = [r for r in rulings if r.horizontal and r.x0 >= left - reach and r.x1 <= right + reach]
    return [char for char in run if not any(strikes(stroke, char) for stroke in strokes)]


def strikes(stroke: Ruling, char: Char) -> bool:
    box = char.box
    level = box.y0 + MIDDLE * box.height <= stroke.y0 <= box.y1 - MIDDLE * box.height
    return level and min(stroke.x1, box.x1) - max(stroke.x0, box.x0) >= COVERED * box.width


def raised(run: Sequence[Char]) -> list[Char]:
    """The line's characters, one or two small digits that stand high right behind another as superscripts: what is
    filled into a blank may stand high too, but it is longer, or apart."""
    kept = list(run)
    for at, base in enumerate(run):
        note = behind(run[at + 1 : at + 2 + LONGEST], base)
        if 0 < len(note) <= LONGEST and not base.blank and note[0].box.x0 - base.box.x1 <= CLOSE * base.box.height:
            changed = (replace(char, text=char.text.translate(SUPERSCRIPTS)) for char in note)
            kept[at + 1 : at + 1 + len(note)] = changed
    return kept


def behind(chars: Sequence[Char], base: Char) -> list[Char]:
    """Those that stand raised right behind a character."""
    return list(itertools.takewhile(lambda char: is_raised(char, base), chars))


def is_raised(char: Char, base: Char) -> bool:
    height = base.box.height
    return char.box.height < SMALL * height and base.box.y1 - char.box.y1 >= RAISED * height
