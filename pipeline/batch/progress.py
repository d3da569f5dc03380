"""How far a batch is, told from its ledger alone: `hetong status OUT`, from any terminal, while it runs or after.

>>> minutes(3725)
'1:02:05'
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline.batch import ledger
from pipeline.batch.alone import is_held
from pipeline.batch.ledger import Entry, Run


@dataclass(frozen=True, slots=True)
class Progress:
    """`rate` is contracts an hour in this run, `left` the seconds that the rest will take at that rate."""

    running: bool
    queued: int
    under_way: tuple[str, ...]
    done: int
    failed: int
    pages: int
    mismatches: int
    seconds: float
    rate: float | None
    left: float | None
    failures: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> tuple[str, ...]:
        """For a person."""
        state = "正在运行" if self.running else "没有在运行"
        return (
            f"{state}，已用 {minutes(self.seconds)}",
            f"完成 {self.done}  失败 {self.failed}  进行中 {len(self.under_way)}  等待 {self.queued}",
            f"已读 {self.pages} 页，{self.mismatches} 处不一致",
            *([f"速度 每小时 {self.rate:.0f} 份"] if self.rate else []),
            *([f"预计还需 {minutes(self.left)}"] if self.left is not None and self.running else []),
            *(f"进行中  {file}" for file in self.under_way),
            *(f"失败  {file}：{reason}" for file, reason in self.failures),
        )


def look(out: Path) -> Progress:
    """The batch of `out` as it is now; InputError if there is none."""
    with ledger.looked_at(out) as book:
        return told(book.entries(), book.last_run(), is_held(out), time.time())


def told(entries: tuple[Entry, ...], run: Run | None, running: bool, now: float) -> Progress:
    counts = Counter(entry.status for entry in entries)
    began, ended = (run.started, run.finished or latest(entries, run, running, now)) if run else (now, now)
    seconds = ended - began
    read = sum(entry.finished is not None and entry.finished >= began for entry in entries)
    rest = counts["queued"] + counts["running"]
    return Progress(
        running,
        counts["queued"],
        tuple(entry.file for entry in entries if entry.status == "running"),
        counts["done"],
        counts["failed"],
        sum(entry.pages for entry in entries),
        sum(entry.mismatches for entry in entries),
        round(seconds, 1),
        read / seconds * 3600 if read and seconds else None,
        rest * seconds / read if read else None,
        tuple((entry.file, entry.reason or "") for entry in entries if entry.status == "failed"),
    )


def latest(entries: tuple[Entry, ...], run: Run, running: bool, now: float) -> float:
    """Now, or when a run that was cut off was last heard of."""
    return now if running else max([run.started, *(entry.finished or 0.0 for entry in entries)])


def minutes(seconds: float) -> str:
    """As a clock shows it."""
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
