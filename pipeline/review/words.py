"""What the outputs call rules, statuses, severities and diagnoses: Chinese for the clerk, English by switch.

>>> RULES["line.product"].zh
'明细行：单价×数量=合价'
>>> said("some.rule", RULES).en
'some.rule'
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.model.check import Message

RULES = {
    "amount.words": Message("大写与小写金额", "amounts in words and figures"),
    "line.product": Message("明细行：单价×数量=合价", "line: price × quantity = amount"),
    "table.sum": Message("价格表：各行之和=合计", "price table: lines add up to the total"),
    "table.contract_total": Message("价格表合计=合同总价", "price table = contract total"),
    "installments.sum": Message("各期付款之和=合同总价", "instalments add up to the total"),
    "installments.percent": Message("付款比例与金额", "instalments: percent and amount"),
    "term.months": Message("服务期限的起止与月数", "term: start, end and months"),
    "copies.sum": Message("合同份数", "copies"),
    "rows.sequence": Message("表格序号连续", "row numbers run on"),
    "sections.sequence": Message("条款编号连续", "clause numbers run on"),
    "annexes.listed": Message("附件清单与附件", "annexes listed and present"),
    "party.consistent": Message("当事人信息前后一致", "a party is the same throughout"),
    "party.uscc": Message("统一社会信用代码校验", "USCC check character"),
    "proof.repaired": Message("已按算式和图像修正", "repaired by equations and image"),
    "penalty.rate": Message("违约金比例", "rates of penalties"),
    "coverage.sums": Message("条款中的金额均已归入记录", "every sum of a clause is in the record"),
    "coverage.tables": Message("价格表的数字均已归入记录", "every figure of a price table is in the record"),
    "table.reading": Message("价格表各列的含义", "what a price table's columns hold"),
    "coverage.pages": Message("各页均已识别", "every page was read"),
    "reading.second": Message("再次识读", "read a second time"),
    "sla.consistent": Message("服务指标前后一致", "a service level is the same throughout"),
}
STATUSES = {
    "mismatch": Message("不一致", "mismatch"),
    "unverified": Message("未核实", "unverified"),
    "pass": Message("通过", "passed"),
}
SEVERITIES = {
    "error": Message("金额或日期", "money or dates"),
    "warning": Message("身份或结构", "identity or structure"),
    "info": Message("提示", "note"),
}
DIAGNOSES = {
    "ocr": Message("扫描识别有误", "the scan was misread"),
    "document": Message("合同原件不一致", "the paper itself disagrees"),
    "unknown": Message("原因不明", "cause unknown"),
}
# How a figure stands in the contract's own equations
STANDINGS = {
    "confirmed": Message("有算式印证", "confirmed"),
    "contradicted": Message("待查", "suspect"),
    "unchecked": Message("无算式可核对", "unchecked"),
}
# What a check expects or finds where it is no value of the contract
STATES = {
    "listed": Message("在清单中", "listed"),
    "not listed": Message("不在清单中", "not listed"),
}


def said(name: str, words: Mapping[str, Message]) -> Message:
    """The words for a name; the name itself where there are none."""
    return words.get(name) or Message(name, name)
