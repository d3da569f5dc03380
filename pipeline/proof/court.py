"""The court before which repairs are tried: the rules are run again on a copy of the record.

A trial becomes a repair if each mismatch that it touches turns into a pass, one of them for these values alone, and no
other mismatch arises.

>>> from pipeline.model.check import Message
>>> wrong((Check("pass", (), Message("", "")),))
()
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from pipeline import checks
from pipeline.model.check import Check, Rule
from pipeline.model.record import Record
from pipeline.proof.equations import LOOSE, Leaf
from pipeline.proof.graph import Graph, graph_of
from pipeline.proof.likelihood import likelihood
from pipeline.proof.trials import Trial


@dataclass(frozen=True, slots=True)
class Repair:
    """Values as they should read, the mismatches that this mends, the equations that hold then, and how likely the
    misreading was (a logarithm)."""

    values: tuple[tuple[Leaf, str], ...]
    mends: tuple[Check, ...]
    proofs: tuple[Check, ...]
    likelihood: float = 0.0

    @property
    def key(self) -> frozenset[tuple[int, str]]:
        return frozenset((id(leaf), text) for leaf, text in self.values)

    @property
    def merit(self) -> tuple[Fraction, int]:
        """The mismatches that each changed value mends; of equals the one that changes fewer."""
        return Fraction(len(self.mends), len(self.values)), -len(self.values)

    @property
    def leaf(self) -> Leaf:
        return self.values[0][0]

    @property
    def value(self) -> str:
        return self.values[0][1]


@dataclass(frozen=True, slots=True)
class Court:
    """One record and its checks, before which trials come; a trial that several mismatches ask for is held once.

    `continued` has, for the first value of a pair, how many second values were tried and the pairs that settle; `rules`
    are those that compare figures, the least work first.
    """

    record: Record
    found: tuple[Check, ...]
    graph: Graph
    rules: tuple[tuple[str, Rule], ...]
    held: dict[frozenset[tuple[int, str]], Repair | None] = field(default_factory=dict)
    continued: dict[frozenset[tuple[int, str]], tuple[int, tuple[Trial, ...]]] = field(default_factory=dict)

    def judge(self, trial: Trial) -> Repair | None:
        if trial.key not in self.held:
            self.held[trial.key] = tried(self, trial)
        return self.held[trial.key]

    def mismatches(self, trial: Trial) -> int:
        return len(wrong(trial.touched(self.graph.touching)))


def court(record: Record, found: tuple[Check, ...]) -> Court:
    known = graph_of(record, found)
    work = Counter(check.rule for check in found if any(id(ref) in known.places for ref in check.refs))
    rules = sorted((pair for pair in checks.rules() if pair[0] in work), key=lambda pair: work[pair[0]])
    return Court(record, found, known, tuple(rules))


def wrong(found: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(check for check in found if check.status == "mismatch")


def holding(found: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(check for check in found if check.status == "pass")


def settled(found: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that leave at most a harmless doubt: a period shorter than the term may be meant so."""
    return tuple(check for check in found if check.status == "pass" or check.severity == "info")


def is_strict(check: Check) -> bool:
    return check.assumption.get("basis") not in LOOSE


def tried(before: Court, trial: Trial) -> Repair | None:
    """The trial as a repair, if each mismatch that it touches turns into a pass and no other arises."""
    old = trial.touched(before.graph.touching)
    record, new = trial.applied(before.record), {id(change.new) for change in trial.changes}
    after: list[Check] = []
    for _, rule in before.rules:
        after.extend(rule(record))
        if any(id(ref) in new for check in wrong(after) for ref in check.refs):
            return None
    now = [check for check in after if any(id(ref) in new for ref in check.refs)]
    proofs = tuple(check for check in holding(now) if is_strict(check))
    if not is_better(before, old, now, after, proofs):
        return None
    return Repair(trial.values, wrong(old), proofs, likelihood(trial.values))


def is_better(
    before: Court, old: Sequence[Check], now: Sequence[Check], after: Sequence[Check], proofs: Sequence[Check]
) -> bool:
    """Whether every rule that compared the old values still does, one of them for these values alone, and nothing else
    went wrong."""
    names = {name for name, _ in before.rules}
    left = len([check for check in wrong(before.found) if check.rule in names]) - len(wrong(old))
    every_rule = {check.rule for check in (*holding(old), *wrong(old))} <= {check.rule for check in settled(now)}
    return every_rule and len(proofs) > sum(map(is_strict, holding(old))) and len(wrong(after)) <= left
