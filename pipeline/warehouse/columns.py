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

from pipeline.warehouse.store import Stored

Kind: TypeAlias = Literal["text", "decimal", "integer"]
Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is its type in every format; `zh` heads it where a person reads it in Chinese."""

    name: str
    kind: Kind
    zh: str

    def read(self, value: Any) -> Any:
        """A value of the record as this column holds it; figures become decimals, digits as written."""
        return Decimal(value) if self.kind == "decimal" and value is not None else value


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
