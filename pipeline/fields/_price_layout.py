"""Where a price table keeps its figures, when headers alone don't say.

Contracts print 不含税单价 beside 含税单价, or a month's 小计 beside the 合计; price x quantity (x periods) = amount
holds for one choice of columns only. The choice that holds for most rows is taken; where several hold alike, the price
with tax and the amount furthest right.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from pipeline.fields._columns import Column, Grid, columns_of, name_column, number_at
from pipeline.model.document import Cell
from pipeline.text.roles import Role

Line: TypeAlias = Mapping[int, Decimal]  # a line's numbers by column

# Tables that name and price things but state no prices: payment plans, fines, references of earlier work.
NOT_PRICES = re.compile(
    r"付款|支付|应[付缴]|缴[纳费]|期次|罚|扣款|扣除|违约|业主|客户|业绩|签订|签约|完成[时日]|竣工|合同编号|资金来源"
)
TOTAL = re.compile(r"(?:合计|总计|共计|总价|总额)(?:[（(].*)?[：:]?")
SUM = re.compile(r"[¥￥]?\d[\d,，]*\.\d{2,6}")
FIGURE_ROLES: tuple[Role, ...] = ("unit_price", "quantity", "periods", "amount")
LEAST_PROVEN = 3  # lines whose product holds
TEN_THOUSANDS, YUAN = "万元", "元"
HALF_FEN = Decimal("0.005")
ONE = Decimal(1)
MOST_PERIODS = 366


class Figures(NamedTuple):
    """A choice of columns for a line's figures."""

    unit_price: Column | None
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
    price, quantity, periods, amount = in_one_unit(best_figures(columns, body), figures_in(columns, body))
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
    as good as the best, and a column that its header names is never left out for the sake of the product. A column
    whose header says nothing is taken only where the product proves it and no other choice is as good.
    """
    lines = figures_in(columns, body)
    claims = [claimants(columns, role) for role in FIGURE_ROLES]
    every = [choice for claim in itertools.product(*claims) if is_choice(choice := Figures(*claim))]
    held = {choice: holding(choice, lines) for choice in every}
    lone = lone_sums(columns, body)
    choices = [choice for choice in every if is_named(choice) or is_proven(choice, held[choice], lines, lone)]
    most = max(held[choice] for choice in choices)
    enough = most - (max(1, most // 3) if most > 1 else 0)
    good = [choice for choice in choices if held[choice] >= enough]
    sure = [choice for choice in good if is_named(choice) or is_only(choice, good, held)]
    return max(sure or filter(is_named, choices), key=lambda choice: preference(choice, held))


def in_one_unit(choice: Figures, lines: Sequence[Line]) -> Figures:
    """The choice, prices or amounts whose header names no unit in that of the others (万元) where enough products hold
    as printed: a seal may hide the unit, and prices in 元 would make no amounts in 万元."""
    price, amount = choice.unit_price, choice.amount
    held = sum(product_holds(choice, line) for line in lines)
    if not price or not amount or (held < LEAST_PROVEN and 2 * held <= len(lines)):
        return choice
    known, bare = (price, amount) if TEN_THOUSANDS in price.header else (amount, price)
    if TEN_THOUSANDS not in known.header or YUAN in bare.header:
        return choice
    told = replace(bare, header=f"{bare.header}（{TEN_THOUSANDS}）")
    return choice._replace(**{"unit_price" if bare is price else "amount": told})


def figures_in(columns: tuple[Column, ...], body: Grid) -> list[Line]:
    """The numbers of each row that is no total, by column; that of a cell that spans several is its first column's."""
    rows = [row for row in body if not is_total_row(row)]
    return [
        {
            column.index: number
            for column in columns
            if row[column.index].column == column.index and (number := number_at(row, column)) is not None
        }
        for row in rows
    ]


def claimants(columns: tuple[Column, ...], role: Role) -> list[Column | None]:
    """The columns that may hold the role; none of them only where no header surely names it.

    Where no header names it, a header was misread: any column of figures may hold it whose header says nothing else, or
    says what another one does and is the role's name but for a character (单价 beside 综合单价, for 总价). Where only
    headers in doubt do (报价), one that is the role's name but for a character may, too, or one that can't be read.
    """
    able: list[Column | None] = [column for column in columns if column.may_hold(role)]
    if not able:
        able = [column for column in columns if column.open or (has_twin(column, columns) and column.nearly(role))]
    elif all(column.doubtful for column in able if column):
        able += [column for column in columns if column.open and (column.hidden or column.nearly(role))]
    sure = any(column and column.role == role and not column.doubtful for column in able)
    return able if sure else [*able, None]


def has_twin(column: Column, columns: Sequence[Column]) -> bool:
    """Whether another column's header claims the same figures."""
    return column.role in FIGURE_ROLES and any(c.role == column.role and c != column for c in columns)


def unnamed(choice: Figures) -> list[tuple[Column, Role]]:
    """The columns of the choice whose headers don't name what it takes them for."""
    return [
        (column, role)
        for column, role in zip(choice, FIGURE_ROLES, strict=True)
        if column and not column.may_hold(role)
    ]


