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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from rapidfuzz.fuzz import ratio

Json = Any
Counts = Counter[str]

LINE = ("unit_price", "quantity", "periods", "amount")
SUM = ("figures", "words_value")
PARTY = (
    "name", "legal_representative", "agent", "contact", "phone", "email", "address", "postcode", "uscc", "account_name",
    "bank_name", "bank_account",
)  # fmt: skip
HEADER = ("title", "number", "project_name", "procurement_number", "sign_date", "sign_place")
# One comparison a contract: the rule alone says which finding is meant.
ONE_A_CONTRACT = {"copies.sum", "term.months", "installments.sum", "table.contract_total"}
UNSURE = 0.8


@dataclass(slots=True)
class Reading:
    """What the comparison has found out so far; `pairs` leads from the record's entries to the truth's."""

    truth: Json
    record: Json
    counts: Counts = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    pairs: dict[str, str] = field(default_factory=dict)
    misread: set[str] = field(default_factory=set)


def score(truth: Json, record: Json) -> tuple[Counts, list[str]]:
    """The counts, and the money values that are silently wrong."""
    reading = Reading(truth, record)
    for part in (money, header, parties, cells, sections, terms, findings):
        part(reading)
    reading.counts["contracts"] += 1
    return reading.counts, reading.silent


# ---- equality --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=100_000)
def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("×*〇", "xx0"))
    return "".join(char for char in plain if char in ".%‰" or unicodedata.category(char)[0] not in "PZC")


def number(value: Json) -> Decimal | None:
    try:
        return None if value is None or value == "" else Decimal(str(value))
    except InvalidOperation:
        return None


def same(a: Json, b: Json) -> bool:
    """Whether two leaves say the same; empty is as good as absent."""
    if number(a) is not None and number(b) is not None:
        return number(a) == number(b)
    return folded(str(a or "")) == folded(str(b or ""))


def entries(document: Json, name: str) -> list[Json]:
    return list((document or {}).get(name) or [])


def aligned(a: Sequence[str], b: Sequence[str], floor: float = 45) -> list[tuple[int, int]]:
    """Pairs of like texts, in order, whose likeness adds up to the most."""
    likeness = [[ratio(x, y) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            both = best[i + 1][j + 1] + likeness[i][j] if likeness[i][j] > floor else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    return list(walked(best, likeness, floor))


def walked(best: list[list[float]], likeness: list[list[float]], floor: float) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if likeness[i][j] > floor and best[i][j] == best[i + 1][j + 1] + likeness[i][j]:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


# ---- money -----------------------------------------------------------------------------------------------------------


def money(reading: Reading) -> None:
    line_items(reading)
    tables = zip(entries(reading.truth, "line_item_tables"), entries(reading.record, "line_item_tables"), strict=False)
    for i, (true, read) in enumerate(tables):
        figure(reading, f"/line_item_tables/{i}", true, f"/line_item_tables/{i}", read, "total")
    for name, keys, kind in (("amounts", SUM, "kind"), ("installments", (*SUM, "percent"), "seq")):
        theirs = {str(entry.get(kind)): i for i, entry in reversed(list(enumerate(entries(reading.record, name))))}
        for i, true in enumerate(entries(reading.truth, name)):
            j = theirs.get(str(true.get(kind)))
            read = {} if j is None else entries(reading.record, name)[j]
            pointer = f"/{name}" if j is None else f"/{name}/{j}"
            reading.pairs[pointer] = f"/{name}/{i}"
            for key in keys:
                figure(reading, f"/{name}/{i}", true, pointer, read, key)


def line_items(reading: Reading) -> None:
    true, read = (list(lines(document)) for document in (reading.truth, reading.record))
    pairs = dict(aligned([whole(item) for _, item in true], [whole(item) for _, item in read]))
    for i, (where, item) in enumerate(true):
        pointer, got = read[pairs[i]] if i in pairs else ("/line_item_tables", {})
        if got:
            reading.pairs[pointer] = where
        right = [figure(reading, where, item, pointer, got, key) for key in LINE]
        reading.counts["rows.total"] += 1
        reading.counts["rows.right"] += all(right) and ratio(words(item), words(got)) >= 95
    reading.counts["rows.extra"] += len(read) - len(pairs)


def lines(document: Json) -> Iterator[tuple[str, Json]]:
    for i, table in enumerate(entries(document, "line_item_tables")):
        for j, item in enumerate(entries(table, "items")):
            yield f"/line_item_tables/{i}/items/{j}", item


def whole(item: Json) -> str:
    """A line in all that tells it from its neighbours."""
    return " ".join([*(str(item.get(key) or "") for key in ("seq", "unit_price", "quantity", "amount")), words(item)])


def words(item: Json) -> str:
    return folded(str(item.get("name") or ""))


def figure(reading: Reading, where: str, true: Json, pointer: str, read: Json, key: str) -> bool:
    """Counts one figure; True if it is right."""
    right, got = true.get(key), read.get(key)
    others = (reading.truth.get("alternatives") or {}).get(f"{where}/{key}") or ()
    if any(same(value, got) for value in (right, *others)):
        reading.counts["money.right"] += right is not None
        return True
    reading.misread.add(f"{pointer}/{key}")
    flagged = is_flagged(reading.record, pointer, key)
    reading.counts["money.flagged" if flagged else "money.silent"] += 1
    if not flagged:
        reading.silent.append(f"{where}/{key}: {right}, read {got}")
    return False


def is_flagged(record: Json, pointer: str, key: str) -> bool:
    """Whether a check that failed, or that could not be made, points at the value, its entry or its table."""
    place = f"{pointer}/{key}"
    doubtful = {ref for check in entries(record, "checks") if check["status"] != "pass" for ref in check["refs"]}
    sources = (record.get("provenance") or {}).get(place) or ()
    missing = pointer.count("/") == 1 and any(ref.startswith(pointer) for ref in doubtful)
    product = any(
        check["rule"] == "line.product"
        and check["status"] != "pass"
        and any(r.startswith(pointer + "/") for r in check["refs"])
        for check in entries(record, "checks")
    )
    return missing or product or bool(doubtful & {place, pointer}) or any(s["confidence"] < UNSURE for s in sources)


# ---- everything else -------------------------------------------------------------------------------------------------


def leaf(reading: Reading, name: str, where: str, true: Json, read: Json) -> None:
    others = (reading.truth.get("alternatives") or {}).get(where) or ()
    if true not in (None, ""):
        reading.counts[f"{name}.total"] += 1
        reading.counts[f"{name}.right"] += any(same(value, read) for value in (true, *others))


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
