"""Where the seals fall: over the signatures, at times over a price table or the sum, and across page edges (骑缝章)."""

from __future__ import annotations

from dataclasses import replace
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
    pad = Random(f"{deal.seed}/pad")
    strength = pad.uniform(0.4, 1) if pad.random() < 0.4 else 1.0
    return tuple(replace(seal, strength=strength) for seal in (*seals, *personal(deal, paper, pad)))


def personal(deal: Deal, paper: Paper, rng: Random) -> list[Seal]:
    """The legal representative's own seal beside the company's."""
    places = [(party.legal_representative, paper.places.get(f"/seal/{party.role}")) for party in deal.parties]
    chosen = [(name, place) for name, place in places if name and place and rng.random() < 0.25]
    return [replace(over(name, place, rng, x=(48, 76), y=(2, 18)), square=True) for name, place in chosen]


def signed(text: str, role: str, paper: Paper, rng: Random) -> tuple[Seal, ...]:
    """The seal over a party's signature: at its name, or in its half of the signature table."""
    name, table = paper.places.get(f"/seal/{role}"), paper.places.get("signatures")
    if name:
        return (over(text, name, rng, x=(30, 60), y=(-4, 14)),)
    down = 8 if role == "party_a" else 60
    return (over(text, table, rng, x=(60, 130), y=(down, down + 12)),) if table else ()


def over(text: str, place: Place, rng: Random, x: tuple[float, float], y: tuple[float, float]) -> Seal:
    return Seal(text, place.page, place.x + rng.uniform(*x), place.y + rng.uniform(*y))
