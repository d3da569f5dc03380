"""What a batch survives, and whether its memory stays flat: the same folder undisturbed and under fire.

    python -m bench.endurance FOLDER [--on local] [--workers 2] [--kill-worker 20] [--kill-run 3]

First `hetong ingest` reads FOLDER and is left alone; the memory of its workers is watched. Then another run reads it
into another output with a cache of its own, while a worker drawn at random is ended with SIGKILL every so many seconds,
and the whole run so many times, after which it is begun again. Every file that the two leave must be the same to the
byte. With `--kill-worker 0 --kill-run 0` there is no second run.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 1.0  # seconds between two looks
WORKER = re.compile(rb"spawn_main|ray::(?!\w*Agent)")  # the command line of a process that reads contracts
ENDED = (0, 1, 3, -signal.SIGKILL)  # clean, with mismatches, with files that failed; killed
PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / 1024 / 1024


@dataclass
class Watched:
    """What was seen of one batch: seconds, each look's largest worker in MiB, and what was killed."""

    seconds: float = 0.0
    sizes: list[float] = field(default_factory=list)
    workers: int = 0
    runs: int = 0

    def quarters(self) -> list[tuple[float, float]]:
        """Median and maximum of the largest worker in each quarter of the time."""
        looks = len(self.sizes)
        parts = [self.sizes[looks * n // 4 : looks * (n + 1) // 4] for n in range(4)]
        return [(statistics.median(part), max(part)) for part in parts if part]


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as place:
        calm, fire = Path(place, "calm"), Path(place, "fire")
        first = batch(options, calm, lambda seen, ids: None)
        print(f"undisturbed: {first.seconds:.0f} s, {len(list(calm.glob('*.json')))} records", flush=True)
        for number, (median, largest) in enumerate(first.quarters(), 1):
            print(f"  quarter {number}: largest worker {median:.0f} MiB (median), {largest:.0f} MiB (most)", flush=True)
        if options.kill_worker or options.kill_run:
            second = under_fire(options, fire, first.seconds)
            print(f"under fire: {second.seconds:.0f} s, {second.workers} workers and {second.runs} runs killed")
            report(left(calm), left(fire))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--on", default="local", help="where the work is done")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill-worker", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--kill-run", type=int, default=3, metavar="TIMES")
    return parser.parse_args()


# ---- one batch


def batch(options: argparse.Namespace, out: Path, disturb: Callable[[Watched, Sequence[int]], None]) -> Watched:
    """Reads the folder until everything is done; `disturb` is told at every look which workers live."""
    seen, start = Watched(), time.monotonic()
    while watched(options, out, seen, disturb) == -signal.SIGKILL:
        pass
    seen.seconds = time.monotonic() - start
    return seen


def watched(
    options: argparse.Namespace, out: Path, seen: Watched, disturb: Callable[[Watched, Sequence[int]], None]
) -> int:
    """One run from its start to its end, how ever it ended; SystemExit where it failed."""
    how = ["--on", options.on, "--workers", str(options.workers)]
    command = [sys.executable, "-m", "pipeline", "ingest", str(options.folder), "-o", str(out), *how]
    own_cache = os.environ | {"HETONG_CACHE_DIR": str(out.with_name(f"{out.name}-cache"))}
    with out.with_name(f"{out.name}.log").open("w") as said:
        run = subprocess.Popen(command, stdout=said, stderr=said, env=own_cache)
    while run.poll() is None:
        ids = workers(run.pid)
        seen.sizes.append(max(map(resident, ids), default=0.0))
        disturb(seen, (run.pid, *ids))
        time.sleep(EVERY)
    if run.returncode not in ENDED:
        raise SystemExit(f"hetong ingest ended with {run.returncode}: {out.with_name(f'{out.name}.log').read_text()}")
    return run.returncode


def under_fire(options: argparse.Namespace, out: Path, calm: float) -> Watched:
    """The batch again: a worker is killed at every interval, the run at even shares of the time the first one took."""
    shots = [calm * (n + 1) / (options.kill_run + 1) for n in range(options.kill_run)]
    start = time.monotonic()
    worker_at = options.kill_worker or float("inf")

    def disturb(seen: Watched, ids: Sequence[int]) -> None:
        nonlocal worker_at
        now, (run, *living) = time.monotonic() - start, ids
        if shots and now >= shots[0]:
            shots.pop(0)
            seen.runs += end(run)
        elif now >= worker_at and living:
            worker_at = now + options.kill_worker
            seen.workers += end(random.choice(living))

    return batch(options, out, disturb)


def report(expected: dict[str, bytes], found: dict[str, bytes]) -> None:
    """Says whether the outputs are the same; SystemExit where they differ."""
    other = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
    if other:
        raise SystemExit(f"{len(other)} of {len(expected)} files differ: {', '.join(other[:9])}")
    print(f"all {len(expected)} files are the same to the byte")


def left(out: Path) -> dict[str, bytes]:
    """Every file that a batch leaves; the ledger holds times and is for the batch alone."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith((".", "ledger.")))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


# ---- processes


def workers(root: int) -> list[int]:
    """The worker processes below process `root`."""
    parents = dict(processes())
    found = [pid for pid in parents if root in ancestors(pid, parents)]
    return [pid for pid in found if WORKER.search(command_line(pid))]


def processes() -> Iterator[tuple[int, int]]:
    """Each process and its parent."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                yield int(folder.name), int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue


def ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while (pid := parents.get(pid, 0)) > 1:
        yield pid


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def resident(pid: int) -> float:
    """MiB of memory that the process holds; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MIB
    except (OSError, IndexError):
        return 0.0


def end(pid: int) -> bool:
    """Whether the process was there to be killed."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main()
