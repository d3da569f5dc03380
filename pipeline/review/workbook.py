"""`mismatches.xlsx`: every finding of a batch by the money at stake, with its picture; contracts; price-table lines;
the figures that no equation confirms, and those that were repaired.

The first sheet is a clerk's list of what to look at; its last two columns wait for what was found. XlsxWriter writes
row by row, so that a batch of any size needs little memory; only the findings wait, for they are sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pipeline import extras, files
from pipeline.errors import OutputError
from pipeline.review import words
from pipeline.review.findings import ORDER, Crop, Entry, Finding, entry, heading
from pipeline.review.sheets import Book, Sheet
from pipeline.warehouse.columns import Row, Table
from pipeline.warehouse.stakes import MONEY_RULES
from pipeline.warehouse.store import Stored
from pipeline.warehouse.tables import CONTRACTS, FIGURES, LINE_ITEMS

FILE = "mismatches.xlsx"
LIBRARY, EXTRA = "xlsxwriter", "xlsx"
# A spreadsheet with more pictures is no longer opened gladly; the report has them all.
MOST_PICTURES = 2_000
PICTURE_WIDTH, PICTURE_HEIGHT = 440, 84
POINTS_A_PIXEL = 0.75
# No date of its own: the same records make the same bytes.
CREATED = datetime(2000, 1, 1)

COLUMNS = (
    ("结果", "result", 9),
    ("涉及金额", "at stake", 16),
    ("说明", "finding", 52),
    ("原件", "on paper", 64),
    ("实为", "printed", 18),
    ("应为", "expected", 18),
    ("相差", "difference", 14),
    ("建议", "suggestion", 16),
    ("判断", "verdict", 16),
    ("规则", "rule", 24),
    ("级别", "severity", 12),
    ("位置", "where", 32),
    ("页", "page", 6),
    ("合同", "contract", 34),
    ("文件", "file", 24),
    ("核实结果", "confirmed", 12),
    ("备注", "note", 20),
)
PICTURE = 3
HIDDEN = frozenset({"sha256", "config_sha256", "pointer", "pipeline_version", "engine", "engine_version", "table_id"})


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as it waits to be sorted: what its row says, and its picture."""

    order: tuple[int, Decimal, str, int]
    status: str
    cells: tuple[Any, ...]
    crop: Crop | None


@contextmanager
def output(out: Path, lang: Literal["zh", "en"]) -> Iterator[Callable[[Stored], None]]:
    """Takes the records one by one; the workbook appears when the block ends well. ExtraMissingError, OutputError."""
    xlsxwriter = extras.needed(LIBRARY, EXTRA)
    with files.aside(out / FILE) as part:
        workbook = xlsxwriter.Workbook(part, {"constant_memory": True, "tmpdir": str(out)})
        workbook.set_properties({"title": "hetong", "created": CREATED})
        book = Book(workbook)
        first = Sheet(book, say("核对", "findings", lang), [(say(zh, en, lang), width) for zh, en, width in COLUMNS])
        first.begin()
        others = [(table, sheet_of(table, book, lang)) for table in (CONTRACTS, LINE_ITEMS, FIGURES)]
        lines: list[Line] = []

        def add(stored: Stored) -> None:
            lines.extend(lines_of(entry(stored), lang))
            for table, sheet in others:
                for row in filter(needs_a_look, table.rows(stored)):
                    sheet.add(shown(name, value, lang) for name, value in row.items() if name not in HIDDEN)

        yield add
        fill(first, lines)
        for sheet in (first, *(sheet for _, sheet in others)):
            sheet.end()
        close(workbook, xlsxwriter)


def close(workbook: Any, xlsxwriter: Any) -> None:
    try:
        workbook.close()
    except xlsxwriter.exceptions.XlsxWriterException as error:
        raise OutputError(f"无法写入 {FILE}：{error}") from error


def sheet_of(table: Table, book: Book, lang: str) -> Sheet:
    """A sheet for one of the warehouse's tables, without the columns that only machines read."""
    shown = [column for column in table.columns if column.name not in HIDDEN]
    heads = [(say(one.zh, one.name.replace("_", " "), lang), 16 if one.kind == "decimal" else 14) for one in shown]
    sheet = Sheet(book, say(table.zh, table.name, lang), heads)
    sheet.begin()
    return sheet


def needs_a_look(row: Row) -> bool:
    """Whether a row is worth a clerk's time: a figure that equations confirm as it was read is not."""
    return row.get("status") != "confirmed" or row["read"] is not None


def shown(name: str, value: Any, lang: str) -> Any:
    """A cell's value; how a figure stands in a clerk's words."""
    if name != "status":
        return value
    word = words.said(value, words.STANDINGS)
    return say(word.zh, word.en, lang)


def lines_of(found: Entry, lang: str) -> Iterator[Line]:
    named = heading(found)
    for number, finding in enumerate(found.findings):
        order = ORDER[finding.check["status"]], -finding.stake, found.stored.name, number
        crop = next((crop for value in finding.values for crop in value.crops), None)
        yield Line(order, finding.check["status"], cells(finding, named, crop, lang), crop)


def cells(finding: Finding, named: dict[str, str], crop: Crop | None, lang: str) -> tuple[Any, ...]:
    check = finding.check
    wordings = (
        words.said(check["status"], words.STATUSES),
        words.said(check.get("diagnosis") or "", words.DIAGNOSES),
        words.said(check["rule"], words.RULES),
        words.said(check["severity"], words.SEVERITIES),
    )
    status, diagnosis, rule, severity = (say(one.zh, one.en, lang) for one in wordings)
    compared = [check.get(key) for key in ("actual", "expected", "difference")]
    compared.append((check.get("suggestion") or {}).get("value"))
    if check["rule"] in MONEY_RULES:
        compared = [number_or_text(value) for value in compared]
    where = "\n".join(say(value.place.zh, value.place.en, lang) for value in finding.values[:6])
    page = crop.page if crop else None
    return (
        *(status, finding.stake or None, check["message"], None, *compared),
        *(diagnosis, rule, severity, where, page),
        *(named["title"], named["file"]),
    )


def fill(sheet: Sheet, lines: list[Line]) -> None:
    """The findings in order; the dearest have their pictures."""
    lines.sort(key=lambda line: line.order)
    pictures = 0
    for line in lines:
        crop = line.crop if line.crop and pictures < MOST_PICTURES and line.crop.path.is_file() else None
        sheet.add(line.cells, line.status, height(crop))
        if crop:
            pictures += 1
            picture(sheet, crop)


def picture(sheet: Sheet, crop: Crop) -> None:
    scale = scale_of(crop)
    placed = {"x_scale": scale, "y_scale": scale, "x_offset": 4, "y_offset": 4, "object_position": 1}
    sheet.sheet.insert_image(sheet.row, PICTURE, str(crop.path), placed)


def scale_of(crop: Crop) -> float:
    return min(1.0, PICTURE_WIDTH / crop.width, PICTURE_HEIGHT / crop.height)


def height(crop: Crop | None) -> float | None:
    """The row's height in points, so that its picture lies inside it."""
    return max(36.0, (crop.height * scale_of(crop) + 8) * POINTS_A_PIXEL) if crop else None


def number_or_text(value: str | None) -> Decimal | str | None:
    """A plain figure as a number; a date or a name as the text that it is."""
    plain = value is not None and value.replace(".", "", 1).isdecimal() and value.isascii()
    return Decimal(value) if plain and value else value


def say(zh: str, en: str, lang: str) -> str:
    return zh if lang == "zh" else en
