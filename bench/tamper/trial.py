"""One trial: a contract's pages are harmed, everything after the reading runs again, and the two records are compared.

>>> invented({"installments": []}, {"installments": [{"percent": "30"}], "checks": []})
['/installments/0 invented: 30 None']
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from bench.scoring import score
from bench.tamper.pages import Case, Json, Pages, Spot
from bench.tamper.table_harms import HARMS
from pipeline import checks, fields, layout
from pipeline.model.lower import lower
from pipeline.model.record import Record
from pipeline.model.result import Result

MONEY = {"unit_price", "quantity", "periods", "amount", "total", "figures", "percent", "words", "words_value"}
PARTS = ("line_item_tables", "amounts", "installments")


def case_of(result: Result, truth: Json = None) -> Case:
    """The contract as it was read; without a truth, what was read is the truth."""
    before = truth or plain(again(result, result.pages))
    return Case(result.path.stem, result, before, tuple(spots(result, plain(result.data))))


def spots(result: Result, data: Json) -> Iterator[Spot]:
    """The words that the record's figures were read from."""
    for pointer, places in data["provenance"].items():
        if pointer.split("/")[1] in PARTS and pointer.rpartition("/")[2] in MONEY:
            yield from (found for place in places for found in under(result.pages, place, pointer))


def under(pages: Pages, place: Json, pointer: str) -> Iterator[Spot]:
    x0, y0, x1, y1 = place["bbox"]
    for p, page in enumerate(pages):
        for n, line in enumerate(page.lines) if page.number == place["page"] else ():
            for w, word in enumerate(line.words):
                box = page.frame.shown(word.box)
                if min(box.x1, x1) - max(box.x0, x0) > 0.5 and y0 < box.center[1] < y1:
                    yield Spot(p, n, w, pointer)


def again(result: Result, pages: Pages) -> Json:
    """The record that everything after the reading makes of the pages."""
    old = result.record.document
    infos = tuple(replace(old.pages[0], number=page.number, confidence=page.confidence) for page in pages)
    document = replace(old, page_count=len(pages), pages=infos)
    record = Record(document, result.record.processing, **fields.read(layout.layout(pages)))
    return lower(record, checks.run(record), {page.number: page.frame for page in pages})


def plain(tree: Json) -> Json:
    return json.loads(json.dumps(tree, default=str))


def tried(case: Case, name: str, rng: Random) -> tuple[str, str] | None:
    """One harm: harmless, flagged or silent, and the story of it; None where the harm can't be done here."""
    harmed = HARMS[name](case, rng)
    if harmed is None:
        return None
    pages, what = harmed
    after = plain(again(case.result, pages))
    counts, silent = score(case.truth, after)
    ways = [*silent, *invented(case.truth, after)]
    outcome = "silent" if ways else "flagged" if counts["money.flagged"] else "harmless"
    return outcome, f"{case.name} {name}: {what}: {'; '.join(ways[:3])}"


def invented(truth: Json, after: Json) -> list[str]:
    """Instalments that nobody printed and that nothing questions."""
    known = {(str(one.get("percent")), str(one.get("figures"))) for one in truth["installments"]}
    pointed = {ref for check in after["checks"] if check["status"] != "pass" for ref in check["refs"]}
    return [
        f"/installments/{i} invented: {one.get('percent')} {one.get('figures')}"
        for i, one in enumerate(after["installments"])
        if (one.get("percent") or one.get("figures"))
        and (str(one.get("percent")), str(one.get("figures"))) not in known
        and not any(ref == "/installments" or ref.startswith(f"/installments/{i}") for ref in pointed)
    ]
