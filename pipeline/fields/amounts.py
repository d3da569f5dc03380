"""The contract's total and the award, wherever a clause states them.

Contracts print the total in figures and words, in any order: 本合同总价：人民币（大写）叁佰元整（¥300.00）; the notice
of award repeats it as 中标金额 or 成交金额. One entry for each place, so that checks can compare them. Other sums of
the contract (before tax, tax, deposit) count only where both figures and words state them; instalments, rates, fines
and table totals are not amounts.
"""

from __future__ import annotations

from pipeline.fields._cells import figures_of, words_of, words_value_of
from pipeline.fields._sums import Sum, sums
from pipeline.model.document import Document
from pipeline.model.record import Amount


def read(document: Document) -> tuple[Amount, ...]:
    """Every statement of the contract's total, the award and its other sums, in reading order."""
    amounts = (amount(found) for found in sums(document))
    return tuple(amount for amount in amounts if amount)


def amount(found: Sum) -> Amount | None:
    """The sum as an entry; None where it is none.

    One whose figures and words can't be read is an entry all the same: a check says that a total stands there.
    """
    passage, statement = found.passage, found.statement
    lone = not statement.figures or not statement.words
    if found.purpose not in ("contract_total", "award", "other") or (lone and found.purpose == "other"):
        return None
    page = passage[statement.start : statement.end].page
    figures, words = figures_of(passage, statement), words_of(passage, statement)
    value = words_value_of(passage, statement)
    return Amount(found.purpose, figures, words, value, section=found.block.label or None, page=page)
