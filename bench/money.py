"""The count that matters: every figure, price, quantity and percent of the truth is right, flagged or silent.

Flagged is what is wrong or missing while a check that failed or could not be made points at it (at it, at its entry, at
the other operands of a rule that compares within one entry, or, where the entry is missing, at the whole list), or what
was read with a confidence below 0.8. Silent is the rest. A figure that only the record has and nothing questions is
invented.

>>> check = {"rule": "line.product", "status": "mismatch", "refs": ["/line_item_tables/0/items/3/amount"]}
>>> doubts = doubts_of({"checks": [check]})
>>> [doubts.cover(f"/line_item_tables/0/items/{i}", "quantity", "") for i in (3, 4)]
[True, False]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

from bench.compared import Json, Reading, aligned, entries, folded, number

LINE = ("unit_price", "quantity", "periods", "amount")
SUM = ("figures", "words_value")
PART = (*SUM, "percent")
# These rules compare the members of one entry: pointing at one of them questions the others.
WITHIN_ONE_ENTRY = {"amount.words", "line.product", "installments.percent", "term.months"}
UNSURE = 0.8


# ---- what the record itself questions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Doubts:
    """The places that failed or impossible checks point at, the entries they compare within, and unsure readings."""

    places: frozenset[str]
    entries: frozenset[str]
    unsure: frozenset[str]

    def cover(self, pointer: str | None, key: str, container: str) -> bool:
        """Whether a figure is questioned; one whose entry the record lacks (None), through the whole that lacks it."""
        if pointer is None:
            return bool(self.places & {container, f"{container}/items", f"{container}/total"})
        place = f"{pointer}/{key}"
        return bool(self.places & {place, pointer}) or pointer in self.entries or place in self.unsure


def doubts_of(record: Json) -> Doubts:
    checks = [check for check in entries(record, "checks") if check["status"] in ("mismatch", "unverified")]
    compared = {entry_of(ref) for check in checks if check["rule"] in WITHIN_ONE_ENTRY for ref in check["refs"]}
    sources = (record.get("provenance") or {}).items()
    unsure = {place for place, found in sources if any(one["confidence"] < UNSURE for one in found)}
    places = {ref for check in checks for ref in check["refs"]}
    return Doubts(frozenset(places), frozenset(compared), frozenset(unsure))


def entry_of(ref: str) -> str:
    """The entry that a pointer's member belongs to; a pointer at an entry is no member."""
    entry, _, last = ref.rpartition("/")
    return ref if last.isdigit() else entry


# ---- the figures -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the truth and the record's entry that was paired with it; `pointer` is None where there is none."""

    where: str
    true: Json
    pointer: str | None
    read: Json
    container: str


def money(reading: Reading) -> None:
    """Counts every figure of price tables, statements of the price, and instalments."""
    doubts = doubts_of(reading.record)
    for one in (*line_items(reading), *amounts(reading), *instalments(reading)):
        right = counted(reading, one, doubts)
        if keys_of(one.where) is LINE:
            reading.counts["rows.total"] += 1
            reading.counts["rows.numbers"] += right
            reading.counts["rows.right"] += right and ratio(words(one.true), words(one.read)) >= 95
    for pointer, read in alone(reading):
        extra = [key for key in keys_of(pointer) if number(read.get(key)) and not doubts.cover(pointer, key, "")]
        reading.counts["money.invented"] += len(extra)
        reading.silent += [f"{pointer}/{key}: none, read {read[key]}" for key in extra]
        reading.misread.add(pointer)


def counted(reading: Reading, one: Entry, doubts: Doubts) -> bool:
    """Whether every figure of an entry is right; what isn't is counted as flagged, silent or invented."""
    if one.pointer:
        reading.pairs[one.pointer] = one.where
    right = [figure(reading, one, key, doubts) for key in keys_of(one.where)]
    return all(right)


def figure(reading: Reading, one: Entry, key: str, doubts: Doubts) -> bool:
    true, got = one.true.get(key), one.read.get(key)
    if reading.accepts(f"{one.where}/{key}", true, got):
        reading.counts["money.right"] += true is not None
        return True
    reading.misread.add(f"{one.pointer or one.container}/{key}")
    flagged = doubts.cover(one.pointer, key, one.container)
    reading.counts[f"money.{'flagged' if flagged else 'silent' if true is not None else 'invented'}"] += 1
    if not flagged:
        reading.silent.append(f"{one.where}/{key}: {true}, read {got}")
    return False


