"""The names over a table's columns, put right by the rows below: names read as one parted, names not read left blank.

On worn scans an engine takes the names of two narrow columns for one line (`服务期 总价` over `(月) (元)`). The rows
tell: under such a name white runs down through all of them, with figures at its either side. The name is parted there,
between its words, if both halves name columns. `¥` printed apart from its figure parts nothing: its name has one word.

>>> widest([Span(0, 10), Span(12, 20), Span(30, 40)], Span(15, 35))
25.0
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pipeline.layout.anchors import Span
from pipeline.layout.cells import line_of
from pipeline.layout.columns import CLOSE, Band, Stretch, median_height, names_of
from pipeline.layout.gutters import body_of, overlap, stretches
from pipeline.layout.headers import is_name
from pipeline.layout.lines import on_baselines
from pipeline.layout.unnamed import clusters, with_number, with_unnamed
from pipeline.model.page import Line

LEGIBLE = 0.7  # surer than what is read of print under a seal
LEAST = 2  # texts in each column under a name: a page may end after two rows
FEW = 8  # of the texts below a name, one in so many may have been read together with its neighbour
MOST = 4  # columns under one name

WORD = re.compile("[一-鿿]{2}")

Name: TypeAlias = tuple[Stretch, str]


def names_over(head: Band, below: Sequence[Line]) -> list[Name]:
    """The names of a header's columns, as the rows below confirm them; a seal between two is left out."""
    names = parted_names(head, below)
    legible = [line for line in head if line.confidence >= LEGIBLE]
    fewer = parted_names(legible, below) if len(legible) < len(head) else []
    return with_number(with_unnamed(max(names, fewer, key=len), below), below)


def parted_names(head: Band, below: Sequence[Line]) -> list[Name]:
    """The names, those parted that were read as one."""
    names = names_of(head)
    body = body_of(names, below) if names else []
    columns, height = [x for line in body for x in columns_in(line)], median_height(body) if body else 0.0
    places = [place for stretch, _ in names for place in divides(stretch, head, columns, height)]
    parted = [name for part in parted_at(head, places) for name in names_of(part)]
    return parted if len(parted) == len(names) + len(places) else names


def divides(name: Stretch, head: Band, below: Sequence[Stretch], height: float) -> Iterator[float]:
    """Where a name is parted: in the white between columns of texts `below` it, so high.

    That is wider than the white between characters, which stand below each other where all texts begin at one edge.
    Where the name's own white does not tell, the halves must: only one place leaves a name on either side, or only one
    of those where the engine saw a space; there one name and a word are enough, for a seal may hide the other's end.
    """
    inner = name[0] + CLOSE * height, name[1] - CLOSE * height  # a neighbour's figure may reach below the name's edge
    mine = sorted((x for x in below if overlap(x, inner)), key=lambda x: x[1] - x[0])
    steady = mine[: len(mine) - len(mine) // FEW]
    columns = [stretch for stretch, count in clusters(steady) if count >= LEAST]
    whites = [after[0] - before[1] for before, after in itertools.pairwise(columns)]
    if 0 < len(whites) < MOST and min(whites) > CLOSE * height:
        over = [line for line in head if overlap((line.box.x0, line.box.x1), name)]
        places = [places_between(over, left, right) for left, right in itertools.pairwise(columns)]
        found = [at for at in itertools.product(*places) if all(map(is_one_name, parted_at(over, at)))]
        spaced = spaces(over)
        seen = [at for at in itertools.product(*places) if all(place in spaced for place in at)]
        named = [at for at in seen if at in found]
        half = [
            at
            for at in seen
            if all(map(may_be_name, parted_at(over, at))) and any(map(is_one_name, parted_at(over, at)))
        ]
        yield from next((one[0] for one in (found, named, half) if len(one) == 1), ())


def columns_in(line: Line) -> Iterator[Stretch]:
    """Where the columns may be that a text stands in: words alone are one cell's, with white at their brackets."""
    if any(char.isdigit() for char in line.text):
        yield from stretches(line)
    else:
        yield line.box.x0, line.box.x1


def places_between(over: Band, left: Stretch, right: Stretch) -> list[float]:
    """Where a name may be parted between two columns: in its widest white, or else between any of its words."""
    bands = [words_of(band) for band in on_baselines(over)]
    whites = [place for words in bands if (place := widest(words, Span(left[1], right[0]))) is not None]
    if whites:
        return [sum(whites) / len(whites)]
    start, end = sum(left) / 2, sum(right) / 2
    gaps = [(a.bottom + b.top) / 2 for words in bands for a, b in itertools.pairwise(words)]
    return [place for place in gaps if start < place < end]


def spaces(over: Band) -> set[float]:
    """The places between words where the engine saw a space, or two texts of which none stands across."""
    pairs = (pair for line in over for pair in itertools.pairwise([word for word in line.words if word.text.strip()]))
    seen = {(before.box.x1 + after.box.x0) / 2 for before, after in pairs if after.text.startswith(" ")}
    beside = (pair for band in on_baselines(over) for pair in itertools.pairwise(band))
    apart = {(before.words[-1].box.x1 + after.words[0].box.x0) / 2 for before, after in beside}
    return seen | {place for place in apart if not any(line.box.x0 < place < line.box.x1 for line in over)}


def is_one_name(part: Sequence[Line]) -> bool:
    names = names_of(part)
    return len(names) == 1 and is_name(names[0][1])


def may_be_name(part: Sequence[Line]) -> bool:
    """Whether a part of a header is one text that begins as a name does, not with its unit."""
    names = names_of(part)
    return len(names) == 1 and WORD.match(names[0][1].strip()) is not None


def words_of(band: Band) -> list[Span]:
    """Where the words of a baseline stand, from left to right."""
    return sorted(Span(word.box.x0, word.box.x1) for line in band for word in line.words if word.text.strip())


def widest(words: Sequence[Span], white: Span) -> float | None:
    """The middle of the widest white between words that stands in the body's white; None where none does."""
    gaps = [
        (after.top - before.bottom, (before.bottom + after.top) / 2)
        for before, after in itertools.pairwise(words)
        if before.bottom < white.bottom and white.top < after.top
    ]
    size = max((word.bottom - word.top for word in words), default=0.0)
    width, middle = max(gaps, default=(0.0, 0.0))
    return middle if width > CLOSE * size else None


def parted_at(head: Band, places: Sequence[float]) -> Iterator[list[Line]]:
    """The header's texts between the places, those that stand over one cut between their words."""
    pieces = [
        (index, line_of(tuple(words), line))
        for line in head
        for index, words in itertools.groupby(line.words, key=lambda word: bisect.bisect(places, word.box.center[0]))
    ]
    for index in range(len(places) + 1):
        yield [piece for at, piece in pieces if at == index]
