"""A value as it is printed, with another value in its place: what the image is asked about.

A record keeps `23140.00`, the paper shows `¥23,140.00元` or `2.314万元`; a rival has to be spelled the paper's way.

>>> rivals("¥23,140.00元", Decimal("23140.00"), "23040.00")
('¥23,040.00元', '¥23040.00元')
>>> rivals("合计2.3万元", Decimal("23000"), "28000")
('合计2.8万元',)
>>> rivals("27", Decimal(27), "127")
('127', '127.00')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.model.check import plain
from pipeline.model.source import Cited
from pipeline.text.misread import figure_misreadings, word_misreadings
from pipeline.text.numbers import parse_decimal, shifted

FIGURE = re.compile(r"-?\d(?:[\d,，.]*\d)?")
FEN_PLACES, NO_FEN = 2, ".00"
YUAN = "¥"
SEPARATORS = {".": ",", ",": "."}
SCALES = (0, 4, 8, -1)  # as printed, in 万, in 亿, a ‰ as percent


def text_of(leaf: Cited[Any]) -> str:
    """The value as it was read, its lines joined."""
    return "".join(source.text for source in leaf.sources)


def rivals(printed: str, read: Any, other: str) -> tuple[str, ...]:
    """`printed` with `other` in place of the value that was `read` there, in each way to spell it; none where it can't
    be told how."""
    if isinstance(read, str):
        return (other,) if printed == read else dated(printed, read, other)
    for match in FIGURE.finditer(printed):
        value = parse_decimal(match.group())
        scale = next((s for s in SCALES if value is not None and shifted(value, s) == read), None)
        if scale is not None:
            before, after = printed[: match.start()], printed[match.end() :]
            return tuple(before + figure + after for figure in spelled(match.group(), other, scale))
    return ()


def spelled(token: str, other: str, scale: int) -> tuple[str, ...]:
    """`other` as a figure in the unit of `token`, in groups of three where that has such; a lost comma or one that was
    read as a point makes it uncertain whether it has, and lost decimals whether a whole figure has any."""
    text = other if scale == 0 else plain(shifted(Decimal(other), -scale).normalize())
    mark = next((sign for sign in ",，" if sign in token), ",")
    grouped = f"{Decimal(text):,}".replace(",", mark)
    ways = dict.fromkeys((grouped, text) if mark in token else (text, grouped))
    return (*ways, *(way + NO_FEN for way in ways if "." not in way))


def dated(printed: str, read: str, other: str) -> tuple[str, ...]:
    """The same for a date, whose figures stand in the order of ISO 8601 (2024年5月24日)."""
    runs = list(re.finditer(r"\d+", printed))
    was, new = (re.findall(r"\d+", text) for text in (read, other))
    if len(runs) != len(was) or any(int(run.group()) != int(part) for run, part in zip(runs, was, strict=True)):
        return ()
    for run, part in reversed(list(zip(runs, new, strict=True))):
        figure = part if run.group().startswith("0") else part.lstrip("0")
        printed = printed[: run.start()] + figure + printed[run.end() :]
    return (printed,)


def variants(printed: str) -> Iterator[str]:
    """What else may stand there: the printed text with one figure or one numeral misread, or with a sign of currency
    that was read as a figure. A third decimal that was not read is none: it takes a comma for a point; and something
    stands there, for it was read.

    >>> "" in variants("1"), "7" in variants("1")
    (False, True)
    """
    figures = list(FIGURE.finditer(printed))
    for match in figures:
        for other in (*figure_misreadings(match.group()), *separated(match.group())):
            if other and decimals(other) <= max(FEN_PLACES, decimals(match.group())):
                yield printed[: match.start()] + other + printed[match.end() :]
    if figures and figures[0].start() == 0 and len(figures[0].group()) > 1:
        yield YUAN + printed[1:]
    if not figures:
        yield from word_misreadings(printed)


def decimals(figure: str) -> int:
    """How many figures stand behind the point.

    >>> decimals("9.470"), decimals("9,470"), decimals("1.234.50")
    (3, 0, 2)
    """
    return len(figure.rpartition(".")[2]) if "." in figure else 0


def separated(figure: str) -> Iterator[str]:
    """The figure with a comma for a point or the other way round."""
    for i, char in enumerate(figure):
        if char in SEPARATORS:
            yield figure[:i] + SEPARATORS[char] + figure[i + 1 :]
