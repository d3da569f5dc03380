"""The ways in which pages are harmed outside tables: what was done to them, None where it can't be done.

>>> {'digit', 'drop_line', 'drop_page'} <= HARMS.keys()
True
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TypeAlias

from bench.tamper.pages import Case, Pages, at, changed

Harmed: TypeAlias = "tuple[Pages, str] | None"
Harm: TypeAlias = Callable[[Case, Random], Harmed]
HARMS: dict[str, Harm] = {}
NUMERALS = "壹贰叁肆伍陆柒捌玖"


def harm(function: Harm) -> Harm:
    """Registers a way in which pages are harmed: the harmed pages and what was done, None where it can't be."""
    HARMS[function.__name__] = function
    return function


def other_digit(char: str, rng: Random) -> str:
    return rng.choice([c for c in (NUMERALS if char in NUMERALS else "0123456789") if c != char])


def misread(text: str, rng: Random) -> str | None:
    places = [i for i, char in enumerate(text) if char.isdigit() or char in NUMERALS]
    if not places:
        return None
    i = rng.choice(places)
    return text[:i] + other_digit(text[i], rng) + text[i + 1 :]


@harm
def digit(case: Case, rng: Random) -> Harmed:
    """One digit or numeral is read as another."""
    spot = rng.choice(case.spots)
    text = misread(case.word(spot).text, rng)
    return None if text is None else (changed(case.pages, {at(spot): text}), f"{case.word(spot).text} -> {text}")


@harm
def drop_digit(case: Case, rng: Random) -> Harmed:
    """One digit is not read."""
    spot = rng.choice(case.spots)
    text = case.word(spot).text
    places = [i for i, char in enumerate(text) if char.isdigit()]
    if len(places) < 2:
        return None
    i = rng.choice(places)
    return changed(case.pages, {at(spot): text[:i] + text[i + 1 :]}), f"{text} without its {text[i]}"


@harm
def drop_point(case: Case, rng: Random) -> Harmed:
    """A decimal point is not read, or a thousands separator is read as one."""
    spots = [spot for spot in case.spots if {*".,"} & {*case.word(spot).text}]
    if not spots:
        return None
    spot = rng.choice(spots)
    text = case.word(spot).text
    new = text.replace(".", "") if "." in text and rng.random() < 0.5 else text.replace(",", ".")
    return changed(case.pages, {at(spot): new}), f"{text} -> {new}"


@harm
def drop_word(case: Case, rng: Random) -> Harmed:
    """A word under a figure is not read."""
    spot = rng.choice(case.spots)
    return changed(case.pages, {at(spot): None}), f"without {case.word(spot).text}"


@harm
def drop_line(case: Case, rng: Random) -> Harmed:
    """A line of text with a figure is not read."""
    spot = rng.choice(case.of("amounts", "installments") or case.spots)
    line = case.pages[spot.page].lines[spot.line]
    lost = {(spot.page, spot.line, w): None for w in range(len(line.words))}
    return changed(case.pages, dict(lost)), f"without {line.text}"


@harm
def drop_page(case: Case, rng: Random) -> Harmed:
    """A page with figures is not read at all."""
    page = rng.choice(sorted({spot.page for spot in case.spots}))
    blank = replace(case.pages[page], lines=(), rulings=())
    return (*case.pages[:page], blank, *case.pages[page + 1 :]), f"page {page + 1} blank"


@harm
def skip_page(case: Case, rng: Random) -> Harmed:
    """A page with figures was never scanned."""
    page = rng.choice(sorted({spot.page for spot in case.spots}))
    later = tuple(replace(each, number=each.number - 1) for each in case.pages[page + 1 :])
    return (*case.pages[:page], *later), f"page {page + 1} missing"


@harm
def words_and_figures(case: Case, rng: Random) -> Harmed:
    """Words and figures of one sum are misread alike."""
    figures = [spot for spot in case.of("figures") if any(char in "123456789" for char in case.word(spot).text)]
    if not figures:
        return None
    spot = rng.choice(figures)
    entry, text = spot.pointer.rpartition("/")[0], case.word(spot).text
    old = rng.choice([char for char in text if char in "123456789"])
    new = rng.choice([char for char in "123456789" if char != old])
    if text.count(old) != 1:
        return None
    numeral, other = NUMERALS[int(old) - 1], NUMERALS[int(new) - 1]
    words = [s for s in case.spots if s.pointer.startswith(entry + "/words") and numeral in case.word(s).text]
    if len({at(s) for s in words}) != 1:
        return None
    texts = {at(spot): text.replace(old, new), at(words[0]): case.word(words[0]).text.replace(numeral, other)}
    return changed(case.pages, dict(texts)), f"{old} read as {new} in {text} and its words"
