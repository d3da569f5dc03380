"""What a batch tells a clerk, as tables for a spreadsheet: `failures.csv` and `files.csv`.

`failures.csv` names each failed file with the reason, and exists only where one failed. `files.csv` leads from each
file to its record, so that of two files with the same content both are found. No times stand in them: the same folder
gives the same bytes.

>>> defused("=1+1.pdf"), defused("合同.pdf")
("'=1+1.pdf", '合同.pdf')

Source of the rule of formulas: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline import files
from pipeline.batch.work import Outcome

STATUS = {"done": "完成", "unchanged": "完成", "failed": "失败"}


def write(outcomes: Sequence[Outcome], out: Path) -> None:
    """Both lists, as things stand."""
    failures = [(file, outcome.reason or "") for outcome, file in by_file(outcomes) if outcome.status == "failed"]
    if failures:
        table(out / "failures.csv", ("文件", "原因"), failures)
    else:
        (out / "failures.csv").unlink(missing_ok=True)
    rows = [row(outcome, file) for outcome, file in by_file(outcomes)]
    table(out / "files.csv", ("文件", "记录", "状态", "页数", "不一致", "未核实", "说明"), rows)


def by_file(outcomes: Iterable[Outcome]) -> list[tuple[Outcome, str]]:
    """Each file with its contract's outcome, by name."""
    return sorted(
        ((outcome, file) for outcome in outcomes for file in (outcome.file, *outcome.also)), key=lambda pair: pair[1]
    )


def row(outcome: Outcome, file: str) -> tuple[str, ...]:
    counts = (outcome.pages, outcome.mismatches, outcome.unverified)
    same = "" if file == outcome.file else f"与 {outcome.file} 内容相同"
    notes = "；".join(note for note in (outcome.reason, same) if note)
    if outcome.status == "failed":
        return (file, "", STATUS[outcome.status], "", "", "", notes)
    return (file, outcome.name, STATUS[outcome.status], *map(str, counts), notes)


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([defused(cell) for cell in row] for row in rows)
    # the byte order mark is what makes Excel read UTF-8
    files.write_text(path, "\ufeff" + text.getvalue())


def defused(text: str) -> str:
    """Text that a spreadsheet won't take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
