"""Where a clause's text begins: after the number and title that its own line opens with (`第三条 违约责任…`)."""

from __future__ import annotations

from pipeline.model.document import Block


def after_number(text: str, block: Block) -> int:
    """Where a clause's own line goes on after its number and title."""
    at = 0
    for part in (block.path[-1].number.text, block.path[-1].title.text) if block.path else ():
        at += len(part) if text.startswith(part, at) else 0
    return at if at < len(text) else 0
