from dataclasses import replace

import numpy as np
import pytest
from helpers_image import inked, paper, rule, write

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr import confirm, reread, shared
from pipeline.ocr.engine import DOUBT, Pixels
from pipeline.ocr.rapid import Engine

LEFT, RIGHT = Box(50, 50, 400, 150), Box(400, 50, 750, 150)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def table(left: str, right: str) -> Pixels:
    image = paper(220, 800)
    write(image, left, 150, 80)
    write(image, right, 500, 80)
    rule(image, LEFT)
    rule(image, RIGHT)
    return image


def overflowing() -> tuple[Pixels, Box]:
    """`1531.04` over the border between both cells, and where it stands."""
    image = table("", "4800")
    write(image, "1531.04", 190, 80, size=1.8)
    alone = paper(220, 800)
    write(alone, "1531.04", 190, 80, size=1.8)
    box = inked(alone)
    return image, Box(box.x0 - 4, box.y0 - 8, box.x1 + 4, box.y1 + 8)


def line(text: str, box: Box, confidence: float = 1.0) -> Line:
    return Line((Word(text, box, confidence),), box, confidence)


def text_box(text: str, x: int) -> Box:
    image = paper(220, 800)
    write(image, text, x, 80)
    box = inked(image)
    return Box(box.x0 - 4, box.y0 - 8, box.x1 + 4, box.y1 + 8)


def test_a_line_over_two_cells_is_parted(engine: Engine) -> None:
    words = (Word("120", text_box("120", 150), 1.0), Word(" 4800", text_box("4800", 500), 1.0))
    whole = Line(words, words[0].box | words[1].box, 1.0)
    read = reread.cells([whole], [LEFT, RIGHT], table("120", "4800"), engine)

    assert [part.text for part in read] == ["120", "4800"]
    assert read[0].box.x1 < LEFT.x1 < read[1].box.x0


def test_a_total_in_words_that_stands_across_the_columns_is_not_cut(engine: Engine) -> None:
    """The columns of a table without rulings are white between its texts, not through one."""
    places = {"大": 320, "写": 350, "：": 380, "¥": 395, "515.00": 404}
    words = tuple(Word(text, Box(x, 80, x + 10 + 12 * len(text), 115), 1.0) for text, x in places.items())
    whole = Line(words, Box(320, 80, 490, 115), 1.0)
    apart = Line((*words[:3], Word("515.00", Box(440, 80, 520, 115), 1.0)), Box(320, 80, 520, 115), 1.0)
    image = paper(220, 800)

    assert [part.text for part in reread.cells([whole], [LEFT, RIGHT], image, engine)] == ["大写：¥515.00"]
    assert reread.cells([apart], [LEFT, RIGHT], image, engine)[0].text == "大写："


def test_a_figure_across_the_border_is_read_again_in_each_cell(engine: Engine) -> None:
    image = table("120", "4800")
    left, right = text_box("120", 150), text_box("4800", 500)
    words = (Word("120", replace(left, x1=RIGHT.x0 + 30), 1.0), Word("14800", replace(right, x0=LEFT.x1 - 30), 0.6))
    read = reread.cells([Line(words, left | right, 0.8)], [LEFT, RIGHT], image, engine)

    assert [part.text for part in read] == ["120", "4800"]


def test_a_figure_wider_than_its_cell_is_read_over_the_border(engine: Engine) -> None:
    image, wide = overflowing()
    assert wide.x0 < LEFT.x1 < wide.x1 - 10
    words = (Word("1531.04", wide, 1.0), Word(" 4800", text_box("4800", 500), 1.0))
    read = reread.cells([Line(words, words[0].box | words[1].box, 1.0)], [LEFT, RIGHT], image, engine)

    assert [part.text for part in read] == ["1531.04", "4800"]


