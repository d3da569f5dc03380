"""A worksheet that is filled from the top: head frozen and filtered, figures as numbers, nothing ever a formula.

Spreadsheets hold 15 digits of a number; a figure that needs more is written as text, as it stands.

>>> exact(Decimal("674720.00")), exact(Decimal("1234567890123456.78"))
(True, False)
>>> shape(Decimal("674720.00")), shape(Decimal("12"))
('#,##0.00', '#,##0')
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

DIGITS = 15
# What a cell can hold; XlsxWriter would leave a longer text out.
LONGEST = 32_767
LAST_ROW = 1_048_575
FORMATS = {
    "head": {"bold": True, "bg_color": "#EEF0F3", "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "vcenter"},
    "mismatch": {"font_color": "#B42318", "bold": True, "valign": "vcenter"},
    "unverified": {"font_color": "#93610A", "valign": "vcenter"},
}


@dataclass(slots=True)
class Book:
    """A workbook and its formats, each made once."""

    workbook: Any
    formats: dict[str, Any] = field(default_factory=dict)

    def format(self, name: str) -> Any:
        """A format by its name, or by a number's picture (`#,##0.00`)."""
        if name not in self.formats:
            shaped = FORMATS.get(name) or {"num_format": name, "valign": "vcenter"}
            self.formats[name] = self.workbook.add_format(shaped)
        return self.formats[name]


@dataclass(slots=True)
class Sheet:
    """`columns` are the head's words and widths; a sheet that is full goes on in another."""

    book: Book
    name: str
    columns: Sequence[tuple[str, int]]
    sheet: Any = None
    row: int = LAST_ROW
    number: int = 0

    def add(self, cells: Iterable[Any], style: str = "text", height: float | None = None) -> None:
        """One row; None stays empty, `style` is how its first cell looks."""
        if self.row >= LAST_ROW:
            self.begin()
        self.row += 1
        if height:
            self.sheet.set_row(self.row, height)
        for column, value in enumerate(cells):
            self.cell(column, value, "text" if column else style)

    def begin(self) -> None:
        self.end()
        self.number, self.row = self.number + 1, 0
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = self.book.workbook.add_worksheet(name)
        self.sheet.freeze_panes(1, 1)
        for column, (words, width) in enumerate(self.columns):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, words, self.book.format("head"))

    def end(self) -> None:
        """The filter over all rows that there are."""
        if self.sheet is not None:
            self.sheet.autofilter(0, 0, self.row, len(self.columns) - 1)

    def cell(self, column: int, value: Any, style: str) -> None:
        if isinstance(value, int) or (isinstance(value, Decimal) and exact(value)):
            form = shape(value) if isinstance(value, Decimal) else "0"
            self.sheet.write_number(self.row, column, value, self.book.format(form))
        elif value is not None and value != "":
            self.sheet.write_string(self.row, column, short(str(value)), self.book.format(style))


def exact(value: Decimal) -> bool:
    """Whether a spreadsheet's number is this figure and no neighbour of it."""
    return len(value.as_tuple().digits) <= DIGITS


def shape(value: Decimal) -> str:
    """The number format that shows a figure's decimals as they are printed."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return "#,##0" + ("." + "0" * places if places else "")


def short(text: str) -> str:
    """Text that fits a cell; what is cut off is marked."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
