"""One file's work: read it, write what the exporters make of it, and say how it went."""

from __future__ import annotations

import json
import logging
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import pipeline
from pipeline import discover, run
from pipeline.errors import HetongError
from pipeline.exporters import json as record_file
from pipeline.settings import Settings

log = logging.getLogger("hetong")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file went; `reason` is for a person and only where it failed."""

    name: str
    file: str
    status: Literal["done", "unchanged", "failed"]
    pages: int = 0
    mismatches: int = 0
    unverified: int = 0
    seconds: float = 0.0
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def do(name: str, path: Path, out: Path, settings: Settings) -> Outcome:
    """Makes `out/NAME.*` from `path`; every error becomes a failed outcome, so that no file stops a batch."""
    start = time.monotonic()
    try:
        data = made_before(path, out / f"{name}.json", settings)
        if data is not None:
            return outcome(name, path, "unchanged", data, start)
        return make(name, path, out, settings)
    except HetongError as error:
        return failed(name, path, str(error), start)
    except MemoryError:
        return failed(name, path, "内存不足", start)
    except Exception as error:
        log.exception("%s", path)
        return failed(name, path, f"程序内部错误（{type(error).__name__}: {error}），请反馈此文件", start)


def make(name: str, path: Path, out: Path, settings: Settings) -> Outcome:
    """Makes `out/NAME.*` from `path`, whatever stands there; raises what `run.extract` and the exporters raise."""
    start = time.monotonic()
    result = run.extract(path, settings)
    for exporter in exporters():
        exporter.write(result, out / f"{name}{exporter.SUFFIX}")
    return outcome(name, path, "done", result.data, start)


def exporters() -> list[ModuleType]:
    """All exporters, the record last: where it stands, everything stands."""
    found = discover.modules("pipeline.exporters", "SUFFIX").values()
    return sorted(found, key=lambda module: module is record_file)


def made_before(path: Path, target: Path, settings: Settings) -> dict[str, Any] | None:
    """The record that `target` holds, if this version made it from this very file with these settings."""
    try:
        data: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        made_by = data["processing"]["pipeline_version"], data["processing"]["config_sha256"]
        same = data["document"]["sha256"] == run.sha256_of(path) and data["document"]["file_name"] == path.name
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return data if same and made_by == (pipeline.__version__, settings.sha256) else None


def outcome(name: str, path: Path, status: Literal["done", "unchanged"], data: dict[str, Any], start: float) -> Outcome:
    statuses = [check["status"] for check in data["checks"]]
    return Outcome(
        name,
        str(path),
        status,
        pages=data["document"]["page_count"],
        mismatches=statuses.count("mismatch"),
        unverified=statuses.count("unverified"),
        seconds=round(time.monotonic() - start, 2),
    )


def failed(name: str, path: Path, reason: str, start: float) -> Outcome:
    return Outcome(name, str(path), "failed", seconds=round(time.monotonic() - start, 2), reason=reason)
