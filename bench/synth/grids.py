"""A deal's tables as printed: prices, instalments, coefficients, the signature table."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from random import Random

from bench.synth.deal import Breach, Column, Deal, Installment, Line, Look, Party, PriceTable, TailRow
from bench.synth.figures import chinese, in_digits, in_words
from bench.synth.kinds import KINDS
from bench.synth.script import Align, Cell, Grid

PERIODS = {"month": "个月", "year": "年"}
PRICES, PAYMENTS, COEFFICIENTS, SIGNATURES = "prices", "payments", "coefficients", "signatures"
REQUIREMENTS = "requirements"
PAYMENT_HEADERS = (
    ("期次", "付款条件", "付款比例", "付款金额（元）"),
    ("期次", "付款条件", "付款比例", "付款金额（元）"),
    ("付款阶段", "支付时间", "支付比例", "支付金额（元）"),
    ("款项", "付款节点", "比例", "金额（元）"),
)


def price_grid(deal: Deal, show_title: bool) -> Grid:
    table, look = deal.prices, deal.look
    rows = [row for i, group in enumerate(grouped(table), 1) for row in group_rows(i, group, table, look)]
    rows += [tail_row(row, table, look) for row in table.tail]
    header = tuple(Cell(column.header, align="center") for column in table.columns)
    return Grid(
        PRICES, table.title, header, tuple(rows), look.ruling, look.repeat_header, look.torn_rows,
        widths(table, look), show_title, table.unit_note,
    )  # fmt: skip


def grouped(table: PriceTable) -> list[list[Line]]:
    """The lines of one category that stand together; each line for itself where no category is printed."""
    return [list(lines) for _, lines in groupby(table.lines, key=lambda line: line.category or (line.seq,))]


def group_rows(index: int, group: list[Line], table: PriceTable, look: Look) -> list[tuple[Cell, ...]]:
    rows = [line_row(line, i, len(group), table, look) for i, line in enumerate(group)]
    if table.subheads:
        rows.insert(0, (Cell(f"{chinese(index)}、{group[0].category[0]}", columns=len(table.columns)),))
    if table.subtotals:
        amount = sum((line.amount for line in group if line.amount is not None), Decimal(0))
        rows.append(tail_row(TailRow("小计", amount), table, look))
    return rows


def line_row(line: Line, index: int, group: int, table: PriceTable, look: Look) -> tuple[Cell, ...]:
    cells = []
    for column in table.columns:
        if column.role != "category":
            cells.append(
                Cell(printed(line, column, table, look), align=align_of(column), breaks=is_narrow(column, look))
            )
        elif index == 0:
            cells.append(Cell(line.category[0], rows=group, align="center", top=look.category_top))
    return tuple(cells)


def printed(line: Line, column: Column, table: PriceTable, look: Look) -> str:
    if column.role in ("unit_price", "amount"):
        value = line.unit_price if column.role == "unit_price" else line.amount
        return line.free_word if value is None else money(value, table, look)
    value_of = {
        "seq": str(line.seq),
        "name": line.name,
        "spec": line.spec or "",
        "unit": line.unit,
        "quantity": f"{line.quantity:f}" + (line.unit if table.counted_quantities else ""),
        "periods": f"{line.periods}" + (PERIODS[table.period_unit] if table.counted_periods else ""),
        "remark": line.remark or "",
        "other": column.value,
    }
    return value_of[column.role]


def money(value: Decimal, table: PriceTable, look: Look) -> str:
    """A sum in the table's unit: 万元 without needless zeros."""
    return f"{value.scaleb(-4).normalize():f}" if table.ten_thousands else in_digits(value, look)


def tail_row(row: TailRow, table: PriceTable, look: Look) -> tuple[Cell, ...]:
    width = len(table.columns)
    words = in_words(row.figures, look.capitals) if row.form != "figures" else ""
    if row.form == "sentence":
        return (Cell(f"{row.label}：人民币（大写）{words}（小写：¥{row.figures:f}）", columns=width),)
    if row.form == "words":
        return (Cell(row.label, columns=2, align="center"), Cell(f"人民币{words}", columns=width - 2))
    amount = next(i for i, column in enumerate(table.columns) if column.role == "amount")
    narrow = is_narrow(table.columns[amount], look)
    figures = Cell(money(row.figures, table, look), align="right", breaks=narrow)
    rest = tuple(Cell("") for _ in range(width - amount - 1))
    if row.form == "cells":
        return Cell(row.label, columns=2, align="center"), Cell(f"大写：{words}", columns=amount - 2), figures, *rest
    return Cell(row.label, columns=amount, align="center"), figures, *rest


