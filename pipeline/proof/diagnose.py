"""Whose fault a mismatch is: the same checks, with `diagnosis` and `suggestion` filled in.

`ocr`: one repair makes every equation hold, and the pixels clearly show it instead of what was read. `document`: what
was read is what is printed, by the pixels or because the file itself says so. `unknown`: everything else. A paper that
is wrong and called a misread scan would be mended silently, so what is not clear stays unknown.

>>> name_of(("line_item_tables", 0, "items", 3, "quantity"))
Message(zh='数量', en='quantity')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pipeline.model.check import Check, Diagnosis, Message, Missing, Suggestion, plain
from pipeline.model.record import LineItemTable, Record
from pipeline.model.source import Cited
from pipeline.proof.candidates import Court, Repair, court, is_held, repairs, wrong
from pipeline.proof.evidence import Witness
from pipeline.proof.paths import Path, at
from pipeline.proof.printed import rivals, text_of, variants

NAMES = {
    "figures": ("小写", "figures"), "words": ("大写", "words"), "percent": ("比例", "percent"),
    "unit_price": ("单价", "unit price"), "quantity": ("数量", "quantity"), "periods": ("期数", "periods"),
    "amount": ("合价", "amount"), "total": ("合计", "total"), "months": ("月数", "months"), "start": ("起日", "start"),
    "end": ("止日", "end"),
}  # fmt: skip
MOST_VALUES = 40  # whose pixels are looked at for one mismatch
MOST_PROOFS = 3  # mended equations that a reason spells out


def prove(record: Record, found: tuple[Check, ...], witness: Witness | None = None) -> tuple[Check, ...]:
    """The checks, each mismatch between figures with its diagnosis; `witness` is what knows the pages' pixels."""
    if not wrong(found):
        return found
    bench = Bench(court(record, found), witness)
    return tuple(judged(check, bench) if check.status == "mismatch" else check for check in found)


READ = "read"  # what was read is what is printed


@dataclass(frozen=True, slots=True)
class Bench:
    """What a verdict needs; the pixels of a value are asked once about the same texts."""

    court: Court
    witness: Witness | None
    heard: dict[tuple[int, tuple[str, ...]], str | None] = field(default_factory=dict)

    def seen(self, leaf: Cited[Any], values: Sequence[str]) -> str | None:
        """What the pixels show: "read", one of the rival `values`, or None."""
        key = id(leaf), tuple(values)
        if key not in self.heard:
            self.heard[key] = self.look(leaf, values)
        return self.heard[key]

    def look(self, leaf: Cited[Any], values: Sequence[str]) -> str | None:
        if self.witness is None:
            return None
        if self.witness.is_text(leaf):
            return READ
        printed = text_of(leaf)
        meant = {text: value for value in values for text in rivals(printed, leaf.value, value)}
        if not printed or printed in meant or len(set(meant.values())) < len(set(values)):
            return None
        texts = list(dict.fromkeys((printed, *meant, *variants(printed))))
        index = self.witness.sees(leaf, texts)
        return None if index is None else ({printed: READ} | meant).get(texts[index])


def judged(check: Check, bench: Bench) -> Check:
    """One mismatch with its diagnosis, and with the repair that is meant where there is one."""
    if not any(id(ref) in bench.court.places for ref in check.refs):
        return check
    options = repairs(bench.court, check)
    shown = [option for option in options if is_shown(option, options, bench)]
    refuted = [option for option in options if is_refuted(option, options, bench)]
    if len(shown) == 1 and len(refuted) == len(options) - 1:
        return replace(check, diagnosis="ocr", suggestion=suggestion(shown[0], bench, "ocr"))
    if is_printed(check, options, refuted, bench):
        return replace(check, diagnosis="document")
    open_ = [option for option in options if option not in refuted]
    meant = suggestion(open_[0], bench, "unknown") if len(open_) == 1 else None
    return replace(check, diagnosis="unknown", suggestion=meant)


def is_shown(option: Repair, options: Sequence[Repair], bench: Bench) -> bool:
    """Whether the pixels show what the repair says, for every value that it changes."""
    return all(bench.seen(leaf, values_for(leaf, options)) == value for leaf, value in option.values)


