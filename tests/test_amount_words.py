"""text.amounts: every fact about amounts in words, round trips, and refusals."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.amounts import parse_number, parse_words, to_words

FACTS = [
    json.loads(line) for line in (Path(__file__).parent / "data/amount_words.jsonl").read_text("utf-8").splitlines()
]
FEN = st.integers(0, 10**15).map(lambda fen: Decimal(fen) / 100)


def rows(*kinds: str) -> list[Any]:
    return [pytest.param(fact, id=fact["words"]) for fact in FACTS if fact["kind"] in kinds]


@pytest.mark.parametrize("fact", rows("money"))
def test_money_is_read(fact: dict[str, str]) -> None:
    assert parse_words(fact["words"]) == Decimal(fact["value"])


@pytest.mark.parametrize("fact", rows("number"))
def test_numbers_are_read(fact: dict[str, str]) -> None:
    assert parse_number(fact["words"]) == Decimal(fact["value"])


@pytest.mark.parametrize("fact", rows("error", "error_strict"))
def test_what_is_no_amount_is_refused(fact: dict[str, str]) -> None:
    assert parse_words(fact["words"]) is None
    assert parse_number(fact["words"]) is None


@pytest.mark.parametrize("fact", rows("money", "number", "lenient", "mixed"))
def test_no_reading_is_ever_wrong(fact: dict[str, str]) -> None:
    assert {parse_words(fact["words"]), parse_number(fact["words"])} <= {Decimal(fact["value"]), None}


@given(FEN)
def test_words_of_an_amount_read_back(value: Decimal) -> None:
    assert parse_words(to_words(value)) == value
    assert parse_words(f"人民币{to_words(value)}") == value


@given(FEN, st.sampled_from("任伯给武津染致方甬零壹仟佰拾"), st.integers(0, 60))
def test_a_changed_numeral_never_reads_as_the_same_sum(value: Decimal, other: str, place: int) -> None:
    words = to_words(value)
    place %= len(words)
    misread = words[:place] + other + words[place + 1 :]
    if misread.replace("零", "") != words.replace("零", "") and words[place] not in "元整":
        assert parse_words(misread) != value


@pytest.mark.parametrize(
    "words",
    [
        "贰拾万任陆佰元整",
        "佰元整",
        "壹佰伍角",
        "壹万贰万元整",
        "壹佰二元",
        "壹亿伍仟元整",
        "壹元整壹角",
        "元整",
        "人民币",
    ],
)
def test_malformed_words_are_refused(words: str) -> None:
    assert parse_words(words) is None


def test_two_places_always() -> None:
    assert str(parse_words("壹拾元整")) == "10.00"
    assert str(parse_words("人民币伍角整")) == "0.50"
    assert to_words(Decimal("1005.08")) == "壹仟零伍元零捌分"


def test_variant_forms() -> None:
    assert parse_words("貳拾參萬陸仟圓整") == Decimal("236000.00")
    assert parse_words("叄佰零伍元正") == Decimal("305.00")


def as_a_form(value: int) -> str:
    units = ("", *"拾佰仟万拾佰仟亿拾佰仟")
    digits = str(value)
    return "".join("零壹贰叁肆伍陆柒捌玖"[int(d)] + units[len(digits) - 1 - i] for i, d in enumerate(digits))


@given(st.integers(1, 10**12 - 1))
def test_a_form_with_every_place_printed_is_read(value: int) -> None:
    assert parse_words(f"{as_a_form(value)}元零角零分") == value


@given(st.integers(1000, 10**12 - 1), st.integers(1, 30))
def test_a_form_that_lost_an_inner_place_is_refused_while_it_shows_its_blanks(value: int, place: int) -> None:
    words = as_a_form(value)
    place = place % (len(words) // 2) * 2
    lost = words[:place] + words[place + 2 :]
    if place and re.search("零[佰仟]", lost):
        assert parse_words(f"{lost}元") is None
