"""The annexes: those the contract lists, and those bound in behind it.

Lists stand before the signatures (`附件1：中标通知书`, one a line; or `附件：` and `1、中标通知书`), or in the
clause of the contract's documents (`中标通知书（附件1）`). An annex bound in begins with its number (`附件1
中标通知书`) or, now and then, with its listed title alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.fields._body import body, paragraphs
from pipeline.model.document import Document, Paragraph, Section
from pipeline.model.passage import Passage
from pipeline.model.record import Annex, Count
from pipeline.model.source import Cited
from pipeline.text.counts import COUNT, parse_count

DOUBT = 0.5  # the confidence of a number that was not read but follows from the one before
WORD = r"(?:附件|附录|附表)"
ENTRY = re.compile(
    rf"{WORD}(?P<number>{COUNT})[：:、.．\s]*(?P<title>《[^《》]{{2,40}}》"
    rf"|[^，。；;：:、\s《][^。；;：:]*?(?=[；;。]|{WORD}{COUNT}[：:\s]|$))"
)
LIST_HEAD = re.compile(
    rf".{{0,16}}{WORD}(?:清单|目录|列表|包括|如下|均|都|是|系|为|有|[^，。；：:]{{0,14}}组成部分|[，,])*(?:如下)?[：:]"
)
# 》 at the end of a line is lost now and then
TITLE = rf"[：:\s]*《[^《》]{{2,40}}?(?:》|(?=[、，,和及与]*{WORD}|[。；;]?$))"
MISREAD = r"[^\d《》]"  # what a number may be read as
INLINE = re.compile(rf"{WORD}{COUNT}{TITLE}(?:[、，,和及与]*{WORD}(?:{COUNT}|{MISREAD}){TITLE})+")
IN_TURN = re.compile(rf"{WORD}(?:(?P<number>{COUNT})|{MISREAD})(?P<title>{TITLE})")
ITEM = re.compile(rf"[（(]?(?P<number>{COUNT})[）)、.．]\s*(?P<title>[^，。；;]{{2,40}})[；;。]?")
REFERRED = re.compile(
    rf"(?:^|[a-z0-9][.、)）])\s*(?P<title>[^，。；、.（）()]{{2,30}})[（(](?:见|详见)?{WORD}(?P<number>{COUNT})[）)]"
)
CONTENTS = re.compile(r"目\s*[录次]")
IN_CONTENTS = re.compile(r"(?:…+|[.·]{3,}|[-_]{4,})\s*\d{1,4}$")
SENTENCE_END = re.compile(r"[。；;]$")
CLAUSE = re.compile(r"本合同|不可分割|组成部分|同等法律效力|详见|约定")
HEAD = re.compile(rf"{WORD}\s*(?P<number>{COUNT})")


@dataclass(frozen=True, slots=True)
class Entry:
    """An annex as one place names it."""

    number: Cited[int]
    title: Passage


def read_annexes(document: Document) -> tuple[Annex, ...]:
    """Listed annexes first, in the list's order; then those that are bound in without being listed."""
    listed = list(entries(paragraphs(body(document))))
    bound = [section for section in document.sections if section.kind == "annex"]
    found = [annex(entry, bound, document) for entry in listed]
    numbers = {entry.number.value for entry in listed}
    for section in bound:
        number = number_of(section)
        if number and number.value not in numbers:
            numbers.add(number.value)
            title = title_of(section)
            found.append(Annex(number, title.cite() if title else None, False, True, section.page))
    return tuple(found)


def annex(entry: Entry, bound: list[Section], document: Document) -> Annex:
    """A listed annex, present under its number or under its title."""
    page = next((s.page for s in bound if (n := number_of(s)) and n.value == entry.number.value), None)
    if page is None:
        page = next((s.page for s in bound if not s.number and same(title_of(s), entry.title)), None)
    if page is None:
        page = heads_a_page(entry.title, document)
    return Annex(entry.number, entry.title.cite(), True, page is not None, page)


def heads_a_page(title: Passage, document: Document) -> int | None:
    """The page that begins with a listed title, after the list."""
    last = title.page or 0
    for paragraph, _ in document.paragraphs():
        page = paragraph.page or 0
        if page > last and same(paragraph.text, title):
            return page
        last = max(last, page)
    return None


