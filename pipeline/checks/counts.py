"""copies.sum: 份数, parts = total. `本合同一式柒份，甲方执肆份，乙方执叁份`: 4 + 3 = 7.

>>> from pipeline.model.lift import Lifter
>>> data = {"total": 7, "party_a": 4, "party_b": 3}
>>> compare(Lifter({}).node(Copies, data, ""), 7, 7, "4+3").message.zh
'合同份数4+3=7'
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks._operands import operands, present
from pipeline.model.check import Check, Message, mismatch, passed, rule, unverified, value_of
from pipeline.model.record import Copies, Record

PARTS = ("party_a", "party_b", "other")


@rule("copies.sum", "warning")
def copies_sum(record: Record) -> Iterator[Check]:
    """The parties' copies add up to the copies made."""
    copies = record.contract.copies
    if copies is None or not present(copies.total, copies.party_a, copies.party_b, copies.other):
        return
    parts = [value_of(getattr(copies, part)) for part in PARTS]
    made, total = sum(part or 0 for part in parts), value_of(copies.total)
    open_ = copies.party_a is None or copies.party_b is None
    if total is None or (open_ and made < total):
        message = Message("合同份数不齐，无法核对", "the numbers of copies are incomplete, can't be checked")
        yield unverified(operands(copies, "total", "party_a", "party_b"), message)
    else:
        yield compare(copies, made, total, "+".join(str(part) for part in parts if part is not None))


def compare(copies: Copies, made: int, total: int, sum_: str) -> Check:
    refs = present(copies.total, copies.party_a, copies.party_b, copies.other)
    if made == total:
        return passed(refs, Message(f"合同份数{sum_}={total}", f"the copies {sum_} = {total}"))
    message = Message(f"合同份数{sum_}={made}，但一式{total}份", f"the copies {sum_} = {made}, but {total} are made")
    return mismatch(refs, message, str(made), str(total), difference=str(abs(made - total)))
