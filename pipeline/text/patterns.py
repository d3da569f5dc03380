"""States rules over Chinese text as token patterns, one readable line each, matched by spaCy.

A text is cut into tokens: a quantity (text.quantities) is one token, a word that the rules name is one, every other
character is one. A pattern is a line of such tokens:

    响应|应答      one of these words            内|以内?     the word may be missing
    <duration>     a quantity of this kind       @upto        the alternatives named `upto`
    @upto*         up to four of them            …8           up to eight tokens of running text
    ……8            the same, commas too

Running text never crosses a quantity, a full stop or a semicolon, and (but for ……) no comma or colon; nor does it cross a
`barrier` word, which turns a sentence round (未, 无法). Each quantity goes to one rule: the first in order that claims it,
by its shortest match. So the first rules say what a quantity is not.

>>> rules = Rules([("breach", ["超过 <duration>"]), ("response", ["<duration> 内? …8 响应"])])
>>> [(match.label, match.quantity.text) for match in rules.find("故障15分钟内响应，超过30分钟未响应的")]
[('response', '15分钟'), ('breach', '30分钟')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.text.quantities import Quantity, quantities

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import Matcher

STOPS = re.compile(r"[。；;！!？?\n]")
COMMAS = re.compile(r"[，：:]|,(?!\d)")
MARKS = re.compile(f"{STOPS.pattern}|{COMMAS.pattern}")
WORD = re.compile(r"(?P<gap>…{1,2})(?P<most>\d+)|<(?P<quantity>\w+)>|(?P<words>[^?*]+)(?P<often>[?*]?)")
OFTEN = {"": {}, "?": {"OP": "?"}, "*": {"OP": "{0,4}"}}

Token = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's claim on a quantity: characters `start` to `end` of the text."""

    label: str
    start: int
    end: int
    quantity: Quantity


class Rules:
    """Labelled patterns in order of precedence; compiled at the first use, since importing spaCy takes a second."""

    def __init__(
        self,
        rules: Sequence[tuple[str, Sequence[str]]],
        names: Mapping[str, str] | None = None,
        barriers: Iterable[str] = (),
    ) -> None:
        self.rules = tuple((label, tuple(patterns)) for label, patterns in rules)
        self.names = dict(names or {})
        self.barriers = tuple(barriers)
        self._lexer: re.Pattern[str] | None = None
        self._matcher: Matcher | None = None

    def find(self, text: str) -> tuple[Match, ...]:
        """The claims on a text's quantities, in reading order."""
        found = tuple(quantities(text))
        if not found:
            return ()
        doc, owners = self.tokens(text, found)
        best: dict[Quantity, tuple[int, int, int]] = {}
        for rule, start, end in self.matcher()(doc):
            owner = next(owners[i] for i in range(start, end) if i in owners)
            order = int(doc.vocab.strings[rule])
            best[owner] = min(best.get(owner, (order, end - start, start)), (order, end - start, start))
        return tuple(self.match(doc, owner, *best[owner]) for owner in found if owner in best)

    def match(self, doc: Any, quantity: Quantity, order: int, length: int, start: int) -> Match:
        span = doc[start : start + length]
        return Match(self.rules[order][0], span.start_char, span.end_char, quantity)

    def tokens(self, text: str, found: tuple[Quantity, ...]) -> tuple[Any, dict[int, Quantity]]:
        """The text as a spaCy Doc whose tags say what a token is, and which tokens are quantities."""
        from spacy.tokens import Doc

        words: list[str] = []
        tags: list[str] = []
        owners: dict[int, Quantity] = {}
        at = 0
        for quantity in (*found, None):
            plain = self.lexer().findall(text[at : quantity.start if quantity else None])
            words += plain
            tags += [tag(word) for word in plain]
            if quantity:
                owners[len(words)] = quantity
                words.append(quantity.text)
                tags.append(quantity.kind)
                at = quantity.end
        return Doc(language().vocab, words=words, spaces=[False] * len(words), tags=tags), owners

    def lexer(self) -> re.Pattern[str]:
        """Cuts plain text into the rules' words, the longest first, and single characters."""
        if self._lexer is None:
            words = {word for pattern in self.patterns() for token in pattern for word in token.get("TEXT", {}).get("IN", ())}
            longest = sorted({*words, *self.barriers}, key=lambda word: (-len(word), word))
            self._lexer = re.compile("|".join([*map(re.escape, longest), "."]), re.DOTALL)
        return self._lexer

    def matcher(self) -> Matcher:
        if self._matcher is None:
            from spacy.matcher import Matcher

            self._matcher = Matcher(language().vocab)
            for order, (_, patterns) in enumerate(self.rules):
                self._matcher.add(str(order), [self.compiled(pattern) for pattern in patterns])
        return self._matcher

    def patterns(self) -> list[list[Token]]:
        return [self.compiled(pattern) for _, patterns in self.rules for pattern in patterns]

    def compiled(self, pattern: str) -> list[Token]:
        return [self.token(word) for word in pattern.split()]

    def token(self, word: str) -> Token:
        """One token of a pattern as spaCy's matcher takes it."""
        part = WORD.fullmatch(word)
        if not part:
            raise ValueError(f"not a pattern's token: {word}")
        if part["gap"]:
            tags = ["text"] if len(part["gap"]) == 1 else ["text", "comma"]
            return {"TAG": {"IN": tags}, "TEXT": {"NOT_IN": list(self.barriers)}, "OP": f"{{0,{part['most']}}}"}
        if part["quantity"]:
            return {"TAG": part["quantity"]}
        named = self.names[part["words"][1:]] if part["words"].startswith("@") else part["words"]
        return {"TAG": {"IN": ["text", "comma"]}, "TEXT": {"IN": named.split("|")}, **OFTEN[part["often"]]}


def tag(word: str) -> str:
    """What a token is, for patterns' running text."""
    return "stop" if STOPS.fullmatch(word) else "comma" if COMMAS.fullmatch(word) else "text"


@cache
def language() -> Language:
    """spaCy's Chinese without a model: a vocabulary is all that the matcher needs."""
    import spacy

    return spacy.blank("zh")


def part_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the clause part, from mark to mark, that holds characters `start` to `end`.

    >>> text = "发生故障时，应在1小时内到达现场，查明原因。"
    >>> text[slice(*part_of(text, 8, 9))]
    '应在1小时内到达现场'
    """
    left = max((mark.end() for mark in MARKS.finditer(text, 0, start)), default=0)
    right = MARKS.search(text, max(start, end - 1))
    return left, right.start() if right else len(text)


def sentence_of(text: str, start: int) -> tuple[int, int]:
    """The bounds of the sentence, from full stop or semicolon to the next, around character `start`."""
    left = max((mark.end() for mark in STOPS.finditer(text, 0, start)), default=0)
    right = STOPS.search(text, start)
    return left, right.start() if right else len(text)
