"""A folder of contracts, read with nothing lost and nothing done twice, whatever is cut off at whatever moment.

Each pass counts the folder's files, compares them with the ledger, renames the records of renamed files, and has the
rest read by an executor. The order of writing makes it safe to be cut off anywhere: what is to be done is noted before
it begins, a record appears whole and after all that stands beside it, and only then the ledger says so. One run writes
to a folder at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from pipeline import discover, files
from pipeline.batch import ledger, lists, outputs, watch, work
from pipeline.batch.ahead import read_ahead
from pipeline.batch.alone import alone
from pipeline.batch.dispatch import Calls, dispatch
from pipeline.batch.executors import Call, Executor, Limits
from pipeline.batch.ledger import Entry, Ledger
from pipeline.batch.plan import Choice, waiting
from pipeline.batch.survey import Survey, survey
from pipeline.batch.work import Job, Outcome
from pipeline.errors import UsageError
from pipeline.settings import Settings

Progress: TypeAlias = Callable[[Outcome, int], None]


def ingest(
    source: Path, out: Path, settings: Settings, choice: Choice | None = None, progress: Progress | None = None
) -> Generator[tuple[Outcome, ...], None, None]:
    """Does all that `source` holds, into `out`, and gives each contract's outcome; with `watch`, again at each change.

    `progress` hears of each contract as it ends, and of how many there are. Raises InputError if there is nothing to
    do and OutputError if `out` can't be written; a file's own failure is in its outcome and in `out/failures.csv`.
    """
    choice = choice or Choice()
    with alone(files.folder(out)), ledger.opened(out) as book, closing(executor_of(settings)) as executor:
        found = survey(source, out, settings, choice, book)
        yield carried_out(found, out, settings, book, executor, progress)
        if not choice.watch:
            return
        later = replace(choice, force=False, retry_failed=False)
        for changed in watch.moments(source):
            if changed or found.census.fresh:
                found = survey(source, out, settings, later, book)
                yield carried_out(found, out, settings, book, executor, progress)


def rehearsed(source: Path, out: Path, settings: Settings, choice: Choice) -> tuple[str, ...]:
    """What `ingest` would do, a line each; nothing is written. Raises InputError if there is nothing to do."""
    if not (out / ledger.FILE).is_file():
        return survey(source, out, settings, choice, None).lines()
    with ledger.looked_at(out) as book:
        return survey(source, out, settings, choice, book).lines()


def executor_of(settings: Settings) -> Executor:
    """The place where the work is done; UsageError if there is none of that name, or it is not installed."""
    places = discover.modules("pipeline.batch.executors", "Executor")
    if settings.on not in places:
        raise UsageError(f"没有名为 {settings.on} 的执行方式；可用：{'、'.join(places)}")
    limits = Limits(settings.timeout, settings.memory)
    return places[settings.on].Executor(settings.workers, limits)  # type: ignore[no-any-return]


def carried_out(
    found: Survey, out: Path, settings: Settings, book: Ledger, executor: Executor, progress: Progress | None
) -> tuple[Outcome, ...]:
    """Does what the survey plans, and writes the lists of how it went."""
    tell = progress or (lambda outcome, total: None)
    worked = set[str]()
    with run_of(found, book, executor):
        todo = (*found.plan.todo, *tidied(found, out, book))
        for outcome in found.outcomes(book.entries(), worked):
            tell(outcome, found.total)
        for entry in dispatch(todo, book, executor, calls_of(found, out, settings), settings.attempts):
            worked.add(entry.sha256)
            if entry.status == "failed":
                outputs.clear(out, entry.name)
            tell(found.outcome(entry, True), found.total)
    outcomes = found.outcomes(book.entries(), worked)
    lists.write(outcomes, out)
    return outcomes


@contextmanager
def run_of(found: Survey, book: Ledger, executor: Executor) -> Iterator[None]:
    """The run as the ledger shows it to those who look on; what an error cuts off waits for the next one."""
    book.began(found.root, executor.capacity)
    try:
        yield
    finally:
        book.ended()


def tidied(found: Survey, out: Path, book: Ledger) -> tuple[Entry, ...]:
    """Brings ledger and records up to what the folder holds now; entries whose record turned out to be lost."""
    lost = []
    outputs.sweep(out)
    for move in found.plan.moves:
        size = outputs.move(out, move.name, move.to.name, found.path(move.to).name)
        lost += [] if size else [waiting(move.to)]
        book.enrol([replace(move.to, size=size) if size else waiting(move.to)])
    for name in (*found.plan.stale, *(entry.name for entry in found.plan.failed)):
        outputs.clear(out, name)
    book.saw(found.root, found.census.seen)
    book.forget(found.gone)
    book.enrol((*found.plan.todo, *found.plan.kept, *found.plan.failed))
    return tuple(lost)


def calls_of(found: Survey, out: Path, settings: Settings) -> Calls:
    """The work as executors are given it, wherever they do it. Helpers need the cache: without one there are none."""
    settings = settings.model_copy(update={"cache_dir": settings.cache_dir.absolute()})

    def read(entry: Entry) -> Call:
        path = found.path(entry).absolute()
        return partial(work.do, Job(entry.name, path, out.absolute(), entry.sha256, settings, found.anew))

    def ahead(entry: Entry, helper: int) -> Call:
        return partial(read_ahead, found.path(entry).absolute(), helper, settings)

    return Calls(read, ahead if settings.cache else None)
