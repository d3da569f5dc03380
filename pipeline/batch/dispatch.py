"""Contracts to executor, outcomes to ledger: the one loop that a batch runs in.

A contract is noted as under way before it is handed over and settled when it comes back, so that whatever is cut off at
whatever moment is known. One whose process was lost is tried again after all others, up to a number of times; then it
has failed, with the reason. When no contract waits, workers that are free help those that take long; a helper only
saves time, and what becomes of it matters to nobody.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.batch.executors import Call, Executor, Lost
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.work import Outcome

PATIENCE = 1.0  # seconds between looks at what has ended
LONG = 5.0  # seconds after which a contract is worth a helper


@dataclass(slots=True)
class UnderWay:
    """A contract in work: since when, how many helpers it was given, whether more would find something to do."""

    entry: Entry
    since: float
    helpers: int = 0
    helpful: bool = True


@dataclass(frozen=True, slots=True)
class Calls:
    """How a contract is read, and how its helper of a number reads ahead (None: no helpers) once it takes `long`."""

    read: Callable[[Entry], Call]
    help: Callable[[Entry, int], Call] | None = None
    long: float = LONG


def dispatch(todo: Iterable[Entry], ledger: Ledger, executor: Executor, calls: Calls, attempts: int) -> Iterator[Entry]:
    """Each contract when it is done or has failed, settled in the ledger."""
    waiting, under_way, helping = deque(todo), dict[str, UnderWay](), dict[str, str]()
    while waiting or under_way or helping:
        while waiting and len(under_way) + len(helping) < executor.capacity:
            entry = waiting.popleft()
            ledger.begin(entry)
            under_way[entry.sha256] = UnderWay(entry, time.monotonic())
            executor.start(entry.sha256, calls.read(entry))
        if calls.help and not waiting and len(under_way) + len(helping) < executor.capacity:
            due = time.monotonic() - calls.long
            long = [contract for contract in under_way.values() if contract.helpful and contract.since < due]
            helping |= helped(long, executor, calls.help)
        for ticket, given in executor.finished(PATIENCE):
            if ticket in helping:
                unhelped(under_way.get(helping.pop(ticket)), given)
                continue
            after = settled(under_way.pop(ticket).entry, given, attempts)
            ledger.settle(after)
            if after.status == "queued":
                waiting.append(after)
            else:
                yield after


def helped(long: Sequence[UnderWay], executor: Executor, help_of: Callable[[Entry, int], Call]) -> dict[str, str]:
    """Gives the contract that has the fewest helpers one more; the helper's ticket and the contract's."""
    if not long:
        return {}
    chosen = min(long, key=lambda contract: contract.helpers)
    chosen.helpers += 1
    ticket = f"{chosen.entry.sha256}+{chosen.helpers}"
    executor.start(ticket, help_of(chosen.entry, chosen.helpers))
    return {ticket: chosen.entry.sha256}


def unhelped(contract: UnderWay | None, read: Any) -> None:
    """Where a helper found nothing to read, or was lost, none is sent again."""
    if contract and (isinstance(read, Lost) or not read):
        contract.helpful = False


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
