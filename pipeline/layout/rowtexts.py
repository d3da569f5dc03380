"""The texts of one column of a table that no ruling parts, and the ways to take them: with or without what an engine
hardly read. The rows tell which way is right; each is looked at once, however many rows are tried."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.layout.anchors import Span
from pipeline.layout.columns import Columns
from pipeline.layout.rowfigures import baselines, may_be_figure, numbered, one_a_row, stacked
from pipeline.model.page import Line
from pipeline.model.source import around

LEGIBLE = 0.5  # confidence below which a text without figures says nothing of the rows: it may be the rest of a seal
ANY = 0.0  # but may be a cell's last character
SURE = 0.8  # and below which one that stands in no row leaves them as they are
CLEAR = 0.95  # a seal's words are hardly ever as clear
CERTAIN = 2.0  # no text is: among figures, what has none stands in no row


@dataclass(frozen=True, slots=True)
class Way:
    """Texts from top to bottom, those on one baseline together, which an engine read apart; and where these stand."""

    lines: list[Line]
    bands: list[list[Line]]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class Texts:
    """A column's texts; the ways to take them; and, in the column of row numbers, the ways to take but the numbers."""

    own: list[Line]
    ways: list[Way]
    numbers: list[Way]

    @property
    def legible(self) -> list[Line]:
        return [line for line in self.own if line.confidence >= LEGIBLE]


def texts_of(lines: Sequence[Line], columns: Columns, height: float) -> list[Texts]:
    """Each column's texts; `height` is that of a text."""
    found: list[list[Line]] = [[] for _ in columns.names]
    for line in lines:
        found[columns.of(line)].append(line)
    return [texts_in(own, column, columns, height) for column, own in enumerate(found)]


def texts_in(own: list[Line], column: int, columns: Columns, height: float) -> Texts:
    least_each = (LEGIBLE, ANY, SURE, CERTAIN if column in columns.steady else CLEAR)
    kept = [[x for x in own if x.confidence >= least or may_be_figure(x, column, columns)] for least in least_each]
    alone = [numbered(own), one_a_row(numbered(own), height)] if column == columns.number else []
    return Texts(own, [way(lines, height) for lines, _ in itertools.groupby(kept)], [way(x, height) for x in alone])


def way(lines: Iterable[Line], height: float) -> Way:
    ordered = stacked(lines)
    bands = list(baselines(ordered, height))
    boxes = [around(line.box for line in band) for band in bands]
    return Way(ordered, bands, [Span(box.y0, box.y1) for box in boxes])
