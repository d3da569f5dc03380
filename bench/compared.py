"""What a record is compared by: what counts as equal, and which entries of two documents belong together.

Text is compared after NFKC folding without spaces and punctuation, figures as decimals.

>>> same("１，２３４ 元", "1234元"), same("80.00", "80"), same("", None)
(True, True, True)
>>> aligned(["云主机", "带宽"], ["合计", "云主机", "带宽"])
[(0, 1), (1, 2)]
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from rapidfuzz.fuzz import ratio

Json = Any
Counts = Counter[str]


@dataclass(slots=True)
class Reading:
    """What the comparison has found out so far; `pairs` leads from the record's entries to the truth's."""

    truth: Json
    record: Json
    counts: Counts = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    pairs: dict[str, str] = field(default_factory=dict)
    misread: set[str] = field(default_factory=set)

    def accepts(self, where: str, true: Json, read: Json) -> bool:
        """Whether `read` is the truth's value at `where`, or one of its alternatives."""
        others = (self.truth.get("alternatives") or {}).get(where) or ()
        return any(same(value, read) for value in (true, *others))


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("×*〇", "xx0"))
    return "".join(char for char in plain if char in ".%‰" or unicodedata.category(char)[0] not in "PZC")


def number(value: Json) -> Decimal | None:
    try:
        return None if value is None or value == "" else Decimal(str(value))
    except InvalidOperation:
        return None


def same(a: Json, b: Json) -> bool:
    """Whether two leaves say the same; empty is as good as absent."""
    if number(a) is not None and number(b) is not None:
        return number(a) == number(b)
    return folded(str(a or "")) == folded(str(b or ""))


def entries(document: Json, name: str) -> list[Json]:
    return list((document or {}).get(name) or [])


def aligned(a: Sequence[str], b: Sequence[str], floor: float = 45) -> list[tuple[int, int]]:
    """Pairs of like texts, in order, whose likeness adds up to the most."""
    likeness = [[ratio(x, y) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            both = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] > floor else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return list(walked(best, likeness, floor))


def walked(best: list[list[float]], likeness: list[list[float]], floor: float) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if likeness[i][j] > floor and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
