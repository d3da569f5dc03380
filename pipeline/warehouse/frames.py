"""A folder of records as pandas frames: one row a contract, a price-table line, an instalment, a check ...

Money stays exact: every figure is a `decimal.Decimal` in an object column, null is None. `pipeline.warehouse.tables`
names the tables and their columns.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from pipeline.warehouse import tables
from pipeline.warehouse.columns import Table
from pipeline.warehouse.store import records


def frame(out: Path, table: Table) -> pd.DataFrame:
    """The rows that all records in `out` have for the table; RecordError for a record that can't be read."""
    rows = [row for stored in records(out) for row in table.rows(stored)]
    # object columns throughout: pandas would turn decimals to float64 and whole columns of None to NaN
    return pd.DataFrame(rows, columns=[column.name for column in table.columns], dtype=object)


def contracts(out: Path) -> pd.DataFrame:
    """One row a contract: header fields, parties' names, the total, and how many checks had which status."""
    return frame(out, tables.CONTRACTS)


def line_items(out: Path) -> pd.DataFrame:
    """One row a line of a price table."""
    return frame(out, tables.LINE_ITEMS)


def installments(out: Path) -> pd.DataFrame:
    """One row a payment."""
    return frame(out, tables.INSTALLMENTS)


def findings(out: Path) -> pd.DataFrame:
    """One row a check, passes included."""
    return frame(out, tables.FINDINGS)
