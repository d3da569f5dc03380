"""Folders of small contracts with text of their own, the command over them, and what it left: no engine has to read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from helpers_pdf import Text, typed_pdf

from pipeline.batch import ingest as batch
from pipeline.batch.plan import Choice
from pipeline.settings import Settings

CLAUSES = (
    "采购合同",
    "合同编号：{name}",
    "甲方：江南示范县教育局",
    "乙方：北山示例科技有限公司",
    "第一条 合同金额",
    "合同总金额为人民币壹拾贰万元整（¥120000.00元）。",
    "第二条 付款方式",
    "合同签订之日起10日内支付全部合同价款。",
    "第三条 其他",
    "本合同一式肆份，甲乙双方各执贰份。",
)


def contract(path: Path, name: str = "") -> Path:
    """A contract whose text names it, so that its content is its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (clause.format(name=name or path.stem) for clause in CLAUSES)
    return typed_pdf(path, [Text(line, 72, 100 + 30 * place) for place, line in enumerate(lines)])


def contracts(folder: Path, count: int) -> Path:
    for number in range(count):
        contract(folder / f"{number:02}.pdf", f"HT-{number}")
    return folder


def command(*arguments: Any) -> list[str]:
    return [sys.executable, "-m", "pipeline", *map(str, arguments)]


def environment(**settings: Any) -> dict[str, str]:
    """Pages are read by a recording that holds none: whatever is not text fails."""
    given = {f"HETONG_{name.upper()}": str(value) for name, value in settings.items()}
    return os.environ | {"HETONG_ENGINE": "recorded", "HETONG_RECORDED": os.devnull, "HETONG_WORKERS": "2"} | given


def ingest(folder: Path, out: Path, **asked: Any) -> dict[str, str]:
    """Each contract's name and status after one pass in this process; `asked` are choices and settings."""
    chosen = {name: asked.pop(name) for name in tuple(asked) if name in Choice.__dataclass_fields__}
    settings = Settings(**{"engine": "recorded", "on": "inline", "cache": False} | asked)
    with closing(batch.ingest(folder, out, settings, Choice(**chosen))) as passes:
        return {outcome.name: outcome.status for outcome in next(passes)}


def run(folder: Path, out: Path, *options: Any, **settings: Any) -> subprocess.CompletedProcess[str]:
    """The command, in processes of its own."""
    whole = command("ingest", folder, "--out", out, "--json", *options)
    return subprocess.run(whole, capture_output=True, text=True, timeout=300, check=False, env=environment(**settings))


def left(out: Path) -> dict[str, bytes]:
    """Every file that a batch leaves for others, with its bytes; the ledger holds times and is for the batch alone."""
    files = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith((".", "ledger.")))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def wait_for(ready: Any, seconds: float = 120) -> Any:
    """What `ready()` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if given := ready():
            return given
        time.sleep(0.02)
    raise AssertionError("nothing happened in time")


def workers(parent: int) -> list[int]:
    """The process ids of the worker processes of a run."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                whose = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
                ours = whose == parent and b"spawn_main" in (folder / "cmdline").read_bytes()
            except OSError:
                continue
            found += [int(folder.name)] if ours else []
    return found
