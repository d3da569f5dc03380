"""What a reading says: whether two readings of one place state the same value, however they were set.

Figures are compared as numbers (`¥23,040.00元` = `23040.0`), with the letters and strokes that engines read for digits
and for a table's borders taken away, and a comma read for a point or a point for a comma where the groups of three show
it; sums in words as sums. What is no well-formed value says nothing: it neither confirms nor contradicts.

>>> agree("¥23,040.00元", "|23040.OO"), agree("23,040.00", "23,140.00"), agree("23,040.00", "23.04.00")
(True, False, None)
>>> agree("壹仟元整", "人民币壹仟元正（¥1"), agree("壹仟元整", "柒仟元整"), agree("壹仟元整", "壹任元整")
(True, False, None)
>>> meaning("¥2,260.00元") == meaning("¥2.260.0元"), meaning("2,260") == meaning("2.260")
(True, False)
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
FIGURE = re.compile(r"\.?\d[\d.,]*")  # a lost 0 before the point costs no value
GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
PERCENT = ("%", "‰")
WORDS = re.compile(r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸萬億元圆角分整正]{2,}")


def agree(read: str, again: str) -> bool | None:
    """Whether the second reading states what the first does; None where that can't be told.

    A text that states no figure (万分之五) is confirmed by the same text; a reading that lost the percent sign says
    nothing, for the sign is read as a figure.
    """
    if read.endswith(PERCENT) and not any(sign in folded(again) for sign in PERCENT):
        return None
    says = figures if any(map(str.isdigit, read)) else sums
    first, second = says(read), says(again)
    if first is None:
        return True if folded(read) and folded(read) in folded(again) else None
    return None if second is None else first == second


def meaning(text: str) -> str:
    """The text with each figure as a plain number: the same for every way to set its thousands, its point and the zeros
    at its end."""

    def plain(match: re.Match[str]) -> str:
        value = number(match.group())
        return match.group() if value is None else f"{value.normalize():f}"

    return FIGURE.sub(plain, folded(text))


def figures(text: str) -> Said | None:
    """The numbers in their order; None where there are none or one can't be read."""
    bare = folded(text).strip(BORDERS)
    found = FIGURE.findall(LETTER.sub(lambda match: match.group().translate(LETTERS), bare))
    values = [number(figure) for figure in found]
    said = tuple(value for value in values if value is not None)
    return said if said and len(said) == len(values) else None


def number(figure: str) -> Decimal | None:
    """The number that the figure is: its last separator is the point, unless it is a comma before three digits; one
    before it all is dust where another follows.

    >>> [str(number(figure)) for figure in ("1,234.5", "2.260.00", "134,00", "16,254,252", "23,04.00", ".13", ".13.00")]
    ['1234.5', '2260.00', '134.00', '16254252', 'None', '0.13', '13.00']
    """
    bare = figure.rstrip(".,")
    bare = bare[1:] if bare.startswith(".") and bare.count(".") > 1 else bare
    at = max(bare.rfind("."), bare.rfind(","))
    if at < 0 or (bare[at] == "," and len(bare) - at == 4):
        whole, decimals = bare, ""
    else:
        whole, decimals = bare[:at] or "0", f".{bare[at + 1 :]}"
    return Decimal(re.sub("[.,]", "", whole) + decimals) if GROUPED.fullmatch(whole) else None


def sums(text: str) -> Said | None:
    """The sums in words; None where there are none or one is not well-formed."""
    found = [parse_words(run.group()) for run in WORDS.finditer(folded(text))]
    values = tuple(value for value in found if value is not None)
    return values if values and len(values) == len(found) else None


def words_in(text: str) -> str:
    """The sum in words as it stands in the text.

    >>> words_in("大写：壹仟元整（")
    '壹仟元整'
    """
    match = WORDS.search(folded(text))
    return match.group() if match else ""


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
