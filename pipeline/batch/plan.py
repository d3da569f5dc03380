"""What a run has to do: census and ledger in, what to read, to rename and to clear away out. Pure.

A contract that is done stays done while its record stands, whatever its file is called now: where the file was renamed,
the record's files are renamed too. One that failed waits for `--retry-failed`. `--force` does everything again.

>>> file = FileSeen("a.pdf", "in", 5, 0, "ab12", "a")
>>> plan([Contract("ab12", (file,))], (), "c0", lambda entry: True, Choice()).todo[0].name
'a'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.batch.census import Contract
from pipeline.batch.ledger import Entry, FileSeen


@dataclass(frozen=True, slots=True)
class Choice:
    """What the caller asks for beyond what is new; `limit` bounds how many are read (None: all)."""

    force: bool = False
    retry_failed: bool = False
    limit: int | None = None
    watch: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A record that follows its renamed file; `to` is its entry afterwards."""

    name: str
    to: Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """`todo` is to be read, `kept` is done, `failed` has failed before; `stale` names records to be cleared away."""

    todo: tuple[Entry, ...]
    kept: tuple[Entry, ...]
    failed: tuple[Entry, ...]
    moves: tuple[Move, ...]
    stale: tuple[str, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (*self.todo, *self.kept, *self.failed, *(move.to for move in self.moves))


def plan(
    contracts: Sequence[Contract],
    entries: Sequence[Entry],
    config: str,
    stands: Callable[[Entry], bool],
    choice: Choice,
) -> Plan:
    """Decides each contract by its entry for this configuration; `stands` says whether a done entry's record does."""
    known = {entry.sha256: entry for entry in entries if entry.config == config}
    occupied = {entry.name for entry in entries}
    todo, kept, failed, moves = [], [], [], []
    for contract in contracts:
        before = known.get(contract.sha256)
        entry = named(contract, before, config)
        if before is None or due(before, choice):
            todo.append(waiting(entry))
        elif before.status == "failed":
            failed.append(entry)
        elif not stands(before) or (entry.name != before.name and entry.name in occupied):
            todo.append(waiting(entry))
        elif (entry.name, entry.file) == (before.name, before.file):
            kept.append(entry)
        else:
            moves.append(Move(before.name, entry))
    chosen = tuple(todo[: choice.limit])
    wanted = {entry.name for entry in (*todo, *kept)} | {name for move in moves for name in (move.name, move.to.name)}
    stale = outdated(contracts, entries, wanted)
    return Plan(chosen, tuple(kept), tuple(failed), tuple(moves), stale)


def due(before: Entry, choice: Choice) -> bool:
    """Whether the contract is to be read whatever became of it before."""
    unfinished = before.status in ("queued", "running")
    return unfinished or choice.force or (before.status == "failed" and choice.retry_failed)


def named(contract: Contract, before: Entry | None, config: str) -> Entry:
    """The contract's entry under its record's name: the one that it has, while a file would still give it."""
    file = next((file for file in contract.files if before and file.name == before.name), contract.files[0])
    base = before or Entry(contract.sha256, config, file.name, file.path)
    return replace(base, name=file.name, file=file.path)


def waiting(entry: Entry) -> Entry:
    """The entry as new."""
    return Entry(entry.sha256, entry.config, entry.name, entry.file)


def outdated(contracts: Sequence[Contract], entries: Sequence[Entry], wanted: set[str]) -> tuple[str, ...]:
    """Names of records whose contract now goes by another."""
    present = {contract.sha256 for contract in contracts}
    return tuple(sorted({entry.name for entry in entries if entry.sha256 in present} - wanted))


def also(contract: Contract, entry: Entry) -> tuple[FileSeen, ...]:
    """The other files with the same content."""
    return tuple(file for file in contract.files if file.path != entry.file)
