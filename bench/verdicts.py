"""How far verdicts can be trusted: scans of contracts that are wrong on paper and of such that are right, each verdict
against its cause.

    python -m bench.verdicts [--seeds 1-40] [--profiles clean,office,poor,fax,phone] [--jobs N] [--cache DIR]
                             [--work DIR] [--write]

Contracts of odd seeds are printed with misprints (`bench/misprints.py`), those of even seeds are right on paper. A
mismatch is the paper's fault if its truth disagrees too and every figure that it compares was read as printed, the
scan's if the truth agrees, and both if not everything was read as printed. --cache keeps scans and pages, which other
proofs leave as they are; --work keeps what each scan came to, so that a run broken off goes on where it was; --write
puts the tables into docs/accuracy.md, and into docs/proof.md how often the pixels are right (`bench/reliability.py`).

>>> cause(agrees=False, misread=False), cause(agrees=True, misread=True), cause(agrees=False, misread=True)
('paper', 'scan', 'both')
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import pipeline
from bench import reliability, scanning
from bench.accuracy import written
from bench.compared import Counts, Reading, same
from bench.intervals import rate
from bench.measure import BEARING
from bench.misprints import is_misprinted, remembered
from bench.money import money
from bench.scoring import translated
from bench.shelf import shelved, sources
from bench.synth.__main__ import seeds
from pipeline import checks
from pipeline.errors import HetongError
from pipeline.model.lift import lift
from pipeline.proof.paths import paths
from pipeline.proof.second import RULE

Json: TypeAlias = Any

CAUSES, VERDICTS = ("paper", "scan", "both"), ("document", "ocr", "unknown")
COMPARED = frozenset(f"{why}: {verdict}" for why in CAUSES[:2] for verdict in VERDICTS)
FEW = 3  # values: of a longer sum no single one is at fault
SOURCES = (*BEARING, *(f"bench/{name}.py" for name in ("misprints", "reliability", "verdicts")))
BEGIN, END = "<!-- bench.verdicts begins -->", "<!-- bench.verdicts ends -->"


# ---- verdict against cause -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paper:
    """What the paper itself disagrees about: the rules' mismatches on the truth, each with its pointers."""

    mismatches: tuple[tuple[str, frozenset[str]], ...]

    def agrees(self, rule: str, places: frozenset[str]) -> bool:
        """Whether neither this rule nor a comparison of a few values finds fault with one of the places."""
        return not any(
            places & pointers and (rule == other or len(pointers) <= FEW) for other, pointers in self.mismatches
        )


def paper_of(true: Json, data: Json) -> Paper:
    record = lift(true | {name: data[name] for name in ("document", "processing")})
    pointers = {leaf: "/" + "/".join(map(str, path)) for leaf, path in paths(record).items()}
    return Paper(
        tuple(
            (check.rule, frozenset(pointers[id(ref)] for ref in check.refs if id(ref) in pointers))
            for check in checks.run(record)
            if check.status == "mismatch"
        )
    )


def cause(agrees: bool, misread: bool) -> str:
    """Whose fault a mismatch is."""
    if agrees:
        return "scan"
    return "both" if misread else "paper"


def is_misread(check: Json, reading: Reading) -> bool:
    """Whether a value that the check compares was read wrong, or an entry of a list that it adds up was lost or made
    up."""
    lists = {place.rpartition("/")[0] for place in reading.misread if is_lost(place)}
    return any(
        ref in reading.misread
        or ref.rpartition("/")[0] in reading.misread
        or (check["rule"].endswith(".sum") and any(ref.startswith(f"{name}/") for name in lists))
        for ref in check["refs"]
    )


def is_lost(place: str) -> bool:
    """Whether the place of a wrong value is that of a whole list, whose entry the record lacks."""
    entry, _, key = place.rpartition("/")
    return not entry.rpartition("/")[2].isdigit() or (entry.count("/") == 2 and "tables" in entry and key != "total")


def compared(true: Json, data: Json) -> tuple[Counts, list[str]]:
    """The mismatches by cause and verdict, repairs that are right or wrong, second readings by what was read; and each
    mismatch whose verdict is none or wrong, in a line."""
    reading = Reading(true, data)
    money(reading)
    paper, counts, cases = paper_of(true, data), Counts(), list[str]()
    for check in data["checks"]:
        if check["rule"] == RULE:
            counts["second: misread" if reading.misread.intersection(check["refs"]) else "second: right"] += 1
        elif "diagnosis" in check and check["severity"] == "error":
            places = frozenset(translated(reading, ref) for ref in check["refs"])
            why = cause(paper.agrees(check["rule"], places), is_misread(check, reading))
            counts[f"{why}: {check['diagnosis']}"] += 1
            if check["diagnosis"] == "ocr":
                counts["repair: right" if is_right(check["suggestion"], reading) else "repair: wrong"] += 1
            cases.append(
                f"{why}: {check['diagnosis']} {check['rule']} {' '.join(check['refs'][:4])} {check['message']}"
            )
    for way in ("right", "flagged", "silent"):
        counts[f"money: {way}"] += reading.counts[f"money.{way}"]
    return counts, cases


def is_right(suggestion: Json, reading: Reading) -> bool:
    """Whether the suggested value is the one that is printed."""
    node = reading.truth
    for step in translated(reading, suggestion["ref"]).strip("/").split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return same(node, suggestion["value"])


