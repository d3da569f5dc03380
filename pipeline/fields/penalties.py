"""Penalties: what a breach costs, from clauses (`_penalty_clauses`) and from tables of breaches (`_penalty_tables`).

Contracts print `违约方应支付合同总金额10%的违约金` in a clause, or a table of breaches with a column 惩罚系数. Every
rate is given in percent (万分之五 and 0.5‰ are 0.05); a rate without base or period counts as one of the total. A
`‰` that OCR read as `%` is not mended here: that is a tenfold change of a figure, and takes evidence from the image.

Source of the rules: docs/record.md, "penalties".

>>> from pipeline.fields._penalty_clauses import claims
>>> [(claim.label, str(claim.quantity.value)) for claim in claims("逾期付款的，每日按未付金额的万分之五支付违约金。")]
[('percent_per_day', '0.05')]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, cast

from pipeline.fields._clauses import after_number
from pipeline.fields._penalty_clauses import claims, trigger
from pipeline.fields._penalty_tables import in_table
from pipeline.model.document import Block, Document, Paragraph
from pipeline.model.record import Penalty
from pipeline.text.patterns import Match, part_of


def read(document: Document) -> tuple[Penalty, ...]:
    """Every penalty, clauses and tables in reading order."""
    return tuple(penalty for block in document.blocks for penalty in in_block(block))


def in_block(block: Block) -> Iterator[Penalty]:
    if isinstance(block.content, Paragraph):
        yield from in_paragraph(block.content, block)
    else:
        yield from in_table(block.content, block)


def in_paragraph(paragraph: Paragraph, block: Block) -> Iterator[Penalty]:
    text = paragraph.text.text
    after = after_number(text, block)
    for claim in claims(text):
        yield entry(paragraph, block, claim, trigger(text, claim, after))
        _, after = part_of(text, claim.start, claim.end)


def entry(paragraph: Paragraph, block: Block, claim: Match, cause: tuple[int, int] | None) -> Penalty:
    quantity = claim.quantity
    value = paragraph.text.cite(quantity.start, quantity.end).map(lambda _: Decimal(str(quantity.value)))
    return Penalty(
        kind=cast(Literal["percent_of_total", "percent_per_day", "fixed"], claim.label),
        value=value,
        unit="CNY" if quantity.kind == "money" else "%",
        trigger=paragraph.text.cite(*cause) if cause else None,
        table=None,
        seq=None,
        section=block.label or None,
        page=value.page,
    )
