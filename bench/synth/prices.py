"""The price table of a deal: lines, columns, the period's convention, and what stands below the lines.

Every line is exact under the table's convention (rounded to the fen where its product isn't whole), and the total is
the sum of the lines as printed; discounts, taxes and 抹零 come below it, and a clause says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from random import Random

from bench.synth.deal import Column, Convention, Line, PriceTable, Role, Ruling, TailRow
from bench.synth.figures import chinese, fen
from bench.synth.kinds import Item, Kind

HEADERS: dict[Role, tuple[str, ...]] = {
    "seq": ("序号", "序号", "编号"),
    "category": ("服务类别", "类别", "分类"),
    "name": ("名称", "项目名称", "服务名称", "分项名称"),
    "spec": ("规格型号", "技术参数", "规格要求"),
    "unit": ("单位", "计量单位", "计价单位"),
    "unit_price": ("单价（元）", "单价(元)", "含税单价（元）", "综合单价（元）"),
    "quantity": ("数量", "数量", "采购数量"),
    "amount": ("合价（元）", "小计（元）", "金额（元）", "总价（元）", "合计（元）"),
    "remark": ("备注", "说明", "备注"),
}
ORDERS: tuple[tuple[Role, ...], ...] = (
    ("seq", "category", "name", "spec", "unit", "unit_price", "quantity", "periods", "amount", "remark"),
    ("seq", "category", "name", "spec", "unit", "quantity", "unit_price", "periods", "amount", "remark"),
    ("seq", "category", "name", "spec", "quantity", "unit", "unit_price", "periods", "amount", "remark"),
    ("seq", "category", "name", "spec", "unit_price", "unit", "quantity", "periods", "amount", "remark"),
    ("seq", "category", "name", "spec", "unit", "quantity", "periods", "unit_price", "amount", "remark"),
)
TOTALS = ("合计", "总计", "总价（元）", "合计（元）", "合计金额")
TAILS = ("total",) * 6 + ("words", "words", "discount", "small", "tax", "net")
FREE = ("赠送", "免费")


def draw(rng: Random, kind: Kind, months: int, ruling: Ruling) -> PriceTable:
    """A table of the kind for a term of so many months."""
    convention = rng.choice(kind.conventions)
    columns = draw_columns(rng, kind, convention, merged=ruling in ("full", "part"))
    roles = {column.role for column in columns}
    lines = draw_lines(rng, kind, convention, months, roles)
    total = sum((line.amount for line in lines if line.amount is not None), Decimal(0))
    table = PriceTable(rng.choice(kind.tables), columns, lines, convention, total, total, ())
    grouped = "category" in roles and ruling == "full" and len({line.category for line in lines}) > 1
    if grouped and rng.random() < 0.2:
        table = replace(table, subtotals=True)
    dear = all(line.unit_price is None or line.unit_price >= 1000 for line in lines)
    if dear and not table.subtotals and convention == "plain" and rng.random() < 0.5:
        table = in_ten_thousands(table)
    return with_tail(rng, table)


def draw_columns(rng: Random, kind: Kind, convention: Convention, merged: bool) -> tuple[Column, ...]:
    shares: dict[Role, float] = {"category": 0.45 if merged else 0, "spec": 0.4, "unit": 0.75, "remark": 0.4}
    shown = {role: rng.random() < share for role, share in shares.items()}
    shown["periods"] = convention in ("multiply", "describe")
    columns = []
    for role in rng.choice(ORDERS):
        if not shown.get(role, True):
            continue
        header = rng.choice(kind.period_headers) if role == "periods" else rng.choice(HEADERS[role])
        if role == "unit_price" and convention in ("multiply", "term"):
            header = rng.choice(["单价（元/月）", header])
        columns.append(Column(role, header))
    return tuple(columns)


def draw_lines(rng: Random, kind: Kind, convention: Convention, months: int, roles: set[Role]) -> tuple[Line, ...]:
    share = rng.uniform(0.4, 1)
    chosen = [item for item in kind.items if rng.random() < share] or list(kind.items)
    long = rng.random() < 0.25
    if long:
        chosen = [item for item in kind.items for _ in range(rng.randint(2, 3))]
    fine = rng.random() < 0.12
    lines = [draw_line(rng, item, convention, months, roles, fine) for item in chosen]
    named = distinct(lines) if long else lines
    many = len(named) > 5
    if many and rng.random() < 0.2:
        at = rng.randrange(len(named))
        named[at] = given_away(rng, named[at])
    if many and convention == "multiply" and months > 3 and rng.random() < 0.2:
        at = rng.randrange(len(named))
        named[at] = shortened(named[at], months - rng.randint(1, 3))
    return tuple(replace(line, seq=i) for i, line in enumerate(named, 1))


def distinct(lines: list[Line]) -> list[Line]:
    """Lines of one name told apart by a phase, as tables that run over pages have them."""
    seen: dict[str, int] = {}
    out = []
    for line in lines:
        seen[line.name] = seen.get(line.name, 0) + 1
        out.append(replace(line, name=f"{line.name}（第{chinese(seen[line.name])}批）"))
    return out


def draw_line(rng: Random, item: Item, convention: Convention, months: int, roles: set[Role], fine: bool) -> Line:
    price = draw_price(rng, item)
    quantity = Decimal(rng.randint(*item.quantities))
    if fine and quantity > 1:
        quantity += Decimal(rng.randint(1, 99)).scaleb(-2)
    product = price * quantity * (months if convention in ("multiply", "term") else 1)
    return Line(
        seq=0,
        category=(item.category,) if "category" in roles else (),
        name=item.name,
        spec=(item.spec or None) if "spec" in roles else None,
        unit=item.unit,
        unit_price=price,
        quantity=quantity,
        periods=months if "periods" in roles else None,
        amount=fen(product),
        remark=rng.choice([None, None, "含税", "按实际开通日计", "含安装调试"]) if "remark" in roles else None,
    )


def draw_price(rng: Random, item: Item) -> Decimal:
    """A price within the item's range, with two decimals; dear things cost whole tens."""
    low, high = item.prices
    step = Decimal("0.01") if high < 50 else Decimal("0.5") if high < 1000 else Decimal(10)
    steps = int((high - low) / step)
    return fen(low + step * rng.randint(0, steps))