# ---- one scan after the other ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one scan: counts, how the pixels weighed its values (`reliability.Weighed`), and its mismatches."""

    seed: int
    profile: str
    counts: dict[str, int]
    weighed: list[Json]
    cases: list[str]


def outcome(seed: int, profile: str, cache: Path) -> Outcome:
    path, true = remembered(seed, profile, cache / "scans")
    try:
        result = pipeline.extract(path, pipeline.Settings(cache_dir=cache / "pages", cache=True, threads=1))
    except HetongError as error:
        return Outcome(seed, profile, {"not read": 1}, [], [f"not read: {error}"])
    counts, cases = compared(true, result.data)
    counts["misprinted" if is_misprinted(seed) else "right on paper"] += 1
    weighed = [asdict(one) for one in reliability.weighed(result, true, profile)]
    return Outcome(seed, profile, dict(counts), weighed, cases)


def shelved_outcome(one: tuple[int, str], cache: Path, folder: Path | None) -> Outcome:
    seed, profile = one
    path = folder / f"{seed:05}-{profile}.json" if folder else None
    return Outcome(**shelved(path, lambda: asdict(outcome(seed, profile, cache))))


def outcomes(wanted: Sequence[tuple[int, str]], jobs: int, cache: Path, work: Path | None) -> Iterator[Outcome]:
    folder = work / sources(SOURCES) if work else None
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for one in pool.map(partial(shelved_outcome, cache=cache, folder=folder), wanted):
            told(one)
            yield one


def told(one: Outcome) -> None:
    """Each scan as it is done, on stderr, with the verdicts that are wrong."""
    found = {name: count for name, count in one.counts.items() if name in COMPARED}
    print(one.profile, one.seed, found, file=sys.stderr, flush=True)
    for case in one.cases:
        if case.startswith(("paper: ocr", "scan: document", "not read")):
            print("WRONG", one.profile, one.seed, case, file=sys.stderr, flush=True)


# ---- the report ------------------------------------------------------------------------------------------------------


def by_profile(found: Iterable[Outcome]) -> dict[str, Counts]:
    out: dict[str, Counts] = {}
    for one in found:
        out.setdefault(one.profile, Counts()).update(one.counts)
        out.setdefault("all", Counts()).update(one.counts)
    return {name: counts for name, counts in out.items() if name != "all"} | {"all": out.get("all", Counts())}


def verdict_rows(counts: dict[str, Counts]) -> Iterator[list[str]]:
    names = [f"{why}: {verdict}" for why in CAUSES for verdict in VERDICTS]
    yield ["profile", "contracts", "of them misprinted", *names, "repairs right"]
    for profile, found in counts.items():
        misprinted, repairs = found["misprinted"], found["repair: right"] + found["repair: wrong"]
        contracts = misprinted + found["right on paper"]
        verdicts = [str(found[name]) for name in names]
        yield [profile, str(contracts), str(misprinted), *verdicts, f"{found['repair: right']} of {repairs}"]


def rate_rows(counts: dict[str, Counts]) -> Iterator[list[str]]:
    yield ["profile", "paper called `ocr`", "scan called `document`", "left `unknown`"]
    for profile, found in counts.items():
        sums = {why: sum(found[f"{why}: {verdict}"] for verdict in VERDICTS) for why in CAUSES[:2]}
        unknown = found["paper: unknown"] + found["scan: unknown"]
        yield [
            profile,
            rate(found["paper: ocr"], sums["paper"]),
            rate(found["scan: document"], sums["scan"]),
            rate(unknown, sum(sums.values())),
        ]


def second_rows(counts: dict[str, Counts]) -> Iterator[list[str]]:
    yield ["profile", "money right", "wrong, flagged", "silent", "doubted by `reading.second`: wrong", "right"]
    for profile, found in counts.items():
        ways = (found[f"money: {way}"] for way in ("right", "flagged", "silent"))
        yield [profile, *map(str, ways), str(found["second: misread"]), str(found["second: right"])]


def report(found: Sequence[Outcome], command: str) -> str:
    counts = by_profile(found)
    tables = (reliability.table(rows(counts)) for rows in (verdict_rows, rate_rows, second_rows))
    return "\n\n".join([f"    {command}", *tables])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-40", metavar="A-B[,C]")
    parser.add_argument("--profiles", default=",".join(scanning.PROFILES), metavar="A,B")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="scans read at once")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where scans and pages are kept")
    parser.add_argument("--work", type=Path, metavar="DIR", help="where results are kept for the next run")
    parser.add_argument("--write", action="store_true", help="into docs/accuracy.md and docs/proof.md")
    options = parser.parse_args()
    if unknown := set(options.profiles.split(",")) - set(scanning.PROFILES):
        parser.error(f"no such profile: {', '.join(sorted(unknown))}")
    return options


def main() -> None:
    options = arguments()
    logging.getLogger("hetong").setLevel(logging.WARNING)
    wanted = [(seed, profile) for profile in options.profiles.split(",") for seed in seeds(options.seeds)]
    with TemporaryDirectory() as folder:
        found = list(outcomes(wanted, options.jobs, options.cache or Path(folder), options.work))
    command = f"python -m bench.verdicts --seeds {options.seeds} --profiles {options.profiles}"
    verdicts = report(found, command)
    pixels = reliability.report([one for scan in found for one in reliability.of(scan.weighed)], command)
    print(verdicts, pixels, sep="\n\n")
    if options.write:
        written(verdicts, BEGIN, END)
        reliability.write(pixels)


if __name__ == "__main__":
    main()
