"""A page's lines in reading order: rows from top to bottom, side-by-side blocks one by one, running heads set aside.

An engine gives a row of print in pieces, wherever it saw a gap (`甲方：____` | `（盖章）`). Pieces on one baseline
are one `Row` again, except where the gap parts two labels (`开户行：… 账号：…`), which are rows of their own. Where
甲方 and 乙方 sign side by side, the left block is read before the right one. Running heads and page numbers (`第 3
页 共 10 页`, `- 3 -`, `3/12`) stand in the margins, on most pages, and are no text of the contract.

>>> from pipeline.model.page import Word
>>> def piece(text, x, y):
...     box = Box(x, y, x + 10 * len(text), y + 10)
...     return Line((Word(text, box, 1.0),), box, 1.0)
>>> [row.text.text for row in rows([piece("（签字）", 90, 1), piece("法人：", 10, 0), piece("日期：", 10, 20)], page=1)]
['法人：（签字）', '日期：']
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.layout.numbering import readings
from pipeline.model.page import Line, Page, Word
from pipeline.model.passage import Passage, joined
from pipeline.model.source import Box, around
from pipeline.text import parties
from pipeline.text.money import NUMERAL

LABEL = re.compile(
    r"\s*[（(]?[\u4e00-\u9fff](?:[\u4e00-\u9fff（）()【】\[\]/、\s]|[（(][A-Za-z][A-Za-z./\s]{0,20}[)）]){1,15}[：:]"
)
PARTY = re.compile(r"\s*[甲乙丙丁]\s*方[^，。：:]{0,10}[：:]")
# A party's label whose colon was not read, or isn't printed: 乙方（盖章）某公司
SIGNED = re.compile(r"\s*[\u4e00-\u9fff]{2,6}(?:[（(][^（()）]{1,8}[)）])?[（(](?:单位)?[盖公签][章字][)）]?")
# A party's word and what its bracket says, whatever a seal left of the rest: 供应商（乙方, 采购人（图）
NAMED = re.compile(rf"\s*(?:{parties.PARTY})[（(][^（()）]{{1,4}}(?:[)）]|$)")
# The right one of two parties' labels, run together with the left one's name
RUN_TOGETHER = re.compile(
    rf"[^，。；、：:]{{2,}}?(?P<label>(?:{parties.PARTY})[（(][甲乙丙丁]方[)）])(?:[（(][盖公签][^，。；]*)?"
)
WITH_VALUE = re.compile(r".*[：:].*[^：:\s]\s*$")
PAGE_NUMBER = re.compile(
    r"[-—–−一_·•.~\s]*(?:第\s*)?(?:\d{1,4}|[IVXivx]{1,6}|[一二三四五六七八九十]{1,4}(?=\s*页))\s*页?"
    r"(?:\s*[,，/／|]?\s*共?\s*\d{1,4}\s*页?)?[-—–−一_·•.~\s]*"
)
DUST = re.compile(r"(?<=[\u4e00-\u9fff)）])[.·．,，](?=\s*[:：])")
SPECKS = frozenset("·•.,'`´‘’，。、:;-_~^*")
PART_OF_A_SUM = re.compile(rf"[\d¥￥%元圆角分{NUMERAL}]")
LEGIBLE = 0.6  # confidence below which an isolated character is no text
MARGIN = 0.12  # of the page's height: where running heads and page numbers stand
COVER = 12  # rows: a page with more is no cover
BLOCK = 12  # baselines: what two parties state side by side
ALIGNED = 0.5  # of a line's height, by which the lines of one block may begin apart
ENOUGH = 3  # labels below each other: a block
TWINS = 2  # labels that two blocks have on the same baselines
FEW_HEADS = 64  # of rows in margins, which are all compared with each other
REPEATED_SIZE = 1.25  # times a running head's usual size: the title that it repeats is larger
SUM = re.compile(r"[¥￥]|\d[.,，]\d|\d\s*[万亿]?元")
REPEATED = 0.4  # of the pages: from here on a repeated line is a running head (facing pages may differ)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of print (within one column): its text as printed, its place, and the size of its characters.

    `edge` is how far right the longest row of its block reaches, where blocks stand side by side.
    """

    page: int
    text: Passage
    box: Box
    size: float
    edge: float | None = None


