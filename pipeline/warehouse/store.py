"""The records of a folder, one at a time: `OUT/records/NAME.json` where a batch keeps them apart, else `OUT/NAME.json`.

Whatever makes something of many records reads them here, so that five thousand contracts need the memory of one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RecordError
from pipeline.exporters.json import schema


@dataclass(frozen=True, slots=True)
class Stored:
    """A record on disk: the name it is filed under, its file, and what stands in it."""

    name: str
    path: Path
    data: dict[str, Any]


def records(out: Path) -> Iterator[Stored]:
    """Each record of the folder, by name; RecordError for one that can't be read."""
    for path in paths(out):
        yield Stored(path.stem, path, load(path))


def paths(out: Path) -> list[Path]:
    """The records' files, by name; files that are being written (`.NAME...`) are none."""
    apart = out / "records"
    folder = apart if apart.is_dir() else out
    return sorted(path for path in folder.glob("*.json") if not path.name.startswith("."))


def load(path: Path) -> dict[str, Any]:
    """One record; RecordError if the file can't be read or holds something else."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecordError(f"无法读取记录 {path}：{error}") from error
    if not isinstance(data, dict) or not data.keys() >= set(schema()["required"]):
        raise RecordError(f"{path} 不是合同记录")
    return data
