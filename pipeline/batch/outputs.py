"""The files that one contract leaves in `OUT`: `NAME` with each exporter's suffix, the record last.

Where the record stands, everything stands: so a run that is cut off at any point leaves nothing that looks finished.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from pipeline import discover, files
from pipeline.batch.ledger import Entry
from pipeline.errors import OutputError
from pipeline.exporters import json as record_file


def exporters() -> list[ModuleType]:
    """All exporters of one contract's files, the record last."""
    found = discover.modules("pipeline.exporters", "SUFFIX").values()
    return sorted(found, key=lambda module: module is record_file)


def record(out: Path, name: str) -> Path:
    return out / f"{name}{record_file.SUFFIX}"


def beside(out: Path, name: str) -> Iterator[Path]:
    """What stands beside the record."""
    yield from (out / f"{name}{module.SUFFIX}" for module in exporters() if module is not record_file)


def size(out: Path, name: str) -> int:
    """The record's bytes; 0 where there is none."""
    try:
        return record(out, name).stat().st_size
    except OSError:
        return 0


def stands(out: Path, entry: Entry) -> bool:
    """Whether the record is the one that the entry was settled with."""
    return 0 < entry.size == size(out, entry.name)


def loaded(path: Path) -> dict[str, Any] | None:
    """The record, or None where there is none that can be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None


def move(out: Path, old: str, new: str, file_name: str) -> int:
    """Gives the contract's files another name and the record its file's; the new record's bytes, 0 if it is lost.

    Done in the order in which files are made, so that it can be cut off and begun again anywhere. Raises OutputError.
    """
    data = loaded(record(out, old))
    if data is None:
        return 0
    data["document"]["file_name"] = files.printable(file_name)
    try:
        for source, target in zip(beside(out, old), beside(out, new), strict=True):
            if source.exists() and source != target:
                remove(target)
                source.replace(target)
        files.write_text(record(out, new), record_file.text(data))
        if old != new:
            record(out, old).unlink()
    except OSError as error:
        raise OutputError(f"无法把 {old} 的记录改名为 {new}：{error.strerror}") from error
    return size(out, new)


def clear(out: Path, name: str) -> None:
    """Takes the contract's files away, the record first. Raises OutputError."""
    try:
        record(out, name).unlink(missing_ok=True)
        for path in beside(out, name):
            remove(path)
    except OSError as error:
        raise OutputError(f"无法删除 {name} 的旧记录：{error.strerror}") from error


def sweep(out: Path) -> None:
    """Takes away what a run that was cut off left half-written."""
    for kind in (".*.part", ".*.old"):
        for path in out.glob(kind):
            remove(path)


def remove(path: Path) -> None:
    """Takes a file or a folder away, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
