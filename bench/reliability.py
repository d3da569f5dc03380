"""How often the pixels are right, by how clearly they speak: what the thresholds of proof rest on.

Every figure of a read contract whose truth is known is shown to the recogniser with all texts one misreading away from
it, and with the printed one where it was misread, as proof shows it. The text that leads in every view is right if it
is what is printed. `python -m bench.verdicts --write` puts the table into docs/proof.md.

>>> rows = list(curve_rows([Weighed("fax", 3.1, -0.2, True, False), Weighed("fax", 0.4, -2.0, False, True)]))
>>> [row[:2] for row in rows if row[1] == "1"]
[['0 to 0.5', '1'], ['3 to 5', '1']]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.accuracy import written
from bench.compared import Json, Reading, number
from bench.intervals import rate
from bench.money import money
from pipeline.model.record import Record
from pipeline.model.result import Result
from pipeline.model.source import Cited
from pipeline.proof.diagnose import READ, meanings
from pipeline.proof.evidence import CLEARLY, LEGIBLE, Witness
from pipeline.proof.paths import leaves
from pipeline.run import engine_named

PAGE = Path(__file__).parents[1] / "docs" / "proof.md"
BEGIN, END = "<!-- bench.reliability begins -->", "<!-- bench.reliability ends -->"
FIGURES = ("unit_price", "quantity", "periods", "amount", "total", "figures", "percent", "words")
EDGES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One figure: by how much the leading text leads, how likely it is, and whether it is what is printed."""

    profile: str
    lead: float
    likely: float
    right: bool
    misread: bool


def of(rows: Iterable[Json]) -> list[Weighed]:
    return [Weighed(**row) for row in rows]


# ---- one contract ----------------------------------------------------------------------------------------------------


def weighed(result: Result, true: Json, profile: str) -> list[Weighed]:
    """What the pixels say of each figure that was read from a scan."""
    score = engine_named(result.data["processing"]["engine"]).likelihood
    witness = Witness({page.number: page for page in result.pages}, result.shown, score)
    values = figures(result.record, result.data, true)
    found = (one(leaf, printed, witness, profile) for leaf, printed in values if isinstance(leaf.value, Decimal))
    return [weighing for weighing in found if weighing]


def one(leaf: Cited[Any], printed: str, witness: Witness, profile: str) -> Weighed | None:
    misread = number(printed) != leaf.value
    meant = meanings(leaf, (printed,) if misread else ())
    weighing = witness.weighed(leaf, tuple(meant)) if meant and not witness.is_text(leaf) else None
    if weighing is None:
        return None
    said = list(meant.values())[weighing.text]
    right = said == printed if misread else said == READ
    return Weighed(profile, round(weighing.lead, 3), round(weighing.likely, 3), right, misread)


def figures(record: Record, data: Json, true: Json) -> Iterator[tuple[Cited[Any], str]]:
    """Each figure and each sum in words of the record with what is printed there, where the truth has its entry."""
    reading = Reading(true, data)
    money(reading)
    for path, leaf in leaves(record, ()):
        entry = reading.pairs.get("/" + "/".join(map(str, path[:-1])))
        printed = at(true, entry).get(path[-1]) if entry and path[-1] in FIGURES else None
        if printed is not None and leaf.value is not None:
            yield leaf, printed


def at(node: Json, pointer: str) -> Json:
    for step in pointer.strip("/").split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return node


# ---- the curve -------------------------------------------------------------------------------------------------------


def report(found: Sequence[Weighed], command: str) -> str:
    legible = [one for one in found if one.likely >= LEGIBLE]
    about = f"{len(found)} figures, of which {len(found) - len(legible)} have no legible text (below e^{LEGIBLE:g})."
    return "\n\n".join([f"    {command}", about, table(curve_rows(legible)), table(threshold_rows(legible))])


def curve_rows(found: Sequence[Weighed]) -> Iterator[list[str]]:
    """How often the leading text is what is printed, by its lead; of all figures, and of those misread."""
    yield ["lead in nats", "figures", "right", "misread figures", "right"]
    for low, high in zip((-float("inf"), *EDGES), (*EDGES, float("inf")), strict=True):
        band = [one for one in found if low <= one.lead < high]
        misread = [one for one in band if one.misread]
        yield [span(low, high), str(len(band)), share(band), str(len(misread)), share(misread)]


def threshold_rows(found: Sequence[Weighed]) -> Iterator[list[str]]:
    """What each threshold would decide, and how much of that wrongly; the one in force is marked."""
    yield ["threshold", "figures decided", "of these wrong", "misread figures decided", "of these wrong"]
    for edge in EDGES:
        above = [one for one in found if one.lead >= edge]
        misread = [one for one in above if one.misread]
        name = f"**{edge:g}**" if edge == CLEARLY else f"{edge:g}"
        yield [name, rate(len(above), len(found)), wrong(above), str(len(misread)), wrong(misread)]


def span(low: float, high: float) -> str:
    if low == -float("inf"):
        return f"the views differ (below {high:g})"
    return f"{low:g} and more" if high == float("inf") else f"{low:g} to {high:g}"


def share(band: Sequence[Weighed]) -> str:
    return rate(sum(one.right for one in band), len(band))


def wrong(band: Sequence[Weighed]) -> str:
    return rate(sum(not one.right for one in band), len(band))


def table(lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table; its first line is the head."""
    head, *rows = ("| " + " | ".join(cells) + " |" for cells in lines)
    return "\n".join([head, "|" + " --- |" * (head.count(" | ") + 1), *rows])


def write(text: str) -> None:
    """Puts the report between its marks in docs/proof.md."""
    written(text, BEGIN, END, PAGE)
