"""A finished contract from a seed: the deal drawn, errors planted, printed, stamped, scanned, and its truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench import scanning
from bench.synth import stamps
from bench.synth.clauses import script
from bench.synth.deal import Deal
from bench.synth.draw import draw
from bench.synth.faults import planted
from bench.synth.paper import printed
from bench.synth.truth import truth


@dataclass(frozen=True, slots=True)
class Contract:
    deal: Deal
    pdf: bytes
    truth: dict[str, Any]


def made(seed: int, profile: str = "born") -> Contract:
    """The contract of a seed; `born` is the printed PDF with its own text, without seals."""
    deal = planted(draw(seed))
    lines = script(deal)
    paper = printed(lines, deal.look)
    record = truth(deal, lines, paper)
    if profile == "born":
        return Contract(deal, paper.pdf, record)
    return Contract(deal, scanning.scan(paper.pdf, profile, seed, stamps.drawn(deal, paper)), record)
