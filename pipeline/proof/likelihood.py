"""How likely a misreading is: what is read for what, counted on scans of known contracts.

`python -m bench.confusions` counts them into `confusions.json`: how often a figure was changed, lost, added ..., which
figure was taken for which, and which character for a numeral of words. They only rank repairs that all make the
contract agree; no count makes one right.

>>> value = Cited(Decimal("2700"), ())
>>> likelihood([(value, "27000")]) > likelihood([(value, "-2700")])
True
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from pipeline.model.check import plain
from pipeline.model.source import Cited
from pipeline.text.misread import numeral_slip, slip

FIGURES, NUMERALS = 10, 16
# How many misreadings there may be: by kind, of a figure for another, of a numeral or unit for another.
POSSIBLE = {"kinds": 7, "figures": FIGURES * (FIGURES - 1), "numerals": NUMERALS * (NUMERALS - 1)}
SMOOTHING = 1  # every misreading counts as seen once: what never happened so far may happen
SUREST = 0.98  # confidence above which a reader's own doubt says nothing


@cache
def counts() -> Mapping[str, Mapping[str, int]]:
    """`kinds`: misreadings by kind; `figures`: "17" counts 1 printed and 7 read; `numerals`: the same for words."""
    source = resources.files("pipeline.proof") / "confusions.json"
    return json.loads(source.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def likelihood(values: Iterable[tuple[Cited[Any], str]]) -> float:
    """The logarithm of how likely these values were misread as they were, by kind, figures and the reader's doubt."""
    return sum(of_one(leaf, text) for leaf, text in values)


def of_one(leaf: Cited[Any], true: str) -> float:
    read = plain(leaf.value) if isinstance(leaf.value, Decimal) else str(leaf.value)
    doubt = math.log(1 - min(leaf.confidence, SUREST))
    if wrong := numeral_slip(read, true):
        return share("kinds", "numeral") + share("numerals", wrong) + doubt
    kind = slip(read, true) or "other"
    return share("kinds", kind) + (share("figures", wrong_figure(read, true)) if kind == "changed" else 0.0) + doubt


def wrong_figure(read: str, true: str) -> str:
    """The printed figure and the one that was read for it."""
    return next(f"{b}{a}" for a, b in zip(read, true, strict=True) if a != b)


def share(table: str, key: str) -> float:
    seen = counts()[table]
    return math.log((seen.get(key, 0) + SMOOTHING) / (sum(seen.values()) + SMOOTHING * POSSIBLE[table]))
