"""Where each value stands in a record, and the record with one value replaced.

Records are frozen: a repair is tried on a copy that shares all that it doesn't change.

>>> from pipeline.model.source import Cited
>>> from pipeline.model.record import Contract, Copies
>>> contract = Contract(copies=Copies(total=Cited(7, ())))
>>> path = paths(contract)[id(contract.copies.total)]
>>> path, replaced(contract, path, Cited(9, ())).copies.total.value
(('copies', 'total'), 9)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeAlias, TypeVar

from pipeline.model.source import Cited

Path: TypeAlias = tuple[str | int, ...]
Node = TypeVar("Node")

# Parts of a record that no equation looks into: most of its leaves, and none of its figures.
TEXT_ONLY = frozenset({"document", "processing", "tables", "sections", "sla", "penalties", "parties"})


def paths(node: Any) -> dict[int, Path]:
    """The path of every cited leaf below `node`, by the leaf's identity."""
    return {id(leaf): path for path, leaf in leaves(node, ())}


def leaves(node: Any, path: Path) -> Iterator[tuple[Path, Cited[Any]]]:
    if isinstance(node, Cited):
        yield path, node
    elif isinstance(node, tuple):
        for index, item in enumerate(node):
            yield from leaves(item, (*path, index))
    elif is_dataclass(node):
        for field in fields(node):
            if field.name not in TEXT_ONLY:
                yield from leaves(getattr(node, field.name), (*path, field.name))


def at(node: Any, path: Path) -> Any:
    """What stands at `path` below `node`."""
    for step in path:
        node = node[step] if isinstance(step, int) else getattr(node, step)
    return node


def replaced(node: Node, path: Path, value: Any) -> Node:
    """`node` with `value` at `path`."""
    if not path:
        return value  # type: ignore[no-any-return]
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items: Any = node
        return (*items[:step], replaced(items[step], rest, value), *items[step + 1 :])  # type: ignore[return-value]
    entry: Any = node
    return replace(entry, **{step: replaced(getattr(entry, step), rest, value)})  # type: ignore[no-any-return]