def same(one: Passage | None, other: Passage) -> bool:
    def bare(passage: Passage) -> str:
        return re.sub(r"[《》\s：:]", "", passage.text)

    return one is not None and bare(one) == bare(other)


def number_of(section: Section) -> Count:
    match = HEAD.match(section.number.text)
    return cited(section.number, match) if match else None


def title_of(section: Section) -> Passage | None:
    """The title on the annex's own line, or the heading below it."""
    title = section.title.strip("：: 、.")
    first = section.content[0] if section.content else None
    below = first.text if isinstance(first, Paragraph) and first.heading else None
    return title or below


def entries(found: tuple[Paragraph, ...]) -> Iterator[Entry]:
    """The contract's own list of annexes; each number once."""
    found = without_contents(found)
    listed = [*by_number(found), *below_head(found)] or list(referred(found))
    seen: set[int] = set()
    for entry in listed:
        if entry.number.value not in seen:
            seen.add(entry.number.value)
            yield entry


def without_contents(found: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs without the rows of a table of contents, which name annexes with their pages.

    Of the leaders and the page little may be read: on a page headed 目录 a line that ends no sentence is such a row.
    """
    pages = {paragraph.page for paragraph in found if CONTENTS.fullmatch(paragraph.text.text)}
    return tuple(
        paragraph
        for paragraph in found
        if not IN_CONTENTS.search(paragraph.text.text)
        and not (paragraph.page in pages and not SENTENCE_END.search(paragraph.text.text))
    )


def by_number(found: tuple[Paragraph, ...]) -> Iterator[Entry]:
    """`附件1：中标通知书`, a line each or several in one; `附件1《…》、附件2《…》` also amid a clause."""
    for paragraph in found:
        text = paragraph.text.text
        head = LIST_HEAD.match(text)
        if re.match(WORD, text) or head:
            listed = paragraph.text[head.end() if head else 0 :]
            yield from in_turn(listed) if INLINE.fullmatch(listed.text.rstrip("。；;")) else matched(listed, ENTRY)
            continue
        for run in INLINE.finditer(text):
            yield from in_turn(paragraph.text[run.start() : run.end()])


def below_head(found: tuple[Paragraph, ...]) -> Iterator[Entry]:
    """`附件：` and the numbered lines below it."""
    for i, paragraph in enumerate(found):
        head = LIST_HEAD.match(paragraph.text.text)
        if not head:
            continue
        lines = [paragraph.text[head.end() :], *(line.text for line in found[i + 1 : i + 20])]
        for line in lines if lines[0] else lines[1:]:
            if not ITEM.fullmatch(line.text):
                break
            yield from matched(line, ITEM)


def referred(found: tuple[Paragraph, ...]) -> Iterator[Entry]:
    """`b. 中标通知书（附件1）` among the documents that make up the contract."""
    for paragraph in found:
        if len(paragraph.text) < 50:
            yield from matched(paragraph.text, REFERRED)


def matched(text: Passage, pattern: re.Pattern[str]) -> Iterator[Entry]:
    for match in pattern.finditer(text.text):
        number = cited(text, match)
        if number and len(match["title"]) < 40 and not CLAUSE.search(match["title"]):
            yield Entry(number, text[match.start("title") : match.end("title")].strip("《》 .·…"))


def in_turn(text: Passage) -> Iterator[Entry]:
    """Annexes named after each other; one whose number was misread follows the one before it, in doubt."""
    last = 0
    for match in IN_TURN.finditer(text.text):
        number = (cited(text, match) if match["number"] else None) or next_after(last, text, match)
        last = number.value
        if not CLAUSE.search(match["title"]):
            yield Entry(number, text[match.start("title") : match.end("title")].strip("《》 .·…：:"))


def next_after(last: int, text: Passage, match: re.Match[str]) -> Cited[int]:
    """The number after the last one, in doubt: it was not read."""
    where = text.cite(match.start(), match.start("title")).sources
    return Cited(last + 1, tuple(replace(source, confidence=min(source.confidence, DOUBT)) for source in where))


def cited(text: Passage, match: re.Match[str]) -> Count:
    number = parse_count(match["number"])
    where = text.cite(match.start("number"), match.end("number"))
    return None if number is None else Cited(number, where.sources)
