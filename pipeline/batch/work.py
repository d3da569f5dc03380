"""One contract's work: read it, write what the exporters make of it, and say how it went."""

from __future__ import annotations

import gc
import logging
import time
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pipeline
from pipeline import files, run
from pipeline.batch import outputs
from pipeline.errors import HetongError, OutputError, UsageError
from pipeline.settings import Settings

log = logging.getLogger("hetong")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one contract went; `reason` is for a person and only where it failed.

    `also` names the other files of the same content, `size` is the record's in bytes.
    """

    name: str
    file: str
    status: Literal["done", "unchanged", "failed"]
    pages: int = 0
    mismatches: int = 0
    unverified: int = 0
    seconds: float = 0.0
    reason: str | None = None
    also: tuple[str, ...] = ()
    size: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is told; `sha256` is what the file holds, `anew` reads it even if its record stands."""

    name: str
    path: Path
    out: Path
    sha256: str
    settings: Settings
    anew: bool = False


def do(job: Job) -> Outcome:
    """Makes `out/NAME.*`; what is wrong with the file becomes a failed outcome, so that no file stops a batch.

    OutputError and UsageError are raised: a full disk or a missing engine is no file's fault.
    """
    start = time.monotonic()
    try:
        data = None if job.anew else made_before(job)
        if data is not None:
            return outcome(job.name, job.path, job.out, "unchanged", data, start)
        # so that none stands beside files that are half made anew
        outputs.clear(job.out, job.name)
        made = make(job.name, job.path, job.out, job.settings)
        if run.sha256_of(job.path) != job.sha256:
            return failed(job, "文件在读取过程中被改动，请再次运行", start)
        return made
    except (OutputError, UsageError):
        raise
    except HetongError as error:
        return failed(job, str(error).removeprefix(f"{job.path.name}："), start)
    except MemoryError:
        return failed(job, "内存不足", start)
    except Exception as error:
        log.exception("%s", job.path)
        return failed(job, f"程序内部错误（{type(error).__name__}: {error}），请反馈此文件", start)


def make(name: str, path: Path, out: Path, settings: Settings) -> Outcome:
    """Makes `out/NAME.*` from `path`, whatever stands there; raises what `run.extract` and the exporters raise."""
    start = time.monotonic()
    result = run.extract(path, settings)
    settle()
    for exporter in outputs.exporters():
        exporter.write(result, out / f"{name}{exporter.SUFFIX}")
    return outcome(name, path, out, "done", result.data, start)


@cache
def settle() -> None:
    """What the first contract has loaded stays for good: the garbage collector need not go through it ever again, which
    takes as long as laying out half a page."""
    gc.collect()
    gc.freeze()


def made_before(job: Job) -> dict[str, Any] | None:
    """The record that stands there, if this version made it from this very file with these settings."""
    data = outputs.loaded(outputs.record(job.out, job.name))
    try:
        about, made = (data or {})["document"], (data or {})["processing"]
        same = about["sha256"] == job.sha256 and about["file_name"] == files.printable(job.path.name)
        made_by = made["pipeline_version"], made["config_sha256"]
    except (KeyError, TypeError):
        return None
    return data if same and made_by == (pipeline.__version__, job.settings.sha256) else None


def outcome(
    name: str, path: Path, out: Path, status: Literal["done", "unchanged"], data: dict[str, Any], start: float
) -> Outcome:
    statuses = [check["status"] for check in data["checks"]]
    return Outcome(
        name,
        str(path),
        status,
        pages=data["document"]["page_count"],
        mismatches=statuses.count("mismatch"),
        unverified=statuses.count("unverified"),
        seconds=round(time.monotonic() - start, 2),
        size=outputs.size(out, name),
    )


def failed(job: Job, reason: str, start: float) -> Outcome:
    return Outcome(job.name, str(job.path), "failed", seconds=round(time.monotonic() - start, 2), reason=reason)
