"""The ways in which price tables are harmed: rows, cells, headings and ruling lines lost or mixed up.

>>> {"drop_row", "swap_in_row", "drop_rulings"} <= HARMS.keys()
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from bench.tamper.harms import HARMS, Harmed, harm
from bench.tamper.pages import Case, Pages, Spot, at, changed, with_words, without_band, without_blank
from pipeline.model.page import Line, Word
from pipeline.model.source import Box

__all__ = ["HARMS"]


@harm
def drop_row(case: Case, rng: Random) -> Harmed:
    """A whole row of a price table is not read."""
    spots = case.of("items")
    if not spots:
        return None
    spot = rng.choice(spots)
    return (without_band(case.pages, spot.page, case.word(spot).box), f"without the row {spot.pointer}")


@harm
def drop_end_row(case: Case, rng: Random) -> Harmed:
    """The first or the last row of a price table is not read, or its total."""
    lines = sorted({int(spot.pointer.split("/")[4]) for spot in case.of("items")})
    if not lines:
        return None
    wanted = rng.choice((f"/line_item_tables/0/items/{lines[0]}/", f"/line_item_tables/0/items/{lines[-1]}/", "/total"))
    spot = next((spot for spot in case.spots if wanted in spot.pointer), None)
    if spot is None:
        return None
    return (without_band(case.pages, spot.page, case.word(spot).box), f"without the row {spot.pointer}")


@harm
def drop_total_and_row(case: Case, rng: Random) -> Harmed:
    """A row and the total of its table are not read."""
    spots, totals = case.of("items"), case.of("total")
    if not spots or not totals:
        return None
    row, total = rng.choice(spots), totals[0]
    pages = without_band(case.pages, row.page, case.word(row).box)
    return without_band(pages, total.page, case.word(total).box), f"without {row.pointer} and the total"


@harm
def drop_tail(case: Case, rng: Random) -> Harmed:
    """The rest of a page from a row on is not read."""
    spots = case.of("items")
    if not spots:
        return None
    spot = rng.choice(spots)
    box = case.word(spot).box
    below = replace_box(box, y1=case.pages[spot.page].height)
    return without_band(case.pages, spot.page, below), f"nothing from {spot.pointer} on"


def replace_box(box: Box, y1: float) -> Box:
    return Box(box.x0, box.y0, box.x1, y1)


@harm
def swap_in_row(case: Case, rng: Random) -> Harmed:
    """Two figures of one row stand in each other's column."""
    spot, other = pair(case, rng, lambda pointer: pointer.rpartition("/")[0])
    return exchanged(case, spot, other) if spot and other else None


@harm
def swap_in_column(case: Case, rng: Random) -> Harmed:
    """Two figures of one column stand in each other's row."""
    spot, other = pair(case, rng, lambda pointer: pointer.rpartition("/")[2])
    return exchanged(case, spot, other) if spot and other else None


def pair(case: Case, rng: Random, group: Callable[[str], str]) -> tuple[Spot | None, Spot | None]:
    """Two words of a price table that belong together and differ."""
    spots = case.of("items")
    spot = rng.choice(spots) if spots else None
    others = [
        other
        for other in spots
        if spot and group(other.pointer) == group(spot.pointer) and case.word(other).text != case.word(spot).text
    ]
    return spot, rng.choice(others) if others else None


def exchanged(case: Case, spot: Spot, other: Spot) -> tuple[Pages, str]:
    one, two = case.word(spot).text, case.word(other).text
    return changed(case.pages, {at(spot): two, at(other): one}), f"{one} and {two} exchanged"


@harm
def cancel(case: Case, rng: Random) -> Harmed:
    """Two amounts of a table are misread so that their sum stays."""
    amounts = [spot for spot in case.of("amount") if len(whole(case, spot)) > 2]
    if len(amounts) < 2:
        return None
    one, two = rng.sample(amounts, 2)
    up, down = case.word(one).text, case.word(two).text
    a, b = whole(case, one), whole(case, two)
    places = [i for i in range(1, min(len(a), len(b)) + 1) if a[-i] in "12345678" and b[-i] in "23456789"]
    if not places or at(one) == at(two):
        return None
    i = rng.choice(places)
    texts = {at(one): up.replace(a, stepped(a, -i, 1)), at(two): down.replace(b, stepped(b, -i, -1))}
    return changed(case.pages, dict(texts)), f"{up} up and {down} down by one"


def stepped(text: str, index: int, step: int) -> str:
    """The text with one digit stepped up or down."""
    chars = list(text)
    chars[index] = str(int(chars[index]) + step)
    return "".join(chars)


