"""Where a price table keeps its figures, when headers alone don't say.

Contracts print 不含税单价 beside 含税单价, or a month's 小计 beside the 合计; price x quantity (x periods) = amount
holds for one choice of columns only. The choice that holds for most rows is taken; where several hold alike, the price
with tax and the amount furthest right.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pipeline.fields._columns import Column, Grid, Role, columns_of, name_column
from pipeline.model.document import Cell
from pipeline.text.numbers import parse_money

# Tables that name and price things but state no prices: payment plans, fines, references of earlier work.
NOT_PRICES = re.compile(
    r"付款|支付|应[付缴]|缴[纳费]|期次|罚|扣款|扣除|违约|业主|客户|业绩|签订|签约|完成[时日]|竣工|合同编号|资金来源"
)
TOTAL = re.compile(r"(?:合计|总计|共计|总价|总额)(?:[（(].*)?[：:]?")
FIGURE_ROLES: tuple[Role, ...] = ("unit_price", "quantity", "periods", "amount")
HALF_FEN = Decimal("0.005")
ONE = Decimal(1)
MOST_PERIODS = 366


class Figures(NamedTuple):
    """A choice of columns for a line's figures."""

    price: Column | None
    quantity: Column | None
    periods: Column | None
    amount: Column | None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a price table by what they hold; None or empty where it has no such column."""

    name: Column
    seq: Column | None
    category: tuple[Column, ...]
    spec: tuple[Column, ...]
    unit: Column | None
    unit_price: Column | None
    quantity: Column | None
    periods: Column | None
    amount: Column | None
    remark: Column | None

    @property
    def figures(self) -> tuple[Column, ...]:
        columns = (self.unit_price, self.quantity, self.periods, self.amount)
        return tuple(column for column in columns if column)


def layout_of(grid: Grid, header_rows: int) -> Layout | None:
    """The table's layout as a price table; None where its header is no price table's."""
    columns, body = columns_of(grid, header_rows), grid[header_rows:]
    name = name_column(columns, body)
    if not name or any(NOT_PRICES.search(column.header) for column in columns):
        return None
    price, quantity, periods, amount = best_figures(columns, body)
    if not amount and not price:
        return None
    return Layout(
        name=name,
        seq=first(columns, "seq"),
        category=tuple(c for c in columns if c.role in ("category", "name") and c.index < name.index),
        spec=tuple(c for c in columns if c.role == "spec" or (c.role == "name" and c.index > name.index)),
        unit=first(columns, "unit"),
        unit_price=price,
        quantity=quantity,
        periods=periods,
        amount=amount,
        remark=first(columns, "remark"),
    )


def first(columns: Iterable[Column], role: Role) -> Column | None:
    return next((column for column in columns if column.role == role), None)


def best_figures(columns: tuple[Column, ...], body: Grid) -> Figures:
    """Price, quantity, periods and amount: the preferred choice of those whose product holds for most rows.

    A wrong figure must never make the table look right: so a choice that a row or a third of them speak against is
    as good as the best, and a column that its header names is never left out for the sake of the product.
    """
    claims = [claimants(columns, role) for role in FIGURE_ROLES]
    every = [Figures(*choice) for choice in itertools.product(*claims) if is_choice(choice)]
    held = {choice: explained(choice, body) for choice in every}
    choices = [choice for choice in every if is_named(choice) or held[choice] >= max(2, len(body) // 2)]
    most = max(held[choice] for choice in choices)
    enough = most - (max(1, most // 3) if most > 1 else 0)
    return max((choice for choice in choices if held[choice] >= enough), key=lambda choice: preference(choice, held))


def claimants(columns: tuple[Column, ...], role: Role) -> list[Column | None]:
    """The columns that may hold the role; none of them only where no header surely names it.

    Where no header names the amount, it was misread: any column that means nothing else may hold it. A quantity may
    stand in a column whose header was not read.
    """
    able: list[Column | None] = [column for column in columns if column.may_hold(role)]
    if role == "amount" and not able:
        able = [column for column in columns if column.role == "other"]
    if role == "quantity" and not able:
        able = [column for column in columns if column.role == "other" and column.hidden]
    sure = any(column and column.role == role and not column.doubtful for column in able)
    return able if sure else [*able, None]


def is_named(choice: Figures) -> bool:
    """Whether headers name all columns of the choice; else its product must hold for most rows."""
    return all(column.role != "other" for column in choice if column)


def is_choice(choice: Sequence[Column | None]) -> bool:
    """Whether no column is taken twice."""
    taken = [column.index for column in choice if column]
    return len(taken) == len(set(taken))


def explained(choice: Figures, body: Grid) -> int:
    """How many rows the choice explains."""
    return sum(product_holds(choice, row) for row in body if not is_total_row(row))


def is_total_row(row: tuple[Cell, ...]) -> bool:
    """Whether a cell of the row says no more than 合计."""
    return any(TOTAL.fullmatch(cell.text.text) for cell in row)


def preference(choice: Figures, held: Mapping[Figures, int]) -> tuple[int, ...]:
    """Columns by their own headers, as many as can be, with tax, the amount furthest right; then what explains more."""
    price, _, _, amount = choice
    taken = [column for column in choice if column]
    untaxed = sum("不含税" in column.header or "税前" in column.header for column in (price, amount) if column)
    named = sum(column.role == role for column, role in ((price, "unit_price"), (amount, "amount")) if column)
    place = amount.index if amount else -1
    return named, len(taken), -untaxed, place, -(price.index if price else 0), held[choice]


def product_holds(choice: Figures, row: tuple[Cell, ...]) -> bool:
    """Whether price x quantity x periods is the amount to the fen, or a whole number short of it: the periods only
    describe, or the term's months or the visits a year stand elsewhere.

    Where no column counts things, the periods alone multiply: a month's rent x 12. A quantity whose header was not
    read must explain the amount by itself or with the periods printed.
    """
    price, amount = value(row, choice.price), value(row, choice.amount)
    quantity = value(row, choice.quantity) if choice.quantity else ONE
    if not price or not quantity or amount is None:
        return False
    factors = [ONE, value(row, choice.periods) or ONE]
    if not choice.quantity or not choice.quantity.hidden:
        factors.append((amount / (price * quantity)).to_integral_value())
    return any(1 <= f <= MOST_PERIODS and abs(price * quantity * f - amount) <= HALF_FEN for f in factors)


def value(row: tuple[Cell, ...], column: Column | None) -> Decimal | None:
    """The cell's number without the words around it (12个月, 16台)."""
    if column is None:
        return None
    return parse_money(re.sub(r"[^\d.,，-]", "", row[column.index].text.text))
