"""Characters that print alike: recognisers read 别 as 別, 黄 as 黃, 税 as 稅, a worn ¥ as f or Y.

A page of simplified text holds none of these forms, so they are taken for the simplified ones; a page of traditional
text, which shows by other characters, is left as it was read.

>>> "含稅金额".translate(ALIKE)
'含税金额'
>>> as_money("f73,926.80"), as_money("Y-1.50"), as_money("F-2,400"), as_money("VI5,470.00"), as_money("I5,470.00")
('¥73,926.80', '¥-1.50', 'F-2,400', '¥15,470.00', 'I5,470.00')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.page import Line, Word
from pipeline.ocr.engine import DOUBT

ALIKE = str.maketrans(
    "別黃戶內產吳呂兌稅脫悅沒冊換強溫値眞卽旣靑淸毎歩宮虛拋彥敎兪緖鄕靜淨錄裏郞違約",
    "别黄户内产吴吕兑税脱悦没册换强温值真即既青清每步宫虚抛彦教俞绪乡静净录里郎违约",
)
MOST_TRADITIONAL = 0.1  # of a simplified page's lines: 违约金 is read as 違約金
# Characters that look quite different from their simplified forms, and are in every traditional contract.
TRADITIONAL = frozenset("國個們這與對為發後應當將條約價額數時間實現關於種項負責認進過")

# What a crossed-out or worn ¥ is read as, before a sum in thousands, or below nought, to the fen: no version (V2.10) or
# code is set so.
WORN_SIGN = re.compile(r"^(\s*)[fFYVt](?=(?:\d{1,3}(?:,\d{3})+|\d{4,}|-\d[\d,]*)\.\d{2}$)")
# Behind the sign no border stands that may be read as I or l, so that it is a 1.
WORN_ONE = re.compile(r"^(\s*[¥￥fFYVt])[Il](?=\d{0,2}(?:,\d{3})*\.\d{2}$)")
# A letter before the point of a price below one yuan.
WORN_NOUGHT = re.compile(r"^(\s*[¥￥YV]?)[OoQD](?=\.\d{2,6}$)")

# A cell's right border, read along with the sum beside it; behind the fen it can be no digit.
BEFORE_BORDER = re.compile(r"\s*[¥￥]?\d[\d,]*\.\d{2}")


def as_money(text: str) -> str:
    """The word with ¥ where a letter stands before a sum of money, 0 where one stands before its point, 1 behind ¥."""
    return WORN_SIGN.sub(r"\1¥", WORN_ONE.sub(r"\g<1>1", WORN_NOUGHT.sub(r"\g<1>0", text)))


def without_border(words: Sequence[Word]) -> Sequence[Word]:
    """A line's words without the border of a cell behind a sum."""
    ends = len(words) > 1 and words[-1].text.strip() == "|" and BEFORE_BORDER.fullmatch(words[-2].text)
    return words[:-1] if ends else words


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines with sums as they are printed, and look-alikes replaced unless the page is traditional."""
    traditional = sum(not TRADITIONAL.isdisjoint(line.text) for line in lines)
    alike = {} if traditional > MOST_TRADITIONAL * len(lines) else ALIKE
    return tuple(
        replace(line, words=tuple(mended_word(word, alike) for word in without_border(line.words))) for line in lines
    )


def mended_word(word: Word, alike: dict[int, int]) -> Word:
    """What was read as a letter and is taken for ¥ leaves the word in doubt."""
    text = as_money(word.text)
    confidence = word.confidence if text == word.text else min(word.confidence, DOUBT)
    return replace(word, text=text.translate(alike), confidence=confidence)
