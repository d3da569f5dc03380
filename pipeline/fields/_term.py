"""The contract's term: first day, last day, months, each only where it is printed.

Printed under a heading or label (`第六条 服务期限`, `租赁期限：`), as a range (`自2023年12月28日起至2024年12月27日
止`), as a duration (`为期12个月`, `租赁期3年`), or both. Months are never counted from the dates. Terms of secrecy,
warranty, payment and offers are other terms.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from pipeline.fields._body import Stated, as_date
from pipeline.fields._labels import LABELS
from pipeline.model.document import Block, Paragraph
from pipeline.model.passage import Passage
from pipeline.model.record import Count, Term, Text
from pipeline.model.source import Cited
from pipeline.text.counts import COUNT, parse_count
from pipeline.text.dates import find_dates

TERM = re.compile("|".join(sorted(LABELS["term"].split(), key=len, reverse=True)))
HEADING = re.compile(rf"(?:{TERM.pattern}|履行期|有效期|期限|服务周期)")
OTHER = re.compile(
    r"保密|质保|保修|质量保证|付款|支付|结算|整改|验收|保函|投标|报价|通知|免费|切换|诉讼|解除|宽限|逾期|追溯|年限|退出|提前|截止前"
)
DURATION = re.compile(
    rf"(?P<count>{COUNT})(?:[（(]{COUNT}[）)])?个?(?P<unit>月|年)(?![0-9一二三四五六七八九十]*[0-9一二三四五六七八九十月日])"
)
EDGES = {
    "start": re.compile(r"(?:开工|起始|开始|起算)日期?[为是：:]?"),
    "end": re.compile(r"(?:竣工|完工|完成|结束|终止|截止|届满)日期?[为是：:]?"),
}
BETWEEN = re.compile(
    r"(?:[0-9零]{1,2}[时点])?[（(]?(?:含|包含)?(?:当[日天])?[）)]?"
    r"(?:起?(?:算|计|计算|开始|生效|实施|施行|执行)|为?起[始算]?日?期?|始)?[，,、]?(?:[有时]效期?|期限|服务期限?|租期|工期)?"
    r"(?:[截直]?至|[截直]?到|截止[至到]?|—+|-+|~|～|－|–)+"
)


def read_term(found: list[Stated], blocks: tuple[Block, ...]) -> Term | None:
    """The first statement of the term, completed from further ones of the same standing."""
    sentences = list(stated(found)) + list(headed(blocks)) or list(in_text(blocks))
    terms = [parsed(sentence) for sentence in sentences]
    terms = [term for term in terms if term.start or term.months]
    first = {name: edge(found, name) or named_edge(sentences, name) for name in EDGES}
    if not terms and not first["start"]:
        return None
    return Term(
        first["start"] or next((term.start for term in terms if term.start), None),
        first["end"] or next((term.end for term in terms if term.end), None),
        next((term.months for term in terms if term.months), None),
        next((term.text for term in terms), None),
    )


def stated(found: list[Stated]) -> Iterator[Passage]:
    """`服务期限：2024年05月24日至2025年05月23日`: label and value."""
    for one in found:
        if one.statement.kind == "term":
            yield one.statement.value


def edge(found: list[Stated], kind: str) -> Text:
    """`计划开工日期：2024年3月1日`."""
    for one in found:
        value = one.statement.value
        if one.statement.kind == kind and (date := next(find_dates(value.text), None)):
            return as_date(value, date)
    return None


def named_edge(sentences: Iterable[Passage], kind: str) -> Text:
    """`计划开工日期2024年3月1日，计划竣工日期…` within the term's own sentence."""
    for sentence in sentences:
        label = EDGES[kind].search(sentence.text)
        date = next((d for d in find_dates(sentence.text) if label and d.start == label.end()), None)
        if date:
            return as_date(sentence, date)
    return None


def headed(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """The sentences of a clause that is headed 服务期限."""
    for block in blocks:
        titles = [section.title.text for section in block.path if section.title]
        if titles and isinstance(block.content, Paragraph) and is_headed(titles[-1]):
            yield from sentences(block.own_text)


def is_headed(title: str) -> bool:
    return bool(len(title) < 16 and HEADING.search(title) and not OTHER.search(title))


def in_text(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Sentences elsewhere that speak of the term itself."""
    for block in blocks:
        if isinstance(block.content, Paragraph):
            for sentence in sentences(block.own_text):
                if TERM.search(sentence.text) or "有效期" in sentence.text:
                    yield sentence


def sentences(passage: Passage) -> Iterator[Passage]:
    for match in re.finditer(r"[^。；;]+[。；;]?", passage.text):
        yield passage[match.start() : match.end()]


def parsed(sentence: Passage) -> Term:
    """What one sentence says of the term; nothing where it speaks of another one."""
    text = sentence.text
    if OTHER.search(text):
        return Term()
    start, end = date_range(sentence)
    return Term(start, end, months(sentence), sentence.cite())


def date_range(sentence: Passage) -> tuple[Text, Text]:
    """`自A起至B止`, `自A起算，至B届满`: two days joined by nothing but signs, words of beginning and 至."""
    dates = [found for found in find_dates(sentence.text) if len(found.iso) == 10]
    for one, other in itertools.pairwise(dates):
        if BETWEEN.fullmatch(sentence.text[one.end : other.start]):
            return as_date(sentence, one), as_date(sentence, other)
    return None, None


def months(sentence: Passage) -> Count:
    """`12个月` and `一年` as 12; a year or a month of the calendar (`2024年`, `二〇二四年二月`) is no duration."""
    dates = list(find_dates(sentence.text))
    for match in DURATION.finditer(sentence.text):
        count = parse_count(match["count"])
        before = sentence.text[: match.start()][-1:]
        inside = any(found.start <= match.start() < found.end for found in dates)
        calendar = before in tuple("年月") and match["unit"] == "月" and "个" not in match[0]
        if not count or inside or calendar or before.isdigit() or before in tuple("第每前后本"):
            continue
        total = count * (12 if match["unit"] == "年" else 1)
        return Cited(total, sentence.cite(match.start(), match.end()).sources)
    return None
