"""Calls for executors: work that goes well or badly in worker processes. Plain functions, so that they can be sent."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pipeline.errors import OutputError


def double(number: int) -> int:
    return 2 * number


def whoami() -> int:
    return os.getpid()


def crash(status: int) -> None:
    os._exit(status)


def hang() -> None:
    time.sleep(600)


def swell() -> int:
    held = []
    while True:
        held.append(bytearray(b"x") * 10_000_000)


def disk_full() -> None:
    raise OutputError("磁盘已满")


def say_and_hang(path: Path) -> None:
    """Tells who does it, so that the test can kill it."""
    path.with_suffix(".new").write_text(str(os.getpid()))
    path.with_suffix(".new").replace(path)
    hang()
