"""Columns whose name was not read: what stands under no name, row after row, has a column of its own.

A short name in a narrow column (`数量`) is lost on worn scans while the figures below it are read. Without its column
they would fall to a neighbour's and put every row in doubt. The column is given a blank name; what it holds is for the
table's arithmetic to say. Numbers that count on from 1 left of all names number the rows. Where a seal hides the name
of the sums themselves, the money beside the unit prices shows where they stand.

>>> gaps = [(100.0, 140.0), (205.0, 225.0), (300.0, 360.0)]
>>> [stretch for stretch, count in clusters([*gaps, (110.0, 130.0)])]
[(100.0, 140.0), (205.0, 225.0), (300.0, 360.0)]
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.layout.columns import Stretch, is_character, is_number
from pipeline.layout.gutters import body_of, overlap
from pipeline.layout.headers import is_name
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line
from pipeline.text.roles import role_of

LEAST = 3  # rows with a text in the column: fewer may be notes
SHARE = 0.5  # of the rows, which are known by their figures, for names wrap: most have one
FEWEST = 2  # remarks beside hidden sums
NUMBER = "序号"  # what a nameless column of numbers is taken for
SUM = "合价"  # what a hidden column of sums is taken for
MONEY = re.compile(r"[¥￥]?\d[\d,，]*\.\d{2}")


def with_unnamed(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[tuple[Stretch, str]]:
    """The names from left to right, and a blank one over a column that stands between them and has none."""
    body = body_of(names, below)
    rows = sum(any(char.isdigit() for line in band for char in line.text) for band in on_baselines(body))
    columns = clusters((line.box.x0, line.box.x1) for line in body)
    found = [
        (stretch, "")
        for stretch, count in columns
        if count >= max(LEAST, SHARE * rows) and stands_between(stretch, names, [other for other, _ in columns])
    ]
    return sorted([*names, *found]) if len(found) == 1 else list(names)


def with_sums(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[tuple[Stretch, str]]:
    """The names of a header that has no sums, and one over the money that stands under none of them, or under what is
    no name as it was read (`合元`); beside it a blank one over words that stand under none. Where no such money stands
    in most rows, the second of two prices is the sums' name, misread, or the names are as they are."""
    body = [part for line in body_of(names, below) for part in money_and_words(line)]
    known = [stretch for stretch, name in names if is_name(name)]
    sums = [(stretch, count) for stretch, count in clusters(x for x, is_money in body if is_money)]
    free = [(stretch, count) for stretch, count in sums if not any(overlap(stretch, name) for name in known)]
    named = max((count for stretch, count in sums if (stretch, count) not in free), default=0)
    if len(free) != 1 or free[0][1] < max(LEAST, SHARE * named):
        prices = [stretch for stretch, name in names if role_of(name) == "unit_price"]
        return [(at, SUM if len(prices) == 2 and at == prices[1] else name) for at, name in names]
    column = free[0][0]
    names = [(stretch, name) for stretch, name in names if not overlap(stretch, column)]
    after = min((name[0] for name, _ in names if name[0] > column[1]), default=math.inf)
    words = clusters(x for x, is_money in body if not is_money and column[1] < x[0] and x[1] < after)
    rest = [(stretch, "") for stretch, count in words if count >= FEWEST] if len(words) == 1 else []
    return sorted([*names, (column, SUM), *rest])


def money_and_words(line: Line) -> Iterator[tuple[Stretch, bool]]:
    """Where a text's sum stands and what words follow it; an engine reads a remark beside a sum with it."""
    words = [word for word in line.words if word.text.strip()]
    end = next((i for i, word in enumerate(words) if is_character(word.text)), len(words))
    for part in filter(None, (words[:end], words[end:])):
        text = "".join(word.text for word in part).strip()
        yield (part[0].box.x0, part[-1].box.x1), MONEY.fullmatch(text) is not None


def with_number(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[tuple[Stretch, str]]:
    """The names, and one over the rows' numbers where these stand left of all that has a name, or under what is no name
    of theirs as it was read (`房号`)."""
    if not names or is_number(names[0][1]):
        return list(names)
    body = sorted(body_of(names, below), key=lambda line: line.box.y0)
    [(stretch, count), *_] = [*clusters((line.box.x0, line.box.x1) for line in body), ((0.0, 0.0), 0)]
    column = [line.text.strip() for line in body if stretch[0] <= line.box.center[0] <= stretch[1]]
    counted = count >= LEAST and column == [str(n + 1) for n in range(count)]
    if counted and stretch[1] < names[0][0][0]:
        return [(stretch, NUMBER), *names]
    return [(names[0][0], NUMBER), *names[1:]] if counted and overlap(stretch, names[0][0]) else list(names)


def stands_between(stretch: Stretch, names: Sequence[tuple[Stretch, str]], columns: Sequence[Stretch]) -> bool:
    """Whether a column stands between two names that have columns of their own; else it belongs to one of them.

    The texts of a wide column may all begin and end left of its name.
    """
    left = [name for name, _ in names if name[1] < stretch[0]]
    right = [name for name, _ in names if name[0] > stretch[1]]
    if not left or not right or len(left) + len(right) < len(names):
        return False
    before = left[-2][1] if len(left) > 1 else -math.inf
    beside = any(before < column[0] and column[1] < left[-1][0] for column in columns)
    return (beside or has_column(left[-1], columns)) and has_column(right[0], columns)


def has_column(name: Stretch, columns: Sequence[Stretch]) -> bool:
    return any(overlap(column, name) for column in columns)


def clusters(texts: Iterable[Stretch]) -> list[tuple[Stretch, int]]:
    """The stretches that texts cover together, with how many texts each has."""
    found: list[tuple[Stretch, int]] = []
    for start, end in sorted(texts):
        if found and start < found[-1][0][1]:
            (first, last), count = found[-1]
            found[-1] = ((first, max(last, end)), count + 1)
        else:
            found.append(((start, end), 1))
    return found
