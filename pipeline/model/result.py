"""What one run over one file gives: the record, its checks, both lowered to JSON, and what the run cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.model.check import Check
from pipeline.model.page import Page
from pipeline.model.record import Record


@dataclass(frozen=True, slots=True)
class Result:
    """`data` is the record as it leaves the house (schemas/contract.schema.json); `seconds` is by stage.

    `shown` gives a page's picture as the file shows it: uint8 array (height, width, 3), BGR.
    """

    path: Path
    record: Record
    checks: tuple[Check, ...]
    data: dict[str, Any]
    pages: tuple[Page, ...]
    seconds: Mapping[str, float]
    shown: Callable[[Page], Any]

    @property
    def mismatches(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.status == "mismatch")
