"""Characters that print alike: recognisers read 别 as 別, 黄 as 黃, 税 as 稅, a worn ¥ as f or Y.

A page of simplified text holds none of these forms, so they are taken for the simplified ones; a page of traditional
text, which shows by other characters, is left as it was read.

>>> "含稅金額貳萬元".translate(alike())
'含税金额貳萬元'
>>> as_money("f73,926.80"), as_money("Y-1.50"), as_money("F-2,400"), as_money("VI5,470.00"), as_money("I5,470.00")
('¥73,926.80', '¥-1.50', 'F-2,400', '¥15,470.00', 'I5,470.00')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from pipeline.model.page import Line, Word
from pipeline.ocr.engine import DOUBT

# Forms that neither simplified nor traditional contracts print, and what they are read for.
RARE = str.maketrans("値靑淸毎歩兪緖鄕郞", "值青清每步俞绪乡郎")
FORMAL = "壹贰叁参肆伍陆柒捌玖拾佰仟万亿元圆"  # sums in words keep the form that was read: both are legal
IDEOGRAPHS = range(0x4E00, 0xA000)
MOST_TRADITIONAL = 0.1  # of a simplified page's lines: 违约金 is read as 違約金
# Characters that look quite different from their simplified forms, and are in every traditional contract.
TRADITIONAL = frozenset("國個們這與對為發後應當將條約價額數時間實現關於種項負責認進過")

# What a crossed-out or worn ¥ is read as, before a sum in thousands, or below nought, to the fen: no version (V2.10) or
# code is set so.
WORN_SIGN = re.compile(r"^(\s*)(?:[fFYVt](?=(?:\d{1,3}(?:,\d{3})+|\d{4,}|-\d[\d,]*)\.\d{2}$)|[fFYVt][¥￥](?=\d))")
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


@cache
def alike() -> dict[int, str]:
    """The characters that no simplified text holds (GB 2312-1980), with those that it prints in their places."""
    written = "".join(map(chr, IDEOGRAPHS))
    pairs = zip(written, OpenCC("t2s").convert(written), strict=True)
    simplified = {ord(a): b for a, b in pairs if a != b and b not in FORMAL and not is_simplified(a)}
    return simplified | {form: chr(other) for form, other in RARE.items()}


def is_simplified(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def mended(lines: Sequence[Line]) -> tuple[Line, ...]:
    """A page's lines with sums as they are printed, and look-alikes replaced unless the page is traditional."""
    traditional = sum(not TRADITIONAL.isdisjoint(line.text) for line in lines)
    forms = {} if traditional > MOST_TRADITIONAL * len(lines) else alike()
    return tuple(
        replace(line, words=tuple(mended_word(word, forms) for word in without_border(line.words))) for line in lines
    )


def mended_word(word: Word, forms: Mapping[int, str]) -> Word:
    """What was read as a letter and is taken for ¥ leaves the word in doubt."""
    text = as_money(word.text)
    confidence = word.confidence if text == word.text else min(word.confidence, DOUBT)
    return replace(word, text=text.translate(forms), confidence=confidence)
