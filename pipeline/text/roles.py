"""What the header of a price table's column says that it holds: 单价(元) -> unit_price, 期限(月) -> periods.

Contracts word the headers in many ways (合价 / 小计 / 总价 / 金额); worn scans misread them by a character.

>>> [role_of(header) for header in ("序号", "服务项", "计价单位", "单价(元)", "数量", "期限(月)", "总价(元)")]
['seq', 'name', 'unit', 'unit_price', 'quantity', 'periods', 'amount']
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "seq", "name", "category", "spec", "unit", "unit_price", "quantity", "periods", "amount", "remark", "other"
]

# The column that numbers the rows.
SEQ = re.compile(r"序号?|编号|项次|项号|行号|次序|顺序号?|子目号|№|No\.?", re.IGNORECASE)
RATE = r"[月年日天季]度?(?:租金|费用?|服务费|管理费)"

# In the order in which they claim a header: 费用名称 names, 备注/说明 remarks, 单价 before 价, 数量单位 before 数量.
ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("seq", re.compile(rf"^(?:{SEQ.pattern})$", re.IGNORECASE)),
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
            r"数量|工程量|数目|面积|[购求货供定估单务际订用总重产作]量$|[台套件人个份张户站点购订]数$|人[月天日]$|工[日时]$"
        ),
    ),
    (
        "periods",
        re.compile(
            r"期限|周期|租期|服务期|(?:服务|租赁|租用)月(?![费租])|服务时[间长]|时长|[月天日次期年]数|年限|频次|频率|工期|[租使]用时间"
        ),
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
    "quantity": ("数量", "工程量", "采购数量"),
    "periods": ("期限", "周期", "租期", "年限", "服务期", "租用月数"),
    "amount": ("合价", "小计", "总价", "金额", "合计"),
    "remark": ("备注", "说明"),
}
TOTALS = ("合计金额", "总计金额", "金额合计", "总金额", "总价款", "合计大写", "合计小写")
# What stands beside a total: discounts, what they leave, tax.
BESIDE_TOTALS = (
    "优惠金额", "优惠后总价", "优惠后金额", "优惠后合计", "折扣金额", "折后总价", "折后金额", "让利金额", "抹零金额",
    "价税合计", "不含税合计", "不含税金额", "不含税价", "含税合计", "含税金额", "含税总价", "增值税额", "税额合计",
)  # fmt: skip
NOTE = re.compile(r"[（(\[【][^）)\]】]*(?:[）)\]】]|$)|万?元[）)]$|[=＝].*")
# What prices one thing, month or year in one contract and the whole line in another.
PRICE_OR_AMOUNT = re.compile(rf"^(?:含税|不含税)?(?:价格|报价|费用|租金|{RATE})$")
SPECKS = " ,.，。·、'`‘’;；:：|_~-"  # what dust beside a name is read as
PER_UNIT = re.compile(r"元[/每／]")
IN_TIME = re.compile(r"[（(]个?[年月天日次][)）]$")


def words_of(header: str) -> str:
    """A header without its notes in brackets and the dust around it.

    >>> words_of("费用名称."), words_of("· 单 价（元）"), words_of("报价（元"), words_of("报价元）")
    ('费用名称', '单价', '报价', '报价')
    """
    return NOTE.sub("", header).replace(" ", "").strip(SPECKS)


@lru_cache(maxsize=1024)
def role_of(header: str) -> Role:
    """What a header says its column holds; notes in brackets don't count, unless they say what is priced (元/台).

    >>> role_of("备注/说明"), role_of("含税单价（元）"), role_of("税率(%)"), role_of("费用名称"), role_of("交货地点")
    ('remark', 'unit_price', 'other', 'name', 'other')
    >>> role_of("收费标准（元/台）"), role_of("报价（元）"), role_of("含税金额"), role_of("合价=单价×数量")
    ('unit_price', 'amount', 'amount', 'amount')
    """
    words = words_of(header) or header
    role: Role = next((role for role, pattern in ROLES if pattern.search(words)), "other")
    doubtful = role in ("spec", "other") or PRICE_OR_AMOUNT.search(words)
    return "unit_price" if doubtful and PER_UNIT.search(header) else role


def is_known(header: str) -> bool:
    """Whether a header has a word that says what its column holds, be it no part of a line (税率).

    >>> is_known("税率(%)"), is_known("采购数贷"), is_known("191()")
    (True, False, False)
    """
    words = words_of(header) or header
    return PER_UNIT.search(header) is not None or any(pattern.search(words) for _, pattern in ROLES)


def allows(header: str, role: Role) -> bool:
    """Whether a header names the role: 月租金 or 报价 may be a line's price or its amount."""
    named = role_of(header)
    return role == named or (is_doubtful(header) and {role, named} == {"unit_price", "amount"})


def is_doubtful(header: str) -> bool:
    """Whether the header prices one thing in one contract and the whole line in another."""
    return PRICE_OR_AMOUNT.search(words_of(header)) is not None


@lru_cache(maxsize=1024)
def nearly(header: str, role: Role) -> bool:
    """Whether a header ends in a plain word for the role but for one character.

    >>> nearly("采购数贷", "quantity"), nearly("工程址", "quantity"), nearly("产地", "quantity")
    (True, True, False)
    """
    words = words_of(header)
    return any(differs_by_one(words[-len(word) :], word) for word in PLAIN[role])


def ends(header: str, role: Role) -> bool:
    """Whether a header is the end of a plain word for the role, of which a seal hides the beginning.

    >>> ends("价（元）", "unit_price"), ends("量", "quantity"), ends("单价", "unit_price")
    (True, True, False)
    """
    words = words_of(header)
    return words != "" and words not in PLAIN[role] and any(word.endswith(words) for word in PLAIN[role])


def nearly_total(label: str) -> bool:
    """Whether a label is a total's but for one misread character.

    >>> nearly_total("份计金额"), nearly_total("合同金额"), nearly_total("设备合计")
    (True, True, False)
    """
    words = words_of(label)
    return any(differs_by_one(words, word) for word in TOTALS)


@lru_cache(maxsize=1024)
def nearly_beside_total(label: str) -> bool:
    """Whether a label is that of a total, a discount or a tax but for one misread character.

    >>> nearly_beside_total("优息金额"), nearly_beside_total("优质服务")
    (True, False)
    """
    words = words_of(label)
    return nearly_total(label) or any(differs_by_one(words, word) for word in BESIDE_TOTALS)


def differs_by_one(a: str, b: str) -> bool:
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
