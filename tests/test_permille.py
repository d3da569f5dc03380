import cv2
import numpy as np
import pytest
from helpers_image import INK, inked, paper, sign

from pipeline.ocr.engine import DOUBT, Char
from pipeline.ocr.permille import mended


def seen(text: str, loops: int) -> Char:
    box = inked(sign(loops))
    return Char(text, box.x0, box.x1, 0.99)


def test_two_low_loops_make_per_mille() -> None:
    assert mended([seen("%", 2)], sign(2)) == [seen("‰", 2)]


def test_one_low_loop_is_per_cent() -> None:
    assert mended([seen("%", 1)], sign(1)) == [seen("%", 1)]


@pytest.mark.parametrize("third", ["0", "o", "O"])
def test_a_third_loop_that_was_read_for_itself_joins_the_sign(third: str) -> None:
    whole = seen("‰", 2)
    chars = [Char("%", whole.x0, 44, 0.99), Char(third, 46, whole.x1, 0.9), Char("计", 70, 88, 1.0)]

    assert mended(chars, sign(2)) == [Char("‰", whole.x0, whole.x1, 0.9), chars[2]]


def test_loops_that_ran_full_leave_the_sign_in_doubt() -> None:
    image = sign(2)
    cv2.circle(image, (15, 20), 8, INK, -1)

    assert [(c.text, c.confidence) for c in mended([seen("%", 2)], image)] == [("%", DOUBT)]


def test_paper_alone_leaves_the_sign_in_doubt() -> None:
    assert mended([Char("%", 5, 40, 0.99)], paper(60, 90))[0].confidence == DOUBT


@pytest.mark.parametrize(("loops", "text"), [(1, "%"), (2, "‰")])
def test_a_full_stop_is_no_loop_of_the_sign(loops: int, text: str) -> None:
    image = np.concatenate([sign(loops), paper(60, 40)], axis=1)
    cv2.circle(image, (96, 44), 5, INK, 2, cv2.LINE_AA)
    cut = 46 if loops == 2 else 50  # the third loop was taken for part of the full stop

    read = mended([Char("%", 5, cut, 0.99), Char("。", cut, 105, 1.0)], image)

    assert [char.text for char in read] == [text, "。"]
    assert read[0].confidence == 0.99


def test_text_without_the_sign_is_left_alone() -> None:
    chars = [Char("9", 0, 10, 0.5), Char("0", 10, 20, 0.5)]

    assert mended(chars, sign(2)) == chars


def test_loops_say_nothing_of_a_figure_too_large_for_thousandths() -> None:
    digits = [Char(char, 0, 9, 1.0) for char in "99.9"]

    assert mended([*digits, Char("%", 5, 40, 0.99)], paper(60, 90))[-1].confidence == 0.99
