"""Cells and stretches of text as cited leaves: their text, the number in them, the sum that they state.

A citation covers the value's own characters: in `¥23,040.00元` the figures, not the signs around them.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Callable, Sequence
from decimal import Decimal

from pipeline.model.document import Cell
from pipeline.model.passage import Glyph, Passage
from pipeline.model.record import Number, Text
from pipeline.model.source import MISSED, Cited, Source, line_steps
from pipeline.text.amounts import parse_words
from pipeline.text.money import Statement, without_specks
from pipeline.text.numbers import parse_money

DOUBT = 0.79  # what is mended is no surer
FEN_PLACES = 2
FEN = re.compile(r"[,，:：](\d{2})$")
GROUPED = re.compile(r"[¥￥]?\d{1,3}(?:[,，]\d{3})+[,，]\d{2}")  # of two digits after thousands only the fen are
DUST = re.compile(r"[.,，。·'`’、]+(?=[¥￥]?\d[\d,，]*\.\d{2}$)")  # before a sum that has a point of its own
TERM = re.compile(r"\d{1,3}\s*(?:年|个?月)\s*(?=[¥￥]\d[\d,]*\.\d{2}$)")
SPECKS = frozenset("·•.'`‘’")  # among the numerals of words
NEAR, FEW = 1.3, 4  # times the usual way from one character to the next; ways that show it
FIGURES = re.compile(r"-?\d(?:[\d,，.:： ]*\d)?")
COLON = re.compile(r"(?<=\d)[:：](?=\d)")  # a point with a speck above it


def text_of(passage: Passage) -> Text:
    """The passage's text as a leaf, None where it is blank."""
    return passage.cite() if passage.text.strip() else None


def printed(cell: Cell) -> Cited[str]:
    """The cell's text as a leaf of its own; a blank cell is cited by its place."""
    return cell.text.cite() if cell.text else Cited("", (Source(cell.page, cell.box, "", 1.0),))


def number_in(passage: Passage, parse: Callable[[str], Decimal | None] = parse_money) -> Number:
    """The one number that the passage states, on the evidence of its figures; None unless `parse` takes it all, but for
    dust before it, or the term of the column beside it, whose border a seal hides (2年¥3,410.00): in doubt then."""
    dust = DUST.match(passage.text) or TERM.match(passage.text)
    passage = passage[dust.end() :].no_surer(DOUBT) if dust else passage
    value = parse(passage.text)
    if value is None:
        value, passage = mended(passage, parse)
    elif lacks_line(passage):
        passage = passage.no_surer(DOUBT)
    found = FIGURES.search(passage.text)
    if value is None or not found:
        return None
    return passage.cite(*found.span()).map(lambda _: value)


def mended(passage: Passage, parse: Callable[[str], Decimal | None]) -> tuple[Decimal | None, Passage]:
    """What a figure over several lines states, in doubt, if the comma or the point that it broke at was not read
    (1,291 | 656.00; 60,703 | 73), its point was read as a comma (97680 | ,00), or dust there as a second point
    (144 | .00.00); one in a line whose point was read as a comma after others (127,725,61), or as a colon (207:87)."""
    text = passage.text
    breaks = [i for i, (a, b) in enumerate(itertools.pairwise(passage), 1) if a.line != b.line]
    texts = [text[:i] + "," + text[i:] for i in breaks]
    texts += [FEN.sub(r".\1", text)] if breaks or GROUPED.fullmatch(text) else []
    texts += [text[:i] + "." + text[i:] for i in breaks if len(text) - i == FEN_PLACES]
    texts += [text[:i] + text[i + 1 :] for i in breaks if text[i] == "." and "." in text[i + 1 :]]
    texts += [pointed(passage).text]
    found = {value for each in texts if (value := parse(each)) is not None}
    return (found.pop(), passage.no_surer(DOUBT)) if len(found) == 1 else (None, passage)


def pointed(passage: Passage) -> Passage:
    """A figure with a colon for its point, as a speck above that makes it, with the point, in doubt (207:87Mbps)."""
    found = list(COLON.finditer(passage.text))
    if len(found) != 1 or "." in passage.text:
        return passage
    start, end = found[0].span()
    return (passage[:start] + passage[start:end].fold(lambda _: ".") + passage[end:]).no_surer(DOUBT)


def lacks_line(passage: Passage) -> bool:
    """Whether a figure's lines stand so unevenly that one between two of them was not read: a comma, or digits."""
    steps = line_steps(passage.cite())
    return len(steps) > 1 and max(steps) > MISSED * min(steps)


def figures_of(passage: Passage, statement: Statement) -> Number:
    """The figures of a statement of money as a leaf in yuan; None where it has none or they aren't legal.

    A point before the fen that was read as a comma is one where the words beside the figures say so.
    """
    span = statement.figures
    text = passage.text[span.start : span.end].replace("_", "") if span else ""
    value = parse_money(f"¥{text}元")
    if value is None and FEN.search(text) and (said := words_value_of(passage, statement)):
        pointed = parse_money("¥" + FEN.sub(r".\1", text) + "元")
        value = pointed if pointed == said.value else None
    return passage.cite(span.start, span.end).map(lambda _: value) if span and value is not None else None


def words_of(passage: Passage, statement: Statement) -> Text:
    """The words of a statement of money as printed, without dust between them."""
    span = statement.words
    if span is None:
        return None
    printed = without_dust(passage[span.start : span.end])
    return passage.cite(span.start, span.end).map(lambda _: without_specks(printed))


def without_dust(words: Passage) -> str:
    """The words without specks in whose place no character can stand: their neighbours are as near as all others."""
    signs = [i for i, glyph in enumerate(words.glyphs) if glyph.char in SPECKS]
    kept = [glyph for i, glyph in enumerate(words.glyphs) if i not in signs]
    steps = [b.box.center[0] - a.box.center[0] for a, b in itertools.pairwise(kept) if a.line == b.line]
    if not signs or len(steps) < FEW:
        return words.text
    near = NEAR * statistics.median(steps)
    return "".join(
        glyph.char for i, glyph in enumerate(words.glyphs) if i not in signs or not is_between(words.glyphs, i, near)
    )


def is_between(glyphs: Sequence[Glyph], i: int, near: float) -> bool:
    """Whether a glyph stands between two of its line whose middles are so near."""
    if not 0 < i < len(glyphs) - 1:
        return False
    before, after = glyphs[i - 1], glyphs[i + 1]
    return before.line == after.line and after.box.center[0] - before.box.center[0] <= near


def words_value_of(passage: Passage, statement: Statement) -> Number:
    """What the words of a statement say; None where they can't be read."""
    words = words_of(passage, statement)
    value = parse_words(words.value) if words else None
    return words.map(lambda _: value) if words and value is not None else None
