"""Text in which every character knows where it stands on paper.

Fields search a passage's `text` with any matcher and `cite` the span they found; whatever folding, joining and slicing
came before, the citation leads back to the right pixels.

>>> from pipeline.model.page import Line, Word
>>> from pipeline.model.source import Box
>>> words = Word("总价", Box(0, 0, 20, 10), 0.9), Word("12.50", Box(20, 0, 70, 10), 1.0)
>>> passage = Passage.of(Line(words, Box(0, 0, 70, 10), 0.9), page=3)
>>> passage.text
'总价12.50'
>>> passage.cite(2, 4).sources[0].box
Box(x0=20.0, y0=0, x1=40.0, y1=10)
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.model.page import Line
from pipeline.model.source import Box, Cited, Source, around


class Glyph(NamedTuple):
    """One character, its place, its confidence, and the id of the text line it stands in (unique in the document)."""

    char: str
    page: int
    box: Box
    confidence: float
    line: tuple[int, float, float]  # page, and the line's left and top: equal for all characters of a line


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text over one or many lines and pages."""

    glyphs: tuple[Glyph, ...] = ()
    cached: str | None = field(default=None, init=False, repr=False, compare=False)  # the text, once it was asked for

    @classmethod
    def of(cls, line: Line, page: int) -> Passage:
        """A line's text; the characters of a word share its width equally."""
        glyphs = []
        place = (page, line.box.x0, line.box.y0)
        for word in line.words:
            if len(word.text) == 1:
                glyphs.append(Glyph(word.text, page, word.box, word.confidence, place))
                continue
            step = word.box.width / max(1, len(word.text.strip()))
            at = word.box.x0 - step * (len(word.text) - len(word.text.lstrip()))
            for char in word.text:
                box = Box(max(at, word.box.x0), word.box.y0, max(at + step, word.box.x0), word.box.y1)
                glyphs.append(Glyph(char, page, box, word.confidence, place))
                at += step
        return cls(tuple(glyphs))

    @property
    def text(self) -> str:
        if self.cached is None:
            object.__setattr__(self, "cached", "".join(glyph.char for glyph in self.glyphs))
        return self.cached or ""

    @property
    def page(self) -> int | None:
        """The page where the passage begins."""
        return self.glyphs[0].page if self.glyphs else None

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({glyph.page for glyph in self.glyphs}))

    def __len__(self) -> int:
        return len(self.glyphs)

    def __bool__(self) -> bool:
        return bool(self.glyphs)

    def __iter__(self) -> Iterator[Glyph]:
        return iter(self.glyphs)

    def __getitem__(self, span: slice) -> Passage:
        return Passage(self.glyphs[span])

    def __add__(self, other: Passage) -> Passage:
        return Passage(self.glyphs + other.glyphs)

    def no_surer(self, confidence: float) -> Passage:
        """The same text, none of its characters surer than that."""
        return Passage(tuple(glyph._replace(confidence=min(glyph.confidence, confidence)) for glyph in self.glyphs))

    def strip(self, chars: str | None = None) -> Passage:
        text = self.text
        start = len(text) - len(text.lstrip(chars))
        return self[start : len(text.rstrip(chars))] if start < len(text) else Passage()

    def fold(self, change: Callable[[str], str]) -> Passage:
        """Each character changed for itself: `change` gives one character, or "" to drop it."""
        folded = ((glyph, change(glyph.char)) for glyph in self.glyphs)
        return Passage(
            tuple(glyph._replace(char=char) if char != glyph.char else glyph for glyph, char in folded if char)
        )

    def keep(self, indices: Iterable[int]) -> Passage:
        """The characters at `indices`, in that order."""
        return Passage(tuple(self.glyphs[i] for i in indices))

    def cite(self, start: int = 0, end: int | None = None) -> Cited[str]:
        """The text from `start` to `end` with one source a text line."""
        part = self.glyphs[start:end]
        sources = []
        for (page, _, _), run in itertools.groupby(part, key=lambda glyph: glyph.line):
            glyphs = list(run)
            text = "".join(glyph.char for glyph in glyphs)
            sources.append(Source(page, around(g.box for g in glyphs), text, min(g.confidence for g in glyphs)))
        return Cited("".join(glyph.char for glyph in part), tuple(sources))


def joined(passages: Iterable[Passage]) -> Passage:
    """All passages one after another."""
    return Passage(tuple(itertools.chain.from_iterable(passage.glyphs for passage in passages)))
