"""Files that appear whole or not at all: written aside, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import OutputError


def folder(path: Path) -> Path:
    """The folder, made where it is missing; OutputError if it can't be made or written to."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            return path
    except OSError as error:
        raise OutputError(f"无法写入文件夹 {path}：{error.strerror}") from error


def write_text(path: Path, text: str) -> None:
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes `data` to `path` in one step; OutputError, and nothing half-written, if that fails."""
    with aside(path) as part:
        part.write_bytes(data)


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` when the block ends well, and vanishes when it does not; OutputError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise OutputError(f"无法写入 {path}：{error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def folder_aside(path: Path) -> Iterator[Path]:
    """A new folder to fill that takes the place of `path` when the block ends well, and vanishes otherwise."""
    part, old = (path.with_name(f".{path.name}.{os.getpid()}.{state}") for state in ("part", "old"))
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            path.replace(old)
        part.replace(path)
    except OSError as error:
        raise OutputError(f"无法写入文件夹 {path}：{error.strerror}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def printable(name: str) -> str:
    """A file's name in characters that can be written down; archives from older Windows carry names in GB 18030.

    >>> printable(os.fsdecode("采购合同.pdf".encode("gb18030")))
    '采购合同.pdf'
    """
    try:
        return os.fsencode(name).decode("utf-8")
    except UnicodeDecodeError:
        return os.fsencode(name).decode("gb18030", "replace")
