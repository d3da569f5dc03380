"""The tables that records make: contracts, parties, amounts, instalments, price-table lines, service levels, penalties,
findings, and every figure with its standing and its repair.

Every row says which record it is of (`record`), of which file (`sha256`), read under which settings (`config_sha256`),
and where in the record it stands (`pointer`): a load that first deletes a file's rows can be repeated without doubles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.warehouse import pointers
from pipeline.warehouse.columns import Row, Table, decimals, integers, text
from pipeline.warehouse.stakes import at_stake, stake
from pipeline.warehouse.store import Stored

KEYS = text(record="记录", sha256="文件SHA-256", config_sha256="设置SHA-256", pointer="记录中的位置")
# What names a file as it was read: by these a load finds the rows that it replaces.
FILE_KEYS = ("sha256", "config_sha256")
STATUSES = ("pass", "mismatch", "unverified")


def keyed(stored: Stored, pointer: str) -> Row:
    document, processing = stored.data["document"], stored.data["processing"]
    return {
        "record": stored.name,
        "sha256": document["sha256"],
        "config_sha256": processing["config_sha256"],
        "pointer": pointer,
    }


def contract(stored: Stored) -> Iterator[Row]:
    data, header = stored.data, stored.data["contract"]
    statuses = [check["status"] for check in data["checks"]]
    totals = (amount["figures"] for amount in data["amounts"] if amount["kind"] == "contract_total")
    term = {f"term_{part}": value for part, value in (header.get("term") or {}).items()}
    names = {f"{party['role']}_name": party.get("name") for party in reversed(data["parties"])}
    counts = {status: statuses.count(status) for status in STATUSES}
    own = {"contract_total": next(totals, None), "at_stake": at_stake(data)}
    yield keyed(stored, "") | data["document"] | data["processing"] | header | term | names | counts | own


def entries(part: str) -> Callable[[Stored], Iterator[Row]]:
    """The rows of a part of the record that is a plain list of entries."""

    def found(stored: Stored) -> Iterator[Row]:
        for i, entry in enumerate(stored.data[part]):
            yield keyed(stored, f"/{part}/{i}") | entry

    return found


def line_items(stored: Stored) -> Iterator[Row]:
    for t, table in enumerate(stored.data["line_item_tables"]):
        for i, item in enumerate(table["items"]):
            pointer = f"/line_item_tables/{t}/items/{i}"
            own = {"table_id": table["table_id"], "table_title": table["title"], "category": "/".join(item["category"])}
            yield keyed(stored, pointer) | item | own | {"page": pointers.page(pointer, stored.data)}


def findings(stored: Stored) -> Iterator[Row]:
    for i, check in enumerate(stored.data["checks"]):
        suggestion = check.get("suggestion") or {}
        yield (
            keyed(stored, f"/checks/{i}")
            | check
            | {
                "at_stake": stake(check, stored.data),
                "refs": " ".join(check["refs"]),
                "page": next((page for ref in check["refs"] if (page := pointers.page(ref, stored.data))), None),
                "suggestion_ref": suggestion.get("ref"),
                "suggestion": suggestion.get("value"),
            }
        )


def figures(stored: Stored) -> Iterator[Row]:
    """Every figure of the record, with how it stands in the contract's own equations, and what was read of a repaired
    one."""
    repairs = stored.data.get("repairs", {})
    for pointer, standing in stored.data.get("proof", {}).items():
        places = stored.data["provenance"].get(pointer, ())
        yield (
            keyed(stored, pointer)
            | standing
            | repairs.get(pointer, repairs.get(pointer.removesuffix("_value"), {}))
            | {
                "value": pointers.value(pointer, stored.data) or None,
                "confidence": min((place["confidence"] for place in places), default=None),
                "page": pointers.page(pointer, stored.data),
            }
        )


CONTRACTS = Table(
    "contracts",
    "合同",
    (
        *KEYS,
        *text(file_name="文件", title="合同名称", number="合同编号", project_name="项目名称"),
        *text(procurement_number="采购编号", sign_date="签订日期", sign_place="签订地点"),
        *text(term_start="起始日", term_end="截止日"),
        *integers(term_months="月数"),
        *text(party_a_name="甲方", party_b_name="乙方", party_c_name="丙方"),
        *decimals(contract_total="合同总价", at_stake="涉及金额"),
        *integers(mismatch="不一致", unverified="未核实"),
        *integers(**{"pass": "通过"}),
        *integers(page_count="页数"),
        *text(pipeline_version="程序版本", engine="识别引擎", engine_version="引擎版本"),
    ),
    contract,
)
PARTIES = Table(
    "parties",
    "当事人",
    (
        *KEYS,
        *text(role="角色", label="称谓", name="名称", former_name="原名称", uscc="统一社会信用代码"),
        *text(legal_representative="法定代表人", responsible_person="负责人", agent="委托代理人"),
        *text(contact="联系人", phone="电话", email="电子邮箱", address="地址", postcode="邮编"),
        *text(account_name="户名", bank_name="开户银行", bank_account="银行账号"),
    ),
    entries("parties"),
)
AMOUNTS = Table(
    "amounts",
    "合同金额",
    (
        *KEYS,
        *text(kind="种类"),
        *decimals(figures="小写"),
        *text(words="大写"),
        *decimals(words_value="大写金额"),
        *text(currency="币种", section="条款"),
        *integers(page="页"),
    ),
    entries("amounts"),
)
INSTALLMENTS = Table(
    "installments",
    "付款",
    (
        *KEYS,
        *integers(seq="期次"),
        *text(label="名称"),
        *decimals(percent="比例", figures="小写"),
        *text(words="大写"),
        *decimals(words_value="大写金额"),
        *text(condition="付款条件"),
        *integers(due_days="付款期限（天）"),
        *text(due_day_kind="天的种类"),
        *integers(page="页"),
    ),
    entries("installments"),
)
LINE_ITEMS = Table(
    "line_items",
    "明细",
    (
        *KEYS,
        *text(table_id="表", table_title="表名", seq="序号", category="类别", name="名称", spec="规格", unit="单位"),
        *decimals(unit_price="单价", quantity="数量", periods="期数"),
        *text(period_unit="期限单位"),
        *decimals(amount="合价"),
        *text(remark="备注"),
        *integers(page="页"),
    ),
    line_items,
)
SLA = Table(
    "sla",
    "服务指标",
    (
        *KEYS,
        *text(metric="指标", operator="关系", value="值", unit="单位", scope="范围", section="条款", text="原文"),
        *integers(page="页"),
    ),
    entries("sla"),
)
PENALTIES = Table(
    "penalties",
    "违约责任",
    (
        *KEYS,
        *text(kind="种类"),
        *decimals(value="值"),
        *text(unit="单位", trigger="情形", table="表", seq="序号", section="条款"),
        *integers(page="页"),
    ),
    entries("penalties"),
)
FINDINGS = Table(
    "findings",
    "核对",
    (
        *KEYS,
        *text(rule="规则", status="结果", severity="级别", diagnosis="判断"),
        *decimals(at_stake="涉及金额"),
        *text(message="说明", expected="应为", actual="实为", difference="相差", refs="涉及的位置"),
        *text(suggestion_ref="建议更正的位置", suggestion="建议值"),
        *integers(page="页"),
    ),
    findings,
)
FIGURES = Table(
    "figures",
    "数值",
    (
        *KEYS,
        *decimals(value="值"),
        *text(status="印证"),
        *integers(equations="印证的等式"),
        *decimals(confidence="置信度"),
        *text(read="修正前读作", reason="修正理由"),
        *integers(page="页"),
    ),
    figures,
)
TABLES = (CONTRACTS, PARTIES, AMOUNTS, INSTALLMENTS, LINE_ITEMS, SLA, PENALTIES, FINDINGS, FIGURES)
