"""A record against the truth: counts that add up over contracts.

The count that matters is money: each figure, price, quantity and percent of the truth is `right`, `flagged` (wrong or
missing, but a check that failed or could not be made points at it, or it was read with a confidence below 0.8) or
`silent`. Text is compared after NFKC folding without spaces and punctuation, figures as decimals.

>>> truth = {"amounts": [{"kind": "contract_total", "figures": "80.00", "words_value": "80.00"}]}
>>> record = {"amounts": [{"kind": "contract_total", "figures": "30.00", "words_value": "80.00"}]}
>>> counts, silent = score(truth, record)
>>> counts["money.right"], counts["money.silent"], silent
(1, 1, ['/amounts/0/figures: 80.00, read 30.00'])
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from rapidfuzz.fuzz import ratio

from bench.compared import Counts, Json, Reading, aligned, entries, folded, number
from bench.money import money

PARTY = (
    "label", "name", "legal_representative", "agent", "contact", "phone", "email", "address", "postcode", "uscc",
    "account_name", "bank_name", "bank_account",
)  # fmt: skip
HEADER = ("title", "number", "project_name", "procurement_number", "sign_date", "sign_place")
# One comparison a contract: the rule alone says which finding is meant.
ONE_A_CONTRACT = {"copies.sum", "term.months", "installments.sum", "table.contract_total"}


def score(truth: Json, record: Json) -> tuple[Counts, list[str]]:
    """The counts, and the money values that are silently wrong."""
    reading = Reading(truth, record)
    for part in (money, header, parties, cells, sections, terms, findings):
        part(reading)
    reading.counts["contracts"] += 1
    return reading.counts, reading.silent


# ---- everything else -------------------------------------------------------------------------------------------------


def leaf(reading: Reading, name: str, where: str, true: Json, read: Json) -> None:
    if true not in (None, ""):
        reading.counts[f"{name}.total"] += 1
        reading.counts[f"{name}.right"] += reading.accepts(where, true, read)


def header(reading: Reading) -> None:
    true, read = reading.truth.get("contract") or {}, reading.record.get("contract") or {}
    for key in HEADER:
        leaf(reading, "header", f"/contract/{key}", true.get(key), read.get(key))
    for group in ("term", "copies"):
        for key, value in (true.get(group) or {}).items():
            if key != "text":
                leaf(reading, "header", f"/contract/{group}/{key}", value, (read.get(group) or {}).get(key))


def parties(reading: Reading) -> None:
    theirs = {party.get("role"): party for party in entries(reading.record, "parties")}
    for i, true in enumerate(entries(reading.truth, "parties")):
        for key in PARTY:
            leaf(reading, "parties", f"/parties/{i}/{key}", true.get(key), theirs.get(true["role"], {}).get(key))


def cells(reading: Reading) -> None:
    """The cells of every table; each of the truth's takes the record's table that is most like it."""
    theirs = [rows_of(table) for table in entries(reading.record, "tables")]
    for table in entries(reading.truth, "tables"):
        true = rows_of(table)
        read = max(theirs, key=lambda rows: ratio(flat(rows), flat(true)), default=[])
        pairs = dict(aligned(["\t".join(row) for row in true], ["\t".join(row) for row in read], 30))
        reading.counts["cells.total"] += sum(map(len, true))
        for i, j in pairs.items():
            reading.counts["cells.right"] += sum(a == b for a, b in zip(true[i], read[j], strict=False))


def rows_of(table: Json) -> list[list[str]]:
    return [[folded(cell) for cell in row] for row in (table["header"], *table["rows"]) if row]


def flat(rows: list[list[str]]) -> str:
    return "".join(cell for row in rows for cell in row)


def sections(reading: Reading) -> None:
    """The outline as a sequence of numbers and titles."""
    others = reading.truth.get("alternatives") or {}
    read = Counter(key(section) for _, section in outline(reading.record, ""))
    true: Counter[str] = Counter()
    for pointer, section in outline(reading.truth, ""):
        variants = [key(section), *(key(section | {"title": title}) for title in others.get(f"{pointer}/title", ()))]
        true[next((one for one in variants if read[one] > true[one]), variants[0])] += 1
    overlap(reading, "sections", true, read)


def outline(parent: Json, pointer: str) -> Iterator[tuple[str, Json]]:
    """Every section below a document or a section, with its pointer."""
    name = "children" if pointer else "sections"
    for i, section in enumerate(entries(parent, name)):
        yield f"{pointer}/{name}/{i}", section
        yield from outline(section, f"{pointer}/{name}/{i}")


def key(section: Json) -> str:
    mark = unicodedata.normalize("NFKC", section.get("number") or "").rstrip("、. ")
    return f"{mark} {folded(section.get('title') or '')}"


def terms(reading: Reading) -> None:
    keys: dict[str, Callable[[Json], tuple[Json, ...]]] = {
        "sla": lambda e: (e["metric"], e["operator"], folded(str(e["value"])), e["unit"]),
        "penalties": lambda e: (e["kind"], number(e["value"]), e["unit"]),
    }
    for name, key in keys.items():
        overlap(reading, name, *(Counter(map(key, entries(d, name))) for d in (reading.truth, reading.record)))


def overlap(reading: Reading, name: str, true: Counter[Any], read: Counter[Any]) -> None:
    reading.counts[f"{name}.both"] += (true & read).total()
    reading.counts[f"{name}.true"] += true.total()
    reading.counts[f"{name}.read"] += read.total()


# ---- checks ----------------------------------------------------------------------------------------------------------


def findings(reading: Reading) -> None:
    """Planted errors found, and mismatches that report none: on a misread value, or plainly false alarms."""
    mismatches = [check for check in entries(reading.record, "checks") if check["status"] == "mismatch"]
    expected = entries(reading.truth, "expected_mismatches")
    reading.counts["findings.planted"] += len(expected)
    reading.counts["findings.found"] += sum(any(reports(reading, c, e) for c in mismatches) for e in expected)
    for check in mismatches:
        if check["severity"] == "error" and not any(reports(reading, check, e) for e in expected):
            within = any(wrong.startswith(ref) for ref in check["refs"] for wrong in reading.misread)
            reading.counts["alarms.on_misread" if within else "alarms.false"] += 1


def reports(reading: Reading, check: Json, expected: Json) -> bool:
    if check["rule"] != expected["rule"]:
        return False
    if check["rule"] in ONE_A_CONTRACT:
        return True
    places = {translated(reading, ref) for ref in check["refs"]}
    return any(near(place, pointer) for place in places for pointer in expected["pointer"])


def translated(reading: Reading, ref: str) -> str:
    """The record's pointer as one into the truth, through the longest entry that was paired."""
    prefix = max((p for p in reading.pairs if ref == p or ref.startswith(p + "/")), key=len, default="")
    return reading.pairs[prefix] + ref[len(prefix) :] if prefix else ref


def near(a: str, b: str) -> bool:
    """Whether one pointer holds the other; both name an entry at least."""
    return a == b or a.startswith(b + "/") or (b.startswith(a + "/") and a.count("/") > 1)
