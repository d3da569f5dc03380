"""How likely a row's picture shows a given text: the forward algorithm of CTC (Graves et al., ICML 2006, section 4.1).

The greedy reading is one path through the network's steps; the likelihood of a text adds up all paths that spell it.
So texts that the reading left out can be weighed against it: is it 2700 that the pixels show, or 27000?

What stands beside the text in the crop (元, a bracket, a part of a neighbour) may be anything but a numeral, so that a
crop can be wider than the text without taking sides.

>>> steps = np.array([[0.9, 0.1], [0.2, 0.8], [0.8, 0.2], [0.1, 0.9]], np.float32)
>>> one, two = log_likelihoods(steps, ["1", "11"], ["", "1"])
>>> two > one
True
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Steps = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]

BLANK, EDGE = 0, 1  # columns of the emissions; the characters follow
NUMERALS = frozenset("0123456789零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟")
LEAST = 1e-6  # a network is never surer than that that something does not stand there


def log_likelihoods(steps: Steps, texts: Sequence[str], charset: Sequence[str]) -> tuple[float, ...]:
    """The log-likelihood of each text, given steps x characters of probabilities."""
    spelled = [folded(text) for text in texts]
    chars = sorted(set("".join(spelled)))
    emissions = emissions_of(steps, chars, columns_of(tuple(charset)))
    places = {char: EDGE + 1 + i for i, char in enumerate(chars)}
    states = [states_of(text, places) for text in spelled]
    width = max(map(len, states))
    padded = np.array([state + [BLANK] * (width - len(state)) for state in states])
    return forward(emissions, padded, np.array([len(state) for state in states]))


def folded(text: str) -> str:
    """Half-width and without spaces: the same text for every way to set it."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@lru_cache(maxsize=4)
def columns_of(charset: tuple[str, ...]) -> dict[str, list[int]]:
    """The network's columns for each character, those of its full-width forms among them; "" for blanks and spaces."""
    out: dict[str, list[int]] = {}
    for column, char in enumerate(charset):
        out.setdefault(folded(char), []).append(column)
    return out


def emissions_of(steps: Steps, chars: Sequence[str], columns: dict[str, list[int]]) -> Floats:
    """Steps x (blank, edge, characters): how likely each step shows them."""

    def share(found: Sequence[int]) -> Floats:
        return np.asarray(steps[:, found].sum(axis=1), np.float64)

    numerals = share([column for char in NUMERALS for column in columns.get(char, ())])
    parts = [share(columns[""]), 1.0 - numerals, *(share(columns.get(char, [])) for char in chars)]
    return np.maximum(np.stack(parts, axis=1), LEAST)


def states_of(text: str, places: dict[str, int]) -> list[int]:
    """The text with blanks between its characters and an edge at either end."""
    inner = [state for char in text for state in (places[char], BLANK)]
    return [EDGE, *inner[:-1], EDGE]


def forward(emissions: Floats, states: Indices, lengths: Indices) -> tuple[float, ...]:
    """The log of the summed probability of all paths, for each row of states."""
    rows = np.arange(len(states))
    skips = np.zeros(states.shape)
    skips[:, 2:] = (states[:, 2:] > EDGE) & (states[:, 2:] != states[:, :-2]) & (states[:, :-2] > EDGE)
    alive = np.zeros(states.shape)
    alive[:, :2] = emissions[0][states[:, :2]]
    total = np.zeros(len(states))
    for step in emissions[1:]:
        scale = alive.max(axis=1)
        total += np.log(scale)
        alive /= scale[:, None]
        moved = alive.copy()
        moved[:, 1:] += alive[:, :-1]
        moved[:, 2:] += skips[:, 2:] * alive[:, :-2]
        alive = moved * step[states]
    ends = alive[rows, lengths - 1] + alive[rows, lengths - 2]
    with np.errstate(divide="ignore"):
        return tuple(float(value) for value in total + np.log(ends))