def keys_of(pointer: str) -> tuple[str, ...]:
    """The figures of an entry, by where it stands."""
    if pointer.startswith("/line_item_tables"):
        return LINE if "/items/" in pointer else ("total",)
    return SUM if pointer.startswith("/amounts") else PART


def words(item: Json) -> str:
    return folded(str(item.get("name") or ""))


# ---- which entries belong together -----------------------------------------------------------------------------------


def line_items(reading: Reading) -> list[Entry]:
    """The rows of all price tables as one sequence, so that a table read in two parts costs no row; then the totals."""
    true, read = (list(lines(document)) for document in (reading.truth, reading.record))
    pairs = dict(aligned([whole(item) for _, item in true], [whole(item) for _, item in read]))
    reading.counts["rows.extra"] += len(read) - len(pairs)
    shared = Counter((table_of(true[i][0]), table_of(read[j][0])) for i, j in pairs.items())
    twins: dict[str, list[str]] = {}
    for (mine, theirs), _ in reversed(shared.most_common()):
        twins.setdefault(mine, []).append(theirs)
    rows = []
    for i, (where, item) in enumerate(true):
        pointer, got = read[pairs[i]] if i in pairs else (None, {})
        rows.append(Entry(where, item, pointer, got, (twins.get(table_of(where)) or ["/line_item_tables"])[-1]))
    return rows + totals(reading, twins)


def totals(reading: Reading, twins: dict[str, list[str]]) -> list[Entry]:
    """The tables' totals; of a table read in parts, the last part that has a total states it."""
    theirs = {f"/line_item_tables/{i}": one for i, one in enumerate(entries(reading.record, "line_item_tables"))}
    out = []
    for i, table in enumerate(entries(reading.truth, "line_item_tables")):
        parts = twins.get(f"/line_item_tables/{i}") or []
        stating = [part for part in sorted(parts) if number(theirs[part].get("total")) is not None]
        pointer = next(reversed(stating or parts), None)
        out.append(Entry(f"/line_item_tables/{i}", table, pointer, theirs.get(pointer or "", {}), "/line_item_tables"))
    return out


def lines(document: Json) -> Iterator[tuple[str, Json]]:
    for i, table in enumerate(entries(document, "line_item_tables")):
        for j, item in enumerate(entries(table, "items")):
            yield f"/line_item_tables/{i}/items/{j}", item


def table_of(pointer: str) -> str:
    return pointer.partition("/items/")[0]


def whole(item: Json) -> str:
    """A line in all that tells it from its neighbours."""
    return " ".join([*(str(item.get(key) or "") for key in ("seq", "unit_price", "quantity", "amount")), words(item)])


def amounts(reading: Reading) -> list[Entry]:
    return listed(
        reading, "amounts", lambda one: (one.get("kind"), number(one.get("figures"))), lambda one: one.get("kind")
    )


def instalments(reading: Reading) -> list[Entry]:
    return listed(reading, "installments", lambda one: number(one.get("seq")), lambda one: number(one.get("figures")))


def listed(reading: Reading, name: str, *respects: Callable[[Json], Json]) -> list[Entry]:
    """The truth's entries with the record's that are alike in the first respect, then in the next; None is unlike."""
    true, read = entries(reading.truth, name), entries(reading.record, name)
    pairs: dict[int, int] = {}
    for respect in respects:
        for i in (i for i in range(len(true)) if i not in pairs and respect(true[i]) is not None):
            free = (j for j in range(len(read)) if j not in pairs.values())
            found = next((j for j in free if respect(read[j]) == respect(true[i])), None)
            if found is not None:
                pairs[i] = found
    return [
        Entry(f"/{name}/{i}", one, f"/{name}/{pairs[i]}", read[pairs[i]], f"/{name}")
        if i in pairs
        else Entry(f"/{name}/{i}", one, None, {}, f"/{name}")
        for i, one in enumerate(true)
    ]


def alone(reading: Reading) -> Iterator[tuple[str, Json]]:
    """Entries that only the record has; a sum that a clause or a table states may be listed once more."""
    optional = (reading.truth.get("optional") or {}).get("amounts") or []
    stated = {(one.get("kind"), number(one.get("figures"))) for one in (*entries(reading.truth, "amounts"), *optional)}
    found = [
        (f"/{name}/{i}", one)
        for name in ("amounts", "installments")
        for i, one in enumerate(entries(reading.record, name))
    ]
    for pointer, one in (*found, *lines(reading.record)):
        again = pointer.startswith("/amounts") and (one.get("kind"), number(one.get("figures"))) in stated
        if pointer not in reading.pairs and not again:
            yield pointer, one
