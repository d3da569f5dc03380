"""What a rule found: a check, and the decorator that makes a function a rule.

A rule is a generator over one record: it yields `passed`, `mismatch` or `unverified` for each comparison it makes, and
never changes the record. `checks.run` finds the rules by discovery.

>>> @rule("demo.rule", "warning")
... def demo(record):
...     yield passed((), Message("一致", "agrees"))
>>> [(check.rule, check.status, check.severity) for check in demo(None)]
[('demo.rule', 'pass', 'warning')]
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pipeline.model.record import Record
from pipeline.model.source import Cited

Status: TypeAlias = Literal["pass", "mismatch", "unverified"]
Severity: TypeAlias = Literal["error", "warning", "info"]
Diagnosis: TypeAlias = Literal["ocr", "document", "unknown"]
Stand: TypeAlias = Literal["confirmed", "contradicted", "unchecked"]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence with its numbers, for a clerk: Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A reference to a field of `entry` that holds nothing: Missing(table, "total")."""

    entry: Any
    field: str


# A leaf (Cited), an entry of the record (Amount, LineItem ...) or a field that is empty (Missing).
Ref: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A repair: a value and what it should be. `also` are values that change with it, `rivals` are other repairs that
    would make as many equations hold."""

    ref: Ref
    value: str
    reason: Message
    also: tuple[tuple[Ref, str], ...] = ()
    rivals: tuple[tuple[Ref, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison. expected, actual and difference are text as it leaves the house; refs point into the record."""

    status: Status
    refs: tuple[Ref, ...]
    message: Message
    rule: str = ""
    severity: Severity = "error"
    expected: str | None = None
    actual: str | None = None
    difference: str | None = None
    assumption: dict[str, str] = field(default_factory=dict)
    diagnosis: Diagnosis | None = None
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a figure stands after all checks, and the checks that decided it: independent ones that hold for it alone,
    or those that fail."""

    leaf: Cited[Any]
    status: Stand
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """A value of the record that isn't what was read, with what was read and why it was changed."""

    leaf: Cited[Any]
    read: str
    reason: Message


Rule: TypeAlias = Callable[[Record], Iterator[Check]]
RULES: dict[str, Rule] = {}


def rule(name: str, severity: Severity) -> Callable[[Rule], Rule]:
    """Registers a generator over a record as the rule `name`; its checks carry the name and, unless they say
    "info" themselves, the severity."""

    def register(function: Rule) -> Rule:
        @functools.wraps(function)
        def run(record: Record) -> Iterator[Check]:
            for check in function(record):
                yield replace(check, rule=name, severity="info" if check.severity == "info" else severity)

        if name in RULES:
            raise ValueError(f"two rules are named {name}")
        RULES[name] = run
        return run

    return register


def passed(refs: tuple[Ref, ...], message: Message, **more: Any) -> Check:
    """The comparison was made and holds."""
    return Check("pass", refs, message, **more)


def mismatch(
    refs: tuple[Ref, ...], message: Message, expected: Decimal | str, actual: Decimal | str, **more: Any
) -> Check:
    """The comparison was made and fails; the difference is given where both are decimals."""
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        more.setdefault("difference", plain(abs(actual - expected)))
    return Check("mismatch", refs, message, expected=plain(expected), actual=plain(actual), diagnosis="unknown", **more)


def unverified(refs: tuple[Ref, ...], message: Message, **more: Any) -> Check:
    """The comparison could not be made: an operand is missing or can't be trusted."""
    return Check("unverified", refs, message, **more)


def plain(value: Decimal | str) -> str:
    """A decimal as a plain string (never with an exponent); text as it is."""
    return format(value, "f") if isinstance(value, Decimal) else value


def value_of(leaf: Cited[Any] | None) -> Any:
    """The value of a leaf, None where there is none."""
    return None if leaf is None else leaf.value
