"""What the columns of a price table hold, from their headers: 单价(元) -> unit_price, 期限(月) -> periods.

Contracts word the headers in many ways (合价 / 小计 / 总价 / 金额), print prices with and without tax side by side, and
stack headers (价格 over 单价 and 合价). A header claims one role; where several columns claim one role, all keep it and
the table's arithmetic chooses (_price_layout).

>>> [role_of(header) for header in ("序号", "服务项", "计价单位", "单价(元)", "数量", "期限(月)", "总价(元)")]
['seq', 'name', 'unit', 'unit_price', 'quantity', 'periods', 'amount']
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from pipeline.model.document import Cell

Role: TypeAlias = Literal[
    "seq", "name", "category", "spec", "unit", "unit_price", "quantity", "periods", "amount", "remark", "other"
]
Grid: TypeAlias = tuple[tuple[Cell, ...], ...]

RATE = r"[月年日天季]度?(?:租金|费用?|服务费|管理费)"

# In the order in which they claim a header: 费用名称 names, 备注/说明 remarks, 单价 before 价, 数量单位 before 数量.
ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("seq", re.compile(r"^(?:序号?|编号|项次|项号|行号|次序|顺序号?|子目号|№|No\.?)$", re.IGNORECASE)),
    ("other", re.compile(r"(?:编码|代码|品目号|货号|图号)$")),
    ("category", re.compile(r"(?:类别|子类|分类|类型|大类|小类|种类)$")),
    ("name", re.compile(r"(?:名称|项目|内容|明细|事项|服务项|分项|标的)$")),
    ("remark", re.compile(r"备注|说明|注释")),
    ("other", re.compile(r"税率|税额|税金(?!额)|折扣|优惠(?!后)|费率|比例|占比")),
    ("unit", re.compile(r"^(?:(?:计价|计量|计费|数量|报价|采购|货物)?单位|计量)$")),
    ("unit_price", re.compile(rf"单价|单[项位]价格|[单每][次台套项人个](?:费用?|价格|金额|报酬)|^{RATE}$")),
    (
        "amount",
        re.compile(r"合价|小计|总价|金额|合计|总额|总计|价税|费用|报价|价格|价款|租金|货款|酬金|造价|[^税]费$|价$"),
    ),
    (
        "quantity",
        re.compile(
            r"数量|工程量|数目|面积|[购求货供定估单务际订用总重产作]量$|[台套件人个份张户站点]数$|人[月天日]$|工[日时]$"
        ),
    ),
    (
        "periods",
        re.compile(r"期限|周期|租期|服务期|服务时[间长]|时长|[月天日次期年]数|年限|频次|频率|工期|[租使]用时间"),
    ),
    ("name", re.compile(r"品名|品目|服务项|分项|项目|货物|产品|商品|设备|材料|岗位|人员|服务内容")),
    ("spec", re.compile(r"规格|型号|参数|配置|品牌|描述|要求|特征|厂[家商]|产地|标准")),
)
# Headers that one misread character hides: 序号 read as 房号, 单价 as 单份.
PLAIN: dict[Role, tuple[str, ...]] = {
    "seq": ("序号", "编号"),
    "name": ("名称", "货物名称", "项目名称", "服务内容", "服务项"),
    "unit": ("单位",),
    "unit_price": ("单价", "含税单价", "综合单价"),
    "quantity": ("数量",),
    "periods": ("期限", "周期", "服务期"),
    "amount": ("合价", "小计", "总价", "金额", "合计"),
    "remark": ("备注", "说明"),
}
DOUBT = 0.95
LEAST_COUNTED = 3  # rows by whose numbers a column is known
SELDOM = 5  # one number in so many may be misread
# How surely a header names the item itself: 货物名称 beside 服务内容 is the name.
NAME_STRENGTH = ("内容|明细|事项", "项目|货物|产品|商品|设备|标的|材料|岗位|人员", "服务项|分项|品名|品目", "名称")
NOTE = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]|[=＝].*")
# What prices one thing, month or year in one contract and the whole line in another.
PRICE_OR_AMOUNT = re.compile(rf"^(?:含税|不含税)?(?:价格|报价|费用|租金|{RATE})$")
PER_UNIT = re.compile(r"元[/每／]")
IN_TIME = re.compile(r"[（(]个?[年月天日次][)）]$")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place in the grid, its header's text and what it holds; `hidden`: the header can't be read."""

    index: int
    header: str
    role: Role
    hidden: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether the header prices one thing in one contract and the whole line in another."""
        return PRICE_OR_AMOUNT.search(NOTE.sub("", self.header)) is not None

    def may_hold(self, role: Role) -> bool:
        """Whether the header allows the role: 月租金 or 报价 may be a line's price or its amount."""
        return role == self.role or (self.doubtful and {role, self.role} == {"unit_price", "amount"})


