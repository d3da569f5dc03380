"""Rarer ways of printing a price table: units above it, years for months, categories as rows, totals in words.

Amounts never change here, so that instalments and statements, drawn before, still fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

from bench.synth.deal import Column, Deal, Line, PriceTable, Role, TailRow
from bench.synth.figures import fen
from bench.synth.kinds import KINDS

TableTwist: TypeAlias = Callable[[Deal, Random], Deal | None]

NAMES: dict[Role, tuple[str, ...]] = {
    "seq": ("项号", "序 号", "No."),
    "name": ("货物名称", "服务内容", "产品名称", "项目内容", "费用名称", "分项内容"),
    "spec": ("品牌型号", "主要参数", "配置说明", "服务要求", "规格"),
    "unit": ("单 位", "计价单位", "计量单位"),
    "unit_price": ("单价", "报价（元）", "不含税单价（元）", "中标单价（元）", "单价（人民币元）"),
    "quantity": ("数 量", "工程量", "数量（暂定）", "采购量"),
    "amount": ("总价", "金额", "价格（元）", "小计", "总额（元）", "费用（元）", "合价"),
    "remark": ("其他", "备 注", "交付要求"),
}
NOTES = ("单位：{}", "金额单位：{}", "货币单位：人民币{}", "（单位：{}）")
OTHER_COLUMNS = (
    ("税率", ("6%", "13%", "9%")),
    ("税率（%）", ("6", "13")),
    ("产地", ("国产",)),
    ("品牌", ("云枢", "远帆")),
    ("响应情况", ("满足", "无偏离")),
)
GIVEN = ("—", "/", "不另收费", "含在总价中", "免")


def table(deal: Deal, **changes: Any) -> Deal:
    return replace(deal, prices=replace(deal.prices, **changes))


def renamed(deal: Deal, rng: Random) -> Deal:
    """Other names for some of the columns; a unit in the header (元/月, 万元) stays as it is."""
    columns = [
        replace(column, header=rng.choice(NAMES[column.role]))
        if column.role in NAMES and rng.random() < 0.5 and not re.search(r"/月|万元", column.header)
        else column
        for column in deal.prices.columns
    ]
    return table(deal, columns=tuple(columns))


def unit_above(deal: Deal, rng: Random) -> Deal:
    """单位：元 (or 万元) above the table, and none in its headers."""
    unit = "万元" if deal.prices.ten_thousands else "元"
    bare = re.compile(r"[（(]万?元[)）]")
    columns = tuple(replace(column, header=bare.sub("", column.header)) for column in deal.prices.columns)
    tail = tuple(replace(row, label=bare.sub("", row.label)) for row in deal.prices.tail)
    return table(deal, columns=columns, tail=tail, unit_note=rng.choice(NOTES).format(unit))


def years(deal: Deal, rng: Random) -> Deal | None:
    """Prices by the year and a column of years, where every line runs for whole years."""
    lines = deal.prices.lines
    if not lines or any(line.periods is None or line.periods % 12 for line in lines):
        return None
    factor = 12 if deal.prices.convention == "multiply" else 1
    changed = tuple(
        replace(
            line,
            periods=(line.periods or 0) // 12,
            unit_price=None if line.unit_price is None else line.unit_price * factor,
        )
        for line in lines
    )
    header = rng.choice(["服务期（年）", "年限（年）", "期限（年）"])
    columns = [
        Column("periods", header)
        if column.role == "periods"
        else replace(column, header=column.header.replace("元/月", "元/年"))
        for column in deal.prices.columns
    ]
    return table(deal, lines=changed, columns=tuple(columns), period_unit="year")


def counted_periods(deal: Deal, rng: Random) -> Deal | None:
    """12个月 in each cell of the period column."""
    if not deal.prices.has("periods"):
        return None
    columns = tuple(
        replace(column, header=re.sub(r"[（(][年月][)）]", "", column.header)) if column.role == "periods" else column
        for column in deal.prices.columns
    )
    return table(deal, columns=columns, counted_periods=True)


def counted_quantities(deal: Deal, rng: Random) -> Deal | None:
    """20台 in each cell of the quantity column, where no column of units stands."""
    return None if deal.prices.has("unit") else table(deal, counted_quantities=True)


def categories_of(deal: Deal) -> list[str]:
    """Each line's category, by the thing that it lists."""
    of = {item.name: item.category for item in KINDS[deal.kind].items}
    return [of[re.sub(r"（第.+批）$", "", line.name)] for line in deal.prices.lines]


def categorised(deal: Deal) -> tuple[Line, ...] | None:
    """The lines with their categories, where there are several, none of which comes twice."""
    found = categories_of(deal)
    runs = [category for i, category in enumerate(found) if i == 0 or found[i - 1] != category]
    if len(runs) < 2 or len(set(runs)) < len(runs):
        return None
    return tuple(replace(line, category=(of,)) for line, of in zip(deal.prices.lines, found, strict=True))


def subheads(deal: Deal, rng: Random) -> Deal | None:
    """一、计算服务 as a row above the lines of the category, with or without a 小计 below them."""
    lines = categorised(deal)
    if deal.prices.has("category") or lines is None or deal.prices.ten_thousands:
        return None
    return table(deal, lines=lines, subheads=True, subtotals=rng.random() < 0.4)


