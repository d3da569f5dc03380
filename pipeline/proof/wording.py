"""A proof in a clerk's words: which value, what it should be, the sums that agree then, and what the image says.

`第4行数量2700应为27000：单价0.22×数量27000×12个月=71280.00，与合价71280.00一致；图像支持27000`

>>> place_of(("contract", "copies", "party_a"), None).zh
'合同份数'
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.checks._operands import KINDS
from pipeline.model.check import Message, Suggestion, plain
from pipeline.proof.court import Repair
from pipeline.proof.graph import Graph
from pipeline.proof.paths import Path, at

NAMES = {
    "figures": ("小写", "figures"), "words": ("大写", "words"), "words_value": ("大写", "words"),
    "percent": ("比例", "percent"), "unit_price": ("单价", "unit price"), "quantity": ("数量", "quantity"),
    "periods": ("期数", "periods"), "amount": ("合价", "amount"), "total": ("合计", "total"),
    "months": ("月数", "months"), "start": ("起日", "start"), "end": ("止日", "end"),
    "party_a": ("甲方份数", "party A's copies"), "party_b": ("乙方份数", "party B's copies"),
    "other": ("其他份数", "others' copies"),
}  # fmt: skip
PARTS = {"term": ("服务期限", "term"), "copies": ("合同份数", "copies")}
MOST_PROOFS = 3  # mended equations that a reason spells out
UNDECIDED = Message("图像不能判定", "the image does not decide")


def suggestion(options: Sequence[Repair], record: Any, graph: Graph, seen: bool) -> Suggestion:
    """The first of the repairs with its reason, the others as its rivals; `seen` says that the image shows it."""
    repair, places = options[0], graph.places
    rivals = tuple(value for other in options[1:] for value in other.values)
    what = [in_words(places[id(leaf)], record, leaf.value, text) for leaf, text in repair.values]
    place = place_of(places[id(repair.leaf)], record)
    proofs = [without(check.message, place) for check in repair.proofs[:MOST_PROOFS]]
    others = [in_words(places[id(leaf)], record, leaf.value, text) for leaf, text in rivals]
    why = [*proofs, image(repair, seen), *([joined(others, "也可能", "or ")] if others else [])]
    claim = joined(what)
    reason = Message(f"{claim.zh}：{'；'.join(m.zh for m in why)}", f"{claim.en}: {'; '.join(m.en for m in why)}")
    return Suggestion(repair.leaf, repair.value, reason, repair.values[1:], rivals)


def image(repair: Repair, seen: bool) -> Message:
    """What the second witness says."""
    if not seen:
        return UNDECIDED
    texts = [text for _, text in repair.values]
    return Message(f"图像支持{'、'.join(texts)}", f"the image supports {', '.join(texts)}")


def joined(messages: Sequence[Message], zh: str = "", en: str = "") -> Message:
    return Message(zh + "，".join(m.zh for m in messages), en + ", ".join(m.en for m in messages))


def in_words(path: Path, record: Any, read: Any, true: str) -> Message:
    """第4行数量2700应为27000."""
    place, name, was = place_of(path, record), name_of(path), written(read)
    return Message(f"{place.zh}{name.zh}{was}应为{true}", f"{place.en} {name.en} {was} should be {true}".lstrip())


def place_of(path: Path, record: Any) -> Message:
    """Where a value stands, as the checks' own messages say it."""
    part = path[0]
    if part == "line_item_tables" and path[2] == "items":
        item = at(record, path[:4])
        seq = item.seq.value if item.seq else int(path[3]) + 1
        return Message(f"第{seq}行", f"line {seq}")
    if part == "line_item_tables":
        return Message(f"价格表{int(path[1]) + 1}", f"price table {int(path[1]) + 1}")
    if part == "installments":
        seq = at(record, path[:2]).seq
        return Message(f"第{seq}期付款", f"instalment {seq}")
    if part == "amounts":
        return Message(*KINDS[at(record, path[:2]).kind])
    return Message(*PARTS.get(str(path[1]), ("", "")))


def name_of(path: Path) -> Message:
    """What a clerk calls the value at this path."""
    return Message(*NAMES.get(str(path[-1]), ("数值", "value")))


def without(message: Message, place: Message) -> Message:
    """The message without the place that stands before it already."""
    return Message(bare(message.zh, place.zh, "："), bare(message.en, place.en, ": "))


def bare(text: str, place: str, colon: str) -> str:
    before, found, rest = text.partition(colon)
    return rest if found and place and before.startswith(place) else text


def written(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
