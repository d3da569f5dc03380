"""Price tables: tables whose columns name things and price them, read line by line.

A price table has a header like 序号 | 分项名称 | 单价（元） | 数量 | 合价（元） | 备注 and ends in a row 合计 or 总价.
Lines are rows with figures of their own; rows that head a group or subtotal it are no lines. A cell that isn't a clean
number (`/`, `免费`, a misread) is None, and a check will say so.

Example: `1 | 主机杀毒服务 | ¥12.00 | 20 | ¥240.00` -> LineItem(seq 1, unit_price 12.00, quantity 20, amount 240.00).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, TypeAlias

from pipeline.fields._captions import captioned, in_ten_thousands
from pipeline.fields._cells import figures_of, number_in, pointed, text_of, words_value_of
from pipeline.fields._columns import Column
from pipeline.fields._price_layout import HALF_FEN, Layout, is_total_row, layout_of
from pipeline.model.document import Cell, Document, Table
from pipeline.model.passage import Passage, joined
from pipeline.model.record import LineItem, LineItemTable, Number, Text
from pipeline.model.source import Cited
from pipeline.text.amounts import parse_number
from pipeline.text.money import FREE, statements
from pipeline.text.numbers import parse_decimal, parse_money, shifted
from pipeline.text.roles import nearly_total

Row: TypeAlias = tuple[Cell, ...]
PeriodUnit: TypeAlias = Literal["month", "year", "day", "time"]
Kind: TypeAlias = Literal["line", "total", "final", "subtotal", "adjustment", "group"]

TOTAL = re.compile(r"^[^\d]{0,12}?(?:合计|总计|总价|共计|总金额|总额|总费用|总报价|大写)")
# What a discount leaves to pay; the lines make the total before it.
FINAL = re.compile(r"(?:优惠|折扣?|让利|抹零|下浮|减免)后|最终|实付|应付")
NET, GROSS = re.compile(r"不含税"), re.compile(r"含税|价税")  # what a sum is before tax, and with it
TAX = re.compile(r"^(?:其中|另加?)?[：:]?(?:增值税|税[额金款费])(?!.*[合总]计)")
ADJUSTMENT = re.compile(r"^(?:减|扣除)?[：:]?[一-龥]{0,4}(?:优惠|折扣|让利|抹零|下浮|减免|折让)[^\d]{0,8}$")
SUBTOTAL = re.compile(r"小计|本页合计|分项合计")
PARTED = re.compile(r"[小合总共]\|\w")
GROUP = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.]?")
COUNTED = re.compile(
    r"(?P<count>-?\d[\d,，. ]*|[一二两三四五六七八九十]+)(?P<unit>[^\d\s,.，%‰*×~/—-]{0,4})(?:[/／]年)?"
)
PERIOD_UNITS: dict[str, PeriodUnit] = {"月": "month", "年": "year", "天": "day", "日": "day", "次": "time"}


def read(document: Document) -> tuple[LineItemTable, ...]:
    """All price tables of the document, in reading order."""
    tables = (price_table(table, caption) for table, caption in captioned(document))
    return tuple(table for table in tables if table)


def price_table(table: Table, caption: str) -> LineItemTable | None:
    """The table as a price table; None if it isn't one."""
    header_rows = max(1, table.header_rows)
    if table.columns < 2 or table.rows <= header_rows:
        return None
    grid = table.grid()
    layout = layout_of(grid, header_rows)
    if not layout:
        return None
    kinds = list(kinds_of(grid, header_rows, layout, caption))
    items = tuple(line_item(row, index, layout, caption) for kind, row, index in kinds if kind == "line")
    if not any(item.amount or item.unit_price for item in items):
        return None
    return LineItemTable(table.id, text_of(table.title), items, table_total(kinds, layout, caption, items))


def table_total(
    kinds: Sequence[tuple[Kind, Row, int]], layout: Layout, caption: str, items: tuple[LineItem, ...]
) -> Number:
    """The table's total; a sum before tax is none where the one with tax stands there and could not be read."""
    rows = [(kind, label_of(row, index), row) for kind, row, index in kinds if kind in ("total", "final")]
    found = [(kind, label, total_of(row, layout, caption)) for kind, label, row in rows]
    totals, finals = ([total for kind, _, total in found if kind == wanted and total] for wanted in ("total", "final"))
    net = [total for _, label, total in found if total and NET.match(label)]
    total = chosen_total(totals, finals, items)
    lost = any(GROSS.match(label) and in_row is None for _, label, in_row in found)
    before_tax = total is not None and any(total is one for one in net) and not is_made(total, items)
    return None if lost and before_tax else total


