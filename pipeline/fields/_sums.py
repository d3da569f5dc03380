"""What a sum of money in a clause is for: the contract's total, the award, an instalment, or something else.

The label stands before the sum in its sentence, and the last label before it decides: 支付合同总价的30%，计人民币… is
an instalment, though the total is named; 每月租金… is a rate. Where a sentence has no label, its heading speaks for it
(三、合同金额 over 人民币（大写）…), unless the sum has a name of its own there (安全文明施工费：…). What stands after
其中 is a part of the total, and a supplement's 原合同金额 and 增加金额 are no totals beside its 变更后合同总金额.

>>> [purpose(text, len(text)) for text in ("本合同总价：人民币", "支付合同金额50%首付款", "每月服务费为", "中标金额：")]
['contract_total', 'installment', 'excluded', 'award']
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.fields.line_item_tables import price_table
from pipeline.model.document import Block, Document, Paragraph
from pipeline.model.passage import Passage
from pipeline.text.money import Statement, statements

Purpose: TypeAlias = Literal["contract_total", "award", "installment", "other", "excluded"]

PERCENT = r"(?:\d+(?:\.\d+)?[ _]*[%％‰]|百分之[零〇一二三四五六七八九十点]+)"
INSTALLMENT = (
    r"首付款|首期付款|首期款|首批款|首款|预付款|预付|定金|订金|启动款|进度款|中期款|二期款|三期款|阶段款|到货款|交货款|发货款|提货款|安装款|调试款|开工款|竣工款|"
    r"初验款|终验款|验收款|结算款|尾款|余款|剩余款项?|剩余[一-龥]{0,6}款|质保金|质量保证金|质量保修金|保修金|"
    r"第[一二三四五六七八九十\d]+(?:期|笔|次|批|阶段)(?:付|款)*"
)
MONEY_NOUN = r"(?:价款|总价款?|总金额|总额|总费用|价格|金额|费用|款项|报酬|酬金|经费|造价|服务费|租金|价|款)"
WHOSE = r"(?:合同|签约|协议|项目|工程|订单|采购|货物|设备|服务|租赁|委托|技术|咨询|设计|监理|施工|运维|维护|开发)"
IN_ALL = r"(?:总额|总价|总计|合计|共计|总金额)"

BEFORE_CHANGE = r"原(?:来的?|有|定)?(?:合同|协议|订单)?(?:的|约定的?)?"
CHANGED = r"(?:净增|增加|追加|增补|调增|核增|净减|减少|调减|核减|变更(?=金额|价款|费用))"

# A label that goes on to the sum (每月…为, 违约金…计) reaches to the end of what stands before the sum.
TO_THE_SUM = r"[^，,。；;]*"
TO_THE_CHANGE = r"(?:(?!变更后|调整后|增加后|减少后|[增减]至|[，,。；;]).)*"
LABELS: tuple[tuple[Purpose, re.Pattern[str]], ...] = (
    ("excluded", re.compile(rf"(?:违约|罚款|罚金|滞纳金|赔偿|损失|扣除|扣减|扣款|保险|奖励|退还|返还){TO_THE_SUM}")),
    ("excluded", re.compile(rf"(?:预算|限价|控制价|上限|不超过|不低于|注册资本|单价|其中(?!.{{0,3}}税)){TO_THE_SUM}")),
    ("excluded", re.compile(rf"每(?:一|个)*[一-龥㎡]{TO_THE_SUM}|[月日年]租金{TO_THE_SUM}|租金标准{TO_THE_SUM}")),
    ("other", re.compile(rf"(?:不含(?:增值)?税|税额|税金|增值税|(?:履约)?(?:保证金|押金|担保)){TO_THE_SUM}")),
    ("other", re.compile(rf"{BEFORE_CHANGE}(?:总|含税|暂定)*{MONEY_NOUN}|{CHANGED}(?!后|为|至|到|成){TO_THE_CHANGE}")),
    ("award", re.compile(rf"(?:中[标標]|成交|中选)(?:总|候选)?{MONEY_NOUN}")),
    # the 中 was lost at the end of the row above: 为中标单位，[中]标金额
    ("award", re.compile(r"(?:^|(?<=[，,。；;：:])|(?<=单位|單位))[标標](?:金额|价款?)")),
    ("installment", re.compile(rf"{INSTALLMENT}|{PERCENT}的?(?:{WHOSE}|{MONEY_NOUN}|{INSTALLMENT}|总|的)*")),
    ("installment", re.compile(r"(?:支付|拨付|付给|付清|付至|给付|结清)(?!方式|条件|期限|时间|办法|依据)")),
    (
        "contract_total",
        re.compile(rf"{WHOSE}(?:的|总|含税|暂定|服务|{WHOSE})*{MONEY_NOUN}{IN_ALL}?(?!支付|的?{PERCENT})"),
    ),
    (
        "contract_total",
        re.compile(
            rf"总(?:价款?|金额|费用|租金|报酬|酬金|价格|服务费|造价)|(?:[费金]用?|用){IN_ALL}|[货价租工]款总额|(?:签约)?合同价"
        ),
    ),
)
AFTER_EXCLUDED = re.compile(r"(?:整|元|[）)])*(?:以上|以下|以内|/|的?(?:违约金|罚款|罚金|保证金|赔偿))")
SENTENCE_END = re.compile(r"[。；;！？]")
PART = re.compile(r"其中[^。；;！？]*$")
PARTS_FOLLOW = re.compile(r"其中(?:包括)?[：:]$")
WHOLE = re.compile(r"[总合共]|变更后|调整后|价税")
ITEM_NUMBER = re.compile(
    r"(?P<open>[（(]?)(?:\d{1,2}|[一二三四五六七八九十]{1,3}|(?P<ringed>[①-⑳]))(?P<close>[）)、.．]?)"
)
OWN_NAME = re.compile(r"[一-龥]{2,}(?:费|费用|金额|价|款|金)(?:[（(][^（）()]*[）)])?[：:为]")
GENERAL_NAME = re.compile(r"含税|价税|大写|小写|人民币|合同|协议|项目|服务|总|合计|共计")
NOTICE = re.compile(r"(?:中[标標]|成交|中选)通知[书書]")
TITLE_TOTAL = re.compile(r"合同(?:总)?(?:价|金额|额|价款|价格|费用)|总价|总金额|费用总额|租金总额")


@dataclass(frozen=True, slots=True)
class Sum:
    """A statement of money, where it stands and what it is for."""

    passage: Passage
    block: Block
    statement: Statement
    purpose: Purpose | None


def sums(document: Document) -> Iterator[Sum]:
    """Every statement of money in the document's paragraphs and registers."""
    for passage, block, listed in with_parts(stating(document)):
        text, before = passage.text, 0
        for statement in statements(text):
            kind = purpose(text, statement.start, before)
            if AFTER_EXCLUDED.match(text, statement.end):
                kind = "excluded"
            if kind is None and before == 0:
                kind = purpose_by_heading(text[: statement.start], block)
            if kind == "contract_total" and (listed or is_part(text, before, statement.start)):
                kind = "other"
            yield Sum(passage, block, statement, kind)
            before = statement.end


