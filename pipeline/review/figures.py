"""How a contract's figures stand, all together: what its own equations confirm, and what nothing speaks for.

A figure that no equation holds is never shown as fine, even where no check found anything: a clerk sees how many there
are and which.

>>> record = {"proof": {"/amounts/0/figures": {"status": "unchecked"}}, "amounts": [{"figures": "1200.00"}],
...           "provenance": {"/amounts/0/figures": [{"page": 3}]}}
>>> [(one.value, one.page, one.place.en) for one in standing(record).unchecked]
[('1,200.00', 3, 'amount (1) in figures')]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.model.check import Message
from pipeline.review.findings import apart, place
from pipeline.warehouse import pointers


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the record: where it stands in words, its value, and the page it was read on."""

    place: Message
    value: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How many figures stand how, and those that no equation holds."""

    counts: Counter[str]
    unchecked: tuple[Figure, ...]


def standing(data: dict[str, Any]) -> Figures:
    """The figures of a record; none where it was made without a proof."""
    stands = {pointer: one["status"] for pointer, one in data.get("proof", {}).items()}
    loose = tuple(figure(pointer, data) for pointer, status in stands.items() if status == "unchecked")
    return Figures(Counter(stands.values()), loose)


def figure(pointer: str, data: dict[str, Any]) -> Figure:
    return Figure(place(pointer, data), apart(pointers.value(pointer, data)), pointers.page(pointer, data))
