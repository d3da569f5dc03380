"""Tesseract with simplified Chinese: an independent second opinion, weaker on dense Chinese than the default engine.

It sees characters where the default engine's networks see lines, so the two seldom err at the same place. Needs the
program and its language data: `apt-get install tesseract-ocr tesseract-ocr-chi-sim`.

>>> [(char.text, char.x0, char.confidence) for char in chars_of(10, 5, 40, 20, 96.0, "合同")]
[(' ', 10.0, 0.96), ('合', 10.0, 0.96), ('同', 30.0, 0.96)]
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.errors import EngineError, EngineMissingError
from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr import engine
from pipeline.ocr.engine import Char, Pixels, line_of
from pipeline.ocr.ink import ink_of, without_rulings
from pipeline.ocr.network import DEFAULT, Compute

LANGUAGE = "chi_sim"
PAGE = "--psm 11"  # text anywhere: other modes take a table for a picture and drop its figures
ROW = "--psm 7"  # a single row of text
SURELY_PERCENT = 100
MISSING = "tesseract 引擎未安装，请运行：apt-get install tesseract-ocr tesseract-ocr-chi-sim"


class Engine(engine.Engine):
    """Tesseract's LSTM recogniser, run as a program through pytesseract."""

    name = "tesseract"

    def __init__(self, compute: Compute = DEFAULT) -> None:
        import pytesseract

        os.environ.setdefault("OMP_THREAD_LIMIT", str(compute.threads))
        self.tesseract = pytesseract
        self.version = f"{installed_version(pytesseract)}+{LANGUAGE}"
        self.seconds = 0.0

    @property
    def inference(self) -> Mapping[str, float]:
        return {"recognise": self.seconds}

    def read(self, image: Pixels, cleared: Pixels | None = None) -> tuple[Line, ...]:
        return tuple(lines_of(self.data(without_rulings(image if cleared is None else cleared), PAGE)))

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        return tuple(self.read_row(crop) for crop in crops)

    def read_row(self, crop: Pixels) -> Line:
        """The most of what is read on a crop of one row; on blank paper Tesseract sees signs that aren't there."""
        lines = lines_of(self.data(crop, ROW)) if ink_of(crop).any() else iter(())
        found = max(lines, key=lambda line: len(line.text), default=None)
        return found or Line((), Box(0, 0, crop.shape[1], crop.shape[0]), 0.0)

    def data(self, image: Pixels, how: str) -> dict[str, list[Any]]:
        """Tesseract's table of boxes, texts and confidences, by column."""
        start = time.perf_counter()
        try:
            table: dict[str, list[Any]] = self.tesseract.image_to_data(
                image[:, :, ::-1], lang=LANGUAGE, config=how, output_type=self.tesseract.Output.DICT
            )
        except (self.tesseract.TesseractError, RuntimeError) as error:
            raise EngineError(f"tesseract 识别失败：{error}") from error
        finally:
            self.seconds += time.perf_counter() - start
        return table


def installed_version(pytesseract: Any) -> str:
    """The program's version; EngineMissingError unless it and the language are installed."""
    try:
        languages = pytesseract.get_languages()
        version = pytesseract.get_tesseract_version()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, OSError, SystemExit) as error:
        raise EngineMissingError(MISSING) from error
    if LANGUAGE not in languages:
        raise EngineMissingError(MISSING)
    return str(version)


def lines_of(table: dict[str, list[Any]]) -> Iterator[Line]:
    """The lines of Tesseract's table: its words, whose text is one or more characters, grouped by line."""
    columns = ("block_num", "par_num", "line_num", "left", "top", "width", "height", "conf", "text")
    rows = (row for row in zip(*(table[column] for column in columns), strict=True) if str(row[8]).strip())
    for _, words in itertools.groupby(rows, key=lambda row: row[:3]):
        yield line_from([row[3:] for row in words])


def line_from(words: Sequence[tuple[Any, ...]]) -> Line:
    chars = itertools.chain.from_iterable(chars_of(*word) for word in words)
    top = min(top for _, top, *_ in words)
    bottom = max(top + height for _, top, _, height, *_ in words)
    return line_of(list(chars), float(top), float(bottom))


def chars_of(left: int, top: int, width: int, height: int, confidence: float, text: str) -> Iterator[Char]:
    """The characters of one word share its width; a space stands before each word, as Tesseract parts them."""
    sure = max(0.0, float(confidence)) / SURELY_PERCENT
    step = width / len(text)
    yield Char(" ", float(left), float(left), sure)
    for i, char in enumerate(text):
        yield Char(char, left + step * i, left + step * (i + 1), sure)
