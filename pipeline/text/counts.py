"""Reads small whole numbers: copies, months, days, annex numbers.

Contracts write them in digits (`6份`), plain numerals (`一式六份`, `十二个月`) or formal ones (`一式柒份`). Larger
numbers and money are read by text.amounts.

>>> [parse_count(text) for text in ("12", "六", "柒", "十二", "贰拾", "二十一", "两", "一百八十")]
[12, 6, 7, 12, 20, 21, 2, 180]
"""

from __future__ import annotations

import re

from pipeline.text.ordinals import DIGITS, PLACES, chinese

# One small number, for use inside a larger pattern.
COUNT = rf"(?:\d{{1,3}}|[{''.join(DIGITS)}十拾]{{1,3}})"

FIGURES = re.compile(r"[0-9]{1,3}")
NUMERAL = re.compile(
    rf"[{''.join(DIGITS)}]|[{''.join(DIGITS)}]*[{''.join(PLACES)}][{''.join(DIGITS)}{''.join(PLACES)}]*"
)


def parse_count(text: str) -> int | None:
    """The number, up to 999 in digits and below ten thousand in numerals; None for anything else."""
    text = text.strip()
    if FIGURES.fullmatch(text):
        return int(text)
    return chinese(text) if NUMERAL.fullmatch(text) else None
