"""Headings without a number, graded definitions, tables of contents and signature blocks.

A heading without a number (`应急响应`) stands alone in a short row, without punctuation, between paragraphs; a
single one counts only where its print sets it apart, two of a kind are a style. Graded definitions (`I级事件：…`,
`II级事件：…`) stand one after the other, with lists below them. A signature block (`以下无正文`, or 甲方： … 签字：)
ends the clause above it.

>>> is_phrase("应急响应"), is_phrase("乙方应予配合。"), is_phrase("2024年5月20日")
(True, False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pipeline.layout.lines import LABEL
from pipeline.layout.numbering import Number, readings
from pipeline.layout.paragraphs import SENTENCE_END, Typeset
from pipeline.model.document import Table

Item: TypeAlias = Typeset | Table

NO_PHRASE = re.compile(r"[，。；;：:！？,!?]|[\d一二〇]\s*年.*[月日]$|^[\d\s.\-—_/]+$|^[（(【\[]")
POINTS = " .·…。；："  # what is left of a leader
CONTENTS = re.compile(r"目\s*[录次]")
LEADER = re.compile(r"(?:\.{3,}|…+|·{3,}|-{4,}|_{4,})\s*\d{1,4}$")
PAGE_AT_END = re.compile(r"(?<=[\u4e00-\u9fff]{2})\s*\d{1,3}$")
REST_OF_LEADER = re.compile(r"[.·…]\s*\d{0,4}$")
CLOSING = re.compile(r"[（(]?\s*(?:以下|[此本]页|下页|后附)[^。]{0,4}无正文|[（(]?.{0,12}签[署字章约]页")
PARTY = re.compile(
    r"[（(]?(?:甲|乙|丙|丁)\s*方|(?:委托|受托|采购|供应|发包|承包|出租|承租|买|卖|需|供|出让|受让)(?:人|方|单位|商)"
)
SIGNED = re.compile(r"签\s*[字章名]|盖\s*章|公\s*章|印\s*章|法\s*人|法定代表|授权|负责人|日\s*期|\d\s*年.*月.*日$")
GRADED = re.compile(r"(?:[IVXⅠ-Ⅹ]{1,4}|[一二三四五六]|[A-F])(?P<thing>[级类][^：:，。\d]{1,10})(?=[：:])")


RECITALS = re.compile(r"鉴\s*于\s*[：:]")
AGREED = re.compile(r"(?:如下|以下).{0,6}[：:。]$")
INTRODUCED = re.compile(
    rf"[（(](?:以下|下文|在本.{{0,4}}中)?(?:简?称)(?:作|为)?[^（）()]{{0,4}}(?:{PARTY.pattern})[^（）()]{{0,4}}[)）][；;，,。、及和与]*$"
)


def text_of(item: Item | None) -> str:
    return item.text if isinstance(item, Typeset) else ""


def at(flow: Sequence[Item], index: int) -> Item | None:
    return flow[index] if 0 <= index < len(flow) else None


def numbers(item: Item | None) -> tuple[Number, ...]:
    """The readings of a paragraph's beginning as a number that a mark sets off."""
    return tuple(number for number in readings(text_of(item)) if number.marked)


def is_phrase(text: str) -> bool:
    """A short phrase as headings are: no punctuation, no label, no date, nothing in brackets."""
    return 2 <= len(text) <= 22 and not NO_PHRASE.search(text) and re.search(r"[\u4e00-\u9fff]{2}", text) is not None


def contents(flow: Sequence[Item]) -> frozenset[int]:
    """The entries of a table of contents: rows that end in a leader and a page number, or stand under 目录."""
    found = {i for i, item in enumerate(flow) if LEADER.search(text_of(item))}
    for i, item in enumerate(flow):
        if isinstance(item, Typeset) and CONTENTS.fullmatch(item.text):
            same = (j for j in range(i, len(flow)) if isinstance(flow[j], Typeset) and page_of(flow[j]) == item.page)
            found |= {j for j in same if j == i or re.search(r"\d$", text_of(flow[j]))} | set(entries(flow, i))
    return frozenset(found)


def entries(flow: Sequence[Item], heading: int) -> Iterator[int]:
    """The rows below 目录 on its page, page numbers or not, up to where a number comes again: there the text begins.

    A number that the contract itself gives twice comes again in the table of contents, before a leader or of a text on
    a later page.
    """
    seen: set[tuple[str, tuple[int, ...]]] = set()
    for i in range(heading + 1, len(flow)):
        item, number = flow[i], next(iter(numbers(flow[i])), None)
        if not isinstance(item, Typeset) or page_of(item) != page_of(flow[heading]):
            return
        if item.text.endswith(("。", "；", "：")) and not comes_again(flow, i):
            return
        again = number is not None and (number.style, number.value) in seen
        if again and not REST_OF_LEADER.search(item.text) and not comes_again(flow, i):
            return
        seen |= {(number.style, number.value)} if number else set()
        yield i


def comes_again(flow: Sequence[Item], index: int) -> bool:
    """Whether a row, without its page's number, begins a text on a later page: the end of its leader was read as the
    end of a sentence."""
    item, text = flow[index], PAGE_AT_END.sub("", text_of(flow[index])).rstrip(POINTS)
    return any(page_of(other) > page_of(item) and text_of(other).startswith(text) for other in flow[index + 1 :])


