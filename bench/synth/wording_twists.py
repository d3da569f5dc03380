"""Service levels and penalties in other words; what they promise stays."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

from bench.synth.deal import Breach, Chapter, Deal, Level
from bench.synth.figures import chinese
from bench.synth.service import TIMES

WordingTwist: TypeAlias = Callable[[Deal, Random], Deal | None]

HERE = Path(__file__).parent
PROMISES: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "promises.toml").read_text(encoding="utf-8"))
PENALTIES: dict[str, list[Any]] = tomllib.loads((HERE / "penalties.toml").read_text(encoding="utf-8"))


def levels(deal: Deal, rng: Random) -> Deal | None:
    """Most of the promised levels in other words."""
    body, annexed = (tuple(reworded(one, rng) for one in group) for group in (deal.levels, deal.annex_levels))
    return replace(deal, levels=body, annex_levels=annexed)


def reworded(level: Level, rng: Random) -> Level:
    wordings = PROMISES[level.metric].get(level.unit)
    if not wordings or rng.random() < 0.15:
        return level
    return replace(level, text=rng.choice(wordings).format(printed(level, rng)))


def printed(level: Level, rng: Random) -> str:
    """The figure as it may stand: 7×24, 两, 2."""
    if level.unit == "schedule":
        return level.value.replace("x", rng.choice(TIMES))
    if level.unit in ("hour", "person", "working_day") and rng.random() < 0.2:
        return "两" if level.value == "2" else chinese(int(level.value))
    return level.value


def penalties(deal: Deal, rng: Random) -> Deal | None:
    """The clauses of penalties in other words, at times with one that only refers to a rate."""
    changed = tuple(penalised(one, rng) for one in deal.breaches)
    if len({one.trigger for one in changed}) < len(changed):
        return None
    return replace(deal, breaches=changed)


def penalised(breach: Breach, rng: Random) -> Breach:
    if breach.kind not in PENALTIES or rng.random() < 0.2:
        return breach
    trigger, rest = rng.choice(PENALTIES[breach.kind])
    return replace(breach, trigger=trigger, text=f"{trigger}，" + rest.format(rate(breach, rng)))


def rate(breach: Breach, rng: Random) -> str:
    """A share as it may be printed: 0.05%, 0.5‰, 万分之五, 千分之三; a sum with or without its separators."""
    value = breach.value
    if breach.kind == "fixed":
        return rng.choice([f"{value}", f"{value:,}"])
    forms = [f"{value}%", f"{value}％"]
    if value < 1:
        forms += [f"{(value * 10).normalize():f}‰"]
    if value * 100 < 10 and value * 100 % 1 == 0:
        forms += [f"万分之{chinese(int(value * 100))}"] * 2
    elif value * 10 < 10 and value * 10 % 1 == 0:
        forms += [f"千分之{chinese(int(value * 10))}"] * 2
    elif value >= 10 and value % 10 == 0:
        forms += [f"百分之{chinese(int(value))}"]
    return rng.choice(forms)


def by_reference(deal: Deal, rng: Random) -> Deal | None:
    """A clause of interest at a published rate, which is no penalty with a figure."""
    text = rng.choice(PENALTIES["reference"])
    return replace(deal, closing=(Chapter("逾期付款", (text,)), *deal.closing))


WORDING_TWISTS: dict[str, tuple[float, WordingTwist]] = {
    "levels": (0.7, levels),
    "penalties": (0.6, penalties),
    "by_reference": (0.12, by_reference),
}
