"""How far verdicts can be trusted: scans of contracts with planted misprints, each verdict against its cause.

    python -m bench.verdicts [--seeds 1-20] [--profiles office,poor] [--keep DIR] [--write]

Each contract is printed with misprints of different figures (lines, a sum, a payment), scanned and read. A mismatch is
the paper's fault if its truth disagrees too and every figure that it compares was read as printed, the scan's if the
truth agrees, and both if not everything was read as printed. --keep keeps scans and pages, for another run.

>>> cause(agrees=False, misread=False), cause(agrees=True, misread=True), cause(agrees=False, misread=True)
('paper', 'scan', 'both')
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pipeline
from bench import scanning
from bench.accuracy import written
from bench.compared import Reading, same
from bench.money import money
from bench.scoring import translated
from bench.synth import price_faults as faults
from bench.synth import stamps
from bench.synth.__main__ import seeds
from bench.synth.clauses import script
from bench.synth.deal import Deal
from bench.synth.draw import draw
from bench.synth.make import Contract
from bench.synth.paper import printed
from bench.synth.truth import truth
from pipeline import checks
from pipeline.model.lift import lift
from pipeline.proof.paths import paths
from pipeline.proof.second import RULE

Json: TypeAlias = Any

SUMS = (faults.amount_differs, faults.sum_differs, faults.words_differ)
PAYMENTS = (faults.percents_differ, faults.instalment_differs)
CAUSES, VERDICTS = ("paper", "scan", "both"), ("document", "ocr", "unknown")
FEW = 3  # values: of a longer sum no single one is at fault
BEGIN, END = "<!-- bench.verdicts begins -->", "<!-- bench.verdicts ends -->"


# ---- the scans


def misprinted(deal: Deal) -> Deal:
    """The deal with misprints of different figures: up to two lines, a sum, a payment."""
    rng = Random(f"{deal.seed}/verdicts")
    for fault in (faults.line_differs, faults.line_differs, rng.choice(SUMS), rng.choice(PAYMENTS)):
        deal = fault(deal, rng) or deal
    return deal


def made(seed: int, profile: str) -> Contract:
    """The scan of the seed's contract with misprints, and the truth of what is printed on it."""
    deal = misprinted(draw(seed))
    lines = script(deal)
    paper = printed(lines, deal.look)
    pdf = scanning.scan(paper.pdf, profile, seed, stamps.drawn(deal, paper))
    return Contract(deal, pdf, truth(deal, lines, paper))


def scanned(seed: int, profile: str, folder: Path) -> tuple[Path, Json]:
    """The scan's path and its truth, made unless they are kept."""
    path = folder / profile / f"{seed:05}.pdf"
    kept = path.with_suffix(".json")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        contract = made(seed, profile)
        kept.write_text(json.dumps(contract.truth, ensure_ascii=False), encoding="utf-8")
        path.write_bytes(contract.pdf)
    return path, json.loads(kept.read_text(encoding="utf-8"))


# ---- verdict against cause


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


def compared(true: Json, data: Json) -> Counter[tuple[str, ...]]:
    """The mismatches by cause and verdict, repairs that are right or wrong, second readings by what was read."""
    reading = Reading(true, data)
    money(reading)
    paper, counts = paper_of(true, data), Counter[tuple[str, ...]]()
    for check in data["checks"]:
        if check["rule"] == RULE:
            counts["second", "misread" if reading.misread.intersection(check["refs"]) else "right"] += 1
        elif "diagnosis" in check and check["severity"] == "error":
            places = frozenset(translated(reading, ref) for ref in check["refs"])
            why = cause(paper.agrees(check["rule"], places), bool(reading.misread.intersection(check["refs"])))
            counts[why, check["diagnosis"]] += 1
            if check["diagnosis"] == "ocr":
                counts["repair", "right" if is_right(check["suggestion"], reading) else "wrong"] += 1
    for way in ("right", "flagged", "silent"):
        counts["money", way] += reading.counts[f"money.{way}"]
    return counts


def is_right(suggestion: Json, reading: Reading) -> bool:
    """Whether the suggested value is the one that is printed."""
    node = reading.truth
    for step in translated(reading, suggestion["ref"]).strip("/").split("/"):
        node = node[int(step)] if isinstance(node, list) else node[step]
    return same(node, suggestion["value"])


# ---- the report


def measured(chosen: Sequence[int], profiles: Sequence[str], folder: Path) -> dict[str, Counter[tuple[str, ...]]]:
    settings = pipeline.Settings(cache_dir=folder / "pages", cache=True)
    out: dict[str, Counter[tuple[str, ...]]] = {profile: Counter() for profile in profiles}
    for profile in profiles:
        for seed in chosen:
            path, true = scanned(seed, profile, folder)
            found = compared(true, pipeline.extract(path, settings).data)
            out[profile] += found
            print(profile, seed, dict(found), file=sys.stderr, flush=True)
    return out


def rows(counts: dict[str, Counter[tuple[str, ...]]]) -> Iterator[list[str]]:
    yield ["profile", *(f"{why}: {verdict}" for why in CAUSES for verdict in VERDICTS), "repairs right", "undecided"]
    yield ["---"] * (len(CAUSES) * len(VERDICTS) + 3)
    for profile, found in counts.items():
        told = sum(found[why, verdict] for why in CAUSES[:2] for verdict in VERDICTS)
        unknown = sum(found[why, "unknown"] for why in CAUSES[:2])
        repairs = found["repair", "right"] + found["repair", "wrong"]
        yield [
            profile,
            *(str(found[why, verdict]) for why in CAUSES for verdict in VERDICTS),
            f"{found['repair', 'right']} of {repairs}",
            f"{100 * unknown / told:.0f} % of {told}" if told else "-",
        ]


def second_rows(counts: dict[str, Counter[tuple[str, ...]]]) -> Iterator[list[str]]:
    yield ["profile", "money right", "wrong, flagged", "silent", "doubted by `reading.second`: wrong", "right"]
    yield ["---"] * 6
    for profile, found in counts.items():
        ways = (found["money", way] for way in ("right", "flagged", "silent"))
        yield [profile, *map(str, ways), str(found["second", "misread"]), str(found["second", "right"])]


def table(lines: Iterator[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", metavar="A-B[,C]")
    parser.add_argument("--profiles", default=",".join(scanning.PROFILES), metavar="A,B")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="where scans and pages are kept")
    parser.add_argument("--write", action="store_true", help="into docs/accuracy.md")
    options = parser.parse_args()
    logging.getLogger("hetong").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        counts = measured(seeds(options.seeds), options.profiles.split(","), options.keep or Path(folder))
    command = f"    python -m bench.verdicts --seeds {options.seeds} --profiles {options.profiles}"
    report = "\n\n".join([command, table(rows(counts)), table(second_rows(counts))])
    print(report)
    if options.write:
        written(report, BEGIN, END)


if __name__ == "__main__":
    main()
