"""Plain JSON (the record as it left the house) -> Record, the way back of model.lower.

Every leaf gets its sources from `provenance`, so that `lower(lift(data))` gives the same record again. Boxes stay in
pixels of the pages as the file shows them. The walk follows the types of model.record: what a type allows to be absent
may be absent, anything else that is missing or of the wrong kind is a RecordError that names its pointer.

>>> from pipeline.model.record import LineItemTable
>>> table = {"table_id": "t1", "title": "报价表", "items": [{"unit_price": "12.50"}], "total": None}
>>> Lifter({}).node(LineItemTable, table, "").items[0].unit_price.value
Decimal('12.50')
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pipeline.errors import RecordError
from pipeline.model.record import Record
from pipeline.model.source import Box, Cited, Source

T = TypeVar("T")
PLAIN = (str, int, float, bool)
DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def lift(data: Mapping[str, Any]) -> Record:
    """The record that `data` is the JSON of; its checks are left behind, since they can be made again."""
    return Lifter(data.get("provenance") or {}).node(Record, data, "")


@dataclass(frozen=True, slots=True)
class Lifter:
    """One walk down a type and a piece of JSON at once."""

    provenance: Mapping[str, Any]

    def node(self, kind: type[T], data: Any, pointer: str) -> T:
        """`data` as a `kind`."""
        value: T = self.value(kind, data, pointer)
        return value

    def value(self, kind: Any, data: Any, pointer: str) -> Any:
        if get_origin(kind) in (Union, types.UnionType):
            return None if data is None else self.value(get_args(kind)[0], data, pointer)
        if get_origin(kind) is Cited:
            return Cited(self.value(get_args(kind)[0], data, pointer), self.sources(pointer))
        if get_origin(kind) is tuple:
            return self.items(get_args(kind)[0], data, pointer)
        if is_dataclass(kind):
            return self.entry(kind, data, pointer)
        return leaf(kind, data, pointer)

    def items(self, kind: Any, data: Any, pointer: str) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise RecordError(f"{pointer}: a list is wanted, not {data!r}")
        return tuple(self.value(kind, item, f"{pointer}/{i}") for i, item in enumerate(data))

    def entry(self, kind: Any, data: Any, pointer: str) -> Any:
        if not isinstance(data, Mapping):
            raise RecordError(f"{pointer or '/'}: an object is wanted, not {data!r}")
        return kind(**{f.name: self.part(f, types_of(kind)[f.name], data, pointer) for f in fields(kind)})

    def part(self, field: Field[Any], kind: Any, data: Mapping[str, Any], pointer: str) -> Any:
        if field.name in data:
            return self.value(kind, data[field.name], f"{pointer}/{field.name}")
        return absent(field, kind, pointer)

    def sources(self, pointer: str) -> tuple[Source, ...]:
        try:
            return tuple(
                Source(place["page"], Box(*place["bbox"]), place["text"], place["confidence"])
                for place in self.provenance.get(pointer, ())
            )
        except (KeyError, TypeError) as error:
            raise RecordError(f"/provenance: the places of {pointer} can't be read ({error!r})") from None


def leaf(kind: Any, data: Any, pointer: str) -> Any:
    """A plain value, after a look at its type."""
    if kind is Decimal:
        return decimal(data, pointer)
    allowed = get_args(kind) if get_origin(kind) is Literal else None
    if (allowed and data not in allowed) or (kind in PLAIN and not isinstance(data, kind) and kind is not float):
        raise RecordError(f"{pointer}: {data!r} does not belong here")
    return data


def decimal(data: Any, pointer: str) -> Decimal:
    if isinstance(data, str) and DECIMAL.fullmatch(data):
        return Decimal(data)
    raise RecordError(f"{pointer}: {data!r} is no decimal string")


def absent(field: Field[Any], kind: Any, pointer: str) -> Any:
    """What stands for a key that the JSON lacks: the field's default, nothing, or an empty list."""
    if field.default is not MISSING:
        return field.default
    if get_origin(kind) is tuple:
        return ()
    if type(None) in get_args(kind):
        return None
    raise RecordError(f"{pointer}/{field.name} is missing")


@cache
def types_of(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)
