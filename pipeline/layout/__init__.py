"""Lines to a document: tables, paragraphs in reading order, and the tree of sections."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout import sections, tables
from pipeline.layout.flow import flow
from pipeline.model.document import Document
from pipeline.model.page import Page


def layout(pages: Sequence[Page]) -> Document:
    """A contract's pages, laid out."""
    blocks, tree = sections.build(flow(pages, *tables.parted(pages)))
    return Document(tuple(pages), blocks, tree)
