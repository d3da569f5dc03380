"""The repairs that algebra proposes: the least misreading after which every equation holds that it touches.

A contract states its money several times (lines, sums, words, percents, instalments), so its figures are an
error-correcting code. A violated equation is solved for each of its values that no other equation holds in place; a
solution counts if it is one misreading away from what was read, if every equation of the graph that it touches holds
then, and if the rules, run again with it, find nothing wrong. Where one value doesn't explain all mismatches around it,
two may: the second solves what the first leaves open. Of several repairs the minimal ones mend the most mismatches for
each value that they change; the likeliest misreading comes first.

>>> minimal(())
()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.model.check import Check
from pipeline.proof.court import Court, Repair, wrong
from pipeline.proof.equations import Equation
from pipeline.proof.likelihood import likelihood
from pipeline.proof.trials import Trial, dated, misreadings, slipped, trials

FEW_VALUES = 5
MOST_JUDGED = 40  # trials of a mismatch of more values: a sum of many lump sums has a repair in each, and so in none
MOST_UNSETTLED = 6  # mismatches for which two values are tried: a table that is wrong all over has no repair
MOST_PAIRS = 6  # pairs before the rules, for one mismatch
MOST_SECONDS = 2000  # second values tried for one mismatch
MOST_REPAIRS = 6  # more say no more than that it can't be told


def repairs(before: Court) -> Mapping[int, tuple[Repair, ...]]:
    """The minimal repairs of each mismatch, by its identity, the likeliest first."""
    open_ = wrong(before.found)
    found = [repair for check in open_ for repair in one_value(before, check)]
    unsettled = sorted((check for check in open_ if leaves_more(before, check, found)), key=lambda c: len(c.refs))
    found += [repair for check in unsettled[:MOST_UNSETTLED] for repair in two_values(before, check)]
    return {id(check): minimal([repair for repair in found if check in repair.mends]) for check in open_}


def minimal(options: Sequence[Repair]) -> tuple[Repair, ...]:
    """Those that mend the most mismatches for each value that they change, once each, the likeliest first."""
    least = {repair.key: repair for repair in options if repair.merit == max(other.merit for other in options)}
    return tuple(sorted(least.values(), key=lambda repair: -repair.likelihood)[:MOST_REPAIRS])


def leaves_more(before: Court, mended: Check, found: Iterable[Repair]) -> bool:
    """Whether no repair of the mismatch mends all others that share an open value with it."""
    near = {id(check) for check in neighbours(before, mended)}
    return not any(near <= {id(check) for check in repair.mends} for repair in found)


def neighbours(before: Court, mended: Check) -> list[Check]:
    """The mismatch and those that share a value with it which nothing holds in place."""
    known = before.graph
    leaves = (leaf for e in known.by_check.get(id(mended), ()) for leaf in e.leaves if not known.holds(leaf))
    shared = (check for leaf in leaves for check in known.failing(leaf))
    return list({id(check): check for check in (mended, *shared)}.values())


# ---- one value


def one_value(before: Court, mended: Check) -> list[Repair]:
    """Repairs of one value, or of a figure that slipped into the next cell: those that mend the most mismatches."""
    options = [trial for trial in first_trials(before, mended) if settles(before, trial)]
    options.sort(key=lambda trial: -before.mismatches(trial))
    return judged(before, options if len(mended.refs) <= FEW_VALUES else options[:MOST_JUDGED])


def judged(before: Court, options: Iterable[Trial]) -> list[Repair]:
    """What the rules accept of trials that come by the number of mismatches they touch, the most first."""
    found: list[Repair] = []
    for trial in options:
        if found and (before.mismatches(trial) < len(found[0].mends) or len(found) == MOST_REPAIRS):
            break
        repair = before.judge(trial)
        if repair and repair not in found:
            found.append(repair)
    return found


def first_trials(before: Court, mended: Check) -> Iterator[Trial]:
    """Every value of the mismatch that nothing holds in place, as it may have been."""
    known = before.graph
    for equation in known.by_check.get(id(mended), ()):
        open_ = [leaf for leaf in equation.leaves if not known.holds(leaf)]
        for leaf in open_:
            yield from trials(before.record, equation, leaf, known.places[id(leaf)], {})
        yield from slipped(open_, known.places)
    if id(mended) not in known.by_check:
        for leaf in (ref for ref in mended.refs if id(ref) in known.places and not known.holds(ref)):
            yield from dated(mended, leaf, known.places[id(leaf)])


def settles(before: Court, trial: Trial) -> bool:
    """Whether every equation holds then that the trial touches."""
    return not failing(before, trial)


def failing(before: Court, trial: Trial) -> list[Equation]:
    """The equations that the trial touches and leaves, or makes, wrong."""
    numbers = trial.numbers
    touched = {id(e): e for change in trial.changes for e in before.graph.of(change.old)}
    return [equation for equation in touched.values() if equation.sure and not equation.holds(numbers)]


# ---- two values


def two_values(before: Court, mended: Check) -> list[Repair]:
    """Repairs of two values, of which the second solves what the first leaves open."""
    options = {trial.key: trial for trial in pairs(before, mended)}
    best = sorted(options.values(), key=lambda trial: (-before.mismatches(trial), -likelihood(trial.values)))
    return judged(before, best[:MOST_PAIRS])


def pairs(before: Court, mended: Check) -> Iterator[Trial]:
    seconds = 0
    for first in beginnings(before, mended):
        if first.key not in before.continued:
            options = list(endings(before, first))
            settled = (first + second for second in options if settles(before, first + second))
            before.continued[first.key] = len(options), tuple(settled)
        tried, found = before.continued[first.key]
        seconds += tried
        yield from found
        if seconds > MOST_SECONDS:
            return


def beginnings(before: Court, mended: Check) -> Iterator[Trial]:
    """First values of a pair: they solve the mismatch or a neighbour, or are any misreading of a factor of its line."""
    for check in neighbours(before, mended):
        yield from first_trials(before, check)
    for equation in before.graph.by_check.get(id(mended), ()) if len(mended.refs) <= FEW_VALUES else ():
        for leaf in equation.leaves:
            if equation.multiplies and not before.graph.holds(leaf):
                yield from misreadings(leaf, before.graph.places[id(leaf)])


def endings(before: Court, first: Trial) -> Iterator[Trial]:
    """Second values: they solve an equation that the first leaves wrong."""
    changed = {id(leaf) for leaf, _ in first.values}
    for equation in failing(before, first)[:1]:
        for leaf in equation.leaves:
            if id(leaf) not in changed and not before.graph.holds(leaf):
                path = before.graph.places[id(leaf)]
                yield from trials(before.record, equation, leaf, path, first.numbers)
