"""A second look at money: figures in doubt are read again, and where the readings differ the value is doubted.

A figure is in doubt if no equation holds it in place: it was read unsurely, it stands in a comparison that failed or
could not be made, or nothing in the contract could tell if it were wrong. The last kind is only glanced at, and looked
at closely where the glance differs. The record keeps what was read; `reading.second` shows a reviewer the rivals.

>>> from pipeline.model.source import Box, Source
>>> leaf = Cited(Decimal("2700"), (Source(1, Box(0, 0, 60, 20), "2700", 0.97),))
>>> views = [Reading("2700", "rapid", "red", 0.9), Reading("27000", "rapid", "wide", 0.8)]
>>> found = opinion(leaf, views, "rapid")
>>> found.verdict, [rival.text for rival in found.rivals]
('differ', ['27000'])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pipeline.model.check import Check, Message, unverified
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.ocr.second import Reading, SecondReader
from pipeline.ocr.second_values import PERCENT, agree
from pipeline.proof.evidence import Pixels, Witness
from pipeline.proof.graph import Graph, graph_of
from pipeline.proof.paths import Path, leaves, replaced
from pipeline.proof.printed import text_of
from pipeline.proof.wording import name_of

RULE = "reading.second"
SURE = 0.9  # below, a reading is in doubt by itself
LEGIBLE = 0.5  # below, a second reading says nothing
MOST_LOOKS = 32  # crops of a contract that are read in every way
MOST_GLANCES = 48
MONEY = ("amounts", "installments", "line_item_tables", "penalties")

Leaf: TypeAlias = Cited[Any]
Doubt: TypeAlias = Literal["mismatch", "unsure", "unverified", "unchecked"]
ORDER: tuple[Doubt, ...] = ("mismatch", "unsure", "unverified", "unchecked")


@dataclass(frozen=True, slots=True)
class Figure:
    """A money value in doubt: where it stands, and its picture."""

    path: Path
    leaf: Leaf
    doubt: Doubt
    crop: Pixels


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the readings of a value come to: `agree` is said by the first engine alone, `confirm` by both."""

    verdict: Literal["confirm", "agree", "differ", "illegible"]
    rivals: tuple[Reading, ...] = ()


def second_look(
    record: Record, found: Sequence[Check], witness: Witness, reader: SecondReader, said: Sequence[Check] = ()
) -> tuple[Record, tuple[Check, ...]]:
    """The record, surer where two engines agree, and a check for each figure that reads differently.

    The values of which checks are `said` already were read in all ways and are left alone.
    """
    judged = opinions(record, found, witness, reader, frozenset(id(ref) for check in said for ref in check.refs))
    for figure, seen in judged:
        if seen.verdict == "confirm" and can_be_sure(figure, witness):
            record = replaced(record, figure.path, surer(figure.leaf))
    return record, tuple(check_of(figure, seen) for figure, seen in judged if seen.verdict in ("differ", "illegible"))


def opinions(
    record: Record, found: Sequence[Check], witness: Witness, reader: SecondReader, known: frozenset[int] = frozenset()
) -> list[tuple[Figure, Opinion]]:
    """The figures in doubt that were looked at closely, and what came of it."""
    doubts = (figure for figure in doubtful(record, found, witness) if id(figure.leaf) not in known)
    figures = [figure for figure in doubts if needs_look(figure, reader)][:MOST_LOOKS]
    readings = reader.readings([figure.crop for figure in figures])
    name = reader.first.name
    return [(figure, opinion(figure.leaf, heard, name)) for figure, heard in zip(figures, readings, strict=True)]


def kept(doubts: Iterable[Check], record: Record) -> tuple[Check, ...]:
    """The checks of values that still stand in the record: a repaired one is another value."""
    standing = {id(leaf) for _, leaf in money(record)} | {id(party.uscc) for party in record.parties}
    return tuple(check for check in doubts if all(id(ref) in standing for ref in check.refs))


# ---- what is in doubt


