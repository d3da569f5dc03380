"""Reads dates as contracts print them, and gives them in ISO 8601.

Printed in digits (`2024年05月20日`, `2024-05-20`, `2024.5.20`), in numerals (`二〇二四年五月二十日`), or to the
month only (`2025年1月`). A worn 年 is read as another character (`2024乐4月1日`). A form's blank (`    年  月  日`) is
no date. A date that no calendar has (`2024年2月30日`) is None: it was misread or misprinted, and nothing is guessed.

>>> parse_date("二〇二四年五月二十日"), parse_date("2025年1月"), parse_date("    年  月  日")
('2024-05-20', '2025-01', None)
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.text.counts import parse_count
from pipeline.text.ordinals import DIGITS

NUMERALS = "".join(DIGITS) + "十拾"
YEAR = rf"(?P<year>[12][0-9]\s?[0-9]\s?[0-9]|[{''.join(DIGITS)}oO0]{{4}})"
PART = rf"(?:[0-9]\s?[0-9]?|[{NUMERALS}]{{1,3}})"
# What a worn 年 is read as; it counts only where a month and a day follow.
ALIKE = "乐午牟牛羊车丰生华乎军"
WHOLE = rf"\s*{PART}\s*月\s*{PART}\s*[日号]"
WRITTEN = re.compile(
    rf"(?<![0-9]){YEAR}\s*(?:年|[{ALIKE}](?={WHOLE}))\s*(?P<month>{PART})\s*月份?(?:\s*(?P<day>{PART})\s*[日号])?(?!\s*[0-9]+\s*[日号])"
)
NUMERIC = re.compile(
    r"(?:(?<![0-9A-Za-z.\-/])|(?<=[./][0-9]{2}-)|(?<=[./][0-9]-))(?P<year>[12][0-9]{3})\s*(?P<sign>[-/.．])\s*(?P<month>[0-9]{1,2})"
    r"(?:\s*(?P=sign)\s*(?P<day>[0-9]{1,2}))?(?![0-9A-Za-z/]|\.[0-9]|-(?![12][0-9]{3}[./]))"
)


class Found(NamedTuple):
    """A date in a text: where it stands, and ISO 8601."""

    start: int
    end: int
    iso: str


def parse_date(text: str) -> str | None:
    """The first date of `text` as "2024-05-20", or "2024-05" where no day stands."""
    return next((found.iso for found in find_dates(text)), None)


def find_dates(text: str) -> Iterator[Found]:
    """Every date of `text`, in order. Year and month alone count with 年 and 月 or as `2024-05`, not as `2024.5`."""
    matches = sorted([*WRITTEN.finditer(text), *NUMERIC.finditer(text)], key=lambda match: match.start())
    for match in matches:
        if match.re is NUMERIC and not match["day"] and match["sign"] != "-":
            continue
        if iso := iso_date(match["year"], match["month"], match["day"]):
            yield Found(match.start(), match.end(), iso)


def iso_date(year: str, month: str, day: str | None) -> str | None:
    """The parts as one date; None where the calendar has no such day.

    >>> iso_date("2024", "2", "29"), iso_date("2023", "2", "29")
    ('2024-02-29', None)
    """
    numbers = parse_year(year), number(month), 1 if day is None else number(day)
    try:
        date = datetime.date(*(n or 0 for n in numbers))
    except ValueError:
        return None
    return f"{date:%Y-%m}" if day is None else date.isoformat()


def parse_year(text: str) -> int:
    """Four digits or four numerals read one by one (二〇二四); the letter O stands for a zero there."""
    digits = (str(DIGITS.get(char, 0 if char in "oO" else char)) for char in text if not char.isspace())
    return int("".join(digits))


def number(text: str) -> int | None:
    return parse_count("".join(text.split()))