def test_a_figure_wider_than_its_cell_that_two_readings_differ_on_is_doubtful(engine: Engine) -> None:
    image, wide = overflowing()
    words = (Word("1531.84", wide, 1.0), Word(" 4800", text_box("4800", 500), 1.0))
    read = reread.cells([Line(words, words[0].box | words[1].box, 1.0)], [LEFT, RIGHT], image, engine)

    assert read[0].confidence <= DOUBT


def test_a_border_that_was_read_as_a_sign_is_dropped(engine: Engine) -> None:
    words = (Word("120", text_box("120", 150), 1.0), Word("|", Box(397, 80, 405, 120), 0.4))
    read = reread.cells([Line(words, words[0].box | words[1].box, 0.7)], [LEFT, RIGHT], table("120", ""), engine)

    assert [part.text for part in read] == ["120"]


def test_a_cell_that_the_detector_left_out_is_read(engine: Engine) -> None:
    read = reread.cells([line("120", text_box("120", 150))], [LEFT, RIGHT], table("120", "7"), engine)

    assert [part.text for part in read] == ["120", "7"]
    assert read[1].box.overlap(text_box("7", 500)) > 0


def test_a_lone_digit_is_no_speck_beside_boxes_far_higher_than_their_characters(engine: Engine) -> None:
    image = table("120", "7")
    words = tuple(Word(char, Box(100.0 + 40 * i, 60, 140.0 + 40 * i, 160), 1.0) for i, char in enumerate("数量"))
    read = reread.cells([Line(words, Box(100, 60, 180, 160), 1.0)], [LEFT, RIGHT], image, engine)

    assert [part.text for part in read] == ["数量", "7"]


def characters(text: str, x: float) -> Line:
    words = tuple(Word(char, Box(x + 20 * i, 60, x + 20 * i + 20, 90), 1.0) for i, char in enumerate(text))
    return Line(words, Box(x, 60, x + 20 * len(text), 90), 1.0)


@pytest.mark.parametrize(
    ("left", "right", "once"),
    [
        ("1720.00", "0含安装调试", ["1720.00", "含安装调试"]),
        ("含税价1", "1720.00", ["含税价", "1720.00"]),
        ("1720.00", "1含安装调试", ["1720.00", "1含安装调试"]),
    ],
)
def test_a_character_that_two_boxes_share_stands_once(left: str, right: str, once: list[str]) -> None:
    lines = [characters(left, 100), characters(right, 100 + 20 * len(left) - 15)]
    assert [line.text for line in shared.once(lines)] == once


@pytest.mark.parametrize(("x", "kept"), [(177, "¥15,520.00"), (186, "3¥15,520.00"), (200, "3¥15,520.00")])
def test_the_last_digit_of_a_figure_is_not_the_first_of_the_text_beside(x: float, kept: str) -> None:
    """The figure ends at 190; what has its middle beyond is a digit of its own."""
    figure = line("2.03", Box(100, 60, 190, 90))
    words = (Word("3", Box(x, 60, x + 22, 90), 1.0), Word("¥15,520.00", Box(250, 60, 420, 90), 1.0))
    found = list(shared.once([figure, Line(words, Box(x, 60, 420, 90), 1.0)]))
    assert [each.text for each in found] == ["2.03", kept]


@pytest.mark.parametrize("text", ["7", "57"])
def test_the_last_digit_of_a_figure_that_another_line_has_in_its_own_box_stands_once(text: str) -> None:
    figure = line("¥14298.57", Box(100, 60, 299, 90))
    beside = (Word(text, Box(288 - 10 * (len(text) - 1), 60, 298, 90), 1.0), Word(" 含税", Box(330, 60, 380, 90), 1.0))
    found = shared.once([figure, Line(beside, Box(288, 60, 380, 90), 1.0)])
    assert [each.text for each in found] == ["¥14298.57", "含税"]


def test_the_same_digit_in_the_row_below_is_its_own() -> None:
    above = line("15", Box(100, 60, 140, 130))
    words = (Word("5", Box(112, 125, 130, 195), 1.0), Word(" 含税", Box(330, 125, 380, 195), 1.0))
    below = Line(words, Box(112, 125, 380, 195), 1.0)
    assert list(shared.once([above, below])) == [above, below]


