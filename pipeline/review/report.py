"""`report.html`: all contracts of a batch by the money at stake, filtered and paged, each with a page of its own.

The list holds a few words a contract and stays quick with thousands; `report/NAME.html` shows a contract's findings,
each value beside its picture on the paper. Nothing is loaded from elsewhere, nothing a contract says can become
markup or script, and the same records make the same bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Literal

from jinja2 import Environment, PackageLoader, Template

from pipeline import files
from pipeline.review import words
from pipeline.review.figures import standing
from pipeline.review.findings import Entry, Finding, apart, entry, heading, link, printable
from pipeline.warehouse.store import Stored

FILE = "report.html"
PAGES = "report"
ASSETS = "assets"
# A finding over more values than these shows the first two; the others wait behind a click.
MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Row:
    """What the list says of a contract; `groups` are its findings counted: rule, status, diagnosis, severity, how many,
    fen at stake."""

    link: str
    title: str
    file: str
    number: str
    parties: str
    total: str
    stake: int
    groups: tuple[tuple[str, str, str, str, int, int], ...]


@contextmanager
def output(out: Path, lang: Literal["zh", "en"]) -> Iterator[Callable[[Stored], None]]:
    """Takes the records one by one; `report.html` appears when the block ends well. RecordError, OutputError."""
    environment = templates(lang)
    page = environment.get_template("contract.html.j2")
    folder = files.folder(out / PAGES)
    assets(folder)
    rows: list[Row] = []

    def add(stored: Stored) -> None:
        found = entry(stored)
        files.write_text(page_of(found, folder), rendered(page, found, folder))
        rows.append(row(found, out))

    yield add
    rows.sort(key=lambda one: (-one.stake, -sum(count for *_, count, _ in one.groups), one.link))
    sweep(folder, {one.link for one in rows}, out)
    listed = environment.get_template("list.html.j2").render(rows=[asdict(one) for one in rows], failures=failures(out))
    files.write_text(out / FILE, listed)


def templates(lang: str) -> Environment:
    """The pages' templates; everything that they say is escaped."""
    environment = Environment(loader=PackageLoader("pipeline.review"), autoescape=True, trim_blocks=True)
    environment.filters |= {
        "yuan": yuan,
        "rule": lambda name: words.said(name, words.RULES),
        "printable": printable,
        "apart": apart,
    }
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    environment.globals |= {"lang": lang, "words": words, "assets": ASSETS}
    return environment


def assets(folder: Path) -> None:
    """The style and the scripts that all pages share."""
    files.folder(folder / ASSETS)
    for source in sorted((resources.files("pipeline.review") / "static").iterdir(), key=lambda one: one.name):
        files.write_bytes(folder / ASSETS / source.name, source.read_bytes())


def rendered(page: Template, found: Entry, folder: Path) -> str:
    return page.render(
        entry=found,
        figures=standing(found.stored.data),
        data=found.stored.data,
        link=lambda crop: link(crop.path, folder),
        shown=shown,
        contract=heading(found),
    )


def shown(finding: Finding) -> int:
    """How many of a finding's values stand open."""
    return len(finding.values) if len(finding.values) <= MOST_SHOWN else 2


def page_of(found: Entry, folder: Path) -> Path:
    return folder / f"{found.stored.name}.html"


def row(found: Entry, out: Path) -> Row:
    groups: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for finding in found.findings:
        check = finding.check
        key = check["rule"], check["status"], check.get("diagnosis") or "", check["severity"]
        count, money = groups.get(key, (0, 0))
        groups[key] = count + 1, money + fen(finding.stake)
    counted = tuple((*key, *sums) for key, sums in groups.items())
    return Row(link(page_of(found, out / PAGES), out), stake=fen(found.stake), groups=counted, **heading(found))


def fen(value: Decimal) -> int:
    """Yuan as whole fen, which a browser's numbers hold exactly."""
    return int(value.quantize(Decimal("0.01")).scaleb(2))


def sweep(folder: Path, links: set[str], out: Path) -> None:
    """Takes away pages of contracts that are there no longer."""
    for page in folder.glob("*.html"):
        if link(page, out) not in links:
            page.unlink(missing_ok=True)


def failures(out: Path) -> list[dict[str, str]]:
    """The files that failed, as `failures.csv` beside the report names them."""
    path = out / "failures.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as table:
        return [{key or "": value or "" for key, value in line.items()} for line in csv.DictReader(table)]


def yuan(value: Decimal) -> str:
    return f"¥{value:,.2f}" if value else ""
