"""Columns that no ruling parts: their names from the header's texts, their borders from the white below.

A header names its columns side by side; a long name wraps (`综合单价` over `（元）`), a short one is spaced (`序 号`).
Where one column ends and the next begins the rows below tell (gutters).

>>> without_specks("· 合计.（元）")
'合计（元）'
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance import Levenshtein

from pipeline.layout.cells import CLOSING, line_of, standing
from pipeline.layout.headers import is_header, is_name
from pipeline.model.page import Line, Word
from pipeline.model.source import Box, around
from pipeline.text.roles import SEQ, SPECKS, is_known, nearly, role_of

Stretch: TypeAlias = tuple[float, float]
Band: TypeAlias = Sequence[Line]

GAP = 0.55  # of a text's height: what stands farther apart on a line stands in two columns
WIDE = 0.4  # of a text's height, by which a character is wider than its square
CLOSE = 0.25  # of a text's height: characters of one word stand nearer
HAIR = 0.05  # of a text's height: white between a figure and a word that an engine sees as one
SPACED = 4.0  # text heights between the characters of one spaced name
FEW = 4  # characters, of which most may be narrow ones (目, 内)
MOST_NAMES = 0.5  # of the names of a header that is repeated; others may be misread
NEARLY_ALL = 0.7  # of the names: then others may be misread beyond knowing
MISREAD = 3  # one character of a name in so many
LEAST = 3  # columns, fewer are no table where nothing parts them
PRICES = re.compile(
    r"(?:总[价额计]|合价|小计|金额|费用|价[格款]|报价|合计|租金|货款|酬金|造价)(?:[（(].*|万?元[)）])?$"
)
YUAN = re.compile(r"[（(](?:人民币)?[十百千万亿]?元[)）]$")
FIGURE = re.compile(r"[¥￥]|\d[.,]\d")  # part of a row, not of a name
FIGURES = frozenset({"quantity", "unit_price", "amount"})
TAIL = re.compile(
    r"[\W\d]*(?:总|合|小|共|累)\s*[计价]|总额|总金额|大\s*写|人民币|(?:不含|含|价)税|增值税|税[额金]|优惠|折[扣后]|抹零|减免|让利"
)
UNSEEN = 0.6  # confidence
# The heading of a group of rows; its numeral may be lost.
GROUP = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|、)\s*[一-鿿]{2}")
IN_WORDS_OR_FIGURES = ("大写", "小写")  # one word, however wide it is spaced
LONG = 12  # characters: a longer text over several columns is prose
PUNCTUATION = re.compile(r"[（）()：:，、。；]")
ENDING = tuple("：:，、。；")
UNIT = re.compile(r"[元万个台套月年天日次人项份张户平米公点条号]")
DUST = re.compile(r"(?<=[一-鿿])[,.，。·、'`‘’]+(?=[（(])")
CATEGORY = re.compile(r"(?:类别|子类|分类|类型|大类|小类|种类)$")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns' borders and names; which one numbers the rows, which hold figures, and which the row's sum."""

    xs: tuple[float, ...]
    names: tuple[str, ...]

    @property
    def number(self) -> int | None:
        return number(self.names)

    @property
    def sums(self) -> tuple[int, ...]:
        return figures(self.names)

    @property
    def price(self) -> int | None:
        return next((i for i in reversed(self.sums) if is_price(self.names[i])), None)

    @property
    def steady(self) -> tuple[int, ...]:
        """The columns whose texts hardly ever wrap: numbers and figures."""
        return steady(self.names)

    @property
    def categories(self) -> tuple[int, ...]:
        return categories(self.names)

    @property
    def full(self) -> tuple[int, ...]:
        """The columns in which hardly a row is blank: its number, its figures, the first text that is no category."""
        return full(self.names)

    def of(self, line: Line) -> int:
        return bisect.bisect(self.xs, (line.box.x0 + line.box.x1) / 2, 1, len(self.xs) - 1) - 1

    def crossed(self, line: Line) -> int:
        """How many borders a text stands over by more than its edge."""
        edge = 0.3 * line.box.height
        return sum(line.box.x0 + edge < x < line.box.x1 - edge for x in self.xs[1:-1])


