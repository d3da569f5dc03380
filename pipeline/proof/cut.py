"""Values that may be cut off: the rest of a sum stands in a line below, or under a seal, and was not read.

Narrow columns break sums (9,470 above, .50 below), clauses break sums in words. The pixels of what was read then show
just what was read, which proves nothing about the paper. What gives a stump away: words that end in no unit of money, a
broken group of three, no decimals where its column prints them, lines farther apart than those of its fellows.

>>> is_stump("186,0"), is_stump("9,470."), is_stump("9,470"), is_stump("9,470.50")
(True, True, False, False)
>>> breaks_off("陆拾万零玖仟"), breaks_off("陆拾万零玖仟元整")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipeline.model.record import Record
from pipeline.model.source import MISSED, Cited, line_steps
from pipeline.proof.equations import Leaf
from pipeline.proof.paths import Path, at
from pipeline.proof.printed import text_of
from pipeline.proof.solve import places_of

ENDS = (*"元圆圓整正角分",)
STUMP = re.compile(r"[,，]\d{0,2}$|[.．]$")
MONEY = ("unit_price", "amount")
FEW = 2  # figures of a column: fewer show no habit


def is_cut(leaf: Leaf, path: Path, record: Record) -> bool:
    """Whether what was read of the value may be its beginning only."""
    if path[-1] == "words_value":
        words = at(record, path[:-1]).words
        return words is not None and breaks_off(words.value)
    if not isinstance(leaf.value, Decimal):
        return False
    if is_stump(text_of(leaf)) or lacks_line(leaf, path, record):
        return True
    return not places_of(leaf.value) and has_decimals(path, record)


def breaks_off(words: str) -> bool:
    return not words.endswith(ENDS)


def is_stump(text: str) -> bool:
    return STUMP.search(text) is not None


def lacks_line(leaf: Leaf, path: Path, record: Record) -> bool:
    """Whether two lines of a figure that wraps stand so far apart that one between them was not read."""
    mine = line_steps(leaf)
    others = (step for fellow in fellows_of(path, record) for step in line_steps(fellow))
    return bool(mine) and max(mine) > MISSED * min((*mine, *others))


def has_decimals(path: Path, record: Record) -> bool:
    """Whether most of the value's fellows (its column, the other instalments) are printed with decimals."""
    fellows = [leaf.value for leaf in fellows_of(path, record) if isinstance(leaf.value, Decimal)]
    return len(fellows) >= FEW and 2 * sum(bool(places_of(value)) for value in fellows) > len(fellows)


def fellows_of(path: Path, record: Record) -> Iterator[Cited[Any]]:
    """The other figures of the value's column; of a column's total, its amounts."""
    if path[0] == "installments" and path[-1] == "figures":
        columns = [(entry.figures, i) for i, entry in enumerate(record.installments)]
        yield from (leaf for leaf, i in columns if leaf is not None and i != path[1])
    elif path[0] == "line_item_tables":
        name = "amount" if path[-1] == "total" else str(path[-1])
        lines = record.line_item_tables[int(path[1])].items if name in MONEY else ()
        found = (getattr(line, name) for i, line in enumerate(lines) if path[2] != "items" or i != path[3])
        yield from (leaf for leaf in found if leaf is not None)
