"""party.consistent and party.uscc: a party is the same wherever it stands, and its code's check character holds.

The cover, the preamble, the signature page and each annex name the parties again. A 统一社会信用代码 has 18 signs of
0-9 and A-Z without I, O, S, V, Z; the last is a check character (GB 32100-2015). Its first character may be a letter.

>>> check_character("91990100MA00TEX7Q")
'2'
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein
from stdnum.cn import uscc

from pipeline.checks._operands import TRUSTED
from pipeline.model.check import Check, Message, mismatch, passed, rule, unverified
from pipeline.model.record import Party, Record
from pipeline.model.source import Cited

FIELDS = {
    "name": ("名称", "name"),
    "uscc": ("统一社会信用代码", "unified social credit code"),
    "bank_account": ("银行账号", "bank account"),
    "legal_representative": ("法定代表人", "legal representative"),
}
ROLES = {"party_a": ("甲方", "party A"), "party_b": ("乙方", "party B"), "party_c": ("丙方", "party C")}
ASIDE = re.compile(r"\((原|盖章|公章|签章|签字|以下|甲方|乙方|丙方)[^()]*\)")
CODE = re.compile("[0-9A-HJ-NP-RTUWXY]{18}")
LEGACY = re.compile(r"[0-9A-Z]{15}|[0-9A-Z]{20}")
# One character apart is more often a misreading than another party: such a difference needs a surer reading.
SURE = 0.95
# Names that are the same but for the company's legal form: misreading neither adds nor drops two characters so neatly.
# A seal's own character may stand behind them.
FORM = re.compile(r"(?P<form>(?:股份有限|有限责任|有限|股份)公司)司?$")
FORMS = 0.4
COVERED = 2  # one character of a name in so many may lie below a seal


@rule("party.consistent", "warning")
def party_consistent(record: Record) -> Iterator[Check]:
    """Each party's further mentions against its own entry."""
    for party in record.parties:
        for field in FIELDS:
            yield from compare(party, field)


def compare(party: Party, field: str) -> Iterator[Check]:
    """One field of one party: a check for each value that differs, or one that all agree."""
    mentions = [mention.value for mention in party.mentions if mention.field == field]
    own: Cited[str] | None = getattr(party, field) or next(iter(mentions), None)
    others = [leaf for leaf in mentions if leaf is not own]
    if own is None or not others:
        return
    former = {key(party.former_name.value)} if field == "name" and party.former_name else set()
    same = {key(own.value)} | former
    differing: dict[str, list[Cited[str]]] = {}
    for leaf in others:
        if key(leaf.value) not in same:
            differing.setdefault(key(leaf.value), []).append(leaf)
    zh, en = (f"{a}{b}" for a, b in zip(ROLES.get(party.role, ("当事人", "party")), FIELDS[field], strict=True))
    for leaves in differing.values():
        yield different(own, leaves, Message(zh, en))
    if not differing:
        message = Message(
            f"{zh}在{len(others) + 1}处一致：{own.value}", f"{en} is the same in {len(others) + 1} places"
        )
        yield passed((own, *others), message)


def different(own: Cited[str], leaves: list[Cited[str]], label: Message) -> Check:
    """One differing value, wherever it stands."""
    other = max(leaves, key=lambda leaf: leaf.confidence)
    pages = "、".join(str(leaf.page) for leaf in leaves if leaf.page)
    message = Message(
        f"{label.zh}不一致：「{own.value}」与第{pages}页的「{other.value}」",
        f"{label.en} differs: {own.value}, but {other.value} on page {pages}",
    )
    if not is_sure(own, other):
        return unverified((own, *leaves), message)
    return mismatch((own, *leaves), message, own.value, other.value)


def is_sure(own: Cited[str], other: Cited[str]) -> bool:
    """Whether two names are read so surely that their difference is the paper's."""
    one, two = key(own.value), key(other.value)
    if differ_in_form(one, two):
        return min(leaf.sources[-1].confidence if leaf.sources else 0.0 for leaf in (own, other)) >= FORMS
    least = SURE if Levenshtein.distance(one, two) <= 1 else TRUSTED
    return min(own.confidence, other.confidence) >= least


def differ_in_form(one: str, other: str) -> bool:
    """Whether two names are one but for their legal forms, which stand at their ends, and what a seal may cover.

    >>> differ_in_form("某某股份有限公司", "某某有限公司"), differ_in_form("某某中心", "某甲中心")
    (True, False)
    >>> differ_in_form("东海物业管理有限责任公司", "海物业管理有限公司司")
    True
    >>> differ_in_form("东海远大置业有限公司", "东大置业股份有限公司")
    True
    """
    first, second = FORM.search(one), FORM.search(other)
    if not first or not second or first["form"] == second["form"]:
        return False
    one, other = one[: first.start()], other[: second.start()]
    return Levenshtein.distance(one, other) <= max(len(one), len(other)) / COVERED


def key(text: str) -> str:
    """What counts of a name or number: letters and digits of either width, without remarks in brackets."""
    return re.sub(r"[\W_]", "", ASIDE.sub("", unicodedata.normalize("NFKC", text))).upper()


@rule("party.uscc", "warning")
def party_uscc(record: Record) -> Iterator[Check]:
    """The check character of every party's code."""
    for party in record.parties:
        if party.uscc is not None:
            yield code(party.uscc)


def code(leaf: Cited[str]) -> Check:
    """One code."""
    text = key(leaf.value)
    if not CODE.fullmatch(text):
        return malformed(leaf, text)
    wanted = check_character(text[:-1])
    if wanted == text[-1]:
        return passed((leaf,), Message(f"统一社会信用代码{text}的校验码正确", f"the check character of {text} holds"))
    message = Message(
        f"统一社会信用代码{text}的校验码应为{wanted}，实为{text[-1]}",
        f"the check character of {text} should be {wanted}, not {text[-1]}",
    )
    return mismatch((leaf,), message, wanted, text[-1]) if leaf.confidence >= TRUSTED else unverified((leaf,), message)


def malformed(leaf: Cited[str], text: str) -> Check:
    """No code of 18 characters: an older tax number has no check character, anything else is misprinted or misread."""
    if LEGACY.fullmatch(text):
        return unverified(
            (leaf,), Message(f"{text}是旧税号，没有校验码", f"{text} is an older tax number without a check character")
        )
    message = Message(
        f"{text}不是18位的统一社会信用代码（{len(text)}位，或含有不用的字母）",
        f"{text} is no unified social credit code of 18 characters",
    )
    if len(text) == 18 or not leaf.value.isalnum() or leaf.confidence < TRUSTED:
        return unverified((leaf,), message)
    return mismatch((leaf,), message, "18", str(len(text)))


def check_character(body: str) -> str:
    """The check character for the first 17."""
    return str(uscc.calc_check_digit(body))
