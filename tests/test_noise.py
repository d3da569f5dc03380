import numpy as np
import pytest
from helpers_image import paper, write

from pipeline.ocr.noise import NOISY, noise_of, smoothed


def noisy(deviation: float) -> np.ndarray:
    image = paper(300, 400).astype(float) - 100
    return np.clip(image + np.random.default_rng(1).normal(0, deviation, image.shape), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("deviation", [4.0, 12.0, 30.0])
def test_measures_the_deviation(deviation: float) -> None:
    assert noise_of(noisy(deviation)) == pytest.approx(deviation, rel=0.15)


def test_text_is_no_noise() -> None:
    image = paper(300, 400)
    for y in range(0, 280, 40):
        write(image, "contract 12345", 10, y)

    assert noise_of(image) < NOISY / 4


def test_smoothing_calms_noise() -> None:
    assert noise_of(smoothed(noisy(30.0))) < NOISY


def test_an_image_too_small_to_tell_is_quiet() -> None:
    assert noise_of(paper(1, 1)) == 0
