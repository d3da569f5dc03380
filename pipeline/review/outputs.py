"""Everything that a folder of records makes as a whole: each output is a module of `warehouse` or `review` with
`output(out, lang)`, a context that takes the records one by one and leaves its file (`FILE`) when it ends well.

The records are read once for all of them, and held by none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Literal

from pipeline import discover, extras
from pipeline.errors import UsageError
from pipeline.warehouse.store import Stored, records

PACKAGES = ("pipeline.warehouse", "pipeline.review")


def outputs() -> dict[str, ModuleType]:
    """All outputs by name."""
    return {name: module for package in PACKAGES for name, module in discover.modules(package, "output").items()}


def write(out: Path, lang: Literal["zh", "en"], names: Iterable[str]) -> tuple[Path, ...]:
    """Makes the named outputs from the records in `out`; UsageError for a name that is none, ExtraMissingError for one
    whose library is not installed, RecordError, OutputError."""
    known, names = outputs(), tuple(dict.fromkeys(names))
    for name in names:
        if name not in known:
            raise UsageError(f"没有名为 {name} 的输出；可用：{'、'.join(known)}")
    with ExitStack() as stack:
        adds: list[Callable[[Stored], None]] = [stack.enter_context(known[name].output(out, lang)) for name in names]
        for stored in records(out):
            for add in adds:
                add(stored)
    return tuple(out / known[name].FILE for name in names)


def installed() -> tuple[str, ...]:
    """The outputs that can be made here: those that need no library of their own, and those whose library is there."""
    return tuple(name for name, module in outputs().items() if extras.there(getattr(module, "LIBRARY", "pipeline")))