def doubtful(record: Record, found: Sequence[Check], witness: Witness) -> Iterator[Figure]:
    """The figures in doubt that have a picture, those most in doubt first; each picture once."""
    known = graph_of(record, found)
    doubts = [(doubt, path, leaf) for path, leaf in money(record) if (doubt := doubt_of(leaf, known))]
    doubts.sort(key=lambda item: (ORDER.index(item[0]), item[2].page or 0))
    seen: set[tuple[Any, ...]] = set()
    glances = 0
    for doubt, path, leaf in doubts:
        glances += doubt == "unchecked"
        if leaf.sources in seen or witness.is_text(leaf) or glances > MOST_GLANCES:
            continue
        seen.add(leaf.sources)
        crop = witness.crop(leaf)
        if crop is not None:
            yield Figure(path, leaf, doubt, crop)


def money(record: Record) -> Iterator[tuple[Path, Leaf]]:
    """The decimals that stand for money, and what it is reckoned from; sums in words by their value."""
    for part in MONEY:
        for path, leaf in leaves(getattr(record, part), (part,)):
            if isinstance(leaf.value, Decimal):
                yield path, leaf


def doubt_of(leaf: Leaf, known: Graph) -> Doubt | None:
    """Why the value is in doubt; None where an equation holds it, whatever else failed."""
    if known.holds(leaf):
        return None
    if known.failing(leaf):
        return "mismatch"
    if leaf.confidence < SURE:
        return "unsure"
    checks = known.touching.get(id(leaf), ())
    failed = any(check.status == "unverified" and check.severity == "error" for check in checks)
    return "unverified" if failed else "unchecked"


def needs_look(figure: Figure, reader: SecondReader) -> bool:
    """Whether the figure is to be read in every way; what is merely unchecked only if a glance differs."""
    return figure.doubt != "unchecked" or agree(text_of(figure.leaf), reader.glance(figure.crop).text) is not True


# ---- what the readings say


def opinion(leaf: Leaf, readings: Iterable[Reading], first: str) -> Opinion:
    """Legible readings that state another value are rivals; those of another engine only beside such of the first,
    since it errs more often, but where it agrees it confirms."""
    read = text_of(leaf)
    votes = [(reading, agree(read, reading.text)) for reading in readings if reading.confidence >= LEGIBLE]
    rivals = tuple(reading for reading, same in votes if same is False)
    if any(rival.engine == first for rival in rivals):
        return Opinion("differ", rivals)
    witnesses = {reading.engine for reading, same in votes if same}
    if first not in witnesses:
        return Opinion("illegible", rivals)
    return Opinion("confirm" if len(witnesses) > 1 else "agree")


def can_be_sure(figure: Figure, witness: Witness) -> bool:
    """Whether agreement settles the value: not where part of it may be covered for every reader, nor for a rate, whose
    sign both engines read as % where ‰ is printed."""
    return not witness.is_covered(figure.leaf) and not (
        figure.path[0] == "penalties" and text_of(figure.leaf).endswith(PERCENT)
    )


def surer(leaf: Leaf) -> Leaf:
    """The leaf, no longer unsure: two engines read the same."""
    sources = tuple(replace(source, confidence=max(source.confidence, SURE)) for source in leaf.sources)
    return Cited(leaf.value, sources)


def check_of(figure: Figure, seen: Opinion) -> Check:
    """What a reviewer is told: the value, and how else it was read."""
    name, read = name_of(figure.path), text_of(figure.leaf)
    if seen.verdict == "illegible":
        message = Message(
            f"{name.zh}「{read}」再次识读未能读出同一数值，请核对原件",
            f"{name.en} {read}: a second reading could not make out the same value",
        )
    else:
        said = dict.fromkeys(rival.text for rival in seen.rivals)
        zh = "、".join(f"「{text}」" for text in said)
        message = Message(
            f"{name.zh}读作「{read}」，再次识读读作{zh}，请核对原件",
            f"{name.en} was read as {read}, and a second time as {', '.join(said)}",
        )
    return replace(unverified((figure.leaf,), message), rule=RULE, severity="error")
