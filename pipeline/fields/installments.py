"""The instalments in which the contract's total is paid, from payment clauses and payment tables.

Contracts print them one a clause (甲方应于验收后15个工作日内，向乙方支付合同金额的30%，计人民币…), several in one
paragraph, under labels (首付款, 尾款：…) or as a table 期次 | 付款条件 | 比例 | 金额. An instalment is a percent of the
total, a sum, or both, or what the others leave (余款于验收后付清); its condition is the text of when. A percent that
the payments reach together (付至80%) is no instalment's own and is left out.

Example: 自合同签订之日起20日内，甲方向乙方支付合同金额50%首付款（人民币）伍拾元整（¥50.00） -> label 首付款,
percent 50, figures 50.00, condition 自合同签订之日起20日内, due in 20 calendar days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.fields._captions import captioned
from pipeline.fields._cells import figures_of, text_of, words_of, words_value_of
from pipeline.fields._installment_tables import table_installments
from pipeline.fields._payment import condition_after, condition_span, due, label_span
from pipeline.fields._sums import PERCENT, purpose
from pipeline.model.document import Block, Document, Table
from pipeline.model.passage import Passage
from pipeline.model.record import Installment, Number, Text
from pipeline.text.money import Span, Statement, statements
from pipeline.text.numbers import parse_percent

SENTENCE = re.compile(r"[^。；;]+")
NEXT_STOP = re.compile(r"[，,。；;]|$")
PERCENT_SPAN = re.compile(PERCENT)
PAYS = re.compile(
    r"支付(?!方式)|付款(?!方式)|[再另]付|付(?=合同|总|全|剩|余|清|\d|百分)|付清|拨付|付至|付给|给付|结清|预付|[首尾余][付期]?款|进度款|质保金|质量保证金|保修金"
)
NO_INSTALLMENT = re.compile(
    r"[每按逐](?:个|一)?(?:月|季度?|半年|年|期|次)[^，,。；;]{0,6}(?:支付|结算)|(?:支付|结算)[上当](?:一?个?月|一?季度?|期)|违约|[违違达達][约約]金|罚|滞纳|赔偿|保函|履约(?:保证金|担保)|投标保证金|押金|逾期|迟延|延迟|税率|税点|利息|利率|退还|返还|扣除|扣减"
)
OF_THE_TOTAL = re.compile(
    r"(?:合同|价款?|金额|总额|费用?|款|租金)[^，。；]{0,8}$|(?:支付|付|付款|比例)[^，。；]{0,4}$"
    r"|(?:剩余|余下|其余|余额|余款|尾款|质保金)[^，。；]{0,4}$"
)
NAMES_THE_TOTAL = re.compile(
    r"的?(?:作为|为)?(?:合同|服务|项目|货|总|首|尾|余|进度|预付|质保|质量|剩余|价款|酬金|款|费用|金额)"
)
VERB_BETWEEN = re.compile(r"支付|付清|付至|付给|拨付")
SHARE_OF = re.compile(
    r"[元整）)]*[，,]?[（(]?(?:即|占|为|约|合|系|是)*(?:本)?(?:合同|服务|项目|总)[^，。；]{0,10}|[元整]?[（(]"
)
AT_ONCE = re.compile(r"一次性|全额支付|全部付清")
UP_TO = re.compile(r"(?:付至|付到|支付至|支付到|累计)[^，。；]{0,12}$")
REST = re.compile(r"(?:余款|尾款|剩余[一-龥]{0,6}款项?|其余[一-龥]{0,4}款项?|质保金|质量保证金|保修金)")
NOT_DUE = re.compile(r"拒绝|不予|有权|暂停|无需|抵扣|抵作|作为|转为")
THIS_TIME = re.compile(
    r"(?:[，,（(]|即)*(?:本次|本期|此次|当期|该期|实际|应|计)+(?:支付|付款|付)(?:金额|款项?|人民币)*(?:为|计|是|[：:])*"
)
LONGEST_BETWEEN = 40


@dataclass(frozen=True, slots=True)
class Anchor:
    """What fixes an instalment in a sentence: its percent, its sum, both, or the name of the rest."""

    percent: Span | None
    sum: Statement | None
    rest: Span | None = None

    @property
    def start(self) -> int:
        return min(part.start for part in (self.percent, self.sum, self.rest) if part)

    @property
    def end(self) -> int:
        return max(part.end for part in (self.percent, self.sum, self.rest) if part)


def read(document: Document) -> tuple[Installment, ...]:
    """All instalments in reading order; those that another part of the contract repeats count once."""
    found: list[tuple[Installment, Block]] = []
    captions = {table.id: caption for table, caption in captioned(document)}
    for block in document.blocks:
        for entry in stated(block, captions):
            if not repeated(entry, block, found):
                found.append((entry, block))
    return tuple(replace(entry, seq=seq) for seq, (entry, _) in enumerate(found, 1))


def stated(block: Block, captions: Mapping[str, str]) -> Iterator[Installment]:
    if isinstance(block.content, Table):
        return table_installments(block.content, captions[block.content.id])
    return clause_installments(block.content.text)


def repeated(entry: Installment, block: Block, found: list[tuple[Installment, Block]]) -> bool:
    """Whether another top-level section, or a table beside the clause, has stated this percent and sum already.

    What states neither is a rest, which goes on with a payment begun before and is named once, or a share that is
    reached together (付至80%), known by its condition.
    """
    if not (entry.percent or entry.figures or entry.words):
        is_rest = entry.label is not None and REST.fullmatch(entry.label.value) is not None
        known = any(same(told(entry, is_rest), told(other, is_rest)) for other, _ in found)
        return known or (is_rest and not found)
    return any(
        agree(entry, other)
        and (block.path[:1] != there.path[:1] or isinstance(block.content, Table) != isinstance(there.content, Table))
        for other, there in found
    )


def told(entry: Installment, is_rest: bool) -> Text:
    return entry.label if is_rest else entry.condition


def same(one: Text, other: Text) -> bool:
    return one is not None and other is not None and one.value == other.value


def agree(entry: Installment, other: Installment) -> bool:
    """Whether nothing that both state differs, and both state something."""
    pairs = ((entry.percent, other.percent), (entry.figures, other.figures))
    both = [(a.value, b.value) for a, b in pairs if a and b]
    return bool(both) and all(a == b for a, b in both)


def clause_installments(passage: Passage) -> Iterator[Installment]:
    """The instalments that one paragraph states, sentence by sentence."""
    text = passage.text
    for sentence in SENTENCE.finditer(text):
        begin = sentence.start()
        for anchor in (*anchors(text, Span(*sentence.span())), *rest(text, sentence)):
            stop = next_stop(text, anchor.end)
            if is_installment(text, Span(*sentence.span()), begin, anchor, stop):
                yield installment(passage, begin, anchor, stop)
            begin = anchor.end


def next_stop(text: str, at: int) -> int:
    found = NEXT_STOP.search(text, at)
    return found.start() if found else len(text)


def rest(text: str, sentence: re.Match[str]) -> Iterator[Anchor]:
    """What a sentence without percent or sum leaves to pay: 余款待质保期满后一次付清."""
    named = REST.search(sentence.group())
    if not named or NOT_DUE.search(sentence.group()) or anchors(text, Span(*sentence.span())):
        return
    if VERB_BETWEEN.search(sentence.group(), named.end()):
        yield Anchor(None, None, Span(sentence.start() + named.start(), sentence.start() + named.end()))


def anchors(text: str, sentence: Span) -> list[Anchor]:
    """The sentence's percents and sums, those that state one instalment together."""
    found = [Anchor(Span(*match.span()), None) for match in PERCENT_SPAN.finditer(text, sentence.start, sentence.end)]
    found += [Anchor(None, each) for each in statements(text) if sentence.start <= each.start < sentence.end]
    out: list[Anchor] = []
    for anchor in sorted(found, key=lambda anchor: anchor.start):
        if out and (both := together(text, out[-1], anchor)):
            out[-1] = both
        else:
            out.append(anchor)
    return out


