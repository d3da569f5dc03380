"""A stored record's findings as people read them: in words, by the money at stake, with pictures of the paper."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline.errors import RecordError
from pipeline.exporters import crops
from pipeline.model.check import Message
from pipeline.review import labels
from pipeline.review.proof import Proof, of_value
from pipeline.warehouse import pointers
from pipeline.warehouse.stakes import at_stake, stake
from pipeline.warehouse.store import Stored

ORDER = {"mismatch": 0, "unverified": 1, "pass": 2}
FIGURES = ("figures", "words_value", "unit_price", "quantity", "amount", "total")
NUMBER = re.compile(r"[1-9][0-9]*(?:\.[0-9]+)?")
SEVERITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Crop:
    """A picture of a place on paper."""

    page: int
    path: Path
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a finding compares: where it stands in words, as printed, its pictures, and its proof."""

    place: Message
    printed: str
    crops: tuple[Crop, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that did not pass."""

    check: dict[str, Any]
    stake: Decimal
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract: its record, its findings in the order in which they should be read, and the money at stake."""

    stored: Stored
    findings: tuple[Finding, ...]
    stake: Decimal
    passed: Counter[str]

    def count(self, status: str) -> int:
        return sum(finding.check["status"] == status for finding in self.findings)


def entry(stored: Stored) -> Entry:
    """The record's findings, mismatches first, the dearest first; RecordError if the pictures' index is damaged."""
    pictures = pictures_of(stored)
    checks = stored.data["checks"]
    found = [finding(check, stored.data, pictures) for check in checks if check["status"] != "pass"]
    found.sort(key=lambda one: (ORDER[one.check["status"]], -one.stake, SEVERITY[one.check["severity"]]))
    passed = Counter(check["rule"] for check in checks if check["status"] == "pass")
    return Entry(stored, tuple(found), at_stake(stored.data), passed)


def finding(check: dict[str, Any], data: dict[str, Any], pictures: dict[str, tuple[Crop, ...]]) -> Finding:
    """The finding with the values that its check points at, those first that nothing confirms."""
    refs = telling(check["refs"], data)
    values = (
        Value(place(ref, data), printed(ref, data), pictures.get(ref, ()), of_value(ref, check, data)) for ref in refs
    )
    return Finding(check, stake(check, data), tuple(sorted(values, key=is_sound)))


def is_sound(value: Value) -> bool:
    """Whether equations confirm the value and nothing is proposed for it: the others come first."""
    return value.proof.status == "confirmed" and not value.proof.readings


def telling(refs: list[str], data: dict[str, Any]) -> list[str]:
    """The references that say something: neither a whole part of the record nor an entry with own figures there."""
    single = [
        ref
        for ref in refs
        if not isinstance(pointers.follow(ref, data), list) and not any(other.startswith(f"{ref}/") for other in refs)
    ]
    return single or refs


def printed(pointer: str, data: dict[str, Any]) -> str:
    """The value at the pointer, a figure with its thousands apart."""
    text = pointers.value(pointer, data)
    return apart(text) if pointer.endswith(FIGURES) else text


def apart(text: str) -> str:
    """A plain number with its thousands apart; any other text as it is.

    >>> apart("1679791.00"), apart("0.125"), apart("2024-07-31")
    ('1,679,791.00', '0.125', '2024-07-31')
    """
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if NUMBER.fullmatch(text) else text


def place(pointer: str, data: dict[str, Any]) -> Message:
    """Where the pointer leads, in words."""
    return Message(labels.place(pointer, data, "zh"), labels.place(pointer, data, "en"))


def heading(found: Entry) -> dict[str, str]:
    """What names a contract, in every list."""
    data = found.stored.data
    totals = (one["figures"] for one in data["amounts"] if one["kind"] == "contract_total" and one["figures"])
    return {
        "title": printable(data["contract"]["title"] or found.stored.name),
        "file": printable(data["document"]["file_name"]),
        "number": data["contract"]["number"] or "",
        "parties": " · ".join(party["name"] for party in data["parties"] if party["name"]),
        "total": next(totals, ""),
    }


def printable(text: str) -> str:
    """Text that UTF-8 can hold: a file's name may have bytes that are no characters."""
    return text.encode("utf-8", "replace").decode("utf-8")


def pictures_of(stored: Stored) -> dict[str, tuple[Crop, ...]]:
    """The pictures beside the record by the pointer of their value; none where a record came without."""
    folder = stored.path.with_name(stored.name + crops.SUFFIX)
    index = folder / crops.INDEX
    try:
        found = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
        return {
            pointer: tuple(Crop(one["page"], folder / one["file"], one["width"], one["height"]) for one in places)
            for pointer, places in found.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"无法读取图片目录 {index}：{error}") from error


def link(target: Path, start: Path) -> str:
    """A relative URL from the folder `start` to a file; a name is bytes on disk and may hold anything."""
    return quote(os.fsencode(Path(os.path.relpath(target, start)).as_posix()))