def kinds_of(grid: Sequence[Row], header_rows: int, layout: Layout, caption: str) -> Iterator[tuple[Kind, Row, int]]:
    """Each row below the header with its kind; a row of nothing but the sum of the lines above it is their total."""
    made, lines = Decimal(0), 0
    for index, row in enumerate(grid[header_rows:], header_rows):
        kind = kind_of(row, index, layout)
        amount = money_at(row, layout.amount, caption)
        if kind == "line" and lines > 1 and amount and is_bare(row, layout):
            kind = "total" if amount.value == made or nearly_total(label_of(row, index)) else kind
        if kind == "line":
            made, lines = made + (amount.value if amount else 0), lines + 1
        yield kind, row, index


def is_bare(row: Row, layout: Layout) -> bool:
    """Whether a row has neither number, price, quantity nor period."""
    return not any(passage_at(row, c) for c in (layout.seq, layout.unit_price, layout.quantity, layout.periods))


def kind_of(row: Row, index: int, layout: Layout) -> Kind:
    """A line has figures that begin in its own row; a total's label runs on into the columns of figures."""
    label = label_of(row, index)
    runs_on = any(row[layout.name.index] is row[column.index] for column in layout.figures)
    if SUBTOTAL.search(label[:10]):
        return "subtotal"
    if FINAL.search(label[:10]) and (runs_on or not has_price(row, layout)):
        return "final"
    if ADJUSTMENT.match(label) and (runs_on or not has_price(row, layout)):
        return "adjustment"
    if TAX.match(label) and runs_on:
        return "adjustment"
    if is_total_row(row) or (TOTAL.match(label) and (runs_on or not has_price(row, layout))):
        return "total"
    own = [row[column.index].text.text for column in layout.figures if row[column.index].row == index]
    figures = any(char.isdigit() for text in own for char in text)
    if not (figures or is_given(row, index, layout)) or heads_group(row, layout):
        return "group"
    return "total" if runs_on else "line"


def is_given(row: Row, index: int, layout: Layout) -> bool:
    """Whether a row says in place of its sum that it is given for nothing (7 | 交通 | I | 项 | 不另收费), or is
    numbered and has other words there: a line, though its quantity was misread or not read at all."""
    if layout.amount is None:
        return False
    name, total = row[layout.name.index], row[layout.amount.index]
    own = name is not total and name.text and total.text and name.row == total.row == index
    numbered = passage_at(row, layout.seq).text.strip().isdecimal()
    return bool(own) and (numbered or FREE.fullmatch(total.text.text) is not None)


def heads_group(row: Row, layout: Layout) -> bool:
    """Whether a row under a Chinese numeral sums up the lines below it: 一 | 硬件设备 | (no price) | 63,175.00."""
    seq = passage_at(row, layout.seq).text
    priced = [layout.unit_price, layout.quantity]
    return GROUP.fullmatch(seq) is not None and all(priced) and not any(passage_at(row, column) for column in priced)


def label_of(row: Row, index: int) -> str:
    """The first text that begins in the row and is no number; a category merged over lines and 小计 begins above. A
    total's name may be parted by a stroke of its own that is taken for a border: 小 | 卜, each over several columns."""
    cells = [cell for cell in dict.fromkeys(row) if cell.text and cell.row == index]
    texts = [cell.text.text for cell in cells]
    if PARTED.fullmatch("|".join(texts[:2])) and all(cell.column_end - cell.column > 1 for cell in cells[:2]):
        return f"{texts[0]}计"
    return next((text for text in texts if not re.fullmatch(r"[\d.、]+", text)), "".join(texts[:1]))


def has_price(row: Row, layout: Layout) -> bool:
    return layout.unit_price is not None and parse_money(row[layout.unit_price.index].text.text) is not None


def line_item(row: Row, index: int, layout: Layout, caption: str) -> LineItem:
    quantity, unit = counted(passage_at(row, layout.quantity))
    periods, period = counted(passage_at(row, layout.periods))
    return LineItem(
        seq=seq_of(passage_at(row, layout.seq)),
        category=tuple(row[c.index].text.cite() for c in layout.category if row[c.index].text),
        name=text_of(passage_at(row, layout.name)),
        spec=text_of(joined(row[column.index].text for column in layout.spec)),
        unit=text_of(passage_at(row, layout.unit)) or unit,
        unit_price=money_at(row, layout.unit_price, caption),
        quantity=quantity,
        periods=periods,
        period_unit=period_unit(period, layout.periods) if periods else None,
        amount=money_at(row, layout.amount, caption) if begins(row, index, layout.amount) else None,
        remark=text_of(passage_at(row, layout.remark)),
    )


def passage_at(row: Row, column: Column | None) -> Passage:
    return row[column.index].text if column else Passage()


def begins(row: Row, index: int, column: Column | None) -> bool:
    """Whether the cell begins in this row: an amount that several lines share counts once."""
    return column is not None and row[column.index].row == index


