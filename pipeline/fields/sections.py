"""The contract's clauses as a tree: numbers and titles as printed, and each clause's own text.

Ids tell the place in the tree: s2 is the second section, s2.1 its first clause. A clause that goes straight into its
text has no title, an unnumbered heading no number; tables within a clause stand under `tables`. A number is as sure as
its numerals: whether a faint 、 or ． stands behind them changes nothing of it.
"""

from __future__ import annotations

from pipeline.fields._cells import text_of
from pipeline.model.document import Document, Paragraph, Section
from pipeline.model.passage import Passage, joined
from pipeline.model.record import SectionRecord


def read(document: Document) -> tuple[SectionRecord, ...]:
    """All sections in reading order, as trees."""
    return records(document.sections, "s")


def records(sections: tuple[Section, ...], prefix: str) -> tuple[SectionRecord, ...]:
    return tuple(record(section, f"{prefix}{place}") for place, section in enumerate(sections, 1))


def record(section: Section, name: str) -> SectionRecord:
    own = joined(content.text for content in section.content if isinstance(content, Paragraph))
    return SectionRecord(
        id=name,
        level=section.level,
        number=text_of(sure_of_numerals(section.number)),
        title=text_of(section.title),
        page=section.page,
        text=text_of(own),
        children=records(section.children, f"{name}."),
    )


def sure_of_numerals(number: Passage) -> Passage:
    """The number, its marks as sure as the least sure of its numerals."""
    least = min((glyph.confidence for glyph in number if glyph.char.isalnum()), default=None)
    if least is None:
        return number
    return Passage(tuple(glyph if glyph.char.isalnum() else glyph._replace(confidence=least) for glyph in number))
