"""What a folder holds: each file with its content's hash; files with the same bytes are one contract.

Hashing is spared where a file's size and time of change are those of the last run.

>>> a, b = (FileSeen(f"{name}.pdf", "in", 5, 0, "ab12", name) for name in "ab")
>>> [[file.path for file in contract.files] for contract in grouped((a, b))]
[['a.pdf', 'b.pdf']]
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline import run
from pipeline.batch import folder
from pipeline.batch.ledger import FileSeen
from pipeline.errors import InputError
from pipeline.files import printable

# A file that changed within so many seconds may still be being written
FRESH = 2.0


@dataclass(frozen=True, slots=True)
class Contract:
    """One content, and every file that holds it."""

    sha256: str
    files: tuple[FileSeen, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose bytes can't be had: no permission, a broken disk."""

    name: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Census:
    """The files of one folder; `where` leads from a record's name to the file; so many `fresh` ones were left out."""

    seen: tuple[FileSeen, ...]
    unreadable: tuple[Unreadable, ...]
    where: dict[str, Path]
    fresh: int = 0


def take(source: Path, out: Path, known: Iterable[FileSeen], anew: bool = False, fresh: float = 0.0) -> Census:
    """Names and hashes every file below `source`.

    `known` are files seen before, here or elsewhere; `anew` hashes each again; files that changed within `fresh`
    seconds are left for the next time.
    """
    root = str(source.resolve())
    known = tuple(known)
    paths = folder.files(source, out)
    ripe = [path for path in paths if not fresh or age(path) >= fresh]
    names = folder.named(ripe, source, (file.name for file in known if file.folder != root))
    before = {} if anew else {file.path: file for file in known if file.folder == root}
    seen, unreadable = [], []
    for name, path in names.items():
        printed = printable(path.relative_to(source).as_posix())
        try:
            seen.append(looked_at(path, printed, name, root, before.get(printed)))
        except InputError as error:
            unreadable.append(Unreadable(name, printed, str(error)))
    return Census(tuple(seen), tuple(unreadable), names, len(paths) - len(ripe))


def looked_at(path: Path, printed: str, name: str, root: str, before: FileSeen | None) -> FileSeen:
    """The file as it is now; InputError if it can't be read."""
    try:
        facts = path.stat()
    except OSError as error:
        raise InputError(f"无法读取 {path}：{error.strerror}") from error
    same = before is not None and (before.size, before.mtime_ns) == (facts.st_size, facts.st_mtime_ns)
    sha256 = before.sha256 if same and before else run.sha256_of(path)
    return FileSeen(printed, root, facts.st_size, facts.st_mtime_ns, sha256, name)


def age(path: Path) -> float:
    """Seconds since the file changed, also by a clock that is ahead of ours; endless for a file that is gone."""
    try:
        return abs(time.time() - path.stat().st_mtime)
    except OSError:
        return float("inf")


def grouped(files: Iterable[FileSeen]) -> tuple[Contract, ...]:
    """The contracts, in the order in which their first files come."""
    same: dict[str, list[FileSeen]] = defaultdict(list)
    for file in files:
        same[file.sha256].append(file)
    return tuple(Contract(sha256, tuple(held)) for sha256, held in same.items())
