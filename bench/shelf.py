"""Results of long measurements kept in a folder, so that one broken off is taken up again where it was.

A result is good for the code that made it: the folder is named by a hash of its sources, so other code measures anew
and nothing stale is counted.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> [shelved(folder / "a.json", lambda: {"n": 1}), shelved(folder / "a.json", lambda: {"n": 2})]
[{'n': 1}, {'n': 1}]
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def sources(patterns: Iterable[str]) -> str:
    """Twelve digits that change with any file of the project that matches."""
    found = sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})
    text = b"".join(path.read_bytes() for path in found if path.suffix != ".pyc")
    return hashlib.sha256(text).hexdigest()[:12]


def shelved(path: Path | None, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The result at `path`, made and left there if it is not; written aside, so that a broken run leaves no half."""
    if path is not None and path.exists():
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    result = make()
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(".part")
        aside.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
        aside.replace(path)
    return result
