"""The parts that a document is bound from: one body or two, and the annexes; and what each paragraph is for.

An annex is headed `附件2 服务明细` (or `附件2` with the title in the next row) or, bound in without its number, by
its title alone at the top of a page. The contract's own list of annexes looks the same but for its place: its
entries follow one another, or stand below `附件：`. Two bodies in one document (合同书, 合同条款) are each headed by
a title at the top of a page, and each has clauses.

>>> LIST_OF_ANNEXES.match("附件清单：") is not None, BODY_TITLE.fullmatch("合同专用条款") is not None
(True, True)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from rapidfuzz import fuzz

from pipeline.layout.headings import (
    INTRODUCED,
    Item,
    chapters,
    closing,
    contents,
    graded,
    headings,
    numbers,
    page_of,
    recitals_end,
    text_of,
)
from pipeline.layout.lines import LABEL
from pipeline.layout.numbering import Number, readings
from pipeline.layout.paragraphs import SENTENCE_END, Typeset

Role: TypeAlias = Literal[
    "text", "chapter", "annex", "body", "heading", "graded", "listed", "contents", "party", "closing"
]

LIST_OF_ANNEXES = re.compile(r"(?:本?合同)?附\s*件\s*(?:清单|目录|列表|如下|包括)?\s*[：:]")
BODY_TITLE = re.compile(
    r"(?!.*(?:保密|廉[政洁]|安全|责任|承诺)).{0,28}(?:合同|合同书|协议书|条款|条件|合同文本)(?:[（(].{1,12}[）)])?"
)
ANNEX_TITLE = re.compile(
    r".{2,28}(?:协议书?|承诺[书函]|责任[书状]|通知书|委托书|授权书|保证书|保函|声明|备忘录|确认函)(?:[（(].{1,12}[）)])?"
)


def roles(flow: Sequence[Item]) -> tuple[Role, ...]:
    """The role of every paragraph and table of the document."""
    entries = listed(flow)
    numbered = annexes(flow, entries)
    unnumbered = unnumbered_annexes(flow, numbered, titles(flow, entries))
    starts = numbered | unnumbered
    bound = bodies(flow, min(starts, default=len(flow)))
    found: dict[int, Role] = dict.fromkeys(chapters(flow), "chapter")
    for indices, role in (*within(flow, starts, bound), (bound, "body"), (starts, "annex"), (entries, "listed")):
        found |= dict.fromkeys(indices, role)
    found |= dict.fromkeys(contents(flow), "contents")
    found |= dict.fromkeys(recitals_end(flow), "closing")
    found |= {i: "party" for i, item in enumerate(flow) if INTRODUCED.search(text_of(item))}
    return tuple(found.get(i, "text") for i in range(len(flow)))


def within(
    flow: Sequence[Item], annexes: frozenset[int], bodies: frozenset[int]
) -> Iterator[tuple[frozenset[int], Role]]:
    """What is set apart within each part."""
    for start, end in itertools.pairwise([0, *sorted(annexes | bodies), len(flow)]):
        first = text_begins(flow, start, end, start in annexes)
        yield closing(flow, first, end), "closing"
        yield graded(flow, first, end), "graded"
        yield headings(flow, first, end), "heading"


def text_begins(flow: Sequence[Item], start: int, end: int, annex: bool) -> int:
    """Where a part's headings can begin: in an annex after its title's rows, in a body at its first clause."""
    if not annex:
        return next((i for i in range(start, end) if numbers(flow[i])), end)
    rest = range(start + 1, end)
    return next((i for i in rest if not (isinstance(item := flow[i], Typeset) and item.paragraph.heading)), end)


def annex_number(item: Item | None) -> Number | None:
    """The number of a paragraph that could head an annex or stand in a list of annexes."""
    text = text_of(item)
    if len(text) > 60 or SENTENCE_END.search(text.rstrip("：:）) ")):
        return None
    return next((number for number in readings(text) if number.style == "附件"), None)


def listed(flow: Sequence[Item]) -> frozenset[int]:
    """The entries of the contract's own list of annexes, with the line above them (附件：)."""
    found: set[int] = set()
    for i, item in enumerate(flow):
        if LIST_OF_ANNEXES.match(text_of(item)) and not annex_number(item):
            entries = list(itertools.takewhile(lambda j: is_entry(flow, j), range(i + 1, len(flow))))
            found |= {i, *entries} if entries else set()
        elif follows(flow, i) and (page_of(item) == page_of(flow[i - 1]) or i - 1 in found):
            found |= {i - 1, i}
    return frozenset(found | {i for i, item in enumerate(flow) if announced(flow, i)})