def row_of(pieces: Sequence[Line], page: int, edge: float | None = None) -> Row:
    pieces = without_speck(pieces)
    heights = [word.box.height for piece in pieces for word in piece.words] or [pieces[0].box.height]
    text = joined(Passage.of(piece, page) for piece in pieces)
    return Row(page, text, around(piece.box for piece in pieces), statistics.median(heights), edge)


def without_dust(line: Line) -> Line:
    """The line without a speck that was read as a point between a label and its colon: 甲方（盖章）.："""
    specks = {match.start() for match in DUST.finditer(line.text)}
    if not specks:
        return line
    places = itertools.count()
    texts = ["".join(char for char in word.text if next(places) not in specks) for word in line.words]
    words = (replace(word, text=text) for word, text in zip(line.words, texts, strict=True) if text)
    return replace(line, words=tuple(words))


def without_speck(pieces: Sequence[Line]) -> Sequence[Line]:
    """The row without a speck of dust that was read as a sign before its clause number."""
    first, *others = pieces
    words = first.words[1:] or (others[0].words if others else ())
    text = "".join(word.text for word in words).strip()
    if first.words[0].text not in SPECKS or not any(number.marked for number in readings(text)):
        return pieces
    return [piece_of(first, first.words[1:]), *others] if first.words[1:] else others


def rows(lines: Iterable[Line], page: int) -> tuple[Row, ...]:
    """The lines of one page as rows in reading order."""
    read = [part for line in lines if line.text.strip() for part in at_gaps(without_dust(line))]
    baselines = on_baselines(line for line in read if not is_residue(line, read))
    return tuple(row_of(part, page, edge) for pieces, edge in in_order(baselines) for part in at_labels(pieces))


def is_residue(line: Line, lines: Sequence[Line]) -> bool:
    """A character or three, hardly legible and with nothing beside them, or beside the text: what is left of a seal, or
    a speck. A figure or a numeral beside the text may be the end of a sum."""
    if line.confidence >= LEGIBLE or len(line.text.strip()) > 3:
        return False
    text = [other.box for other in lines if other.confidence >= LEGIBLE and len(other.text) > 3]
    if (
        text
        and not PART_OF_A_SUM.search(line.text)
        and not min(box.x0 for box in text) <= line.box.x1 <= max(box.x1 for box in text)
    ):
        return True
    reach = 3 * line.box.height
    near = Box(line.box.x0 - reach, line.box.y0, line.box.x1 + reach, line.box.y1)
    return not any(near.overlap(other.box) for other in lines if other is not line and other.confidence >= LEGIBLE)


def at_gaps(line: Line) -> list[Line]:
    """A line cut where a gap parts one label with its value from the next label, as between two columns."""
    for i, word in enumerate(line.words[1:], 1):
        if word.text.startswith(" ") and LABEL.match(line.text):
            left, right = piece_of(line, line.words[:i]), piece_of(line, line.words[i:])
            if apart(left, right) and LABEL.match(right.text) and WITH_VALUE.match(left.text):
                return [left, *at_gaps(right)]
    together = RUN_TOGETHER.fullmatch(line.text)
    return cut_at(line, together.start("label")) if together else [line]


def cut_at(line: Line, place: int) -> list[Line]:
    """The line as two, cut before the word that begins at that place of its text; whole where none does."""
    starts = list(itertools.accumulate((len(word.text) for word in line.words), initial=0))
    if place not in starts[1:-1]:
        return [line]
    at = starts.index(place)
    return [piece_of(line, line.words[:at]), piece_of(line, line.words[at:])]


def piece_of(line: Line, words: tuple[Word, ...]) -> Line:
    return Line(words, around(word.box for word in words), line.confidence)


