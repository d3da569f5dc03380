"""What a table's column is called and holds: the same in every file, whatever the records at hand happen to say.

>>> amount = Column("amount", "decimal", "合价")
>>> amount.read("5928.00"), amount.read(None)
(Decimal('5928.00'), None)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pipeline.errors import OutputError
from pipeline.warehouse.store import Stored

Kind: TypeAlias = Literal["text", "decimal", "integer"]
Row: TypeAlias = dict[str, Any]

# Of every figure in every table: 26 digits before the point, 12 behind it.
PRECISION, SCALE = 38, 12


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is its type in every format; `zh` heads it where a person reads it in Chinese."""

    name: str
    kind: Kind
    zh: str

    def read(self, value: Any) -> Any:
        """A value of the record as this column holds it; figures become decimals, digits as written."""
        return Decimal(str(value)) if self.kind == "decimal" and value is not None else value


@dataclass(frozen=True, slots=True)
class Table:
    """`found` gives a record's rows, by the columns' names and with more than these."""

    name: str
    zh: str
    columns: tuple[Column, ...]
    found: Callable[[Stored], Iterator[Row]]

    def rows(self, stored: Stored) -> Iterator[Row]:
        """The record's rows: every column, nothing else."""
        for row in self.found(stored):
            yield {column.name: column.read(row.get(column.name)) for column in self.columns}


def text(**names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text", zh) for name, zh in names.items())


def decimals(**names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "decimal", zh) for name, zh in names.items())


def integers(**names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "integer", zh) for name, zh in names.items())


def checked(row: Row, columns: tuple[Column, ...]) -> Row:
    """The row, if all its figures can be written as they are; OutputError names the first that can't."""
    for column in columns:
        value = row[column.name]
        if isinstance(value, Decimal) and not fits(value):
            place = f"记录 {row['record']} {row['pointer']} 的 {column.name}"
            raise OutputError(f"{place} 为 {value:f}，超出 decimal({PRECISION}, {SCALE})，不作舍入就无法写入")
    return row


def fits(value: Decimal) -> bool:
    """Whether decimal(38, 12) holds the value exactly.

    >>> fits(Decimal("123456789012345.67")), fits(Decimal("1E+30")), fits(Decimal("0.1234567890123"))
    (True, False, False)
    """
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return False
    # by hand, for normalize() rounds to the context's precision
    written = "".join(map(str, digits))
    plain = written.rstrip("0")
    places = exponent + len(written) - len(plain)
    return not plain or (places >= -SCALE and len(plain) + places <= PRECISION - SCALE)
