"""The mismatch report: one self-contained page over a folder's records, contracts by the money at stake.

It reads `NAME.json` and `NAME.crops.json`, so it can be made again at any time without the scans.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader

from pipeline import files
from pipeline.batch.work import Outcome
from pipeline.errors import RecordError
from pipeline.review import labels

MONEY_RULES = frozenset(
    {"amount.words", "line.product", "table.sum", "table.contract_total", "installments.sum", "installments.percent"}
)
# What a diagnosis means to a reviewer; "unknown" says nothing
VERDICTS = {
    "ocr": ("判断：扫描识别有误，合同原件无误", "Verdict: the scan was misread, the paper is right"),
    "document": ("判断：识别无误，合同原件本身不一致", "Verdict: it was read rightly, the paper itself disagrees"),
}
ORDER = {"mismatch": 0, "unverified": 1}


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a finding compares: where it stands in words, as printed, and its pictures."""

    place: str
    printed: str
    crops: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    check: dict[str, Any]
    stake: Decimal
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One contract: its record, its findings by money at stake, and that money in all."""

    name: str
    data: dict[str, Any]
    findings: tuple[Finding, ...]
    stake: Decimal
    passed: int

    def count(self, status: str) -> int:
        return sum(finding.check["status"] == status for finding in self.findings)


def write(out: Path, lang: str, failures: tuple[Outcome, ...] = ()) -> Path:
    """Writes `out/report.html` over all records in `out`; RecordError for a record that can't be read."""
    entries = sorted(
        (entry(path, lang) for path in records(out)),
        key=lambda e: (-e.stake, -e.count("mismatch"), -e.count("unverified"), e.name),
    )
    environment = Environment(loader=PackageLoader("pipeline.review"), autoescape=True, trim_blocks=True)
    environment.filters["yuan"] = yuan
    page = environment.get_template("report.html.j2").render(
        entries=entries, failures=failures, verdicts=VERDICTS, zh=lang == "zh"
    )
    target = out / "report.html"
    files.write_text(target, page)
    return target


def records(out: Path) -> list[Path]:
    return sorted(path for path in out.glob("*.json") if not path.name.endswith(".crops.json"))


def entry(path: Path, lang: str) -> Entry:
    data = load(path)
    beside = path.with_name(f"{path.stem}.crops.json")
    crops = load(beside) if beside.exists() else {}
    found = [check for check in data["checks"] if check["status"] != "pass"]
    findings = sorted(
        (Finding(check, stake(check, data), values(check, data, crops, lang)) for check in found),
        key=lambda f: (ORDER[f.check["status"]], -f.stake, f.check["severity"]),
    )
    at_stake = sum((f.stake for f in findings if f.check["status"] == "mismatch"), Decimal(0))
    return Entry(path.stem, data, tuple(findings), at_stake, len(data["checks"]) - len(found))


def load(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise RecordError(f"无法读取记录 {path}：{error}") from error


def values(check: dict[str, Any], data: dict[str, Any], crops: dict[str, Any], lang: str) -> tuple[Value, ...]:
    """What a finding points at; an entry whose figures stand beside it says nothing more."""
    refs = (ref for ref in check["refs"] if not any(other.startswith(f"{ref}/") for other in check["refs"]))
    return tuple(
        Value(labels.place(ref, data, lang), labels.value(ref, data), tuple(crops.get(ref, ()))) for ref in refs
    )


def stake(check: dict[str, Any], data: dict[str, Any]) -> Decimal:
    """The money that a finding puts in doubt, in yuan: the difference, else the largest figure it points at."""
    if check["rule"] not in MONEY_RULES:
        return Decimal(0)
    if "difference" in check and not any(ref.endswith("/percent") for ref in check["refs"][:1]):
        return Decimal(check["difference"])
    figures = (labels.value(ref, data) for ref in check["refs"] if not ref.endswith(("/percent", "/seq")))
    return max((Decimal(figure) for figure in figures if is_decimal(figure)), default=Decimal(0))


def is_decimal(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdecimal()


def yuan(value: Decimal) -> str:
    return f"¥{value:,.2f}" if value else ""
