"""The sums that clauses state in running text, whoever they are for.

>>> sorted(stated_in("订阅服务费人民币1,188,000元；实施服务费叁拾陆万元整。"))
[Decimal('360000.00'), Decimal('1188000')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.record import Amount, Record, SectionRecord
from pipeline.text.amounts import parse_words
from pipeline.text.money import Statement, statements
from pipeline.text.numbers import parse_money


@dataclass(frozen=True, slots=True)
class Printed:
    """A sum as a clause prints it, with what its figures and words say in yuan (empty: they can't be read)."""

    text: str
    values: frozenset[Decimal]


def printed_sum(text: str, statement: Statement) -> Printed:
    figures = text[statement.figures.start : statement.figures.end].replace("_", "") if statement.figures else ""
    words = text[statement.words.start : statement.words.end] if statement.words else ""
    values = {parse_money(f"¥{figures}元") if figures else None, parse_words(words) if words else None}
    return Printed(figures or words, frozenset(value for value in values if value is not None))


def stated_in(text: str) -> frozenset[Decimal]:
    return frozenset(value for statement in statements(text) for value in printed_sum(text, statement).values)


def stated_elsewhere(record: Record, value: Decimal) -> bool:
    """Whether a clause states the sum, and no statement of the total, no award and no price table does.

    A sum that the contract names as another, in figures and words that agree, is one whatever a price table makes.
    """
    if any(value == a.figures.value for a in record.amounts if a.figures and confirmed_other(a)):
        return True
    totals = {leaf.value for a in record.amounts for leaf in (a.figures, a.words_value) if leaf and a.kind != "other"}
    totals |= {table.total.value for table in record.line_item_tables if table.total}
    return value not in totals and any(value in stated_in(text_of(section)) for section in walk(record.sections))


def confirmed_other(amount: Amount) -> bool:
    figures, words = amount.figures, amount.words_value
    return amount.kind == "other" and figures is not None and words is not None and figures.value == words.value


def text_of(section: SectionRecord) -> str:
    return section.text.value if section.text else ""


def walk(sections: tuple[SectionRecord, ...]) -> Iterator[SectionRecord]:
    for section in sections:
        yield section
        yield from walk(section.children)
