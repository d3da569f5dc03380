"""bench.proof and bench.confusions: what they plant and count is what they say."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from bench import confusions
from bench.proof import (
    BEGIN,
    END,
    LONG,
    checked,
    long_record,
    misread,
    other_words,
    record_of,
    searched,
    spoilt,
    tried,
    written,
)
from pipeline.proof.paths import at
from pipeline.text.amounts import parse_words


@pytest.mark.parametrize("seed", range(40))
def test_a_misread_figure_is_another_figure(seed: int) -> None:
    other = misread("1280.50", Random(seed))
    assert Decimal(other) != Decimal("1280.50")
    assert not other.startswith("00")


def test_misread_words_say_another_sum() -> None:
    words, value = other_words("捌拾万元整", Decimal(800000), Random(1))
    assert words != "捌拾万元整"
    assert parse_words(words) == value != 800000


def test_only_guarded_figures_are_misread() -> None:
    record = record_of(3)
    assert all(isinstance(at(record, path).value, Decimal) for path in checked(record))


def test_a_planted_error_is_counted_once_a_contract() -> None:
    counts = tried(7, 1)
    assert counts["contracts"] == 1
    assert counts["flagged"] == 1
    assert counts["right"] <= counts["one repair"] <= counts["mismatches"]


def test_the_figures_stand_between_their_marks(tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    written("new", page)
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_only_single_misreadings_are_counted() -> None:
    counts = confusions.counted([("71", "77"), ("11", "77"), ("770", "7.70"), ("5", "5"), ("", "5")])
    assert counts == {"kinds": {"changed": 1, "point": 1, "lost": 1}, "figures": {"71": 1}, "numerals": {}}


def test_printed_figures_are_legible_numbers() -> None:
    rng = Random(5)
    kinds = Counter("." in confusions.figure(rng) for _ in range(50))
    assert set(kinds) == {True, False}


def test_a_long_table_agrees_until_a_figure_is_spoilt() -> None:
    record = long_record(1)
    assert len(record.line_item_tables[0].items) == LONG
    assert searched(record)[0] == []

    wrong, _ = spoilt(record, ("line_item_tables", 0, "items", 7, "amount"), Random(1))
    assert searched(wrong)[0]
