"""Columns whose name was not read: what stands under no name, row after row, has a column of its own.

A short name in a narrow column (`数量`) is lost on worn scans while the figures below it are read. Without its column
they would fall to a neighbour's and put every row in doubt. The column is given a blank name; what it holds is for the
table's arithmetic to say.

>>> gaps = [(100.0, 140.0), (205.0, 225.0), (300.0, 360.0)]
>>> [stretch for stretch, count in clusters([*gaps, (110.0, 130.0)])]
[(100.0, 140.0), (205.0, 225.0), (300.0, 360.0)]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.layout.columns import Stretch
from pipeline.layout.gutters import body_of, overlap
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line

LEAST = 3  # rows with a text in the column: fewer may be notes
SHARE = 0.5  # of the rows: most have one


def with_unnamed(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[tuple[Stretch, str]]:
    """The names from left to right, and a blank one over a column that stands between them and has none."""
    body = body_of(names, below)
    rows = len(list(on_baselines(body)))
    columns = clusters((line.box.x0, line.box.x1) for line in body)
    found = [
        (stretch, "")
        for stretch, count in columns
        if count >= max(LEAST, SHARE * rows) and stands_between(stretch, names, [other for other, _ in columns])
    ]
    return sorted([*names, *found]) if len(found) == 1 else list(names)


def stands_between(stretch: Stretch, names: Sequence[tuple[Stretch, str]], columns: Sequence[Stretch]) -> bool:
    """Whether a column stands between two names that have columns of their own; else it belongs to one of them."""
    left = [name for name, _ in names if name[1] < stretch[0]]
    right = [name for name, _ in names if name[0] > stretch[1]]
    if not left or not right or len(left) + len(right) < len(names):
        return False
    return all(any(overlap(column, name) for column in columns) for name in (left[-1], right[0]))


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
