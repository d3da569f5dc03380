"""Idle workers read ahead in the contracts that others are busy with: the pages of a long one spread over all cores.

A contract's own worker reads from the first page on. A helper reads the same file backwards into the page cache, until
it comes to a page that is there already; what it has read the other finds when it gets there. Nobody waits for anybody,
and the record is the same whoever read a page. The first helper begins with the last page, the second in the middle,
the next ones halfway between.

>>> [share(helper) for helper in (1, 2, 3, 4, 5)]
[1.0, 0.5, 0.75, 0.25, 0.875]
>>> list(backwards(0.5, 10))
[5, 4, 3, 2, 1]
"""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

from pipeline import run
from pipeline.cache import PageCache
from pipeline.errors import HetongError
from pipeline.ocr import images
from pipeline.settings import Settings
from pipeline.timing import Stages


def read_ahead(path: Path, helper: int, settings: Settings) -> int:
    """How many pages the contract's helper of this number read; an error is left for the contract's own worker."""
    engine = run.engine_named(settings.engine, run.compute_of(settings))
    cache, read = PageCache(settings.cache_dir), 0
    limits = images.Limits(settings.max_pages, settings.max_pixels)
    order = partial(backwards, share(helper))
    try:
        for image in images.open_pages(path, limits, engine.legible, settings.text_layer, order):
            if image.text or cache.get(run.page_key(image, engine)):
                break
            run.read_or_remember(image, engine, cache, Stages())
            read += 1
    except HetongError:
        pass
    return read


def share(helper: int) -> float:
    """Where in the file the helper begins: van der Corput's sequence, from the end."""
    halves, rest, place = 0.5, helper - 1, 0.0
    while rest:
        place += halves * (rest % 2)
        halves, rest = halves / 2, rest // 2
    return 1.0 - place


def backwards(begin: float, count: int) -> range:
    """The numbers of the pages from that share of `count` pages down to the first."""
    return range(math.ceil(count * begin), 0, -1)
