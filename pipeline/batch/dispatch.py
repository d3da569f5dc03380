"""Contracts to executor, outcomes to ledger: the one loop that a batch runs in.

A contract is noted as under way before it is handed over and settled when it comes back, so that whatever is cut off at
whatever moment is known. One whose process was lost is tried again after all others, up to a number of times; then it
has failed, with the reason.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.batch.executors import Call, Executor, Lost
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.work import Outcome

PATIENCE = 1.0  # seconds between looks at what has ended


def dispatch(
    todo: Iterable[Entry], ledger: Ledger, executor: Executor, call_of: Callable[[Entry], Call], attempts: int
) -> Iterator[Entry]:
    """Each contract when it is done or has failed, settled in the ledger."""
    waiting, under_way = deque(todo), dict[str, Entry]()
    while waiting or under_way:
        while waiting and len(under_way) < executor.capacity:
            entry = waiting.popleft()
            ledger.begin(entry)
            under_way[entry.sha256] = entry
            executor.start(entry.sha256, call_of(entry))
        for ticket, given in executor.finished(PATIENCE):
            after = settled(under_way.pop(ticket), given, attempts)
            ledger.settle(after)
            if after.status == "queued":
                waiting.append(after)
            else:
                yield after


def settled(entry: Entry, given: Any, attempts: int) -> Entry:
    """The entry after an attempt: done, failed, or waiting for another.

    >>> settled(Entry("ab12", "c0", "a", "a.pdf"), Lost("处理超过 5 秒，已中止"), 2).status
    'queued'
    """
    tried = entry.attempts + 1
    match given:
        case Lost(reason) if tried < attempts:
            return replace(entry, status="queued", attempts=tried, reason=reason)
        case Lost(reason):
            return entry.ended("failed", attempts=tried, reason=f"{reason}（共尝试 {tried} 次）")
        case Outcome(status="failed"):
            return entry.ended("failed", attempts=tried, reason=given.reason, seconds=given.seconds)
        case Outcome():
            return entry.ended(
                "done",
                attempts=tried,
                reason=None,
                pages=given.pages,
                mismatches=given.mismatches,
                unverified=given.unverified,
                seconds=given.seconds,
                size=given.size,
            )
        case _:
            raise TypeError(f"not an outcome: {given!r}")
