"""Where a clause stands in the tree: 第三条 / 一、 / 1. / 1.1 / (1), decided by the nesting seen.

Which style of number stands below which differs from contract to contract (一、 above 1. here, below 第三条 there).
A number that goes on an open list continues it and closes all that is below; a number that begins a list opens it
below the innermost clause. `1、` below `4、付款方式` is such a list too, and a second `5、` after its `5、` goes on
the outer one. Each annex and each body begins anew. A number that neither continues a list nor begins one is no
clause number (2024、).

>>> from pipeline.layout.numbering import readings
>>> outline = Outline()
>>> for text in ("第一条服务内容", "1.乙方负责：", "(1)巡检。", "(2)报修。", "2.甲方配合。", "9.0版", "第二条期限"):
...     node = outline.clause(text, readings(text))
>>> [(node.printed, node.depth) for node in outline.root.below()]
[('第一条', 1), ('1.', 2), ('(1)', 3), ('(2)', 3), ('2.', 2), ('第二条', 1)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pipeline.layout.numbering import Number
from pipeline.layout.paragraphs import SENTENCE_END, Typeset
from pipeline.model.document import Table

Kind: TypeAlias = Literal["clause", "annex", "body", "heading", "graded"]

UNITS = ("部分", "编", "篇", "章", "节", "条")  # outermost first; each may lack
LOST = 3  # so far ahead a number may be and still continue its list: members between were not read, or never printed
# A remark in brackets may stand behind, or what a seal has of it.
HEADING = re.compile(r"[\u4e00-\u9fff、]{2,20}(?:[（(][^（()）。；：:;]{0,20}[）)]?)?")
KIN = {"(1)": "1)", "1)": "(1)"}  # a scan loses the first bracket


@dataclass(slots=True, eq=False)
class Node:
    """A section in the making.

    `text` is its own line without the number, `content` what stands in it before its children, besides its own line.
    """

    number: Number | None = None
    text: str = ""
    kind: Kind = "clause"
    parent: Node | None = None
    line: Typeset | None = None
    content: list[Typeset | Table] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.number.style if self.number else ""

    @property
    def value(self) -> tuple[int, ...]:
        return self.number.value if self.number else ()

    @property
    def printed(self) -> str:
        return self.number.printed if self.number else ""

    @property
    def depth(self) -> int:
        return 0 if self.parent is None else self.parent.depth + 1

    def below(self) -> Iterator[Node]:
        """All nodes below, in the order of the paper."""
        for child in self.children:
            yield child
            yield from child.below()

    def introduces(self) -> bool:
        """Does its line call for a list: a heading, or a sentence that ends in a colon?"""
        last = self.content[-1] if self.content else None
        text = last.text if isinstance(last, Typeset) else self.text
        return text.endswith(("：", ":")) or not SENTENCE_END.search(text)


@dataclass(slots=True)
class Outline:
    """The tree as it grows, and the chain of sections that are open, outermost (the document) first."""

    root: Node = field(default_factory=Node)
    open: list[Node] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open = [self.root]

    @property
    def innermost(self) -> Node:
        return self.open[-1]

    @property
    def part(self) -> int:
        """Where in `open` the current body or annex stands: numbers do not reach beyond it."""
        return 1 if len(self.open) > 1 and self.open[1].kind in ("annex", "body") else 0

    def add(self, parent: Node, node: Node) -> Node:
        """Opens `node` below `parent`, which must be open, and closes all else below it."""
        node.parent = parent
        parent.children.append(node)
        self.open = [*self.open[: self.open.index(parent) + 1], node]
        return node

    def begin(self, kind: Kind, text: str, number: Number | None = None) -> Node:
        """A body or an annex."""
        return self.add(self.root, Node(number, text, kind))

    def close(self) -> None:
        """Closes every clause, as the signatures do."""
        self.open = self.open[: self.part + 1]

    def heading(self, text: str) -> Node:
        """A heading without a number: beside the one before it, or below one that it narrows (预警 / 蓝色预警)."""
        others = [node for node in self.open[self.part + 1 :] if node.kind == "heading"]
        wider = next((node for node in others if qualifies(text, node.text)), None)
        titled = next((node for node in reversed(self.open) if not SENTENCE_END.search(node.text)), self.root)
        beside = others[0].parent if others else titled
        return self.add(wider or beside or self.root, Node(text=text, kind="heading"))

    def graded(self, text: str) -> Node:
        """A graded definition, beside the one before it."""
        before = next((node for node in self.open[self.part + 1 :] if node.kind == "graded"), None)
        return self.add(before.parent if before and before.parent else self.innermost, Node(text=text, kind="graded"))

    def clause(self, text: str, numbers: Sequence[Number]) -> Node | None:
        """The section that a paragraph with these readings of its beginning opens; None if it is no clause."""
        for number in numbers:
            parent = self.parent_of(number)
            if parent is not None:
                return self.add(parent, Node(number, text[len(number.printed) :].strip()))
        return self.misnumbered(text, numbers) or self.late(text, numbers)

    def late(self, text: str, numbers: Sequence[Number]) -> Node | None:
        """A heading like 三、委托人的义务 where the ones before it lost their numbers: it stands in the part
        itself, which has no clauses of a wider style."""
        chain = self.open[self.part + 1 :]
        if any(node.style in (*UNITS, "一") for node in chain):
            return None
        for number in numbers:
            rest = text[len(number.printed) :].strip()
            if number.style == "一" and number.marked and number.last <= 1 + LOST and HEADING.fullmatch(rest):
                return self.add(self.open[self.part], Node(number, rest))
        return None

    def misnumbered(self, text: str, numbers: Sequence[Number]) -> Node | None:
        """A heading whose number the paper repeats by mistake (二、 after 二、), beside its namesake."""
        for number in numbers:
            rest = text[len(number.printed) :].strip()
            same = (
                node for node in self.open[self.part + 1 :] if (node.style, node.value) == (number.style, number.value)
            )
            twin = next(same, None)
            sure = number.marked or number.style == "一"  # which alone in its line heads a clause without its mark, too
            if twin and twin.parent and sure and HEADING.fullmatch(rest) and HEADING.fullmatch(twin.text):
                return self.add(twin.parent, Node(number, rest))
        return None

    def parent_of(self, number: Number) -> Node | None:
        if number.style == "附件":
            return None
        if number.style in UNITS:
            return self.parent_of_unit(number)
        return (
            self.continued(number, 1)
            or self.owner(number)
            or self.first_of_list(number)
            or self.continued(number, LOST)
        )

    def parent_of_unit(self, number: Number) -> Node:
        """第三条 stands below the innermost open 节 or 章 (or titled 一、), whatever its value."""
        wider = UNITS[: UNITS.index(number.style)]
        chain = self.open[self.part + 1 :]
        stop = next((i for i, node in enumerate(chain) if node.style == number.style), len(chain))
        above = [
            node for node in chain[:stop] if node.style in wider or (node.style in ("一", "") and node.introduces())
        ]
        return above[-1] if above else self.open[self.part]

    def continued(self, number: Number, reach: int) -> Node | None:
        """The parent of the list that `number` goes on: the innermost that fits, one with the same mark before all."""
        fits = [node for node in reversed(self.open[self.part + 1 :]) if goes_on(node, number, reach)]
        same = [node for node in fits if node.printed[-1:] == number.printed[-1:]]
        chosen = next(iter([*same, *fits]), None)
        return chosen.parent if chosen else None

    def owner(self, number: Number) -> Node | None:
        """The clause 2 that 2.1 stands in; or 2 for 2.3.1, where 2.3 is not printed."""
        chain = self.open[self.part + 1 :]
        prefixes = (number.value[:end] for end in range(len(number.value) - 1, 0, -1))
        found = (node for prefix in prefixes for node in reversed(chain) if node.value == prefix)
        return next((node for node in found if comes_after(number, node.children)), None)

    def first_of_list(self, number: Number) -> Node | None:
        """The innermost clause, for a number that begins a list; or beside a list of its style that begins again."""
        if set(number.value) != {1} or not number.marked:
            return None
        again = next((node for node in reversed(self.open[self.part + 1 :]) if node.style == number.style), None)
        if again is None or self.innermost.introduces():
            return self.innermost
        return again.parent


def goes_on(node: Node, number: Number, reach: int) -> bool:
    """Does `number` come after `node` in one list, at most `reach` on?"""
    kin = node.style == number.style or (reach == 1 and KIN.get(node.style) == number.style)
    ahead = number.last - node.value[-1] if node.value else 0
    return kin and node.value[:-1] == number.value[:-1] and 0 < ahead <= reach and (number.marked or reach == 1)


def comes_after(number: Number, siblings: Sequence[Node]) -> bool:
    """Is `number` beyond all of its style among `siblings`? Points leave numbers out (1.1, 1.3), but never go back."""
    return all(node.value < number.value for node in siblings if node.style == number.style)


def qualifies(text: str, wider: str) -> bool:
    """Does `text` narrow `wider` by a Chinese word: 蓝色预警 by 预警 (but not II级 by I级)?"""
    before = text.removesuffix(wider)
    return before != text and len(before) >= 2 and before[-1] > "\u2e80"