def whole(case: Case, spot: Spot) -> str:
    """The figure before its decimal point."""
    return case.word(spot).text.strip().strip("¥￥").partition(".")[0]


@harm
def both_in_row(case: Case, rng: Random) -> Harmed:
    """Price and amount of a line are misread alike: ten times too small."""
    prices = {spot.pointer.rpartition("/")[0]: spot for spot in case.of("unit_price")}
    amounts = [spot for spot in case.of("amount") if spot.pointer.rpartition("/")[0] in prices]
    if not amounts:
        return None
    amount = rng.choice(amounts)
    price = prices[amount.pointer.rpartition("/")[0]]
    old = [case.word(spot).text for spot in (price, amount)]
    if any(not text.strip().partition(".")[0].endswith("0") for text in old):
        return None
    new = [tenth(text) for text in old]
    return changed(case.pages, {at(price): new[0], at(amount): new[1]}), f"{old} -> {new}"


def tenth(text: str) -> str:
    whole_part, point, rest = text.partition(".")
    return whole_part[:-1] + point + rest


@harm
def join_cells(case: Case, rng: Random) -> Harmed:
    """Two neighbouring figures of a row run together into one word."""
    spots = case.of("items")
    spot = rng.choice(spots) if spots else None
    row = [other for other in spots if spot and other.pointer.rpartition("/")[0] == spot.pointer.rpartition("/")[0]]
    row = sorted({at(s): s for s in row}.values(), key=lambda s: case.word(s).box.x0)
    if len(row) < 2:
        return None
    i = rng.randrange(len(row) - 1)
    left, right = row[i], row[i + 1]
    joined = replace(case.word(left), text=case.word(left).text + case.word(right).text.strip(),
                     box=case.word(left).box | case.word(right).box)  # fmt: skip

    def change(p: int, n: int, w: int, word: Word) -> Word | None:
        return joined if (p, n, w) == at(left) else None if (p, n, w) == at(right) else word

    pages = without_blank(with_words(case.pages, change))
    return pages, f"{case.word(left).text} and {case.word(right).text} as one"


@harm
def tear(case: Case, rng: Random) -> Harmed:
    """The last digits of a figure stand on a line of their own below it."""
    spots = [spot for spot in case.of("items", "total") if len(case.word(spot).text.strip()) > 3]
    if not spots:
        return None
    spot = rng.choice(spots)
    word = case.word(spot)
    cut = len(word.text) - rng.randint(1, 2)
    upper = replace(word, text=word.text[:cut])
    box = word.box
    low = Box(box.x0, box.y1 + 0.2 * box.height, box.x0 + box.width / 3, box.y1 + 1.2 * box.height)
    page = changed(case.pages, {at(spot): upper.text})[spot.page]
    torn = Line((Word(word.text[cut:], low, 1.0),), low, 1.0)
    pages = (*case.pages[: spot.page], replace(page, lines=(*page.lines, torn)), *case.pages[spot.page + 1 :])
    return pages, f"{word.text} torn after {word.text[:cut]}"


@harm
def drop_header(case: Case, rng: Random) -> Harmed:
    """A column's heading is not read, or none of the table's."""
    headers = [
        (source.page, source.box)
        for table in case.result.record.tables
        for cell in table.header
        for source in cell.sources
        if any(priced.table_id == table.id for priced in case.result.record.line_item_tables)
    ]
    if not headers:
        return None
    number, box = rng.choice(headers)
    row = rng.random() < 0.3
    x0, x1 = (0.0, float("inf")) if row else (box.x0 - 1, box.x1 + 1)

    def change(p: int, n: int, w: int, word: Word) -> Word | None:
        x, y = word.box.center
        return None if case.pages[p].number == number and box.y0 <= y <= box.y1 and x0 <= x <= x1 else word

    return without_blank(with_words(case.pages, change)), "without the header" if row else f"without a heading at {box}"


@harm
def drop_rulings(case: Case, rng: Random) -> Harmed:
    """A ruling line of a price table's page is not seen, or none of them."""
    ruled = sorted({spot.page for spot in case.of("items") if case.pages[spot.page].rulings})
    if not ruled:
        return None
    page = rng.choice(ruled)
    rulings = list(case.pages[page].rulings)
    rulings = [] if rng.random() < 0.3 else without_one(rulings, rng)
    pages = (*case.pages[:page], replace(case.pages[page], rulings=tuple(rulings)), *case.pages[page + 1 :])
    return pages, f"page {page + 1} with {len(rulings)} of {len(case.pages[page].rulings)} rulings"


def without_one(items: Sequence[Any], rng: Random) -> list[Any]:
    i = rng.randrange(len(items))
    return [*items[:i], *items[i + 1 :]]
