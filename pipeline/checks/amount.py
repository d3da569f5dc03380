"""amount.words: 大写 = figures, for every amount and every instalment.

`人民币柒拾柒万肆仟零玖元陆角整（¥774009.6）`: the words guard the figures, so an amount without them is unverified, of
severity "info" where the same figure stands beside agreeing words elsewhere.

>>> from pipeline.model.lift import Lifter
>>> data = {"kind": "award", "figures": "7200", "words": "柒仟叁佰元整", "words_value": "7300.00"}
>>> compare(Lifter({}).node(Amount, data, ""), Message(*KINDS["award"]), set()).message.zh
'中标金额：小写7200与大写柒仟叁佰元整（7300.00）不一致'
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks._operands import KINDS, operands, present
from pipeline.model.check import Check, Message, Missing, Severity, mismatch, passed, plain, rule, unverified, value_of
from pipeline.model.record import Amount, Installment, Record


@rule("amount.words", "error")
def amount_words(record: Record) -> Iterator[Check]:
    """Figures against words, wherever money stands in a clause."""
    confirmed = {value_of(entry.figures) for entry in record.amounts if holds(entry)}
    payments = [value_of(entry.figures) for entry in record.installments]
    if None not in payments and sum(payments, Decimal(0)) in confirmed:
        confirmed.update(payments)
    if not record.amounts:
        yield unverified(
            (Missing(record, "amounts"),), Message("没有找到任何合同金额", "no amount of money found in any clause")
        )
    elif not any(amount.kind == "contract_total" for amount in record.amounts):
        message = Message("没有找到写明合同总价的条款", "no clause found that states the contract total")
        yield unverified((Missing(record, "amounts"),), message, severity="info")
    for amount in record.amounts:
        yield compare(amount, Message(*KINDS[amount.kind]), confirmed)
    for installment in record.installments:
        if installment.words or installment.words_value:
            yield compare(installment, payment(installment), confirmed)
    wordless = [entry for entry in record.installments if entry.figures and not (entry.words or entry.words_value)]
    yield from figures_only([entry for entry in wordless if value_of(entry.figures) in confirmed], "info")
    yield from figures_only([entry for entry in wordless if value_of(entry.figures) not in confirmed], "error")


def figures_only(entries: list[Installment], severity: Severity) -> Iterator[Check]:
    """Instalments of one standing that no words state, as payment tables print them: one doubt for all."""
    if entries:
        numbers = "、".join(str(entry.seq) for entry in entries)
        message = Message(
            f"第{numbers}期付款只有小写，没有大写可核对",
            f"instalments {numbers.replace('、', ', ')}: figures only, no words to compare",
        )
        refs = [ref for entry in entries for ref in operands(entry, "figures", "words_value")]
        yield unverified(tuple(refs), message, severity=severity)


def payment(installment: Installment) -> Message:
    """The instalment as a clerk finds it: 第1期付款「首付款」."""
    label = f"「{installment.label.value}」" if installment.label else ""
    return Message(f"第{installment.seq}期付款{label}", f"instalment {installment.seq}")


def holds(entry: Amount | Installment) -> bool:
    return entry.figures is not None and value_of(entry.figures) == value_of(entry.words_value)


def compare(entry: Amount | Installment, label: Message, confirmed: set[Decimal]) -> Check:
    """One entry's figures against its words."""
    figures, words = value_of(entry.figures), value_of(entry.words_value)
    if figures is None or words is None:
        return incomplete(entry, label, confirmed)
    refs = present(entry.figures, entry.words_value, entry.words)
    written = entry.words.value if entry.words else plain(words)
    if figures == words:
        message = Message(
            f"{label.zh}：小写{plain(figures)}与大写{written}一致",
            f"{label.en}: figures {plain(figures)} agree with the words {written}",
        )
        return passed(refs, message)
    message = Message(
        f"{label.zh}：小写{plain(figures)}与大写{written}（{plain(words)}）不一致",
        f"{label.en}: figures {plain(figures)} differ from the words {written} ({plain(words)})",
    )
    return mismatch(refs, message, words, figures)


def incomplete(entry: Amount | Installment, label: Message, confirmed: set[Decimal]) -> Check:
    """Words or figures are missing or can't be read."""
    refs = operands(entry, "figures", "words_value") + present(entry.words)
    if entry.words is None and entry.words_value is None:
        figures = value_of(entry.figures)
        known = figures is not None and figures in confirmed
        message = Message(f"{label.zh}只有小写，没有大写可核对", f"{label.en}: figures only, no words to compare")
        return unverified(refs, message, severity="info" if known else "error")
    if entry.words_value is None and entry.words:
        message = Message(
            f"{label.zh}的大写{entry.words.value}无法读成金额",
            f"{label.en}: the words {entry.words.value} can't be read",
        )
        return unverified(refs, message)
    return unverified(refs, Message(f"{label.zh}没有可读的小写金额", f"{label.en}: no readable figures"))
