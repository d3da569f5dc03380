"""Worker processes on this machine, one a core.

Each worker is a Pebble pool of one: when a process dies, at whatever moment, its pool is thrown away with every lock
and pipe that it may have left in disorder, and a new one takes its place. Workers are replaced every so many calls, so
that memory stays flat however long the batch is.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

from pebble import ProcessExpired, ProcessPool

from pipeline.batch import executors, limits
from pipeline.batch.executors import Call, Limits, Lost

CALLS_A_WORKER = 50


class Executor(executors.Executor):
    """Keeps `workers` processes; UsageError never, since this place is always there."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.capacity = workers or os.cpu_count() or 1
        self.limits = limits
        self.idle: list[Worker] = []
        self.busy: list[Worker] = []

    def start(self, ticket: str, call: Call) -> None:
        worker = self.idle.pop() if self.idle else Worker(self.limits)
        worker.take(ticket, call)
        self.busy.append(worker)

    def finished(self, patience: float) -> Iterator[tuple[str, Any]]:
        ended, _ = wait([worker.future for worker in self.busy], patience, FIRST_COMPLETED)
        for worker in [worker for worker in self.busy if worker.future in ended]:
            self.busy.remove(worker)
            given = worker.given()
            if isinstance(given, Lost):
                worker.stop()
            else:
                self.idle.append(worker)
            yield worker.ticket, given

    def close(self) -> None:
        workers = (*self.idle, *self.busy)
        self.idle, self.busy = [], []
        for worker in workers:
            worker.pool.stop()  # type: ignore[no-untyped-call]
        for worker in workers:
            worker.stop()


@dataclass(eq=False)
class Worker:
    """One process and the call it has."""

    limits: Limits
    pool: ProcessPool = field(init=False)
    ticket: str = field(init=False, default="")
    future: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.pool = ProcessPool(
            max_workers=1,
            max_tasks=CALLS_A_WORKER,
            initializer=limits.bound,
            initargs=(self.limits.memory, os.getpid()),
            # fork would copy inference threads in an unusable state
            context=multiprocessing.get_context("spawn"),
        )

    def take(self, ticket: str, call: Call) -> None:
        self.ticket = ticket
        try:
            self.future = self.pool.schedule(call, timeout=self.limits.seconds)
        except RuntimeError:
            # the process died while it had nothing to do, and its pool with it
            self.stop()
            self.__post_init__()
            self.future = self.pool.schedule(call, timeout=self.limits.seconds)

    def given(self) -> Any:
        """What the call gave; Lost where its process did not live to tell."""
        try:
            return self.future.result()
        except TimeoutError:
            return Lost(f"处理超过 {self.limits.seconds} 秒，已中止")
        except ProcessExpired as error:
            return Lost(self.expired(error.exitcode))
        except (BrokenProcessPool, CancelledError):
            return Lost("处理进程意外终止")

    def expired(self, status: int | None) -> str:
        if status == limits.TOO_LARGE:
            return f"内存超过 {self.limits.memory} MiB，已中止"
        return "处理进程意外终止"

    def stop(self) -> None:
        self.pool.stop()  # type: ignore[no-untyped-call]
        self.pool.join()
