"""Everything that a folder of records makes as a whole: each output is a module of `warehouse` or `review` with
`output(out, lang)`, a context that takes the records one by one and leaves its file (`FILE`) when it ends well.

The records are read once for all of them, and held by none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from pipeline import discover, extras
from pipeline.errors import HetongError, RecordError, UsageError
from pipeline.warehouse.store import Stored, records

PACKAGES = ("pipeline.warehouse", "pipeline.review")


def outputs() -> dict[str, ModuleType]:
    """All outputs by name."""
    return {name: module for package in PACKAGES for name, module in discover.modules(package, "output").items()}


def write(out: Path, lang: Literal["zh", "en"], names: Iterable[str]) -> tuple[Path, ...]:
    """Makes the named outputs from the records in `out`; where one fails, the others are made and its error is raised.

    UsageError for a name that is none, ExtraMissingError for one whose library is not installed, RecordError,
    OutputError.
    """
    known, names = outputs(), tuple(dict.fromkeys(names))
    for name in names:
        if name not in known:
            raise UsageError(f"没有名为 {name} 的输出；可用：{'、'.join(known)}")
    running = [Running(known[name].output(out, lang)) for name in names]
    try:
        run(out, running)
    except BaseException as error:
        for one in running:
            one.drop(error)
        raise
    for failed in (one.error for one in running if one.error):
        raise failed
    return tuple(out / known[name].FILE for name in names)


def run(out: Path, running: list[Running]) -> None:
    """One pass over the records."""
    for one in running:
        one.begin()
    for stored in read(out, running):
        for one in running:
            one.take(stored)
    for one in running:
        one.end()


def read(out: Path, running: list[Running]) -> Iterator[Stored]:
    """The records; one that can't be read is every output's failure."""
    try:
        yield from records(out)
    except RecordError as error:
        for one in running:
            one.fail(error)


@dataclass(slots=True)
class Running:
    """An output under way; once it has failed it takes no more."""

    context: AbstractContextManager[Callable[[Stored], None]]
    add: Callable[[Stored], None] | None = None
    error: HetongError | None = None

    def begin(self) -> None:
        try:
            self.add = self.context.__enter__()
        except HetongError as error:
            self.error = error

    def take(self, stored: Stored) -> None:
        try:
            if self.add:
                self.add(stored)
        except HetongError as error:
            self.fail(error)

    def end(self) -> None:
        try:
            if self.add:
                self.add = None
                self.context.__exit__(None, None, None)
        except HetongError as error:
            self.error = error

    def fail(self, error: HetongError) -> None:
        if self.add:
            self.error = error
            self.drop(error)

    def drop(self, error: BaseException) -> None:
        """Leaves nothing half-made."""
        if self.add:
            self.add = None
            self.context.__exit__(type(error), error, error.__traceback__)


def installed() -> tuple[str, ...]:
    """The outputs that can be made here: those that need no library of their own, and those whose library is there."""
    return tuple(name for name, module in outputs().items() if works(module))


def left_out() -> tuple[str, ...]:
    """What can't be made here, a line each, with what to install for it."""
    missing = (module for module in outputs().values() if not works(module))
    return tuple(f"未生成 {module.FILE}：请运行 pip install 'hetong[{module.EXTRA}]'" for module in missing)


def works(module: ModuleType) -> bool:
    return extras.there(getattr(module, "LIBRARY", "pipeline"))
