"""What OCR confuses in figures and in amounts in words, as candidates for a repair.

A misread sum is mended only if one likely confusion explains it; these tables say which confusions are likely: shapes
that print alike (1/7, 3/8, 0/6, 仟/任), figures lost, doubled or swallowed by a seal, a lost point.

>>> "23040.00" in set(figure_misreadings("23140.00"))
True
>>> "贰万伍元整" in set(word_misreadings("贰万任元整"))
True
"""

from __future__ import annotations

from collections.abc import Iterator

# Pairs of figures that look alike; each stands for both directions.
FIGURE_PAIRS = ("17", "38", "06", "08", "68", "56", "35", "39", "49", "14", "01", "27", "12", "58", "09", "89", "69")
# Letters and signs that are read for a figure.
FIGURE_SIGNS = {
    "O": "0",
    "o": "0",
    "D": "0",
    "l": "1",
    "I": "1",
    "|": "1",
    "Z": "2",
    "S": "5",
    "b": "6",
    "B": "8",
    "q": "9",
}
# Formal numerals that look alike, and the common characters that are read for them.
NUMERAL_PAIRS = ("捌玖", "贰叁", "壹零", "拾佰", "佰仟", "拾仟", "伍仟", "陆玖", "柒捌", "万亿", "叁壹", "肆陆")
NUMERAL_SIGNS = {
    "任": "仟伍", "什": "仟", "千": "仟", "阡": "仟", "伯": "佰", "侣": "佰", "百": "佰", "给": "拾", "抬": "拾",
    "捨": "拾", "合": "拾", "武": "贰", "貮": "贰", "参": "叁", "叄": "叁", "律": "肆", "津": "肆", "五": "伍",
    "陡": "陆", "染": "柒", "拐": "捌", "别": "捌", "致": "玖", "玫": "玖", "壶": "壹", "一": "壹", "方": "万",
    "力": "万", "无": "元", "兀": "元", "甬": "角", "雯": "零", "〇": "零", "O": "零", "0": "零", "企": "分",
    "憨": "整",
}  # fmt: skip


def alike(char: str) -> str:
    """The characters that `char` may stand for when it was misread, likeliest first.

    >>> alike("7"), alike("O"), alike("任"), alike("、")
    ('12', '0零', '仟伍', '')
    """
    pairs = (pair.replace(char, "") for pair in (*FIGURE_PAIRS, *NUMERAL_PAIRS) if char in pair)
    return "".join(dict.fromkeys(FIGURE_SIGNS.get(char, "") + NUMERAL_SIGNS.get(char, "") + "".join(pairs)))


def figure_misreadings(text: str) -> Iterator[str]:
    """Every text that one likely misreading turns into `text`: one figure changed, lost or doubled, or a point lost."""
    yield from changed(text)
    yield from doubled(text)
    yield from lost_figures(text)
    yield from lost_points(text)


def word_misreadings(text: str) -> Iterator[str]:
    """Every text that differs from `text` by one numeral that looks alike."""
    yield from changed(text)


def changed(text: str) -> Iterator[str]:
    for i, char in enumerate(text):
        for other in alike(char):
            yield text[:i] + other + text[i + 1 :]


def doubled(text: str) -> Iterator[str]:
    """`text` without one figure: it was read twice, or a stroke beside the number was read as one."""
    for i, char in enumerate(text):
        if char.isdigit() and (i == 0 or text[i - 1] != char):
            yield text[:i] + text[i + 1 :]


def lost_figures(text: str) -> Iterator[str]:
    """`text` with one figure more, where the point leaves room: never behind two decimals."""
    whole, _, decimals = text.partition(".")
    for i in range(len(whole) + 1):
        for figure in "0123456789":
            yield whole[:i] + figure + text[i:]
    if len(decimals) == 1:
        yield from (f"{text}{figure}" for figure in "0123456789")


def lost_points(text: str) -> Iterator[str]:
    """`text` with a point before its last or last two figures, where it has none."""
    if "." not in text:
        yield from (f"{text[:-places]}.{text[-places:]}" for places in (1, 2) if len(text) > places)