def on_baselines(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines grouped by baseline, top to bottom; each group left to right, nothing in it one above the other."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.box.y0 + line.box.y1):
        group = next((g for g in reversed(groups[-3:]) if all(beside(line, other) for other in g)), None)
        if group is None:
            groups.append([line])
        else:
            group.append(line)
    ordered = [sorted(group, key=lambda line: line.box.x0) for group in groups]
    return sorted(ordered, key=lambda group: sum(line.box.y0 + line.box.y1 for line in group) / len(group))


def beside(a: Line, b: Line) -> bool:
    """Do both stand on one baseline without covering each other?"""
    one, other = a.box, b.box
    half = 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > half and max(one.x0, other.x0) - min(one.x1, other.x1) > -half


def at_labels(pieces: Sequence[Line]) -> list[list[Line]]:
    """A baseline cut where a gap parts one label with its value from the next label."""
    parts = [[pieces[0]]]
    for left, right in itertools.pairwise(pieces):
        before = "".join(piece.text for piece in parts[-1])
        if apart(left, right) and LABEL.match(right.text) and re.search("[：:]", before):
            parts.append([])
        parts[-1].append(right)
    return parts


def in_order(baselines: Sequence[list[Line]]) -> Iterator[tuple[list[Line], float | None]]:
    """The baselines from top to bottom; of two blocks side by side, all of the left one first, with its right edge."""
    at = 0
    while at < len(baselines):
        end, gutter = side_by_side(baselines, at)
        if end == at + 1:
            yield baselines[at], None
        else:
            every = [line for baseline in baselines[at:end] for line in baseline]
            for block in partition(every, gutter):
                yield from ((pieces, max(line.box.x1 for line in block)) for pieces in on_baselines(block))
        at = end


def partition(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    return [line for line in lines if line.box.x0 < gutter], [line for line in lines if line.box.x0 >= gutter]


def side_by_side(baselines: Sequence[Sequence[Line]], start: int) -> tuple[int, float]:
    """The end of the two-column band that begins at `start`, and its gutter; just the next baseline if none does."""
    right = right_block(baselines[start : start + BLOCK])
    if right is None:
        return start + 1, 0.0
    gutter = right.box.x0 - 0.5 * right.box.height
    end = start
    while (
        end < len(baselines) and clear(baselines[end], gutter) and (end == start or near(*baselines[end - 1 : end + 1]))
    ):
        end += 1
    end = before_next_party(baselines[start:end], gutter) + start
    in_right = sum(line.box.x0 >= gutter for baseline in baselines[start:end] for line in baseline)
    return (end, gutter) if in_right >= 2 else (start + 1, 0.0)


def before_next_party(band: Sequence[Sequence[Line]], gutter: float) -> int:
    """How many baselines of a band are one party's, where the parties stand one below the other: their fields share
    lines (`法定代表人：…  地址：…`), and only the left edge names a party."""
    named = [(at, line) for at, baseline in enumerate(band) for line in baseline if parties.LABEL.match(line.text)]
    if any(line.box.x0 >= gutter for _, line in named):
        return len(band)
    return next((at for at, _ in named if at > 0), len(band))


def right_block(baselines: Sequence[Sequence[Line]]) -> Line | None:
    """The piece that begins a right-hand block: a label beside a label, over a gap, on (nearly) one baseline.

    A seal may hide either label; then those that stand below each other on both sides tell.
    """
    first = baselines[0][0]
    every = itertools.chain.from_iterable(baselines)
    labels = [line for line in every if any(label.match(line.text) for label in (LABEL, SIGNED, NAMED))]
    for piece in itertools.chain.from_iterable(baselines[:2]):
        level = abs(piece.box.center[1] - first.box.center[1]) < first.box.height
        if not level or piece is first or not apart(first, piece):
            continue
        column = [line for line in labels if abs(line.box.x0 - piece.box.x0) < ALIGNED * piece.box.height]
        left = [line for line in labels if line.box.x1 < piece.box.x0]
        both = first in labels and piece in labels
        if both or min(len(left), len(column)) >= ENOUGH or len(twins(baselines, column)) >= TWINS:
            return piece
    return None


def twins(baselines: Sequence[Sequence[Line]], column: Sequence[Line]) -> list[Line]:
    """The labels of a column that stand at its left as well, on the same baseline: both parties give a date."""

    def name(line: Line) -> str:
        label = LABEL.match(line.text)
        return label.group() if label else ""

    return [
        line
        for baseline in baselines
        for line in baseline
        if line in column and name(line) and any(name(other) == name(line) for other in baseline if other is not line)
    ]


def apart(left: Line, right: Line) -> bool:
    """Is the gap between two pieces wider than between words? Before a party's label any gap will do."""
    gap, height = right.box.x0 - left.box.x1, right.box.height
    return gap > height or (gap > -0.5 * height and PARTY.match(right.text) is not None)


def clear(baseline: Sequence[Line], gutter: float) -> bool:
    """Does nothing on the baseline cross the gutter?"""
    return not any(
        line.box.x0 < gutter - line.box.height and line.box.x1 > gutter + line.box.height for line in baseline
    )


def near(above: Sequence[Line], below: Sequence[Line]) -> bool:
    """Is the gap between two baselines that of lines in one block?"""
    height = max(line.box.height for line in below)
    return min(line.box.y0 for line in below) - max(line.box.y1 for line in above) < 3.5 * height


def running(pages: Sequence[tuple[float, Sequence[Row]]]) -> frozenset[tuple[int, Box]]:
    """Page and box of every running head and page number; each page comes as its height and its rows.

    A head that states something (`合同编号：2025-01`) is text where it stands first: it may stand nowhere else. The
    title that the heads repeat is printed larger than they are, and elsewhere. Of two pages both show the same head at
    one level; their feet may be text.
    """
    margins = [row for height, page in pages for row in outermost(page, height)]
    two = len(pages) == 2
    heads = Counter(key(row) for row in margins if not two or is_on_both(row, margins, pages[0][0]))
    wanted = 2 if two else max(3, round(REPEATED * len(pages)))
    least = max(2, wanted // 4) if len(heads) > FEW_HEADS else 1  # worn, each page's may be misread in its own way
    often = [head for head, count in heads.items() if count >= least]
    likenesses = {head: [other for other in heads if alike(head, other)] for head in often}
    repeated = {other for others in likenesses.values() if sum(heads[o] for o in others) >= wanted for other in others}
    said = next((row for row in margins if key(row) in repeated and WITH_VALUE.match(row.text.text)), None)
    kept = said if said and is_first(said, pages) else None
    again = [row for row in margins if key(row) in repeated]
    usual = statistics.median([row.size for row in again] or [0.0])
    again = [row for row in again if (row.size < REPEATED_SIZE * usual and not two) or is_level(row, again)]
    numbered = (row for row in margins if PAGE_NUMBER.fullmatch(row.text.text.strip()))
    return frozenset((row.page, row.box) for row in (*again, *numbered) if row is not kept)


def is_running(line: Line, page: Page, heads: Sequence[Row]) -> bool:
    """Whether a line in a page's margin is one of the running heads of the other pages, at their place; a bare number
    may be a cell's, and a sum is (本页小计：5000.00)."""
    inside = MARGIN * page.height < line.box.center[1] < (1 - MARGIN) * page.height
    worded = re.search(r"[^\W\d_]", line.text) is not None and not SUM.search(line.text)
    return not inside and worded and is_level(row_of([line], page.number), heads)


def is_on_both(row: Row, margins: Sequence[Row], height: float) -> bool:
    """Whether a row above the middle of one of two pages stands on the other, too, to the letter: what both state
    differently (合计：100元) is no head."""
    top = row.box.center[1] < height / 2
    return top and any(other.page != row.page and other.text.text == row.text.text for other in margins)


def is_level(row: Row, heads: Sequence[Row]) -> bool:
    """Whether a row stands where half of the running heads like it do, which an engine's larger boxes don't make a
    title."""
    others = [head.box.center[1] for head in heads if head is not row and alike(key(head), key(row))]
    near = sum(abs(other - row.box.center[1]) < row.size for other in others)
    return bool(others) and 2 * near >= len(others)


def is_first(row: Row, pages: Sequence[tuple[float, Sequence[Row]]]) -> bool:
    """Does the row stand on the first page, or on the one behind a cover?"""
    before = itertools.takewhile(lambda page: row not in page, (rows for _, rows in pages))
    return sum(len(rows) for rows in before) <= COVER


def outermost(rows: Sequence[Row], height: float) -> list[Row]:
    """The first and last two rows of a page, where they stand in its margins."""
    ordered = sorted(rows, key=lambda row: row.box.center[1])
    top = [row for row in ordered[:2] if row.box.center[1] < MARGIN * height]
    return top + [row for row in ordered[-2:] if row.box.center[1] > (1 - MARGIN) * height]


def key(row: Row) -> str:
    """A running head's text without what changes from page to page."""
    return re.sub(r"\d+", "#", re.sub(r"\s", "", row.text.text))


def alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and fuzz.ratio(a, b) > 85)