def page_of(item: Item | None) -> int:
    """The page where an item begins; 0 for none."""
    if isinstance(item, Typeset):
        return item.page
    return item.pages[0] if item is not None else 0


def headings(flow: Sequence[Item], start: int, end: int) -> frozenset[int]:
    """The headings without a number between `start` and `end`."""
    alone = [i for i in range(start, end) if stands_alone(flow, i, start)]
    if len(alone) > 1:
        return frozenset(alone)
    return frozenset(i for i in alone if isinstance(item := flow[i], Typeset) and item.paragraph.heading)


def stands_alone(flow: Sequence[Item], index: int, start: int) -> bool:
    """A phrase in one row, after the end of a sentence and before a sentence or a clause (or one more such phrase)."""
    item, above, below = flow[index], at(flow, index - 1), at(flow, index + 1)
    if not isinstance(item, Typeset) or item.rows > 1 or not is_phrase(item.text) or readings(item.text):
        return False
    if isinstance(below, Typeset) and below.rows == 1 and is_phrase(below.text) and not readings(below.text):
        below = at(flow, index + 2)
    ended = index == start or isinstance(above, Table) or SENTENCE_END.search(text_of(above)) is not None
    opens = SENTENCE_END.search(text_of(below)) is not None and not LABEL.match(text_of(below))
    after_heading = isinstance(above, Typeset) and above.rows == 1 and is_phrase(above.text)
    return (ended or after_heading) and (opens or bool(numbers(below)))


def chapters(flow: Sequence[Item]) -> frozenset[int]:
    """Headings whose number no mark sets off (`2 费用`), known by the 2.1 below one of their series."""
    found: set[int] = set()
    for run in bare_runs(flow):
        if any(is_chapter(text_of(flow[i]), next_numbered(flow, i)) for i in run):
            found.update(run)
    return frozenset(found)


def bare_runs(flow: Sequence[Item]) -> list[list[int]]:
    """Series of phrases with bare numbers that count on one by one from any beginning; a second 1 begins anew."""
    runs: list[list[int]] = []
    last: list[int] = []
    for i, item in enumerate(flow):
        number = bare_number(text_of(item))
        if number is None:
            continue
        open_run = next((r for r in range(len(runs) - 1, -1, -1) if last[r] + 1 == number.last), None)
        if open_run is None:
            runs.append([i])
            last.append(number.last)
        else:
            runs[open_run].append(i)
            last[open_run] = number.last
    return runs


def bare_number(text: str) -> Number | None:
    """The number that no mark sets off from the phrase that is all the rest of the row."""
    bare = next((number for number in readings(text) if not number.marked and number.style == "1"), None)
    return bare if bare and is_phrase(text[len(bare.printed) :].strip()) else None


def next_numbered(flow: Sequence[Item], index: int) -> str:
    """The next paragraph that begins with a number, past the table or text that a heading may have first."""
    return next((item.text for item in flow[index + 1 :] if isinstance(item, Typeset) and readings(item.text)), "")


def is_chapter(text: str, below: str) -> bool:
    """Is `text` a phrase with a bare number, and does `below` begin with that number's first point?

    >>> is_chapter("2费用", "2.1咨询费为30万元。"), is_chapter("5个工作日", "5.1甲方付款。")
    (True, False)
    """
    bare = bare_number(text)
    return bare is not None and any(number.value == (bare.last, 1) for number in readings(below))


def graded(flow: Sequence[Item], start: int, end: int) -> frozenset[int]:
    """Definitions of grades I, II, III … (一级, 二级 …) of one thing, some of them with a list below."""
    found = {i: match["thing"] for i in range(start, end) if (match := GRADED.match(text_of(flow[i])))}
    series = [i for i, thing in found.items() if thing == next(iter(found.values()))]
    listing = any(number.last == 1 for i in series for number in numbers(at(flow, i + 1)))
    return frozenset(series) if len(series) > 1 and listing else frozenset()


def closing(flow: Sequence[Item], start: int, end: int) -> frozenset[int]:
    """Where a signature block begins between `start` and `end`, if no clause follows it."""
    for i in range(start, end):
        if begins_signature(flow, i) and not any(numbers(flow[j]) for j in range(i, end)):
            return frozenset({i})
    return frozenset()


def recitals_end(flow: Sequence[Item]) -> frozenset[int]:
    """The line that leads from the recitals (`鉴于：` and a list) to the clauses: `因此，双方达成协议如下：`."""
    start = next((i for i, item in enumerate(flow) if RECITALS.match(text_of(item))), None)
    if start is None or not numbers(at(flow, start + 1)):
        return frozenset()
    unnumbered = (i for i in range(start + 1, len(flow)) if not numbers(flow[i]))
    end = next(unnumbered, None)
    return frozenset({end} if end is not None and AGREED.search(text_of(flow[end])) else ())


def begins_signature(flow: Sequence[Item], index: int) -> bool:
    """A notice that no text follows, or labels, one of them of a signature; the party's own may lie under its seal."""
    texts = [text_of(item) for item in flow[index : index + 4]]
    if CLOSING.match(texts[0]):
        return True
    labels = [text for text in texts if LABEL.match(text) and not SENTENCE_END.search(text.rstrip("）)：:"))]
    begun = bool(labels) and labels[0] is texts[0] and (PARTY.match(texts[0]) is not None or len(labels) == 4)
    return begun and any(SIGNED.search(text) for text in texts)
