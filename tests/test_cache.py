import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cache import PageCache, key_of, page_as_json, page_from
from pipeline.model.mesh import Mesh
from pipeline.model.page import Frame, Line, Page, Ruling, Word
from pipeline.model.source import Box

NUMBERS = st.floats(-1e6, 1e6, allow_subnormal=False) | st.integers(-9999, 9999)
BOXES = st.builds(Box, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
WORDS = st.builds(Word, st.text(min_size=1, max_size=8), BOXES, st.floats(0, 1, allow_subnormal=False))
LINES = st.builds(Line, st.lists(WORDS, max_size=4).map(tuple), BOXES, st.floats(0, 1, allow_subnormal=False))
RULINGS = st.builds(Ruling, NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.floats(0, 20, allow_subnormal=False))
SIZES = st.integers(1, 9999)
KNOTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=3).map(tuple)
MESHES = st.builds(Mesh, SIZES, SIZES, st.lists(KNOTS, min_size=2, max_size=3).map(tuple))
FRAMES = st.builds(
    Frame,
    SIZES,
    SIZES,
    st.sampled_from([0, 90, 180, 270]),
    st.floats(-3, 3, allow_subnormal=False),
    st.tuples(*[NUMBERS] * 6),
    st.none() | MESHES,
)
PAGES = st.builds(
    Page,
    SIZES,
    SIZES,
    SIZES,
    st.integers(50, 600),
    st.sampled_from(["scan", "text"]),
    FRAMES,
    st.lists(LINES, max_size=4).map(tuple),
    st.lists(RULINGS, max_size=4).map(tuple),
    st.lists(BOXES, max_size=3).map(tuple),
    st.lists(BOXES, max_size=3).map(tuple),
)
PAGE = Page(3, 20, 30, 200, "scan", Frame(20, 30), (Line((Word("元", Box(1, 2, 3, 4), 0.5),), Box(1, 2, 3, 4), 0.5),))
IMAGE = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)


@given(PAGES)
def test_a_page_comes_back_equal(page: Page) -> None:
    assert page_from(json.loads(json.dumps(page_as_json(page)))) == page


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    cache, key = PageCache(tmp_path / "new" / "folder"), key_of(IMAGE, "rapid", "1")

    assert cache.get(key) is None
    cache.put(key, PAGE)
    assert cache.get(key) == PAGE
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".json"]


@pytest.mark.parametrize(
    "other",
    [
        key_of(IMAGE[::-1], "rapid", "1"),
        key_of(IMAGE.reshape(4, 2, 3), "rapid", "1"),
        key_of(IMAGE, "paddle", "1"),
        key_of(IMAGE, "rapid", "2"),
        key_of(IMAGE, "rapid", "1", "threads=2"),
    ],
)
def test_all_that_bears_on_a_page_makes_another_entry(other: str) -> None:
    assert other != key_of(IMAGE, "rapid", "1")


def test_the_pixels_count_and_not_how_they_lie_in_memory() -> None:
    assert key_of(np.asfortranarray(IMAGE), "rapid", "1") == key_of(IMAGE, "rapid", "1")


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", "{}", '{"number": 1}', '{"lines": 3}', "\x00\xff"])
def test_a_damaged_entry_is_none(tmp_path: Path, damage: str) -> None:
    cache, key = PageCache(tmp_path), key_of(IMAGE, "rapid", "1")
    cache.put(key, PAGE)
    cache.path(key).write_text(damage, encoding="latin-1")

    assert cache.get(key) is None


def test_every_cut_of_an_entry_is_none(tmp_path: Path) -> None:
    cache, key = PageCache(tmp_path), key_of(IMAGE, "rapid", "1")
    cache.put(key, PAGE)
    whole = cache.path(key).read_text(encoding="utf-8")
    for end in range(0, len(whole), 7):
        cache.path(key).write_text(whole[:end], encoding="utf-8")
        assert cache.get(key) is None


def test_a_folder_that_cannot_be_made_costs_the_entry_not_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = PageCache(tmp_path / "file")

    cache.put("ab12", PAGE)
    assert cache.get("ab12") is None
