"""A share with the interval in which the true one lies, so that few cases don't look like proof.

>>> rate(0, 200), rate(3, 40), rate(0, 0)
('0.0 % of 200 (0.0–1.9)', '7.5 % of 40 (2.6–19.9)', '-')
"""

from __future__ import annotations

from math import sqrt

Z = 1.96  # 95 % of a normal distribution


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The interval of 95 % after Wilson, which holds for shares near 0 and 1 too."""
    share, spread = part / whole, Z * Z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(part: int, whole: int) -> str:
    """The share in percent with its interval; cases that come from one contract hang together, which it leaves out."""
    if not whole:
        return "-"
    low, high = wilson(part, whole)
    return f"{100 * part / whole:.1f} % of {whole} ({100 * low:.1f}–{100 * high:.1f})"