def printed_once(deal: Deal, rng: Random) -> Deal | None:
    """A column of categories in a table without rulings between its columns: each name printed once."""
    lines = categorised(deal)
    open_ = deal.look.ruling in ("horizontal", "none")
    if not open_ or deal.prices.has("category") or deal.prices.subheads or lines is None:
        return None
    columns = list(deal.prices.columns)
    columns.insert(1, Column("category", rng.choice(["类别", "分类", "服务类别"])))
    changed = replace(deal, look=replace(deal.look, category_top=rng.random() < 0.7))
    return table(changed, lines=lines, columns=tuple(columns))


def total_in_words(deal: Deal, rng: Random) -> Deal | None:
    """The total in a cell of words and one of figures, in two rows, or in words alone."""
    old = deal.prices
    if len(old.tail) != 1 or old.ten_thousands:
        return None
    label, total = rng.choice(["合计", "总计", "合计金额", "总价"]), old.total
    in_words = TailRow(rng.choice(["大写", "合计（大写）", "总价（大写）", "人民币大写"]), total, "words")
    tails = [
        (TailRow(label, total, "cells"),),
        (TailRow(label, total, "cells"),),
        (TailRow(label, total), in_words),
        (in_words, TailRow("合计（小写）", total)),
        (in_words,),
    ]
    return table(deal, tail=rng.choice(tails))


def other_rates(deal: Deal, rng: Random) -> Deal | None:
    """Tax at another rate than the common one, below a price that includes it."""
    labels = [row.label for row in deal.prices.tail]
    if labels != ["不含税金额", "税额（税率6%）", "含税总价"]:
        return None
    rate = rng.choice([1, 3, 9, 13])
    net = fen(deal.prices.total / (1 + Decimal(rate) / 100))
    sums = (net, deal.prices.total - net, deal.prices.total)
    names = rng.choice(
        [("不含税价", f"增值税额（{rate}%）", "含税价"), ("不含税合计", f"税金（税率{rate}%）", "价税合计")]
    )
    return table(deal, tail=tuple(TailRow(name, sum_) for name, sum_ in zip(names, sums, strict=True)))


def other_gifts(deal: Deal, rng: Random) -> Deal | None:
    """Other words and signs for what costs nothing."""
    if not any(line.free_word for line in deal.prices.lines):
        return None
    word = rng.choice(GIVEN)
    return table(deal, lines=tuple(replace(x, free_word=word) if x.free_word else x for x in deal.prices.lines))


def rounded_price(deal: Deal, rng: Random) -> Deal | None:
    """A unit price that was reckoned back from its line's amount, and rounded: no error."""
    old: PriceTable = deal.prices
    at = rng.randrange(len(old.lines))
    line = old.lines[at]
    if old.convention not in ("plain", "describe") or not line.unit_price or not line.amount or len(old.lines) < 4:
        return None
    quantity = Decimal(rng.choice([3, 7, 9, 11, 13]))
    price = fen(line.amount / quantity)
    if fen(price * quantity) == line.amount:
        return None
    changed = replace(line, unit_price=price, quantity=quantity)
    lines = (*old.lines[:at], changed, *old.lines[at + 1 :])
    return replace(table(deal, lines=lines), near_misses=(*deal.near_misses, "rounded_price"))


def fine_prices(deal: Deal, rng: Random) -> Deal | None:
    """Cheap things by the hundred: prices with four decimals."""
    lines = list(deal.prices.lines)
    cheap = [i for i, line in enumerate(lines) if line.unit_price and line.unit_price < 60]
    for i in rng.sample(cheap, min(len(cheap), 3)):
        price = lines[i].unit_price or Decimal(0)
        lines[i] = replace(
            lines[i], unit_price=price.scaleb(-2), quantity=(lines[i].quantity * 100).quantize(Decimal(1))
        )
    return table(deal, lines=tuple(lines)) if cheap else None


def negative_discount(deal: Deal, rng: Random) -> Deal | None:
    """What is taken off the total, with its sign."""
    tail = deal.prices.tail
    if not any(row.label in ("优惠金额", "抹零") for row in tail):
        return None
    signed = (replace(row, figures=-row.figures) if row.label in ("优惠金额", "抹零") else row for row in tail)
    return table(deal, tail=tuple(signed))


def another_column(deal: Deal, rng: Random) -> Deal | None:
    """A column that no equation needs: the tax rate, the maker, the place of origin."""
    header, values = rng.choice(OTHER_COLUMNS)
    columns = list(deal.prices.columns)
    at = next(i for i, column in enumerate(columns) if column.role in ("unit", "unit_price", "quantity"))
    at = rng.choice([at, len(columns)])
    columns.insert(at, Column("other", header, rng.choice(values)))
    return table(deal, columns=tuple(columns))


def requirements(deal: Deal, rng: Random) -> Deal | None:
    """A table of requirements in the body: numbered like the price table, and none."""
    return replace(deal, requirements=True) if len(deal.opening) > 1 and not deal.look.table_in_body else None


TABLE_TWISTS: dict[str, tuple[float, TableTwist]] = {
    "rounded_price": (0.06, rounded_price),
    "renamed": (0.3, renamed),
    "years": (0.3, years),
    "counted_periods": (0.25, counted_periods),
    "counted_quantities": (0.3, counted_quantities),
    "unit_above": (0.2, unit_above),
    "subheads": (0.1, subheads),
    "printed_once": (0.35, printed_once),
    "total_in_words": (0.25, total_in_words),
    "other_rates": (0.6, other_rates),
    "fine_prices": (0.12, fine_prices),
    "negative_discount": (0.4, negative_discount),
    "another_column": (0.15, another_column),
    "requirements": (0.12, requirements),
    "other_gifts": (0.5, other_gifts),
}
