"""The contracts of a folder, and the name of each one's record.

A record is named after its file's path below the folder, without the suffix: `2024/a.pdf` makes `2024__a.json`. Where
two files would make the same record, each keeps its suffix: `a.pdf` and `a.png` make `a.pdf.json` and `a.png.json`;
where that is not enough (`a/b.pdf`, `a__b.pdf`), a hash of the path is added. A name that would be too long for a file
system is cut, and a hash tells it from others that begin alike.

>>> list(name_forms(Path("2024/合同.pdf")))[:2]
['2024__合同', '2024__合同.pdf']
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.files import printable

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
# File systems take 255 bytes; exporters add their suffixes, and files are written aside under longer names
LONGEST = 180


def files(folder: Path, out: Path) -> list[Path]:
    """Every PDF and image below `folder` but not in `out`, by path; hidden ones are other programs' leavings."""
    if not folder.is_dir():
        raise InputError(f"没有这个文件夹：{folder}")
    inside = out.resolve()
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and inside not in path.resolve().parents
    )


def named(paths: list[Path], folder: Path, taken: Iterable[str] = ()) -> dict[str, Path]:
    """A record's name for each path: the shortest form that no other has, also where case is ignored.

    `taken` are names of records that belong to other folders' files.
    """
    forms = {path: tuple(name_forms(path.relative_to(folder), folder)) for path in paths}
    shared = Counter(form.casefold() for candidates in forms.values() for form in set(candidates))
    shared.update(2 * [name.casefold() for name in taken])
    return {next(form for form in forms[path] if shared[form.casefold()] == 1): path for path in paths}


def name_forms(path: Path, folder: Path = Path()) -> Iterator[str]:
    """From the shortest to one that only this path of this folder has."""
    for parts in (path.with_suffix("").parts, path.parts):
        yield shortened("__".join(parts))
    for whole in (path, folder.absolute() / path):
        yield shortened("__".join(path.parts), mark(whole))


def shortened(name: str, ending: str = "") -> str:
    """The name in UTF-8, cut where it is too long; what was cut off is told by a hash.

    >>> shortened("采购合同"), shortened("采购" * 40 + "合同")[-11:]
    ('采购合同', '购采~4381a7df')
    """
    legible = printable(name)
    if legible == name and len((name + ending).encode()) <= LONGEST:
        return name + ending
    ending = ending or mark(Path(name))
    return legible.encode()[: LONGEST - len(ending)].decode(errors="ignore") + ending


def mark(path: Path) -> str:
    return "~" + hashlib.sha256(os.fsencode(path.as_posix())).hexdigest()[:8]
