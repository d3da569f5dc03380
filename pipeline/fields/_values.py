"""The shapes of the values that follow a party's labels: names, people, phones, codes, accounts, addresses.

Each shape gives the part of a passage that is the value, or None: a form's blank, a seal's words or a sentence are
no value. What stands in brackets after a name is a note (`（盖章）`, `（以下简称甲方）`, `（原某中心）`) unless it
belongs to the name (`某某（北京）有限公司`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.fields._labels import tag_of
from pipeline.model.passage import Passage
from pipeline.text.parties import PARTY

Shape = Callable[[Passage], Passage | None]

NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&.\-—（）() ]{2,60}")
STRAY = re.compile(r"(?<=公司)[一-龥]$")
FAR = 1.5  # heights of a character
NOTE = re.compile(
    rf"[（(](?:原|联合体|以下|下称|简称|盖|加盖|公章|印章|签|章|单位|全称|{PARTY})|[，。；;,：:“”《》【】]|[（(][^）)]*$"
)
# The label of who signs for it, which an engine read with the name above or before it
NEXT_LABEL = re.compile(r"(?<=[司心局所院校馆处厅委])(?:法人(?:代表)?|法定代表人?|委托代理人?|授权代表)[（(]?$")
NO_NAME = re.compile(
    r"(?:是?指|应|须|需|负责|有权|按|在|对|为|根据|即|合同|系|的|提供|或|不|如|将|可|向|因|盖|签|[（(]|[0-9]+$)"
)
LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
FORMER = re.compile(r"[（(]原(?:名称?|称)?[:：]?([^（）()]{2,40})[）)]")
PERSON = re.compile(r"[\u4e00-\u9fff·]{2,8}|[A-Za-z][A-Za-z .]{2,30}")
PHONE = re.compile(
    r"(?:\+?86[- ]?)?(?:1[0-9]{10}|[（(]?0[0-9]{2,3}[）)]?[-—– ]?[0-9]{7,8}(?:[-转][0-9]{1,6})?"
    r"|400[- ]?[0-9]{3}[- ]?[0-9]{4}|(?<![0-9])[1-9][0-9]{6,7})(?![0-9])"
)
EMAIL = re.compile(r"[A-Za-z0-9._%+\-]+ ?@ ?[A-Za-z0-9.\- ]+\.[A-Za-z]{2,}")
POSTCODE = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")
USCC = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z](?: ?[0-9A-Za-z]){14,19}(?![0-9A-Za-z])")
# A code of which signs went or came, as below a seal: half of its 18 at least
MARRED_USCC = re.compile(r"(?:[^0-9A-Za-z一-鿿]{0,3}[0-9A-Za-z]){9,20}[^0-9A-Za-z一-鿿]{0,3}")
ACCOUNT = re.compile(r"(?<![0-9])[0-9](?:[ \-]?[0-9]){7,31}(?![0-9])")
BANK = re.compile(r"[^，。；;,]*?(?:行|部|社|中心)[）)]?(?=[^\u4e00-\u9fff]*$)")
# A bank's name ends here whatever a seal adds to it.
BRANCH = re.compile(r"[^，。；;,]*(?:支行|分行|营业部|营业厅|分理处)")
ADDRESS = re.compile(r"[^。；;]*[\u4e00-\u9fff][^。；;]*")


def matched(pattern: re.Pattern[str], value: Passage) -> Passage | None:
    """The first match, without spaces."""
    match = pattern.search(value.text)
    return unspaced(value[match.start() : match.end()]) if match else None


def unspaced(value: Passage) -> Passage:
    return value.fold(lambda char: "" if char == " " else char)


def name(value: Passage) -> Passage | None:
    """An organisation's or a person's name, without the notes after it."""
    note = NOTE.search(value.text)
    bare = value[: note.start()].strip(" _") if note else value
    if label := NEXT_LABEL.search(bare.text):
        bare = bare[: label.start()]
    bare = balanced(without_stray(bare))
    text = bare.text
    if not NAME.fullmatch(text) or NO_NAME.match(text) or tag_of(text) or not LETTERS.search(text):
        return None
    return bare if sum(map(text.count, "（(")) == sum(map(text.count, "）)")) else None


def balanced(name: Passage) -> Passage:
    """The name without a bracket at its end that nothing opened: a stroke of the seal above it."""
    surplus = sum(map(name.text.count, "）)")) - sum(map(name.text.count, "（("))
    return name[:-1] if surplus == 1 and name.text[-1:] in "）)" else name


def without_stray(name: Passage) -> Passage:
    """The name without a character far behind its legal form, which is a seal's."""
    match = STRAY.search(name.text)
    if not match:
        return name
    last, stray = (name.glyphs[at].box for at in (match.start() - 1, match.start()))
    level = abs(stray.center[1] - last.center[1]) < last.height
    return name[: match.start()] if level and stray.x0 - last.x1 > FAR * last.height else name


def former_name(value: Passage) -> Passage | None:
    match = FORMER.search(value.text)
    return value[match.start(1) : match.end(1)] if match else None


def person(value: Passage) -> Passage | None:
    """A person's name: all that stands before a sign, a digit or a bracket."""
    match = PERSON.match(value.text)
    if not match or tag_of(match[0]) or re.search(r"签字|盖章|公章|日期|年月|专用", match[0]):
        return None
    return value[: match.end()].strip()


def phone(value: Passage) -> Passage | None:
    """A phone number; a value of another length stays as printed, as its label says what it is."""
    return matched(PHONE, value) or matched(re.compile(r"[0-9][0-9\-—– ]{3,}[0-9]"), value)


def address(value: Passage) -> Passage | None:
    match = ADDRESS.match(value.text)
    found = value[: match.end()].strip(" _，,") if match else Passage()
    if found.text[:1] in ("（", "(") and not re.search("[）)]", found.text):
        found = found[1:].strip()  # a colon that was read as a bracket
    return found if len(found) > 3 and not tag_of(found.text) else None


def bank(value: Passage) -> Passage | None:
    """A bank's name, up to the word for its branch where more stands after it."""
    return matched(BANK, value) or matched(BRANCH, value)


def credit_code(value: Passage) -> Passage | None:
    """A code; one of which signs were lost, or are none of a code's, as it was read, for a check to doubt."""
    return matched(USCC, value) or (unspaced(value) if MARRED_USCC.fullmatch(value.text) else None)


def shape(pattern: re.Pattern[str]) -> Shape:
    return lambda value: matched(pattern, value)


SHAPES: dict[str, Shape] = {
    "party": name,
    "legal_representative": person,
    "responsible_person": person,
    "agent": person,
    "contact": person,
    "leader": person,
    "phone": phone,
    "email": shape(EMAIL),
    "address": address,
    "postcode": shape(POSTCODE),
    "uscc": credit_code,
    "account_name": name,
    "bank_name": bank,
    "bank_account": shape(ACCOUNT),
}
# What `开户行及账号：`, `地址、电话：`, `联系人及联系方式：` announce besides their first value.
SECOND = {
    "账号": "bank_account",
    "帐号": "bank_account",
    "电话": "phone",
    "联系方式": "phone",
    "手机": "phone",
    "邮编": "postcode",
}
