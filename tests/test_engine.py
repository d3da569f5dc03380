import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.engine import Char, joins, line_of, moved

SURE = st.floats(0, 1, allow_subnormal=False)
CHARS = st.lists(st.tuples(st.sampled_from("合同总价¥0123456789,.ABab- "), SURE), max_size=30).map(
    lambda drawn: [Char(text, 10.0 * i, 10.0 * i + 9, sure) for i, (text, sure) in enumerate(drawn)]
)


@given(CHARS)
def test_words_hold_the_text_in_order(chars: list[Char]) -> None:
    line = line_of(chars, 0, 20)

    assert line.text.replace(" ", "") == "".join(char.text for char in chars if char.text != " ")
    assert not line.text.startswith(" ")
    assert "  " not in line.text
    assert list(line.words) == sorted(line.words, key=lambda word: word.box.x0)


@given(CHARS)
def test_a_word_is_as_sure_as_its_least_sure_character(chars: list[Char]) -> None:
    for word in line_of(chars, 0, 20).words:
        inside = [c for c in chars if word.box.x0 <= c.x0 <= word.box.x1 and c.text != " "]
        assert word.confidence == min(c.confidence for c in inside)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("共12个", ["共", "12", "个"]),
        ("¥1,234.50元", ["¥", "1,234.50", "元"]),
        ("JL-880A型", ["JL-880A", "型"]),
        ("Windows Server版", ["Windows", " Server", "版"]),
        ("达99.9%以上", ["达", "99.9%", "以", "上"]),
        ("，", ["，"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    chars = [Char(char, 10.0 * i, 10.0 * i + 10, 1.0) for i, char in enumerate(text)]

    assert [word.text for word in line_of(chars, 0, 20).words] == words


def test_nothing_read_is_a_line_without_words_and_without_confidence() -> None:
    line = line_of([], 0, 20)

    assert line.words == ()
    assert line.confidence == 0


def test_chinese_never_joins() -> None:
    assert not joins("合", "同")
    assert not joins("1", "个")
    assert joins("1", ",")


def test_moved_scales_then_shifts_words_and_line_alike() -> None:
    line = moved(line_of([Char("1", 10, 20, 1.0), Char("元", 20, 40, 1.0)], 0, 30), 5, 7, 2.0)

    assert (line.words[1].box.x0, line.words[1].box.y1) == (45, 67)
    assert (line.box.x0, line.box.x1) == (25, 85)


def test_digits_that_an_engine_saw_far_apart_are_two_words_though_noise_fills_the_white() -> None:
    seen = [("8", 0, 10, 5), ("1", 12, 40, 17), ("2", 42, 70, 65)]
    noisy = [Char(text, x0, x1, 0.9, at) for text, x0, x1, at in seen]
    assert [word.text for word in line_of(noisy, 0, 20).words] == ["81", " 2"]
    assert [word.text for word in line_of([Char(c, a, b, 0.9) for c, a, b, _ in seen], 0, 20).words] == ["812"]
