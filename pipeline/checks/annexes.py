"""annexes.listed: the annexes that the contract lists = the annexes bound in.

`本合同附件：1. 中标通知书 2. 分项报价表`: an annex may be listed and left out, or bound in but not listed.

>>> from pipeline.model.lift import Lifter
>>> data = {"number": 2, "title": "保密协议", "listed": True, "present": False}
>>> disagreement(Lifter({}).node(Annex, data, "")).message.zh
'附件2「保密协议」在清单中，但正文后没有'
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.check import Check, Message, mismatch, passed, rule, unverified
from pipeline.model.record import Annex, Record


@rule("annexes.listed", "warning")
def annexes_listed(record: Record) -> Iterator[Check]:
    """One check for each annex that is only listed or only present."""
    annexes = record.contract.annexes
    if not annexes:
        return
    if not any(annex.listed for annex in annexes):
        message = Message(
            "合同没有附件清单，附件是否齐全无法核对", "the contract lists no annexes, so the annexes can't be compared"
        )
        yield unverified(annexes, message, severity="info")
        return
    wrong = [annex for annex in annexes if annex.listed != annex.present]
    yield from (disagreement(annex) for annex in wrong)
    if not wrong:
        yield passed(
            annexes, Message(f"清单中的{len(annexes)}个附件都在", f"all {len(annexes)} listed annexes are there")
        )


def disagreement(annex: Annex) -> Check:
    zh, en = name(annex)
    if annex.listed:
        message = Message(f"{zh}在清单中，但正文后没有", f"{en} is listed but not bound in")
        return mismatch((annex,), message, "listed", "absent")
    message = Message(f"{zh}附在合同后，但清单中没有", f"{en} is bound in but not listed")
    return mismatch((annex,), message, "not listed", "present")


def name(annex: Annex) -> tuple[str, str]:
    number = str(annex.number.value) if annex.number else ""
    title = annex.title.value if annex.title else ""
    return f"附件{number}「{title}」", f"annex {number} ({title})"
