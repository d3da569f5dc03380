"""How well algebra alone finds a wrong figure: right records of invented contracts, one or two figures misread in each.

    python -m bench.proof [--seeds 500-999] [--write]

No page is printed or read: the records are true, then a figure or a numeral of the words is changed, lost or added, and
the rules and the search for repairs run as they do on a real record. --write puts the figures into docs/accuracy.md.

| counts | of |
| --- | --- |
| flagged | a finding that isn't a pass points at the wrong figure, or its standing isn't `confirmed` |
| located | one of the minimal repairs changes it |
| one repair | its mismatches have one minimal repair among them |
| right | that repair restores every figure |
| ms | processor time of the search; below the table for price tables of 200 lines |
"""

from __future__ import annotations

import argparse
import gc
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as File
from random import Random
from statistics import median
from typing import Any

from bench.accuracy import REPORT
from bench.synth.__main__ import seeds
from bench.synth.clauses import script
from bench.synth.draw import draw
from bench.synth.paper import Paper, Place
from bench.synth.truth import truth
from pipeline import checks, proof
from pipeline.model.lift import lift
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.candidates import repairs
from pipeline.proof.court import Repair, court
from pipeline.proof.paths import Path, at, paths, replaced
from pipeline.text.amounts import parse_words, to_words

BEGIN, END = "<!-- bench.proof begins -->", "<!-- bench.proof ends -->"
EMPTY = ("parties", "installments", "tables", "sla", "penalties", "sections")
LONG, TRIES = 200, 25  # lines of a long table, and how many of them are timed
NUMERALS = "壹贰叁肆伍陆柒捌玖"
ABOUT = {
    "document": {"sha256": "0" * 64, "file_name": "", "page_count": 1, "pages": []},
    "processing": {"pipeline_version": "", "engine": "", "engine_version": "", "config_sha256": "0" * 64},
}


