"""Whose fault a mismatch is: the same checks, with `diagnosis` and `suggestion` filled in.

`ocr`: one repair makes every equation hold, and the pixels clearly show it instead of what was read. `document`: what
was read is what is printed, by the pixels or because the file itself says so. `unknown`: everything else. A paper that
is wrong and called a misread scan would be mended silently, so what is not clear stays unknown.

>>> values_for(Cited("2700", ()), ())
()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.checks._operands import trusted
from pipeline.model.check import Check, Suggestion
from pipeline.model.record import Record
from pipeline.model.source import Cited
from pipeline.proof.candidates import repairs
from pipeline.proof.court import Court, Repair, court, wrong
from pipeline.proof.cut import is_cut
from pipeline.proof.evidence import IN_DOUBT, SEALED_LEAD, Weighing, Witness
from pipeline.proof.outlier import is_taken, outliers
from pipeline.proof.paths import at
from pipeline.proof.printed import rivals, text_of, variants
from pipeline.proof.rows import row_suggestion
from pipeline.proof.whole import is_half_read, is_whole_comparison
from pipeline.proof.wording import suggestion

READ = "read"  # what was read is what is printed
MOST_RIVALS = 3  # repairs between which a reviewer can choose
LEAD = 1.0  # by which the logarithm of its likelihood leads: three times as likely
WORDS = 0.5  # confidence
HARDLY = 0.5  # below, no pixels make a reading sure
MOST_VALUES = 40  # whose pixels are looked at for one mismatch


def prove(record: Record, found: tuple[Check, ...], witness: Witness | None = None) -> tuple[Check, ...]:
    """The checks, each mismatch between figures with its diagnosis; `witness` is what knows the pages' pixels."""
    if not wrong(found):
        return found
    before = court(record, found)
    bench = Bench(before, repairs(before), witness)
    return tuple(judged(check, bench) if check.status == "mismatch" else check for check in found)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a verdict needs; the pixels of a value are asked once about the same texts."""

    court: Court
    repairs: Mapping[int, tuple[Repair, ...]]
    witness: Witness | None
    heard: dict[tuple[int, tuple[str, ...]], str | None] = field(default_factory=dict)

    def seen(self, leaf: Cited[Any], values: Sequence[str]) -> str | None:
        """What the pixels show: "read", one of the rival `values`, or None. That a value below a red seal, or one that
        was hardly read, is printed as it was read they must show strongly; of what lay below a black seal, whose
        strokes were read with the print, they can't."""
        key = id(leaf), tuple(values)
        if key not in self.heard:
            self.heard[key] = self.look(leaf, values)
        return self.heard[key]

    def look(self, leaf: Cited[Any], values: Sequence[str]) -> str | None:
        if self.witness is None:
            return None
        if self.witness.is_text(leaf):
            return READ
        meant = meanings(leaf, values)
        texts = tuple(meant)
        weighing = self.witness.weighed(leaf, texts) if texts else None
        if weighing is None or not weighing.clear:
            return None
        found = meant[texts[weighing.text]]
        sure = is_read(leaf, self.court)
        return None if found == READ and not bears_out(leaf, weighing, self.witness, sure) else found


def bears_out(leaf: Cited[Any], weighing: Weighing, witness: Witness, sure: bool) -> bool:
    """Whether pixels that show a value as it was read, surely or not, say that it is printed so."""
    if witness.is_covered(leaf):
        return False
    if witness.is_sealed(leaf):
        return weighing.leads_by(SEALED_LEAD)
    return sure or weighing.leads_by(IN_DOUBT)


def meanings(leaf: Cited[Any], values: Sequence[str]) -> Mapping[str, str | None]:
    """The texts that the pixels are asked about, each with what it means: "read", one of the `values`, or None for any
    other misreading. Empty where it can't be told how a value would be printed."""
    printed = text_of(leaf)
    meant = {text: value for value in values for text in rivals(printed, leaf.value, value)}
    if not printed or printed in meant or len(set(meant.values())) < len(set(values)):
        return {}
    return dict.fromkeys((printed, *meant, *variants(printed))) | meant | {printed: READ}


def judged(check: Check, bench: Bench) -> Check:
    """One mismatch with its diagnosis, and with the repair that is meant where there is one."""
    if not any(id(ref) in bench.court.graph.places for ref in check.refs):
        return check
    options = bench.repairs[id(check)]
    shown = [option for option in options if is_shown(option, options, bench)]
    refuted = [option for option in options if is_refuted(option, options, bench)]
    if len(shown) == 1 and len(refuted) == len(options) - 1:
        return replace(check, diagnosis="ocr", suggestion=meant(shown, bench, seen=True))
    if is_printed(check, options, bench):
        return replace(check, diagnosis="document")
    open_ = [option for option in options if option not in refuted]
    return replace(
        check, diagnosis="unknown", suggestion=meant(open_, bench) or row_suggestion(check, bench.court.record)
    )


