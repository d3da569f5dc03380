"""Replays pages that were read before: for tests, demonstrations and reports of faults, where no network may run.

A recording is a folder of pages, each kept under a hash of its image (`record` adds one). The environment variable
HETONG_RECORDED names the folder that is replayed.

>>> import tempfile
>>> import numpy as np
>>> from pipeline.model.page import Frame, Page
>>> folder, image = Path(tempfile.mkdtemp()), np.zeros((2, 2, 3), np.uint8)
>>> record(folder, image, Page(1, 2, 2, 200, "scan", Frame(2, 2), ()))
>>> Engine(folder=folder).read(image)
()
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.cache import PageCache, key_of
from pipeline.errors import EngineError, EngineMissingError
from pipeline.model.page import Line, Page
from pipeline.model.source import Box
from pipeline.ocr import engine
from pipeline.ocr.engine import Pixels
from pipeline.ocr.network import DEFAULT, Compute

FOLDER = "HETONG_RECORDED"


class Engine(engine.Engine):
    """Knows the pages of one recording; any other page is an error, and no crop is legible."""

    name = "recorded"
    version = "1"

    def __init__(self, compute: Compute = DEFAULT, folder: Path | None = None) -> None:
        named = folder or os.environ.get(FOLDER)
        if not named:
            raise EngineMissingError(f"recorded 引擎需要环境变量 {FOLDER} 指明录制页面所在的文件夹")
        self.pages = PageCache(Path(named))

    @property
    def inference(self) -> Mapping[str, float]:
        return {}

    def read(self, image: Pixels, cleared: Pixels | None = None) -> tuple[Line, ...]:
        page = self.pages.get(recorded_key(image))
        if page is None:
            raise EngineError(f"录制中没有这一页：{self.pages.folder}")
        return page.lines

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        return tuple(Line((), Box(0, 0, crop.shape[1], crop.shape[0]), 0.0) for crop in crops)


def record(folder: Path, image: Pixels, page: Page) -> None:
    """Adds a page to a recording."""
    PageCache(folder).put(recorded_key(image), page)


def recorded_key(image: Pixels) -> str:
    return key_of(image, Engine.name, Engine.version)
