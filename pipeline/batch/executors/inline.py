"""One call after the other in this very process: for debuggers, profilers and places that allow no processes.

Nothing guards the batch here: a file that hangs or crashes takes the run with it, and limits don't bind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.batch import executors
from pipeline.batch.executors import Call, Limits


class Executor(executors.Executor):
    """Does the call when its outcome is asked for."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.capacity = 1
        self.given: list[tuple[str, Call]] = []

    def start(self, ticket: str, call: Call) -> None:
        self.given.append((ticket, call))

    def finished(self, patience: float) -> Iterator[tuple[str, Any]]:
        while self.given:
            ticket, call = self.given.pop(0)
            yield ticket, call()

    def close(self) -> None:
        self.given.clear()
