"""The contracts of a folder, and the name of each one's record.

A record is named after its file's path below the folder, without the suffix: `2024/a.pdf` makes `2024__a.json`. Where
two files would make the same record, each keeps its suffix: `a.pdf` and `a.png` make `a.pdf.json` and `a.png.json`;
where that is not enough (`a/b.pdf`, `a__b.pdf`), a hash of the path is added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


def contracts(folder: Path, out: Path) -> dict[str, Path]:
    """Record name -> file, for every PDF and image below `folder` but not in `out`; InputError if there is none."""
    if not folder.is_dir():
        raise InputError(f"没有这个文件夹：{folder}")
    inside = out.resolve()
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and inside not in path.resolve().parents
    )
    if not found:
        raise InputError(f"文件夹 {folder} 中没有 PDF 或图片")
    return named(found, folder)


def named(paths: list[Path], folder: Path) -> dict[str, Path]:
    """A name for each path, unique also where case is ignored: the shortest form that no other path has."""
    forms = {path: tuple(name_forms(path.relative_to(folder))) for path in paths}
    shared = Counter(form.casefold() for candidates in forms.values() for form in set(candidates))
    return {next(form for form in forms[path] if shared[form.casefold()] == 1): path for path in paths}


def name_forms(path: Path) -> Iterator[str]:
    """From the shortest to one that only this path has."""
    yield "__".join(path.with_suffix("").parts)
    yield "__".join(path.parts)
    yield "__".join(path.parts) + "~" + hashlib.sha256(path.as_posix().encode()).hexdigest()[:8]
