"""What more workers give: pages a minute of a whole batch, and the share of the ideal that so many workers reach.

    python -m bench.scaling FOLDER [--workers 1,2] [--on local]

Each number of workers ingests the folder into an output of its own, without the page cache; the time includes the
start of the workers. Efficiency is pages a minute over those of the first number, each
divided by its workers. The outputs are compared: other bytes in any record are an error.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pipeline.batch.ingest import ingest
from pipeline.settings import Settings


def measured(folder: Path, out: Path, workers: int, on: str) -> tuple[int, float]:
    """Pages of the batch, and the seconds that it took."""
    start = time.perf_counter()
    with closing(ingest(folder, out, Settings(workers=workers, on=on, cache=False))) as passes:
        pages = sum(outcome.pages for outcome in next(passes))
    return pages, time.perf_counter() - start


def records(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.json")}


def rows(folder: Path, numbers: list[int], on: str) -> Iterator[str]:
    """A line a number of workers."""
    expected: dict[str, bytes] = {}
    alone = 0.0
    for workers in numbers:
        with tempfile.TemporaryDirectory() as place:
            out = Path(place)
            pages, seconds = measured(folder, out, workers, on)
            expected = expected or records(out)
            if records(out) != expected:
                raise SystemExit(f"{workers} workers: other records than {numbers[0]}")
        speed = pages / seconds * 60
        alone = alone or speed / workers
        share = speed / workers / alone
        yield f"{workers:>3} workers  {pages:>5} pages  {seconds:8.1f} s  {speed:7.1f} pages/min  {share:4.0%}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", default="1,2", metavar="N[,N]")
    parser.add_argument("--on", default="local", help="where the work is done")
    options = parser.parse_args()
    for line in rows(options.folder, [int(number) for number in options.workers.split(",")], options.on):
        print(line, flush=True)


if __name__ == "__main__":
    main()
