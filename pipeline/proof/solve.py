"""What one value would have to be for a violated equation to hold.

Every equation of a contract is an equality (大写 = 小写), a sum (lines = total) or a product (单价 x 数量 = 合价), so a
value can mend it in few ways: by being what the other side is, by the difference more or less, or by the ratio of the
sides more or less. Which of them is right needs no knowledge of the rule: the rules themselves are run again.

>>> from pipeline.model.check import Message, mismatch
>>> check = mismatch((), Message("", ""), Decimal("7128.00"), Decimal("71280"))  # 0.22 x 2700 x 12
>>> Decimal("27000") in solutions(check, Decimal("2700"))
True
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, DecimalException

from pipeline.model.check import Check

HALF_FEN = Decimal("0.005")
MOST_PLACES = 6  # decimals of a printed unit price
FEN_PLACES = 2
MOST_DIGITS = 16  # of a printed figure: more are cells that ran together, where a quotient would be noise
LARGEST = Decimal(10) ** MOST_DIGITS


def solutions(check: Check, value: Decimal) -> frozenset[Decimal]:
    """What `value` might have to be for `check` to hold."""
    expected, actual = number(check.expected), number(check.actual)
    if expected is None or actual is None or not measurable(expected, actual, value):
        return frozenset()
    found = {expected, actual, value + expected - actual, value - expected + actual}
    found.update(scaled(value, expected, actual))
    found.update(scaled(value, actual, expected))
    return frozenset(solution for solution in found if solution != value)


def scaled(value: Decimal, by: Decimal, over: Decimal) -> Iterator[Decimal]:
    """value x by / over, as each figure with few decimals that lies within the rounding of both sides to the fen."""
    if not value or not over:
        return
    exact = value * by / over
    if abs(exact) >= LARGEST:
        return
    slack = 2 * abs(value / over) * HALF_FEN
    for places in range(MOST_PLACES + 1):
        figure = round(exact, places)
        if abs(figure - exact) <= slack:
            yield figure


def number(text: str | None) -> Decimal | None:
    """One side of an equation; None where it is a date or text."""
    try:
        value = Decimal(text or "")
    except DecimalException:
        return None
    return value if value.is_finite() else None


def measurable(*values: Decimal) -> bool:
    return all(len(value.as_tuple().digits) <= MOST_DIGITS and abs(value) < LARGEST for value in values)


def spellings(value: Decimal, read: str) -> Iterator[str]:
    """`value` with as many decimals as were read, then with as few as it needs and with more, up to two; a third
    decimal that it doesn't need is a stroke beside the figure sooner than another zero.

    >>> list(spellings(Decimal("184800"), "184800.001")), list(spellings(Decimal("45.5"), "455"))
    (['184800.00', '184800.000', '184800', '184800.0'], ['45.5', '45.50'])
    """
    read_places, least = places_of(Decimal(read)), places_of(value.normalize())
    usual = (FEN_PLACES,) if least <= FEN_PLACES < read_places else ()
    every = range(least, max(least, read_places, FEN_PLACES) + 1)
    for places in dict.fromkeys((*usual, max(least, read_places), *every)):
        yield f"{value:.{places}f}"


def places_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
