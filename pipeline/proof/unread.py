"""Money that the first reading could not make out, read again: figures of price tables, sums in words.

A cell that states no number as it was read (`→2人日`) is read in the other ways of `ocr.second`. What one of them makes
of it is taken up where the line's own figures prove it, and no other reading: 1450.00 x 82 = 118900.00. Without such a
proof it takes three readings of one number and none of another, and the value stays `unverified`. Words that are no sum
(`叁始肆万元`) are taken up as a reading that is one, where the figures beside them say the same or where most readings
do: legal words leave hardly a numeral to chance. The value cites the reading that it comes from, a check
`reading.second` says so, and all else stays null.

>>> from pipeline.ocr.second import Reading
>>> said = numbers([Reading("→2人日", "a", "red", 0.9), Reading("82人日", "b", "red", 0.4)])
>>> {str(value): [reading.text for reading in by] for value, by in said.items()}
{'2': ['→2人日'], '82': ['82人日']}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pipeline import checks
from pipeline.model.check import Check, Message, plain, unverified, value_of
from pipeline.model.record import LineItem, LineItemTable, Record, TableRecord
from pipeline.model.source import Cited, Source, around
from pipeline.ocr.second import Reading, SecondReader
from pipeline.ocr.second_values import figures, sums, words_in
from pipeline.proof.evidence import Pixels, Witness
from pipeline.proof.graph import graph_of
from pipeline.proof.paths import Path, at, replaced
from pipeline.proof.printed import text_of
from pipeline.proof.second import RULE
from pipeline.proof.wording import name_of
from pipeline.text.numbers import shifted

PROVES = "line.product"
FIGURES = ("unit_price", "quantity", "periods", "amount")
LEGIBLE = 0.2  # below, a reading says nothing; above, it is right if the line's arithmetic says so
TO_FEN = re.compile(r"\d+\.\d\d(?=\d)")  # behind the fen may follow what stands beside the cell
# A number and its unit: 约100 or 含在1.2中 was read, and is none.
BARE = re.compile(r"[Il]|[¥￥]?\d[\d,.]*[一-鿿]{0,3}")
DOUBT = 0.79  # what only a second reading made out is no surer
MOST = 32  # cells of a contract that are read again
TEN_THOUSANDS = 4  # places
STATED = ("amounts", "installments")
ONE, LETTERS = Decimal(1), ("I", "l")
AGREED, SURE = 3, 0.5  # so many readings must state, so surely, what no arithmetic proves
LINE_HOLDS = Message("与本行算式相符", "with which the line holds")
FIGURES_AGREE = Message("与小写一致", "as the figures say")
MOST_AGREE = Message("各次识读一致", "as most readings do")


@dataclass(frozen=True, slots=True)
class Gap:
    """A figure that a line lacks, the cell where it should stand, and by how many places its column is printed smaller:
    four where it is in 万元."""

    path: Path
    cell: Cited[str]
    scale: int = 0


def completed(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with what a second reading makes out, and a check for each value."""
    record, figures_said = with_figures(record, witness, reader)
    record, words_said = with_words(record, witness, reader)
    return record, (*figures_said, *words_said)


