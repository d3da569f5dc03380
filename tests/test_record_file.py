"""A record's own file: the same text whichever library writes it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.exporters.json import text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.decimals(0, 1, places=4).map(float) | TEXTS
DATA = st.dictionaries(TEXTS, st.recursive(LEAVES, lambda part: st.lists(part) | st.dictionaries(TEXTS, part)))


@given(DATA)
def test_the_text_is_that_of_the_standard_library(data: dict[str, Any]) -> None:
    assert text(data) == json.dumps(data, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("value", [2**64, -(10**30)])
def test_no_whole_number_is_too_large(value: int) -> None:
    assert json.loads(text({"total": value})) == {"total": value}
