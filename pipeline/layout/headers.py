"""Which of a table's first rows are its header.

A header names its columns: short texts, no blanks, no figures (`序号 | 名称 | 单位 | 数量 | 单价(元) | 金额(元)`).
A cell that spans the next row too (`序号` beside `费用` over `单价 | 金额`) makes the header that many rows high.
A table without one begins with a label and its value (`名称(或姓名) | 某公司`), as signature blocks and registers of
parties do, or goes straight into its data.

>>> rows = (["序号", "服务项", "单价(元)"], ["委托人(甲方)", "名称", "某公司"], ["1", "云主机", "35.00"])
>>> [is_header(row) for row in rows]
[True, False, False]
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout.cells import Part, texts
from pipeline.text.roles import SEQ

LONGEST = 16  # characters in a header's cell
FEW = 4  # columns
NEARLY_ALL = 0.66  # of the names, which leave no doubt that a row is a header
# A part of a sentence in which an engine saw white: 合同总价为价税合计金额
SENTENCE = re.compile(r"[，。；]$|(?<!行)为(?!$)")
NAMES = re.compile(
    r"(?:名称?|项目?|内容|事项|[类级]别|类型|型号|规格|品牌|产地|厂[家商]|单位|数量|单价|总价|合价|小计|金额|费用|价格?|报价"
    r"|税率|税额|[备附]注|说明|描述|范围|标准|要求|参数|指标|性能|配置|期限?|周期|时[间长限]|日期|年限|月数|次数|频次|比例|系数"
    r"|分值?|得分|权重|目录|子类|服务项?|分类|阶段|里程碑|节点|成果|条件|方式|姓名|职[务责称]|岗位|人员|人数|资质|电话|联系人"
    r"|地[点址]|面积|用途|影响|事件|问题|措施|部门|责任人?|结果|情况|状态|依据|材料|产品|设备|货物|工程量?|特征|版本|功能|模块"
    r"|系统|序列号|代码|编码|租金|押金|楼层|房号|合计|考核项?|扣[分款]|违约金|罚[款则])"
    r"(?:[（(/].*)?"
)
LABEL = re.compile(
    r"(?:名称|电话|地址|住所|联系人|代表人|[账帐]号|户行|银行|邮编|编号|金额|日期|期限|方式|地点)[：:]?$"
)
DATUM = re.compile(r"[¥$]?[\d,.%\-—/]+(?:元|万元|%|个月|年|月|日|天|台|套|个|项|次|人)?")


def header_rows(part: Part) -> int:
    """How many rows the table's header has, a banner above it included; 0 where it has none."""
    start = banner_rows(part)
    first = part.row(start)
    height = max(cell.row_end for cell in first)
    if height >= part.rows or not is_header(list(texts(first))) or is_register(part):
        return 0
    every = (text for row in range(start, height) for text in without_debris(list(texts(part.row(row)))))
    return height if all(map(is_short, every)) else 0


def banner_rows(part: Part) -> int:
    """1 where one cell over all columns stands above the others, as the table's title does within its borders."""
    return int(part.rows > 1 and len(part.row(0)) == 1 and part.row(0)[0].row_end == 1)


def is_register(part: Part) -> bool:
    """Whether two columns hold labels and their values: 项目名称 | …, 联系电话 | …, 开户银行 | …"""
    labels = [text for row in range(part.rows) for text in texts(part.row(row)[:1])]
    return part.columns == 2 and 2 * sum(LABEL.search(label) is not None for label in labels) > len(labels)


def is_header(row: Sequence[str]) -> bool:
    """Whether a row's texts name columns; a cell in the corner may be blank."""
    row = without_debris(row)
    named = [text for text in row if text]
    if len(row) < 2 or len(named) < len(row) - 1 or not all(map(is_short, named)):
        return False
    return SEQ.fullmatch(row[0]) is not None or 2 * sum(map(is_name, named)) > len(named) > 1


def without_debris(row: Sequence[str]) -> Sequence[str]:
    """The texts of a row, blank in the corner where a seal over 序号 left a figure beside nothing but names.

    >>> without_debris(["1", "长场类", "名称", "数量", "单价", "小计"]), without_debris(["1", "名称", "数量", "7"])
    (['', '长场类', '名称', '数量', '单价', '小计'], ['1', '名称', '数量', '7'])
    """
    sealed = len(row) > FEW and DATUM.fullmatch(row[0]) and NEARLY_ALL * len(row) <= sum(map(is_name, row))
    return ["", *row[1:]] if sealed else row


def is_short(text: str) -> bool:
    """Whether a text is short, and no figure and no part of a sentence."""
    return len(text) <= LONGEST and not DATUM.fullmatch(text) and not SENTENCE.search(text)


def is_name(text: str) -> bool:
    """Whether a text ends in a word that columns are named with: 服务类别, 单价(元)."""
    return SEQ.search(text) is not None or re.search(NAMES.pattern + "$", text) is not None
