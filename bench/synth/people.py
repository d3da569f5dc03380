"""Invented parties: names, codes, addresses, accounts. The places and the companies do not exist."""

from __future__ import annotations

from random import Random
from typing import Literal

from bench.synth.deal import Party

TOWNS = "云岭 澄湖 北溪 柳泉 明岭 青禾 临江 望海 松原 锦川 石桥 白河 兰亭 凤台 长桥 东港 雁南 清源".split()
BODIES = "大数据服务中心 卫生监督所 档案馆 教育考试中心 水务管理处 图书馆 第二人民医院 职业技术学院 应急指挥中心 不动产登记中心".split()
BRANDS = "云枢 锦程 墨笺 远帆 恒信 智联 博海 天衡 中科睿 华泽 星图 瑞安 同创 广信".split()
SURNAMES = "赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘范彭鲁"
GIVEN = "望舒 知行 清和 子墨 明远 嘉宁 文博 思齐 景行 若水 建国 丽华 志强 海燕 晓东 雅琴 永刚 秀兰 俊杰 佳怡".split()
STREETS = "望湖路 科创大道 滨河东路 建设街 文昌路 迎宾大道 学府路 和平里".split()
BANKS = "江南农商银行 东港商业银行 临江银行 锦川农村信用社 华泽银行 北溪城市商业银行".split()
CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def town(rng: Random) -> str:
    return rng.choice(TOWNS)


def person(rng: Random) -> str:
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def phone(rng: Random) -> str:
    if rng.random() < 0.4:
        return f"1{rng.choice('3578')}{rng.randrange(10**9):09}"
    return f"0{rng.randint(310, 999)}-{rng.randint(2, 8)}{rng.randrange(10**7):07}"


def check_character(body: str) -> str:
    """GB 32100-2015, for the first 17 characters.

    >>> check_character("91110108571214 31X".replace(" ", ""))
    'A'
    """
    total = sum(CODE.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return CODE[-total % 31]


def uscc(rng: Random, public: bool) -> str:
    body = ("12" if public else "91") + f"{rng.randint(110000, 659000)}" + "".join(rng.choices(CODE, k=9))
    return body + check_character(body)


def address(rng: Random, place: str) -> str:
    return f"{place}市{rng.choice(STREETS)}{rng.randint(1, 399)}号" + rng.choice(["", f"{rng.randint(1, 9)}号楼"])


def company(rng: Random, trade: str) -> str:
    place = town(rng)
    tail = rng.choice(["有限公司", "有限责任公司", "股份有限公司"])
    return rng.choice([f"{place}{rng.choice(BRANDS)}{trade}{tail}", f"{rng.choice(BRANDS)}{trade}（{place}）{tail}"])


def maybe(rng: Random, share: float, value: str) -> str | None:
    return value if rng.random() < share else None


def party(
    rng: Random, role: Literal["party_a", "party_b"], label: str, alias: str, name: str, public: bool, paid: bool
) -> Party:
    """A party with those of its particulars that this contract prints; the one that is paid has an account."""
    place = next((t for t in TOWNS if t in name), town(rng))
    return Party(
        role=role,
        label=label,
        alias=alias,
        name=name,
        signs_as=name,
        uscc=maybe(rng, 0.6, uscc(rng, public)),
        legal_representative=maybe(rng, 0.7, person(rng)),
        agent=None,
        contact=maybe(rng, 0.8, person(rng)),
        phone=phone(rng),
        email=maybe(rng, 0.25, f"contact{rng.randint(10, 99)}@example.com"),
        address=address(rng, place),
        postcode=maybe(rng, 0.4, f"{rng.randint(100000, 799999)}"),
        bank_name=f"{rng.choice(BANKS)}{place}支行" if paid else None,
        bank_account=f"{rng.choice(['62', '01', '34', '11'])}{rng.randrange(10**15):015}" if paid else None,
    )
