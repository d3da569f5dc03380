import numpy as np
import pytest
from helpers_image import paper, write

from pipeline.ocr.noise import NOISY, is_specked, noise_of, smoothed, without_specks
from pipeline.ocr.rapid import Engine


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


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


def faxed() -> np.ndarray:
    """Two levels, and specks of one pixel all over."""
    image = paper(300, 400)
    for y in range(0, 280, 40):
        write(image, "contract 12345", 10, y)
    image[np.random.default_rng(2).random(image.shape[:2]) < 1e-3] = 0
    return image


def test_a_fax_is_specked_and_a_scan_is_not() -> None:
    assert is_specked(faxed())
    assert not is_specked(without_specks(faxed()))
    assert not is_specked(np.minimum(faxed(), 200))  # on grey paper: worn print, whose specks are its own


def test_lines_below_specks_are_found(engine: Engine) -> None:
    found = [line.text for line in engine.read(faxed())]
    assert len(found) == 7
    assert sum("12345" in text for text in found) >= 6