def is_named(choice: Figures) -> bool:
    """Whether headers name all columns of the choice."""
    return not unnamed(choice)


def lone_sums(columns: Sequence[Column], body: Grid) -> Column | None:
    """The one column whose header can't be read and most of whose cells are money, right of prices and
    quantities: the sums'."""
    unknown = [column for column in columns if column.open]
    roles = {column.role: column.index for column in columns}
    named = [roles[role] for role in ("unit_price", "quantity") if role in roles]
    if len(unknown) != 1 or len(named) != 2 or "amount" in roles or unknown[0].index < max(named):
        return None
    texts = [text for row in body if unknown[0].hidden and (text := row[unknown[0].index].text.text)]
    return unknown[0] if 2 * sum(SUM.fullmatch(text) is not None for text in texts) > len(texts) else None


def is_proven(choice: Figures, held: int, lines: Sequence[Line], lone: Column | None) -> bool:
    """Whether the product holds for nearly all lines; for most where a character of the unnamed headers was misread;
    for half where these weren't read at all, or only the sums' is missing and one column is left for them."""
    priced = sum(all(line.get(column.index) is not None for column in choice if column) for line in lines)
    if unnamed(choice) == [(lone, "amount")]:
        return held >= max(1, priced // 2)
    if all(column.hidden for column, _ in unnamed(choice)):
        return held >= max(2, len(lines) // 2)
    if all(column.nearly(role) for column, role in unnamed(choice)):
        return held >= LEAST_PROVEN and 2 * held > priced
    return held >= LEAST_PROVEN and 5 * held >= 4 * priced


def is_only(choice: Figures, rivals: Sequence[Figures], held: Mapping[Figures, int]) -> bool:
    """Whether no other choice that gives the unnamed columns other roles explains as much."""
    return not any(
        preference(rival, held)[:3] >= preference(choice, held)[:3]
        and held[rival] >= held[choice]
        and any(mine not in zip(rival, FIGURE_ROLES, strict=True) for mine in unnamed(choice))
        for rival in rivals
    )


def is_choice(choice: Figures) -> bool:
    """Whether no column is taken twice, and none for periods that must be the quantity: of two factors one is."""
    taken = [column.index for column in choice if column]
    lone = choice.periods is not None and choice.periods.open and choice.quantity is None
    return len(taken) == len(set(taken)) and not lone


def is_total_row(row: tuple[Cell, ...]) -> bool:
    """Whether a cell of the row says no more than 合计."""
    return any(TOTAL.fullmatch(cell.text.text) for cell in row)


def preference(choice: Figures, held: Mapping[Figures, int]) -> tuple[int, ...]:
    """Columns by their own headers, as many as can be, those nearly named so, with tax, the amount furthest right;
    then what explains more."""
    price, _, _, amount = choice
    taken = [column for column in choice if column]
    untaxed = sum("不含税" in column.header or "税前" in column.header for column in (price, amount) if column)
    named = sum(column.role == role for column, role in ((price, "unit_price"), (amount, "amount")) if column)
    near = sum(column.nearly(role) for column, role in unnamed(choice))
    place = amount.index if amount else -1
    return named, len(taken), near, -untaxed, place, -(price.index if price else 0), held[choice]


def holding(choice: Figures, lines: Sequence[Line]) -> int:
    """For how many lines the product holds, or all of them times the one number that most show: months that stand
    elsewhere."""
    times: Counter[Decimal] = Counter()
    for line in lines:
        price, quantity, amount = (line.get(c.index) if c else None for c in (choice[0], choice[1], choice[3]))
        if price and quantity and amount:
            times[amount / (price * quantity)] += 1
    whole = [ratio for ratio in times if 1 < ratio <= MOST_PERIODS and ratio == ratio.to_integral_value()]
    alike = max((times[ratio] for ratio in whole), default=0) if choice.periods is None else 0
    return max(sum(product_holds(choice, line) for line in lines), alike if alike >= LEAST_PROVEN else 0)


def product_holds(choice: Figures, line: Line) -> bool:
    """Whether price x quantity x periods is the amount to the fen, or a whole number short of it: the periods only
    describe, or the term's months or the visits a year stand elsewhere.

    Where no column counts things, the periods alone multiply: a month's rent x 12. A quantity whose header was not
    read must explain the amount by itself or with the periods printed, periods whose header says nothing must multiply.
    """
    price, quantity, periods, amount = (line.get(column.index) if column else None for column in choice)
    quantity = quantity if choice.quantity else ONE
    if not price or not quantity or amount is None:
        return False
    factors = [ONE, periods or ONE]
    if choice.periods and choice.periods.open:
        factors = [periods] if periods and periods > 1 else []
    elif not is_unsure(choice.quantity) and not (choice.unit_price and choice.unit_price.open):
        factors.append((amount / (price * quantity)).to_integral_value())
    return any(1 <= f <= MOST_PERIODS and abs(price * quantity * f - amount) <= HALF_FEN for f in factors)


def is_unsure(column: Column | None) -> bool:
    return column is not None and (column.hidden or column.open)
