"""Numbers in figures, strictly: ¥1,234,567.89 -> 1234567.89, 35.00% -> 35.00.

Contracts print thousands with commas or without; OCR makes commas full-width, puts spaces between groups and loses
digits. So separators count only in legal grouping: what breaks it is None, never a guess. Digits stay as written,
trailing zeros too.

>>> parse_decimal("¥23,040.00")
Decimal('23040.00')
>>> parse_decimal("23,04.00") is None
True
>>> parse_money("1536.5万元")
Decimal('15365000')
>>> parse_percent("3‰")
Decimal('0.3')
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from pipeline.text.amounts import parse_number

WHOLE = r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)"
NUMBER = re.compile(rf"-?{WHOLE}(?:\.\d+)?")
# Spaces part thousands only where the fen or a currency sign show that the groups are one sum of money.
SPACED = re.compile(r"-?[1-9]\d{0,2}(?: \d{3})+(?:\.\d{2})?")
SPACED_FEN = re.compile(r"\.\d\d$")
# Two points in one sum: the commas between thousands were read as points, since only the last can part the fen. A
# comma before two last digits may have lost the third.
POINTED = re.compile(r"-?[1-9]\d{0,2}(?:[,.]\d{3})+\.\d{2}")
# Dust above a comma between thousands makes it a semicolon.
SPECKED_COMMA = re.compile(r"(?<=\d);(?=\d{3}(?:,\d{3})*\.\d{2}$)")
# A minus, typed as a dash
DASH = re.compile(r"^\s*–\s*(?=[¥￥\d])")
# The mark of a note: raised digits, circled ones.
NOTED = re.compile("[⁰¹²³⁴-⁹①-⑳]")
NOTE = re.compile(rf"{NOTED.pattern}+\s*$")
SPACED_SIGN = re.compile(r"\s*([,.])\s*")
# A speck behind the fen is read as a second point.
SPECK = re.compile(r"(?<=\.\d\d)\.$")
# A point is read as a colon; between the yuan and the fen of a sum with its sign it can be nothing else.
FEN_COLON = re.compile(r":(?=\d\d$)")
# ¥ is often read as Y, V or N; before an amount in yuan and fen, or a finer price, it can be nothing else
SIGN = re.compile(r"^(?:人民币|RMB|CNY|¥|[YVN](?=[\d,.]+[.:]\d{2,4}$))\s*|\s*(?:RMB|CNY)$")
UNIT = re.compile(r"(?P<scale>[万亿]?)元?(?:人民币)?[整正]?(?:/[一-龥]{1,3})?$")
SCALES = {"": 0, "万": 4, "亿": 8}
PERCENT_SIGNS = {"%": 0, "‰": -1}
PERCENT_WORDS = {"百分之": 0, "千分之": -1, "万分之": -2}
BRACKETS = "【】[]()（）〔〕_ "


@lru_cache(maxsize=4096)
def parse_decimal(text: str) -> Decimal | None:
    """A number with or without thousands separators and currency signs; None for anything else.

    >>> parse_decimal("674 720.00"), parse_decimal("16 20"), parse_decimal("1,23"), parse_decimal("007")
    (Decimal('674720.00'), None, None, None)
    >>> parse_decimal("¥4.020.46"), parse_decimal("4,020,46"), parse_decimal("4.020"), parse_decimal("4.02.46")
    (Decimal('4020.46'), None, Decimal('4.020'), None)
    >>> parse_decimal("¥105:00"), parse_decimal("10:30"), parse_decimal("60,456.00."), parse_decimal("1.2.")
    (Decimal('105.00'), None, Decimal('60456.00'), None)
    >>> parse_decimal("V0.3050"), parse_decimal("¥31;130.00"), parse_decimal("31;130")
    (Decimal('0.3050'), Decimal('31130.00'), None)
    """
    folded = narrow(text)
    bare = SIGN.sub("", folded).removesuffix("元").strip()
    bare = SPECKED_COMMA.sub(",", SPECK.sub("", SPACED_SIGN.sub(r"\1", bare)))
    if bare != folded:
        bare = FEN_COLON.sub(".", bare)
    money = bare != folded or SPACED_FEN.search(bare)
    if money and SPACED.fullmatch(bare):
        bare = bare.replace(" ", "")
    if POINTED.fullmatch(bare):
        bare = f"{bare[:-3].replace('.', ',')}.{bare[-2:]}"
    return Decimal(bare.replace(",", "")) if NUMBER.fullmatch(bare) else None


@lru_cache(maxsize=4096)
def parse_money(text: str) -> Decimal | None:
    """A sum in yuan, its unit printed or not: 1000元, ¥1,000.00, 12.5万元, 30元/月.

    >>> parse_money("12.5 万元整"), parse_money("1000元"), parse_money("面议")
    (Decimal('125000'), Decimal('1000'), None)
    >>> parse_money("¥105:00"), parse_money("¥12 345")
    (Decimal('105.00'), None)
    """
    folded = narrow(text)
    unit = UNIT.search(folded)
    if not unit:
        return None
    signed = unit.group() or (folded.startswith("¥") and FEN_COLON.search(folded))
    value = parse_decimal(("¥" if signed else "") + folded[: unit.start()].removeprefix("¥"))
    return None if value is None else shifted(value, SCALES[unit["scale"]])


def parse_percent(text: str) -> Decimal | None:
    """A percentage as its percent figure: 50%, 3‰ (0.3), 百分之五, 万分之五 (0.05).

    >>> parse_percent("99.90％"), parse_percent("百分之三十"), parse_percent("万分之五"), parse_percent("30")
    (Decimal('99.90'), Decimal('30'), Decimal('0.05'), None)
    """
    folded = "".join(narrow(text).split())
    for word, places in PERCENT_WORDS.items():
        if folded.startswith(word):
            rate = folded.removeprefix(word).strip(BRACKETS)
            value = parse_decimal(rate) if rate.isascii() else parse_number(rate)
            return None if value is None else shifted(value, places)
    if folded[-1:] not in PERCENT_SIGNS:
        return None
    value = parse_decimal(folded[:-1].strip(BRACKETS))
    return None if value is None else shifted(value, PERCENT_SIGNS[folded[-1]])


def narrow(text: str) -> str:
    """Half-width, one currency sign, without the spaces around and a note's mark behind; one amid digits is no digit.

    >>> narrow("￥１，２００．００①"), narrow("120³0")
    ('¥1,200.00', '120\ufffd0')
    >>> parse_decimal("–5,000.00"), parse_decimal("1–5")
    (Decimal('-5000.00'), None)
    """
    text = DASH.sub("-", NOTED.sub("\ufffd", NOTE.sub("", text)))
    return unicodedata.normalize("NFKC", text).replace("\u00a5", "¥").replace("，", ",").replace("−", "-").strip()


def shifted(value: Decimal, places: int) -> Decimal:
    """value x 10^places, exact and without an exponent: 12.50 by 4 places is 125000, 3 by -1 is 0.3."""
    return Decimal(format(value.scaleb(places), "f"))
