"""ocr.ctc: the forward algorithm against the sum over all paths, and what stands beside a text."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from helpers_image import paper, write
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.ctc import log_likelihoods
from pipeline.ocr.engine import Engine as Protocol
from pipeline.ocr.rapid import Engine

CHARSET = ("", "1", "2", "元")


def steps(rows: list[list[float]]) -> np.ndarray:
    array = np.array(rows, np.float32)
    return array / array.sum(axis=1, keepdims=True)


def by_paths(scores: np.ndarray, text: str) -> float:
    """The likelihood of the text by its definition: every path that spells it, numeral-free signs at its ends apart."""
    total = 0.0
    for path in itertools.product(range(len(CHARSET)), repeat=len(scores)):
        read = "".join(CHARSET[label] for label, _ in itertools.groupby(path))
        if read.strip("元") == text and "元" not in read.strip("元"):
            total += math.prod(float(scores[i, label]) for i, label in enumerate(path))
    return total


@given(
    st.lists(st.lists(st.floats(0.05, 1.0), min_size=4, max_size=4), min_size=4, max_size=5),
    st.sampled_from(["1", "12", "11"]),
)
def test_the_likelihood_is_the_sum_over_all_paths(rows: list[list[float]], text: str) -> None:
    scores = steps(rows)
    [found] = log_likelihoods(scores, [text], CHARSET)
    assert found == pytest.approx(math.log(by_paths(scores, text)), abs=1e-4)


def test_texts_of_different_lengths_are_scored_together_as_alone() -> None:
    scores = steps([[0.2, 0.5, 0.2, 0.1], [0.6, 0.1, 0.2, 0.1], [0.1, 0.1, 0.7, 0.1], [0.6, 0.2, 0.1, 0.1]])
    texts = ["12", "1", "121"]
    assert log_likelihoods(scores, texts, CHARSET) == pytest.approx(
        [log_likelihoods(scores, [text], CHARSET)[0] for text in texts]
    )


def test_a_character_that_the_network_lacks_is_unlikely() -> None:
    scores = steps([[0.1, 0.8, 0.05, 0.05], [0.9, 0.03, 0.03, 0.04]])
    known, unknown = log_likelihoods(scores, ["1", "9"], CHARSET)
    assert known > -1
    assert unknown < -10


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_the_printed_figure_is_likelier_than_its_misreadings(engine: Engine) -> None:
    image = paper(60, 320)
    write(image, "27,000.50", 60, 12)
    right, *wrong = engine.likelihood(image, ["27,000.50", "2,700.50", "27,008.50", "27,000.5", "27000.50"])
    assert right > -1
    assert max(wrong) < right - 4


def test_what_stands_beside_the_figure_takes_no_side(engine: Engine) -> None:
    image = paper(60, 420)
    write(image, "(2700)", 60, 12)
    bare, lost, added = engine.likelihood(image, ["2700", "270", "27000"])
    assert bare > -1
    assert max(lost, added) < bare - 4


def test_an_engine_without_a_network_can_t_tell() -> None:
    class Silent(Protocol):
        name = version = "silent"

    assert Silent().likelihood(paper(10, 10), ["1"]) is None
