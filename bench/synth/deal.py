"""The deal: everything that one invented contract states, as it will be printed.

Figures are exact decimals whose digits are those on paper; a planted error changes a figure here, so paper and truth
always agree about what stands there. `Look` is how it is printed and never what.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "seq", "category", "name", "spec", "unit", "unit_price", "quantity", "periods", "amount", "remark", "other"
]
Convention: TypeAlias = Literal["plain", "multiply", "describe", "term"]
Ruling: TypeAlias = Literal["full", "part", "horizontal", "none"]


@dataclass(frozen=True, slots=True)
class Capitals:
    """How sums are written out: 元/圆, 整/正, traditional numerals, the 零 that the law leaves open."""

    yuan: str = "元"
    whole: str = "整"
    traditional: bool = False
    open_zero: bool = True
    whole_after_jiao: bool = True
    every_place: bool = False  # a form's blanks: 壹拾零万伍仟零佰 ... 零角零分


@dataclass(frozen=True, slots=True)
class Look:
    """The typography and the layout of one contract."""

    font: str = "Noto Serif CJK SC"
    size: float = 12.0
    leading: float = 1.65
    cover: bool = True
    numbering: str = "article"
    ruling: Ruling = "full"
    repeat_header: bool = True
    torn_rows: bool = False
    narrow_amounts: bool = False
    parties_at: Literal["head", "end", "table"] = "head"
    table_in_body: bool = False
    sign_side_by_side: bool = True
    separators: bool = True
    sign: str = ""
    page_number: str = "— {} —"
    capitals: Capitals = Capitals()
    words_look: Literal["", "blank", "spaced"] = ""
    latin: str = ""  # the font of digits and Latin letters, where it isn't the text's
    dates: Literal["plain", "padded", "chinese", "dashes"] = "plain"
    category_top: bool = False
    shared_lines: bool = False  # of a party's particulars
    running_head: str = ""
    contents: bool = False  # a table of contents
    ten_thousands: bool = False  # the clause's figures of the price: 84.5万元


@dataclass(frozen=True, slots=True)
class Party:
    """One side; `signs_as` is the name in the signature block, equal to `name` unless an error is planted."""

    role: Literal["party_a", "party_b"]
    label: str
    alias: str  # how clauses call it: 甲方 or 乙方
    name: str
    signs_as: str
    uscc: str | None
    legal_representative: str | None
    agent: str | None
    contact: str | None
    phone: str
    email: str | None
    address: str
    postcode: str | None
    bank_name: str | None = None
    bank_account: str | None = None
    clause_account: str | None = None  # as the clause of payment repeats it


@dataclass(frozen=True, slots=True)
class Term:
    start: date
    end: date
    months: int


@dataclass(frozen=True, slots=True)
class Copies:
    total: int
    party_a: int
    party_b: int
    other: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a price table, in yuan. None is printed as `free_word` (amounts) or an empty cell."""

    seq: int
    category: tuple[str, ...]
    name: str
    spec: str | None
    unit: str
    unit_price: Decimal | None
    quantity: Decimal
    periods: int | None
    amount: Decimal | None
    remark: str | None = None
    free_word: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the price table; one of another role has the same `value` in each line: 税率, 产地."""

    role: Role
    header: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class TailRow:
    """A row below the lines: 合计, 优惠, 税额 ...; in figures, in words, or in both (one cell, or a cell each)."""

    label: str
    figures: Decimal
    form: Literal["figures", "words", "sentence", "cells"] = "figures"


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The price table; `total` is what the lines are printed to make, `price` what the contract then costs."""

    title: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    convention: Convention
    total: Decimal
    price: Decimal
    tail: tuple[TailRow, ...]
    subtotals: bool = False
    ten_thousands: bool = False
    unit_note: str | None = None  # 单位：元, above the table instead of in its headers
    period_unit: Literal["month", "year"] = "month"
    counted_periods: bool = False  # 12个月, 3年 in the cells
    counted_quantities: bool = False  # 20台 in the cells
    subheads: bool = False  # a category as a row of its own above its lines
    note: str | None = None  # what a clause says of the discount or the tax

    def has(self, role: Role) -> bool:
        return any(column.role == role for column in self.columns)


@dataclass(frozen=True, slots=True)
class Statement:
    """A clause's statement of the price: figures, and the value written out in words."""

    kind: Literal["contract_total", "award"]
    figures: Decimal
    words: Decimal


@dataclass(frozen=True, slots=True)
class Installment:
    label: str
    percent: Decimal | None
    figures: Decimal | None
    words: Decimal | None
    condition: str
    due_days: int | None
    due_day_kind: Literal["calendar", "working"] | None


@dataclass(frozen=True, slots=True)
class Level:
    """A service level and the words that promise it."""

    metric: str
    operator: Literal[">=", "<=", "="]
    value: str
    unit: str
    text: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Breach:
    """A penalty and the sentence that sets it; `trigger` is the sentence's beginning, or a table's cell."""

    kind: Literal["coefficient", "percent_of_total", "percent_per_day", "fixed"]
    value: Decimal
    trigger: str
    text: str


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex by what it holds; `number` as listed."""

    number: int
    title: str
    content: Literal["prices", "award", "service", "coefficients", "secrecy", "integrity", "missing"]
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What a correct checker reports: the rule and the places in the true record that it must point at."""

    rule: str
    pointers: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A clause of general text: its heading, paragraphs, and paragraphs under the last of them."""

    title: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """One contract."""

    seed: int
    kind: str
    title: str
    number: str
    project: str
    procurement_number: str | None
    place: str
    signed: date
    parties: tuple[Party, Party]
    term_word: str | None
    term: Term | None
    prices: PriceTable
    statements: tuple[Statement, ...]
    installments: tuple[Installment, ...]
    installments_in_table: bool
    requirements: bool  # a table of the things and what is required of them, without prices
    levels: tuple[Level, ...]
    annex_levels: tuple[Level, ...]
    breaches: tuple[Breach, ...]
    coefficients: tuple[Breach, ...]
    copies: Copies
    annexes: tuple[Annex, ...]
    opening: tuple[Chapter, ...]
    closing: tuple[Chapter, ...]
    look: Look
    findings: tuple[Finding, ...] = ()
    planted: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    skipped_clause: int | None = None  # from this clause on, numbers are one too high, or too low
    clause_shift: Literal[1, -1] = 1
