"""Names below seals: whether a signature's differs from the contract's own by its legal form alone.

A name that a dark seal covers is read too unsurely to say that it differs. But what is in question is mostly one
thing, 股份有限公司 or 有限公司. So the recogniser is asked how likely each form of the party's name is over the crop.
Where one that is not the party's own leads by far in every view, and is none too unlikely in any, it is what the paper
shows.

>>> forms_of("云枢工程监理股份有限公司")
('云枢工程监理股份有限公司', '云枢工程监理有限责任公司', '云枢工程监理有限公司')
>>> forms_of("某市档案馆")
()
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.checks.party import FORM, FORMS, compare
from pipeline.model.check import Check, Message, unverified
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.evidence import Witness
from pipeline.proof.paths import Path, replaced
from pipeline.proof.second import RULE

LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司")  # Company Law of the PRC (2023), article 7
LEAD = 10.0  # nats in every view; a name of which the crop lacks a part leads as far, and is
LIKELY = -30.0  # nats, in every view, far less likely: then another name, or half of one, stands there


def with_names(record: Record, witness: Witness) -> tuple[Record, tuple[Check, ...]]:
    """The record with the names in doubt that the pixels show in another legal form, and a note on each."""
    said: list[Check] = []
    for path, own, read in in_doubt(record):
        texts = forms_of(own.value)
        weighing = witness.weighed(read, texts) if texts and not witness.is_text(read) else None
        if weighing is None or weighing.text == 0 or weighing.lead < LEAD or weighing.likely < LIKELY:
            continue
        source = replace(read.sources[0], text=texts[weighing.text], confidence=max(read.confidence, FORMS))
        new = Cited(texts[weighing.text], (source,))
        record = replaced(record, path, new)
        said += [note(read, new)] if new.value != read.value else []
    return record, tuple(said)


def in_doubt(record: Record) -> Iterator[tuple[Path, Cited[str], Cited[str]]]:
    """The further mentions of names, each in one line, that were read too unsurely to say that they differ."""
    for i, party in enumerate(record.parties):
        doubtful = [check for check in compare(party, "name") if check.status == "unverified"]
        for j, mention in enumerate(party.mentions):
            differs = any(ref is mention.value for check in doubtful for ref in check.refs[1:])
            if differs and party.name is not None and len(mention.value.sources) == 1:
                yield ("parties", i, "mentions", j, "value"), party.name, mention.value


def forms_of(name: str) -> tuple[str, ...]:
    """A company's name, and the same with every other legal form; nothing for what is no company."""
    match = FORM.search(name)
    others = (form for form in LEGAL_FORMS if match and form != match["form"])
    return (name, *(name[: match.start()] + form for form in others)) if match else ()


def note(read: Cited[str], leaf: Cited[str]) -> Check:
    message = Message(
        f"当事人名称读作「{read.value}」，图像更像「{leaf.value}」，请核对原件",
        f"a party's name was read as {read.value}; the image shows rather {leaf.value}",
    )
    return replace(unverified((leaf,), message), rule=RULE, severity="info")
