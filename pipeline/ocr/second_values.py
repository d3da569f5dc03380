"""What a reading says: whether two readings of one place state the same value, however they were set.

Figures are compared as numbers (`¥23,040.00元` = `23040.0`), with the letters and strokes that engines read for digits
and for a table's borders taken away; sums in words as sums. What is no well-formed value says nothing: it neither
confirms nor contradicts.

>>> agree("¥23,040.00元", "|23040.OO"), agree("23,040.00", "23,140.00"), agree("23,040.00", "23.040.00")
(True, False, None)
>>> agree("壹仟元整", "人民币壹仟元正（¥1"), agree("壹仟元整", "柒仟元整"), agree("壹仟元整", "壹任元整")
(True, False, None)
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias

from pipeline.text.amounts import parse_words

Said: TypeAlias = tuple[Decimal, ...]

BORDERS = "|[]【】(){}!丨'`_"  # what a ruling beside the figure is read for
LETTERS = str.maketrans("OoDlI", "00011")
LETTER = re.compile(r"(?<=[\d.])[OoDlI]|[OoDlI](?=[\d.])")
FIGURE = re.compile(r"\d[\d.]*")
NUMBER = re.compile(r"\d+(?:\.\d+)?\.?")  # a full stop may follow
WORDS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸萬億元圆角分整正]{2,}")


def agree(read: str, again: str) -> bool | None:
    """Whether the second reading states what the first does; None where that can't be told.

    A text that states no figure (万分之五) is confirmed by the same text.
    """
    says = figures if any(map(str.isdigit, read)) else sums
    first, second = says(read), says(again)
    if first is None:
        return True if folded(read) and folded(read) in folded(again) else None
    return None if second is None else first == second


def figures(text: str) -> Said | None:
    """The numbers in their order; None where there are none or one can't be read."""
    bare = folded(text).replace(",", "").strip(BORDERS)
    found = FIGURE.findall(LETTER.sub(lambda match: match.group().translate(LETTERS), bare))
    legible = all(NUMBER.fullmatch(figure) for figure in found)
    return tuple(Decimal(figure.rstrip(".")) for figure in found) if found and legible else None


def sums(text: str) -> Said | None:
    """The sums in words; None where there are none or one is not well-formed."""
    found = [parse_words(run.group()) for run in WORDS.finditer(folded(text))]
    values = tuple(value for value in found if value is not None)
    return values if values and len(values) == len(found) else None


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
