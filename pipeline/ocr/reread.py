"""A second look at table cells, once the ruling lines are known: where the page's first reading is wrong or in doubt.

The detector sees text and no rulings: it may take two cells for one line, put one character into two lines (shared),
miss a lone digit in a wide cell, or hand over a figure with a digit lost. A line is cut at the borders it crosses, a
cell with ink and no text is read from its own crop, and a figure in doubt is read twice: where both readings agree it
is sure, where they differ it stays so. A figure that is wider than its cell is read over the border.

>>> row = Line((Word("12", Box(10, 0, 30, 20), 1.0), Word(" 4800", Box(60, 0, 100, 20), 1.0)), Box(10, 0, 100, 20), 1.0)
>>> left, right = Box(0, 0, 50, 20), Box(50, 0, 120, 20)
>>> [part.text for part in parts(row, [left, right], np.zeros((20, 120, 3), np.uint8), None)]
['12', '4800']
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr import shared
from pipeline.ocr.confirm import (
    STROKES,
    SURE,
    confirmed,
    read_box,
    read_line,
    with_confidence,
    with_point,
    without_speck,
)
from pipeline.ocr.engine import DOUBT, Engine, Pixels, moved
from pipeline.ocr.ink import Mask, crop, ink_of, inside_rulings, text_rows, without_rulings

LEGIBLE = 0.5  # a reading of an empty-looking cell below is a speck
PRINT = 0.4  # of the darkness of the page's print: what is lighter is not printed on this side
SAMPLED = 40  # lines by which the page's print is judged
LOWEST = 0.45  # of a Chinese character's size: lower ink in a cell is a speck
SMALLEST_LINE = 12  # pixels: the size of characters on a page without any
CUT = 0.25  # of a word's height: a word that reaches this far over a border was read across it
OVER = 0.25  # of a line's height: the white beside a border is wider, but where a text runs over it
IN_WORDS = "大写"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BORDER_SIGN = 0.15  # of a sign's height: how far beside a border it may have been placed
FIGURE = re.compile(r"[\d.,，]")


def cells(
    lines: Sequence[Line], cells: Sequence[Box], image: Pixels, engine: Engine, printed: Pixels | None = None
) -> tuple[Line, ...]:
    """The page's lines, none across a border of `cells`, with missed cells and doubtful figures read again.

    What a seal's ring crosses is read on `printed`, the page with its rings.
    """

    def shown(line: Line) -> Pixels:
        crossed = printed is not None and not np.array_equal(crop(image, line.box), crop(printed, line.box))
        return printed if printed is not None and crossed else image

    own = shared.own(list(shared.once(lines)), shown, engine)
    parted = [part for line in own for part in parts(line, cells, shown(line), engine)]
    darkness = darkness_of(parted, image)
    missed = [line for cell in without_text(cells, parted) for line in read_cell(cell, parted, image, engine, darkness)]
    placed = [(line, cell_of(line, cells)) for line in [*parted, *missed]]
    held = Counter(cell for _, cell in placed if cell)
    return tuple(settled(line, cell, held[cell] == 1, shown(line), engine) if cell else line for line, cell in placed)


def settled(line: Line, cell: Box, only: bool, image: Pixels, engine: Engine) -> Line:
    """A line of a cell as it is kept; `only`: no other line stands in the cell."""
    sure = confirmed(without_speck(line), cell, image, engine)
    return with_point(sure) if only else sure


def cell_of(line: Line, cells: Iterable[Box]) -> Box | None:
    return next((cell for cell in cells if cell.holds(*line.box.center)), None)


# ---- a line over several cells


def parts(line: Line, cells: Sequence[Box], image: Pixels, engine: Engine) -> Iterator[Line]:
    """The line, or its part in each cell that it crosses."""
    middle = line.box.center[1]
    crossed = [
        cell for cell in cells if cell.y0 <= middle <= cell.y1 and cell.x0 < line.box.x1 and line.box.x0 < cell.x1
    ]
    groups = [list(run) for _, run in itertools.groupby(line.words, key=lambda word: place_of(word, crossed))]
    groups = list(running_on(groups, line.box.height)) if IN_WORDS in line.text else groups
    if len(groups) < 2:
        yield line
        return
    for words in groups:
        part = shared.line_of_words(words)
        cell = place_of(words[0], crossed)
        if not is_border(part, crossed):
            yield part if cell is None or not was_cut(words, cell) else read_within(part, cell, image, engine)


def running_on(groups: Sequence[list[Word]], height: float) -> Iterator[list[Word]]:
    """The parts of a total in words, which stands across the columns of a table without rulings: no white, no cut."""
    held: list[Word] = []
    for words in groups:
        if held and words[0].box.x0 - held[-1].box.x1 > OVER * height:
            yield held
            held = []
        held = [*held, *words]
    yield held


def is_border(part: Line, crossed: Iterable[Box]) -> bool:
    """Whether the part is a border that was read as a sign: one stroke, on the border."""
    near = BORDER_SIGN * part.box.height
    sides = [side for cell in crossed for side in (cell.x0, cell.x1)]
    return part.text in STROKES and any(part.box.x0 - near < side < part.box.x1 + near for side in sides)


def place_of(word: Word, cells: Iterable[Box]) -> Box | None:
    """The cell in which the middle of the word stands."""
    return next((cell for cell in cells if cell.holds(*word.box.center)), None)


def was_cut(words: Sequence[Word], cell: Box) -> bool:
    """Whether a word reaches over the cell's border, or is unsure: a border looks like 1, l or |."""
    over = max(cell.x0 - words[0].box.x0, words[-1].box.x1 - cell.x1)
    return over > CUT * words[0].box.height or min(word.confidence for word in words) < SURE


