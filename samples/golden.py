"""Rewrites each sample's record.json from what comes out now, to be reviewed as a diff.

    make golden

A sample's expectation is its record without what may change while it stays right: places, confidences, versions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pipeline

HERE = Path(__file__).parent


def names() -> list[str]:
    """Every sample: a folder with a scan."""
    return sorted(path.parent.name for path in HERE.glob("*/contract.pdf"))


def expectation(data: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that must stay as it is."""
    return {key: value for key, value in data.items() if key not in ("document", "processing", "provenance")}


def read(name: str) -> dict[str, Any]:
    """In full precision, the same on every machine: half precision may take a wide bracket for a narrow one."""
    return expectation(pipeline.extract(HERE / name / "contract.pdf", pipeline.Settings(backend="onnxruntime")).data)


def write(name: str) -> None:
    text = json.dumps(read(name), ensure_ascii=False, indent=1)
    (HERE / name / "record.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    for sample in sys.argv[1:] or names():
        write(sample)
