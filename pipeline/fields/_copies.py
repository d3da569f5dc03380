"""How many copies there are and who holds them: `本合同一式柒份，甲方执肆份，乙方执叁份`.

A part's holder is the party it names; `双方各执叁份` gives each party three; what third parties, authorities, agencies
and notaries hold is `other`. 正本 and 副本 beside the total split the same copies another way and are left out; where
no total stands (`正本两份，副本四份`), they make it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.document import Paragraph
from pipeline.model.passage import Passage
from pipeline.model.record import Copies, Count
from pipeline.model.source import Cited
from pipeline.text.counts import COUNT, parse_count
from pipeline.text.parties import PARTY, ROLE_OF

OPEN, CLOSE = r"[【\[（(_ ]*", r"[】\]）)_ ]*"
NUMBER = rf"{OPEN}(?P<count>{COUNT}){CLOSE}(?:[（(]{COUNT}[）)])?"
TOTAL = re.compile(rf"(?:[一壹]式|(?:合同|协议)书?(?:共计?|正本)){NUMBER}份")
THE_CONTRACT = re.compile(r"(?:合同|协议)(?:书|正本|文本)?[^。；;]{0,24}[一壹]式|(?:合同|协议)书?(?:共|正本)")
ORIGINALS = re.compile(r"正本(?:[一壹]式)?$")
DUPLICATES = re.compile(rf"副本(?:[一壹]式)?{NUMBER}份")
SHARE = re.compile(rf"{NUMBER}份")
BOTH = re.compile(r"双方|各方|各执|各持|各存|各保存|各留存")
KINDS_OF_COPY = re.compile(r"^[、和及]?(?:其中)?[:：]?(?:正本|副本)")
PART = re.compile(r"(?:(?!(?<=份)、(?!正本|副本))[^，,；;])+")
MORE = {"三方": 1, "四方": 2}  # parties besides 甲方 and 乙方, who each hold as many


def read_copies(found: Iterable[Paragraph]) -> Copies | None:
    """The first statement of the contract's copies, else the first of any: reports have copies too."""
    stated = [(paragraph.text, match) for paragraph in found if (match := TOTAL.search(paragraph.text.text))]
    own = [(text, match) for text, match in stated if THE_CONTRACT.search(text.text)]
    return next((shares(text, match) for text, match in (*own, *stated)), None)


def shares(passage: Passage, total: re.Match[str]) -> Copies:
    end = passage.text.find("。", total.end())
    rest = passage[total.end() : end if end >= 0 else None]
    held: dict[str, Cited[int]] = {}
    for match in PART.finditer(rest.text):
        part = rest[match.start() : match.end()]
        count = counted(part)
        if count and (not KINDS_OF_COPY.match(part.text) or re.search(PARTY, part.text)):
            for holder in holders(part.text):
                held[holder] = added(held.get(holder), Cited(count.value, count.sources))
    return Copies(whole(passage, total, rest), held.get("party_a"), held.get("party_b"), held.get("other"))


def whole(passage: Passage, total: re.Match[str], rest: Passage) -> Count:
    """The total; where it is that of the originals alone, with the duplicates."""
    count = number(passage.cite(total.start("count"), total.end("count")).map(parse_count))
    more = DUPLICATES.search(rest.text)
    if count is None or more is None or not ORIGINALS.search(passage.text, 0, total.start("count")):
        return count
    duplicates = number(rest.cite(more.start("count"), more.end("count")).map(parse_count))
    return added(count, duplicates) if duplicates else None


def number(cited: Cited[int | None]) -> Count:
    return None if cited.value is None else Cited(cited.value, cited.sources)


def counted(part: Passage) -> Count:
    """All copies a part speaks of: `正本一份、副本二份` are three."""
    found = [(m, parse_count(m["count"])) for m in SHARE.finditer(part.text)]
    counts = [Cited(n, part.cite(m.start("count"), m.end("count")).sources) for m, n in found if n is not None]
    total: Count = None
    for count in counts:
        total = added(total, count)
    return total


def added(one: Count, other: Cited[int]) -> Cited[int]:
    return Cited(one.value + other.value, one.sources + other.sources) if one else other


def holders(text: str) -> tuple[str, ...]:
    """Who holds what a part speaks of: party_a, party_b, or `other` for anyone else."""
    roles = tuple(dict.fromkeys(ROLE_OF[word] for word in re.findall(PARTY, text)))
    if BOTH.search(text) and (len(roles) > 1 or not roles or "双方" in text):
        more = next((count for word, count in MORE.items() if word in text), max(0, len(roles) - 2))
        return ("party_a", "party_b", *["other"] * more)
    return tuple(role if role in ("party_a", "party_b") else "other" for role in roles[:1]) or ("other",)
