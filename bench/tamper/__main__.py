"""No silent wrong number, measured: what a reading loses or garbles on the page, does the record say that it is unsure?

    python -m bench.tamper [--trials 3] [--seed 1] [--only drop_row,drop_page] [--truth] FILE ...

Each file is read once. Then its pages are harmed, one harm at a time, as engines and layouts harm them (a digit
changed; a word, line, row or page lost; two cells exchanged or run together; a figure torn over two lines; a column's
heading lost; a ruling line not seen), all with full confidence, and everything after the reading runs again. The record
before is the truth: a figure of it that is now wrong or missing and that no check points at is silent, and so is an
instalment that only the record after has and that nothing questions (`invented`).

Prints a line for each silent trial and a table by harm. --truth takes FILE.json beside each file as the truth instead.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pipeline
from bench.scoring import score
from bench.tamper.pages import Case, Json, Pages, Spot
from bench.tamper.table_harms import HARMS
from pipeline import checks, fields, layout
from pipeline.model.lower import lower
from pipeline.model.record import Record
from pipeline.model.result import Result

MONEY = {"unit_price", "quantity", "periods", "amount", "total", "figures", "percent", "words", "words_value"}
PARTS = ("line_item_tables", "amounts", "installments")
WAYS = ("harmless", "flagged", "silent")


def case_of(path: Path, truth: bool, settings: pipeline.Settings) -> Case:
    result = pipeline.extract(path, settings)
    before = json.loads(path.with_suffix(".json").read_text()) if truth else plain(again(result, result.pages))
    return Case(path.stem, result, before, tuple(spots(result, plain(result.data))))


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
    record = Record(result.record.document, result.record.processing, **fields.read(layout.layout(pages)))
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--trials", type=int, default=3, help="of each harm on each file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(HARMS), metavar="A,B")
    parser.add_argument("--cache", type=Path, metavar="FOLDER", help="pages read before")
    parser.add_argument("--truth", action="store_true", help="FILE.json is the truth, not the record before")
    options = parser.parse_args()
    logging.getLogger("hetong").setLevel(logging.ERROR)
    folder = {"cache_dir": options.cache} if options.cache else {}
    settings = pipeline.Settings(cache=bool(options.cache), threads=1, **folder)
    sums: dict[str, Counter[str]] = {name: Counter() for name in options.only.split(",")}
    for path in options.files:
        case = case_of(path, options.truth, settings)
        for name, outcomes in sums.items():
            rngs = (Random(f"{options.seed}/{path.stem}/{name}/{trial}") for trial in range(options.trials))
            outcomes.update(told(case, name, rngs) if case.spots else ())
    print("\n".join(["| harm | " + " | ".join(WAYS) + " |", "| --- " * 4 + "|"]))
    for name, outcomes in sums.items():
        print(f"| {name} | " + " | ".join(str(outcomes[way]) for way in WAYS) + " |")


def told(case: Case, name: str, rngs: Iterable[Random]) -> Iterator[str]:
    """The outcomes of one harm's trials; silent ones are told as they are met."""
    for outcome, story in filter(None, (tried(case, name, rng) for rng in rngs)):
        if outcome == "silent":
            print("SILENT", story, flush=True)
        yield outcome


if __name__ == "__main__":
    main()
