"""Figures as contracts print them: sums in digits and in words (大写), ordinals, percents.

Source of the rules for words: 支付结算办法, 附一. 零 must stand for zeros within the number; before the thousands after
a zero of the ten thousands, and before 角 after a zero of the yuan, it may.

>>> in_words(Decimal("107000.53"), Capitals()), in_words(Decimal("107000.53"), Capitals(open_zero=False))
('壹拾万零柒仟元零伍角叁分', '壹拾万柒仟元伍角叁分')
>>> in_words(Decimal("6007.10"), Capitals("圆", "正")), in_words(Decimal("325.04"), Capitals())
('陆仟零柒圆壹角正', '叁佰贰拾伍元零肆分')
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bench.synth.deal import Capitals, Look

NUMERALS = "零壹贰叁肆伍陆柒捌玖"
PLAIN = "零一二三四五六七八九"
TRADITIONAL = str.maketrans("贰叁陆万亿", "貳參陸萬億")
FEN = Decimal("0.01")


def fen(value: Decimal) -> Decimal:
    """Rounded to the fen, two decimals."""
    return value.quantize(FEN, ROUND_HALF_UP)


def in_digits(value: Decimal, look: Look) -> str:
    """The sum as the contract prints it: `1,234.50`, `¥1234.50`."""
    return look.sign + (f"{value:,f}" if look.separators else f"{value:f}")


def in_words(value: Decimal, style: Capitals) -> str:
    """The sum written out, without 人民币."""
    whole, cents = divmod(int(value.scaleb(2)), 100)
    if style.every_place:
        text = places(whole) + style.yuan + f"{NUMERALS[cents // 10]}角{NUMERALS[cents % 10]}分"
    else:
        text = integer(whole, style) + style.yuan + fraction(whole, cents, style)
    return text.translate(TRADITIONAL) if style.traditional else text


def places(value: int) -> str:
    """A number as a form with printed units has it: every place filled, zeros too.

    >>> places(105000), places(20300405)
    ('壹拾零万伍仟零佰零拾零', '贰仟零佰叁拾零万零仟肆佰零拾伍')
    """
    units = ("", "拾", "佰", "仟", "万", "拾", "佰", "仟", "亿", "拾", "佰", "仟")
    digits = str(value)
    return "".join(NUMERALS[int(digit)] + units[len(digits) - 1 - i] for i, digit in enumerate(digits))


def integer(value: int, style: Capitals) -> str:
    groups = [(value // 10**8, "亿"), (value // 10**4 % 10**4, "万"), (value % 10**4, "")]
    text, gap, before = "", False, 0
    for number, unit in groups:
        if not number:
            gap = gap or bool(text)
            continue
        open_zero = style.open_zero and before % 10 == 0
        if text and (gap or number < 1000 or open_zero):
            text += "零"
        text, gap, before = text + thousands(number) + unit, False, number
    return text or "零"


def thousands(number: int) -> str:
    """1..9999, with 零 for zeros inside."""
    text = ""
    for power, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // power % 10
        if digit:
            text += NUMERALS[digit] + unit
        elif text and number % power and not text.endswith("零"):
            text += "零"
    return text


def fraction(whole: int, cents: int, style: Capitals) -> str:
    jiao, fen_ = divmod(cents, 10)
    if not cents:
        return style.whole
    zero = "零" if not jiao or (style.open_zero and whole % 10 == 0) else ""
    text = zero + (NUMERALS[jiao] + "角" if jiao else "") + (NUMERALS[fen_] + "分" if fen_ else "")
    return text if fen_ else text + (style.whole if style.whole_after_jiao else "")


def chinese(number: int) -> str:
    """1..99 as 一, 十一, 二十.

    >>> [chinese(n) for n in (1, 10, 11, 20, 34)]
    ['一', '十', '十一', '二十', '三十四']
    """
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else PLAIN[tens] + "十"
    return head + (PLAIN[ones] if ones else "")


def formal(number: int) -> str:
    """1..9 as 壹, 贰 ..., for the count of copies."""
    return NUMERALS[number]
