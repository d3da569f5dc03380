"""How right the records are: invented contracts, each profile, scored against their truth.

    python -m bench.accuracy [--seeds 1-20] [--profiles clean,office,poor,fax,phone] [--jobs N] [--work DIR]
        [--cache DIR] [--write]

Prints the figures by profile, by kind and by the price table's ruling; --write puts them into docs/accuracy.md with the
command. --jobs reads several contracts at once (seconds a page are then those of a busy machine); --work keeps each
contract's score, so that a run broken off goes on where it was; --cache keeps scans and pages, for code that came after
them (seconds a page then leave out what was not read anew). `born` is the printed PDF read from its own text: what
is lost there is lost by layout and fields, not by recognition.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable
from pathlib import Path

from bench import scanning
from bench.compared import Counts
from bench.measure import Score, added, measurements, told
from bench.synth.__main__ import seeds

REPORT = Path(__file__).parents[1] / "docs" / "accuracy.md"
BEGIN, END = "<!-- bench.accuracy begins -->", "<!-- bench.accuracy ends -->"


# ---- figures ---------------------------------------------------------------------------------------------------------


def share(counts: Counts, name: str, right: str = "right") -> str:
    return percent(counts[f"{name}.{right}"], counts[f"{name}.total"])


def percent(part: int, whole: int, places: int = 1) -> str:
    return f"{100 * part / whole:.{places}f} %" if whole else "-"


def f1(counts: Counts, name: str) -> str:
    both = counts[f"{name}.true"] + counts[f"{name}.read"]
    return f"{2 * counts[f'{name}.both'] / both:.3f}" if both else "-"


def values(counts: Counts) -> int:
    return sum(counts[f"money.{way}"] for way in ("right", "flagged", "silent"))


def per(part: int, whole: int, unit: int = 1, places: int = 2) -> str:
    return f"{unit * part / whole:.{places}f}" if whole else "-"


def silent(counts: Counts) -> str:
    wrong = counts["money.silent"] + counts["money.invented"]
    return f"{wrong} ({per(wrong, values(counts), 2000)})"


def errors_found(counts: Counts) -> str:
    found, planted = counts["findings.found"], counts["findings.planted"]
    return f"{percent(found, planted)} of {planted}"


COLUMNS: dict[str, Callable[[Counts], str]] = {
    "contracts": lambda counts: str(counts["contracts"]),
    "money right": lambda counts: f"{percent(counts['money.right'], values(counts), 2)} of {values(counts)}",
    "flagged": lambda counts: str(counts["money.flagged"]),
    "**silent** (per 2,000)": silent,
    "lines right": lambda counts: share(counts, "rows", "numbers"),
    "with names": lambda counts: share(counts, "rows"),
    "errors found": errors_found,
    "false alarms a contract": lambda counts: per(counts["alarms.false"], counts["contracts"]),
    "on misread": lambda counts: per(counts["alarms.on_misread"], counts["contracts"]),
    "sections F1": lambda counts: f1(counts, "sections"),
    "header": lambda counts: share(counts, "header"),
    "parties": lambda counts: share(counts, "parties"),
    "cells": lambda counts: share(counts, "cells"),
    "SLA F1": lambda counts: f1(counts, "sla"),
    "penalties F1": lambda counts: f1(counts, "penalties"),
    "s a page": lambda counts: per(counts["time.ms"], 1000 * counts["time.pages"]),
    "not read": lambda counts: str(counts["failed"]),
}
HEADER = ("", *COLUMNS)


# ---- tables ----------------------------------------------------------------------------------------------------------


def table(title: str, groups: dict[str, Counts]) -> str:
    """A Markdown table: one row a group, one column a figure."""
    rows = [[name, *(figure(counts) for figure in COLUMNS.values())] for name, counts in groups.items()]
    head = [[title, *HEADER[1:]], ["---"] * len(HEADER)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (*head, *rows))


def report(scores: list[Score], command: str) -> str:
    """The command, and its figures by profile, kind and ruling."""
    out = [f"    {command}"]
    for title in ("profile", "kind", "ruling"):
        names = dict.fromkeys(getattr(one, title) for one in scores)
        order = names if title == "profile" else sorted(names)
        out.append(table(title, {name: added([s for s in scores if getattr(s, title) == name]) for name in order}))
    return "\n\n".join(out)


def written(text: str, begin: str = BEGIN, end: str = END, page: Path = REPORT) -> None:
    """Puts the report between its marks on a page of docs/."""
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", metavar="A-B[,C]")
    parser.add_argument("--profiles", default=",".join(scanning.PROFILES), metavar="A,B")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="contracts read at once")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where scores are kept for the next run")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where scans and pages are kept")
    parser.add_argument("--write", action="store_true", help="into docs/accuracy.md")
    options = parser.parse_args(arguments)
    if unknown := set(options.profiles.split(",")) - {"born", *scanning.PROFILES}:
        parser.error(f"no such profile: {', '.join(sorted(unknown))}")
    logging.getLogger("hetong").setLevel(logging.WARNING)
    wanted = [(seed, profile) for profile in options.profiles.split(",") for seed in seeds(options.seeds)]
    scores = []
    for one in measurements(wanted, options.jobs, options.work, options.cache):
        told(one)
        scores.append(one)
    text = report(scores, f"python -m bench.accuracy --seeds {options.seeds} --profiles {options.profiles}")
    print(text)
    if options.write:
        written(text)


if __name__ == "__main__":
    main()
