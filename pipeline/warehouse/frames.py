"""A folder of records as pandas frames: one row a contract, a price-table line, a check.

Money stays exact: every figure is a `decimal.Decimal` in an object column, null is None. Rows are keyed by `record`
(the record's file name without suffix) and `pointer` (JSON Pointer into it), so that a load can be repeated without
doubles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.errors import RecordError

FIGURES = ("unit_price", "quantity", "periods", "amount")
HEADER = ("title", "number", "project_name", "procurement_number", "sign_date", "sign_place")


def contracts(out: Path) -> pd.DataFrame:
    """One row a contract: header fields, parties' names, the total, and how many checks had which status."""
    return frame(contract_row(name, data) for name, data in records(out))


def line_items(out: Path) -> pd.DataFrame:
    """One row a line of a price table."""
    return frame(row for name, data in records(out) for row in line_rows(name, data))


def findings(out: Path) -> pd.DataFrame:
    """One row a check, passes included."""
    return frame(
        {"record": name, "pointer": f"/checks/{i}", **check, "refs": tuple(check["refs"])}
        for name, data in records(out)
        for i, check in enumerate(data["checks"])
    )


def records(out: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each record below `out` with its name; RecordError for one that can't be read."""
    for path in sorted(out.glob("*.json")):
        if not path.name.endswith(".crops.json"):
            try:
                yield path.stem, json.loads(path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise RecordError(f"无法读取记录 {path}：{error}") from error


def frame(rows: Iterator[dict[str, Any]]) -> pd.DataFrame:
    # object columns throughout: pandas would turn decimals to float64 and whole columns of None to NaN
    return pd.DataFrame(list(rows), dtype=object)


def contract_row(name: str, data: dict[str, Any]) -> dict[str, Any]:
    header, statuses = data["contract"], [check["status"] for check in data["checks"]]
    names = {f"{party['role']}_name": party.get("name") for party in data["parties"]}
    totals = (amount["figures"] for amount in data["amounts"] if amount["kind"] == "contract_total")
    counts = {status: statuses.count(status) for status in ("pass", "mismatch", "unverified")}
    total = decimal(next(totals, None))
    return {"record": name, **{field: header[field] for field in HEADER}, **names, "contract_total": total, **counts}


def line_rows(name: str, data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for t, table in enumerate(data["line_item_tables"]):
        for i, item in enumerate(table["items"]):
            figures = {field: decimal(item[field]) for field in FIGURES}
            category = "/".join(item["category"])
            pointer = f"/line_item_tables/{t}/items/{i}"
            yield {"record": name, "pointer": pointer, **item, "category": category, **figures}


def decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
