"""A folder of contracts in parallel processes: one bad file, even one that kills its worker, fails alone."""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, as_completed
from pathlib import Path

from pebble import ProcessExpired, ProcessPool

from pipeline import files
from pipeline.batch import folder, work
from pipeline.batch.work import Outcome
from pipeline.settings import Settings

# Every so many files a worker is replaced, so that memory stays flat however long the batch is.
FILES_A_WORKER = 50


def ingest(
    source: Path, out: Path, settings: Settings, progress: Callable[[Outcome, int], None] | None = None
) -> tuple[Outcome, ...]:
    """Does every contract below `source` that is missing or changed, into `out`; `progress` hears of each.

    Raises InputError if there is nothing to do and OutputError if `out` can't be written; a file's own failure is in
    its outcome and in `out/failures.csv`.
    """
    contracts = folder.contracts(source, out)
    files.folder(out)
    outcomes = []
    for outcome in do_all(contracts, out, settings):
        outcomes.append(outcome)
        if progress:
            progress(outcome, len(contracts))
    outcomes.sort(key=lambda outcome: outcome.name)
    write_failures(outcomes, out / "failures.csv")
    return tuple(outcomes)


def do_all(contracts: dict[str, Path], out: Path, settings: Settings) -> Iterator[Outcome]:
    """Outcomes as they come."""
    # fork would copy inference threads in an unusable state
    context = multiprocessing.get_context("spawn")
    workers = min(settings.workers or os.cpu_count() or 1, len(contracts))
    with ProcessPool(max_workers=workers, max_tasks=FILES_A_WORKER, context=context) as pool:
        futures: dict[Future[Outcome], tuple[str, Path]] = {
            pool.schedule(work.do, args=(name, path, out, settings), timeout=settings.timeout): (name, path)
            for name, path in contracts.items()
        }
        try:
            for future in as_completed(futures):
                yield outcome_of(future, *futures[future], settings.timeout)
        except BaseException:
            # without waiting for the files that are under way
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def outcome_of(future: Future[Outcome], name: str, path: Path, timeout: int) -> Outcome:
    """The worker's outcome, or a failed one where the worker died or ran out of time."""
    try:
        return future.result()
    except TimeoutError:
        reason = f"处理超过 {timeout} 秒，已中止"
    except ProcessExpired as error:
        reason = f"处理进程意外终止（退出码 {error.exitcode}）"
    except CancelledError:
        reason = "已取消"
    return Outcome(name, str(path), "failed", reason=reason)


def write_failures(outcomes: list[Outcome], path: Path) -> None:
    """The failed files with their reasons, for a spreadsheet; no file where none failed."""
    failures = [outcome for outcome in outcomes if outcome.status == "failed"]
    if not failures:
        path.unlink(missing_ok=True)
        return
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(("文件", "原因"))
    writer.writerows((defused(failure.file), defused(failure.reason or "")) for failure in failures)
    # the byte order mark is what makes Excel read UTF-8
    files.write_text(path, "\ufeff" + table.getvalue())


def defused(text: str) -> str:
    """Text that a spreadsheet won't take for a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