def read_within(part: Line, cell: Box, image: Pixels, engine: Engine) -> Line:
    """What stands in the cell of a part that reaches over its border: all of a figure too wide for its cell."""
    inside = read_again(part, cell, image, engine)
    sides = [side for side in (cell.x0, cell.x1) if part.box.x0 < side < part.box.x1]
    if not sides or not FIGURE.search(part.text):
        return inside
    box, high = part.box, part.box.height
    x, y = max(0, int(box.x0)), max(0, int(box.y0 - high))
    unruled = without_rulings(crop(image, Box(x, y, box.x1, box.y1 + high)))
    here = moved(part, -x, -y).box
    if not any(is_inked_beside(side - x, here, unruled) for side in sides):
        return inside
    whole = read_box(here, unruled, engine)
    return part if whole and whole.text == part.text else with_confidence(part, min(part.confidence, DOUBT))


def is_inked_beside(side: float, box: Box, unruled: Pixels) -> bool:
    """Whether strokes stand close on both sides of a border, as those of a text do that runs over it."""
    near = OVER * box.height
    ink = ink_of(crop(unruled, box))
    at = side - box.x0
    left, right = (ink[:, max(0, round(a)) : max(0, round(b))] for a, b in ((at - near, at), (at, at + near)))
    return bool(left.any() and right.any())


def read_again(part: Line, cell: Box, image: Pixels, engine: Engine) -> Line:
    """The part, read from its own crop inside the cell; the part itself where that can't be read."""
    box = Box(max(part.box.x0, cell.x0), part.box.y0, min(part.box.x1, cell.x1), part.box.y1)
    return read_line(box, image, engine) or part


# ---- a cell without text


def without_text(cells: Iterable[Box], lines: Sequence[Line]) -> Iterator[Box]:
    """The cells in which no line stands."""
    for cell in cells:
        if not any(cell.overlap(line.box) > line.box.area / 3 for line in lines):
            yield cell


def read_cell(cell: Box, lines: Sequence[Line], image: Pixels, engine: Engine, darkness: float = 0.0) -> Iterator[Line]:
    """The lines of a cell that the detector left out; none where it holds nothing but paper and specks.

    `darkness` is by how much the page's print is darker than its paper: the back that shows through is lighter.
    """
    inner = inside_rulings(image, cell)
    lowest = LOWEST * usual_size(lines)
    ink = ink_of(crop(image, inner), PRINT * darkness)
    for top, bottom in text_rows(ink):
        columns = printed(ink[top:bottom], lowest)
        if not columns.size:
            continue
        row = Box(inner.x0 + int(columns[0]), inner.y0 + top, inner.x0 + int(columns[-1]) + 1, inner.y0 + bottom)
        line = read_box(row, image, engine)
        if line and line.confidence >= LEGIBLE:
            yield line


def darkness_of(lines: Sequence[Line], image: Pixels) -> float:
    """By how many grey levels the page's print is darker than its paper, in the middle of its lines."""
    crops = [crop(image, line.box)[::2, ::3, 1] for line in lines[:: max(1, len(lines) // SAMPLED)]]
    levels = [np.percentile(piece, (3, 90)) for piece in crops if piece.size]
    return float(np.median([paper - print_ for print_, paper in levels])) if levels else 0.0


def usual_size(lines: Sequence[Line]) -> float:
    """The usual width of a Chinese character, which is as high as it is wide; boxes of lines reach beyond."""
    widths = [word.box.width for line in lines for word in line.words if CHINESE.fullmatch(word.text.strip())]
    return float(np.median(widths)) if widths else SMALLEST_LINE


def printed(ink: Mask, lowest: float) -> npt.NDArray[np.intp]:
    """The columns of a row's ink from the first to the last stroke that is as high as a figure; specks are lower."""
    _, _, parts, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    high = [(x, x + width) for x, _, width, height, _ in parts[1:].tolist() if height >= lowest]
    return np.arange(min(x for x, _ in high), max(x for _, x in high)) if high else np.empty(0, np.intp)
