"""Characters that a PDF places one by one -> lines of words.

Word processors justify a line by placing each character for itself, and fill a table cell by cell in any order, so
only places count here: characters at one height, near each other, with no vertical ruling between them, are a line.

>>> chars = [Char(c, Box(20 * i, 0, 20 * i + 20, 20)) for i, c in enumerate("共12台")]
>>> [word.text for word in lines(chars, ())[0].words]
['共', '12', '台']
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model.page import Line, Ruling, Word
from pipeline.model.source import Box, around

SAME_LINE = 0.5  # of the smaller height that two characters of one line share at least; superscripts share all
WIDEST_GAP = 3.0  # heights between two words of one line: `甲      方：` is one, two columns of signatures are two
SPACE = 0.2  # heights; a wider gap is a space, though no space character was printed
OVERLAP = 1.0  # heights that a character may reach back into the one before it
TOUCHING = 0.04  # heights between the digits of one figure; a column's padding is wider
FIGURE = frozenset("0123456789.,")
BAND = 32.0  # pixels of a page's height, within which runs are looked for
LONGEST_SIDE = 30_000  # pixels of a page


@dataclass(frozen=True, slots=True)
class Char:
    """One character and the box of its em square."""

    text: str
    box: Box

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(slots=True)
class Run:
    """A line as it grows to the right: its characters; the last that is no blank, for blanks bridge no gap; and the
    last before any ruling, which a figure wider than its cell may cross."""

    chars: list[Char]
    last: Char
    number: int
    inside: Char

    def add(self, char: Char, crossing: bool) -> None:
        self.chars.append(char)
        if not char.blank:
            self.last = char
            self.inside = self.inside if crossing else char


def lines(chars: Iterable[Char], rulings: Sequence[Ruling]) -> tuple[Line, ...]:
    """The characters' lines, top to bottom and left to right."""
    return lines_of(runs_of(chars, rulings))


def lines_of(runs: Iterable[Sequence[Char]]) -> tuple[Line, ...]:
    return ordered(map(line_of, runs))


def runs_of(chars: Iterable[Char], rulings: Sequence[Ruling]) -> list[list[Char]]:
    """The characters of each line, from left to right."""
    walls = Walls(rulings)
    runs: list[Run] = []
    open_runs = OpenRuns()
    for char in sorted(chars, key=lambda char: (char.box.x0, char.blank)):
        level = open_runs.at(char.box)
        near = [run for run in level if follows(run.last.box, char.box)]
        fitting = [run for run in near if goes_on(run.last, char) or not walls.part(run.inside.box, char.box)]
        if fitting:
            run = max(fitting, key=lambda run: shared(run.last.box, char.box)) if len(fitting) > 1 else fitting[0]
            run.add(char, walls.part(run.inside.box, char.box))
            open_runs.note(run)
        elif not char.blank:
            runs.append(Run([char], char, len(runs), char))
            open_runs.note(runs[-1])
    return [run.chars for run in runs]


class OpenRuns:
    """The runs that may go on, found by the height at which they end; asked from left to right only."""

    def __init__(self) -> None:
        self.bands: dict[int, dict[int, Run]] = {}

    def note(self, run: Run) -> None:
        for band in bands(run.last.box):
            self.bands.setdefault(band, {})[run.number] = run

    def at(self, box: Box) -> list[Run]:
        """Those whose ends share some height with the box and reach it, the oldest first."""
        found: dict[int, Run] = {}
        for band in bands(box):
            there = self.bands.get(band, {})
            for number, run in list(there.items()):
                last = run.last.box
                if box.x0 - last.x1 > WIDEST_GAP * (last.y1 - last.y0):
                    del there[number]
                elif last.y0 < box.y1 and box.y0 < last.y1:
                    found[number] = run
        return [found[number] for number in sorted(found)] if len(found) > 1 else list(found.values())


def bands(box: Box) -> range:
    """Which bands of the page a box lies in; what lies above or below the page counts for its edge."""
    first, last = min(max(box.y0, 0.0), LONGEST_SIDE), min(max(box.y1, 0.0), LONGEST_SIDE)
    return range(int(first // BAND), int(last // BAND) + 1)


def follows(last: Box, box: Box) -> bool:
    """Whether a character stands to the right of the last one at its height."""
    gap, height = box.x0 - last.x1, last.y1 - last.y0
    if not -OVERLAP * height <= gap <= WIDEST_GAP * min(height, 1.5 * max(box.y1 - box.y0, 1.0)):
        return False
    return shared(last, box) >= SAME_LINE


def goes_on(last: Char, char: Char) -> bool:
    """Whether two characters touch as those of one figure do, which may be wider than its cell."""
    touching = abs(char.box.x0 - last.box.x1) <= TOUCHING * char.box.height
    return touching and last.text in FIGURE and char.text in FIGURE


def shared(a: Box, b: Box) -> float:
    """The height that both boxes have in common, as a share of the smaller one's."""
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common / max(1e-6, min(a.y1 - a.y0, b.y1 - b.y0))


class Walls:
    """The rulings down the page, which part lines."""

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self.walls = sorted((ruling for ruling in rulings if not ruling.horizontal), key=lambda wall: wall.x0)
        self.xs = [wall.x0 for wall in self.walls]

    def part(self, last: Box, box: Box) -> bool:
        """Whether one passes between two characters' middles."""
        first = bisect.bisect_left(self.xs, (last.x0 + last.x1) / 2)
        end = bisect.bisect_right(self.xs, (box.x0 + box.x1) / 2)
        middle = (box.y0 + box.y1) / 2
        return any(wall.y0 <= middle <= wall.y1 for wall in self.walls[first:end])


def line_of(chars: Sequence[Char]) -> Line:
    words = tuple(words_of(chars))
    return Line(words, around(word.box for word in words), 1.0)


def words_of(chars: Sequence[Char]) -> Iterator[Word]:
    """One word for each Chinese character, one for each run of Latin letters, digits and signs."""
    run: list[Char] = []
    space = run_space = ""
    for last, char in zip([None, *chars], chars, strict=False):
        if char.blank:
            space = " " if run or last else ""
            continue
        space = space or gap_between(run[-1] if run else None, char)
        if run and not (is_latin(run[-1].text) and is_latin(char.text) and not space):
            yield word_of(run, run_space)
            run = []
        if not run:
            run_space = space
        run.append(char)
        space = ""
    if run:
        yield word_of(run, run_space)


def gap_between(last: Char | None, char: Char) -> str:
    """A space where the gap is as wide as one."""
    return " " if last and char.box.x0 - last.box.x1 > SPACE * char.box.height else ""


def word_of(chars: Sequence[Char], space: str) -> Word:
    box = chars[0].box if len(chars) == 1 else around(char.box for char in chars)
    return Word(space + "".join(char.text for char in chars), box, 1.0)


def is_latin(text: str) -> bool:
    """Letters, digits and signs of less than full width."""
    return all(char < "\u2000" for char in text)


def ordered(found: Iterable[Line]) -> tuple[Line, ...]:
    """Lines from top to bottom; those of one height from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(found, key=lambda line: line.box.center[1]):
        if rows and line.box.center[1] - rows[-1][0].box.center[1] <= SAME_LINE * line.box.height:
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda line: line.box.x0))
