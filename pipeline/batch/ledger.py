"""The batch's ledger, `OUT/ledger.sqlite`: what each file is, and how far each contract has come.

A contract is known by its content and the configuration it is read with, never by its name: the same bytes under two
names are one contract, and a renamed file is the same one still. SQLite keeps it in WAL mode: one process writes, any
number look on, and a loss of power leaves the last whole transaction.

>>> import tempfile
>>> with opened(Path(tempfile.mkdtemp())) as ledger:
...     ledger.enrol([Entry("ab12", "c0", "2024__a", "2024/a.pdf")])
...     ledger.settle(ledger.entries()[0].ended("failed", reason="文件是空的"))
...     [(entry.name, entry.status, entry.reason) for entry in ledger.entries()]
[('2024__a', 'failed', '文件是空的')]

Source of the rules of durability: https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pipeline.errors import InputError, OutputError

FILE = "ledger.sqlite"
Status: TypeAlias = Literal["queued", "running", "done", "failed"]

SCHEMA = """
create table if not exists files (
  path text not null, folder text not null, size integer not null, mtime_ns integer not null,
  sha256 text not null, name text not null, primary key (folder, name));
create table if not exists contracts (
  sha256 text not null, config text not null, name text not null, file text not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed')),
  attempts integer not null default 0, reason text,
  pages integer not null default 0, mismatches integer not null default 0, unverified integer not null default 0,
  size integer not null default 0, seconds real not null default 0, finished real,
  primary key (sha256, config));
create table if not exists runs (
  id integer primary key, folder text not null, workers integer not null, started real not null, finished real);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract: `name` is its record's, `file` the one it is read from, `size` the record's bytes."""

    sha256: str
    config: str
    name: str
    file: str
    status: Status = "queued"
    attempts: int = 0
    reason: str | None = None
    pages: int = 0
    mismatches: int = 0
    unverified: int = 0
    size: int = 0
    seconds: float = 0.0
    finished: float | None = None

    def ended(self, status: Status, **facts: Any) -> Entry:
        """The entry as it stands at the end of an attempt."""
        return replace(self, status=status, finished=time.time(), **facts)


@dataclass(frozen=True, slots=True)
class FileSeen:
    """One file of a folder as it was last seen; `name` is what a record of its own would be called."""

    path: str
    folder: str
    size: int
    mtime_ns: int
    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `hetong ingest`; without an end it is under way, or was cut off."""

    folder: str
    workers: int
    started: float
    finished: float | None


class Ledger:
    """Reads and writes the ledger; each method that writes is one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def entries(self) -> tuple[Entry, ...]:
        return tuple(Entry(*row) for row in self.rows(f"select {columns(Entry)} from contracts order by name, sha256"))

    def files(self) -> tuple[FileSeen, ...]:
        return tuple(
            FileSeen(*row) for row in self.rows(f"select {columns(FileSeen)} from files order by folder, path, name")
        )

    def last_run(self) -> Run | None:
        found = self.rows(f"select {columns(Run)} from runs order by id desc limit 1")
        return Run(*found[0]) if found else None

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        with said():
            return self.connection.execute(question).fetchall()

    def saw(self, folder: str, files: Iterable[FileSeen]) -> None:
        """`files` are all that `folder` now holds."""
        with said(), self.connection:
            self.connection.execute("delete from files where folder = ?", (folder,))
            self.insert("files", FileSeen, files)

    def enrol(self, entries: Iterable[Entry]) -> None:
        """Notes each entry as it is given; whatever else had its record's name has it no longer."""
        entries = tuple(entries)
        with said(), self.connection:
            self.connection.executemany(
                "delete from contracts where name = ? and not (sha256 = ? and config = ?)",
                [(entry.name, entry.sha256, entry.config) for entry in entries],
            )
            self.insert("contracts", Entry, entries)

    def forget(self, entries: Iterable[Entry]) -> None:
        with said(), self.connection:
            self.connection.executemany(
                "delete from contracts where sha256 = ? and config = ?",
                [(entry.sha256, entry.config) for entry in entries],
            )

    def begin(self, entry: Entry) -> None:
        self.enrol([replace(entry, status="running")])

    def settle(self, entry: Entry) -> None:
        self.enrol([entry])

    def began(self, folder: str, workers: int) -> None:
        """A run begins: whatever an earlier one left under way waits again."""
        with said(), self.connection:
            self.connection.execute("update contracts set status = 'queued' where status = 'running'")
            self.insert("runs", Run, [Run(folder, workers, time.time(), None)])

    def ended(self) -> None:
        with said(), self.connection:
            self.connection.execute("update contracts set status = 'queued' where status = 'running'")
            self.connection.execute(
                "update runs set finished = ? where id = (select max(id) from runs)", (time.time(),)
            )

    def insert(self, table: str, kind: type, rows: Iterable[Any]) -> None:
        marks = ", ".join(f":{field.name}" for field in fields(kind))
        self.connection.executemany(
            f"insert or replace into {table} ({columns(kind)}) values ({marks})", [asdict(row) for row in rows]
        )


@contextmanager
def opened(out: Path) -> Iterator[Ledger]:
    """The ledger of `out`, made where it is missing; OutputError if it can't be written."""
    with said():
        if not (out / FILE).is_file():
            made(out)
        with closing(sqlite3.connect(out / FILE, timeout=30)) as connection:
            # in WAL mode the default (NORMAL) may lose the last transactions with the power; each one is a contract's
            connection.execute("pragma synchronous = full")
            yield Ledger(connection)


def made(out: Path) -> None:
    """An empty ledger, made aside: those who look on see a whole one or none."""
    aside = out / f".{FILE}.part"
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(aside)) as connection:
        connection.executescript(SCHEMA)
        connection.execute("pragma journal_mode = wal")
    aside.replace(out / FILE)


@contextmanager
def looked_at(out: Path) -> Iterator[Ledger]:
    """The ledger of `out` for looking on; InputError if there is none."""
    if not (out / FILE).is_file():
        raise InputError(f"{out} 中没有批处理台账（{FILE}）")
    with said(), closing(sqlite3.connect(out / FILE, timeout=30)) as connection:
        connection.execute("pragma query_only = on")
        yield Ledger(connection)


@contextmanager
def said() -> Iterator[None]:
    """SQLite's errors in our words: a full or read-only disk, a damaged ledger."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(f"批处理台账 {FILE} 无法读写：{error}") from error


def columns(kind: type) -> str:
    return ", ".join(field.name for field in fields(kind))
