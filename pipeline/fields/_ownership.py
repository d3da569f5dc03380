"""Whose a block of fields is whose label was not read, as below a seal.

It is the party's whose name, person or account it repeats; or, if it is the only such block, that of the only party
that has none. Nobody is paid on that ground: an account is left to none.

>>> owned([])
()
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from pipeline.fields import _values
from pipeline.model.passage import Passage

BLOCK = 3  # kinds of fields that make a block
ACCOUNT = frozenset({"account_name", "bank_name", "bank_account"})
IDENTIFYING = frozenset(
    {"party", "account_name", "bank_account", "uscc", "legal_representative", "contact", "leader", "phone", "email"}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement about a party.

    `own`: in the party's own block or table, not in a clause; `group`: the block's number; `names`: the label is the
    party's own word (甲方), not that of a field (名称).
    """

    role: str | None
    kind: str
    label: Passage
    value: Passage
    own: bool
    group: int
    names: bool = False


def owned(found: list[Fact]) -> tuple[Fact, ...]:
    """The facts, those of a block without a label given to the party whose name, person or account it repeats."""
    roles: dict[str, set[str]] = {}
    for one in found:
        if one.role and (value := identity(one)):
            roles.setdefault(value, set()).add(one.role)
    owners: dict[int, set[str]] = {}
    for one in found:
        if one.role is None and (value := identity(one)):
            owners.setdefault(one.group, set()).update(roles.get(value, ()))
    sure = {group: next(iter(names)) for group, names in owners.items() if len(names) == 1}
    likely = left_over(found)
    return tuple(
        one if one.role else replace(one, role=(sure if one.kind in ACCOUNT else likely | sure).get(one.group))
        for one in found
    )


def left_over(found: list[Fact]) -> dict[int, str]:
    """The only block without a label, if all parties but one have a block of their own: it is that one's."""
    fields = [one for one in found if one.own and one.kind != "party" and one.value]
    kinds = Counter((one.group, one.role) for one in {(f.group, f.role, f.kind): f for f in fields}.values())
    blocks = [group for (group, role), count in kinds.items() if role is None and count >= BLOCK]
    parties = {one.role for one in found if one.role and one.kind == "party"}
    without = parties - {role for (_, role), count in kinds.items() if count >= BLOCK}
    return {blocks[0]: without.pop()} if len(blocks) == len(without) == 1 else {}


def identity(one: Fact) -> str | None:
    value = _values.SHAPES[one.kind](one.value) if one.kind in IDENTIFYING else None
    return value.text if value else None
