"""Where the seals fall: over the signatures, at times over a price table or the sum, and across page edges (骑缝章)."""

from __future__ import annotations

from random import Random

from bench.seals import Seal
from bench.synth.deal import Deal
from bench.synth.paper import Paper, Place

RIGHT_EDGE_MM = 210


def drawn(deal: Deal, paper: Paper) -> tuple[Seal, ...]:
    rng = Random(f"{deal.seed}/seals")
    seals = [seal for party in deal.parties for seal in signed(party.name, party.role, paper, rng)]
    payee = deal.parties[1].name
    if rng.random() < 0.25:
        seals.append(over(payee, paper.places["prices"], rng, x=(20, 150), y=(15, 60)))
    if rng.random() < 0.15:
        seals.append(over(payee, paper.places["/amounts/0"], rng, x=(30, 110), y=(0, 12)))
    if rng.random() < 0.3:
        y = rng.uniform(90, 200)
        seals += [Seal(payee, page, RIGHT_EDGE_MM - rng.uniform(-6, 6), y) for page in range(1, paper.pages + 1)]
    return tuple(seals)


def signed(text: str, role: str, paper: Paper, rng: Random) -> tuple[Seal, ...]:
    """The seal over a party's signature: at its name, or in its half of the signature table."""
    name, table = paper.places.get(f"/seal/{role}"), paper.places.get("signatures")
    if name:
        return (over(text, name, rng, x=(30, 60), y=(-4, 14)),)
    down = 8 if role == "party_a" else 60
    return (over(text, table, rng, x=(60, 130), y=(down, down + 12)),) if table else ()


def over(text: str, place: Place, rng: Random, x: tuple[float, float], y: tuple[float, float]) -> Seal:
    return Seal(text, place.page, place.x + rng.uniform(*x), place.y + rng.uniform(*y))
