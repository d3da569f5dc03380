"""Penalties that a clause states: a rate of the price, a rate a day, or a sum, with what sets it off.

Contracts print `每逾期一日，按合同总价的万分之五支付违约金` (a rate a day), `支付合同总额20%的违约金` (a rate)
and `每次扣除1000元` (a sum). A rate a week or a month is a rate, its period stands in the trigger. No penalties are:
caps and thresholds (`累计不超过合同总价的10%`), instalments, deposits and taxes, and rates by reference (LPR).

>>> text = "乙方逾期交付的，每逾期一日，按合同总价的0.5‰支付违约金；逾期超过30日的，乙方支付合同总价20%的违约金。"
>>> [(match.label, match.quantity.text) for match in claims(text)]
[('percent_per_day', '0.5‰'), ('percent_of_total', '20%')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.text.patterns import MARKS, Match, Rules, part_of, sentence_of

ONE_DAY = "|".join(
    number + unit
    for number in ("一", "1", "壹", "一（1）", "一(1)", "【1】", "【一】")
    for unit in ("日", "天", "个工作日", "工作日", "个自然日", "自然日", "个日历日", "日历日", "日历天", "个日历天")
)

NAMES = {
    "noun": (
        "违约金|违约责任|违约赔偿|违约赔偿金|赔偿金|赔偿款|赔偿费|误期赔偿费|罚款|罚金|滞纳金|补偿金|逾期利息|罚息|罚没"
    ),
    "deduct": "扣除|扣减|扣罚|扣款|扣|扣留|扣发|罚|处罚|赔偿|赔付|核减|扣收|追偿|支付利息",
    "cap": (
        "不超过|不得超过|不应超过|不能超过|不高于|最高|最高不超过|最高额|最多|上限|限额|限于|超过|超出|达到|达|"
        "已达|累计达|累计超过|以内"
    ),
    "base": (
        "合同|本合同|合同价|签约合同价|协议|总价|总额|总金额|金额|价款|总价款|价格|总费用|服务费|服务费用|费用|租金|总租金|月租金|"
        "年租金|货款|款项|款|应付|未付|未支付|到期|部分|的|当月|当期|当季|当年|年度|月|季|年|总|额|累计|总计|"
        "合计|比例|项目|本项目|标的|履约|签约|中标|暂定|工程|货物|含税|人民币|按|按照|为|至|总数|违约金|赔偿金|"
        "罚款|赔偿|金|：|:|应|不|约定|逾期金额|逾期部分|逾期付款金额|逾期付款额|逾期付款总额|逾期付款部分"
    ),
    "other": (
        "质保金|质量保证金|质量保修金|保修金|履约保证金|投标保证金|保证金|履约担保|保函|履约保函|预付款|预付|"
        "首付款|首付|定金|押金|尾款|中期款|进度款|余款|首款|首期款|税率|税费|增值税|税|折扣|抵扣|利润|管理费|"
        "手续费|工伤|股权|首期|结算款|验收款|到货款|发票|增值税专用发票"
    ),
    "lpr": "LPR|贷款利率|报价利率|存款利率|基准利率|市场报价利率|贷款市场报价利率|拆借利率|利率的",
    "per": "每|按|按照|逐|逾期|延期|延误|迟延|延迟|拖延|迟交|误期|延期交付|逾期交付",
    "daily": "每日|每天|按日|按天|逐日|日息|日利率|每自然日|每工作日|每日历天|每延期日|每逾期日|以日",
}
BARRIERS = ("超过", "以上", "满", "后", "如", "若", "否则", "逾期付", "剩余", "余下", "未")

NEITHER = "neither"
RULES = Rules(
    (
        (
            NEITHER,
            [
                "@lpr …8 <rate>",
                "<rate> …3 @lpr",
                "@cap @base* <rate>",
                "@cap @base* <money>",
                "<rate> 为限|封顶|以内|以下|时|以上",
            ],
        ),
        (NEITHER, ["<money> 为限|封顶|以内|以下|以上|的损失", "<rate> 的? …3 @other"]),
        ("percent_of_total", ["扣除|扣减|扣罚|没收 …4 保证金|履约保证金 的 <rate>"]),
        (NEITHER, ["@other @base* <rate>", "@other @base* <money>", "<money> 的? @other"]),
        ("percent_per_day", [f"@per …8 <duration:{ONE_DAY}> ……60 <rate>", "@daily ……40 <rate>"]),
        (
            "percent_per_day",
            [
                "<rate> / 日|天|个工作日|工作日|自然日",
                "<rate> 每 日|天",
                "<rate> 的? 日 @noun",
                "日 <rate>",
                "<rate> …8 @daily",
            ],
        ),
        (
            "percent_of_total",
            [
                "<rate> …14 @noun|赔偿|赔付|扣除|扣减|扣罚|罚",
                "<rate> ，|, …12 @noun",
                "@noun …16 <rate>",
                "@deduct …16 <rate>",
            ],
        ),
        ("percent_of_total", ["@noun …6 ：|: …16 <rate>"]),
        ("fixed", [f"@per …8 <duration:{ONE_DAY}> ……40 <money>", "@daily ……30 <money>"]),
        (
            "fixed",
            ["@noun …12 <money>", "@deduct …12 <money>", "<money> …8 @noun|处罚|罚款", "@noun …6 ：|: …12 <money>"],
        ),
        ("fixed", ["每 …8 次|人次|项|处|例|起 ……16 <money>"]),
    ),
    NAMES,
    BARRIERS,
)

# A rate a day or a sum each time is a penalty only in a sentence that blames.
BLAME = re.compile("违约|逾期|延期|延误|迟延|延迟|拖延|误期|滞纳|罚|扣|赔|未按|未能|中断|违反")
ASIDE = re.compile(
    r"[（(](?=[^（()）]*[\u4e00-\u9fff])(?![^（()）]*(?:扣(?!除[^（()）\d]*[）)])|罚|违约金|分之))[^（()）]*[）)]"
)

DEEMED = re.compile("(?:均|即|都|则|应)*(?:视为|构成|属于?)违约(?:行为)?[，,]?$")
EDGES = "，,。；;：: "
CONSEQUENCE = re.compile(
    r"(?:(?:则|并且?|且|同时|另外?|还|由)*(?:甲方|乙方|丙方|违约方|守约方|对方|供应商|服务商|出租[人方]|承租[人方]|承包[人方]|发包[人方]|委托[人方]|受托[人方]|买方|卖方|采购人|其|该方)"
    r"(?:同时|还|均|也|除)*(?:应|须|需|有权|可|承担|支付|按|向|将|必须|愿|赔偿)"
    r"|(?:则|并且?|且|同时|还|另)*(?:应|须|需|按|向|给予|支付|承担|扣|处|罚|赔偿|视为))"
)
INNER = re.compile(
    "给予|支付|按(?!时|期|约|合同约定|本合同约定|规定|要求|质)|应当?(?!用|急)|须|需(?!求)|扣|承担|向|"
    "处以|罚|赔偿|违约金|甲方有权|由甲方"
)


def claims(text: str) -> Iterator[Match]:
    """The penalties of a text, in reading order."""
    for match in RULES.find(without_asides(text)):
        left, right = sentence_of(text, match.start)
        if match.label != NEITHER and match.quantity.value is not None and BLAME.search(text, left, right):
            yield match


def without_asides(text: str) -> str:
    """The text with what stands in brackets blanked, so that an aside parts no rate from its period.

    >>> without_asides("每中断一日（不足一日的，按一日计）支付合同总额0.01%（万分之一）的违约金")
    '每中断一日＿＿＿＿＿＿＿＿＿＿＿＿支付合同总额0.01%（万分之一）的违约金'
    """
    return ASIDE.sub(lambda aside: "＿" * len(aside.group()), text)


def trigger(text: str, match: Match, after: int) -> tuple[int, int] | None:
    """The bounds of what sets the penalty off: the sentence from character `after` up to its consequence.

    >>> text = "发生重大事故的，甲方有权解除合同。乙方同时应支付合同总额5%的违约金。"
    >>> text[slice(*trigger(text, next(claims(text)), 0))]
    '发生重大事故的'
    """
    plain = without_asides(text)
    own, _ = part_of(plain, match.quantity.start, match.quantity.end)
    start = match.quantity.start
    while start > after:
        left, _ = sentence_of(plain, start - 1)
        start = max(left, after)
        if found := before_consequence(plain, start, own, match.quantity.start):
            return found
    return None


def before_consequence(text: str, start: int, own: int, end: int) -> tuple[int, int] | None:
    """From `start` to the first part that begins with a consequence; in the figure's own part, to its verb."""
    at = start
    while at <= own:
        mark = MARKS.search(text, at)
        after = mark.end() if mark else own + 1
        if CONSEQUENCE.match(text, at) and not blames(text, at, after - 1):
            if at > start:
                return trimmed(text, start, at)
            start = after
        at = after
    inner = INNER.search(text, max(own, start), end)
    return trimmed(text, start, inner.start() if inner else end)


def blames(text: str, start: int, end: int) -> bool:
    """A part that begins like a duty but ends like a condition: `乙方应交付而未交付的`."""
    return bool(re.search("未|违反|逾期|的$", text[start:end]))


def trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = DEEMED.sub("", text[start:end])
    end = start + len(part)
    start += len(part) - len(part.lstrip(EDGES))
    end -= len(part) - len(part.rstrip(EDGES))
    return (start, end) if end - start >= 4 else None
