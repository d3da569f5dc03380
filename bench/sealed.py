"""Price tables alone, each under a seal: what loses a whole table, found in a fraction of the time.

    python -m bench.sealed --profile fax [--seeds 1-100] [--jobs N] [--out DIR]

One lost table costs a measurement of sixty contracts more than all its misread digits, and is met in one contract in
thirty. So only the pages of each contract's price table are printed, stamped (the supplier's seal over the table, where
the contract itself sets none there) and scanned. Prints each contract that lost more than a few figures, rows or the
total, worst first; --out keeps its scan, as SEED.pdf, to look at. No measure of the reader: of the contracts one in
four bears such a seal.
"""

from __future__ import annotations

import argparse
import io
import logging
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pikepdf

import pipeline
from bench import scanning
from bench.compared import Json, number
from bench.seals import Seal
from bench.synth import stamps
from bench.synth.__main__ import seeds
from bench.synth.clauses import script
from bench.synth.deal import Deal
from bench.synth.draw import draw
from bench.synth.faults import planted
from bench.synth.paper import Paper, printed
from bench.synth.truth import truth

FIGURES = ("unit_price", "quantity", "periods", "amount")
FEW = 3  # figures, which a seal may cover beyond reading


@dataclass(frozen=True, slots=True)
class Lost:
    """What a contract's price table lost: figures of so many, rows (negative: too many), the total."""

    seed: int
    kind: str
    ruling: str
    figures: int
    of: int
    rows: int
    total: bool

    @property
    def much(self) -> bool:
        return self.figures > FEW or self.rows != 0 or self.total

    def __str__(self) -> str:
        total = ", the total" if self.total else ""
        return f"{self.seed} {self.kind} {self.ruling}: {self.figures} of {self.of} figures, {self.rows} rows{total}"


def lost(seed: int, profile: str, out: Path | None) -> Lost:
    """What is lost of one contract's first price table."""
    deal = planted(draw(seed))
    lines = script(deal)
    paper = printed(lines, deal.look)
    true = truth(deal, lines, paper)["line_item_tables"][0]
    pages = pages_of(paper)
    scan = scanning.scan(only(paper.pdf, pages), profile, seed, sealed(deal, paper, pages))
    found = read(scan)["line_item_tables"]
    items = [item for table in found for item in table["items"]]
    missing = sum(missed(item, items) for item in true["items"])
    totals = {number(table["total"]) for table in found}
    of = sum(item.get(name) is not None for item in true["items"] for name in FIGURES)
    total = number(true["total"]) not in totals
    one = Lost(seed, deal.kind, deal.look.ruling, missing, of, len(true["items"]) - len(items), total)
    if out and one.much:
        (out / f"{seed}.pdf").write_bytes(scan)
    return one


def read(pdf: bytes) -> Json:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tables.pdf"
        path.write_bytes(pdf)
        return pipeline.extract(path, pipeline.Settings(threads=1, cache=False)).data


def pages_of(paper: Paper) -> list[int]:
    """The pages on which the first price table stands, from 1, as the printed PDF's own text shows."""
    shown = read(paper.pdf)["provenance"].items()
    found = {source["page"] for name, sources in shown if name.startswith("/line_item_tables/0/") for source in sources}
    return list(range(min({paper.places["prices"].page, *found}), max({paper.places["prices"].page, *found}) + 1))


def only(pdf: bytes, pages: Iterable[int]) -> bytes:
    """The PDF without its other pages."""
    part, out = pikepdf.new(), io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as whole:
        for page in pages:
            part.pages.append(whole.pages[page - 1])
        part.save(out)
    return out.getvalue()


def sealed(deal: Deal, paper: Paper, pages: list[int]) -> list[Seal]:
    """The contract's seals on these pages, or one over the table where there is none."""
    found = [seal for seal in stamps.drawn(deal, paper) if seal.page in pages]
    place = paper.places["prices"]
    more = stamps.over(deal.parties[1].name, place, Random(f"{deal.seed}/sealed"), x=(20, 150), y=(15, 60))
    return [replace(seal, page=pages.index(seal.page) + 1) for seal in found or [more]]


def missed(true: Json, items: Iterable[Json]) -> int:
    """How many figures of a line are wrong in the line most like it of those with its number or its name."""
    own = [name for name in FIGURES if true.get(name) is not None]
    same = (item for item in items if any(item.get(key) == true.get(key) for key in ("seq", "name")))
    wrong = (sum(number(true[name]) != number(item.get(name)) for name in own) for item in same)
    return min(wrong, default=len(own))


def all_lost(wanted: Iterable[int], profile: str, jobs: int, out: Path | None) -> Iterator[Lost]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(lost, profile=profile, out=out), wanted)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.sealed", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seeds", type=seeds, default=range(1, 101), metavar="A-B")
    parser.add_argument("--profile", choices=scanning.PROFILES, default="fax")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    logging.getLogger("hetong").setLevel(logging.ERROR)
    if given.out:
        given.out.mkdir(parents=True, exist_ok=True)
    found = list(all_lost(given.seeds, given.profile, given.jobs, given.out))
    for one in sorted((one for one in found if one.much), key=lambda one: -one.figures):
        print(one)
    figures, of = sum(one.figures for one in found), sum(one.of for one in found)
    print(f"{given.profile}: {len(found)} price tables under seals, {figures} of {of} figures lost")


if __name__ == "__main__":
    main()
