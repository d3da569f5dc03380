"""The borders of columns that no ruling parts, from the white below their names.

Between two names the border is where the fewest texts of the rows stand.

>>> gutter((0, 40), (100, 140), [(0, 60), (90, 140), (10, 70)])
80.0
>>> gutter((0, 40), (100, 200), [(0, 90), (10, 80), (20, 60), (50, 140), (85, 140), (95, 140)])
82.5
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from pipeline.layout.cells import line_of
from pipeline.layout.columns import (
    CLOSE,
    GROUP,
    HAIR,
    LONG,
    TAIL,
    UNIT,
    Columns,
    Stretch,
    is_character,
    white,
    widths,
)
from pipeline.layout.lines import on_baselines
from pipeline.model.page import Line

LEAST, MOST = 3, 0.6  # figures, and their share, that end together in a column of figures set flush right
FLUSH = 0.7  # of a text's height, by which their ends may differ
INTO = 0.35  # of a text's height, by which the boxes of two neighbours may reach into each other
DRAWN_OUT = 1.5  # of a text's height: a figure that ends farther on is longer


def borders(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[float]:
    """The borders between the columns of the names, from the texts of the rows below."""
    texts = list(standing(body_of(names, below)))
    return [gutter(left, right, texts) for (left, _), (right, _) in itertools.pairwise(names)]


def standing(body: Sequence[Line]) -> Iterator[Stretch]:
    """Where the body's texts stand. Figures end where most of their column do: an engine draws the last digit of some
    into the white behind it, up to the word beside it."""
    alone = [line.box for line in body if line.text[-1:].isdigit()]
    for line in body:
        left, right = room(line, body)
        for text in stretches(line):
            height = line.box.height
            end = flush_end([box.x1 for box in alone if overlap((box.x0, box.x1), text)], height)
            drawn = end and text[0] < end < text[1] < end + DRAWN_OUT * height
            yield max(text[0], left), min(end if end and drawn else text[1], right)


def room(line: Line, body: Sequence[Line]) -> Stretch:
    """Between which places a line stands beside its neighbours, into each of whose boxes its own may reach a little."""
    level = [other for other in body if other.box.y0 < line.box.center[1] < other.box.y1]
    reach = INTO * line.box.height
    befores = [other.box.x1 for other in level if other.box.x0 < line.box.x0 < other.box.x1 < line.box.x0 + reach]
    afters = [other.box.x0 for other in level if line.box.x1 - reach < other.box.x0 < line.box.x1 < other.box.x1]
    hair = HAIR * line.box.height
    left = max(((x + line.box.x0) / 2 + hair for x in befores), default=line.box.x0)
    return left, min(((x + line.box.x1) / 2 - hair for x in afters), default=line.box.x1)


def flush_end(ends: Sequence[float], height: float) -> float | None:
    """Where a column's figures end that are set flush right, from the end of each; None where they aren't.

    >>> flush_end([100.0, 101.0, 99.0, 140.0], 10.0), flush_end([100.0, 120.0, 140.0], 10.0)
    (101.0, None)
    """
    middle = sorted(ends)[len(ends) // 2] if ends else 0.0
    flush = sum(abs(end - middle) < FLUSH * height for end in ends)
    return middle if flush >= max(LEAST, MOST * len(ends)) else None


def stretches(line: Line) -> Iterator[Stretch]:
    """Where a line's words stand close to each other: a column's text may end right before the next one's.

    An engine may see no white between a figure and a remark beside it.
    """
    start = line.words[0].box.x0
    for before, word in itertools.pairwise(line.words):
        change = before.text[-1:].isdigit() and is_character(word.text) and not UNIT.fullmatch(word.text.strip())
        if change or white(before, word) > CLOSE * word.box.height:
            yield start, min(before.box.x1, word.box.x0 - HAIR * word.box.height)
            start = word.box.x0
    yield start, line.words[-1].box.x1


def body_of(names: Sequence[tuple[Stretch, str]], below: Sequence[Line]) -> list[Line]:
    """The texts that tell where columns are: no totals, no headings of groups, none that stands over two names."""
    centers = [(x0 + x1) / 2 for (x0, x1), _ in names]
    kept: list[Line] = []
    for band in on_baselines(below):
        if len(band) == 1 and GROUP.match(band[0].text):
            continue
        band = [part for line in band for part in beside_number(line)]
        if TAIL.match(band[0].text.strip()):
            kept += [line for line in band[1:] if not widths([line])]
        elif any(over(stretch_of(x), centers) > 1 and is_prose(x.text) for line in band for x in between_spaces(line)):
            break
        else:
            kept += [line for line in band if over(stretch_of(line), centers) < 2]
    return kept


def beside_number(line: Line) -> list[Line]:
    """The line; a row's number and the name that an engine read with it as two."""
    number, *words = line.words
    apart = number.text.strip().isdigit() and bool(words) and words[0].text.startswith(" ")
    return [line_of((number,), line), line_of(tuple(words), line)] if apart else [line]


