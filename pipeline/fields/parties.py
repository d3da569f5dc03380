"""The parties: who they are, where they sit, how to reach and pay them.

Contracts print each party several times: on the cover, in its block, in the preamble, at the head of annexes, in
signature blocks and tables. A field is taken from the first place that states it; every further statement of a name, a
code, an account or a legal representative is a mention, which the rule party.consistent compares.

>>> read(Document((), (), ()))
()
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from pipeline.fields import _values
from pipeline.fields._ownership import Fact
from pipeline.fields._party_facts import facts
from pipeline.model.document import Document
from pipeline.model.passage import Passage
from pipeline.model.record import Mention, Party, Text
from pipeline.text.parties import PARTY, PLAIN_PARTIES

FIELDS = (
    "legal_representative",
    "responsible_person",
    "agent",
    "email",
    "address",
    "postcode",
    "uscc",
    "account_name",
    "bank_name",
    "bank_account",
)
MENTIONED: dict[str, Literal["name", "uscc", "bank_account", "legal_representative"]] = {
    "party": "name",
    "uscc": "uscc",
    "bank_account": "bank_account",
    "legal_representative": "legal_representative",
}


def read(document: Document) -> tuple[Party, ...]:
    """Every party that the document names, in the order party_a, party_b ..."""
    found = facts(document)
    parties = (party(role, [fact for fact in found if fact.role == role]) for role in PLAIN_PARTIES.values())
    return tuple(party for party in parties if party.name)


def party(role: str, found: list[Fact]) -> Party:
    values = list(shaped(found))
    first = {kind: value for kind, _, value in reversed(values)}
    first |= {kind: value for kind, fact, value in reversed(values) if fact.own and kind == "phone"}
    label = next((fact.label for fact in found if fact.kind == "party" and fact.names), None) or named_in(found)
    former = next((name for fact in found if fact.kind == "party" and (name := _values.former_name(fact.value))), None)
    return Party(
        role=role,
        label=cite(label),
        name=cite(first.get("party")),
        former_name=cite(former),
        contact=cite(first.get("contact") or first.get("leader")),
        phone=cite(first.get("phone")),
        mentions=tuple(mentions(values, first)),
        **{name: cite(first.get(name)) for name in FIELDS},
    )


def named_in(found: list[Fact]) -> Passage | None:
    """The party's word in the label of its name (`甲方名称：`), where no label is that word alone."""
    labels = (fact.label for fact in found if fact.kind == "party")
    return next((label[: match.end()] for label in labels if (match := re.match(PARTY, label.text))), None)


def shaped(found: list[Fact]) -> Iterator[tuple[str, Fact, Passage]]:
    """Every fact whose value has the shape of its kind, and what its label announces besides (`开户行及账号：`)."""
    for fact in found:
        own = fact.kind in FIELDS or fact.kind == "contact"
        seconds = {kind for word, kind in _values.SECOND.items() if own and word in fact.label.text}
        for kind in (fact.kind, *sorted(seconds - {fact.kind})):
            if kind in _values.SHAPES and (value := _values.SHAPES[kind](fact.value)):
                yield kind, fact, value


def mentions(values: list[tuple[str, Fact, Passage]], first: dict[str, Passage]) -> Iterator[Mention]:
    """Every statement of an identity but the one that the party itself holds."""
    for kind, _, value in values:
        if kind in MENTIONED and value is not first[kind]:
            yield Mention(MENTIONED[kind], value.cite(), value.page or 0)


def cite(value: Passage | None) -> Text:
    return value.cite() if value else None
