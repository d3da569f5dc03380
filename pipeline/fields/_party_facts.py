"""Collects every statement about a party, wherever it stands, and says whose it is.

Contracts print a party's data in blocks: the party's own label first (`甲方：某中心`), then its address, phone and
bank below, one party after the other or side by side in two columns; in signature tables; in clauses that name the
party (`乙方指定的收款账号如下：`, `甲方项目负责人：李某`); and in prose (`某公司（乙方）为中标人`). Side by side, a
field belongs to the column it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.fields import _values
from pipeline.fields._labels import aliases as aliases_of
from pipeline.fields._labels import tag_of
from pipeline.fields._ownership import Fact, owned
from pipeline.fields._rejoined import rejoined
from pipeline.fields._statements import (
    NUMBERING,
    Statement,
    both_parties,
    in_table,
    last_party,
    misread,
    signature,
    statements,
    without_colon,
)
from pipeline.model.document import Block, Cell, Document, Paragraph, Table
from pipeline.model.passage import Passage
from pipeline.model.source import Box
from pipeline.text.parties import BRACKET, PARTY, PLAIN_PARTIES, ROLE_OF

ACCOUNT_WORDS = re.compile(r"账户|帐户|账号|帐号|收款|开户|银行")
ANNOUNCED = re.compile(r"如下|下列|以下|[:：]$")
LEADING = re.compile(rf"[（(](?P<party>{PARTY})[）)](?P<name>[^（(，。；：:]{{4,40}})(?:[（(]原[^（）()]*[）)])?")
TRAILING = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()A-Za-z0-9·]{4,40}?)[（(](?:以下)?(?:简称|称)?(?:为)?[:：]?[“\"'‘「]?"
    rf"(?P<party>{PARTY})[”\"'’」]?(?:名称|单位)?[）)]"
)
INTRODUCED = re.compile(
    rf"(?:{NUMBERING.pattern})(?P<name>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fff（）()A-Za-z0-9·]{{3,40}}?)，[^。；;]{{4,240}}"
    rf"[（(](?:以下|下文)?简?称(?:作|为)?[:：]?[“\"'‘「]?(?P<party>{PARTY})[”\"'’」]?[）)]"
)
PROSE_USCC = re.compile(r"统一社会信用代码(?:证?号)?(?:为|是|[:：])?\s*(?P<uscc>[0-9A-Z]{18})(?![0-9A-Z])")
CUE = re.compile(r".*(?:确定|评定|委托|授权|选定|以及|由|与|和|为|是|即|同|、)")
ORGANISATION = re.compile(
    r".*(?:公司|中心|局|所|院|校|学|部|厅|委|会|集团|厂|店|站|行|社|处|室|馆|队|府|办|园|台|库|司|段)"
)
BRACKETED_CHINESE = re.compile(r"[\u4e00-\u9fff（）()]{4,40}")
OTHER_LABEL = re.compile(r"[\u4e00-\u9fff（）()《》〈〉【】\[\]/、]{2,20}[:：][^。；]{0,40}")
# A line of so many characters is a seal's word or a date between a block's fields, not the text that ends the block.
TRIFLE = 12
# So many character heights a single block's fields may stand left of its label; further left they are another's.
INDENT = 6
# What one block states once under one label: stated again, another party's label stood between and was not read.
ONCE = frozenset({"uscc", "legal_representative", "address", "postcode", "email"})


@dataclass(frozen=True, slots=True)
class Column:
    """Where a block begins: the party's label."""

    role: str | None
    page: int | None
    box: Box


