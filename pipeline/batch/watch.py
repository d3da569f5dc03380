"""Moments at which a watched folder should be looked at again: after something in it changed and it has been quiet.

A scanner or a copy writes a file piece by piece, so a change alone says nothing: a look is due when no event has come
for a while, and again as long as the last look left files out because they were still fresh. Folders that other
machines write to (SMB, NFS) send no events: there WATCHFILES_FORCE_POLLING=true has watchfiles compare the folder
itself.

Source: https://watchfiles.helpmanual.io/api/watch/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.batch.folder import SUFFIXES
from pipeline.errors import UsageError

QUIET = 1000  # milliseconds without an event
LONGEST = 60_000  # milliseconds of events without a pause, after which a look is due all the same


def moments(folder: Path) -> Iterator[bool]:
    """Every other second or after a change, without end: whether something changed. UsageError without watchfiles."""
    try:
        from watchfiles import watch
    except ImportError as error:
        raise UsageError('--watch 需要 watchfiles：pip install "hetong[watch]"') from error
    changes = watch(
        folder,
        watch_filter=lambda change, path: Path(path).suffix.lower() in SUFFIXES,
        debounce=LONGEST,
        step=QUIET,
        rust_timeout=2 * QUIET,
        yield_on_timeout=True,
    )
    yield from map(bool, changes)
