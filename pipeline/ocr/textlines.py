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
    """A line as it grows to the right: its characters, and the last that is no blank, for blanks bridge no gap."""

    chars: list[Char]
    last: Char

    def add(self, char: Char) -> None:
        self.chars.append(char)
        if not char.blank:
            self.last = char


def lines(chars: Iterable[Char], rulings: Sequence[Ruling]) -> tuple[Line, ...]:
    """The characters' lines, top to bottom and left to right."""
    walls = sorted((ruling for ruling in rulings if not ruling.horizontal), key=lambda wall: wall.x0)
    runs: list[Run] = []
    open_runs: list[Run] = []
    for char in sorted(chars, key=lambda char: (char.box.x0, char.blank)):
        open_runs = [run for run in open_runs if char.box.x0 - run.last.box.x1 <= reach(run.last)]
        level = (run for run in open_runs if run.last.box.y0 < char.box.y1 and char.box.y0 < run.last.box.y1)
        fitting = [run for run in level if follows(run.last, char) and not parted(run.last, char, walls)]
        if fitting:
            max(fitting, key=lambda run: shared(run.last.box, char.box)).add(char)
        elif not char.blank:
            runs.append(Run([char], char))
            open_runs.append(runs[-1])
    return ordered(line_of(run.chars) for run in runs)


def reach(char: Char) -> float:
    """How far to the right a line may go on from here."""
    return WIDEST_GAP * char.box.height


def follows(last: Char, char: Char) -> bool:
    """Whether `char` stands to the right of `last` at its height."""
    gap = char.box.x0 - last.box.x1
    near = -OVERLAP * last.box.height <= gap <= WIDEST_GAP * min(last.box.height, max(char.box.height, 1.0)) * 1.5
    return near and gap <= reach(last) and shared(last.box, char.box) >= SAME_LINE


def shared(a: Box, b: Box) -> float:
    """The height that both boxes have in common, as a share of the smaller one's."""
    common = min(a.y1, b.y1) - max(a.y0, b.y0)
    return common / max(1e-6, min(a.height, b.height))


def parted(last: Char, char: Char, walls: Sequence[Ruling]) -> bool:
    """Whether a vertical ruling passes between the two characters' middles."""
    left, right = last.box.center[0], char.box.center[0]
    middle = char.box.center[1]
    first = bisect.bisect_left(walls, left, key=lambda wall: wall.x0)
    end = bisect.bisect_right(walls, right, key=lambda wall: wall.x0)
    return any(wall.y0 <= middle <= wall.y1 for wall in walls[first:end])


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
    return Word(space + "".join(char.text for char in chars), around(char.box for char in chars), 1.0)


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