def is_prose(text: str) -> bool:
    """Whether a text that stands over several columns is no row's: long, and most of it words."""
    return len(text) > LONG and 2 * sum("一" <= char <= "鿿" for char in text) > len(text)


def is_across(line: Line, columns: Columns) -> bool:
    """Whether prose stands across the columns; between the spaces that an engine saw, cells may stand side by side."""
    return any(columns.crossed(part) > 1 and is_prose(part.text) for part in between_spaces(line))


def between_spaces(line: Line) -> Iterator[Line]:
    """The parts of a line between the spaces that an engine saw."""
    starts = [i for i, word in enumerate(line.words) if i and word.text.startswith(" ")]
    for start, end in itertools.pairwise([0, *starts, len(line.words)]):
        yield line_of(line.words[start:end], line)


def stretch_of(line: Line) -> Stretch:
    return line.box.x0, line.box.x1


def over(text: Stretch, places: Sequence[float]) -> int:
    """How many of the places a text stands over."""
    return sum(text[0] < place < text[1] for place in places)


def gutter(left: Stretch, right: Stretch, texts: Sequence[Stretch]) -> float:
    """The border between the columns of two names: the middle of the white between what belongs to either.

    Between the names' centres the fewest texts stand over white, and no name does. What stands there by itself belongs
    to the name that it stands under; else to the one that has nothing under it (a long text begins far left of its
    centred header).
    """
    start, end = (left[0] + left[1]) / 2, (right[0] + right[1]) / 2
    near = [(x0, x1) for x0, x1 in texts if x1 > start and x0 < end]
    places = sorted({start, end, *(x for text in (*near, left, right) for x in text if start < x < end)})
    spans = list(itertools.pairwise(places))
    counts = [(stands_over((left, right), *span), stands_over(near, *span), *span) for span in spans]
    fewest = min(count[:2] for count in counts)
    whites = [count[2:] for count in counts if count[:2] == fewest]
    edge = whites[0]
    for (_, above), (below, beyond) in itertools.pairwise(whites):
        if above < below and not is_left((above, below), left, right, texts):
            break
        edge = (below, beyond) if above < below else (edge[0], beyond)
    return sum(edge) / 2


def stands_over(texts: Sequence[Stretch], start: float, end: float) -> int:
    """How many of the texts stand over a place between ends of texts."""
    return sum(x0 < (start + end) / 2 < x1 for x0, x1 in texts)


def is_left(group: Stretch, left: Stretch, right: Stretch, texts: Sequence[Stretch]) -> bool:
    """Whether what stands between two names belongs to the left one."""
    if overlap(group, left) or overlap(group, right):
        return overlap(group, left)
    under_left, under_right = (any(overlap(text, name) for text in texts) for name in (left, right))
    if under_left != under_right:
        return under_right
    ends = [end for _, end in (left, *texts) if left[0] < end <= group[0]]  # no white parts what is left of the group
    starts = [start for start, end in (right, *texts) if overlap((start, end), right) and start >= group[1]]
    return group[0] - max(ends) < min(starts) - group[1]


def overlap(a: Stretch, b: Stretch) -> bool:
    return a[0] < b[1] and b[0] < a[1]
