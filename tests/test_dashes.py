"""A dash that was read as the numeral one is told by its stroke and by the page around it."""

import cv2
import numpy as np

from pipeline.model.page import Line, Word
from pipeline.model.source import Box
from pipeline.ocr.dashes import mended

SIZE = 40


def page(*texts, swelling=()):
    """A page whose 一 are strokes, those of the lines in `swelling` with a thick right end; the rest leaves no ink."""
    image = np.full((SIZE * 2 * len(texts), SIZE * 30, 3), 255, np.uint8)
    lines = []
    for i, text in enumerate(texts):
        words = []
        for j, char in enumerate(text):
            box = Box(j * SIZE, i * SIZE * 2, (j + 1) * SIZE, i * SIZE * 2 + SIZE)
            words.append(Word(char, box, 1.0))
            if char == "一":
                left, right, y = int(box.x0) + 4, int(box.x1) - 4, int(box.y0) + SIZE // 2
                cv2.rectangle(image, (left, y), (right, y + 2), (0, 0, 0), -1)
                if i in swelling:
                    cv2.circle(image, (right - 3, y), 5, (0, 0, 0), -1)
        lines.append(Line(tuple(words), Box(0, i * SIZE * 2, len(text) * SIZE, i * SIZE * 2 + SIZE), 1.0))
    return lines, image


def texts(lines, image):
    return [line.text for line in mended(lines, image)]


def test_a_plain_stroke_beside_latin_text_is_a_dash_and_shows_the_others():
    assert texts(*page("云服务一x服务一内存", "存储服务一备份")) == ["云服务—x服务—内存", "存储服务—备份"]


def test_numerals_that_swell_stay_and_make_plain_strokes_dashes():
    assert texts(*page("任何一方", "计算服务一内存", swelling={0})) == ["任何一方", "计算服务—内存"]


def test_words_with_the_numeral_are_never_touched():
    assert texts(*page("统一管理一x", "双方一致同意", "一、总则")) == ["统一管理—x", "双方一致同意", "一、总则"]


def test_without_evidence_nothing_changes():
    assert texts(*page("计算服务一内存", "张一鸣")) == ["计算服务一内存", "张一鸣"]
