"""What a price table prints below its lines, and tables that look priced but were not read.

Below 合计 may stand what turns it into the price to pay: 优惠 -3,560.00 (抹零, 让利, 下浮), or 税额 where the lines are
net. A record's line items keep only the total that the lines make; the rest is found in the table as printed.

>>> DISCOUNT.search("抹零优惠") is not None, DISCOUNT.search("优惠后总价") is None
(True, True)
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from pipeline.model.record import LineItem, LineItemTable, Record, TableRecord
from pipeline.model.source import Cited
from pipeline.text.money import FREE
from pipeline.text.numbers import parse_money
from pipeline.text.roles import role_of

DISCOUNT = re.compile(r"^(?:减|扣除)?[：:]?[一-龥]{0,4}(?:优惠|折扣|让利|抹零|下浮|减免|折让)(?!.*后)")
DISCOUNT_COLUMN = re.compile(r"折扣|下浮|优惠[率比]|让利")
TAX = re.compile(r"^(?:加)?[：:]?(?:增值税)?税[额金款]|^增值税")
PRICED = re.compile(r"单价|合价|总价|小计|金额|费用|价格|报价|租金|酬金|造价|价款")
AS_MONEY = re.compile(r"[¥￥]|\d\.\d\d$|\d,\d{3}")
BLANK = re.compile(r"[—–\-/]{1,3}")
LEAST_PRICED = 3  # rows
FIGURE = re.compile(r"\d(?!.*[%％‰])")  # meant as a sum, not as a rate
OTHERWISE_READ = re.compile(r"付款|支付|期次|款项|罚|违约|扣|系数|业绩|业主|资金来源|合同")


def printed_table(record: Record, table: LineItemTable) -> TableRecord | None:
    return next((printed for printed in record.tables if printed.id == table.table_id), None)


def charged(record: Record, table: LineItemTable) -> LineItemTable:
    """The table without the lines that are printed as free (免费, 赠送) instead of a sum: they add nothing."""
    printed = printed_table(record, table)
    lacking = [item for item in table.items if item.amount is None]
    if printed is None or not lacking:
        return table
    sums = columns_of_sums(table, printed)
    free = {id(item) for item in lacking if is_free(item, printed, sums)}
    return replace(table, items=tuple(i for i in table.items if id(i) not in free)) if free and table.total else table


def row_of(item: LineItem, printed: TableRecord) -> Sequence[Cited[str]]:
    """The line's printed row; none where several may be."""
    named = {leaf.value for leaf in (item.seq, item.name) if leaf}
    mine = [row for row in printed.rows if named and named <= {cell.value for cell in row}]
    return mine[0] if len(mine) == 1 else ()


def columns_of_sums(table: LineItemTable, printed: TableRecord) -> frozenset[int]:
    """The columns whose header names sums, and that in which most lines' stand, whatever was read of its header."""
    named = {i for i, header in enumerate(printed.header) if role_of(header.value) == "amount"}
    places = Counter(
        i
        for item in table.items
        if item.amount is not None
        for i, cell in enumerate(row_of(item, printed))
        if parse_money(cell.value) == item.amount.value
    )
    usual = {i for i, count in places.most_common(1) if 2 * count > len(table.items)}
    return frozenset(named or usual)


def is_free(item: LineItem, printed: TableRecord, columns: Set[int]) -> bool:
    """Whether the line's printed row says in place of its sum that it is given for nothing, or has its price and its
    sum crossed out."""
    mine = row_of(item, printed)
    roles = [(role_of(header.value), cell.value) for header, cell in zip(printed.header, mine, strict=False)]
    sums = [cell.value for i, cell in enumerate(mine) if i in columns]
    prices = [text for role, text in roles if role == "unit_price"]
    crossed_out = prices and sums and all(map(BLANK.fullmatch, (*prices, *sums)))
    return bool(crossed_out) or any(map(FREE.fullmatch, sums))


def has_discounts(record: Record, table: LineItemTable) -> bool:
    """Whether a column of the table gives each line a discount (折扣, 下浮率)."""
    printed = printed_table(record, table)
    return printed is not None and any(DISCOUNT_COLUMN.search(cell.value) for cell in printed.header)