def with_figures(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with the figures of price tables that the line proves or the readings agree on.

    What they agree on may be what proves the line's other figure.
    """
    found = [(gap, crop) for gap in gaps(record) if (crop := picture(gap.cell, witness)) is not None][:MOST]
    heard = reader.readings([crop for _, crop in found])
    left = [(gap, numbers(readings, gap.scale)) for (gap, _), readings in zip(found, heard, strict=True)]
    taken: list[Gap] = []
    for of in (proven, agreed, proven):
        for gap, seen in [each for each in left if each[0] not in taken]:
            leaf = of(record, gap, seen)
            if leaf is not None:
                record = replaced(record, gap.path, leaf)
                taken.append(gap)
    return record, tuple(said_of(record, gap) for gap in taken)


def proven(record: Record, gap: Gap, seen: Mapping[Decimal, Sequence[Reading]]) -> Cited[Decimal] | None:
    """The one of the numbers with which the line holds; a 1, which changes no product, takes several readings."""
    leaves = [
        leaf
        for value, by in seen.items()
        if (value != ONE or (gap.cell.value.strip() and len(by) >= AGREED))
        and holds(replaced(record, gap.path, leaf := cited(gap.cell, value, by)), leaf)
    ]
    return leaves[0] if len(leaves) == 1 else None


def agreed(record: Record, gap: Gap, seen: Mapping[Decimal, Sequence[Reading]]) -> Cited[Decimal] | None:
    """The number that several readings state and none another; a 1 only where a letter was read for it."""
    text = gap.cell.value.strip()
    if len(seen) != 1 or not text:
        return None
    [(value, by)] = seen.items()
    sure = [reading for reading in by if reading.confidence >= SURE and BARE.fullmatch(reading.text.strip())]
    return cited(gap.cell, value, by) if len(sure) >= AGREED and (value != ONE or text in LETTERS) else None


def said_of(record: Record, gap: Gap) -> Check:
    """What a reviewer is told of a figure that was taken up."""
    leaf = at(record, gap.path)
    return check_of(gap.path, gap.cell.value, leaf, LINE_HOLDS if holds(record, leaf) else MOST_AGREE)


def with_words(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with the sums in words that are none as they were read."""
    places: list[Path] = [(part, i) for part in STATED for i in range(len(getattr(record, part)))]
    open_ = [(path, at(record, path)) for path in places]
    found = [
        (path, entry, crop)
        for path, entry in open_
        if entry.words and not entry.words_value and (crop := picture(entry.words, witness)) is not None
    ][:MOST]
    said: list[Check] = []
    heard = reader.readings([crop for _, _, crop in found])
    for (path, entry, _), readings in zip(found, heard, strict=True):
        spelled = sum_in_words(readings, value_of(entry.figures))
        if spelled:
            value, reading = spelled
            leaf = cited(entry.words, value, [reading])
            record = replaced(record, (*path, "words"), Cited(words_in(reading.text), leaf.sources))
            record = replaced(record, (*path, "words_value"), leaf)
            same = entry.figures is not None and entry.figures.value == value
            said.append(check_of((*path, "words"), entry.words.value, leaf, FIGURES_AGREE if same else MOST_AGREE))
    return record, tuple(said)


def picture(leaf: Cited[Any], witness: Witness) -> Pixels | None:
    """The leaf's picture; None where it has none, or is the file's own text."""
    return None if witness.is_text(leaf) else witness.crop(leaf)


# ---- what was not read


def gaps(record: Record) -> Iterator[Gap]:
    """The figures that lines lack, where each has a cell that is no other line's too."""
    tables = {table.id: table for table in record.tables}
    for number, prices in enumerate(record.line_item_tables):
        lacking = [(i, name) for i, item in enumerate(prices.items) for name in missing(item, prices)]
        printed = tables.get(prices.table_id)
        if not lacking or printed is None:
            continue
        columns = columns_of(prices, printed)
        for i, name in lacking:
            row = row_of(prices.items[i], printed, columns)
            if row is not None and name in columns:
                cell = printed.rows[row][columns[name]]
                if cell.sources and is_own(cell, printed, columns[name]):
                    yield Gap(("line_item_tables", number, "items", i, name), cell, scale_of(name, prices))


def scale_of(name: str, prices: LineItemTable) -> int:
    """By how many places the figures of most lines are printed smaller than they are."""
    leaves = [leaf for item in prices.items if (leaf := getattr(item, name))]
    scaled = sum(figures(text_of(leaf)) == (shifted(leaf.value, -TEN_THOUSANDS),) for leaf in leaves)
    return TEN_THOUSANDS if 2 * scaled > len(leaves) else 0


def missing(item: LineItem, prices: LineItemTable) -> list[str]:
    """The figures that the line lacks of those that lines of the table have."""
    names = [name for name in FIGURES if any(getattr(other, name) for other in prices.items)]
    return [name for name in names if getattr(item, name) is None]


def columns_of(prices: LineItemTable, printed: TableRecord) -> Mapping[str, int]:
    """The column of each figure: that from whose cells most of the lines have it."""
    votes: dict[str, Counter[int]] = {name: Counter() for name in FIGURES}
    for item in prices.items:
        for name in FIGURES:
            leaf = getattr(item, name)
            votes[name].update(
                {j for row in printed.rows for j, cell in enumerate(row) if leaf and stands_in(leaf, cell)}
            )
    return {name: counted.most_common(1)[0][0] for name, counted in votes.items() if counted}


def row_of(item: LineItem, printed: TableRecord, columns: Mapping[str, int]) -> int | None:
    """The row from which the line's figures were read; None where they stand in several."""
    rows = {
        i
        for name, column in columns.items()
        for i, row in enumerate(printed.rows)
        if (leaf := getattr(item, name)) and stands_in(leaf, row[column])
    }
    return rows.pop() if len(rows) == 1 else None


def stands_in(leaf: Cited[Any], cell: Cited[str]) -> bool:
    """Whether the leaf was read from the cell."""
    source = leaf.sources[0]
    return any(source.page == other.page and other.box.holds(*source.box.center) for other in cell.sources)


def is_own(cell: Cited[str], printed: TableRecord, column: int) -> bool:
    """Whether the cell is one row's: a merged one is spread over its rows."""
    return sum(row[column].sources == cell.sources for row in printed.rows) == 1


# ---- what the readings say


def numbers(readings: Iterable[Reading], scale: int = 0) -> dict[Decimal, list[Reading]]:
    """The numbers that legible readings state alone, whole or to the fen, each with the readings of it."""
    found: dict[Decimal, list[Reading]] = {}
    for reading in readings:
        text = "1" if reading.text.strip() in LETTERS else reading.text
        values = figures(text) if reading.confidence >= LEGIBLE else None
        if values and len(values) == 1:
            to_fen = None if scale else TO_FEN.match(plain(values[0]))
            for value in (*values, *([Decimal(to_fen[0])] if to_fen else [])):
                found.setdefault(shifted(value, scale), []).append(reading)
    return found


def cited(read: Cited[Any], value: Decimal, readings: Iterable[Reading]) -> Cited[Decimal]:
    """The value, where something else was read, on the evidence of the surest reading; no surer than doubt."""
    box, reading = around(source.box for source in read.sources), max(readings, key=lambda one: one.confidence)
    return Cited(value, (Source(read.sources[0].page, box, reading.text, min(reading.confidence, DOUBT)),))


def holds(record: Record, leaf: Cited[Decimal]) -> bool:
    """Whether the leaf's line holds, and would with no other value."""
    found = [check for name, rule in checks.rules() if name == PROVES for check in rule(record)]
    return bool(graph_of(record, found).confirming(leaf))


def sum_in_words(readings: Sequence[Reading], figures: Decimal | None) -> tuple[Decimal, Reading] | None:
    """The sum that readings of words state, with the surest of them: that of the figures, or that of most readings."""
    found: dict[Decimal, list[Reading]] = {}
    for reading in readings:
        values = sums(reading.text) if reading.confidence >= LEGIBLE else None
        if values and len(values) == 1:
            found.setdefault(values[0], []).append(reading)
    said = [value for value, by in found.items() if value == figures or (len(found) == 1 and len(by) >= AGREED)]
    return (said[0], max(found[said[0]], key=lambda one: one.confidence)) if len(said) == 1 else None


def check_of(path: Path, read: str, leaf: Cited[Decimal], why: Message) -> Check:
    """What a reviewer is told: the value is a second reading's, and why it was taken up."""
    name = name_of(path)
    [source] = leaf.sources
    message = Message(
        f"{name.zh}第一遍没有读出（「{read}」），再次识读读作「{source.text}」，{why.zh}，请核对原件",
        f"{name.en} could not be read at first ({read}); a second reading is {source.text}, {why.en}",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="error" if why is MOST_AGREE else "info")
