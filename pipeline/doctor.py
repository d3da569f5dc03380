"""What is installed and works: each engine loaded and tried on a small picture of digits, and the folders it needs."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import pipeline
from pipeline import discover, files, run, settings
from pipeline.errors import HetongError
from pipeline.ocr import network

SAMPLE = "2024"
DEFAULT_ENGINE = "rapid"


@dataclass(frozen=True, slots=True)
class Finding:
    """One component; an optional one may be missing."""

    name: str
    works: bool
    detail: str
    optional: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        mark = "✓" if self.works else "·" if self.optional else "✗"
        return f"{mark} {self.name:<18} {self.detail}"


def examine() -> tuple[Finding, ...]:
    """Everything a run can need, tried for real."""
    options = settings.load()
    return (
        Finding("hetong", True, f"{pipeline.__version__}  Python {platform.python_version()}  {sys.platform}"),
        *engines(),
        *backends(options.backend),
        tried("cache", lambda: str(files.folder(options.cache_dir))),
        tried("temporary files", lambda: str(files.folder(Path(tempfile.gettempdir())))),
    )


def engines() -> Iterator[Finding]:
    for name in discover.modules("pipeline.ocr", "Engine"):
        if name != "recorded":
            yield tried(f"engine {name}", lambda name=name: reads(name), optional=name != DEFAULT_ENGINE)  # type: ignore[misc]


def backends(asked: str) -> Iterator[Finding]:
    """What can run the networks, in which precision, and which of them is used."""
    for name in discover.modules(network.PACKAGE, "Network"):
        yield tried(f"backend {name}", lambda name=name: precision(name, asked), optional=name != asked)  # type: ignore[misc]


def precision(name: str, asked: str) -> str:
    used = f"  ← {asked}" if network.chosen(asked) == name else ""
    return network.backend(name).precision() + used


def reads(name: str) -> str:
    """The engine's version, once it has read the sample; HetongError if it can't."""
    engine = run.engine_named(name, run.compute_of(settings.load()))
    picture = np.full((200, 600, 3), 255, np.uint8)
    cv2.putText(picture, SAMPLE, (120, 130), cv2.FONT_HERSHEY_SIMPLEX, 3, (0, 0, 0), 6, cv2.LINE_AA)
    text = "".join(line.text for line in engine.read(picture))
    if SAMPLE not in text:
        raise HetongError(f"{engine.version}：把 {SAMPLE} 读成了“{text}”")
    return engine.version


def tried(name: str, attempt: Callable[[], str], optional: bool = False) -> Finding:
    try:
        return Finding(name, True, attempt(), optional)
    except HetongError as error:
        return Finding(name, False, str(error), optional)
