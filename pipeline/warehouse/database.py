"""Records into a database: the tables of `warehouse.tables`, in SQLite, Postgres or whatever SQLAlchemy speaks to.

A load can be repeated: the rows of a file (its SHA-256, under the same settings) are taken out before they are put in.
Figures are NUMERIC(38, 12); SQLite, which would turn them to binary fractions, keeps them as text, digit for digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline import extras
from pipeline.errors import OutputError, UsageError
from pipeline.warehouse.columns import PRECISION, SCALE, Column, Row, checked
from pipeline.warehouse.store import Stored, records
from pipeline.warehouse.tables import FILE_KEYS, TABLES

LIBRARY, EXTRA = "sqlalchemy", "database"
DIALECT_TEXT = "sqlite"


def load(out: Path, url: str) -> int:
    """Loads all records of the folder, all or none; how many. ExtraMissingError, UsageError, OutputError."""
    sql = extras.needed(LIBRARY, EXTRA)
    with connected(sql, url) as connection:
        exact = connection.dialect.name == DIALECT_TEXT
        metadata = sql.MetaData()
        made = {table.name: defined(sql, metadata, table.name, table.columns, exact) for table in TABLES}
        metadata.create_all(connection)
        return sum(put(connection, made, stored, exact) for stored in records(out))


@contextmanager
def connected(sql: Any, url: str) -> Iterator[Any]:
    """One transaction on the database; what goes wrong there becomes one clear line."""
    try:
        engine = sql.create_engine(url)
    except (sql.exc.ArgumentError, ImportError) as error:
        raise UsageError(f"无法使用数据库 {masked(url)}：{error}") from error
    try:
        with engine.begin() as connection:
            yield connection
    except sql.exc.SQLAlchemyError as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise OutputError(f"无法写入数据库 {masked(url)}：{reason}") from error
    finally:
        engine.dispose()


def masked(url: str) -> str:
    """The address without its user and password.

    >>> masked("postgresql://clerk:secret@db/contracts")
    'postgresql://db/contracts'
    """
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else url


def defined(sql: Any, metadata: Any, name: str, columns: tuple[Column, ...], exact: bool) -> Any:
    """A table of the database; one file's row has one place."""
    figure = sql.Text() if exact else sql.Numeric(PRECISION, SCALE)
    kinds = {"text": sql.Text(), "integer": sql.BigInteger(), "decimal": figure}
    keys = {*FILE_KEYS, "pointer"}
    made = (sql.Column(one.name, kinds[one.kind], primary_key=one.name in keys) for one in columns)
    return sql.Table(name, metadata, *made)


def put(connection: Any, made: dict[str, Any], stored: Stored, exact: bool) -> int:
    """Takes out what a file had, and puts in what it has: one record."""
    for table in TABLES:
        target = made[table.name]
        rows = [checked(row, table.columns) for row in table.rows(stored)]
        connection.execute(target.delete().where(*(target.c[key] == value for key, value in key_of(stored).items())))
        if rows:
            connection.execute(target.insert(), [plain(row) if exact else row for row in rows])
    return 1


def key_of(stored: Stored) -> dict[str, str]:
    first = stored.data["document"]["sha256"], stored.data["processing"]["config_sha256"]
    return dict(zip(FILE_KEYS, first, strict=True))


def plain(row: Row) -> Row:
    """The row with its figures as text."""
    return {name: format(value, "f") if isinstance(value, Decimal) else value for name, value in row.items()}
