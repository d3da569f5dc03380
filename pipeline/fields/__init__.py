"""Document -> record: one module a part of the record, each with `read(document)` and the part's name."""

from __future__ import annotations

from typing import Any

from pipeline import discover
from pipeline.model.document import Document


def read(document: Document) -> dict[str, Any]:
    """Every part of the record that a module here reads, by name."""
    return {name: module.read(document) for name, module in discover.modules(__name__, "read").items()}