def is_entry(flow: Sequence[Item], index: int) -> bool:
    """A numbered line without the end of a sentence, in sequence with the entry above it."""
    number = first_number(flow[index])
    above = first_number(flow[index - 1])
    short = len(text_of(flow[index])) <= 40 and not text_of(flow[index]).endswith("。")
    return short and number is not None and (above is None or number.last == above.last + 1)


def first_number(item: Item) -> Number | None:
    return annex_number(item) or next(iter(numbers(item)), None)


def announced(flow: Sequence[Item], index: int) -> bool:
    """A single entry before the annex itself: not at a top of page, and its number again at a later one."""
    item, number = flow[index], annex_number(flow[index])
    return number is not None and isinstance(item, Typeset) and not item.top and again_below(flow, index)


def again_below(flow: Sequence[Item], index: int) -> bool:
    """Does the annex number at `index` come again at the top of a later page?"""
    number = annex_number(flow[index])
    later = (item for item in flow[index + 1 :] if isinstance(item, Typeset) and item.top)
    return number is not None and any(other.value == number.value for other in map(annex_number, later) if other)


def follows(flow: Sequence[Item], index: int) -> bool:
    """Is the annex number at `index` the next one after the entry above it?"""
    above, number = annex_number(flow[index - 1]), annex_number(flow[index])
    return above is not None and number is not None and number.last == above.last + 1


def titles(flow: Sequence[Item], entries: frozenset[int]) -> tuple[str, ...]:
    """The annexes' titles as the contract's list gives them."""
    texts = ((text_of(flow[i]), readings(text_of(flow[i]))) for i in sorted(entries))
    return tuple(text[len(found[0].printed) :].strip(" ：:、.") for text, found in texts if found)


def annexes(flow: Sequence[Item], entries: frozenset[int]) -> frozenset[int]:
    """The headings with an annex number: of each number the first that is no entry of a list."""
    first: dict[tuple[int, ...], int] = {}
    for i, item in enumerate(flow):
        number = annex_number(item)
        if number is not None and i not in entries:
            first.setdefault(number.value, i)
    return frozenset(first.values())


def is_title(item: Item) -> bool:
    """Set apart by its print at the top of a page, and no label, sentence or number."""
    if not isinstance(item, Typeset) or not (item.top and item.paragraph.heading) or item.rows > 3:
        return False
    return not LABEL.match(item.text) and not SENTENCE_END.search(item.text.rstrip("）) ")) and not readings(item.text)


def unnumbered_annexes(flow: Sequence[Item], numbered: frozenset[int], wanted: Sequence[str]) -> frozenset[int]:
    """Annexes bound in under their title only: a listed title, or that of an agreement or letter, after clauses."""
    begun = next((i for i, item in enumerate(flow) if numbers(item)), len(flow))
    found = []
    for i in range(begun, len(flow)):
        text = text_of(flow[i])
        if not is_title(flow[i]) or i - 1 in numbered:
            continue
        own = ANNEX_TITLE.fullmatch(text) is not None and not BODY_TITLE.fullmatch(text)
        if own or any(fuzz.ratio(text, title) > 80 for title in wanted):
            found.append(i)
    return frozenset(found)


def bodies(flow: Sequence[Item], end: int) -> frozenset[int]:
    """The titles of two or more bodies before the first annex, each with clauses; a single one needs no section."""
    found = [i for i in range(end) if is_title(flow[i]) and BODY_TITLE.fullmatch(text_of(flow[i]))]
    with_clauses = [i for i, stop in itertools.pairwise([*found, end]) if any(map(numbers, flow[i:stop]))]
    return frozenset(with_clauses) if len(with_clauses) > 1 else frozenset()