def test_the_first_digit_of_a_figure_is_not_the_last_of_the_text_beside() -> None:
    words = (Word("¥25.54", Box(100, 60, 180, 90), 1.0), Word(" 1", Box(220, 60, 232, 90), 1.0))
    figure = line("1132.33", Box(218, 60, 320, 90))
    found = shared.once([Line(words, Box(100, 60, 232, 90), 1.0), figure])
    assert [each.text for each in found] == ["¥25.54", "1132.33"]


def two_figures(left: str, right: str, apart: int) -> tuple[Pixels, Box, Box]:
    """Both figures on one row, and where they stand."""
    image, alone = paper(220, 800), paper(220, 800)
    for picture in (image, alone):
        write(picture, left, 150, 80)
    first = inked(alone)
    write(image, right, round(first.x1) + apart, 80)
    other = paper(220, 800)
    write(other, right, round(first.x1) + apart, 80)
    return image, first, inked(other)


def test_a_digit_of_the_figure_at_its_left_is_none_of_a_figure_s_own(engine: Engine) -> None:
    image, first, second = two_figures("¥30.72", "1421.63", 45)
    reaching = Box(first.x1 - 20, second.y0, second.x1, second.y1)
    lines = [line("30.72", first), line("21421.63", reaching)]
    assert [each.text for each in shared.own(lines, lambda _: image, engine)] == ["30.72", "1421.63"]


def test_a_digit_of_the_figure_at_its_right_is_none_of_a_figure_s_own(engine: Engine) -> None:
    image, first, second = two_figures("25.54", "1132.33", 45)
    reaching = Box(first.x0, first.y0, second.x0 + 20, first.y1)
    lines = [line("25.541", reaching), line("1132.33", second)]
    assert [each.text for each in shared.own(lines, lambda _: image, engine)] == ["25.54", "1132.33"]


def test_a_figure_in_one_piece_keeps_its_digits_beside_one_that_ends_with_its_first(engine: Engine) -> None:
    image, first, second = two_figures("30.72", "21421.63", 45)
    lines = [line("30.72", Box(first.x0, first.y0, second.x0 + 15, first.y1)), line("21421.63", second)]
    assert list(shared.own(lines, lambda _: image, engine)) == lines


def test_equal_characters_side_by_side_both_stay() -> None:
    lines = [characters("1720.00", 100), characters("0含安装调试", 235)]
    assert list(shared.once(lines)) == lines


def test_blank_cells_stay_blank(engine: Engine) -> None:
    assert reread.cells([], [LEFT, RIGHT], table("", ""), engine) == ()


@pytest.mark.parametrize("read", ["4800.001", "4800.00]", "4800.00|"])
def test_a_border_behind_a_figure_that_was_read_as_a_digit_goes(engine: Engine, read: str) -> None:
    box = replace(text_box("4800.00", 560), x1=RIGHT.x1 + 2)
    image = paper(220, 800)
    write(image, "4800.00", 560, 80)
    rule(image, RIGHT)
    (found,) = reread.cells([line(read, box)], [RIGHT], image, engine)

    assert found.text == "4800.00"
    assert found.confidence > 0.95


def test_a_whole_figure_that_may_have_lost_its_last_digit_to_the_border_is_doubtful(engine: Engine) -> None:
    box = replace(text_box("4800", 620), x1=RIGHT.x1 + 2)
    image = paper(220, 800)
    write(image, "4800", 620, 80)
    rule(image, RIGHT)
    (found,) = reread.cells([line("48001", box)], [RIGHT], image, engine)

    assert found.words[0].confidence < 0.8


def test_a_digit_that_was_cut_off_beside_the_border_is_read(engine: Engine) -> None:
    box = text_box("3188.00", 440)
    image = paper(220, 800)
    write(image, "13188.00", 415, 80)
    rule(image, RIGHT)
    (found,) = reread.cells([line("3188.00", box, 0.7)], [RIGHT], image, engine)

    assert found.text == "13188.00"
    assert found.words[0].confidence < 0.8


