"""How right the records are: invented contracts, each profile, scored against their truth.

    python -m bench.accuracy [--seeds 1-20] [--profiles clean,office,poor,fax,phone] [--write]

Prints one table by profile, by kind and by the price table's ruling; --write puts them into docs/accuracy.md with the
command. `born` is the printed PDF read from its own text: what is lost there is lost by layout and fields, not by
recognition.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pipeline
from bench import scanning
from bench.scoring import Counts, score
from bench.synth.__main__ import seeds
from bench.synth.deal import Deal
from bench.synth.make import made

REPORT = Path(__file__).parents[1] / "docs" / "accuracy.md"
BEGIN, END = "<!-- bench.accuracy begins -->", "<!-- bench.accuracy ends -->"
HEADER = (
    "", "contracts", "money right", "flagged", "**silent**", "rows exact", "cells", "sections F1", "header", "parties",
    "SLA F1", "penalties F1", "errors found", "false alarms", "on misread",
)  # fmt: skip


def measured(seed: int, profile: str) -> tuple[Deal, Counts, list[str]]:
    """The deal, the counts and the silent errors of one contract."""
    contract = made(seed, profile)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.pdf"
        path.write_bytes(contract.pdf)
        data = pipeline.extract(path, pipeline.Settings(cache=False)).data
    return contract.deal, *score(contract.truth, data)


def share(counts: Counts, name: str) -> str:
    total = counts[f"{name}.total"]
    return f"{100 * counts[f'{name}.right'] / total:.1f} %" if total else "-"


def f1(counts: Counts, name: str) -> str:
    both = counts[f"{name}.true"] + counts[f"{name}.read"]
    return f"{2 * counts[f'{name}.both'] / both:.3f}" if both else "-"


def row(name: str, counts: Counts) -> list[str]:
    right, flagged, silent = (counts[f"money.{way}"] for way in ("right", "flagged", "silent"))
    values = max(1, right + flagged + silent)
    return [
        name, str(counts["contracts"]), f"{100 * right / values:.2f} % of {values}", str(flagged), str(silent),
        share(counts, "rows"), share(counts, "cells"), f1(counts, "sections"), share(counts, "header"),
        share(counts, "parties"), f1(counts, "sla"), f1(counts, "penalties"),
        f"{counts['findings.found']} of {counts['findings.planted']}", str(counts["alarms.false"]),
        str(counts["alarms.on_misread"]),
    ]  # fmt: skip


def table(title: str, groups: dict[str, Counts]) -> str:
    rows = [[title, *HEADER[1:]], ["---"] * len(HEADER), *(row(name, counts) for name, counts in groups.items())]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in rows)


def collected(chosen: list[int], profiles: list[str]) -> dict[str, dict[str, Counts]]:
    """The counts by profile, kind and ruling; every silent error is told as it is met."""
    groups: dict[str, dict[str, Counts]] = {"profile": {}, "kind": {}, "ruling": {}}
    for profile, seed in itertools.product(profiles, chosen):
        deal, counts, silent = measured(seed, profile)
        for title, name in (("profile", profile), ("kind", deal.kind), ("ruling", deal.look.ruling)):
            groups[title].setdefault(name, Counter()).update(counts)
        for value in silent:
            print(f"SILENT {profile} {seed} {deal.kind} {value}", file=sys.stderr, flush=True)
    return groups


def written(report: str) -> None:
    """Puts the report between its marks in docs/accuracy.md."""
    text = REPORT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n{report}\n{END}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", metavar="A-B[,C]")
    parser.add_argument("--profiles", default=",".join(scanning.PROFILES), metavar="A,B")
    parser.add_argument("--write", action="store_true", help="into docs/accuracy.md")
    options = parser.parse_args()
    logging.getLogger("hetong").setLevel(logging.WARNING)
    groups = collected(seeds(options.seeds), options.profiles.split(","))
    command = f"python -m bench.accuracy --seeds {options.seeds} --profiles {options.profiles}"
    report = "\n\n".join([f"    {command}", *(table(title, group) for title, group in groups.items())])
    print(report)
    if options.write:
        written(report)


if __name__ == "__main__":
    main()
