"""Reads what a clause, an annex or a table row is numbered with: 第十二条, 一、, 1., 2.10, (3), 3), ⑤, a., Ⅳ, 附件三.

Contracts mix a dozen styles, one for each level, and are careless with the mark that ends a number: `1、`, `1.` and `1`
are one style, while `(1)`, `1)` and `①` are styles of their own. The order 一、 (一) 1. (1) is that of GB/T 9704-2012,
7.3.3; the others are printed besides. A lone small i, v or x is a letter: lists go a, b, c far more often than i, ii.
In brackets it is a numeral, since (i), (ii) is common and a list that goes on to its ninth letter is not.

>>> ordinal("第十二条"), ordinal("(3)"), ordinal("⑤"), ordinal("2.10"), ordinal("附件三")
(12, 3, 5, (2, 10), 3)
>>> numbering("（一）").style, numbering("1、").style == numbering("1.").style
('(一)', True)
>>> numbering(".13") == numbering("13")
True
>>> ordinal("99.9%") is None
True
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇○", "一壹", "二贰两貳弍", "三叁叄参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
PLACES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

HAN = f"[{''.join(DIGITS)}{''.join(PLACES)}]{{1,7}}"
ROMAN_NUMBER = r"(?<=\()[ivx](?=\))|[IVX](?![A-Za-z])|[IVXLC]{2,6}(?![A-Za-z])|[ivxlc]{2,6}(?![A-Za-z])"
ARABIC = r"\d{1,3}(?:\.\d{1,3}){0,4}"
ONE = rf"(?P<han>{HAN})|(?P<roman>{ROMAN_NUMBER})|(?P<latin>[A-Za-z])|(?P<arabic>{ARABIC})"
UNIT = "[条章节款项部分篇]{1,2}"
NUMBER = re.compile(
    rf"(?P<word>第|附件|附表|附录)?\s*(?P<open>\()?\s*(?:{ONE})\s*(?P<close>\))?\s*(?P<unit>{UNIT})?[、.,。:;\s]*"
)
DUST = ".,·、'`"  # specks of a scan before a number
CIRCLED = re.compile(r"([①-⑳㉑-㉟])[、.,。:;\s]*")


@dataclass(frozen=True, slots=True)
class Numbering:
    """One number: its style (equal for all numbers that count together) and its parts, one for each dotted level."""

    style: str
    parts: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.parts[-1]


def numbering(text: str) -> Numbering | None:
    """The number that is the whole of `text`; None for anything else."""
    circled = CIRCLED.fullmatch(text.strip())
    if circled:
        return Numbering("①", (int(unicodedata.numeric(circled[1])),))
    match = NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip().lstrip(DUST))
    parts = parts_of(match) if match else None
    return Numbering(style_of(match), parts) if match and parts else None


def ordinal(text: str) -> int | tuple[int, ...] | None:
    """The number itself; a tuple where it has dotted levels."""
    found = numbering(text)
    if found is None:
        return None
    return found.last if len(found.parts) == 1 else found.parts


def parts_of(match: re.Match[str]) -> tuple[int, ...] | None:
    """The number's parts; None where the characters are no number (十十)."""
    if match["arabic"]:
        return tuple(int(part) for part in match["arabic"].split("."))
    if match["latin"]:
        return (ord(match["latin"].lower()) - ord("a") + 1,)
    value = chinese(match["han"]) if match["han"] else roman(match["roman"].upper())
    return None if value is None else (value,)


def style_of(match: re.Match[str]) -> str:
    """Numbers of one style count together: 第一条 and 第2条, 附件一 and 附件2, 1、 and 2."""
    if match["word"] and match["word"] != "第":
        return match["word"]
    if match["unit"]:
        return f"第{match['unit']}"
    sign = "一" if match["han"] else "I" if match["roman"] else "a" if match["latin"] else "1"
    levels = ".1" * match["arabic"].count(".") if match["arabic"] else ""
    return f"{match['open'] or ''}{sign}{levels}{match['close'] or ''}"


def chinese(text: str) -> int | None:
    """A Chinese numeral below ten thousand, by places (一百零三) or digit by digit (一〇三).

    >>> [chinese(x) for x in ("十", "十二", "二十", "一百零三", "一〇三", "十十")]
    [10, 12, 20, 103, 103, None]
    """
    if all(char in DIGITS for char in text):
        return int("".join(str(DIGITS[char]) for char in text))
    total, digit, smallest = 0, None, 10_000
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char] or None
            continue
        place = PLACES[char]
        if place >= smallest:
            return None
        total, digit, smallest = total + (digit or 1) * place, None, place
    return total + (digit or 0)


def roman(text: str) -> int:
    """A Roman numeral; a smaller sign before a greater one is taken off.

    >>> [roman(x) for x in ("III", "IV", "IX", "XII")]
    [3, 4, 9, 12]
    """
    values = [ROMAN[char] for char in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
