"""The contract itself, without what is bound in behind it: its blocks before the first annex, and what they state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.fields._statements import Statement, in_table, statements
from pipeline.model.document import Block, Document, Paragraph, Section, Table
from pipeline.model.passage import Passage
from pipeline.model.source import Cited
from pipeline.text.dates import Found


def is_annex(section: Section) -> bool:
    return section.kind == "annex"


def body(document: Document) -> tuple[Block, ...]:
    """Everything before the first annex: what stands behind it is no word of the contract's own header."""
    first = next((i for i, block in enumerate(document.blocks) if any(map(is_annex, block.path))), None)
    return document.blocks[:first]


def paragraphs(blocks: tuple[Block, ...]) -> tuple[Paragraph, ...]:
    return tuple(block.content for block in blocks if isinstance(block.content, Paragraph))


def as_date(passage: Passage, found: Found) -> Cited[str]:
    """A date found in a passage, on its place."""
    return Cited(found.iso, passage.cite(found.start, found.end).sources)


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement with the paragraph after it, where a long value may go on."""

    statement: Statement
    after: Passage


def stated(blocks: tuple[Block, ...]) -> Iterator[Stated]:
    """Every statement of the blocks, in reading order."""
    for i, block in enumerate(blocks):
        content = block.content
        following = blocks[i + 1].content if i + 1 < len(blocks) else None
        after = following.text if isinstance(following, Paragraph) else Passage()
        found = in_table(content) if isinstance(content, Table) else statements(content.text)
        for one in found:
            yield Stated(one, after if one is found[-1] and isinstance(content, Paragraph) else Passage())
