"""The words that contracts print before a value: field labels by kind; text.parties has the names of the parties.

A longer spelling wins over one that it ends with (`服务电话` is a hotline, no party's `电话`). Brackets inside a
label (`名称(或姓名)`, `联系（经办）人`) are left out before it is looked up. Sources: 政府采购合同 templates of the
Ministry of Finance, 建设工程施工合同 GF-2017-0201.

>>> tag_of("委托人(甲方)"), tag_of("住所(通讯地址)"), tag_of("违约责任")
(Tag(role='party_a', kind=None), Tag(role=None, kind='address'), None)
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.text.parties import BRACKET, PARTY, PLAIN_PARTIES, ROLE_OF, any_of

LABELS = {
    "name": "名称 单位名称 单位全称 公司名称 企业名称 姓名 名称或姓名",
    "legal_representative": "法定代表人 法人代表 法人 法定代表人或负责人 法定代表人或主要负责人",
    "responsible_person": "负责人 单位负责人 主要负责人 法人或负责人",
    "agent": """
        委托代理人 授权代理人 授权代表 授权代表人 被授权人 法人代表授权人 法定代表人授权代表 法人授权代表
        代理人 代表 代表人 """,
    "contact": "联系人 业务联系人 项目联系人 指定联系人 联系人姓名 联系经办人 经办人",
    "leader": "项目负责人 项目经理 项目代表 项目联络人",
    "phone": """
        电话 联系电话 联系方式 联系方法 电话号码 联系人电话 联系人联系方式 手机 手机号 手机号码 联系手机
        固定电话 移动电话 """,
    "hotline": """
        服务电话 服务热线 热线 热线电话 投诉电话 监督电话 举报电话 报修电话 客服电话 值班电话 咨询电话
        维修电话 售后电话 应急电话 技术支持电话 传真 传真号码 电话传真 微信 QQ """,
    "email": """
        邮箱 电子邮箱 电子邮件 邮箱地址 电子邮箱地址 联系邮箱 电子信箱 邮件 E-mail E-Mail E-MAIL Email email
        EMAIL """,
    "address": """
        地址 住所 住址 住所地 通讯地址 通信地址 联系地址 单位地址 公司地址 注册地址 办公地址 送达地址 经营地址
        详细地址 住所地址 邮寄地址 """,
    "postcode": "邮编 邮政编码",
    "uscc": """
        统一社会信用代码 社会信用代码 统一信用代码 统一社会信用代码证号 纳税人识别号 纳税识别号 纳税人税号
        税号 统一社会信用代码/纳税人识别号 统一社会信用代码或纳税人识别号 """,
    "account_name": "户名 帐户名称 账户名称 帐户名 账户名 开户名称 开户名 收款人 收款人名称 收款单位 收款单位名称",
    "bank_name": "开户行 开户银行 开户行名称 开户银行名称 银行名称 行号 收款银行 收款人开户行",
    "bank_account": """
        账号 帐号 银行账号 银行帐号 银行账户 银行帐户 账户 帐户 账户号 帐户号 账户号码 开户账号 开户帐号
        收款账号 收款帐号 收款账户 银行卡号 卡号 """,
    "number": "合同编号 合同号 合同编码 协议编号 协议号 合同书编号 采购合同编号 政府采购合同编号 编号",
    "registration": "合同登记编号 登记编号 合同备案号 备案编号 资产编号 档案编号",
    "procurement_number": """
        招标文件编号 招标编号 招标项目编号 项目招标编号 项目编号 采购编号 采购项目编号 采购文件编号 标书编号
        政府采购编号 政府采购项目编号 磋商文件编号 谈判文件编号 询价文件编号 比选编号 招标/采购编号 """,
    "project_name": "项目名称 采购项目名称 工程名称 服务项目名称 招标项目名称 课题名称",
    "contract_name": "合同名称 服务名称 协议名称",
    "sign_date": """
        签订日期 签署日期 签约日期 订立日期 签订时间 签约时间 签署时间 订立时间 合同订立时间
        合同签订日期 合同签订时间 合同签署日期 """,
    "date": "日期 签字日期 盖章日期",
    "sign_place": "签订地点 签署地点 签约地点 订立地点 合同订立地点 合同签订地点 合同签订地 签订地 签约地 签署地",
    "term": """
        服务期限 服务期 合同期限 合同有效期 租赁期限 租赁期 租期 工期 合同工期 履行期限 合同履行期限 项目周期
        服务周期 合同期 服务时间 委托期限 有效期限 实施周期 维护期限 维护期 运维期限 运维期 运维服务期限 运维服务期
        维保期限 维保期 服务有效期 """,
    "start": "开工日期 计划开工日期 计划开始日期 开始日期 起始日期 起始时间 服务开始日期",
    "end": "竣工日期 计划竣工日期 计划完成日期 完成日期 完工日期 结束日期 终止日期 截止日期 服务结束日期",
    "seal": "盖章 公章 签章 签字 单位盖章 加盖公章 单位公章 印章",
}
HEADS = ("法定代表人", "法人代表", "法人")
PROXIES = ("授权代表", "授权代表人", "授权代理人", "委托代理人")
KINDS = {
    **{spelling: kind for kind, spellings in LABELS.items() for spelling in spellings.split()},
    **{"".join(parts): "agent" for parts in itertools.product(HEADS, ("或", "或其", "/", "、"), PROXIES)},
}
LONG = tuple(word for word in KINDS if len(word) > 3)  # shorter ones are too much alike
SPARED = 4  # characters of a label to each that is misread


class Tag(NamedTuple):
    """What a label says: whose value follows, and which."""

    role: str | None
    kind: str | None


# What a seal leaves of （盖章） after a party's label
REMNANT = r"(?<=.)[（(]?[盖公签]?章[）)]?$"
# A label's bracket of which a seal hides the end: 单位名称（公章
UNCLOSED = r"(?<=.{2})[（(][单公盖签印加]?[^（()）]{0,3}$"
FIELD = any_of(KINDS)
AND_MORE = rf"(?:(?:及|和|与|、|/)其?(?:{FIELD}|职务|号码))?"
WHOLE = re.compile(rf"(?P<party>{PARTY})?的?(?:(?P<field>{FIELD}){AND_MORE})?")
ALIAS = re.compile(rf"(?P<one>{PARTY})[（(](?P<other>{PARTY})[）)]")


@lru_cache(maxsize=4096)
def tag_of(text: str) -> Tag | None:
    """What a text means that is nothing but a label, as the cells of a signature table are, one character in four of
    it misread perhaps; None for other texts."""
    bare = re.sub(BRACKET, "", text).strip(" :：")
    short = re.sub(REMNANT, "", bare)
    short = re.sub(UNCLOSED, "", short) if short == bare else short
    match = WHOLE.fullmatch(bare) or WHOLE.fullmatch(short)
    if not bare or not match:
        kind = nearest(bare) or (nearest(short) if short != bare else None)
        return Tag(None, kind) if kind else None
    return Tag(role_of(match["party"], text) if match["party"] else None, KINDS.get(match["field"] or ""))


def nearest(text: str) -> str | None:
    """The kind of the label that a text is but for a character in four, if it is one of four or more.

    >>> nearest("单位名种"), nearest("名种"), nearest("法定化表人")
    ('name', None, 'legal_representative')
    """
    found = process.extractOne(text, LONG, scorer=Levenshtein.distance, score_cutoff=2) if len(text) > 3 else None
    return KINDS[found[0]] if found and SPARED * found[1] <= len(text) else None


def role_of(word: str, label: str) -> str:
    """The role that a party's label names; 甲方 and 乙方 in its brackets decide (`承租方（甲方）`)."""
    return next((role for plain, role in PLAIN_PARTIES.items() if plain in label), ROLE_OF[word])


def aliases(texts: list[str]) -> dict[str, str]:
    """What the contract itself calls its parties: `承租方（甲方）` or `甲方（承租方）` anywhere makes 承租方 party_a.

    >>> aliases(["承租方（甲方）：某公司"])
    {'承租方': 'party_a'}
    """
    found: dict[str, str] = {}
    for match in itertools.chain.from_iterable(map(ALIAS.finditer, texts)):
        word, plain = sorted((match["one"], match["other"]), key=lambda name: name in PLAIN_PARTIES)
        if plain in PLAIN_PARTIES and word not in PLAIN_PARTIES:
            found.setdefault(word, PLAIN_PARTIES[plain])
    return found
