"""Characters that print alike: recognisers read 别 as 別, 黄 as 黃, 税 as 稅.

A page of simplified text holds none of these forms, so they are taken for the simplified ones; a page of traditional
text, which shows by other characters, is left as it was read.

>>> simplified("含稅金额")
'含税金额'
>>> simplified("國內稅額")
'國內稅額'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line

ALIKE = str.maketrans(
    "別黃戶內產吳呂兌稅脫悅沒冊換強溫値眞卽旣靑淸毎歩宮虛拋彥敎兪緖鄕靜淨錄裏郞",
    "别黄户内产吴吕兑税脱悦没册换强温值真即既青清每步宫虚抛彦教俞绪乡静净录里郎",
)
# Characters that look quite different from their simplified forms, and are in every traditional contract.
TRADITIONAL = frozenset("國個們這與對為發後應當將條約價額數時間實現關於種項負責認進過")


def simplified(text: str) -> str:
    """The text with look-alikes of simplified characters replaced, unless it is traditional."""
    return text if TRADITIONAL.intersection(text) else text.translate(ALIKE)


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines with look-alikes replaced, unless the page is traditional."""
    if any(TRADITIONAL.intersection(line.text) for line in lines):
        return tuple(lines)
    return tuple(
        replace(line, words=tuple(replace(word, text=word.text.translate(ALIKE)) for word in line.words))
        for line in lines
    )
