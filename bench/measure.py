"""One contract made, read and scored; scores are kept in a folder, so that a long measurement can be taken up again.

A kept score is good for the code that made it: its folder is named by a hash of the sources of reader, generator and
scorer, so another version measures anew and nothing stale is counted. A contract that can't be read at all is no silent
error: all its figures count as flagged, and it is told by name.
"""

from __future__ import annotations

import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pipeline
from bench.compared import Counts, Json
from bench.scoring import score
from bench.shelf import shelved, sources
from bench.synth.make import Contract, made
from pipeline.errors import HetongError

GENERATOR = ("bench/synth/**/*", *(f"bench/{name}.py" for name in ("effects", "scanning", "seals")))
BEARING = ("pipeline/**/*.py", *GENERATOR, *(f"bench/{name}.py" for name in ("compared", "money", "scoring")))
UNREAD = {
    "rule": "read",
    "status": "unverified",
    "severity": "error",
    "refs": ["/amounts", "/installments", "/line_item_tables"],
}


@dataclass(frozen=True, slots=True)
class Score:
    """What came of one contract; `counts` hold its pages and the milliseconds of reading too."""

    seed: int
    profile: str
    kind: str
    ruling: str
    counts: dict[str, int]
    silent: list[str]
    failed: str | None = None

    @property
    def name(self) -> str:
        return f"{self.profile} {self.seed} {self.kind}"


def measured(seed: int, profile: str, cache: Path | None = None) -> Score:
    """The score of one contract, read on one thread; scans and pages are taken from the cache if there is one."""
    contract = scanned(seed, profile, cache)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{seed}.pdf"
        path.write_bytes(contract.pdf)
        record, milliseconds, failed = read(path, cache)
    counts, silent = score(contract.truth, record)
    counts.update(
        {"time.ms": milliseconds, "time.pages": contract.truth["page_count"], "failed": int(failed is not None)}
    )
    deal = contract.deal
    return Score(seed, profile, deal.kind, deal.look.ruling, dict(counts), silent, failed)


def scanned(seed: int, profile: str, cache: Path | None) -> Contract:
    """The contract; a scan takes as long to make as to read, so the cache keeps it for as long as the generator's code
    stays the same."""
    if cache is None:
        return made(seed, profile)
    path = cache / "scans" / sources(GENERATOR) / f"{seed:05}-{profile}.pickle"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        aside.write_bytes(pickle.dumps(made(seed, profile)))
        aside.replace(path)
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]


def read(path: Path, cache: Path | None = None) -> tuple[Json, int, str | None]:
    """The record, the milliseconds it took, and what went wrong."""
    start = time.perf_counter()
    try:
        settings = pipeline.Settings(threads=1, cache=cache is not None, cache_dir=(cache or path.parent) / "pages")
        record, failed = pipeline.extract(path, settings).data, None
    except HetongError as error:
        record, failed = {"checks": [UNREAD]}, str(error)
    return record, round(1000 * (time.perf_counter() - start)), failed


def measurements(
    wanted: list[tuple[int, str]], jobs: int, work: Path | None, cache: Path | None = None
) -> Iterator[Score]:
    """The scores in the order in which they are wanted; those that `work` holds are taken from there."""
    folder = work / sources(BEARING) if work else None
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(kept, folder=folder, cache=cache), wanted)


def kept(one: tuple[int, str], folder: Path | None, cache: Path | None) -> Score:
    """The score from the folder, or made and left there."""
    seed, profile = one
    path = folder / f"{seed:05}-{profile}.json" if folder else None
    return Score(**shelved(path, lambda: asdict(measured(seed, profile, cache))))


def told(one: Score) -> None:
    """Every silent error and every unreadable contract as it is met, on stderr."""
    lines = [f"SILENT {one.name} {value}" for value in one.silent]
    lines += [f"NOT READ {one.name} {one.failed}"] if one.failed else []
    for line in lines:
        print(line, file=sys.stderr, flush=True)


def added(scores: list[Score]) -> Counts:
    counts: Counts = Counter()
    for one in scores:
        counts.update(one.counts)
    return counts
