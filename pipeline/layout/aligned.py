"""The columns of the page before, at the places that they have on this page.

A table without rulings goes on below a page break without its header, so its columns are known from the page before.
Scanners lay each page a little to the side: the borders are moved together to where the fewest texts stand over them,
and there to the middle of the way that they can go. Rows of this page may hold longer texts: a border over which some
still stand goes to the white beside it by itself.

>>> middle_of([-2.0, -1.0, 0.0, 1.0], [3, 1, 1, 1])
0.0
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.columns import TAIL, Columns, Stretch, median_height
from pipeline.layout.gutters import over, standing, stretches
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line

FARTHEST = 2.0  # text heights by which a page may lie to the side
STEPS = 8  # on either side


def aligned(columns: Columns, texts: Sequence[Line]) -> Columns:
    """The columns with their inner borders moved to this page's white; the outer ones stay."""
    if not texts:
        return columns
    step = FARTHEST * median_height(texts) / STEPS
    moves = [step * n for n in range(-STEPS, STEPS + 1)]
    inner = columns.xs[1:-1]
    every = [stretch for line in texts for stretch in stretches(line)]
    move = middle_of(moves, [sum(over(text, [x + move for x in inner]) for text in every) for move in moves])
    moved = replace(columns, xs=(columns.xs[0], *(x + move for x in inner), columns.xs[-1]))
    return beside_texts(moved, texts)


def beside_texts(columns: Columns, texts: Sequence[Line]) -> Columns:
    """The columns, each inner border over which texts of the rows stand moved by itself to the white beside it; totals
    stand over all."""
    if not texts:
        return columns
    step = FARTHEST * median_height(texts) / STEPS
    moves = [step * n for n in range(-STEPS, STEPS + 1)]
    bands = [band for band in on_baselines(texts) if len(band) > 1 and not TAIL.match(band[0].text.strip())]
    rows = list(standing([line for band in bands for line in band]))
    inner = (x + into_white(x, rows, moves) for x in columns.xs[1:-1])
    return replace(columns, xs=(columns.xs[0], *inner, columns.xs[-1]))


def into_white(border: float, texts: Sequence[Stretch], moves: Sequence[float]) -> float:
    """How far a border must go so that no text stands over it; nought where it can't."""
    covered = [sum(over(text, [border + move]) for text in texts) for move in moves]
    return middle_of(moves, covered) if covered[STEPS] and 0 in covered else 0.0


def middle_of(moves: Sequence[float], covered: Sequence[int]) -> float:
    """The middle of the moves nearest to none over which the fewest texts are covered."""
    best = [i for i, count in enumerate(covered) if count == min(covered)]
    nearest = min(best, key=lambda i: abs(moves[i]))
    first = last = nearest
    while first - 1 in best:
        first -= 1
    while last + 1 in best:
        last += 1
    return (moves[first] + moves[last]) / 2