def test_a_speck_behind_a_figure_is_no_second_point(engine: Engine) -> None:
    (found,) = reread.cells([line("48.00.", text_box("48.00", 500))], [RIGHT], table("", "48.00"), engine)

    assert found.text == "48.00"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("48,00", "48.00"),
        ("7,850,00", "7,850.00"),
        ("17370,00", "17370.00"),
        ("17190:00", "17190.00"),
        ("5890,00'", "5890.00"),
    ],
)
def test_comma_before_two_last_digits_is_the_point_and_doubtful(engine: Engine, read: str, printed: str) -> None:
    image = table("", read)
    (found,) = reread.cells([line(read, text_box(read, 500))], [RIGHT], image, engine)

    assert (found.text, found.words[0].confidence < 0.8) == (printed, True)


def test_comma_of_a_sum_that_goes_on_below_in_its_cell_stays(engine: Engine) -> None:
    upper = line("7,45", text_box("7,45", 500))
    lower = line("8.00", Box(500, 122, 600, 148))
    read = reread.cells([upper, lower], [RIGHT], table("", "7,45"), engine)

    assert read[0].text == "7,45"


def test_two_readings_that_agree_settle_a_doubt(engine: Engine) -> None:
    read = reread.cells([line("4800", text_box("4800", 500), 0.7)], [RIGHT], table("", "4800"), engine)

    assert [(part.text, part.words[0].confidence > 0.95) for part in read] == [("4800", True)]


def test_two_readings_that_differ_stay_in_doubt(engine: Engine) -> None:
    read = reread.cells([line("4300", text_box("4800", 500), 0.85)], [RIGHT], table("", "4800"), engine)

    assert read[0].text == "4800"
    assert read[0].words[0].confidence == DOUBT


@pytest.mark.parametrize(("third", "kept"), [("6000", "6000"), ("6100", "600"), ("600", "600")])
def test_a_reading_that_keeps_equal_digits_apart_stands_against_two_that_merge_them(third: str, kept: str) -> None:
    box = text_box("6000", 500)
    readings = [line("600", box, 0.96), line("600", box, 0.93), line(third, box, 0.97)]

    assert confirm.likeliest(readings, table("", "6000"), RIGHT).text == kept


def test_a_lost_digit_is_found_though_the_reading_was_sure(engine: Engine) -> None:
    read = reread.cells([line("480", text_box("4800", 500), 1.0)], [RIGHT], table("", "4800"), engine)

    assert read[0].confidence == DOUBT


def test_a_lost_digit_is_found_beside_rulings_in_its_box(engine: Engine) -> None:
    """The line's box reaches over the rulings above and below, which join all its ink."""
    box = replace(text_box("4800", 500), y0=RIGHT.y0 - 4, y1=RIGHT.y1 + 4)
    (read,) = reread.cells([line("480", box)], [RIGHT], table("", "4800"), engine)

    assert (read.text, read.confidence) == ("4800", DOUBT)


def test_sure_figures_and_text_outside_cells_cost_nothing(engine: Engine) -> None:
    lines = [line("4800", text_box("4800", 500)), line("2500", Box(10, 170, 90, 200), 0.3)]
    before = engine.inference_seconds

    assert reread.cells(lines, [RIGHT], table("", "4800"), engine) == tuple(lines)
    assert engine.inference_seconds == before


def test_an_empty_box_is_not_read(engine: Engine) -> None:
    assert confirm.read_box(Box(10, 10, 10, 10), np.asarray(paper(50, 50)), engine) is None


def test_characters_that_two_boxes_share_stand_once() -> None:
    lines = [characters("64661.7", 100), characters(".76", 100 + 20 * 5 + 3)]
    assert "".join(line.text for line in shared.once(lines)) == "64661.76"
