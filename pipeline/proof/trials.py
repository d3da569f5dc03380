"""What a value may have been: the texts one misreading away from what was read that would solve an equation.

A misreading changes, loses or adds one figure, loses or moves a point (a separator read as one, too), loses a minus,
lets figures slip into the neighbouring cell, loses what stands where a cell breaks a figure into two lines, or takes
one numeral of the words for another.

>>> misread_from("7128", Decimal("71280")), misread_from("1.234", Decimal(1234)), misread_from("45", Decimal(93))
('71280', '1234', None)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.checks._operands import FEN
from pipeline.model.check import Check, plain
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.cut import is_cut
from pipeline.proof.equations import Changes, Equation, Leaf
from pipeline.proof.paths import Path, at, replaced
from pipeline.proof.solve import solutions, spellings
from pipeline.text.misread import broken, date_misreadings, figure_misreadings, mended_words, slip

DATES = frozenset({"start", "end"})
FIGURE = re.compile(r"(0|[1-9]\d*)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the record with what is tried in its place."""

    path: Path
    old: Leaf
    new: Leaf


@dataclass(frozen=True, slots=True)
class Trial:
    """Values to try, each leaf as a reader sees it with its new text; words and their value change together."""

    values: tuple[tuple[Leaf, str], ...]
    changes: tuple[Change, ...]

    def __add__(self, other: Trial) -> Trial:
        return Trial(self.values + other.values, self.changes + other.changes)

    @property
    def key(self) -> frozenset[tuple[int, str]]:
        return frozenset((id(leaf), text) for leaf, text in self.values)

    @property
    def numbers(self) -> Changes:
        """The figures that it changes, for the equations."""
        return {
            id(change.old): Decimal(change.new.value)
            for change in self.changes
            if isinstance(change.new.value, (Decimal, int))
        }

    def touched(self, touching: Mapping[int, Sequence[Check]]) -> tuple[Check, ...]:
        """The checks in which the old values stand."""
        found = (check for change in self.changes for check in touching.get(id(change.old), ()))
        return tuple({id(check): check for check in found}.values())

    def applied(self, record: Record) -> Record:
        for change in self.changes:
            record = replaced(record, change.path, change.new)
        return record


def trials(record: Record, equation: Equation, leaf: Leaf, path: Path, changes: Changes) -> Iterator[Trial]:
    """The values one misreading away from the leaf's that solve the equation, other values changed already."""
    for value in dict.fromkeys(equation.solutions(leaf, changes)):
        yield from trial(record, leaf, path, value)


def trial(record: Record, leaf: Leaf, path: Path, value: Decimal) -> Iterator[Trial]:
    """The leaf with this value, if one misreading explains that it was read as it was."""
    if path[-1] == "words_value":
        yield from spoken(record, leaf, path, value)
    elif isinstance(leaf.value, Decimal):
        is_stump = len(leaf.sources) > 1 or is_cut(leaf, path, record)
        if text := misread_from(plain(leaf.value), value, is_stump):
            yield single(leaf, path, text, Decimal(text))
    elif slip(str(leaf.value), plain(value)):
        yield single(leaf, path, plain(value), int(value))


def misreadings(leaf: Leaf, path: Path) -> Iterator[Trial]:
    """Every figure of which the leaf's is one likely misreading, whatever it solves."""
    if isinstance(leaf.value, Decimal):
        for text in dict.fromkeys(figure_misreadings(plain(leaf.value))):
            if FIGURE.fullmatch(text) and Decimal(text) not in (leaf.value, 0):
                yield single(leaf, path, text, Decimal(text))


def single(leaf: Leaf, path: Path, text: str, value: Decimal | int | str) -> Trial:
    return Trial(((leaf, text),), (Change(path, leaf, Cited(value, leaf.sources)),))


def spoken(record: Record, leaf: Leaf, path: Path, value: Decimal) -> Iterator[Trial]:
    """The words of which one numeral was misread; their value follows them."""
    words = at(record, path[:-1]).words
    if words and value > 0 and (text := mended_words(words.value, value)):
        said = Change(path, leaf, Cited(value.quantize(FEN), leaf.sources))
        written = Change((*path[:-1], "words"), words, Cited(text, words.sources))
        yield Trial(((words, text),), (said, written))


def misread_from(read: str, value: Decimal, is_stump: bool = False) -> str | None:
    """`value` as it may be printed where `read` was read by one misreading; a figure on two lines, or on one of two,
    may have lost what stands at the break."""
    texts = [text for text in spellings(value, read) if not is_rounded(read, text)]
    found = (text for text in texts if slip(read, text))
    return next(found, None) or next((text for text in reversed(texts) if is_stump and broken(read, text)), None)


def is_rounded(read: str, text: str) -> bool:
    """Whether the text only goes on where the figure was printed rounded to the fen: what nobody printed is not lost.

    >>> is_rounded("377.14", "377.143"), is_rounded("377.1", "377.14"), is_rounded("377.14", "377.149")
    (True, False, False)
    """
    least = Decimal(read).as_tuple().exponent
    return least == FEN.as_tuple().exponent and Decimal(text).quantize(FEN) == Decimal(read) and len(text) > len(read)


def slipped(leaves: Iterable[Leaf], places: Mapping[int, Path]) -> Iterator[Trial]:
    """Figures that were read into the neighbouring cell of their line."""
    for left, right in itertools.pairwise(leaves):
        paths = places[id(left)], places[id(right)]
        if paths[0][:-1] == paths[1][:-1] and isinstance(left.value, Decimal) and isinstance(right.value, Decimal):
            for texts in moved(plain(left.value), plain(right.value)):
                first, second = map(Decimal, texts)
                yield single(left, paths[0], texts[0], first) + single(right, paths[1], texts[1], second)


def moved(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Two neighbouring figures with some figures moved from the one's end to the other's."""
    for count in range(1, max(len(left), len(right))):
        for pair in ((left[:-count], left[-count:] + right), (left + right[:count], right[count:])):
            if all(FIGURE.fullmatch(text) for text in pair):
                yield pair


def dated(check: Check, leaf: Leaf, path: Path) -> Iterator[Trial]:
    """What a value of a term may have been: it stands in a check that is no equation of figures."""
    if path[-1] in DATES:
        for text in date_misreadings(leaf.value):
            yield single(leaf, path, text, text)
    elif isinstance(leaf.value, (int, Decimal)):
        for value in solutions(check, Decimal(leaf.value)):
            if slip(plain(Decimal(leaf.value)), plain(value)):
                kept = value if isinstance(leaf.value, Decimal) else int(value)
                yield single(leaf, path, plain(value), kept)
