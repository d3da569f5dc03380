"""A page's type area: its margins, the width of its characters, and what is set apart from running text by its print.

A scan's margins move by some pixels from row to row and from page to page: they are measured page by page, from the
rows of running text, and counted in characters.

>>> usual([(10.0, 5), (12.0, 1), (30.0, 2)])
10.0
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.layout.lines import LABEL, Row

REST = re.compile(r"[¥￥]?\d[\d,，.]*(?:[%％‰]|元[整正]?)[）)]?[。；;，,]?")
CLAUSE = re.compile("[，,；;。]")
FEWEST_ROWS = 6  # of a page that is measured for itself
ALIKE = 0.08  # by which the width of characters may differ in print of one size


@dataclass(frozen=True, slots=True)
class Measure:
    """A page's type area: its left and right margin and the width of one character, in pixels."""

    left: float
    right: float
    em: float

    @property
    def columns(self) -> float:
        """How many characters a row holds."""
        return (self.right - self.left) / self.em

    def indent(self, row: Row) -> float:
        return (row.box.x0 - self.left) / self.em

    def slack(self, row: Row) -> float:
        """The blank at the end of the row, in characters."""
        return (self.right - row.box.x1) / self.em

    def centred(self, row: Row) -> bool:
        if row.edge is not None:
            return False
        before, after = self.indent(row), self.slack(row)
        return before > 2.6 and after > 2.6 and abs(before - after) < max(2.0, 0.2 * (before + after))


@dataclass(frozen=True, slots=True)
class Measures:
    """For every page its measure, the usual size of its characters, and where its first text begins."""

    pages: Mapping[int, Measure]
    sizes: Mapping[int, float]
    tops: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row], widths: Mapping[int, float], tops: Mapping[int, float] | None = None) -> Measures:
        """Measured from the rows of running text; a page with too few takes the document's usual margins."""
        em = usual([(advance(row) / widths[row.page], len(row.text)) for row in rows]) or 0.02
        size = usual([(row.size / widths[row.page], len(row.text)) for row in rows]) or em
        sizes = {page: size_of([r for r in rows if r.page == page], em, size, width) for page, width in widths.items()}
        own = {
            page: margins([row for row in rows if row.page == page], em * width, width)
            for page, width in widths.items()
        }
        found = [(x0 / widths[page], x1 / widths[page]) for page, (x0, x1) in own.items() if x1 > x0]
        left, right = (statistics.median(edge) for edge in zip(*found or [(0.15, 0.85)], strict=True))
        measured = {}
        for page, (x0, x1) in own.items():
            if x1 - x0 < 0.93 * (right - left) * widths[page]:
                x0, x1 = left * widths[page], right * widths[page]
            measured[page] = Measure(x0, x1, em * widths[page])
        return cls(measured, sizes, tops or {})

    def large(self, row: Row) -> bool:
        em = self.pages[row.page].em
        return row.size > 1.14 * self.sizes[row.page] and advance(row) > 1.12 * em

    def heading(self, row: Row) -> bool:
        """Set apart by its print; a label with its value is not, however large, nor a clause that is indented and ends
        early, nor the rest of a sentence that is hardly more than a figure, whose characters are of many widths."""
        text = row.text.text
        if REST.fullmatch(text.strip()):
            return False
        centred = self.pages[row.page].centred(row) and not CLAUSE.search(text)
        return not LABEL.match(text) and (centred or self.large(row))


def size_of(rows: Sequence[Row], em: float, size: float, width: float) -> float:
    """The usual size of a page's characters, in pixels: its own where they are as wide as the document's, else that.

    An engine's boxes are higher than the em squares of a PDF's own text, and one contract may hold pages of both.
    """
    wide = usual([(advance(row), len(row.text)) for row in rows]) / width
    alike = len(rows) >= FEWEST_ROWS and abs(wide / em - 1) < ALIKE
    return usual([(row.size, len(row.text)) for row in rows]) if alike else size * width


def advance(row: Row) -> float:
    """The width of one full-width character of the row."""
    text = row.text.text.strip()
    units = sum(1.0 if ord(char) > 0x2E80 else 0.52 for char in text)
    return row.box.width / max(1.0, units)


def usual(weighted: Sequence[tuple[float, int]]) -> float:
    """The median of values that come with weights; 0 for none."""
    half = sum(weight for _, weight in weighted) / 2
    total = 0
    for value, weight in sorted(weighted):
        total += weight
        if total >= half:
            return value
    return 0.0


def margins(rows: Sequence[Row], em: float, width: float) -> tuple[float, float]:
    """The outermost left and right edges that more than one row shares; (0, 0) on a page with too few rows.

    Where hardly a row is full, the right margin is taken to be as wide as the left one.
    """
    if len(rows) < FEWEST_ROWS:
        return 0.0, 0.0
    enough = max(2, len(rows) // 12)
    left, right = sorted(row.box.x0 for row in rows), sorted((row.box.x1 for row in rows), reverse=True)
    x0 = next((x for x in left if sum(x <= other < x + 0.8 * em for other in left) >= enough), left[0])
    x1 = next((x for x in right if sum(x >= other > x - 0.8 * em for other in right) >= enough), right[0])
    full, beyond = sum(abs(x - x1) < 0.8 * em for x in right), sum(x >= x1 + 0.8 * em for x in right)
    ragged = full < max(3, len(rows) // 6) or beyond > 1
    return x0, max(x1, width - x0) if ragged else x1