class Anywhere(dict[str, Place]):
    """The places of a contract that is never printed."""

    def __missing__(self, anchor: str) -> Place:
        return Place(1, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Misread:
    """A figure that was spoilt: where it stands and what it should be; of words, the value."""

    path: Path
    true: Decimal


def record_of(seed: int) -> Record:
    """The true record of an invented contract in which everything agrees."""
    deal = draw(seed)
    return lift(truth(deal, script(deal), Paper(b"", 1, Anywhere())) | ABOUT)


def checked(record: Record) -> list[Path]:
    """The figures that the equations confirm: where nothing guards a figure, nothing can find it."""
    places = paths(record)
    standings = proof.standings(record, checks.run(record))
    known = [places[id(s.leaf)] for s in standings if s.status == "confirmed" and id(s.leaf) in places]
    return [path for path in known if path[-1] != "words_value" or at(record, path[:-1]).words]


def spoilt(record: Record, path: Path, rng: Random) -> tuple[Record, Misread]:
    """The record with the figure at `path` misread."""
    leaf = at(record, path)
    if path[-1] != "words_value":
        return put(record, path, Decimal(misread(str(leaf.value), rng))), Misread(path, leaf.value)
    written: Path = (*path[:-1], "words")
    text, value = other_words(at(record, written).value, leaf.value, rng)
    return put(put(record, written, text), path, value), Misread(path, leaf.value)


def put(record: Record, path: Path, value: Any) -> Record:
    return replaced(record, path, Cited(value, at(record, path).sources))


def misread(text: str, rng: Random) -> str:
    """The figure with one digit changed, lost or added; still a figure, and another."""
    while True:
        at_, digit = rng.randrange(len(text)), rng.choice("0123456789")
        after = rng.choice((at_, at_ + 1, at_ + 1, at_ + 1))
        other = text[:at_] + rng.choice((digit, digit, "")) + text[after:]
        legible = text[at_].isdigit() and other[-1:].isdigit() and (other[0] in "123456789" or other.startswith("0."))
        if legible and Decimal(other) not in (Decimal(text), 0):
            return other


def other_words(words: str, value: Decimal, rng: Random) -> tuple[str, Decimal]:
    """The sum in words with one numeral changed."""
    places = [i for i, char in enumerate(words) if char in NUMERALS]
    while True:
        i = rng.choice(places)
        text = words[:i] + rng.choice(NUMERALS) + words[i + 1 :]
        said = parse_words(text)
        if said is not None and said != value:
            return text, said


def searched(record: Record) -> tuple[list[tuple[Repair, ...]], float]:
    """The minimal repairs of each mismatch, and the seconds of processor time that they took."""
    found = checks.run(record)
    start = time.process_time()
    options = repairs(court(record, found))
    return list(options.values()), time.process_time() - start


def long_record(seed: int) -> Record:
    """A price of 200 lines in which everything agrees."""
    rng = Random(seed)
    lines = [(Decimal(rng.randrange(100, 500_000)) / 100, rng.randrange(1, 3000)) for _ in range(LONG)]
    items = [
        {"seq": str(i), "category": [], "unit_price": f"{price}", "quantity": str(count), "amount": f"{price * count}"}
        for i, (price, count) in enumerate(lines, 1)
    ]
    total = f"{sum(price * count for price, count in lines)}"
    stated = {"kind": "contract_total", "figures": total, "words": to_words(Decimal(total)), "words_value": total}
    table = {"table_id": "t1", "items": items, "total": total}
    parts: dict[str, Any] = {name: [] for name in EMPTY} | {"amounts": [stated], "line_item_tables": [table]}
    return lift({"contract": {}} | parts | ABOUT)


def longest(errors: int) -> list[float]:
    """The milliseconds that tables of 200 lines with so many wrong figures take, without what the contracts before them
    left to the garbage collector."""
    gc.collect()
    gc.freeze()
    spent = []
    for seed in range(TRIES):
        rng, record = Random(f"{seed}/{errors}"), long_record(seed)
        for path in rng.sample(checked(record), errors):
            record, _ = spoilt(record, path, rng)
        spent.append(1000 * searched(record)[1])
    return sorted(spent)


def tried(seed: int, errors: int) -> Counter[str]:
    """What becomes of one contract with so many errors."""
    rng, record = Random(f"{seed}/{errors}"), record_of(seed)
    planted: list[Misread] = []
    for path in rng.sample(checked(record), errors):
        record, one = spoilt(record, path, rng)
        planted.append(one)
    options, spent = searched(record)
    distinct = {key(repair): repair for found in options for repair in found}
    counts = Counter(contracts=1, milliseconds=round(1000 * spent))
    counts["flagged"] = all(is_flagged(record, one) for one in planted)
    counts["located"] = all(any(changes(r, record, one) for r in distinct.values()) for one in planted)
    for found in options:
        counts["mismatches"] += 1
        counts["one repair"] += len(found) == 1
        counts["right"] += len(found) == 1 and is_right(found[0], record, planted)
    return counts


def key(repair: Repair) -> tuple[tuple[int, str], ...]:
    return tuple((id(leaf), value) for leaf, value in repair.values)


def is_flagged(record: Record, one: Misread) -> bool:
    found = checks.run(record)
    leaf = at(record, one.path)
    pointed = any(ref is leaf for check in found if check.status != "pass" for ref in check.refs)
    return pointed or any(s.leaf is leaf and s.status != "confirmed" for s in proof.standings(record, found))


def changes(repair: Repair, record: Record, one: Misread) -> bool:
    return any(leaf is leaf_of(record, one) for leaf, _ in repair.values)


def leaf_of(record: Record, one: Misread) -> Cited[Any]:
    """What a repair changes: the words, where their value is wrong."""
    path = (*one.path[:-1], "words") if one.path[-1] == "words_value" else one.path
    leaf: Cited[Any] = at(record, path)
    return leaf


def is_right(repair: Repair, record: Record, planted: list[Misread]) -> bool:
    """Whether the repair restores each figure that it changes."""
    true = {id(leaf_of(record, one)): one for one in planted}
    return all(
        id(leaf) in true
        and (parse_words(value) if isinstance(leaf.value, str) else Decimal(value)) == true[id(leaf)].true
        for leaf, value in repair.values
    )


def report(command: str, chosen: list[int]) -> Iterator[str]:
    yield f"    {command}\n"
    yield "| misread in each contract | contracts | flagged | located | mismatches | one repair | of these right | ms |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for errors, name in ((1, "one figure"), (2, "two figures")):
        counts = sum((tried(seed, errors) for seed in chosen), Counter[str]())
        contracts, one = counts["contracts"], counts["one repair"]
        cells = (
            name, contracts, percent(counts["flagged"], contracts), percent(counts["located"], contracts),
            counts["mismatches"], percent(one, counts["mismatches"]), percent(counts["right"], one),
            round(counts["milliseconds"] / contracts),
        )  # fmt: skip
        yield f"| {' | '.join(map(str, cells))} |"
    for errors, name in ((0, "none"), (1, "one figure"), (2, "two figures")):
        spent = longest(errors)
        about = f"{median(spent):.0f} ms in the middle of {TRIES} tables, {spent[-1]:.0f} at most"
        yield f"\n{LONG} lines, {name} wrong: {about}."


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def written(text: str, page: File = REPORT) -> None:
    """Puts the figures between their marks."""
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    page.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="500-999", metavar="A-B[,C]")
    parser.add_argument("--write", action="store_true", help="into docs/accuracy.md")
    options = parser.parse_args()
    text = "\n".join(report(f"python -m bench.proof --seeds {options.seeds}", seeds(options.seeds)))
    print(text)
    if options.write:
        written(text)


if __name__ == "__main__":
    main()