def with_parts(passages: Iterable[tuple[Passage, Block]]) -> Iterator[tuple[Passage, Block, bool]]:
    """Each passage, and whether it is an item of the list that follows 其中： (parts of the total)."""
    follows, style = False, None
    for passage, block in passages:
        style = item_style(passage.text) if follows or item_style(passage.text) == style else None
        yield passage, block, style is not None
        follows = PARTS_FOLLOW.search(passage.text) is not None


def item_style(text: str) -> str | None:
    """How a list's items are numbered, whatever the number; None for no item.

    >>> item_style("（1）安全文明施工费"), item_style("2.合同价格形式"), item_style("其中：")
    ('（）', '.', None)
    """
    number = ITEM_NUMBER.match(text)
    return number["open"] + number["close"] + ("①" if number["ringed"] else "") if number else None


def stating(document: Document) -> Iterator[tuple[Passage, Block]]:
    """What may state sums: paragraphs, and the labels and values of tables without a header (合同金额 | ¥300.00).

    A price table whose header can't be read is none of them: its total is no clause's.
    """
    for block in document.blocks:
        if isinstance(block.content, Paragraph):
            yield block.content.text, block
        elif not block.content.header_rows and price_table(block.content, "") is None:
            for row in block.content.grid():
                cells = tuple(dict.fromkeys(row))
                yield from ((label.text + value.text, block) for label, value in itertools.pairwise(cells))


def purpose(text: str, start: int, before: int = 0) -> Purpose | None:
    """What the sum at `start` is for, by the last label of its sentence after `before`; None without a label."""
    begin = max([before, *(match.end() for match in SENTENCE_END.finditer(text, before, start))])
    found = [
        (match.end(), match.end() - match.start(), -order, label)
        for order, (label, pattern) in enumerate(LABELS)
        for match in pattern.finditer(text[begin:start])
    ]
    return max(found)[-1] if found else None


def is_part(text: str, before: int, start: int) -> bool:
    """Whether the sum at `start` is one of those that make the total: 其中 in its sentence, and no name of a whole.

    >>> text = "总价9元，其中货物费6元，服务费3元，含税总价9元"
    >>> [is_part(text, text.rfind("元", 0, at - 1), at) for at in (11, 16, 23)]
    [True, True, False]
    """
    return PART.search(text[:start]) is not None and WHOLE.search(text, max(before, 0), start) is None


def purpose_by_heading(before: str, block: Block) -> Purpose | None:
    """What the heading says the sum is for; a sum with a name of its own (暂列金额：) is another beside it."""
    titles = [section.title.text for section in block.path if section.title]
    if titles and NOTICE.search(titles[-1]):
        return "award"
    if not titles or not TITLE_TOTAL.search(titles[-1]):
        return None
    named = OWN_NAME.search(before)
    return "other" if named and not GENERAL_NAME.search(named.group()) else "contract_total"
