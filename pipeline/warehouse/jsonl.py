"""`records.jsonl`: every record of a batch, one a line, each valid by the schema as it stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pipeline import files
from pipeline.warehouse.store import Stored

FILE = "records.jsonl"


@contextmanager
def output(out: Path, lang: Literal["zh", "en"]) -> Iterator[Callable[[Stored], None]]:
    """Takes the records one by one; the file appears when the block ends well."""
    with files.aside(out / FILE) as part, part.open("w", encoding="utf-8", newline="\n") as lines:

        def add(stored: Stored) -> None:
            lines.write(json.dumps(stored.data, ensure_ascii=False, separators=(",", ":")) + "\n")

        yield add
