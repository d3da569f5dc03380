"""Where a batch's work is done: one module a place, each with `class Executor`; `--on NAME` chooses one.

An executor does calls in processes of their own and tells what became of each. It knows nothing of contracts: which
call comes next, how often one is tried and what is noted is the batch's affair, so that every place gives the same
records. A call's own exception is raised where `finished` is asked; a call whose process died, hung or grew too large
is `Lost`, and nothing but that call is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Call: TypeAlias = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """A call that never came back; `reason` is for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take: seconds, and MiB of memory (0: no limit)."""

    seconds: int
    memory: int


class Executor(Protocol):
    """Does up to `capacity` calls at once; the caller hands over no more than that."""

    capacity: int

    def __init__(self, workers: int, limits: Limits) -> None:
        """`workers` 0: as many as there is room for. UsageError if what the place needs is not installed."""

    def start(self, ticket: str, call: Call) -> None:
        """Begins a call; `ticket` is what `finished` will name it by."""

    def finished(self, patience: float) -> Iterator[tuple[str, Any]]:
        """Each call that has ended, with what it gave or Lost; waits up to `patience` seconds for the first."""

    def close(self) -> None:
        """Ends everything at once, calls under way included."""
