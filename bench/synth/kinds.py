"""The kinds of contract: what each trades in and how its clauses speak. One TOML file a kind, found by existing.

>>> sorted(KINDS)[:3]
['cloud', 'construction', 'consulting']
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.synth.deal import Chapter, Convention

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that a price table may list, with the ranges of its price and quantity."""

    category: str
    name: str
    spec: str
    unit: str
    prices: tuple[Decimal, Decimal]
    quantities: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of contract; texts speak of 甲方 (who pays) and 乙方 (who is paid)."""

    name: str
    titles: tuple[str, ...]
    projects: tuple[str, ...]
    trade: str
    labels: tuple[tuple[str, str], ...]
    payer: str
    term_word: str | None
    months: tuple[int, ...]
    thing: str
    tables: tuple[str, ...]
    conventions: tuple[Convention, ...]
    period_headers: tuple[str, ...]
    metrics: tuple[str, ...]
    items: tuple[Item, ...]
    opening: tuple[Chapter, ...]


def item(row: list[str]) -> Item:
    category, name, spec, unit, prices, quantities = row
    low, high = (Decimal(price) for price in prices.split("-"))
    least, most = (int(count) for count in quantities.split("-"))
    return Item(category, name, spec, unit, (low, high), (least, most))


def chapters(entries: list[dict[str, Any]]) -> tuple[Chapter, ...]:
    return tuple(Chapter(entry["title"], tuple(entry["text"])) for entry in entries)


def kind(path: Path) -> Kind:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Kind(
        name=path.stem,
        titles=tuple(data["title"]),
        projects=tuple(data["project"]),
        trade=data["trade"],
        labels=tuple((payer, payee) for payer, payee in data["labels"]),
        payer=data.get("payer", "party_a"),
        term_word=data["term_word"] or None,
        months=tuple(data["months"]),
        thing=data["thing"],
        tables=tuple(data["tables"]),
        conventions=tuple(data["conventions"]),
        period_headers=tuple(data["period_header"]),
        metrics=tuple(data["metrics"]),
        items=tuple(item(row) for row in data["items"]),
        opening=chapters(data["opening"]),
    )


KINDS = {path.stem: kind(path) for path in sorted((HERE / "kinds").glob("*.toml"))}
GENERAL = {
    name: chapters(entries)
    for name, entries in tomllib.loads((HERE / "closing.toml").read_text(encoding="utf-8")).items()
}
