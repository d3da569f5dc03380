"""Pages that were read, kept on disk: only OCR is slow, so only pages are worth keeping.

An entry's name is a hash of all that bears on its content: the page image's pixels, the engine, its version, and the
options it read with. So no entry ever goes stale, and a damaged one is as good as none.

>>> import tempfile
>>> from pipeline.model.page import Frame
>>> kept = PageCache(Path(tempfile.mkdtemp()))
>>> key = key_of(np.zeros((2, 2, 3), np.uint8), "rapid", "3.10.0+1")
>>> kept.get(key) is None
True
>>> kept.put(key, Page(1, 2, 2, 200, "scan", Frame(2, 2), ()))
>>> kept.get(key).source
'scan'
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.model.mesh import Mesh
from pipeline.model.page import Frame, Line, Page, Ruling, Word
from pipeline.model.source import Box

FORMAT = 1  # of an entry: to be raised when a page's parts change


def key_of(pixels: npt.NDArray[np.uint8], engine: str, version: str, options: str = "") -> str:
    """The name of the page's entry; `options` is whatever else bears on what is read."""
    about = json.dumps([FORMAT, pixels.shape, engine, version, options], ensure_ascii=False)
    digest = hashlib.sha256(about.encode())
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class PageCache:
    """Entries in `folder`, which is made when the first is kept."""

    folder: Path

    def get(self, key: str) -> Page | None:
        """The page kept under `key`; None if there is none, or if it can't be read."""
        try:
            return page_from(json.loads(self.path(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, key: str, page: Page) -> None:
        """Keeps the page; a full or read-only disk costs the entry, not the run."""
        try:
            write(self.path(key), json.dumps(page_as_json(page), ensure_ascii=False, separators=(",", ":")))
        except OSError:
            return

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def write(path: Path, text: str) -> None:
    """Writes aside, then renames: a reader sees the whole file or none, also when two processes write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".new", delete=False) as aside:
        try:
            aside.write(text)
            aside.close()
            os.replace(aside.name, path)
        except OSError:
            os.unlink(aside.name)
            raise


def page_as_json(page: Page) -> dict[str, Any]:
    """The page as plain JSON; `page_from` gives back an equal page."""
    frame = page.frame
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "dpi": page.dpi,
        "source": page.source,
        "frame": [frame.width, frame.height, frame.rotation, frame.skew, list(frame.matrix), mesh_as_json(frame.mesh)],
        "lines": [
            [[[w.text, *sides(w.box), w.confidence] for w in line.words], *sides(line.box), line.confidence]
            for line in page.lines
        ],
        "rulings": [[r.x0, r.y0, r.x1, r.y1, r.thickness] for r in page.rulings],
        "covered": [sides(box) for box in page.covered],
        "unread": [sides(box) for box in page.unread],
    }


def page_from(data: dict[str, Any]) -> Page:
    """The page of `page_as_json`; ValueError, KeyError or TypeError if `data` is none."""
    shown_width, shown_height, rotation, skew, matrix, *mesh = data["frame"]
    width, height = data["size"]
    return Page(
        data["number"],
        width,
        height,
        data["dpi"],
        data["source"],
        Frame(shown_width, shown_height, rotation, skew, tuple(matrix), mesh_from(*mesh)),
        tuple(map(line_from, data["lines"])),
        tuple(Ruling(*ruling) for ruling in data["rulings"]),
        tuple(Box(*box) for box in data.get("covered", ())),
        tuple(Box(*box) for box in data.get("unread", ())),
    )


def mesh_as_json(mesh: Mesh | None) -> list[Any] | None:
    return [mesh.width, mesh.height, mesh.points] if mesh else None


def mesh_from(data: list[Any] | None = None) -> Mesh | None:
    if data is None:
        return None
    width, height, points = data
    return Mesh(width, height, tuple(tuple((x, y) for x, y in row) for row in points))


def line_from(data: list[Any]) -> Line:
    words, *box, confidence = data
    return Line(tuple(Word(text, Box(*place), sure) for text, *place, sure in words), Box(*box), confidence)


def sides(box: Box) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]
