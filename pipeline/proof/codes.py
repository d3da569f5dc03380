"""Credit codes and bank accounts in doubt, read again: what the readings agree on, as sure as they are.

A code below a seal counts as hardly read, so that a check character that doesn't hold proves nothing. But its 18 signs
(GB 32100-2015) leave little to chance: read alike in every preparation, and surely, they are what the paper shows. So
are the figures of an account that two places state differently.

>>> from pipeline.ocr.second import Reading
>>> texts = "91990100MA00TEX7Q2", "9199O100MA00TEX7Q2 ", "91990100MA00TEX7Q2"
>>> [code, by] = [*agreed([Reading(text, "rapid", "red", 0.9) for text in texts]).items()][0]
>>> code, [reading.text[4] for reading in by]
('91990100MA00TEX7Q2', ['0', 'O', '0'])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.checks.party import CODE, code, compare
from pipeline.model.check import Check, Message, unverified
from pipeline.model.record import Record
from pipeline.model.source import Cited, Source, around
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.evidence import Witness
from pipeline.proof.paths import Path, replaced
from pipeline.proof.second import LEGIBLE, RULE
from pipeline.proof.unread import AGREED, DOUBT

LETTERS = str.maketrans("OI", "01")  # no code has them
ACCOUNT = re.compile(r"\d{8,25}")
SURE = 0.9  # of each reading: then the code is sure
AGREEING = 0.95  # the confidence of an account that every reading surely confirms


def with_codes(record: Record, witness: Witness, reader: SecondReader) -> tuple[Record, tuple[Check, ...]]:
    """The record with codes and accounts whose check doesn't hold as their readings agree on them, and a note on each
    code that differs."""
    doubtful = [
        (path, leaf, signs, crop)
        for path, leaf, signs in in_doubt(record)
        if not witness.is_text(leaf) and (crop := witness.crop(leaf)) is not None
    ]
    heard = reader.readings([crop for *_, crop in doubtful])
    said: list[Check] = []
    for (path, leaf, signs, _), readings in zip(doubtful, heard, strict=True):
        for text, by in agreed(readings, signs).items():
            new = cited(leaf, text, min(reading.confidence for reading in by))
            if signs is CODE:
                record = replaced(record, path, new)
                said += [note(leaf, new)] if text != leaf.value else []
            elif text == leaf.value and (new.confidence >= SURE or len({reading.engine for reading in by}) > 1):
                record = replaced(record, path, confirmed(leaf))
    return record, tuple(said)


def in_doubt(record: Record) -> Iterator[tuple[Path, Cited[str], re.Pattern[str]]]:
    """The codes and accounts that were read too unsurely to say that the paper is wrong."""
    for i, party in enumerate(record.parties):
        if party.uscc is not None and code(party.uscc).status == "unverified":
            yield ("parties", i, "uscc"), party.uscc, CODE
        if any(check.status == "unverified" for check in compare(party, "bank_account")):
            if party.bank_account is not None:
                yield ("parties", i, "bank_account"), party.bank_account, ACCOUNT
            for j, mention in enumerate(party.mentions):
                if mention.field == "bank_account":
                    yield ("parties", i, "mentions", j, "value"), mention.value, ACCOUNT


def agreed(readings: Iterable[Reading], signs: re.Pattern[str] = CODE) -> dict[str, list[Reading]]:
    """The code of such signs that several readings state and none another, with those readings; empty where none is."""
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        text = "".join(unicodedata.normalize("NFKC", reading.text).upper().split()).strip(":。.,").translate(LETTERS)
        if reading.confidence >= LEGIBLE and signs.fullmatch(text):
            found.setdefault(text, []).append(reading)
    return found if len(found) == 1 and all(len(by) >= AGREED for by in found.values()) else {}


def cited(leaf: Cited[str], text: str, least: float) -> Cited[str]:
    """The code where the leaf was read, sure if every reading was."""
    box = around(source.box for source in leaf.sources)
    return Cited(text, (Source(leaf.sources[0].page, box, text, least if least >= SURE else min(least, DOUBT)),))


def confirmed(leaf: Cited[str]) -> Cited[str]:
    """The leaf, no longer unsure: every reading is the same, and sure or of two engines."""
    return Cited(
        leaf.value, tuple(replace(source, confidence=max(source.confidence, AGREEING)) for source in leaf.sources)
    )


def note(read: Cited[str], leaf: Cited[str]) -> Check:
    message = Message(
        f"统一社会信用代码读作「{read.value}」，再次识读一致读作「{leaf.value}」，请核对原件",
        f"a credit code was read as {read.value}; every second reading is {leaf.value}",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="info")
