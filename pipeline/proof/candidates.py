"""The repairs that algebra proposes: one value, one misreading, and every equation holds in which the value stands.

A contract states its money several times (lines, sums, words, percents, instalments), so its figures are an
error-correcting code. A violated equation is solved for each of its values; a solution counts if it is one misreading
away from what was read, and if the rules, run again with it, find nothing wrong with it. Values that other equations
hold in place are never tried. Of several repairs those that mend the most mismatches at once are the minimal ones.

>>> from pipeline.model.check import Message, passed
>>> from pipeline.model.source import Cited
>>> price, quantity = Cited(Decimal("0.22"), ()), Cited(Decimal(2700), ())
>>> held = passed((price,), Message("", ""))
>>> is_held(price, (held,)), is_held(quantity, ())
(True, False)
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from pipeline import checks
from pipeline.model.check import Check, Rule, plain
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.paths import Path, at, paths, replaced
from pipeline.proof.solve import places_of, solutions, spellings
from pipeline.text.misread import date_misreadings, figure_misreadings, mended_words, slip

# A pass by one of these holds for other values too, so it holds none of its values in place.
LOOSE = frozenset({"line", "rounded_unit_price", "rounded_sum", "adjusted_total"})
# A share of a total that is paid to the fen admits totals that differ by a few fen.
ROUNDED = frozenset({"installments.percent"})
DATES = frozenset({"start", "end"})
FIGURE = re.compile(r"(0|[1-9]\d*)(\.\d+)?")
FEN = Decimal("0.01")
FEW_VALUES = 5
MOST_TRIALS = 30  # of a mismatch of more values: a sum of many lump sums has a repair in each, and so in none
MOST_REPAIRS = 6  # more say no more than that it can't be told

Value: TypeAlias = tuple[Cited[Any], str]
Touching: TypeAlias = Mapping[int, Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Repair:
    """A value as it should read (or two, between which a figure slipped), the mismatches that this mends, and the
    equations that hold then."""

    values: tuple[Value, ...]
    mends: tuple[Check, ...]
    proofs: tuple[Check, ...]

    @property
    def leaf(self) -> Cited[Any]:
        return self.values[0][0]

    @property
    def value(self) -> str:
        return self.values[0][1]


@dataclass(frozen=True, slots=True)
class Trial:
    """Values to try: each leaf as read with its new text, and what is put in place of what in the record (words and
    their value change together)."""

    values: tuple[Value, ...]
    changes: tuple[tuple[Path, Cited[Any], Cited[Any]], ...]

    def touched(self, touching: Touching) -> tuple[Check, ...]:
        """The checks in which the old values stand."""
        return tuple({id(check): check for _, old, _ in self.changes for check in touching.get(id(old), ())}.values())


@dataclass(frozen=True, slots=True)
class Court:
    """One record and its checks, before which trials come; a trial that several mismatches ask for is held once.

    `rules` are those that compare figures, the least work first.
    """

    record: Record
    found: tuple[Check, ...]
    places: Mapping[int, Path]
    touching: Touching
    rules: tuple[tuple[str, Rule], ...]
    held: dict[tuple[tuple[int, str], ...], Repair | None] = field(default_factory=dict)

    def judge(self, trial: Trial) -> Repair | None:
        key = tuple((id(leaf), value) for leaf, value in trial.values)
        if key not in self.held:
            self.held[key] = tried(self, trial)
        return self.held[key]


def court(record: Record, found: tuple[Check, ...]) -> Court:
    places = paths(record)
    work = Counter(check.rule for check in found if any(id(ref) in places for ref in check.refs))
    rules = sorted((pair for pair in checks.rules() if pair[0] in work), key=lambda pair: work[pair[0]])
    return Court(record, found, places, by_leaf(found), tuple(rules))


def repairs(before: Court, mended: Check) -> tuple[Repair, ...]:
    """The minimal repairs of one mismatch: each makes all that it touches hold, and none mends more mismatches."""
    open_ = [leaf for leaf in suspects(mended, before.touching) if id(leaf) in before.places]
    trials = [
        trial for leaf in open_ for trial in trials_of(before.record, mended, leaf, before.places[id(leaf)])
    ] + list(slipped(open_, before.places))
    weights = {id(trial): len(wrong(trial.touched(before.touching))) for trial in trials}
    found: list[Repair] = []
    trials.sort(key=lambda trial: -weights[id(trial)])
    for trial in trials if len(open_) <= FEW_VALUES else trials[:MOST_TRIALS]:
        if found and (weights[id(trial)] < len(found[0].mends) or len(found) == MOST_REPAIRS):
            break
        if repair := before.judge(trial):
            found.append(repair)
    return tuple(found)


# ---- what may be wrong


def by_leaf(found: Iterable[Check]) -> dict[int, list[Check]]:
    """The checks in which each leaf stands, by the leaf's identity."""
    out: dict[int, list[Check]] = defaultdict(list)
    for check in found:
        for ref in check.refs:
            if isinstance(ref, Cited):
                out[id(ref)].append(check)
    return out


def suspects(check: Check, touching: Touching) -> Iterator[Cited[Any]]:
    """The values of an equation that no other equation holds in place."""
    return (ref for ref in check.refs if isinstance(ref, Cited) and not is_held(ref, touching.get(id(ref), ())))


