"""Amounts in words (大写): 贰拾万零壹仟陆佰元整 -> 201600.00, and back.

Contracts print them after 人民币 or （大写）, with 元 or 圆, ending in 整 or 正 unless 分 ends them, with 零 where a
place is skipped: 人民币壹仟零伍元零捌分 = 1005.08. Forms with a unit printed for every place have them all filled in:
壹拾零万伍仟零佰零拾零元零角零分 = 105000. Form: Ministry of Finance, 会计基础工作规范, Article 52.

Strict on purpose: what is not a well-formed amount is None, for a lenient reader turns a misread 仟 into another sum.
cn2an reads the groups below ten thousand in its strict mode; places above and the money's tail are taken apart here,
because cn2an refuses legal forms (玖拾万零肆仟, 伍角整, 零捌分) and returns floats.

>>> parse_words("人民币贰拾万零壹仟陆佰元伍角整")
Decimal('201600.50')
>>> parse_words("贰拾万任陆佰元整") is None
True
>>> to_words(Decimal("201600.50"))
'贰拾万壹仟陆佰元伍角'
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import cn2an
from opencc import OpenCC

DIGITS = "零一二三四五六七八九"
FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
FORMAL_UNITS = "拾佰仟万亿兆"

# What opencc leaves: rarer variants of the formal numerals, and the spoken names of the money's units.
VARIANTS = str.maketrans("〇○两参叅弍弐貮圆块毛", "零零二叁叁贰贰贰元元角")
LOWER = str.maketrans(FORMAL_DIGITS + "拾佰仟", DIGITS + "十百千")
PLACES = (("兆", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
FEN = Decimal("0.01")

CURRENCY = re.compile(r"^(?:人民币|新台币|RMB|CNY|[¥￥])")
MONEY = re.compile(
    r"(?P<sign>负?)(?:(?P<yuan>[^元角分厘毫整正]+)(?:元|(?=[整正]?$)))?"
    r"(?:零?(?P<jiao>[零一二三四五六七八九])角)?(?:零?(?P<fen>[零一二三四五六七八九])分)?"
    r"(?:零?(?P<li>[零一二三四五六七八九])厘)?(?:零?(?P<hao>[零一二三四五六七八九])毫)?钱?[整正]?"
)
# A form prints a unit for every place and a clerk fills in each blank, with 零 too: 壹拾零万伍仟零佰零拾零元零角零分.
FOUR = rf"[{DIGITS}]千[{DIGITS}]百[{DIGITS}]十[{DIGITS}]"
FIRST = rf"(?:(?:[{DIGITS}]千)?[{DIGITS}]百)?[{DIGITS}]十[{DIGITS}]|[{DIGITS}]"
FORM = re.compile(rf"(?:{FIRST})(?:亿{FOUR}万{FOUR}|万{FOUR})?")
SKIPPED_PLACES = re.compile(
    r"亿(?=.仟[^万亿]*元)"
)  # cn2an leaves 零 out where the places between 亿 and 仟 are skipped
FILLED = re.compile("零[百千]|.零$")
FIGURES = str.maketrans(DIGITS, "0123456789")
TAIL = ("jiao", "fen", "li", "hao")


def parse_words(text: str) -> Decimal | None:
    """An amount in words as a decimal with two places (more only where 厘 or 毫 stands); None unless well-formed."""
    match = MONEY.fullmatch(CURRENCY.sub("", plain(text)))
    if not match or not any(match.group("yuan", *TAIL)):
        return None
    yuan = yuan_of(match["yuan"]) if match["yuan"] else Decimal(0)
    if yuan is None or (match["yuan"] or "").startswith(("百", "千")):
        return None
    tail = sum((DIGITS.index(match[name] or "零") * FEN.scaleb(1 - place) for place, name in enumerate(TAIL)), FEN * 0)
    value = yuan + tail.normalize() + FEN * 0
    return -value if match["sign"] and value else value


def parse_number(text: str) -> Decimal | None:
    """A plain number in Chinese numerals, small or formal: 三十 = 30, 负零点伍 = -0.5; None unless well-formed."""
    match = re.fullmatch(r"(负?)([^点负]+)(?:点([零一二三四五六七八九]+))?", plain(text))
    value = whole(match[2]) if match else None
    if not match or value is None:
        return None
    if match[3]:
        value += Decimal("0." + "".join(str(DIGITS.index(char)) for char in match[3]))
    return -value if match[1] and value else value


def to_words(value: Decimal) -> str:
    """An amount in its canonical words, as a clerk would print it: 201600 -> 贰拾万壹仟陆佰元整."""
    words = str(cn2an.an2cn(format(value.quantize(FEN), "f"), "rmb"))
    return SKIPPED_PLACES.sub("亿零", words)


def plain(text: str) -> str:
    """Simplified, small numerals, without spaces: one spelling for 貳佰圓, 贰佰圆 and 二百元."""
    simplified: str = traditional().convert("".join(text.split()))
    return simplified.translate(VARIANTS).translate(LOWER)


@cache
def traditional() -> OpenCC:
    return OpenCC("t2s")


def whole(text: str) -> Decimal | None:
    """A whole number in small numerals, its places above ten thousand taken apart from the highest."""
    for mark, unit in PLACES:
        if mark in text:
            left, _, right = text.rpartition(mark)
            return placed(whole(left), rest(right, unit), unit, repeated=left.endswith(mark))
    return group(text)


def yuan_of(text: str) -> Decimal | None:
    """The whole yuan of an amount; a 零 with its unit stands only in forms that have every place printed.

    >>> yuan_of("一十零万五千零百零十零"), yuan_of("一十零万零百零十零")
    (Decimal('105000'), None)
    """
    if FORM.fullmatch(text):
        return Decimal(re.sub(f"[^{DIGITS}]", "", text).translate(FIGURES))
    return None if FILLED.search(text) else whole(text)


def placed(high: Decimal | None, low: Decimal | None, unit: Decimal, repeated: bool) -> Decimal | None:
    """high x unit + low. Only 亿 may stand on a number as large as itself (万亿), or a mark on itself (万万)."""
    if not high or low is None or (unit == 10**4 and high >= unit and not repeated):
        return None
    return high * unit + low


def rest(text: str, unit: Decimal) -> Decimal | None:
    """What follows a place's mark. A lone 五 after 万 (spoken for five thousand) is refused, 零五 is five."""
    if not text:
        return Decimal(0)
    value = whole(text.removeprefix("零"))
    skipped = text.startswith("零")
    least = Decimal(10) if unit == 10**4 else Decimal(10) ** 4
    if not value or value >= unit or (value < least and not skipped):
        return None
    return value


def group(text: str) -> Decimal | None:
    """A number below ten thousand, read by cn2an; the 一 that a leading 十, 百 or 千 leaves out is put back."""
    try:
        value = cn2an.cn2an("一" + text if text[:1] in tuple("十百千") else text, "strict")
    except ValueError:
        return None
    return Decimal(value) if isinstance(value, int) else None
