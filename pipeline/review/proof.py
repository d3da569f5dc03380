"""What the proof says of a value that a finding compares: how it stands, and what it may have been.

>>> said = of_value("/a", {}, {"proof": {"/a": {"status": "confirmed", "equations": 2}}})
>>> said.standing.zh, said.readings
('2个算式印证', ())
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.model.check import Message

STANDINGS = {
    "contradicted": Message("待查：没有算式印证", "suspect: no equation confirms it"),
    "unchecked": Message("无算式可核对", "no equation to check it"),
}
SHOULD_BE = Message("应为", "should be")
MAY_BE = Message("也可能", "or")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a value should or may be."""

    label: Message
    value: str


@dataclass(frozen=True, slots=True)
class Proof:
    """`status` is the record's word for how the value stands, `standing` the clerk's; both empty where it is no
    figure."""

    status: str
    standing: Message | None
    readings: tuple[Reading, ...]


def of_value(pointer: str, check: dict[str, Any], data: dict[str, Any]) -> Proof:
    """The standing of the value at the pointer, and what the check's suggestion makes of it."""
    entry = data.get("proof", {}).get(pointer)
    status = entry["status"] if entry else ""
    return Proof(status, standing(entry) if entry else None, tuple(readings(pointer, check)))


def standing(entry: dict[str, Any]) -> Message:
    if entry["status"] != "confirmed":
        return STANDINGS[entry["status"]]
    count = entry["equations"]
    return Message(f"{count}个算式印证", f"confirmed by {count} equation{'s' if count > 1 else ''}")


def readings(pointer: str, check: dict[str, Any]) -> Iterator[Reading]:
    """The repair of this value first, then its rivals; a row that is to go has nothing to show."""
    suggestion = check.get("suggestion")
    if not suggestion:
        return
    for one in (suggestion, *suggestion.get("also", ())):
        if one["ref"] == pointer and one["value"]:
            yield Reading(SHOULD_BE, one["value"])
    for one in suggestion.get("rivals", ()):
        if one["ref"] == pointer:
            yield Reading(MAY_BE, one["value"])
