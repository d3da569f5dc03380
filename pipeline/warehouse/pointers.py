"""JSON Pointers (RFC 6901), followed into a record.

>>> record = {"amounts": [{"figures": "674720.00", "words": None}]}
>>> value("/amounts/0/figures", record)
'674720.00'
>>> value("/amounts/0/words", record), value("/amounts/7/figures", record), value("/amounts", record)
('', '', '')
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def step(at: Any, key: str) -> Any:
    """What stands under one key of a pointer; None where nothing does."""
    if isinstance(at, list):
        return at[int(key)] if key.isdecimal() and int(key) < len(at) else None
    return at.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(at, dict) else None


def follow(pointer: str, data: dict[str, Any]) -> Any:
    """What stands at `pointer`; None where nothing does."""
    at: Any = data
    for key in pointer.split("/")[1:]:
        at = step(at, key)
    return at


def value(pointer: str, data: dict[str, Any]) -> str:
    """The value at `pointer` as printed in the record; empty where there is none or it is no leaf."""
    at = follow(pointer, data)
    return "" if at is None or isinstance(at, (dict, list)) else str(at)


def page(pointer: str, data: dict[str, Any]) -> int | None:
    """The page on which the value at `pointer` was read, or the first value below it that was read at all."""
    provenance = data["provenance"]
    found = (provenance[leaf] for leaf in leaves(pointer, follow(pointer, data)) if leaf in provenance)
    places = next(found, None)
    return int(places[0]["page"]) if places else None


def leaves(pointer: str, at: Any) -> Iterator[str]:
    """The pointers of all leaves at and below `at`, which stands at `pointer`."""
    if isinstance(at, dict):
        for key, below in at.items():
            yield from leaves(f"{pointer}/{key}", below)
    elif isinstance(at, list):
        for i, below in enumerate(at):
            yield from leaves(f"{pointer}/{i}", below)
    else:
        yield pointer
