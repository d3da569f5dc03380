"""JSON Pointers in words: `/line_item_tables/0/items/3/amount` is 「分项报价表」第4行 合价.

>>> place("/amounts/0/words", {"amounts": [{"section": "3", "page": 3}]}, "zh")
'合同金额（3，第3页） 大写'
"""

from __future__ import annotations

from typing import Any

from pipeline.warehouse import pointers

FIELDS = {
    "unit_price": ("单价", "unit price"),
    "quantity": ("数量", "quantity"),
    "periods": ("期限", "periods"),
    "amount": ("合价", "amount"),
    "total": ("总计", "total"),
    "items": ("各行", "lines"),
    "figures": ("小写", "in figures"),
    "words": ("大写", "in words"),
    "words_value": ("大写金额", "value of the words"),
    "percent": ("比例", "percent"),
    "seq": ("序号", "number"),
    "name": ("名称", "name"),
    "uscc": ("统一社会信用代码", "USCC"),
    "bank_account": ("银行账号", "bank account"),
    "legal_representative": ("法定代表人", "legal representative"),
    "start": ("起始日", "start"),
    "end": ("截止日", "end"),
    "months": ("月数", "months"),
    "party_a": ("甲方份数", "party A's copies"),
    "party_b": ("乙方份数", "party B's copies"),
    "other": ("其他份数", "others' copies"),
    "number": ("编号", "number"),
    "title": ("标题", "title"),
    "value": ("值", "value"),
    "text": ("正文", "text"),
    "sign_date": ("签订日期", "date of signing"),
}
PARTS = {
    "contract": ("合同", "contract"),
    "term": ("服务期限", "term"),
    "copies": ("合同份数", "copies"),
    "annexes": ("附件", "annex"),
    "parties": ("当事人", "party"),
    "amounts": ("合同金额", "amount"),
    "installments": ("第{}期付款", "instalment {}"),
    "line_item_tables": ("报价表", "price table"),
    "items": ("第{}行", "line {}"),
    "tables": ("表格", "table"),
    "rows": ("第{}行", "row {}"),
    "sla": ("服务指标", "service level"),
    "penalties": ("违约责任", "penalty"),
    "sections": ("条款", "clause"),
    "children": ("条款", "clause"),
    "mentions": ("另见", "mention"),
}


def place(pointer: str, data: dict[str, Any], lang: str) -> str:
    """Where `pointer` leads, as a person would say it."""
    words: list[str] = []
    at: Any = data
    keys = pointer.split("/")[1:]
    for i, key in enumerate(keys):
        inside = isinstance(at, list)
        at = pointers.step(at, key)
        if inside:
            words[-1:] = [entry(keys[i - 1], int(key), at, lang)]
        else:
            words.append(word(PARTS if isinstance(at, (dict, list)) else FIELDS, key, lang).format(""))
    return " ".join(words)


def word(table: dict[str, tuple[str, str]], key: str, lang: str) -> str:
    return (table.get(key) or FIELDS.get(key) or (key, key))[lang == "en"]


def entry(part: str, index: int, value: Any, lang: str) -> str:
    """One entry of a list, by what people call it, or by its place in the list."""
    name = word(PARTS, part, lang)
    if "{}" in name:
        own = value.get("seq") if isinstance(value, dict) else None
        return name.format(own or index + 1)
    if not isinstance(value, dict):
        return f"{name}{index + 1}"
    called = value.get("title") or value.get("label") or value.get("name") or value.get("section")
    if part in ("sections", "children", "annexes"):
        called = " ".join(str(value[key]) for key in ("number", "title") if value.get(key))
    page = value.get("page")
    where = f"第{page}页" if lang == "zh" else f"p. {page}"
    inside = ("，" if lang == "zh" else ", ").join(str(x) for x in (called, page and where) if x)
    return f"{name}（{inside or index + 1}）" if lang == "zh" else f"{name} ({inside or index + 1})"