def is_refuted(option: Repair, options: Sequence[Repair], bench: Bench) -> bool:
    """Whether the pixels show a value as it was read that the repair would change."""
    return any(bench.seen(leaf, values_for(leaf, options)) == READ for leaf, _ in option.values)


def values_for(leaf: Cited[Any], options: Iterable[Repair]) -> tuple[str, ...]:
    """All values that are proposed for the leaf."""
    return tuple(dict.fromkeys(value for option in options for other, value in option.values if other is leaf))


# ---- the paper's fault


def is_printed(check: Check, options: Sequence[Repair], refuted: Sequence[Repair], bench: Bench) -> bool:
    """Whether the paper itself disagrees: all that could be misread is clearly printed as it was read.

    Where one value would mend several mismatches and is printed as read, that alone says so; otherwise nothing must be
    missing from the comparison.
    """
    if options and len(refuted) == len(options) and len(options[0].mends) > 1:
        return True
    lost = lost_entries(bench.court.found)
    whole = all(is_whole(table, lost) for table in summed_tables(check, bench.court))
    if not whole or any(isinstance(ref, Missing) for ref in check.refs):
        return False
    doubtful = list(open_values(check, bench.court))
    return len(doubtful) <= MOST_VALUES and all(
        bench.seen(leaf, values_for(leaf, options)) == READ for leaf in doubtful
    )


def open_values(check: Check, court: Court) -> Iterable[Cited[Any]]:
    """The values of the equation that no other equation confirms; words stand for their value."""
    for ref in check.refs:
        path = court.places.get(id(ref))
        if path is None or is_held(ref, court.touching.get(id(ref), ())):
            continue
        if path[-1] != "words_value" or at(court.record, path[:-1]).words is None:
            yield ref


def summed_tables(check: Check, court: Court) -> list[LineItemTable]:
    """The tables of which several lines stand in the equation."""
    lines = {court.places[id(ref)][:4] for ref in check.refs if id(ref) in court.places}
    tables = [path[1] for path in lines if path[0] == "line_item_tables" and path[2] == "items"]
    return [court.record.line_item_tables[int(i)] for i in set(tables) if tables.count(i) > 1]


def is_whole(table: LineItemTable, lost: frozenset[int]) -> bool:
    """Whether the lines' own numbers show that none was lost and none read twice, and no line lacks a figure: it may
    have run into the next."""
    numbers = [item.seq.value if item.seq else "" for item in table.items]
    entries = {id(table), *map(id, table.items)}
    return numbers == [str(i) for i in range(1, len(numbers) + 1)] and not entries & lost


def lost_entries(found: Iterable[Check]) -> frozenset[int]:
    """The entries of the record of which something could not be read, by their identity."""
    return frozenset(
        id(ref.entry)
        for check in found
        if check.status == "unverified" and check.severity == "error"
        for ref in check.refs
        if isinstance(ref, Missing)
    )


# ---- the scan's fault


def suggestion(repair: Repair, bench: Bench, diagnosis: Diagnosis) -> Suggestion:
    """The repair with its reason: what it mends, and what the image says."""
    values = [(name_of(bench.court.places[id(leaf)]), written(leaf.value), value) for leaf, value in repair.values]
    zh = [f"{name.zh}{read}应为{value}" for name, read, value in values]
    en = [f"{name.en} {read} should be {value}" for name, read, value in values]
    proofs = [check.message for check in repair.proofs[:MOST_PROOFS]]
    seen = Message(f"图像支持{repair.value}", f"the image supports {repair.value}")
    verdict = seen if diagnosis == "ocr" else Message("图像不能判定", "the image does not decide")
    reason = Message(
        f"{'，'.join(zh)}：{'；'.join(proof.zh for proof in proofs)}；{verdict.zh}",
        f"{', '.join(en)}: {'; '.join(proof.en for proof in proofs)}; {verdict.en}",
    )
    return Suggestion(repair.leaf, repair.value, reason)


def name_of(path: Path) -> Message:
    """What a clerk calls the value at this path."""
    return Message(*NAMES.get(str(path[-1]), ("数值", "value")))


def written(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
