"""`--apply-repairs`: the record as it should read, where algebra and pixels agree that the scan was misread.

Only repairs of the verdict `ocr` are made. What was read stays beside each value (`repairs` in the record) and in its
provenance, the tables stay as read, and a check `proof.repaired` marks the value for whoever looks at findings only.

>>> corrections(())
()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from pipeline import checks
from pipeline.model.check import Check, Message, Repaired, Suggestion, plain, unverified
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.court import wrong
from pipeline.proof.diagnose import prove
from pipeline.proof.evidence import Witness
from pipeline.proof.paths import Path, paths, replaced
from pipeline.text.amounts import parse_words

RULE = "proof.repaired"
WORDS = "words"


Corrected: TypeAlias = tuple[Record, tuple[Check, ...], tuple[Repaired, ...]]


def corrected(record: Record, found: tuple[Check, ...], witness: Witness | None) -> Corrected:
    """The record with every repair that both witnesses support, its checks anew, and what was repaired; all as it was
    where the repairs don't go together."""
    places, wanted = paths(record), corrections(found)
    after, repairs = record, list[Repaired]()
    for leaf, text, reason in wanted:
        path, new = places[id(leaf)], Cited(value_as(leaf, text), leaf.sources)
        after = with_value(after, path, new)
        repairs.append(Repaired(new, shown(leaf.value), reason))
    again = (*checks.run(after), *beside_rules(found, {id(leaf) for leaf, _, _ in wanted}))
    if not wanted or len(wrong(again)) >= len(wrong(found)):
        return record, found, ()
    marks = tuple(mark(repair) for repair in repairs)
    return after, (*prove(after, again, witness), *marks), tuple(repairs)


def beside_rules(found: Sequence[Check], changed: set[int]) -> Iterator[Check]:
    """The checks that no rule makes (a second reading), as far as their values are still in the record."""
    rules = {name for name, _ in checks.rules()}
    for check in found:
        if check.rule not in rules and all(isinstance(ref, Cited) and id(ref) not in changed for ref in check.refs):
            yield check


def corrections(found: Sequence[Check]) -> tuple[tuple[Cited[Any], str, Message], ...]:
    """Each value that is to be repaired, with its new text; none for which two repairs differ."""
    out: dict[int, set[str]] = {}
    wanted = [
        one for check in found if check.diagnosis == "ocr" and check.suggestion for one in parts(check.suggestion)
    ]
    for leaf, text, _ in wanted:
        out.setdefault(id(leaf), set()).add(text)
    once = {id(leaf): (leaf, text, reason) for leaf, text, reason in wanted if len(out[id(leaf)]) == 1}
    return tuple(once.values())


def parts(suggestion: Suggestion) -> Iterator[tuple[Cited[Any], str, Message]]:
    for leaf, text in ((suggestion.ref, suggestion.value), *suggestion.also):
        if isinstance(leaf, Cited):
            yield leaf, text, suggestion.reason


def with_value(record: Record, path: Path, new: Cited[Any]) -> Record:
    """The record with the new value; the value of words follows them."""
    record = replaced(record, path, new)
    if path[-1] != WORDS:
        return record
    return replaced(record, (*path[:-1], "words_value"), Cited(parse_words(new.value), new.sources))


def value_as(leaf: Cited[Any], text: str) -> Any:
    """The text as a value of the leaf's kind."""
    return type(leaf.value)(text)


def shown(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)


def mark(repair: Repaired) -> Check:
    """The finding that a repaired value is: harmless by two witnesses, and still to be seen."""
    value = shown(repair.leaf.value)
    message = Message(
        f"已按算式和图像修正：{repair.reason.zh}", f"repaired by the equations and the image: {repair.reason.en}"
    )
    more = {"rule": RULE, "severity": "info", "expected": value, "actual": repair.read, "diagnosis": "ocr"}
    return unverified((repair.leaf,), message, **more)
