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

from pipeline.layout.columns import Stretch, body_of, overlap, stretches
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line

LEAST = 3  # rows with a text in the column: fewer may be notes
SHARE = 0.5  # of the rows: most have one


def with_unnamed(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[tuple[Stretch, str]]:
    """The names from left to right, and a blank one over a column that stands between them and has none."""
    body = body_of(names, below)
    rows = len(list(on_baselines(body)))
    found = [
        (stretch, "")
        for stretch, count in clusters(text for line in body for text in stretches(line))
        if count >= max(LEAST, SHARE * rows) and stands_between(stretch, names)
    ]
    return sorted([*names, *found]) if len(found) == 1 else list(names)


def stands_between(stretch: Stretch, names: Sequence[tuple[Stretch, str]]) -> bool:
    """Whether a stretch stands under no name, right of the first and left of the last."""
    inside = names[0][0][1] < stretch[0] and stretch[1] < names[-1][0][0]
    return inside and not any(overlap(stretch, name) for name, _ in names)


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
