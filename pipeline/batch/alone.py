"""One run writes to a folder at a time: a lock that the system takes back when its holder ends, however it ends."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError

FILE = ".ingest.lock"
TRIES, PAUSE = 20, 0.1  # a look from `hetong status` holds the lock for a moment


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Holds the folder; OutputError if another run does."""
    with (out / FILE).open("w") as lock:
        for _ in range(TRIES):
            if taken(lock.fileno(), fcntl.LOCK_EX):
                break
            time.sleep(PAUSE)
        else:
            raise OutputError(f"另一个 hetong ingest 正在写入 {out}")
        yield


def is_held(out: Path) -> bool:
    """Whether a run is writing to the folder now."""
    try:
        with (out / FILE).open() as lock:
            return not taken(lock.fileno(), fcntl.LOCK_SH)
    except OSError:
        return False


def taken(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
