"""Reads small whole numbers: copies, months, days, annex numbers.

Contracts write them in digits (`6份`), plain numerals (`一式六份`, `十二个月`) or formal ones (`一式柒份`). Larger
numbers and money are read by text.amounts.

>>> [parse_count(text) for text in ("12", "六", "柒", "十二", "贰拾", "二十一", "两")]
[12, 6, 7, 12, 20, 21, 2]
"""

from __future__ import annotations

import re

DIGITS = {
    digit: value
    for value, digits in enumerate(
        ("〇零○", "一壹", "二贰两贰弍", "三叁叄参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for digit in digits
}
TENS = "十拾"

# One small number, for use inside a larger pattern.
COUNT = rf"(?:\d{{1,3}}|[{''.join(DIGITS)}{TENS}]{{1,3}})"

NUMERAL = re.compile(rf"([{''.join(DIGITS)}]?)[{TENS}]([{''.join(DIGITS)}]?)")


def parse_count(text: str) -> int | None:
    """The number, up to 999 in digits and up to 99 in numerals; None for anything else."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,3}", text):
        return int(text)
    if text in DIGITS:
        return DIGITS[text]
    if tens := NUMERAL.fullmatch(text):
        return 10 * DIGITS.get(tens[1], 1) + DIGITS.get(tens[2], 0)
    return None
