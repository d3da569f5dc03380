"""Folds printed text to the record's: half-width digits, letters and signs, no layout spaces.

Contracts mix widths (`２０２４年`, `Ｗｉｎｄｏｗｓ`) and pad with spaces to fill a line (`甲    方：`). The record
keeps Chinese punctuation and brackets as printed, and one space between two words of Latin letters or digits
(docs/record.md, Conventions): `Windows Server 套餐` -> `Windows Server套餐`.

>>> fold_text("提供 Ｗｉｎｄｏｗｓ  Server 套餐，共 １２ 个月（含税）")
'提供Windows Server套餐，共12个月（含税）'
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pipeline.model.passage import Glyph, Passage

# Full-width forms that are Chinese punctuation and stay as printed; every other full-width form becomes ASCII.
CHINESE_PUNCTUATION = frozenset("，：；！？（）")

# Radicals that PDF fonts put for characters and Unicode gives no decomposition (CJK Radicals Supplement).
RADICALS = dict(
    zip(
        "⺠⺝⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民月竹虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)

# Variants of `¥`, `/` and the hyphen.
SIGNS = {"￥": "¥", "\u2044": "/", "−": "-", "‐": "-", "‑": "-", "﹣": "-"}


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """One character as the record writes it; always exactly one character.

    >>> "".join(map(fold_char, "Ａ１．５％，⾦（￥）"))
    'A1.5%，金（¥）'
    """
    if char in CHINESE_PUNCTUATION:
        return char
    if char in SIGNS or char in RADICALS:
        return SIGNS.get(char) or RADICALS[char]
    if is_full_width(char) or is_variant_ideograph(char):
        folded = unicodedata.normalize("NFKC", char)
        return folded if len(folded) == 1 else char
    return " " if char.isspace() else char


def is_full_width(char: str) -> bool:
    """The ASCII characters' full-width forms (U+FF01 to U+FF5E)."""
    return "\uff01" <= char <= "\uff5e"


def is_variant_ideograph(char: str) -> bool:
    """Radicals and compatibility ideographs, which PDF fonts put for the ideograph they look like."""
    return "\u2e80" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f"


def fold(passage: Passage) -> Passage:
    """The passage as the record writes it: characters folded, layout spaces dropped.

    A line break counts as a space, so two words of Latin letters that it parts stay two words; digits that it parts
    are one number, torn where the line was full.
    """
    return Passage(tuple(spaced(passage.fold(fold_char).glyphs)))


def spaced(glyphs: tuple[Glyph, ...]) -> Iterator[Glyph]:
    """The glyphs with a space only between two words."""
    last: Glyph | None = None
    gap: Glyph | None = None
    for glyph in glyphs:
        if glyph.char == " ":
            gap = gap or glyph
            continue
        if last and (gap or breaks_words(last, glyph)) and is_word(last.char) and is_word(glyph.char):
            yield gap or last._replace(char=" ")
        yield glyph
        last, gap = glyph, None


def breaks_words(last: Glyph, glyph: Glyph) -> bool:
    return last.line != glyph.line and last.char.isalpha() and glyph.char.isalpha()


def is_word(char: str) -> bool:
    """Latin letters and digits, which need a space between two words; Chinese needs none."""
    return char.isascii() and char.isalnum()


def fold_text(text: str) -> str:
    """Plain text as the record writes it; a line break counts as a space."""
    folded = "".join(map(fold_char, text))
    words = folded.split()
    parts = words[:1]
    for before, word in itertools.pairwise(words):
        parts.append(f" {word}" if is_word(before[-1]) and is_word(word[0]) else word)
    return "".join(parts)
