import pytest
from helpers_image import inked, paper, write

from pipeline.model.page import Line, Word
from pipeline.ocr.figures import digits, hides_digits, is_figure, is_well_formed


@pytest.mark.parametrize(
    "text", ["1", "23,040.00", "¥1,000", "0.3%", "41.145", "100元", "-5", "I2.50", "1O0", "12.", "3‰"]
)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "元", "合计", "12个月", "vCPU 2", "IO", "2024年"])
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize("text", ["1", "23,040.00", "¥1,000", "1,234,567", "0.3%", "41.145", "100元", "-5"])
def test_well_formed(text: str) -> None:
    assert is_well_formed(text)


@pytest.mark.parametrize("text", ["23,04.00", "1,2345", "1.2.3", "12.", ".5", "1O0", "¥", "23.040.00", "1 2"])
def test_not_well_formed(text: str) -> None:
    assert not is_well_formed(text)


def test_digits_are_what_two_readings_must_agree_on() -> None:
    assert digits("¥1,000.50元") == digits("Y1,000.50") == "1,000.50"


@pytest.mark.parametrize(("read", "hidden"), [("1200.50", False), ("120.50", True), ("12", True), ("1200.500", False)])
def test_a_lost_digit_leaves_its_ink(read: str, hidden: bool) -> None:
    image = paper(80, 300)
    write(image, "1200.50", 40, 25)
    box = inked(image)

    assert hides_digits(Line((Word(read, box, 1.0),), box, 1.0), image, box) is hidden


def test_signs_of_several_pieces_are_not_counted() -> None:
    image = paper(80, 300)
    write(image, "12 %", 40, 25)
    box = inked(image)

    assert not hides_digits(Line((Word("1%", box, 1.0),), box, 1.0), image, box)