@dataclass(slots=True)
class Walk:
    """The place in the document while its blocks are read in order: whose block it is."""

    aliases: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    columns: tuple[Column, ...] = ()
    own: bool = False
    group: int = 0
    path: tuple[object, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    unowned: frozenset[str] = frozenset()
    row_party: Cell | None = None

    def block(self, content: Paragraph | Table, block: Block) -> Iterator[Fact]:
        moved, self.path = block.path != self.path, block.path
        if isinstance(content, Table):
            self.close()
            yield from self.table(content)
            return
        found = tuple(one for one in statements(content.text) if one.kind != "seal")
        if pair := both_parties(content.text):
            for one in pair:
                self.open(one.role, one.label, own=True)
        elif found:
            yield from self.stated(content.text, found)
        elif signed := signature(content.text):
            yield from self.stated(content.text, (signed,))
        elif (tag := tag_of(content.text.text)) and tag.role and not tag.kind:
            self.open(tag.role, content.text, own=True)
        elif self.columns and self.own and (bare := without_colon(content.text) or misread(content.text)):
            yield from self.stated(content.text, (bare,))
        elif role_and_intro := account_intro(content.text.text, self.aliases):
            self.open(role_and_intro[0], content.text, own=False)
        elif moved or not is_trifle(content.text.text):
            self.close()
        yield from self.prose(content.text)

    def table(self, table: Table) -> Iterator[Fact]:
        self.group += 1
        for one in in_table(table, self.row_party):
            if one.role and self.knows(one):
                yield self.fact(one, one.role, own=True)
        self.row_party = last_party(table)

    def stated(self, passage: Passage, found: tuple[Statement, ...]) -> Iterator[Fact]:
        lead = NUMBERING.match(passage.text)
        before = passage.text.find(found[0].label.text)
        running = before > (lead.end() if lead else 0)
        for one in found:
            if running:
                yield from self.in_sentence(passage.text[:before], one)
            elif one.kind == "party":
                if self.knows(one):
                    self.open(one.role, one.label, own=True)
                    yield self.fact(one, one.role)
                else:
                    self.close()
            elif one.role:
                self.open(one.role, one.label, own=False)
                yield self.fact(one, one.role)
            elif self.columns and not self.is_told(one) and (column := self.column(one.label)):
                self.told[one.label.text] = one.value.text
                yield self.fact(one, column.role)
            else:
                yield self.ownerless(one)

    def is_told(self, one: Statement) -> bool:
        """Whether the only open block states this already, and otherwise; it ends here."""
        before = self.told.get(one.label.text, "")
        if len(self.columns) != 1 or not self.own or one.kind not in ONCE or before in ("", one.value.text):
            return False
        self.close()
        return True

    def ownerless(self, one: Statement) -> Fact:
        """A field below a label that was not read (a seal covers it); a kind that comes again begins the next block."""
        if not self.unowned or one.kind in self.unowned:
            self.group += 1
            self.unowned = frozenset()
        self.unowned |= {one.kind}
        return self.fact(one, None, own=True)

    def in_sentence(self, before: str, one: Statement) -> Iterator[Fact]:
        """A label amid a sentence (`乙方提供热线，邮件：…`): mail is the subject's, an account its owner's; phones are
        hotlines."""
        if one.role:
            yield self.fact(one, one.role, own=False)
        elif one.kind == "email" and (subject := re.search(PARTY, before)):
            yield self.fact(one, self.role(subject[0]), own=False)
        elif one.kind in {"account_name", "bank_name", "bank_account", "uscc"}:
            yield self.fact(one, payee(before, self.aliases), own=False)

    def fact(self, one: Statement, role: str | None, own: bool | None = None) -> Fact:
        kind = "party" if one.kind == "name" else one.kind
        names = one.kind == "party"
        return Fact(role, kind, one.label, one.value, self.own if own is None else own, self.group, names)

    def role(self, word: str) -> str:
        return self.aliases.get(word) or ROLE_OF[word]

    def knows(self, one: Statement) -> bool:
        """Whether a label names a party of this contract: 甲方, a word equated with it, or the first word used for it.

        In a contract between 发包人 and 承包人 the 监理人 is nobody's second name.
        """
        if one.party is None or one.role is None:
            return True
        word = re.sub(BRACKET, "", one.party)
        if any(plain in one.party for plain in PLAIN_PARTIES) or word in self.aliases:
            return True
        if one.kind == "party" and not _values.name(one.value):
            return self.words.get(one.role) == word
        return self.words.setdefault(one.role, word) == word

    def open(self, role: str | None, label: Passage, own: bool) -> None:
        """A block begins; beside another block's label on the same line it is its second column."""
        place = Column(role, label.page, label.glyphs[0].box)
        beside = tuple(c for c in self.columns if self.own and own and is_beside(c, place))
        if not beside:
            self.group += 1
        self.columns, self.own, self.unowned = (*beside, place), own, frozenset()
        self.told = self.told if beside else {}

    def close(self) -> None:
        self.columns, self.unowned = (), frozenset()

    def column(self, label: Passage) -> Column | None:
        """The column a field stands in: the last one that begins left of it; None far left of them all, but for what a
        clause announces (乙方收款账户：…；), which goes on at the margin."""
        box = label.glyphs[0].box
        here = [c for c in self.columns if c.page == label.page]
        slack = 2 if len(here) > 1 else INDENT
        left = [c for c in here if c.box.x0 <= box.x0 + slack * box.height]
        if here and not left and self.own:
            return None
        return max(left, key=lambda c: c.box.x0) if left else self.columns[-1]

    def prose(self, passage: Passage) -> Iterator[Fact]:
        """Names in sentences: `（甲方）某中心（原…）`, `某公司（以下简称“乙方”）`."""
        text = passage.text
        if introduced := tuple(self.introduced(passage)):
            yield from introduced
            return
        for match in (*LEADING.finditer(text), *TRAILING.finditer(text)):
            cue = CUE.match(match["name"]) if match.re is TRAILING else None
            start, end = match.start("name") + (cue.end() if cue else 0), match.end("name")
            if ORGANISATION.fullmatch(text[start:end]) and not re.match(PARTY, text[start:end]):
                stated = passage[start : match.end() if match.re is LEADING else end]
                label = passage[match.start("party") : match.end("party")]
                yield Fact(self.role(match["party"]), "party", label, stated, False, self.group, True)

    def introduced(self, passage: Passage) -> Iterator[Fact]:
        """`某公司，一家…的公司，统一社会信用代码为…，注册地址为…（以下简称“甲方”）`."""
        match = INTRODUCED.match(passage.text)
        if not match or not ORGANISATION.fullmatch(match["name"]):
            return
        role, label = self.role(match["party"]), passage[match.start("party") : match.end("party")]
        yield Fact(role, "party", label, passage[match.start("name") : match.end("name")], True, self.group, True)
        for code in PROSE_USCC.finditer(passage.text, match.start(), match.end()):
            yield Fact(role, "uscc", label, passage[code.start("uscc") : code.end("uscc")], True, self.group)


def is_trifle(text: str) -> bool:
    """A line that may stand within a party's block: a seal's word, a date, a name, a label of another kind
    (`身份证号：…`)."""
    return len(text) <= TRIFLE or bool(OTHER_LABEL.fullmatch(text) or is_name(text))


def is_name(text: str) -> bool:
    return bool(BRACKETED_CHINESE.fullmatch(text) and ORGANISATION.fullmatch(text))


def is_beside(one: Column, other: Column) -> bool:
    same_line = abs(one.box.center[1] - other.box.center[1]) < max(one.box.height, other.box.height)
    return one.page == other.page and same_line and one.role != other.role


def account_intro(text: str, aliases: dict[str, str]) -> tuple[str | None] | None:
    """Whose account a line announces (`乙方指定的收款账号如下：`); None for a line that announces none."""
    if len(text) > 120 or not ACCOUNT_WORDS.search(text) or not ANNOUNCED.search(text):
        return None
    return (payee(text, aliases),)


def payee(text: str, aliases: dict[str, str]) -> str | None:
    """The party whose account a text speaks of: named right before the account, or the only one named at all."""
    named = re.findall(rf"({PARTY})[^，。；：、]{{0,8}}?(?:账|帐|收款|开户|银行)", text)
    roles = {aliases.get(word) or ROLE_OF[word] for word in re.findall(PARTY, text)}
    if named:
        return aliases.get(named[-1]) or ROLE_OF[named[-1]]
    return roles.pop() if len(roles) == 1 else None


def facts(document: Document) -> tuple[Fact, ...]:
    """Every statement about a party, in reading order."""
    blocks = rejoined(document)
    texts = [b.content.text.text for b in blocks if isinstance(b.content, Paragraph)]
    cells = [cell.text.text for table in document.tables for cell in table.cells]
    walk = Walk(aliases_of(texts + cells))
    found = [fact for block in blocks for fact in walk.block(block.content, block)]
    return owned([replace(one, role=walk.aliases.get(one.label.text, one.role)) for one in found])
