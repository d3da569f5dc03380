"""A look at a folder before anything is done: what it holds, and the plan that follows from the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pipeline
from pipeline.batch import census, outputs
from pipeline.batch.census import Census, Contract
from pipeline.batch.ledger import Entry, FileSeen, Ledger
from pipeline.batch.plan import Choice, Plan, also, plan
from pipeline.batch.work import Outcome
from pipeline.errors import InputError
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Survey:
    """`root` is the folder as the ledger knows it, `elsewhere` are files of other folders whose records lie here too.

    `contracts` are by content, `gone` are entries whose file is nowhere any more, `anew` reads what is done again.
    """

    root: str
    census: Census
    elsewhere: tuple[FileSeen, ...]
    contracts: dict[str, Contract]
    plan: Plan
    gone: tuple[Entry, ...]
    anew: bool

    @property
    def total(self) -> int:
        return len(self.plan.entries) + len(self.census.unreadable)

    def lines(self) -> tuple[str, ...]:
        """What is planned, for a person."""
        counts = f"待读 {len(self.plan.todo)}  已完成 {len(self.plan.kept) + len(self.plan.moves)}"
        same = ((entry, file) for entry in self.plan.entries for file in also(self.contracts[entry.sha256], entry))
        return (
            f"{counts}  失败 {len(self.plan.failed)}  无法读取 {len(self.census.unreadable)}",
            *(f"待读  {entry.file} → {entry.name}.json" for entry in self.plan.todo),
            *(f"改名  {move.name}.json → {move.to.name}.json" for move in self.plan.moves),
            *(f"相同  {file.path} 与 {entry.file} 内容相同" for entry, file in same),
            *(f"失败  {entry.file}：{entry.reason}" for entry in self.plan.failed),
            *(f"失败  {file.path}：{file.reason}" for file in self.census.unreadable),
        )

    def path(self, entry: Entry) -> Path:
        """Where the entry's file is."""
        here = self.census.where.get(entry.name)
        return here or next(Path(file.folder, file.path) for file in self.elsewhere if file.name == entry.name)

    def outcomes(self, entries: Iterable[Entry], worked: Collection[str]) -> tuple[Outcome, ...]:
        """What became of every contract that was planned; `worked` are those that this pass read."""
        ours = {(entry.sha256, entry.config) for entry in self.plan.entries}
        ended = (e for e in entries if (e.sha256, e.config) in ours and e.status in ("done", "failed"))
        told = [self.outcome(entry, entry.sha256 in worked) for entry in ended]
        told += [Outcome(file.name, file.path, "failed", reason=file.reason) for file in self.census.unreadable]
        return tuple(sorted(told, key=lambda outcome: outcome.name))

    def outcome(self, entry: Entry, worked: bool) -> Outcome:
        """The settled entry as it is told to a person."""
        return Outcome(
            entry.name,
            entry.file,
            "failed" if entry.status == "failed" else "done" if worked else "unchanged",
            entry.pages,
            entry.mismatches,
            entry.unverified,
            entry.seconds,
            entry.reason,
            tuple(file.path for file in also(self.contracts[entry.sha256], entry)),
            entry.size,
        )


def survey(source: Path, out: Path, settings: Settings, choice: Choice, book: Ledger | None) -> Survey:
    """Looks and plans; writes nothing. Without a ledger everything is new. Raises InputError."""
    entries, files = (book.entries(), book.files()) if book else ((), ())
    root = str(source.resolve())
    elsewhere = tuple(file for file in files if file.folder != root and Path(file.folder, file.path).exists())
    fresh = census.FRESH if choice.watch else 0.0
    found = census.take(source, out, (*elsewhere, *of(root, files)), choice.force, fresh)
    if not (found.where or choice.watch):
        raise InputError(f"文件夹 {source} 中没有 PDF 或图片")
    held = census.grouped((*found.seen, *elsewhere))
    contracts = tuple(contract for contract in held if of(root, contract.files))
    planned = plan(contracts, entries, config_of(settings), partial(outputs.stands, out), choice)
    present = {contract.sha256 for contract in held}
    gone = tuple(entry for entry in entries if entry.status != "done" and entry.sha256 not in present)
    by_content = {contract.sha256: contract for contract in contracts}
    return Survey(root, found, elsewhere, by_content, planned, gone, choice.force)


def of(root: str, files: Iterable[FileSeen]) -> tuple[FileSeen, ...]:
    return tuple(file for file in files if file.folder == root)


def config_of(settings: Settings) -> str:
    """What bears on a record besides the file: this version, and the settings that do."""
    return hashlib.sha256(f"{pipeline.__version__}\n{settings.sha256}".encode()).hexdigest()