def has_blank_periods(record: Record, table: LineItemTable) -> bool:
    """Whether the table is printed with a column of periods in which no figure was read."""
    printed = printed_table(record, table)
    columns = [i for i, header in enumerate(printed.header) if role_of(header.value) == "periods"] if printed else []
    texts = [row[i].value for row in (printed.rows if printed else ()) for i in columns if i < len(row)]
    return bool(columns) and not any(map(str.isdigit, "".join(texts)))


def adjustments(printed: TableRecord) -> Iterator[tuple[Decimal, Cited[str]]]:
    """The sums that rows below the lines take off the total (negative) or add to it, as printed.

    A row of one label and a sum below zero takes it off, though the label may be misread.
    """
    for row in printed.rows:
        label = next((cell.value for cell in row if cell.value), "")
        sums = [(value, cell) for cell in row if (value := parse_money(cell.value)) is not None]
        below_zero = bool(sums) and sums[-1][0] < 0 and is_labelled(row)
        sign = -1 if DISCOUNT.search(label) or below_zero else 1 if TAX.search(label) else 0
        if sign and sums:
            value, cell = sums[-1]
            yield sign * abs(value), cell


def unread_adjustments(printed: TableRecord) -> Iterator[Cited[str]]:
    """The cells beside a discount's or a tax's label in rows of which no sum could be read."""
    for row in printed.rows:
        texts = [cell for cell in row if cell.value]
        if not texts or not (DISCOUNT.search(texts[0].value) or TAX.search(texts[0].value)):
            continue
        beside = [cell for cell in texts if cell.value != texts[0].value and FIGURE.search(cell.value)]
        if beside and all(parse_money(cell.value) is None for cell in beside):
            yield beside[-1]


def brought_down(printed: TableRecord, made: Decimal, total: Decimal) -> list[Cited[str]]:
    """The cells of two labelled rows below that of the lines' total: the first states what parts it from `total`, the
    second `total`, whatever their labels, which may be misread (优患金额). Above stand subtotals, which add up, too."""
    cells = [cell for row in printed.rows if is_labelled(row) for cell in row if parse_money(cell.value) is not None]
    sums = [parse_money(cell.value) for cell in cells]
    if made == total or made not in sums:
        return []
    start = len(sums) - sums[::-1].index(made)
    for first, second in itertools.combinations(range(start, len(sums)), 2):
        if sums[first] in (made - total, total - made) and sums[second] == total:
            return [cells[first], cells[second]]
    return []


def is_labelled(row: tuple[Cited[str], ...]) -> bool:
    """Whether a row has one label over several columns, and a sum; a line has a name in one of them."""
    texts = [cell.value for cell in row if cell.value]
    return len(set(texts)) == 2 < len(texts)  # the label, repeated, and the sum


def restated(printed: TableRecord, made: Decimal, total: Decimal) -> Cited[str] | None:
    """The cell of a row of totals that states `total` beside the sum of the lines: net and with tax, a month and a
    year, before and after a discount."""
    for row in printed.rows:
        sums = {parse_money(cell.value): cell for cell in row}
        if made in sums and total in sums:
            return sums[total]
    return None


def is_priced(row: tuple[Cited[str], ...]) -> bool:
    """Whether two cells of the row are figures, one of them printed as money."""
    figures = {cell.value for cell in row if parse_money(cell.value) is not None}
    return len(figures) > 1 and any(AS_MONEY.search(figure) for figure in figures)


def unread(record: Record) -> Iterator[TableRecord]:
    """Tables with a column of sums of which neither price lines nor instalments nor fines were made.

    The rest of a price table, parted from its header by a page break, has the sums and no header.
    """
    read = {table.table_id for table in record.line_item_tables}
    for table in record.tables:
        if not table.header and table.id not in read and sum(map(is_priced, table.rows)) >= LEAST_PRICED:
            yield table
            continue
        header = [cell.value for cell in table.header]
        priced = [i for i, name in enumerate(header) if PRICED.search(name)]
        known = table.id in read or any(OTHERWISE_READ.search(name) for name in header)
        if not known and any(parse_money(row[i].value) is not None for row in table.rows for i in priced):
            yield table