def align_of(column: Column) -> Align:
    if column.role in ("unit_price", "amount"):
        return "right"
    return "center" if column.role in ("seq", "unit", "quantity", "periods", "other") else "left"


def is_narrow(column: Column, look: Look) -> bool:
    return look.narrow_amounts and column.role == "amount"


def widths(table: PriceTable, look: Look) -> tuple[int, ...]:
    """Shares of the page's width; 0 leaves the column its content's."""
    fixed = {"seq": 7, "category": 12, "unit": 9, "quantity": 9, "periods": 9, "unit_price": 13, "other": 8}
    return tuple(
        8 if is_narrow(column, look) else 16 if column.role == "amount" else fixed.get(column.role, 0)
        for column in table.columns
    )


def payment_grid(installments: tuple[Installment, ...], look: Look, rng: Random) -> Grid:
    """期次 | 付款条件 | 付款比例 | 付款金额（元）, at times with their sum below."""
    percents = installments[0].percent is not None
    sums = installments[0].figures is not None
    seq, condition, percent, sum_ = rng.choice(PAYMENT_HEADERS)
    texts = [seq, condition, *[percent] * percents, *[sum_] * sums]
    rows = [payment_row(one.label, one.condition, one.percent, one.figures, look) for one in installments]
    paid = [one.figures for one in installments if one.figures is not None]
    if len(paid) == len(installments) and rng.random() < 0.4:
        whole = sum((one.percent for one in installments if one.percent is not None), Decimal(0))
        rows.append(payment_row("合计", "", whole if percents else None, sum(paid, Decimal(0)), look))
    header = tuple(Cell(text, align="center") for text in texts)
    ruling = "full" if look.ruling == "none" else look.ruling
    return Grid(PAYMENTS, "付款计划", header, tuple(rows), ruling, widths=(14, 0, 14, 20)[: len(texts)])


def payment_row(
    label: str, condition: str, percent: Decimal | None, figures: Decimal | None, look: Look
) -> tuple[Cell, ...]:
    return (
        Cell(label, align="center"),
        Cell(condition),
        *([Cell(f"{percent}%", align="center")] if percent is not None else []),
        *([Cell(in_digits(figures, look), align="right")] if figures is not None else []),
    )


def requirement_grid(deal: Deal) -> Grid:
    """序号 | 名称 | 技术要求: things that the price table lists too, here without prices."""
    things = [item for item in KINDS[deal.kind].items if item.spec][:8]
    header = tuple(Cell(text, align="center") for text in ("序号", "名称", "技术要求"))
    rows = tuple((Cell(str(i), align="center"), Cell(one.name), Cell(one.spec)) for i, one in enumerate(things, 1))
    return Grid(REQUIREMENTS, "技术要求一览表", header, rows, widths=(10, 30, 0), show_title=True)


def coefficient_grid(breaches: tuple[Breach, ...], title: str) -> Grid:
    header = tuple(Cell(text, align="center") for text in ("序号", "违约行为", "惩罚系数"))
    rows = tuple(
        (Cell(str(i), align="center"), Cell(breach.trigger), Cell(f"{breach.value}%", align="center"))
        for i, breach in enumerate(breaches, 1)
    )
    return Grid(COEFFICIENTS, title, header, rows, widths=(9, 0, 18))


def signature_grid(parties: tuple[Party, Party], particulars: list[list[tuple[str, str]]]) -> Grid:
    """Each party's label merged over its rows: label | field | value."""
    rows: list[tuple[Cell, ...]] = []
    for party, fields in zip(parties, particulars, strict=True):
        for i, (name, value) in enumerate(fields):
            lead = (Cell(party.label, rows=len(fields), align="center"),) if i == 0 else ()
            rows.append((*lead, Cell(name), Cell(value)))
    return Grid(SIGNATURES, None, (), tuple(rows), widths=(20, 26, 0))
