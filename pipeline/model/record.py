"""The contract record, version 1: its parts, named and ordered as they leave the house (docs/record.md).

Leaves that were read are `Cited`; plain leaves (kind, role, page, ...) are derived and stand on the evidence of their
entry. `None` is what the contract does not say or what could not be read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from pipeline.model.source import Cited

SCHEMA_VERSION = "1.0.0"
SPARE = {"spare": True}  # metadata of a part that the record's JSON leaves out where it has its default

Text: TypeAlias = Cited[str] | None
Number: TypeAlias = Cited[Decimal] | None
Count: TypeAlias = Cited[int] | None


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Pixels of the page as the file shows it; see model.page.Frame. `unread_lines` are those of which nothing could be
    read."""

    number: int
    width: int
    height: int
    dpi: int
    source: Literal["scan", "text"]
    rotation: int
    skew: float
    confidence: float
    unread_lines: int = field(default=0, metadata=SPARE)


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """The file, not the contract."""

    sha256: str
    file_name: str
    page_count: int
    pages: tuple[PageInfo, ...]


@dataclass(frozen=True, slots=True)
class Processing:
    pipeline_version: str
    engine: str
    engine_version: str
    config_sha256: str


@dataclass(frozen=True, slots=True)
class Term:
    """服务期限; dates are ISO 8601."""

    start: Text = None
    end: Text = None
    months: Count = None
    text: Text = None


@dataclass(frozen=True, slots=True)
class Copies:
    """本合同一式柒份，甲方执肆份，乙方执叁份."""

    total: Count = None
    party_a: Count = None
    party_b: Count = None
    other: Count = None


@dataclass(frozen=True, slots=True)
class Annex:
    """listed = in the contract's own list of annexes; present = bound in; page = where the annex itself begins."""

    number: Count
    title: Text
    listed: bool
    present: bool
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract's header."""

    title: Text = None
    number: Text = None
    project_name: Text = None
    procurement_number: Text = None
    sign_date: Text = None  # "2024-05-20", or "2025-01" where only year and month stand
    sign_place: Text = None
    term: Term | None = None
    copies: Copies | None = None
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A further place that states a party's name, uscc, bank_account or legal_representative."""

    field: Literal["name", "uscc", "bank_account", "legal_representative"]
    value: Cited[str]
    page: int


@dataclass(frozen=True, slots=True)
class Party:
    """One party; `label` as printed (甲方, 委托人, 采购人 ...); `mentions` is what party.consistent compares."""

    role: str  # party_a | party_b | party_c ...
    label: Text = None
    name: Text = None
    former_name: Text = None
    legal_representative: Text = None
    responsible_person: Text = None
    agent: Text = None
    contact: Text = None
    phone: Text = None
    email: Text = None
    address: Text = None
    postcode: Text = None
    uscc: Text = None
    account_name: Text = None
    bank_name: Text = None
    bank_account: Text = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Amount:
    """One statement of the contract's total or the award in a clause. `words_value` has two decimals."""

    kind: Literal["contract_total", "award", "other"]
    figures: Number
    words: Text
    words_value: Number
    currency: str = "CNY"
    section: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Installment:
    seq: int
    label: Text = None
    percent: Number = None
    figures: Number = None
    words: Text = None
    words_value: Number = None
    condition: Text = None
    due_days: Count = None
    due_day_kind: Literal["calendar", "working"] | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table as printed: merged cells are spread, a repeated header is dropped."""

    id: str
    title: Text
    pages: tuple[int, ...]
    header: tuple[Cited[str], ...]
    rows: tuple[tuple[Cited[str], ...], ...]


@dataclass(frozen=True, slots=True)
class LineItem:
    seq: Text = None
    category: tuple[Cited[str], ...] = ()
    name: Text = None
    spec: Text = None
    unit: Text = None
    unit_price: Number = None
    quantity: Number = None
    periods: Number = None
    period_unit: Literal["month", "year", "day", "time"] | None = None
    amount: Number = None
    remark: Text = None


@dataclass(frozen=True, slots=True)
class LineItemTable:
    """A price table, read from the table `table_id`; figures in yuan (a header's 万元 counts)."""

    table_id: str
    title: Text
    items: tuple[LineItem, ...]
    total: Number


@dataclass(frozen=True, slots=True)
class Sla:
    metric: str
    operator: Literal[">=", "<=", "="]
    value: Text
    unit: str
    scope: Text
    section: str | None
    text: Text
    page: int | None


@dataclass(frozen=True, slots=True)
class Penalty:
    kind: Literal["coefficient", "percent_of_total", "percent_per_day", "fixed"]
    value: Number
    unit: Literal["%", "CNY"]
    trigger: Text
    table: Text
    seq: Text
    section: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """`text` is the section's own text without its children's."""

    id: str
    level: int
    number: Text
    title: Text
    page: int
    text: Text
    children: tuple[SectionRecord, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All that was read from one contract."""

    document: DocumentInfo
    processing: Processing
    contract: Contract
    parties: tuple[Party, ...]
    amounts: tuple[Amount, ...]
    installments: tuple[Installment, ...]
    tables: tuple[TableRecord, ...]
    line_item_tables: tuple[LineItemTable, ...]
    sla: tuple[Sla, ...]
    penalties: tuple[Penalty, ...]
    sections: tuple[SectionRecord, ...]
    schema_version: str = SCHEMA_VERSION