def given_away(rng: Random, line: Line) -> Line:
    """A line that costs nothing: printed as zeros or as a word."""
    if rng.random() < 0.5:
        return replace(line, unit_price=Decimal("0.00"), amount=Decimal("0.00"))
    return replace(line, unit_price=None, amount=None, free_word=rng.choice(FREE))


def shortened(line: Line, periods: int) -> Line:
    """A line whose first months are free: fewer periods than the term has months, and an amount to match."""
    if line.unit_price is None or line.periods is None:
        return line
    return replace(line, periods=periods, amount=fen(line.unit_price * line.quantity * periods))


def in_ten_thousands(table: PriceTable) -> PriceTable:
    """The amounts printed in 万元; the record keeps yuan."""
    columns = (Column(c.role, re.sub(r"(?<=[（(])元", "万元", c.header)) for c in table.columns)
    return replace(table, columns=tuple(columns), ten_thousands=True)


def with_tail(rng: Random, table: PriceTable) -> PriceTable:
    """The rows below the lines, and the price that they leave."""
    plain, label, style = table.total, rng.choice(TOTALS), rng.choice(TAILS)
    if table.ten_thousands:
        return replace(table, tail=(TailRow("合计（万元）", plain),))
    if style == "words":
        return replace(table, tail=(TailRow(label, plain, "sentence"),))
    if style == "discount":
        cut = fen(plain * rng.randint(2, 8) / 100)
        tail = (TailRow(label, plain), TailRow("优惠金额", cut), TailRow("优惠后总价", plain - cut))
        return replace(table, tail=tail, price=plain - cut, note="乙方给予价格优惠，合同总价以优惠后总价为准。")
    if style == "small" and plain % 10:
        cut = plain % 10
        tail = (TailRow(label, plain), TailRow("抹零", cut), TailRow("抹零后总价", plain - cut))
        return replace(table, tail=tail, price=plain - cut, note="双方同意抹去零头，合同总价以抹零后总价为准。")
    if style == "tax":
        net = fen(plain / Decimal("1.06"))
        tail = (TailRow("不含税金额", net), TailRow("税额（税率6%）", plain - net), TailRow("含税总价", plain))
        return replace(table, tail=tail)
    if style == "net":
        tax = fen(plain * Decimal("0.06"))
        tail = (TailRow("不含税合计", plain), TailRow("增值税（税率6%）", tax), TailRow("价税合计", plain + tax))
        return replace(table, tail=tail, price=plain + tax, note="上述单价为不含税单价，合同总价为价税合计金额。")
    return replace(table, tail=(TailRow(label, plain),))