def meant(options: Sequence[Repair], bench: Bench, seen: bool = False) -> Suggestion | None:
    """The repair, or the one that is likelier than its rivals by far; None where it can't be told."""
    leads = len(options) == 1 or (options and options[0].likelihood - options[1].likelihood >= LEAD)
    if not leads or len(options) > MOST_RIVALS:
        return None
    return suggestion(options, bench.court.record, bench.court.graph, seen)


def is_shown(option: Repair, options: Sequence[Repair], bench: Bench) -> bool:
    """Whether the pixels show what the repair says, for every value that it changes."""
    return all(bench.seen(leaf, values_for(leaf, options)) == value for leaf, value in option.values)


def is_refuted(option: Repair, options: Sequence[Repair], bench: Bench) -> bool:
    """Whether the pixels show a value as it was read that the repair would change; of one that may be cut off they
    show the beginning only."""
    record, places = bench.court.record, bench.court.graph.places
    return any(
        bench.seen(leaf, values_for(leaf, options)) == READ and not is_cut(leaf, places[id(leaf)], record)
        for leaf, _ in option.values
    )


def values_for(leaf: Cited[Any], options: Iterable[Repair]) -> tuple[str, ...]:
    """All values that are proposed for the leaf."""
    return tuple(dict.fromkeys(value for option in options for other, value in option.values if other is leaf))


# ---- the paper's fault


def is_printed(check: Check, options: Sequence[Repair], bench: Bench) -> bool:
    """Whether the paper itself disagrees: all that could be misread is clearly printed as it was read.

    Where one value is out of line with several others and is printed as read, that alone says so; otherwise nothing
    must be missing from the comparison. A value that was hardly read says nothing, unless its pixels are strong.
    """
    doubtful = list(open_values(check, bench.court))
    if is_half_read(check, bench.court) or any(is_subtotal(leaf, bench.court) for leaf in doubtful):
        return False
    told = [leaf for option in options for leaf, _ in option.values if any(leaf is other for other in doubtful)]
    if any(bench.seen(leaf, values_for(leaf, options)) not in (READ, None) for leaf in told):
        return False
    alone = list(outliers(check, bench.court.graph))
    if alone and all(is_printed_alone(leaf, options, bench) for leaf in alone):
        return True
    if len(doubtful) > MOST_VALUES or not is_whole_comparison(check, bench.court):
        return False
    return all(is_as_read(leaf, options, bench) for leaf in doubtful)


def is_printed_alone(leaf: Cited[Any], options: Sequence[Repair], bench: Bench) -> bool:
    """Whether a value that is out of line is printed as it was read, and its own."""
    seen = is_as_read(as_printed(leaf, bench.court), options, bench)
    return seen and not is_taken(leaf, bench.court.record.line_item_tables)


def is_subtotal(leaf: Cited[Any], court: Court) -> bool:
    """Whether a table's total may be another row's sum, whose label was not read."""
    return court.graph.places[id(leaf)][-1] == "total" and is_taken(leaf, court.record.line_item_tables)


def is_as_read(leaf: Cited[Any], options: Sequence[Repair], bench: Bench) -> bool:
    return leaf.confidence >= HARDLY and bench.seen(leaf, values_for(leaf, options)) == READ


def is_read(leaf: Cited[Any], court: Court) -> bool:
    """Whether a value was read surely enough to say something of the paper. Of a sum in words an engine is unsure where
    one numeral has several forms (萬, 万); words that are none are no sum, so half of that is enough."""
    words = court.graph.places[id(leaf)][-1] in ("words", "words_value")
    return trusted(leaf) or (words and leaf.confidence >= WORDS)


def open_values(check: Check, court: Court) -> Iterable[Cited[Any]]:
    """The values of the equation that no other equation confirms; words stand for their value."""
    for ref in check.refs:
        path = court.graph.places.get(id(ref))
        if path is None or court.graph.holds(ref):
            continue
        if path[-1] != "words_value" or at(court.record, path[:-1]).words is None:
            yield ref


def as_printed(leaf: Cited[Any], court: Court) -> Cited[Any]:
    """The leaf as a reader sees it: words stand for their value."""
    path = court.graph.places[id(leaf)]
    words = at(court.record, path[:-1]).words if path[-1] == "words_value" else None
    return words or leaf
