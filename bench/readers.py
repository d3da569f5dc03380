"""The readers that are timed side by side, each in a process of its own, on one thread; and what a reading costs.

| reader | what it does |
| --- | --- |
| hetong | the whole way from the scan to the checked record, without the page cache |
| rapidocr | RapidOCR as shipped, text only, on page images that were turned upright for it beforehand |
| tesseract | Tesseract with chi_sim, text only, on the same images |
| floor | hetong's networks alone, on the page's own inputs, batched as they run fastest: no reader could take less |
| session.run | the same in ONNX Runtime, in full precision: the floor of every processor without bfloat16 |

>>> one, two = Cost(2, 3.0, 3.5), Cost(1, 1.0, 1.5)
>>> Cost.sum([one, two])
Cost(pages=3, wall=4.0, cpu=5.0, peak_mib=0, texts=(), stages={})
"""

from __future__ import annotations

import itertools
import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np

from pipeline.ocr.network import Array, Compute, Network

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
NARROW, TOGETHER = 192, 4  # rows up to so many columns run faster together


@dataclass(frozen=True, slots=True)
class Cost:
    """What some pages cost: seconds on the clock and of the processor, and the process's peak memory."""

    pages: int
    wall: float
    cpu: float
    peak_mib: int = 0
    texts: tuple[str, ...] = ()
    stages: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def sum(costs: Sequence[Cost]) -> Cost:
        stages: Counter[str] = Counter()
        for cost in costs:
            stages.update(cost.stages)
        return Cost(
            sum(cost.pages for cost in costs),
            sum(cost.wall for cost in costs),
            sum(cost.cpu for cost in costs),
            max((cost.peak_mib for cost in costs), default=0),
            tuple(itertools.chain.from_iterable(cost.texts for cost in costs)),
            dict(stages),
        )


@dataclass(slots=True)
class Reading:
    """The texts of a file's pages, and the seconds of each stage where the reader knows them."""

    texts: tuple[str, ...]
    stages: Mapping[str, float] = field(default_factory=dict)


class Reader(Protocol):
    """`prepared` is not timed, `read` is."""

    def prepared(self, path: Path) -> Any: ...

    def read(self, prepared: Any) -> Reading: ...


class Hetong:
    """The whole pipeline, as a worker of a batch runs it."""

    def prepared(self, path: Path) -> Path:
        return path

    def read(self, prepared: Path) -> Reading:
        import pipeline
        from pipeline.batch import work

        result = pipeline.extract(prepared, pipeline.Settings(cache=False, text_layer="never"))
        work.settle()
        texts = tuple("\n".join(line.text for line in page.lines) for page in result.pages)
        return Reading(texts, dict(result.seconds))


class RapidOcr:
    """RapidOCR with its own settings but for the number of threads."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR

        one = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
        self.engine = RapidOCR(params=one)

    def prepared(self, path: Path) -> list[Any]:
        return upright_pages(path)

    def read(self, prepared: Sequence[Any]) -> Reading:
        return Reading(tuple("\n".join(getattr(self.engine(page), "txts", None) or ()) for page in prepared))


class Tesseract:
    """Tesseract with the language pack for simplified Chinese."""

    def prepared(self, path: Path) -> list[Any]:
        return upright_pages(path)

    def read(self, prepared: Sequence[Any]) -> Reading:
        import pytesseract

        return Reading(tuple(pytesseract.image_to_string(page[:, :, ::-1], lang="chi_sim") for page in prepared))


class Floor:
    """The networks alone; what they are given is noted while the engine reads the pages, untimed."""

    def __init__(self, backend: str = "auto") -> None:
        from pipeline.ocr.rapid import Engine

        self.engine = Engine(Compute(backend=backend))
        self.detector, self.recogniser = self.engine.detector.network, self.engine.recogniser.network

    def prepared(self, path: Path) -> list[tuple[Network, Array]]:
        from pipeline.ocr import rings, seals

        pages, rows = Noted(self.detector), Noted(self.recogniser)
        self.engine.detector.network, self.engine.recogniser.network = cast(Network, pages), cast(Network, rows)
        for image in upright_pages(path):
            plain = seals.without_seals(image)
            found = rings.find(plain)
            cleared = rings.without_rings(plain, found)
            self.engine.read(rings.with_rings(cleared, plain, found), cleared)
        self.pages = len(pages.blobs)
        return [*((self.detector, blob) for blob in pages.blobs), *((self.recogniser, b) for b in batched(rows.blobs))]

    def read(self, prepared: Sequence[tuple[Network, Array]]) -> Reading:
        for network, blob in prepared:
            network(blob)
        return Reading(("",) * self.pages)


class Noted:
    """A network that keeps what it is given."""

    def __init__(self, network: Network) -> None:
        self.network, self.blobs = network, list[Array]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.network, name)

    def __call__(self, blob: Array) -> Array:
        self.blobs.append(blob.copy())
        return self.network(blob)


def batched(rows: Iterable[Array]) -> Iterator[Array]:
    """The rows by width, narrow ones together: what suits few cores best."""
    for width, alike in itertools.groupby(sorted(rows, key=lambda row: row.shape[3]), key=lambda row: row.shape[3]):
        size = TOGETHER if width <= NARROW else 1
        yield from map(np.concatenate, chunks(list(alike), size))


def chunks(rows: Sequence[Array], size: int) -> Iterator[Sequence[Array]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))


def upright_pages(path: Path) -> list[Any]:
    from pipeline.ocr import images

    return [page.pixels for page in images.open_pages(path, text_layer="never")]


READERS: Mapping[str, Callable[[], Reader]] = {
    "hetong": Hetong,
    "rapidocr": RapidOcr,
    "tesseract": Tesseract,
    "floor": Floor,
    "session.run": partial(Floor, "onnxruntime"),
}


@cache
def reader(name: str) -> Reader:
    """The reader, made once a process."""
    import cv2

    cv2.setNumThreads(1)
    return READERS[name]()


def warmed(name: str, path: Path) -> None:
    """The reader loaded, and everything done once that is done only once."""
    found = reader(name)
    found.read(found.prepared(path))


def measured(name: str, path: Path) -> Cost:
    """What the reader takes for the file's pages."""
    found = reader(name)
    prepared = found.prepared(path)
    wall, cpu = time.perf_counter(), cpu_seconds()
    reading = found.read(prepared)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    return Cost(len(reading.texts), wall, cpu, peak_mib(), reading.texts, reading.stages)


def cpu_seconds() -> float:
    """Of this process and of the programs that it ran."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def one_thread() -> None:
    """For all processes that are started from here on."""
    os.environ.update(ONE_THREAD)
