"""Bounds on one worker process, set from inside it: memory, and life without the process that started it.

A file that makes a reader grow without end (a decompression bomb, a page of absurd size) must cost its own attempt and
not the machine. Two bounds: a watch ends the process when its resident memory is over the limit, and the system refuses
allocations far beyond it at once (RLIMIT_DATA), also while a library holds the interpreter.

>>> 0 < resident() < 100_000
True
"""

from __future__ import annotations

import os
import resource
import threading
import time
from pathlib import Path

TOO_LARGE = 86  # exit status of a process that the watch ended
ORPHANED = 87
MEBIBYTE = 1024 * 1024
INTERVAL = 0.2
# Threads' stacks and the allocators' reserves count as data without ever being touched
RESERVE = 2048


def bound(memory: int, parent: int | None = None) -> None:
    """Bounds this process to `memory` MiB (0: no limit), and to the life of the process `parent`."""
    if memory:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = (2 * memory + RESERVE) * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard < 0 else min(wanted, hard), hard))
    threading.Thread(target=watch, args=(memory, parent), name="limits", daemon=True).start()


def watch(memory: int, parent: int | None) -> None:
    """Ends the process when it is too large, or when its parent is gone and nobody waits for what it does."""
    while True:
        if memory and resident() > memory:
            os._exit(TOO_LARGE)
        if parent is not None and os.getppid() != parent:
            os._exit(ORPHANED)
        time.sleep(INTERVAL)


def resident() -> int:
    """MiB of memory that this process holds; where the system won't say, the most it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return pages * resource.getpagesize() // MEBIBYTE