def is_held(leaf: Cited[Any], touched: Iterable[Check]) -> bool:
    """Whether an equation holds that would not hold for another value; parts of a fen are rounded away by any."""
    if isinstance(leaf.value, Decimal) and places_of(leaf.value) > 2:
        return False
    return any(check.status == "pass" and is_strict(check) and check.rule not in ROUNDED for check in touched)


def is_strict(check: Check) -> bool:
    return check.assumption.get("basis") not in LOOSE


def wrong(found: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(check for check in found if check.status == "mismatch")


def settled(found: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that leave at most a harmless doubt: a period shorter than the term may be meant so."""
    return tuple(check for check in found if check.status == "pass" or check.severity == "info")


def holding(found: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(check for check in found if check.status == "pass")


# ---- what it may have been


def trials_of(record: Record, check: Check, leaf: Cited[Any], path: Path) -> Iterator[Trial]:
    """The values one misreading away from the leaf's that solve the equation, or may."""
    name = path[-1]
    if name == "words_value":
        yield from spoken(record, check, leaf, path)
    elif isinstance(leaf.value, Decimal):
        for text in figures_for(check, leaf.value):
            yield Trial(((leaf, text),), ((path, leaf, Cited(Decimal(text), leaf.sources)),))
    elif isinstance(leaf.value, int):
        for value in solutions(check, Decimal(leaf.value)):
            if slip(str(leaf.value), plain(value)):
                yield Trial(((leaf, plain(value)),), ((path, leaf, Cited(int(value), leaf.sources)),))
    elif name in DATES:
        for text in date_misreadings(leaf.value):
            yield Trial(((leaf, text),), ((path, leaf, Cited(text, leaf.sources)),))


def spoken(record: Record, check: Check, leaf: Cited[Decimal], path: Path) -> Iterator[Trial]:
    """The words of which one numeral was misread; their value follows them."""
    words = at(record, path[:-1]).words
    for value in solutions(check, leaf.value) if words else ():
        if value > 0 and (text := mended_words(words.value, value)):
            said = Cited(value.quantize(FEN), leaf.sources)
            written = (*path[:-1], "words"), words, Cited(text, words.sources)
            yield Trial(((words, text),), ((path, leaf, said), written))


def figures_for(check: Check, read: Decimal) -> Iterator[str]:
    """The figures one misreading away; a product can't be solved for a zero, so whatever is read for one is tried."""
    if not read:
        yield from (text for text in figure_misreadings(plain(read)) if FIGURE.fullmatch(text) and Decimal(text))
        return
    for value in solutions(check, read):
        if text := misread_from(plain(read), value):
            yield text


def misread_from(read: str, value: Decimal) -> str | None:
    """`value` as it may be printed where `read` was read by one misreading."""
    return next((text for text in spellings(value, read) if slip(read, text)), None)


def slipped(leaves: Iterable[Cited[Any]], places: Mapping[int, Path]) -> Iterator[Trial]:
    """Figures that were read into the neighbouring cell of their line."""
    for left, right in itertools.pairwise(leaves):
        paths = places[id(left)], places[id(right)]
        if paths[0][:-1] == paths[1][:-1] and isinstance(left.value, Decimal) and isinstance(right.value, Decimal):
            for texts in moved(plain(left.value), plain(right.value)):
                values = tuple(zip((left, right), texts, strict=True))
                changes = (
                    (path, leaf, Cited(Decimal(text), leaf.sources))
                    for path, (leaf, text) in zip(paths, values, strict=True)
                )
                yield Trial(values, tuple(changes))


def moved(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Two neighbouring figures with one or two figures moved from the one to the other."""
    for count in (1, 2):
        for pair in ((left[:-count], left[-count:] + right), (left + right[:count], right[count:])):
            if all(FIGURE.fullmatch(text) for text in pair):
                yield pair


# ---- whether everything holds then


def tried(before: Court, trial: Trial) -> Repair | None:
    """The trial as a repair, if each mismatch that it touches turns into a pass and no other arises."""
    old = trial.touched(before.touching)
    record, new = before.record, {id(leaf) for _, _, leaf in trial.changes}
    for path, _, leaf in trial.changes:
        record = replaced(record, path, leaf)
    after: list[Check] = []
    for _, rule in before.rules:
        after.extend(rule(record))
        if any(id(ref) in new for check in wrong(after) for ref in check.refs):
            return None
    now = [check for check in after if any(id(ref) in new for ref in check.refs)]
    mends = wrong(old)
    proofs = tuple(check for check in holding(now) if is_strict(check))
    every_rule = {check.rule for check in (*holding(old), *mends)} <= {check.rule for check in settled(now)}
    stricter = len(proofs) > sum(map(is_strict, holding(old)))
    no_other = len(wrong(after)) <= len(wrong_of(before)) - len(mends)
    return Repair(trial.values, mends, proofs) if every_rule and stricter and no_other else None


def wrong_of(before: Court) -> tuple[Check, ...]:
    names = {name for name, _ in before.rules}
    return tuple(check for check in wrong(before.found) if check.rule in names)
