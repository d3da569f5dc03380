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
from bench.tamper.pages import Case
from bench.tamper.table_harms import HARMS
from bench.tamper.trial import case_of, tried

WAYS = ("harmless", "flagged", "silent")


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
        truth = json.loads(path.with_suffix(".json").read_text()) if options.truth else None
        case = case_of(pipeline.extract(path, settings), truth)
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
