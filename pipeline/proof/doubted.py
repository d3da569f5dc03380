"""Figures in doubt of a price table's line that does not hold, as second readings and the line have them.

Below a seal a figure is read with a digit lost or another in its place (`202.01` x `96` = `59792.00`). Where a line
fails and some of its figures are in doubt, those are read again in the ways of `ocr.second`. Readings are taken up only
if they make the line hold, several state each and more than state what was read at first, and no others do so. The
record then says which: each value cites its reading, no surer than doubt, and a check `reading.second` gives both. What
was surely read stays as it was read, for a verdict; and an error of the paper stays, for what is printed wrong is not
read right in several preparations by chance.

>>> wide, soft, red = (Reading(text, "rapid", "", 0.7) for text in ("296", "296", "29"))
>>> seen = {Decimal(296): [wide, soft], Decimal(29): [red]}
>>> [option.value for option in options(Cited(Decimal(96), ()), seen)]
[Decimal('296')]
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline import checks
from pipeline.model.check import Check, Message, unverified
from pipeline.model.record import LineItem, Record
from pipeline.model.source import Cited
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.evidence import Pixels, Witness
from pipeline.proof.paths import Path, at, replaced
from pipeline.proof.printed import text_of
from pipeline.proof.second import RULE
from pipeline.proof.unread import DOUBT, FIGURES, MOST, ONE, PROVES, cited, holds, numbers, picture, scale_of
from pipeline.proof.wording import name_of

AGREED = 2  # readings that state a figure, with which the line holds besides
FEW = 4  # readings of one figure that are tried


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a figure may have, and the readings that state it."""

    value: Decimal
    by: Sequence[Reading]


@dataclass(frozen=True, slots=True)
class Doubted:
    """A figure in doubt of a line that fails: where it stands, its picture, and by how many places it is printed
    smaller."""

    path: Path
    leaf: Cited[Decimal]
    crop: Pixels
    scale: int

    @property
    def line(self) -> Path:
        return self.path[:-1]


def with_proven(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with the figures in doubt as second readings and their lines have them, and a check for each."""
    found = list(itertools.islice(doubted(record, witness), MOST))
    heard = reader.readings([each.crop for each in found])
    seen = [(each, options(each.leaf, numbers(by, each.scale))) for each, by in zip(found, heard, strict=True)]
    said: list[Check] = []
    for _, group in itertools.groupby(seen, key=lambda one: one[0].line):
        for each, option in proven(record, list(group)):
            leaf = cited(each.leaf, option.value, option.by)
            record = replaced(record, each.path, leaf)
            said.append(check_of(each, leaf))
    return record, tuple(said)


def doubted(record: Record, witness: Witness) -> Iterator[Doubted]:
    """The figures in doubt of the lines whose product is another than their sum."""
    failing = {id(ref) for check in products(record) if check.status == "mismatch" for ref in check.refs}
    for number, prices in enumerate(record.line_item_tables):
        for i, item in enumerate(prices.items):
            if any(id(leaf) in failing for leaf in figures(item).values()):
                for name, leaf in figures(item).items():
                    crop = picture(leaf, witness) if leaf.confidence <= DOUBT else None
                    if crop is not None:
                        path = ("line_item_tables", number, "items", i, name)
                        yield Doubted(path, leaf, crop, scale_of(name, prices))


def products(record: Record) -> list[Check]:
    return [check for name, rule in checks.rules() if name == PROVES for check in rule(record)]


def figures(item: LineItem) -> dict[str, Cited[Decimal]]:
    return {name: leaf for name in FIGURES if (leaf := getattr(item, name)) is not None}


def options(leaf: Cited[Decimal], seen: Mapping[Decimal, Sequence[Reading]]) -> list[Option]:
    """What several readings state, more than state what was read; a 1 changes no product and is none."""
    least = max(AGREED, len(seen.get(leaf.value, ())) + 1)
    found = [Option(value, by) for value, by in seen.items() if len(by) >= least and value not in (leaf.value, ONE)]
    return sorted(found, key=lambda option: -len(option.by))[:FEW]


def proven(record: Record, line: Sequence[tuple[Doubted, Sequence[Option]]]) -> list[tuple[Doubted, Option]]:
    """The fewest figures with which the line holds; none where there are several ways."""
    each_way = [[(each, option) for option in found] for each, found in line if found]
    for count in range(1, len(each_way) + 1):
        ways = (way for some in itertools.combinations(each_way, count) for way in itertools.product(*some))
        good = [list(way) for way in ways if makes_hold(record, way)]
        if good:
            return good[0] if len(good) == 1 else []
    return []


def makes_hold(record: Record, way: Sequence[tuple[Doubted, Option]]) -> bool:
    """Whether the line holds with these values, and would not with others."""
    for each, option in way:
        record = replaced(record, each.path, cited(each.leaf, option.value, option.by))
    return all(holds(record, at(record, each.path)) for each, _ in way)


def check_of(each: Doubted, leaf: Cited[Decimal]) -> Check:
    """What a reviewer is told: what was read at first, and what is taken up instead."""
    name, read, again = name_of(each.path), text_of(each.leaf), leaf.sources[0].text
    message = Message(
        f"{name.zh}第一遍读作「{read}」，再次识读读作「{again}」，与本行算式相符，请核对原件",
        f"{name.en} was read as {read} at first; second readings are {again}, with which the line holds",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="info")
