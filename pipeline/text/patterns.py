"""States rules over Chinese text as token patterns, one readable line each, matched by spaCy.

A text is cut into tokens: a quantity (text.quantities) is one token, a word that the rules name is one, a Latin word
is one, every other character is one. A pattern is a line of such tokens:

    响应|应答      one of these words            内|以内?     the word may be missing
    <duration>     a quantity of this kind       @upto        the alternatives named `upto`
    @upto*         any number of them            …8           up to eight tokens of running text
    <duration:一日|1日>  one of these quantities   ……8          the same, commas too

Running text never crosses a quantity, a full stop or a semicolon, and (but for ……) no comma or colon; nor does it
cross a `barrier` word, which turns a sentence round (未, 无法). A match claims the last quantity in it, and each
quantity goes to one rule: the first in order that claims it, by its shortest match. So the first rules say what a
quantity is not.

>>> rules = Rules([("breach", ["超过 <duration>"]), ("response", ["<duration> 内? …8 响应"])])
>>> [(match.label, match.quantity.text) for match in rules.find("故障15分钟内响应，超过30分钟未响应的")]
[('response', '15分钟'), ('breach', '30分钟')]
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pipeline.text.quantities import Quantity, quantities

if TYPE_CHECKING:
    from spacy.language import Language

STOPS = re.compile(r"[。；;！!？?\n]")
COMMAS = re.compile(r"[，：:]|,(?!\d)")
MARKS = re.compile(f"{STOPS.pattern}|{COMMAS.pattern}")
WORD = re.compile(
    r"(?P<gap>…{1,2})(?P<most>\d+)|<(?P<quantity>\w+)(?::(?P<texts>[^>]+))?>|(?P<words>[^?*<>…]+)(?P<often>[?*]?)"
)

Wanted: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text, what it is (a quantity's kind, text, comma or stop), and where it begins."""

    text: str
    tag: str
    start: int
    quantity: Quantity | None = None

    @property
    def end(self) -> int:
        return self.quantity.end if self.quantity else self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's claim on a quantity: characters `start` to `end` of the text."""

    label: str
    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule's pattern as spaCy's matcher takes it, and how many tokens each of its gaps may take."""

    order: int
    label: str
    tokens: tuple[Wanted, ...]
    limits: Mapping[int, int]
    kinds: frozenset[str]
    words: tuple[frozenset[str], ...]

    def fits(self, alignment: Sequence[int]) -> bool:
        """Whether no gap took more tokens than its limit; `alignment` says which token of the pattern each token met.

        The matcher is given gaps without a limit, since it spells `{0,8}` out and tries every way to leave tokens out.
        """
        return all(alignment.count(gap) <= most for gap, most in self.limits.items())

    def may_match(self, words: AbstractSet[str], kinds: AbstractSet[str]) -> bool:
        """Whether the quantities that the pattern needs are among these kinds, and its words among these."""
        return self.kinds <= kinds and not any(map(words.isdisjoint, self.words))


class Rules:
    """Labelled patterns in order of precedence; compiled at the first use, since importing spaCy takes a second."""

    def __init__(
        self,
        rules: Sequence[tuple[str, Sequence[str]]],
        names: Mapping[str, str] | None = None,
        barriers: Iterable[str] = (),
    ) -> None:
        self.names = dict(names or {})
        self.barriers = tuple(barriers)
        self.patterns = tuple(
            self.pattern(order, label, line) for order, (label, lines) in enumerate(rules) for line in lines
        )

    def find(self, text: str) -> tuple[Match, ...]:
        """The claims on a text's quantities, in reading order."""
        found = tuple(quantities(text))
        tokens = [token for sentence in self.sentences(text, found) if self.may_match(sentence) for token in sentence]
        if not tokens:
            return ()
        best: dict[Quantity, tuple[int, int, int, Match]] = {}
        doc = doc_of(tokens)
        for key, start, end, alignment in self.matcher(doc, with_alignments=True):
            pattern = self.patterns[int(doc.vocab.strings[key])]
            if pattern.fits(alignment):
                owner = next(token.quantity for token in reversed(tokens[start:end]) if token.quantity)
                match = Match(pattern.label, tokens[start].start, tokens[end - 1].end, owner)
                rank = (pattern.order, end - start, start, match)
                best[owner] = min(best.get(owner, rank), rank, key=lambda rank: rank[:3])
        return tuple(best[owner][3] for owner in found if owner in best)

    def sentences(self, text: str, found: Sequence[Quantity]) -> Iterator[list[Token]]:
        """The tokens of each sentence with a quantity, to the stop that ends it: no pattern goes on behind one."""
        stops = (stop.end() for stop in STOPS.finditer(text))
        ends = [end for end in stops if not any(q.start < end < q.end for q in found)]
        for start, end in itertools.pairwise((0, *ends, len(text))):
            held = [quantity for quantity in found if start <= quantity.start < end]
            if held:
                yield list(self.tokens(text, start, end, held))

    def tokens(self, text: str, start: int, end: int, found: Sequence[Quantity]) -> Iterator[Token]:
        """The tokens of a part of the text, in which these quantities stand."""
        for quantity in (*found, None):
            for word in self.lexer.findall(text, start, quantity.start if quantity else end):
                yield Token(word, tag(word), start)
                start += len(word)
            if quantity:
                yield Token(quantity.text, quantity.kind, start, quantity)
                start = quantity.end

    def may_match(self, sentence: Sequence[Token]) -> bool:
        """Whether all that some pattern needs stands in the sentence, in whatever order."""
        kinds = {token.tag for token in sentence if token.quantity}
        words = {token.text for token in sentence}
        return any(pattern.may_match(words, kinds) for pattern in self.patterns)

    @cached_property
    def lexer(self) -> re.Pattern[str]:
        """Cuts plain text into the rules' words, the longest first, Latin words and single characters."""
        words = {word for p in self.patterns for token in p.tokens for word in token.get("TEXT", {}).get("IN", ())}
        longest = sorted({*words, *self.barriers}, key=lambda word: (-len(word), word))
        return re.compile("|".join([*map(re.escape, longest), "[A-Za-z]+", "."]), re.DOTALL)

    @cached_property
    def matcher(self) -> Any:
        from spacy.matcher import Matcher

        matcher = Matcher(language().vocab)
        for key, pattern in enumerate(self.patterns):
            matcher.add(str(key), [list(pattern.tokens)])
        return matcher

    def pattern(self, order: int, label: str, line: str) -> Pattern:
        parts = [WORD.fullmatch(word) for word in line.split()]
        if not all(parts):
            raise ValueError(f"not a pattern: {line}")
        known = [part for part in parts if part]
        limits = {i: int(part["most"]) for i, part in enumerate(known) if part["gap"]}
        wanted = tuple(map(self.wanted, known))
        needed = [each for each in wanted if "OP" not in each and "TEXT" in each]
        kinds = frozenset(part["quantity"] for part in known if part["quantity"])
        return Pattern(order, label, wanted, limits, kinds, tuple(frozenset(each["TEXT"]["IN"]) for each in needed))

    def wanted(self, part: re.Match[str]) -> Wanted:
        """One token of a pattern as spaCy's matcher takes it."""
        if part["gap"]:
            tags = ["text"] if len(part["gap"]) == 1 else ["text", "comma"]
            return {"TAG": {"IN": tags}, "TEXT": {"NOT_IN": list(self.barriers)}, "OP": "*"}
        if part["quantity"]:
            texts: Wanted = {"TEXT": {"IN": part["texts"].split("|")}} if part["texts"] else {}
            return {"TAG": part["quantity"], **texts}
        names = (self.names[name[1:]] if name.startswith("@") else name for name in part["words"].split("|"))
        often: Wanted = {"OP": part["often"]} if part["often"] else {}
        return {"TAG": {"IN": ["text", "comma"]}, "TEXT": {"IN": "|".join(names).split("|")}, **often}


def doc_of(tokens: Sequence[Token]) -> Any:
    """The tokens as spaCy takes them."""
    from spacy.tokens import Doc

    words, tags = [token.text for token in tokens], [token.tag for token in tokens]
    return Doc(language().vocab, words=words, spaces=[False] * len(words), tags=tags)


@lru_cache(maxsize=4096)
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
