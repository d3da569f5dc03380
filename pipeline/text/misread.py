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
from datetime import date
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from pipeline.text.amounts import parse_words, plain, to_words

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

FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
# What a clerk may set or leave out in an amount: first as if 零 stood where it should, then wherever it stands.
FREE = ("整正人民币", "整正人民币零")


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


def slip(read: str, true: str) -> str | None:
    """The one misreading of figures that turns `true` into `read`; None where there is none or it takes several.

    >>> slip("23140", "23040"), slip("2700", "27000"), slip("2304000", "23040.00"), slip("32040", "23040")
    ('changed', 'lost', 'point', None)
    """
    if read == true:
        return None
    if true == f"-{read}" or read == f"-{true}":
        return "minus"
    if len(read) == len(true):
        wrong = [(a, b) for a, b in zip(read, true, strict=True) if a != b]
        if len(wrong) == 1 and wrong[0][0].isdigit() and wrong[0][1].isdigit():
            return "changed"
    if is_one_longer(true, read):
        return "lost"
    if is_one_longer(read, true):
        return "added"
    return "point" if read.replace(".", "") == true.replace(".", "") else None


def broken(read: str, true: str) -> str | None:
    """What becomes of a figure that its cell breaks before or behind the point: the second line is lost, or the point
    and what stands beside it at the break.

    >>> broken("9470", "9470.50"), broken("333000", "33300.00"), broken("9470", "9471.50")
    ('cut', 'wrapped', None)
    """
    whole, point, decimals = true.partition(".")
    if not point or "." in read:
        return None
    if read == whole:
        return "cut"
    return "wrapped" if read in (whole + decimals[1:], whole[:-1] + decimals) else None


def is_one_longer(longer: str, shorter: str) -> bool:
    """Whether `longer` is `shorter` with one figure more."""
    if len(longer) != len(shorter) + 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    return longer[at].isdigit() and longer[:at] + longer[at + 1 :] == shorter


def date_misreadings(day: str) -> Iterator[str]:
    """Every date (ISO 8601) of which `day` is a misreading in its year, its month or its day.

    >>> "2024-12-27" in set(date_misreadings("2024-12-21")), "2024-12-40" in set(date_misreadings("2024-12-10"))
    (True, False)
    """
    parts = day.split("-")
    for i, part in enumerate(parts):
        for figure in dict.fromkeys(figure_misreadings(part.lstrip("0"))):
            other = "-".join([*parts[:i], figure.zfill(len(part)), *parts[i + 1 :]])
            if other != day and is_date(other):
                yield other


def is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def mended_words(read: str, value: Decimal) -> str | None:
    """The amount in words that says `value` and differs from `read` by one numeral; None where there is none.

    >>> mended_words("贰万伍仟元整", Decimal(35000)), mended_words("贰万伍仟元整", Decimal(36000))
    ('叁万伍仟元整', None)
    """
    wanted = to_words(value)
    edited = (one_edit(read, wanted, free) for free in FREE)
    return next((text for text in edited if text and parse_words(text) == value), None)


def one_edit(read: str, words: str, free: str) -> str | None:
    """`read` with the one numeral changed, lost or added that makes it say `words`."""
    said, wanted = numerals(read, free), numerals(words, free)
    edits = list(Levenshtein.editops("".join(char for _, char in said), "".join(char for _, char in wanted)))
    if len(edits) != 1:
        return None
    edit = edits[0]
    at = said[edit.src_pos][0] if edit.src_pos < len(said) else len(read)
    new = "" if edit.tag == "delete" else wanted[edit.dest_pos][1].translate(FORMAL)
    return read[:at] + new + read[at + (edit.tag != "insert") :]


def numeral_slip(read: str, true: str) -> str | None:
    """The numeral that is printed and the character that was read for it, where that is all in which the words differ.

    >>> numeral_slip("任仟元整", "伍仟元整"), numeral_slip("伍仟圆正", "伍仟元整")
    ('五任', None)
    """
    said, wanted = (plain(words).replace("正", "整") for words in (read, true))
    wrong = [(a, b) for a, b in zip(said, wanted, strict=False) if a != b]
    return wrong[0][1] + wrong[0][0] if len(said) == len(wanted) and len(wrong) == 1 else None


def numerals(words: str, free: str) -> list[tuple[int, str]]:
    """The small numerals and units of an amount with their places, without those that clerks are free to set."""
    spelled = plain(words)
    if len(spelled) != len(words):
        return []
    return [(i, char) for i, char in enumerate(spelled) if char not in free]