def seq_of(passage: Passage) -> Text:
    """The line's number, digits only: `1.` and `（1）` are 1."""
    digits = re.search(r"\d+", passage.text)
    if digits:
        return passage.cite(*digits.span())
    value = parse_number(passage.text.strip("（）()、."))
    return None if value is None else passage.cite().map(lambda _: str(value))


def money_at(row: Row, column: Column | None, caption: str) -> Number:
    """The sum in yuan, the unit of the cell, the header or the caption applied."""
    if column is None:
        return None
    passage = row[column.index].text
    figures = number_in(passage)
    if figures is None or "元" in passage.text:
        return figures
    return figures.map(lambda value: shifted(value, 4)) if in_ten_thousands(column.header, caption) else figures


def counted(passage: Passage) -> tuple[Number, Text]:
    """A count and the word counted by: 16台 -> 16, 台; 12个月 -> 12, 个月."""
    passage = pointed(passage)
    match = COUNTED.fullmatch(passage.text)
    if not match:
        return None, None
    count = match["count"].rstrip()
    value = parse_decimal(count) if count[-1].isdigit() else parse_number(count)
    if value is None:
        return None, None
    number = passage.cite(0, len(count)).map(lambda _: value)
    return number, text_of(passage[match.start("unit") : match.end("unit")])


def period_unit(printed: Text, column: Column | None) -> PeriodUnit | None:
    """Month, year, day or time: from the cell, else from the header."""
    words = printed.value if printed else column.header if column else ""
    counted_by = re.sub(r"周期|[/每／][年月日天]", "", words)
    return next((unit for char, unit in PERIOD_UNITS.items() if char in counted_by), None)


def total_of(row: Row, layout: Layout, caption: str) -> Number:
    """The sum that a row of totals states: in the column of amounts, in another cell, or in its own words."""
    at_amount = money_at(row, layout.amount, caption)
    if at_amount:
        return at_amount
    cells = {(cell.row, cell.column): cell for cell in row}.values()
    found = (number_in(cell.text) or stated(cell.text) for cell in reversed(cells))
    return next((number for number in found if number), None)


def stated(passage: Passage) -> Number:
    """The sum stated in running text, as in `合计（大写）：贰佰元整（小写：¥200.00）`; figures before words."""
    for statement in statements(passage.text):
        number = figures_of(passage, statement) or words_value_of(passage, statement)
        if number:
            return number
    return None


def chosen_total(
    totals: Sequence[Cited[Decimal]], finals: Sequence[Cited[Decimal]], items: tuple[LineItem, ...]
) -> Number:
    """Of several totals (before tax, after tax, after a discount) the one that the lines make, else the nearest to it.

    What a discount leaves counts only where no other total stands.
    """
    made = next((total for total in (*totals, *finals) if is_made(total, items)), None)
    added = added_up(items)
    return made or min(reversed(totals or finals), key=lambda total: abs(total.value - added), default=None)


def is_made(total: Cited[Decimal], items: Sequence[LineItem]) -> bool:
    """Whether the lines make the total, by their amounts or by what price and quantity imply."""
    slack = {added_up(items): Decimal(0)} | dict.fromkeys(implied_sums(items), HALF_FEN * len(items))
    return any(abs(total.value - made) <= slack[made] for made in slack)


def added_up(items: Sequence[LineItem]) -> Decimal:
    return sum((item.amount.value for item in items if item.amount), Decimal(0))


def implied_sums(items: Sequence[LineItem]) -> Iterator[Decimal]:
    """What the lines make where price times quantity, or times the periods too, stands in for the amounts that were not
    read, or for them all, for those that were may be misread; times the months that the other lines' amounts show."""
    for multiply in (False, True):
        products = [implied(item, multiply) for item in items]
        times = months(items, products)
        whole = [product and product * times for product in products]
        read = [item.amount.value if item.amount else product for item, product in zip(items, whole, strict=True)]
        for amounts in (read, whole):
            known = [amount for amount in amounts if amount is not None]
            if len(known) == len(items):
                yield sum(known, Decimal(0))


def months(items: Sequence[LineItem], products: Sequence[Decimal | None]) -> Decimal:
    """By what whole number most of the amounts are their products: the months that stand elsewhere, else 1."""
    pairs = zip(items, products, strict=True)
    ratios = Counter(item.amount.value / product for item, product in pairs if item.amount and product)
    ratio, count = ratios.most_common(1)[0] if ratios else (Decimal(1), 0)
    return ratio if 2 * count > len(items) and ratio == ratio.to_integral_value() and ratio > 0 else Decimal(1)


def implied(item: LineItem, multiply: bool) -> Decimal | None:
    """Price times quantity, or times the periods too; None where one was not read."""
    factors = [item.unit_price, item.quantity, *([item.periods] if multiply else [])]
    known = [factor.value for factor in factors if factor]
    return math.prod(known, start=Decimal(1)) if len(known) == len(factors) else None