def role_of(header: str) -> Role:
    """What a header says its column holds; notes in brackets don't count, unless they say what is priced (元/台).

    >>> role_of("备注/说明"), role_of("含税单价（元）"), role_of("税率(%)"), role_of("费用名称"), role_of("交货地点")
    ('remark', 'unit_price', 'other', 'name', 'other')
    >>> role_of("收费标准（元/台）"), role_of("报价（元）"), role_of("含税金额"), role_of("合价=单价×数量")
    ('unit_price', 'amount', 'amount', 'amount')
    """
    bare = NOTE.sub("", header).replace(" ", "") or header
    role: Role = next((role for role, pattern in ROLES if pattern.search(bare)), "other")
    doubtful = role in ("spec", "other") or PRICE_OR_AMOUNT.search(bare)
    return "unit_price" if doubtful and PER_UNIT.search(header) else role


def columns_of(grid: Grid, header_rows: int) -> tuple[Column, ...]:
    """Every column with its role; stacked headers are read top down as one."""
    stacks = [[grid[row][i].text.text for row in range(header_rows)] for i in range(len(grid[0]))]
    headers = ["".join(dict.fromkeys(stack)) for stack in stacks]
    columns = [Column(i, header, role_of(header)) for i, header in enumerate(headers)]
    for column in [column for column in columns if column.role == "other"]:
        hidden = is_hidden(column, grid[:header_rows])
        role = hidden_role(column, grid[header_rows:], {other.role for other in columns}, hidden)
        columns[column.index] = replace(column, role=role, hidden=hidden)
    return tuple(columns)


def is_hidden(column: Column, head: Grid) -> bool:
    """Whether the header was not read, or not surely: it has no word, or one in doubt."""
    texts = [row[column.index].text for row in head]
    wordless = not re.search(r"[\u4e00-\u9fff]", NOTE.sub("", column.header))
    return wordless or min((text.cite().confidence for text in texts if text), default=1.0) < DOUBT


def hidden_role(column: Column, body: Grid, claimed: set[Role], hidden: bool) -> Role:
    """The role of a column whose header says nothing: it counts the rows, or its header was misread by a character,
    or all but its unit: J910(年)."""
    cells = [row[column.index].text.text for row in body]
    if "seq" not in claimed and counts_rows(cells, misread=0 if column.index else len(cells) // SELDOM):
        return "seq"
    if not hidden:
        return "other"
    if "periods" not in claimed and IN_TIME.search(column.header):
        return "periods"
    bare = NOTE.sub("", column.header).replace(" ", "")
    near = (
        role for role, words in PLAIN.items() if role not in claimed and any(differs_by_one(bare, w) for w in words)
    )
    return next((role for role in near if role != "seq"), "other")


def counts_rows(cells: list[str], misread: int = 0) -> bool:
    """1, 2, 3 ... down the column, but for rows of another kind at its end; some of them may be misread."""
    numbers = [text.rstrip("、.") for text in cells]
    counted = [number == str(i) for i, number in enumerate(numbers, 1)]
    end = max((i for i, right in enumerate(counted, 1) if right), default=0)
    return (
        sum(counted) >= LEAST_COUNTED and end - sum(counted) <= misread and not any(map(str.isdecimal, numbers[end:]))
    )


def differs_by_one(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def name_column(columns: tuple[Column, ...], body: Grid) -> Column | None:
    """The column that names the items: one that isn't merged over rows, and of those the surest by its header."""
    names = [c for c in columns if c.role == "name"]
    if not names:
        return next((c for c in columns if c.role in ("category", "spec", "other")), None)
    single = [c for c in names if not any(row[c.index].row_end - row[c.index].row > 1 for row in body)]
    return max(single or names, key=lambda c: (strength(c.header), c.index))


def strength(header: str) -> int:
    return max((i for i, words in enumerate(NAME_STRENGTH, 1) if re.search(words, header)), default=0)