def same_names(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the names of two headers are the same but for some that were misread, none for another that is known.

    >>> same_names(("名称", "合计（元)"), ("名称", "合汁(元)")), same_names(("名称", "单价"), ("名称", "总价"))
    (True, False)
    """
    pairs = [(bare(a), bare(b)) for a, b in zip(first, second, strict=False)]
    same = sum(a == b for a, b in pairs)
    if len(first) != len(second) or same < MOST_NAMES * len(pairs):
        return False
    plainly = same >= NEARLY_ALL * len(pairs)
    return all(a == b or (may_be_misread(a, b) and (plainly or is_near(a, b))) for a, b in pairs)


def may_be_misread(first: str, second: str) -> bool:
    """Whether two different names may be one: they aren't both known, as names of different things."""
    return len({role_of(name) for name in (first, second)} - {"other"}) < 2


def is_near(first: str, second: str) -> bool:
    """Whether few characters of two names differ."""
    return Levenshtein.distance(first, second) <= max(1, len(first) // MISREAD)


def bare(name: str) -> str:
    """The words and units of a name, without brackets and signs."""
    return re.sub(r"\W", "", name)


@lru_cache(maxsize=256)
def figures(names: tuple[str, ...]) -> tuple[int, ...]:
    """Which of the columns hold quantities, prices and sums."""
    return tuple(i for i, name in enumerate(names) if is_price(name) or role_of(name) in FIGURES)


@lru_cache(maxsize=256)
def number(names: tuple[str, ...]) -> int | None:
    return 0 if is_number(names[0]) else None


@lru_cache(maxsize=256)
def steady(names: tuple[str, ...]) -> tuple[int, ...]:
    counting = number(names)
    return tuple(sorted({*figures(names), *([] if counting is None else [counting])}))


@lru_cache(maxsize=256)
def categories(names: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(i for i, name in enumerate(names) if CATEGORY.search(name))


@lru_cache(maxsize=256)
def full(names: tuple[str, ...]) -> tuple[int, ...]:
    others = {*steady(names), *categories(names)}
    naming = [i for i in range(len(names)) if i not in others][:1]
    return (*steady(names), *naming)


def is_price(name: str) -> bool:
    """Whether a name is that of a row's sum, a character misread perhaps where its unit says so.

    >>> is_price("合价"), is_price("总价元）"), is_price("会额（元）"), is_price("会额"), is_price("单价（元）")
    (True, True, True, False, False)
    >>> is_price("台价（元）"), is_price("台价")
    (True, False)
    """
    unknown = not is_known(name) or role_of(name) == "amount"
    misread = unknown and YUAN.search(name) is not None and nearly(name, "amount")
    return misread or PRICES.search(name) is not None


def is_number(name: str) -> bool:
    """Whether a name is that of the rows' numbers, a character misread perhaps.

    >>> is_number("序号"), is_number("席号"), is_number("房号")
    (True, True, False)
    """
    return SEQ.fullmatch(name) is not None or (nearly(name, "seq") and not is_name(name))


@dataclass(frozen=True, slots=True)
class Open:
    """A table that the page's end may have cut.

    `last` is its last row's number, `torn` says that no ruling closes its last row, `totalled` that a total does, and
    `ruled` that rulings part its rows. `names` are its header's, with their places; `alone` says that the header stands
    alone at the page's foot.
    """

    page: int
    columns: Columns
    last: int | None = None
    torn: bool = False
    totalled: bool = False
    ruled: bool = False
    alone: bool = False
    names: tuple[tuple[Stretch, str], ...] = ()


def pieces(lines: Sequence[Line]) -> list[Line]:
    """The lines, cut where a gap parts two columns, each as high as its characters are wide.

    An engine's boxes reach up to the lines above and below; the width of Chinese characters, which are square, doesn't.
    """
    usual = statistics.median(widths(lines) or [math.inf])
    return [piece for line in lines for piece in cut(trimmed(line, usual))]


def widths(lines: Iterable[Line]) -> list[float]:
    """The widths of the lines' Chinese characters."""
    return [word.box.width for line in lines for word in line.words if is_character(word.text)]


def is_character(text: str) -> bool:
    """Whether a word is one Chinese character, with the space before it perhaps.

    >>> is_character("元"), is_character(" 元"), is_character("金元"), is_character("1元"), is_character("")
    (True, True, False, False, False)
    """
    return "一" <= text[-1:] <= "鿿" and (len(text) == 1 or (len(text) == 2 and text[0].isspace()))


def trimmed(line: Line, usual: float) -> Line:
    """The line without what its box holds above and below its characters; `usual` is their size on the page."""
    mine = widths([line])
    size = statistics.median(mine) if len(mine) > FEW else usual
    if line.box.height <= size:
        return line
    y0, y1 = line.box.center[1] - size / 2, line.box.center[1] + size / 2
    words = (Word(word.text, Box(word.box.x0, y0, word.box.x1, y1), word.confidence) for word in line.words)
    return Line(tuple(words), Box(line.box.x0, y0, line.box.x1, y1), line.confidence)


def cut(line: Line) -> Iterator[Line]:
    words = squared([word for word in line.words if word.text.strip()])
    start = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or parted(words[i - 1], words[i]) or is_white(words[i]):
            kept = tuple(words[start:i])
            yield line_of(kept[1:] if len(kept) > 1 and is_white(kept[0]) else kept, line)
            start = i


def is_white(word: Word) -> bool:
    """Whether a word is no more than a sign that was seen in the white between two others, unsurely: 计量单☑单价."""
    return word.confidence < UNSEEN and unicodedata.category(word.text.strip()[:1]) == "So"


def parted(before: Word, after: Word) -> bool:
    """Whether two words of a line stand in two columns; the signs of punctuation have white of their own, and behind a
    bracket a column may end, before a colon none."""
    if after.box.x0 - before.box.x1 <= GAP * after.box.height:
        return False
    first, second = before.text.strip()[-1:], after.text.strip()[:1]
    if first + second in IN_WORDS_OR_FIGURES:
        return False
    wide = 2 if second in ENDING or (first not in CLOSING and PUNCTUATION.search(first + second)) else 1
    return white(before, after) > wide * GAP * after.box.height


def white(before: Word, after: Word) -> float:
    """The white between two words; that beside a narrow character (目, 一) up to the square that it stands in."""
    gap = after.box.x0 - before.box.x1
    if is_character(before.text) and is_character(after.text):
        return min(gap, after.box.center[0] - before.box.center[0] - after.box.height)
    return gap


def squared(words: Sequence[Word]) -> list[Word]:
    """The words, characters no wider than high where an engine drew two out into the white between them, as it does
    amid a fax's noise; less says so where it saw a space there."""
    kept = list(words)
    widths = [word.box.x1 - word.box.x0 for word in words]
    for i, (before, after) in enumerate(itertools.pairwise(words)):
        size = after.box.y1 - after.box.y0
        if widths[i] <= size and widths[i + 1] <= size:
            continue
        alone = len(before.text.strip()) == len(after.text.strip()) == 1
        drawn = [max(0.0, word.box.width - size) / size for word in (before, after)]
        both = min(drawn) > WIDE or (after.text.startswith(" ") and sum(drawn) > WIDE)
        if alone and is_character(after.text.strip()) and both:
            x0, x1 = kept[i].box.x0, after.box.x1
            kept[i] = replace(before, box=replace(before.box, x0=x0, x1=min(before.box.x1, x0 + size)))
            kept[i + 1] = replace(after, box=replace(after.box, x0=max(after.box.x0, x1 - size)))
    return kept


def cut_at(columns: Columns, lines: Sequence[Line]) -> list[Line]:
    """The lines, cut where they go from one column into the next; labels of totals and groups stand across them."""
    return [part for piece in pieces(lines) for part in within(columns, piece)]


def within(columns: Columns, line: Line) -> Iterator[Line]:
    if (TAIL.match(line.text.strip()) or GROUP.match(line.text)) and columns.crossed(line):
        yield line
        return
    for _, words in standing(line.words, lambda word: bisect.bisect(columns.xs[1:-1], word.box.center[0]), ends=True):
        yield line_of(words, line)


def box_of(band: Band) -> Box:
    return around(line.box for line in band)


def median_height(lines: Sequence[Line]) -> float:
    heights = sorted(line.box.height for line in lines)
    return heights[len(heights) // 2]


def names_of(band: Band) -> list[tuple[Stretch, str]]:
    """The names of a header's columns, each with the stretch that it stands in; lines of one name stand together."""
    found: list[tuple[Stretch, list[Line]]] = []
    for line in sorted(band, key=lambda line: line.box.x0):
        if found and (line.box.x0 < found[-1][0][1] or goes_on(found[-1][1], line) or is_spaced(found[-1][1], line)):
            (start, end), held = found[-1]
            found[-1] = ((start, max(end, line.box.x1)), [*held, line])
        else:
            found.append(((line.box.x0, line.box.x1), [line]))
    return [(stretch, without_specks("".join(x.text for x in sorted(held, key=place_of)))) for stretch, held in found]


def without_specks(name: str) -> str:
    """A column's name without the dust around it and before its unit."""
    return DUST.sub("", "".join(name.split())).strip(SPECKS)


def place_of(line: Line) -> tuple[float, float]:
    return line.box.y0, line.box.x0


def goes_on(before: Sequence[Line], line: Line) -> bool:
    """Whether a text goes on with the name before it: right beside it, or its unit in brackets (单价 （元）)."""
    last = before[-1]
    beside = abs(line.box.center[1] - last.box.center[1]) < line.box.height / 2
    reach = 1.0 if line.text.lstrip().startswith(("（", "(")) else GAP
    return beside and line.box.x0 - last.box.x1 < reach * line.box.height


def is_spaced(before: Sequence[Line], line: Line) -> bool:
    """Whether two characters that stand apart are one name: 序 号."""
    first, second = before[0].text.strip(), line.text.strip()
    near = line.box.x0 - before[0].box.x1 < SPACED * line.box.height
    return len(before) == len(first) == len(second) == 1 and near and is_name(first + second)


def is_price_header(texts: Sequence[str]) -> bool:
    """Whether names of columns are a price table's, so plainly that no ruling is needed to say so."""
    return names_columns(texts) and any(map(is_price, texts))


def lacks_sums(texts: Sequence[str]) -> bool:
    """Whether names of columns are a price table's but for that of the sums, which a seal may hide, or which was read
    as that of the prices.

    >>> lacks_sums(["序号", "名称", "单价（元）", "数量"]), lacks_sums(["序号", "名称", "数量"])
    (True, False)
    >>> lacks_sums(["房号", "名称", "单价（元）", "数是", "单价（元）"])
    True
    """
    roles = [role_of(text) for text in texts]
    numbered = is_number(texts[0]) if texts else False
    return (
        names_columns(texts) and {"unit_price", "name"} <= set(roles) and (numbered or roles.count("unit_price") == 2)
    )


def names_columns(texts: Sequence[str]) -> bool:
    """Whether texts name the columns of a table, none of them a figure."""
    return len(texts) >= LEAST and is_header(texts) and not any(FIGURE.search(text) for text in texts)
