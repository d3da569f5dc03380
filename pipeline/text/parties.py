"""The words by which contracts name their parties, and whose part each is.

甲方 is who orders and pays in a purchase, but who lets in a lease: the contract's own brackets (出租人（甲方）) decide.
Sources: 政府采购合同 templates of the Ministry of Finance, 建设工程施工合同 GF-2017-0201.

>>> ROLE_OF["委托人"], re.match(LABEL, "供方（乙方）：某公司") is not None, re.match(LABEL, "供方电话：1")
('party_a', True, None)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ROLES = {
    "party_a": """
        甲方 委托人 委托方 委托单位 采购人 采购方 采购单位 买方 买受人 需方 购买方 购货方 用户单位 用户 业主
        建设单位 发包人 发包方 发包单位 定作人 定作方 出租人 出租方 招标人 购货单位 购方 需求方 """,
    "party_b": """
        乙方 受托人 受托方 受托单位 供应商 卖方 出卖人 供方 供货方 服务提供单位 服务单位 服务商 服务方
        服务提供方 承担单位 施工单位 承包人 承包方 承包单位 承揽人 承揽方 承租人 承租方 中标人 中标单位 咨询人
        监理人 设计人 勘察人 销货单位 销方 供货单位 开发方 研制方 承建方 承建单位 中标供应商 成交供应商 """,
    "party_c": "丙方",
    "party_d": "丁方",
}
ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}
PLAIN_PARTIES = {"甲方": "party_a", "乙方": "party_b", "丙方": "party_c", "丁方": "party_d"}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


BRACKET = r"[（(【\[][^（）()【】\[\]]{0,14}[)）】\]]"
PARTY = any_of(ROLE_OF)
# A label that names a party and nothing else; its colon may be read as a semicolon
LABEL = re.compile(rf"\s*(?:[甲乙丙丁]\s+方|{PARTY})(?:{BRACKET})*[:：;；]")
