"""Credit codes in doubt, read again: the code that the readings agree on, as sure as they are.

A code below a seal counts as hardly read, so that a check character that doesn't hold proves nothing. But its 18 signs
(GB 32100-2015) leave little to chance: read alike in every preparation, and surely, they are what the paper shows.

>>> from pipeline.ocr.second import Reading
>>> texts = "91990100MA00TEX7Q2", "9199O100MA00TEX7Q2 ", "91990100MA00TEX7Q2"
>>> [code, by] = [*agreed([Reading(text, "rapid", "red", 0.9) for text in texts]).items()][0]
>>> code, [reading.text[4] for reading in by]
('91990100MA00TEX7Q2', ['0', 'O', '0'])
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from pipeline.checks.party import CODE, code
from pipeline.model.check import Check, Message, unverified
from pipeline.model.record import Record
from pipeline.model.source import Cited, Source, around
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.evidence import Witness
from pipeline.proof.paths import replaced
from pipeline.proof.second import LEGIBLE, RULE
from pipeline.proof.unread import AGREED, DOUBT

LETTERS = str.maketrans("OI", "01")  # no code has them
SURE = 0.9  # of each reading: then the code is sure


def with_codes(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with codes whose check doesn't hold as its readings agree on them, and a note on each that differs."""
    doubtful = [
        (i, party.uscc, crop)
        for i, party in enumerate(record.parties)
        if party.uscc is not None
        and code(party.uscc).status == "unverified"
        and not witness.is_text(party.uscc)
        and (crop := witness.crop(party.uscc)) is not None
    ]
    heard = reader.readings([crop for _, _, crop in doubtful])
    said: list[Check] = []
    for (i, leaf, _), readings in zip(doubtful, heard, strict=True):
        for text, by in agreed(readings).items():
            new = cited(leaf, text, min(reading.confidence for reading in by))
            record = replaced(record, ("parties", i, "uscc"), new)
            said += [note(leaf, new)] if text != leaf.value else []
    return record, tuple(said)


def agreed(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    """The code that several readings state and none another, with those readings; empty where there is none."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        text = "".join(unicodedata.normalize("NFKC", reading.text).upper().split()).translate(LETTERS)
        if reading.confidence >= LEGIBLE and CODE.fullmatch(text):
            found.setdefault(text, []).append(reading)
    return found if len(found) == 1 and all(len(by) >= AGREED for by in found.values()) else {}


def cited(leaf: Cited[str], text: str, least: float) -> Cited[str]:
    """The code where the leaf was read, sure if every reading was."""
    box = around(source.box for source in leaf.sources)
    return Cited(text, (Source(leaf.sources[0].page, box, text, least if least >= SURE else min(least, DOUBT)),))


def note(read: Cited[str], leaf: Cited[str]) -> Check:
    message = Message(
        f"统一社会信用代码读作「{read.value}」，再次识读一致读作「{leaf.value}」，请核对原件",
        f"a credit code was read as {read.value}; every second reading is {leaf.value}",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="info")