def together(text: str, first: Anchor, second: Anchor) -> Anchor | None:
    """Percent and sum of one instalment: 30%，计人民币…, or …元，占合同总价的30%."""
    between = text[first.end : second.start]
    if VERB_BETWEEN.search(between) and not THIS_TIME.match(between):
        return None
    if first.sum is None and second.percent is None and len(between) <= LONGEST_BETWEEN:
        return Anchor(first.percent, second.sum)
    if first.percent is None and second.sum is None and SHARE_OF.fullmatch(between):
        return Anchor(second.percent, first.sum)
    return None


def is_installment(text: str, sentence: Span, begin: int, anchor: Anchor, stop: int) -> bool:
    """Whether the anchor is paid by its clause, and is neither fine nor deposit nor the total itself."""
    if NO_INSTALLMENT.search(text, begin, stop) or not PAYS.search(text, sentence.start, sentence.end):
        return False
    if anchor.rest:
        return True
    if anchor.percent:
        of_total = OF_THE_TOTAL.search(text[begin : anchor.percent.start])
        return bool(anchor.sum or of_total or NAMES_THE_TOTAL.match(text[anchor.percent.end :]))
    meant = purpose(text, anchor.start, begin)
    return meant == "installment" or (meant == "contract_total" and AT_ONCE.search(text, begin, stop) is not None)


def installment(passage: Passage, begin: int, anchor: Anchor, stop: int) -> Installment:
    text, percent, total = passage.text, anchor.percent, anchor.sum
    label = label_span(text, begin, Span(anchor.start, anchor.end), stop)
    when = condition_span(text, begin, anchor.start) or condition_after(text, anchor.end)
    condition = passage[when.start : when.end] if when else Passage()
    days, kind = due(condition)
    return Installment(
        seq=0,
        label=passage.cite(label.start, label.end) if label else None,
        percent=percent_of(passage, percent) if percent and not UP_TO.search(text[begin : percent.start]) else None,
        figures=figures_of(passage, total) if total else None,
        words=words_of(passage, total) if total else None,
        words_value=words_value_of(passage, total) if total else None,
        condition=text_of(condition),
        due_days=days,
        due_day_kind=kind,
        page=passage[anchor.start : anchor.end].page,
    )


def percent_of(passage: Passage, span: Span) -> Number:
    """The percent on the evidence of its figures, the sign left out."""
    text = passage.text[span.start : span.end]
    value = parse_percent(text)
    shown = passage.cite(span.start, span.end - (text[-1] in "%％"))
    return None if value is None else shown.map(lambda _: value)
