"""Workers on a Ray cluster: the one that RAY_ADDRESS names, else one of this machine's own.

Each worker is an actor that does its calls in a local worker process of its own, so that limits, losses and what is
said of them are those of `local` to the letter; an actor that is lost with its node loses its call alone. Files are
read and written where the work is done: the folders must be the same everywhere (NFS, a shared volume), and hetong
installed.

Source: https://docs.ray.io/en/latest/ray-core/actors.html
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

from pipeline.batch import executors
from pipeline.batch.executors import Call, Limits, Lost, local
from pipeline.errors import UsageError

PATIENCE = 60.0  # seconds without a result after which the cluster is looked at
# Ray reports home unless told not to; a cluster on a trusted network needs no token
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "disabled"}


class Executor(executors.Executor):
    """Keeps an actor for each call under way and for each that has ended."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.ray = connected(workers)
        self.capacity = workers or int(self.ray.cluster_resources().get("CPU", 1))
        self.limits = limits
        self.place = self.ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Place)
        self.idle: list[Any] = []
        self.busy: dict[Any, tuple[str, Any]] = {}
        self.seen = time.monotonic()  # that the cluster did something

    def start(self, ticket: str, call: Call) -> None:
        actor = self.idle.pop() if self.idle else self.place.remote(self.limits)
        self.busy[actor.do.remote(call)] = ticket, actor

    def finished(self, patience: float) -> Iterator[tuple[str, Any]]:
        if not self.busy:
            return
        ended, _ = self.ray.wait(list(self.busy), num_returns=1, timeout=patience)
        if ended:
            self.seen = time.monotonic()
        elif time.monotonic() - self.seen > PATIENCE:
            self.look()
        for promise in ended:
            ticket, actor = self.busy.pop(promise)
            yield ticket, self.given(promise, actor)

    def given(self, promise: Any, actor: Any) -> Any:
        """What the call gave; Lost where its actor did not live to tell."""
        try:
            given = self.ray.get(promise)
        except self.ray.exceptions.RayTaskError as error:
            raise error.cause from None
        except self.ray.exceptions.RayError:
            return Lost("处理进程意外终止")
        self.idle.append(actor)
        return given

    def look(self) -> None:
        """UsageError where no node is left to work on: Ray would wait for one for ever."""
        if not any(node["Alive"] and node["Resources"].get("CPU") for node in self.ray.nodes()):
            raise UsageError("Ray 集群已没有可用的节点；已完成的不受影响，恢复后再次运行即可继续")
        self.seen = time.monotonic()

    def close(self) -> None:
        for actor in (*self.idle, *(actor for _, actor in self.busy.values())):
            self.ray.kill(actor)
        self.idle, self.busy = [], {}
        self.ray.shutdown()


class Place:
    """What an actor is: one local worker."""

    def __init__(self, limits: Limits) -> None:
        self.local = local.Executor(1, limits)

    def do(self, call: Call) -> Any:
        self.local.start("", call)
        while True:
            for _, given in self.local.finished(60.0):
                return given


def connected(workers: int) -> Any:
    """Ray, with a cluster to work on. UsageError if it is not installed or no cluster answers."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        import ray
    except ImportError as error:
        raise UsageError('--on ray 需要 Ray：pip install "hetong[ray]"') from error
    own = None if os.environ.get("RAY_ADDRESS") else {"address": "local", "num_cpus": workers or os.cpu_count()}
    try:
        ray.init(**(own or {}), include_dashboard=False, log_to_driver=False, logging_level="error")
    except Exception as error:  # Ray raises bare ones where a part of a cluster does not start
        raise UsageError(f"无法连接 Ray 集群：{error}") from error
    return ray
